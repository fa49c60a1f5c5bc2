"""The roles of elements for a reader, by names, classes and styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from audio_edition.model import SpanKind
from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import HEADINGS, classes_of, name_of, names_in, roles_of
from audio_edition.read.text.marks import is_lettered_rule

CODE = frozenset({"listing", "plaintext", "pre", "xmp"})
"""Elements whose white space is kept."""

_INLINE: dict[str, SpanKind] = {
    "b": "strong", "cite": "emphasis", "code": "code", "del": "struck", "dfn": "emphasis", "em": "emphasis",
    "i": "emphasis", "ins": "inserted", "kbd": "code", "s": "struck", "samp": "code", "strike": "struck",
    "strong": "strong", "sub": "subscript", "sup": "superscript", "tt": "code", "var": "emphasis",
}  # fmt: skip
_STYLES: tuple[tuple[re.Pattern[str], SpanKind], ...] = (
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE), "struck"),
    (re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE), "superscript"),
    (re.compile(r"vertical-align\s*:\s*sub(?!\w)", re.IGNORECASE), "subscript"),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE), "emphasis"),
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), "strong"),
)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_STYLED = frozenset({"dd", "dt", "li", "p", "td", "th"})
"""Blocks of text whose style applies to their contents."""

_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\s*(?:;|!|$)", re.IGNORECASE)
_LEADS_OUT = re.compile(r"(?:https?|mailto|tel):\S+", re.IGNORECASE)
_BLANKS_IN_ADDRESS = re.compile(r"[\t\n\r]+")
_LONGEST_ADDRESS = 2_000

_PAGE_ROLES = frozenset({"doc-pagebreak", "pagebreak"})
_PAGE_CLASSES = frozenset({"page-break", "page-number", "pagebreak", "pageno", "pagenum", "pagenumber"})
_PAGE_LABEL = re.compile(
    r"\W*(?:(?:pages?|pag|pg|p|seite|página|pagina|sida|side|sivu|strona|стр|страница)(?![^\W\d_])\.?)?\s*(.*?)[\s.\])}]*",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_LABEL = 40
"""Characters of a page label."""

_VERSE_NAMES = """
    lg linegroup lyrics poem poetry poetry-container stanza verse wp-block-verse z3998:poem z3998:song z3998:stanza
    z3998:verse
"""
_VERSE = frozenset(_VERSE_NAMES.split())
_STANZAS = frozenset({"lg", "linegroup", "stanza", "z3998:stanza"})
_ASIDES = {
    "doc-notice": "notice", "doc-pullquote": "pullquote", "doc-tip": "tip", "help": "help", "notice": "notice",
    "pullquote": "pullquote", "sidebar": "sidebar", "tip": "tip", "warning": "warning",
}  # fmt: skip
_ADMONITIONS = frozenset({"admonition", "admonitionblock", "alert", "callout", "markdown-alert"})
_KIND_NAMES = """
    attention caution danger error example hint important info note notice question success tip warning
"""
_STRUCK_CLASS = re.compile(
    r"(?:^|\s)(?:strike|strike-?through|line-?through|text-decoration-line-through|struck(?:-out)?)(?:\s|$)",
    re.IGNORECASE,
)
_KINDS = frozenset(_KIND_NAMES.split())
_NOTE_NAMES = frozenset({"doc-endnote", "doc-footnote", "endnote", "footnote", "rearnote"})
_ATTRIBUTIONS = frozenset({"attribution", "author", "citation", "cite", "quote-author", "quote-source", "source"})
_CODE_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|brush:)[-\s]?([\w+#.-]{1,30})")
_FIGURE_NAMES = """
    captioned-image figcenter figleft figright figure illus illustration image-block img-caption picture-block
    wp-caption
"""
_FIGURES = frozenset(_FIGURE_NAMES.split())
_CAPTION_NAMES = """
    caption figcaption figure-caption gallery-caption image-caption img-caption photo-caption wp-caption-text
