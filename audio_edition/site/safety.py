"""Which files of an edition may stand on a site: none that could run there as anybody's script but this program's.

All pages of a site share an origin, so a script in one of them could read and change all others. An edition may come
from anywhere. Its pages are read by the rules by which this program writes them, which are stricter than those of
browsers: no two readers can take what keeps them for different things. Whatever else a page holds is refused.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from audio_edition.edition.folder import EditionFile
from audio_edition.errors import EditionError
from audio_edition.formats.disclosure import program
from audio_edition.formats.media_types import media_type
from audio_edition.formats.page_parts import player_script, policy, style
from audio_edition.formats.way_back import MARK
from audio_edition.model.mathml import ATTRIBUTES as OF_FORMULAS
from audio_edition.model.mathml import ELEMENTS as FORMULAS

PAGE, TRANSCRIPT, CONTENTS, ONIX = "index.html", "transcript.html", "contents.html", "onix.xml"
_PLAIN_ONIX = re.compile(
    r'<\?xml version="1\.0" encoding="UTF-8"\?>\n<DescriptiveDetail xmlns="http://ns\.editeur\.org/onix/3\.0/reference">'
    r"(?:[^<>]|</?[A-Z][A-Za-z]*>)*"
)
"""Elements of ONIX and text: nothing that a browser would run."""
_IN_BOOK = re.compile(r"[^/]+-daisy202/[^/]+\.(?:html|smil)")
"""The pages of a talking book that is not packed."""
_PLAIN = frozenset({"application/json", "application/json+chapters", "text/plain", "text/vtt", "audio/mpegurl"})
_PACKED = re.compile(r"audio/(?:mp4|mpeg)|image/(?:gif|jpeg|png|webp)|application/(?:c2pa|(?:[a-z]+\+)?zip)")
"""What browsers take for a page where a host does not tell them what it is, and it begins as one."""
_BRF, _PEF_ENDING = "application/x-brf", ".pef"
_CELLS = re.compile(rb"[ -_\r\n\f]*")
_TAKEN_FOR_A_PAGE = re.compile(
    rb"[\t\n\f\r ]*<(?:!--|\?XML"
    rb"|(?:!DOCTYPE HTML|HTML|HEAD|SCRIPT|IFRAME|H1|DIV|FONT|TABLE|A|STYLE|TITLE|B|BODY|BR|P)[ >])",
    re.IGNORECASE,
)
"""How a text must begin for browsers to take it for a page where nobody tells them what it is
(https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type). Braille begins with "<" too: in
braille ASCII it is a letter or a contraction."""
_PLAIN_PEF = re.compile(
    r'<\?xml version="1\.0" encoding="UTF-8"\?>\n<pef version="2008-1" xmlns="http://www\.daisy\.org/ns/2008/pef">\n'
    r'<head>\n<meta xmlns:dc="http://purl\.org/dc/elements/1\.1/">\n'
    r'(?:[^<>]|</?(?:dc:[a-z]+|meta|head|body|section|page|row|pef)>|<volume(?: [a-z]+="[a-z0-9]+")*>|</volume>)*'
)
"""Elements of PEF and text: nothing that a browser would run."""

_TAG = re.compile(r'<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z][A-Za-z0-9:-]*(?:="[^"<>]*")?)*)\s*/?>')
_ATTRIBUTE = re.compile(r'([A-Za-z][A-Za-z0-9:-]*)(?:="([^"<>]*)")?')
_BEGINS = re.compile(
    r'(?:<\?xml version="1\.0" encoding="utf-8"\?>\n)?<!DOCTYPE (?:html|smil)(?: PUBLIC "[^"<>]*" "[^"<>]*")?'
    r"(?: \[<!ATTLIST span bodyref CDATA #IMPLIED>\])?>"
)
_BEGINS_WITH_POLICY = re.compile(
    r'<!DOCTYPE html>\n<html lang="[^"<>]*" dir="[^"<>]*">\n<head>\n<meta charset="utf-8">\n'
    r'<meta http-equiv="Content-Security-Policy" content="([^"<>]*)">\n'
)
_POLICY_OF_TEXTS = {
    "default-src": {"'none'"},
    "style-src": {"'unsafe-inline'"},
    "img-src": {"'self'", "file:", "data:"},
    "base-uri": {"'none'"},
    "form-action": {"'none'"},
}
_STYLE = re.compile(r"<style>[^<]*</style>")
_DATA = re.compile(r'<script type="application/json" id="edition">[^<]*</script>')
_GENERATOR = re.compile(r'<meta name="generator" content="([^"<>]*)">')
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff]")

_ELEMENT_NAMES = """
    a aside article audio b bdi bdo blockquote body br button caption cite code col colgroup data dd del details
    dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html i img
    input ins kbd label legend li link main mark meta nav ol option p path pre q rp rt ruby s samp section select
    small span strong sub summary sup svg table tbody td tfoot th thead time title tr u ul var
    layout par ref region seq smil text
