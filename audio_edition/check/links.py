"""Check the documents of a package for broken links, links that leave it, and anything that runs or loads."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from lxml import etree

from audio_edition.check.reading import (
    Container,
    UnreadableError,
    elements,
    is_external,
    local,
    page_of,
    target_of,
    xml_of,
)
from audio_edition.model import Finding

Found = TypeVar("Found")

_LINKS = ("href", "src", "poster", "data", "action", "formaction", "{http://www.w3.org/1999/xlink}href")
_DATA_BLOCK = ("application/json", "application/ld+json")
_EMBEDDING = ("iframe", "object", "embed", "applet", "base")
_STYLE_LOADS = re.compile(r"@import|url\(\s*(?!['\"]?(?:data:|#))", re.IGNORECASE)
_AGAIN = "Build the edition again; if it came from elsewhere, do not open it."


def link_findings(
    container: Container,
    names: list[str],
    roots: Mapping[str, etree._Element],
    place: str,
    leads_out: Callable[[str], bool],
    way_back: str = "",
) -> Iterator[Finding]:
    """Yield a finding for each link that leads neither to an existing file and place nor where the text's own links
    lead, which `leads_out` tells.

    `names` are the files that exist; `roots` are the documents, which hold the places that links may lead to.
    `way_back` is one more address outside that a link may have: that of the site around an edition.
    """
    there = set(names)
    ids = {name: {element.get("id") for element in root.iter() if element.get("id")} for name, root in roots.items()}
    for name, root in roots.items():
        for element in root.iter():
            for url in _urls(element):
                if is_external(url):
                    if local(element) != "a" or not leads_out(url):
                        yield from _external(element, url, f"{place}{name}")
                    continue
                if way_back and url == way_back and local(element) == "a":
                    continue
                document, fragment = target_of(url, name)
                known = fragment in ids[document] if document in ids else True
                if document not in there or (fragment and not known and "=" not in fragment):
                    yield Finding(
                        "link-broken", "error", f"The link {url[:80]!r} leads nowhere.", f"{place}{name}", _AGAIN
                    )


def _urls(element: etree._Element) -> Iterator[str]:
    for attribute in _LINKS:
        if url := element.get(attribute):
            yield str(url)


def _external(element: etree._Element, url: str, place: str) -> Iterator[Finding]:
    """Yield a finding for an address that loads something. A picture in the page itself, or none at all ("data:,"),
    does not."""
    drawn = url == "data:," or url.lower().startswith("data:image/")
    if not (drawn and local(element) in ("img", "link", "source")):
        yield Finding(
            "external-reference", "error", f"The address {url[:80]!r} leads out of the edition.", place, _AGAIN
        )


def runs_and_loads(root: etree._Element, place: str, *, policy_wanted: bool) -> Iterator[Finding]:
    """Yield a finding for everything in a document that runs or is embedded, except scripts that its own policy names
    by hash."""
    policy = _policy(root)
    if policy_wanted and policy.get("default-src") != "'none'":
        yield Finding(
            "policy-missing", "error", "The page has no Content-Security-Policy that forbids all it does not name.",
            place, _AGAIN,
        )  # fmt: skip
    for element in root.iter():
        tag = local(element).lower()
        handlers = [name for name in element.attrib if str(name).lower().startswith("on")]
        scripts = tag == "script" and element.get("type") not in _DATA_BLOCK and not _is_allowed(element, policy)
        if scripts or handlers or any(url.strip().lower().startswith("javascript:") for url in _urls(element)):
            yield Finding("script-in-page", "error", f"Something in <{tag[:20]}> could run as a script.", place, _AGAIN)
        if tag in _EMBEDDING:
            yield Finding(
                "external-reference", "error", f"An element <{tag}> could load something else.", place, _AGAIN
            )
        styles = [element.text or ""] if tag == "style" else []
        if any(_STYLE_LOADS.search(style) for style in [*styles, element.get("style", "")]):
            yield Finding("external-reference", "error", "A style loads something from elsewhere.", place, _AGAIN)


def _policy(root: etree._Element) -> dict[str, str]:
    """Return the directives of the page's own Content-Security-Policy."""
    for meta in elements(root, "meta"):
        if str(meta.get("http-equiv", "")).lower() == "content-security-policy":
            directives = (part.strip().partition(" ") for part in str(meta.get("content", "")).split(";"))
            return {name.lower(): value.strip() for name, _, value in directives if name}
    return {}


def _is_allowed(script: etree._Element, policy: Mapping[str, str]) -> bool:
    """Return whether the policy lets exactly this script run."""
    digest = base64.b64encode(hashlib.sha256((script.text or "").encode()).digest()).decode()
    return not script.get("src") and f"'sha256-{digest}'" in policy.get("script-src", "").split()


def style_findings(text: str, place: str) -> Iterator[Finding]:
    """Yield a finding for a style sheet that loads something."""
    if _STYLE_LOADS.search(text):
        yield Finding("external-reference", "error", "The style sheet loads something from elsewhere.", place, _AGAIN)


def parsed(container: Container, names: list[str], *, xml: bool) -> dict[str, etree._Element]:
    """Return the named documents that can be parsed."""
    read = xml_of if xml else page_of
    return {name: read(container, name) for name in names}


def one(found: list[Found], what: str) -> Found:
    """Return the only item of a list. Raises UnreadableError if there is not exactly one."""
    if len(found) != 1:
        raise UnreadableError(f"it has {len(found)} {what} instead of one")
    return found[0]