"""
_CAPTIONS = frozenset(_CAPTION_NAMES.split())
_DROP_CAPS = re.compile(
    r"(?:^|[-_ ])(?:drop[-_]?(?:caps?|images?|letter)|dropped|dc|initial|lettrine|first[-_]?letter)(?:$|[-_ ])",
    re.IGNORECASE,
)
_LONGEST_DROP_CAP = 3
_LONGEST_INITIAL = 60
_WORDS_OF_A_LETTER = frozenset("aeiouyàèéêïóöúw")
_MOST_IN_INITIAL = 6
_OF_WORD = re.compile(r"['’][^\W\d_]")
"""What follows an initial that is a word by itself: "I’ve"."""
_INITIAL = re.compile(
    r"""[\s"'“‘«„(]*(?P<letter>[^\W\d_])\s*
    |(?:[a-z]+\ ){0,3}?(?:capital|letter|initial|cap)[\s:,]+["'“‘]?(?P<named>[^\W\d_])["'”’.]?""",
    re.IGNORECASE | re.VERBOSE,
)
"""The alternative text of a picture of a letter: "T", "Illustrated capital T"."""

_STARS = re.compile(r"[\s*＊∗⁎⁕✱✻✽❋•·●○◦◆◇■□▪★☆#~∼～–—―_=+§❦❧☙⁂⁑⸻✦✧✶♦♥♠♣٭※☼❖-]{1,40}")
_BREAK_NAME = re.compile(
    r"(?:scene|section|space|text|thought|line|paragraph)[-_]?break|asterism|dinkus|fleuron|ornament|flourish|vignette"
    r"|separator|divider|blank-?line|(?:^|\s)(?:sb|break)(?:\s|$)",
    re.IGNORECASE,
)
_SURE_BREAK_NAME = re.compile(r"(?:^|\s)(?:scene|section|space|text|thought)[-_]?break(?:\s|$)", re.IGNORECASE)
_MARKS_TO_PRESS = frozenset({"mw-editsection"})
_TOOLTIPS = frozenset({"footnote-tooltip", "footnote_tooltip", "footnotetip"})
_LINE_NUMBERS = frozenset({"line-number", "lineno", "linenos", "linenum", "linenumber", "lnum", "lnr"})
_EDITORS_MARKS = frozenset({"inline-template", "noprint"})
_MOST_LOOKED_AT = 60


def span_kinds(element: etree._Element, name: str, is_in_code: bool) -> Iterator[tuple[SpanKind, str]]:
    """Yield the spans that an inline element stands for, as kinds and values."""
    if name == "a" and (address := _address(element.get("href", ""))):
        yield "link", address
    kind = _INLINE.get(name)
    style = element.get("style", "")
    if kind != "struck" and _STRUCK_CLASS.search(element.get("class", "")):
        yield "struck", ""
    if kind and not (kind == "code" and is_in_code) and not (kind == "strong" and _NOT_BOLD.search(style)):
        yield kind, ""
    yield from ((styled, "") for styled in _styles(style) if styled != kind)


def spans_of_block(element: etree._Element, name: str) -> Iterator[tuple[SpanKind, str]]:
    """Yield the spans that a block's style stands for."""
    for kind in _styles(element.get("style", "")):
        if kind == "struck" or (name in _STYLED and kind in ("emphasis", "strong")):
            yield kind, ""


def _styles(style: str) -> Iterator[SpanKind]:
    return (kind for pattern, kind in _STYLES if pattern.search(style)) if style else iter(())


def _address(href: str) -> str:
    """Return a link's target; empty if a reader can't follow it."""
    if len(href) > _LONGEST_ADDRESS:
        return ""
    href = _BLANKS_IN_ADDRESS.sub("", href.strip())
    return href if _LEADS_OUT.fullmatch(href) or (href[:1] == "#" and len(href) > 1) else ""


def follows_link(link: etree._Element) -> bool:
    """Return whether a link directly follows another: pages show them apart even without a space."""
    before = link.getprevious()
    return before is not None and not before.tail and name_of(before) == "a" and bool(before.get("href"))


def keeps_lines(element: etree._Element, name: str) -> bool:
    """Return whether line ends in the element's text are shown."""
    return name in CODE or bool(_KEEPS_LINES.search(element.get("style", "")))


def may_be_page(element: etree._Element) -> bool:
    """Return whether the element marks a page break, provided that it holds only a label."""
    if not (roles_of(element) & _PAGE_ROLES or classes_of(element) & _PAGE_CLASSES):
        return False
    return len(element) < 5 and name_of(element) not in ("body", "section")


def page_label(element: etree._Element, text: str) -> str:
    """Return the page's label, without a word for "page"."""
    said = (element.get("title") or element.get("aria-label") or text or element.get("id") or "").strip()
    found = _PAGE_LABEL.fullmatch(said)
    return ((found[1] if found else "") or said)[:LONGEST_LABEL].strip()


def is_verse(element: etree._Element) -> bool:
    """Return whether the element is verse or a line of it."""
    return not names_in(element).isdisjoint(_VERSE)


def is_stanza(element: etree._Element) -> bool:
    """Return whether the element is one stanza."""
    return not names_in(element).isdisjoint(_STANZAS)


def is_blank(element: etree._Element) -> bool:
    """Return whether a page shows an empty line for the element."""
    inside = list(islice(element.iter(etree.Element), _MOST_LOOKED_AT))
    if any(name_of(each) in ("img", "svg", "math", "table", "hr", "input") for each in inside):
        return False
    return len(inside) < _MOST_LOOKED_AT and not "".join(element.itertext()).strip()


def is_of_word(element: etree._Element) -> bool:
    """Return whether Word wrote the paragraph; its users add blank ones as spacing."""
    return str(element.get("class", "")).startswith("Mso")


def aside_kind(element: etree._Element, name: str) -> str | None:
    """Return the kind of a box beside the text; None for other elements."""
    roles, classes = roles_of(element), classes_of(element)
    if (said := next((_ASIDES[role] for role in sorted(roles) if role in _ASIDES), None)) is not None:
        return said
    if not (name == "aside" or classes & _ADMONITIONS or roles & (_NOTE_NAMES | {"note"})):
        return None
    if (roles | classes) & _NOTE_NAMES:
        return "note"
    parts = [part for each in sorted(classes) for part in re.split(r"[-_]+", each)]
    kinds = [part for part in parts if part in _KINDS]
    return next((kind for kind in kinds if kind != "note"), next(iter(kinds), "note" if "note" in roles else ""))


def is_attribution(element: etree._Element, name: str) -> bool:
    """Return whether the block, in a quotation, names its source."""
    if name == "footer":
        return True
    if name not in ("div", "p") or any(name_of(each) for each in element.itersiblings()):
        return False
    return bool(classes_of(element) & _ATTRIBUTIONS) or is_all_cite(element)


def is_all_cite(element: etree._Element) -> bool:
    """Return whether all words of the element are in a `cite`."""
    inside = [each for each in element if name_of(each)]
    if len(inside) != 1 or name_of(inside[0]) != "cite":
        return False
    return not speakable((element.text or "") + (inside[0].tail or ""))


def is_figure(element: etree._Element, name: str) -> bool:
    """Return whether the element holds a picture and its caption."""
    if name == "figure":
        return True
    if name != "div" or not classes_of(element) & _FIGURES:
        return False
    inside = list(islice(element.iterdescendants(etree.Element), _MOST_LOOKED_AT))
    pictures = sum(name_of(each) in ("img", "svg") for each in inside)
    captions = sum(is_caption(each, name_of(each)) for each in inside)
    return pictures > 0 and captions == 1 and len(inside) < _MOST_LOOKED_AT


def is_caption(element: etree._Element, name: str) -> bool:
    """Return whether the block is the caption of its figure."""
    return name == "figcaption" or (name in ("div", "p") and not classes_of(element).isdisjoint(_CAPTIONS))


def code_language(element: etree._Element) -> str:
    """Return the programming language, if the document states it."""
    around = element.getparent()
    for each in [element, *islice(element, 1), *([] if around is None else [around])]:
        names = each.get("class", "")
        if found := _CODE_LANGUAGE.search(names):
            return str(found[1])
        if "sourceCode" in names.split():
            return next((name for name in names.split() if name not in ("sourceCode", "numberSource")), "")
        if each.get("data-lang"):
            return str(each.get("data-lang"))[:LONGEST_LABEL]
    return ""


def is_lines(element: etree._Element) -> bool:
    """Return whether an address element holds only lines."""
    inside = [name_of(each) for each in islice(element.iterdescendants(etree.Element), _MOST_LOOKED_AT)]
    others = HEADINGS.keys() | CODE | {"dl", "figure", "ol", "p", "table", "ul"}
    return len(inside) < _MOST_LOOKED_AT and others.isdisjoint(inside)


def is_drop_cap(element: etree._Element) -> bool:
    """Return whether the block is the first letter of the next paragraph, as text or picture."""
    if initial_in(element):
        return True
    if not _DROP_CAPS.search(element.get("class", "")) or (element.tail or "").strip():
        return False
    text = _opening(element).strip()
    after = element.getnext()
    is_letter = 0 < len(text) <= _LONGEST_DROP_CAP and speakable(text)
    return is_letter and after is not None and name_of(after) in ("div", "p")


def initial_in(element: etree._Element) -> str:
    """Return the letter that a block shows as a picture and the next paragraph lacks; empty for others."""
    after = element.getnext()
    if name_of(element) not in ("div", "p", "figure") or after is None or name_of(after) not in ("div", "p"):
        return ""
    inside = [*islice(element.iterdescendants(etree.Element), _MOST_IN_INITIAL)]
    pictures = [each for each in inside if name_of(each) == "img"]
    if len(pictures) != 1 or len(inside) == _MOST_IN_INITIAL or f"{_opening(element)}{element.tail or ''}".strip():
        return ""
    said = pictures[0].get("alt", "")
    found = _INITIAL.fullmatch(said[:_LONGEST_INITIAL])
    rest = _opening(after).lstrip()
    lacks_letter = rest[:1].islower() or (rest[:2].isupper() and rest[:2].isalpha()) or bool(_OF_WORD.match(rest))
    if found is None or not lacks_letter:
        return ""
    return said.strip() if found["letter"] else found["named"]


def is_gap_behind_drop_cap(element: etree._Element) -> bool:
    """Return whether the white space after a first letter is only the markup's: the letter is not a word by itself."""
    if not _DROP_CAPS.search(element.get("class", "")) or (element.tail or "x").strip():
        return False
    letter, after = _opening(element).strip().strip("\"'“‘«„").casefold(), element.getnext()
    return (
        len(letter) == 1
        and letter.isalpha()
        and letter not in _WORDS_OF_A_LETTER
        and (after is not None and _opening(after)[:1].islower())
    )


def is_hidden_drop_cap(element: etree._Element) -> bool:
    """Return whether the element, hidden from screen readers, is the first letter of the word after it."""
    text = "".join(element.itertext())
    tail = element.tail or ""
    if not (0 < len(text) <= _LONGEST_DROP_CAP and text.isalpha() and tail[:1].isalpha()):
        return False
    parent = element.getparent()
    return parent is not None and not any("sr-only" in each.get("class", "") for each in islice(parent, 6))


def is_scene_break(text: str) -> bool:
    """Return whether a paragraph is only ornaments that separate scenes, or a letter between such: "-oOo-"."""
    if text and speakable(text):
        return is_lettered_rule(text)
    return bool(text) and _STARS.fullmatch(text) is not None


def is_ornament(picture: etree._Element, said: str) -> bool:
    """Return whether a picture only separates its surroundings."""
    parent = picture.getparent()
    names = " ".join(
        [
            picture.get("src", "")[-200:].rpartition("/")[2],
            picture.get("class", ""),
            "" if parent is None else parent.get("class", ""),
        ]
    )
    if not _BREAK_NAME.search(names):
        return False
    return (
        not speakable(said) or _BREAK_NAME.search(said) is not None or said.casefold() in ("decoration", "decorative")
    )


def breaks_before(element: etree._Element) -> bool:
    """Return whether a paragraph's class says that a scene begins with it."""
    return name_of(element) in ("div", "p") and bool(_SURE_BREAK_NAME.search(element.get("class", "")))


def is_named_break(element: etree._Element) -> bool:
    """Return whether an empty paragraph's class says that it separates scenes."""
    return bool(_BREAK_NAME.search(element.get("class", "")) or _BREAK_NAME.search(" ".join(roles_of(element))))


def is_between_paragraphs(element: etree._Element) -> bool:
    """Return whether an empty paragraph stands alone between two with words."""
    neighbours = [element.getprevious(), element.getnext()]
    return all(each is not None and name_of(each) == "p" and not is_blank(each) for each in neighbours)


def left_out_as(element: etree._Element, name: str) -> str:
    """Return the id of the finding for an element that is shown but not read; empty for one that is read."""
    if name == "a" and _is_permanent_link(element):
        return "form-controls"
    classes = element.get("class", "").lower()
    if not classes:
        return ""
    names = set(classes.split())
    if names & _MARKS_TO_PRESS:
        return "form-controls"
    if names & _TOOLTIPS:
        return "tooltips"
    if names & _LINE_NUMBERS and "".join(islice(element.itertext(), 5)).strip().isdigit():
        return "line-numbers"
    return "editors-marks" if name == "sup" and names & _EDITORS_MARKS else ""


def _is_permanent_link(link: etree._Element) -> bool:
    """Return whether a link only shows the address of its own heading."""
    if not link.get("href", "").startswith("#") or speakable("".join(islice(link.itertext(), 5))) or len(link) > 2:
        return False
    return any(name_of(each) in HEADINGS for each in islice(link.iterancestors(), 3))


def has_readings(element: etree._Element) -> bool:
    """Return whether the element contains ruby readings."""
    return any(name_of(each) == "rt" for each in element)


def is_displayed(math: etree._Element) -> bool:
    """Return whether a formula stands on its own lines."""
    if math.get("display") == "block":
        return True
    displayed = {"katex-display", "mathjax_display", "mjx-display"}
    return any(displayed & classes_of(each) for each in islice(math.iterancestors(), 4))


def is_apart(element: etree._Element) -> bool:
    """Return whether a page shows a picture separately from the words around it."""
    said = f"{element.get('class', '')} {element.get('style', '')} {element.get('align', '')}"
    width = element.get("width", "").strip()
    return _ALIGNED.search(said) is not None or (width.isascii() and width.isdigit() and int(width[:6]) >= _LARGE)


_ALIGNED = re.compile(
    r"align-?(?:left|right|center)|float|wp-image|size-(?:full|large|medium)|(?:^|\s)(?:left|right)\s*$", re.IGNORECASE
)
_LARGE = 200
"""Pixels: a wider picture is not part of a sentence."""


def _opening(element: etree._Element) -> str:
    return "".join(islice(element.itertext(), 20))