"""
_ELEMENTS = FORMULAS | frozenset(_ELEMENT_NAMES.split())
"""None of them loads a document, runs anything, or holds text that browsers read by other rules; the last line
is SMIL's."""
_ATTRIBUTE_NAMES = """
    alt bodyref charset checked class clip-begin clip-end colspan content controls d datetime decoding dir disabled
    download dur endsync focusable for headers height hidden href hreflang http-equiv id lang loading max maxlength
    method min name open preload rel reversed role rowspan scheme scope selected span src start step summary
    system-required tabindex title translate type value viewBox width xml:lang xmlns
"""
_ATTRIBUTES = OF_FORMULAS | frozenset(_ATTRIBUTE_NAMES.split())
_NAMESPACES = frozenset({"http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML"})
_PASSED_OVER = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
"""What browsers leave out of addresses (https://url.spec.whatwg.org/#url-parsing)."""
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")
_OUT = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_ANEW = "Build the edition anew from its document, and publish that."


def check_file(path: Path, file: EditionFile, content: bytes) -> None:
    """Raise EditionError if a file of an edition, which lies at `path`, must not stand on a site. Of files that are no
    pages, `content` may be the beginning alone."""
    if file.path == PAGE:
        _check_player(_text(path, content), path)
    elif file.path in (TRANSCRIPT, CONTENTS):
        _check_text_page(_text(path, content), path)
    elif _IN_BOOK.fullmatch(file.path):
        _check_markup(_text(path, content), path)
    elif plain := _plain_markup(file):
        if not plain.fullmatch(_text(path, content)):
            _refuse(path, "it holds more than the elements of its format")
    else:
        _check_no_page(media_type(file.path), path, content)


def _plain_markup(file: EditionFile) -> re.Pattern[str] | None:
    """Return what all of a file must be whose format has no elements that a browser would run; None for others."""
    if file.path == ONIX:
        return _PLAIN_ONIX
    return _PLAIN_PEF if file.path.endswith(_PEF_ENDING) else None


def _check_no_page(kind: str, path: Path, content: bytes) -> None:
    """Raise EditionError unless a file is of a kind that is no page, and none that a browser would take for one."""
    if kind == _BRF:
        if _TAKEN_FOR_A_PAGE.match(content) or not _CELLS.fullmatch(content):
            _refuse(path, "it is not braille alone, or begins as a page does")
    elif _PACKED.fullmatch(kind):
        if content.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
            _refuse(path, "its name is not that of a page, but it begins like one")
    elif kind not in _PLAIN:
        _refuse(path, "no edition of this program has a file of this kind")


def is_page(file: EditionFile) -> bool:
    """Return whether all of a file has to be read to know whether it may stand on a site."""
    return file.path.endswith((".html", ".smil")) or _plain_markup(file) is not None


def _check_player(text: str, path: Path) -> None:
    """Raise EditionError unless policy, style and script of the page that plays are this version's, to the letter."""
    begins = _BEGINS_WITH_POLICY.match(text)
    if begins is None or html.unescape(begins[1]) != policy():
        _refuse_other_version(text, path, "policy (CSP)")
    for name, own in (("style", style()), ("script", player_script())):
        before, found, after = text.partition(f"<{name}>{own}</{name}>")
        if not found:
            _refuse_other_version(text, path, name)
        text = before + after
    text, count = _DATA.subn("", text)
    if count != 1:
        _refuse(path, "it tells its player nothing, or more than once")
    _check_markup(text, path)


