"""Converts the HTML of word processors and mail programs to what it means: titles, lists, styles, comments, quoted
messages.

Google Docs, Word and mail programs express with classes what HTML has elements for. Other pages stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from audio_edition.read.html import mail_parts, office_pages
from audio_edition.read.html.class_styles import put_styles, styles_in
from audio_edition.read.html.flat_lists import docs_lists, word_lists
from audio_edition.read.html.reasons import Reason
from audio_edition.read.lines import folded
from audio_edition.read.mail import quoted
from audio_edition.read.markup import seen_texts
from audio_edition.read.markup.elements import classes_of, heading_level, is_block, is_seen
from audio_edition.read.tree import take_out

_TITLES = frozenset({"msotitle", "title"})
_PAGE_PARTS: dict[str, Reason] = {"msofooter": "around", "msoheader": "around"}
_CONTENTS = re.compile(r"mso(?:toc\d?|tocheading|tableoffigures|index\d?)")
_COMMENT = re.compile(r"#?(?:cmnt\d|_msocom_\d|_msoanchor_\d)", re.IGNORECASE)
_COMMENT_MARKS = frozenset({"msocommentreference", "msocomanchor"})
_COMMENTS = re.compile(r"mso-element\s*:\s*comment(?:-list)?\s*(?:;|$)", re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^<>]{0,300}>([^<]*+)", re.IGNORECASE)
_GENERATED = re.compile(r"(?:[a-z][a-z0-9]{0,10})?\.([A-Za-z]{1,2}\d{1,4})")
"""The classes that programs number, such as "c1"."""

_REDIRECTS = {
    "www.google.com": ("/url", ("q", "url")),
    "google.com": ("/url", ("q", "url")),
    "l.facebook.com": ("/l.php", ("u",)),
    "lm.facebook.com": ("/l.php", ("u",)),
}
_SAFE_LINKS = ".safelinks.protection.outlook.com"
_LONGEST_TITLE = 300
_HEAD = 5_000
"""Characters in which a program names itself."""

_FEWEST_PARTS = 2
_DOCS_BODY = re.compile(r"c\d{1,3}")
_TAB = re.compile(
    r"(?:tab|registerkarte|onglet|pestaña|scheda|guia|tabblad|flik|fane|вкладка|タブ) ?\d{1,3}", re.IGNORECASE
)
"""Google Docs' name for parts of a document that nobody named."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a word processor's page says beyond its elements: its title, and what was removed from it."""

    title: str
    left_out: tuple[tuple[Reason, str], ...]


def plain_page(body: etree._Element, text: str, keep_all: bool, subject: str | None = None) -> Export:
    """Return what is known of an exported page, and rewrite its body with proper elements. `text` is its markup;
    `subject` that of the e-mail it comes from."""
    left_out: list[tuple[Reason, str]] = []
    if "stylesheet" not in text:  # word processors write all styles into the page
        put_styles(body, styles_in((sheet[1] for sheet in _STYLE.finditer(text)), _GENERATED))
    if "Mso" in text or "mso-" in text:
        left_out += [] if keep_all else _taken(body, _word_parts(body))
        left_out += [("marks", mark) for mark in word_lists(body)]
        _name_quotes(body)
        _close_gaps(body)
    if office_pages.WRITTEN_BY.search(text, 0, _HEAD):
        left_out += [] if keep_all else _taken(body, office_pages.page_parts(body))
        left_out += [("marks", mark) for mark in office_pages.list_labels(body)]
        office_pages.name_by_classes(body)
    if "#cmnt" in text and not keep_all:
        left_out += _taken(body, _docs_comments(body))
    docs = _docs_page(body)
    if docs is not None and not keep_all:
        left_out += _taken(body, _docs_parts(docs))
    if not keep_all and (subject is not None or mail_parts.OF_MAIL.search(text)):
        is_sent_on = quoted.is_forwarding(_named(body) if subject is None else subject)
        left_out += mail_parts.attributions(body)
        left_out += _taken(body, mail_parts.named_parts(body, is_sent_on))
        left_out += mail_parts.take_lines(body, is_sent_on)
    if "lst-kix_" in text:
        docs_lists(body, text)
    if "google.com/url?" in text or "facebook.com/l.php?" in text or _SAFE_LINKS in text:
        _straighten(body)
    return Export(_title(body if docs is None else docs), tuple(left_out))


def _title(body: etree._Element) -> str:
    """Return the opening paragraph if it has the title's style or says the page's title, and turn it into a heading."""
    named = folded(_named(body))
    for element in body.iter(etree.Element):
        if heading_level(element):
            return ""
        if (is_block(element) and (element.text or "").strip()) or element.tag == "p":
            text = " ".join(" ".join(seen_texts(element)).split())
            is_title = classes_of(element) & _TITLES or folded(text) == named
            if element.tag == "p" and text and len(text) <= _LONGEST_TITLE and is_title:
                element.tag = "h1"
                return " ".join("".join(seen_texts(element)).split())
            if text:
                return ""
    return ""


def _named(body: etree._Element) -> str:
    return "".join(next((each.itertext() for each in body.getroottree().iter("title")), ()))


def _docs_page(body: etree._Element) -> etree._Element | None:
    """Return the element that holds a Google Docs document, exported or published; None if there is none."""
    if any(map(_DOCS_BODY.fullmatch, classes_of(body))) and next(body.iter("article", "main", "nav"), None) is None:
        return body
    return next((each for each in body.iter("body", "div") if "doc-content" in classes_of(each)), None)


def _docs_parts(page: etree._Element) -> Iterator[tuple[etree._Element, Reason]]:
    """Yield the header and footer that Google Docs writes around the text, and the names of tabs."""
    around = page.getparent()
    while page.tag != "body" and around is not None and around.tag != "html":
        yield from (
            (each, "around")
            for each in around
            if isinstance(each.tag, str) and not (each is page or each in page.iterancestors())
        )
        around = around.getparent()
    children = [each for each in page if isinstance(each.tag, str) and each.tag != "style"]
    for at in (0, -1) if len(children) > _FEWEST_PARTS else ():
        if _is_edge(children[at]):
            yield children[at], "around"
    titles = [each for each in children if each.tag == "p" and "title" in classes_of(each)]
    for each in titles if len(titles) > 1 else ():
        if _TAB.fullmatch(" ".join("".join(each.itertext()).split())):
            yield each, "around"


def _is_edge(element: etree._Element) -> bool:
    """Return whether an element is a page header or footer: a plain box without notes or comments."""
    if element.tag != "div" or element.get("class") or element.get("id"):
        return False
    return not any((each.get("id") or "").startswith(("ftnt", "cmnt")) for each in element.iter("a"))


def _word_parts(body: etree._Element) -> Iterator[tuple[etree._Element, Reason]]:
    """Yield comments, and what Word repeats or compiles: page headers and footers, contents, indexes."""
    for element in body.iter(etree.Element):
        names = classes_of(element)
        href = element.get("href") or "" if element.tag == "a" else ""
        if names & _COMMENT_MARKS or _COMMENT.match(href) or _COMMENTS.search(element.get("style") or ""):
            yield element, "remarks"
        for name in names:
            if name in _PAGE_PARTS:
                yield element, _PAGE_PARTS[name]
            elif name.startswith("mso") and _CONTENTS.fullmatch(name):
                yield element, "navigation"


def _docs_comments(body: etree._Element) -> Iterator[tuple[etree._Element, Reason]]:
    """Yield the comments that Google Docs writes below the text, and their marks in it."""
    for link in body.iter("a"):
        if not _COMMENT.match(link.get("href") or "") and not (link.get("href") or "").startswith("#cmnt_ref"):
            continue
        parent = link.getparent()
        if parent is None:
            continue
        if (link.get("href") or "").startswith("#cmnt_ref"):
            paragraph = next((each for each in link.iterancestors() if is_block(each)), link)
            box = paragraph.getparent()
            holds_it_alone = box is not None and box.tag == "div" and box[0] is paragraph and box is not body
            yield (box if holds_it_alone and box is not None else paragraph), "remarks"
        else:
            yield (parent if parent.tag == "sup" and len(parent) == 1 else link), "remarks"


def _taken(body: etree._Element, parts: Iterator[tuple[etree._Element, Reason]]) -> Iterator[tuple[Reason, str]]:
    """Remove parts, and yield their text."""
    for element, reason in dict(parts).items():
        if element is body or body not in element.iterancestors():
            continue
        text = " ".join(" ".join(seen_texts(element)).split()) if is_seen(element) else ""
        if text:
            yield reason, text
        take_out(element)


def _name_quotes(body: etree._Element) -> None:
    for paragraph in body.iter("p"):
        if classes_of(paragraph) & {"msoquote", "msointensequote"}:
            paragraph.tag = "blockquote"


def _close_gaps(body: etree._Element) -> None:
    """Remove the blank paragraphs that Word uses as spacing."""
    for paragraph in [*body.iter("p")]:
        is_word = any(name.startswith("mso") for name in classes_of(paragraph))
        if (
            is_word
            and not "".join(paragraph.itertext()).strip()
            and next(paragraph.iter("img", "hr", "a"), None) is None
        ):
            take_out(paragraph)


def _straighten(body: etree._Element) -> None:
    """Point links through a redirecting address at their real target."""
    for link in body.iter("a"):
        href = link.get("href") or ""
        if "?" in href and len(href) < 4_000:
            try:
                parts = urlsplit(href)
                path, keys = _REDIRECTS.get(parts.netloc.lower(), ("", ()))
                keys = ("url",) if parts.netloc.lower().endswith(_SAFE_LINKS) else keys if parts.path == path else ()
                query = parse_qs(parts.query, max_num_fields=50) if keys else {}
            except ValueError:  # not an address
                continue
            target = next((query[key][0] for key in keys if key in query), "")
            if target.lower().startswith(("http://", "https://", "mailto:")):
                link.set("href", target)