def _check_text_page(text: str, path: Path) -> None:
    """Raise EditionError unless the policy of a text page forbids scripts, and it holds none."""
    begins = _BEGINS_WITH_POLICY.match(text)
    if begins is None or not _forbids_scripts(html.unescape(begins[1])):
        _refuse(path, "its policy (CSP) does not forbid all that a text has no need of")
    _check_markup(_STYLE.sub("", text, count=1), path)


def _forbids_scripts(text: str) -> bool:
    rules = dict(rule.strip().split(" ", 1) for rule in text.split(";") if " " in rule.strip())
    return rules.get("default-src") == "'none'" and all(
        name in _POLICY_OF_TEXTS and set(value.split()) <= _POLICY_OF_TEXTS[name] for name, value in rules.items()
    )


def _check_markup(text: str, path: Path) -> None:
    """Raise EditionError for markup in which something could run, or that two readers could take for different things:
    anything but tags with attributes in double quotes, and text without characters that could begin a tag."""
    begins = _BEGINS.match(text)
    if begins is None:
        _refuse(path, "it does not begin as this program's pages do")
    rest = text[begins.end() :].replace(MARK, "")
    if "<" in _TAG.sub("", rest):
        _refuse(path, "it has a tag that this program would not write")
    for end, name, attributes in set(_TAG.findall(rest)):
        if name not in _ELEMENTS:
            _refuse(path, f"it holds an element <{name[:20]}>")
        if not end:
            _check_attributes(name, _ATTRIBUTE.findall(attributes), path)


def _check_attributes(element: str, found: list[tuple[str, str]], path: Path) -> None:
    values = {name: html.unescape(value) for name, value in found}
    if len(values) != len(found):
        _refuse(path, f"an element <{element}> has an attribute twice")
    for name, value in values.items():
        if name not in _ATTRIBUTES and not name.startswith(("aria-", "data-")):
            _refuse(path, f"an element <{element}> has an attribute {name[:30]!r}")
        if name in ("href", "src") and not _leads_well(element, values.get("rel", ""), name, value):
            _refuse(path, f"an element <{element}> leads to {value[:60]!r}")
        if name == "xmlns" and value not in _NAMESPACES:
            _refuse(path, f"an element <{element}> is of another language of markup")
    if element == "meta":
        _check_meta(values, path)
    if element == "link" and values.get("rel") not in ("icon", "publication"):
        _refuse(path, f"it links to something as {values.get('rel', '')[:30]!r}")
    if element == "form" and values != {"method": "dialog"}:
        _refuse(path, "it holds a form that sends something")


def _check_meta(values: Mapping[str, str], path: Path) -> None:
    told = values.get("http-equiv", "").lower()
    text_type = told == "content-type" and values.get("content") == "text/html; charset=utf-8"
    if told and told != "content-security-policy" and not text_type:
        _refuse(path, f"it tells browsers {told[:30]!r}")
    if values.get("charset", "utf-8") != "utf-8":
        _refuse(path, "it is not in UTF-8")


def _leads_well(element: str, rel: str, name: str, value: str) -> bool:
    """Whether an address is one beside the page, or where a link in a text may lead."""
    plain = _PASSED_OVER.sub("", value)
    if not _ELSEWHERE.match(plain):
        return True
    if element == "link":
        return rel == "icon" and plain == "data:,"
    return element == "a" and name == "href" and _OUT.match(plain) is not None


def _text(path: Path, content: bytes) -> str:
    """Return a page's text. Raises EditionError for characters that browsers take for something else."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        _refuse(path, "it is not in UTF-8")
    if _NO_TEXT.search(text):
        _refuse(path, "it holds control characters")
    return text


def _refuse_other_version(text: str, path: Path, what: str) -> NoReturn:
    generator = _GENERATOR.search(text)
    by = f"says that {html.unescape(generator[1])[:40]!r} made it" if generator else "does not say what made it"
    _refuse(path, f"its {what} is not that of pages of {program()}; the page {by}")


def _refuse(path: Path, why: str) -> NoReturn:
    raise EditionError(f"{path}: a site must not hold this file, as it could run scripts there: {why}.", _ANEW)
