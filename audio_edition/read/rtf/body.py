"""Converts the text of an RTF document to a tree of HTML elements (Rich Text Format 1.9.1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.model import ListStyle
from audio_edition.model.numerals import numeral
from audio_edition.read.alternatives import alternative
from audio_edition.read.bold_lines import Look
from audio_edition.read.converted import WrittenText, bare_text
from audio_edition.read.docx.captions import join_captions
from audio_edition.read.docx.flow import Flow
from audio_edition.read.docx.headings import Headings
from audio_edition.read.docx.names import last_in
from audio_edition.read.docx.paragraphs import is_blank
from audio_edition.read.docx.scenes import mark_scenes
from audio_edition.read.docx.symbols import in_font, symbol
from audio_edition.read.left_out import LeftOut
from audio_edition.read.markup.parse import without_controls
from audio_edition.read.rtf.charsets import codec_of_head, codec_of_page, language_of
from audio_edition.read.rtf.heads import Heads, Style
from audio_edition.read.rtf.state import Field, Group, Letters, Paragraph, Shape
from audio_edition.read.rtf.tables import OpenTable, RowPlan
from audio_edition.read.rtf.tokens import Token, tokens
from audio_edition.read.writing import script_of

_SIGNS = {
    "bullet": "•", "emdash": "—", "emspace": " ", "endash": "–", "enspace": " ", "ldblquote": "“", "lquote": "‘",
    "qmspace": " ", "rdblquote": "”", "rquote": "’", "tab": " ", "zwj": "\u200d", "zwnj": "\u200c",
    "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}", ":": "", "\t": " "}
_INTO = {
    "annotation": "comment", "bkmkstart": "place", "fldinst": "instruction", "fonttbl": "fonts", "info": "info",
    "listoverridetable": "overrides", "listtable": "lists", "listtext": "mark", "pict": "picture", "pntext": "mark",
    "sn": "property", "stylesheet": "styles", "sv": "value",
    **dict.fromkeys(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"), "margin"),
    **dict.fromkeys(
        (
            "aftncn", "aftnsep", "aftnsepc", "atnauthor", "atndate", "atnid", "atnparent", "atnref", "atrfend",
            "atrfstart", "background", "bkmkend", "blipuid", "buptim", "colorschememapping", "colortbl", "datafield",
            "datastore", "falt", "ffdeftext", "ffhelptext", "filetbl", "ffentrymcr", "ffexitmcr", "ffname",
            "ffstattext", "formfield", "ftncn", "ftnsep", "ftnsepc", "generator", "gridtbl", "htmltag", "latentstyles",
            "levelnumbers", "leveltext", "listname", "listpicture", "liststylename", "mmathPr", "nonesttables",
            "nonshppict", "objalias", "objclass", "objdata", "objname", "panose", "passwordhash", "pgdsctbl",
            "pgptbl", "pntxta", "pntxtb", "private",
            "propname", "protusertbl", "revtbl", "rsidtbl", "rxe", "shprslt", "staticval", "tc",
            "template", "themedata", "txe", "userprops", "wgrffmtfilter", "xe", "xmlnstbl",
        ),
        "skip",
    ),
}  # fmt: skip
"""Where the text of groups goes that begin with a control word."""

_FACTS = frozenset({"author", "category", "company", "doccomm", "keywords", "subject", "title"})
_UNREAD_FACTS = frozenset({"buptim", "hlinkbase", "manager", "operator", "printim", "revtim"})
_KNOWN_OPTIONAL = frozenset(
    {
        "annotation", "bkmkstart", "cs", "do", "dptxbxtext", "fldinst", "footnote", "listoverridetable",
        "listtable", "listtext", "moMath", "moMathPara", "nesttableprops", "picprop", "pn", "pntext", "shpinst",
        "shppict", "shptxt", "ud",
    }
)  # fmt: skip
_SPANS_OF_TEXT = frozenset({"text", "comment", "margin"})
"""Destinations whose text a person can see."""

_MATH_SIGNS = {"mden": "/", "msup": "^", "msub": "_", "mdeg": "√"}
_NUMBERS_OF_NOTES: dict[str, ListStyle] = {"nar": "1", "nalc": "a", "nauc": "A", "nrlc": "i", "nruc": "I"}
_LINK = re.compile(r"\s*HYPERLINK\s+(.*)", re.IGNORECASE | re.DOTALL)
_RUBY = re.compile(
    r"\s*EQ\b.*\\o\s*\\a[clrd]\s*\(\s*\\s\s*\\up\s*[\d.]{1,9}\s*\(([^()]{1,200})\)\s*[,;]([^()]{1,200})\)",
    re.IGNORECASE,
)
_ARGUMENT = re.compile(r'(\\\S+)|"([^"]*)"|(\S+)')
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_DEFINED = {"term": "dt", "definition": "dd"}
_LONGEST_DROP_CAP = 3
_MOST_PIECES = 400_000
"""Runs and paragraphs."""

_LARGEST_PICTURES_BYTES = 50_000_000
_LOWEST = 6
_TEXT_LEVEL = 9
_DEEPEST_STORY = 5
_MOST_NESTED = 10
_TOGGLES = {
    "b": "bold", "caps": "capitals", "deleted": "deleted", "i": "italic", "strike": "struck", "striked": "struck",
    "ul": "underlined", "uld": "underlined", "uldb": "underlined", "ulw": "underlined", "v": "hidden",
}  # fmt: skip
_NUMBERS_OF_LETTERS = {
    "alang": "language_of_right_to_left", "cs": "style", "f": "font", "fs": "size", "lang": "language",
    "langfe": "language_of_asian",
}  # fmt: skip
_TYPED_MARK = re.compile(r"[•◦▪·*–—-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,6})[.)]")
_TYPED_LIST = -1
"""The list of items whose marks are typed; the indent is their level."""

_RAISED = {"dn": "sub", "nosupersub": "", "sub": "sub", "super": "sup", "up": "sup"}
_OF_PARAGRAPH = {
    "ilvl": "level", "itap": "nesting", "li": "indent", "lin": "indent", "ls": "list", "outlinelevel": "outline",
    "s": "style",
}  # fmt: skip


@dataclass(slots=True)
class _Story:
    """What is being written: the main text, a note, a text box."""

    flow: Flow
    paragraph: etree._Element = field(default_factory=lambda: etree.Element("p"))
    looks: Counter[Look] = field(default_factory=Counter)
    tables: list[OpenTable] = field(default_factory=list)
    row: RowPlan = field(default_factory=RowPlan)
    nested_row: RowPlan = field(default_factory=RowPlan)
    anchored: list[etree._Element] = field(default_factory=list)
    mark: str | None = None
    is_bullet: bool = False


def text_of(data: bytes, name: str, *, keep_all: bool = False) -> RichText:
    """Return what Word shows of a document with all changes accepted. Raises ReadError."""
    reader = RichText(name, keep_all)
    for token in tokens(data, name):
        reader.take(token)
    reader.end()
    return reader


class RichText:
    """A document that is read from beginning to end. `seen` are the texts that a person can see, by paragraphs."""

    def __init__(self, name: str, keep_all: bool) -> None:
        self.heads = Heads()
        self.seen: list[str] = []
        self.left_out = LeftOut()
        self._name = name
        self._keep_all = keep_all
        self._root = etree.Element("body")
        self._stories = [_Story(Flow(self._root))]
        self._groups = [Group()]
        self._bytes = bytearray()
        self._skipped = 0  # characters that only older programs read, after one in Unicode
        self._half = ""  # the first half of a character beyond the first 65,536
        self._texts: list[str] = []  # of the destination that is not text
        self._line: list[str] = []
        self._pieces = 0
        self._places: list[str] = []
        self._notes: list[tuple[etree._Element, str]] = []  # each with the mark that its author chose
        self._numbers: dict[bool, int] = {False: 0, True: 0}
        self._formats: dict[bool, ListStyle] = {False: "1", True: "i"}  # of notes and endnotes
        self._is_counted = False
        self._mark = etree.Element("a")  # of the last note
        self._picture = b""  # written as bytes, not as their codes
        self._pictures: dict[str, bytes] = {}
        self._picture_bytes = 0
        self._comments: list[str] = []
        self._margins: list[str] = []
        self._headings = Headings(self._root)
        self._captions: dict[etree._Element, str] = {}
        self._before_blank: set[etree._Element] = set()
        self._letters: Counter[str] = Counter()

    # --- the result

    def end(self) -> None:
        """Close what is open at the end of the document."""
        self._flush()
        if not is_blank(self._story.paragraph):
            self._end_paragraph()
        while len(self._groups) > 1:
            self._close()
        self._end_paragraph()
        self._end_tables(0)

    def written(self) -> WrittenText:
        """Return the tree of the text."""
        self.left_out.may_be_headings = self._headings.find()
        mark_scenes(self._root, self._before_blank)
        for aside, own in self._notes:
            _without_mark(aside, own)
            self._root.append(aside)
        join_captions(self._captions)
        self._unlink()
        self.left_out.comments = self._comments
        margins = list(dict.fromkeys(filter(None, (" ".join(each.split()) for each in self._margins))))
        if self._keep_all:
            for text in margins:
                etree.SubElement(self._root, "p").text = text
        else:
            self.left_out.margins = margins
        language = max(sorted(self._letters), key=lambda tag: self._letters[tag], default="")
        found, headings = tuple(self.left_out.findings()), self._headings
        return WrittenText(self._root, headings.title, language, found, headings.guessed, headings.authors)

    def picture(self, source: str) -> bytes | None:
        """Return the bytes of a picture by its name in the tree."""
        return self._pictures.get(source)

    def _unlink(self) -> None:
        """Remove the addresses of links to places that the document lacks."""
        there = {each.get("id") for each in self._root.iter("*")}
        for link in self._root.iter("a"):
            address = link.get("href", "")
            if address.startswith("#") and address[1:] not in there:
                del link.attrib["href"]

    # --- tokens

    @property
    def _group(self) -> Group:
        return self._groups[-1]

    @property
    def _story(self) -> _Story:
        return self._stories[-1]

    def take(self, token: Token) -> None:
        """Take the next token of the document."""
        if token.kind == "bytes":
            self._group.is_new = False
            self._take_bytes(token)
            return
        self._flush()
        if token.kind == "open":
            self._skipped = 0
            self._groups.append(self._group.inner())
        elif token.kind == "close":
            self._skipped = 0
            if len(self._groups) > 1:
                self._close()
        elif token.kind == "word":
            self._word(token.name, token.number)
        elif token.kind == "data":
            if self._group.destination == "picture":
                self._picture = token.data
        else:
            self._sign(token.name)

    def _take_bytes(self, token: Token) -> None:
        data = token.data
        if self._skipped:
            gone = min(self._skipped, len(data))
            self._skipped -= gone
            data = data[gone:]
        if self._group.destination != "skip":
            self._bytes += data

    def _flush(self) -> None:
        """Decode the bytes since the last control word, which may be halves of characters each."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        group = self._group
        if group.destination == "picture":
            self._texts.append(data.decode("ascii", "ignore"))
            return
        font = self.heads.font(group.letters.font)
        if font.is_of_signs and group.destination in ("text", "mark"):
            self._say("".join(symbol(font.name, f"{byte:X}") or "" for byte in data))
        else:
            self._say(data.decode(self.heads.codec if group.destination == "fonts" else font.codec, "replace"))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._group.is_optional = self._group.is_new
        elif sign in "\r\n":
            self._word("par", None)
        elif self._skipped:
            self._skipped -= 1
        elif text := _SYMBOLS.get(sign, ""):
            self._say(text)

    # --- control words

    def _word(self, word: str, number: int | None) -> None:
        group = self._group
        is_optional, group.is_optional = group.is_optional, False
        is_first, group.is_new = group.is_new, False
        if group.destination == "skip":
            if word == "ud" and (outer := self._outside("upr")) is not None:
                group.destination = outer.destination
            return
        if is_optional and is_first and word not in _KNOWN_OPTIONAL:
            group.destination = "skip"
        elif word == "u":
            self._unicode(number or 0)
        elif self._skipped and word in _SIGNS:
            self._skipped -= 1
        elif is_first and self._begins(word):
            return
        elif group.destination in ("fonts", "lists", "overrides", "info", "date"):
            self._word_of_heads(word, number or 0)
        elif not self._changes_letters(word, number) and not self._changes_paragraph(word, number):
            self._acts(word, number)

    def _outside(self, ends: str) -> Group | None:
        """Return the group around the innermost one that ends something."""
        for at in range(len(self._groups) - 1, 0, -1):
            if self._groups[at].ends == ends:
                return self._groups[at - 1]
        return None

    def _unicode(self, number: int) -> None:
        self._skipped = self._group.skipped_after_unicode
        code = number + 65_536 if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._half = chr(code)
            return
        if 0xDC00 <= code < 0xE000:
            pair, self._half = self._half + chr(code), ""
            text = pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if len(pair) == 2 else ""
        else:
            text = chr(code) if 0 < code < 0x110000 else ""
        self._say(in_font(text, self.heads.font(self._group.letters.font).name))

    def _begins(self, word: str) -> bool:
        """Begin what a group is for, as its first control word says; return whether it says so."""
        group = self._group
        if word in _INTO:
            group.shape = Shape() if word == "pict" else group.shape
            self._goes_into(_INTO[word])
        elif group.destination == "info":
            self._goes_into("date" if word in ("creatim", "revtim") else word if word in _FACTS else "skip")
        elif word in ("moMath", "moMathPara") and group.destination == "text":
            self._goes_into("formula")
        elif group.destination == "formula" and word.startswith("m") and word.endswith("Pr"):
            group.destination = "skip"
        else:
            return self._begins_part(word)
        return True

    def _begins_part(self, word: str) -> bool:
        """Begin a part of the text that is more than a run; return whether a control word does so."""
        group = self._group
        if word == "upr":
            group.destination, group.ends = "skip", "upr"
        elif word in ("footnote", "shptxt", "dptxbxtext"):
            self._begin_story(is_note=word == "footnote")
        elif word == "field":
            group.field = Field()
        elif word == "fldrslt":
            self._begin_result()
        elif word == "nesttableprops":
            group.ends = "nested"
        elif word in ("shp", "shpgrp"):
            group.shape, group.ends = Shape(), "shape"
        else:
            return False
        return True

    def _goes_into(self, destination: str) -> None:
        group = self._group
        group.destination, group.ends = destination, group.ends or destination
        if destination not in ("skip", "fonts", "styles", "lists", "overrides", "info", "picture"):
            self._texts = []

    def _word_of_heads(self, word: str, number: int) -> None:
        """Take a control word in the tables of the document's head."""
        group = self._group
        if group.destination == "fonts":
            if word == "f":
                group.letters = replace(group.letters, font=number)
            else:
                self.heads.set_font(group.letters.font or 0, word, number)
        elif group.destination == "date":
            if word in ("yr", "mo", "dy"):
                self.heads.date[word] = self.heads.date.get(word) or number
        else:
            self.heads.list_word(group.destination, word, number)

    def _changes_letters(self, word: str, number: int | None) -> bool:
        """Change the look of the letters to come; return whether the control word does so."""
        group = self._group
        if word in _TOGGLES:
            toggled: dict[str, Any] = {_TOGGLES[word]: number != 0}
            group.letters = replace(group.letters, **toggled)
        elif word in _NUMBERS_OF_LETTERS:
            numbered: dict[str, Any] = {_NUMBERS_OF_LETTERS[word]: number or 0}
            group.letters = replace(group.letters, **numbered)
        elif word in _RAISED:
            group.letters = replace(group.letters, raised=_RAISED[word] if number != 0 else "")
        elif word == "ulnone":
            group.letters = replace(group.letters, underlined=False)
        elif word == "plain":
            deleted = group.letters.deleted
            group.letters = Letters(language=self.heads.default_language, deleted=deleted)
        else:
            return False
        return True

    def _changes_paragraph(self, word: str, number: int | None) -> bool:
        """Change the properties of the paragraph; return whether the control word does so."""
        group, value = self._group, number or 0
        if word == "pard":
            group.paragraph = Paragraph()
        elif word == "intbl":
            group.paragraph = replace(group.paragraph, nesting=max(1, group.paragraph.nesting))
        elif word == "dropcapt":
            group.paragraph = replace(group.paragraph, is_drop_cap=True)
        elif word == "fi":
            group.paragraph = replace(group.paragraph, is_hanging=value < 0)
        elif word in _OF_PARAGRAPH:
            change: dict[str, Any] = {_OF_PARAGRAPH[word]: max(0, value)}
            group.paragraph = replace(group.paragraph, **change)
        else:
            return False
        return True

    def _acts(self, word: str, number: int | None) -> None:
        """Do what a control word in the text stands for."""
        group = self._group
        if word == "tab" and group.paragraph.is_hanging and self._takes_mark():
            return
        if word in _SIGNS:
            self._say(_SIGNS[word])
        elif word in ("par", "sect"):
            self._end_paragraph()
        elif word == "line":
            self._end_line()
        elif word in ("cell", "nestcell", "row", "nestrow"):
            self._end_part_of_table(word)
        elif word == "trowd" or word in _OF_ROW:
            self._plan_row(word, number or 0)
        elif word == "chftn":
            self._is_counted = group.destination == "text" and len(self._stories) == 1
        elif word in _MATH_SIGNS and group.destination == "formula":
            self._texts.append(_MATH_SIGNS[word])
        else:
            self._sets(word, number or 0)

    def _takes_mark(self) -> bool:
        """Take what a hanging paragraph has before its first tab as the mark of an item, if it is a number or a bullet;
        return whether it is. Some programs write no lists but these."""
        group, story = self._group, self._story
        text = "".join(map(str, story.paragraph.itertext())).strip()
        if group.destination != "text" or story.mark is not None or not _TYPED_MARK.fullmatch(text):
            return False
        story.mark, story.is_bullet = text, not any(map(str.isalnum, text))
        story.paragraph = etree.Element("p")
        story.looks.clear()
        self._line.clear()
        group.paragraph = replace(group.paragraph, list=_TYPED_LIST, level=group.paragraph.indent)
        return True

    def _sets(self, word: str, number: int) -> None:
        """Take a control word that sets something for the group, the paragraph or the whole document."""
        if word == "revised":
            self.left_out.changes += 1
        elif word == "pnlvlblt":
            self._story.is_bullet = True
        elif word == "ftnalt":
            self._group.ends = "endnote"
        elif word == "uc":
            self._group.skipped_after_unicode = max(0, min(number, 10))
        elif word == "ansicpg":
            self.heads.codec = codec_of_page(number)
        elif word in ("deff", "deflang"):
            self.heads.default_font = number if word == "deff" else self.heads.default_font
            self.heads.default_language = number if word == "deflang" else self.heads.default_language
        elif codec := codec_of_head(word):
            self.heads.codec = codec
        elif word.startswith(("ftnn", "aftnn")) and word.partition("ftn")[2] in _NUMBERS_OF_NOTES:
            self._formats[word.startswith("a")] = _NUMBERS_OF_NOTES[word.partition("ftn")[2]]

    # --- groups that end

    def _close(self) -> None:
        group = self._groups.pop()
        if group.destination == "styles" and self._group.destination == "styles":
            self.heads.add_style("".join(self._texts), group.paragraph, group.letters)
            self._texts = []
        if not group.ends:
            if group.destination == "fonts":
                self._texts = []
            return
        text = "".join(self._texts)
        if group.ends in _FACTS:
            self.heads.facts[group.ends] = " ".join(text.split())
        elif group.ends in ("note", "endnote", "box"):
            self._end_story(group)
        elif group.ends == "picture":
            self._end_picture(group, text)
        elif group.ends in _ENDS:
            _ENDS[group.ends](self, text)
        elif group.ends == "shape" and group.shape is not None:
            _describe(group.shape)
        if group.ends not in ("upr", "shape", "box", "note", "endnote", "nested", "table"):
            self._texts = []

    def end_mark(self, text: str) -> None:
        self._story.mark = text

    def end_comment(self, text: str) -> None:
        self._comments.append(" ".join(text.split()))
        self._end_line_seen()

    def end_margin(self, text: str) -> None:
        self._margins.append(text)
        self._end_line_seen()

    def end_place(self, text: str) -> None:
        self._places.append(f"place-{text.strip()}")

    def end_instruction(self, text: str) -> None:
        if self._group.field is not None:
            self._group.field.instruction += text

    def end_property(self, text: str) -> None:
        if self._group.shape is not None:
            self._group.shape.property = text.strip()

    def end_value(self, text: str) -> None:
        shape = self._group.shape
        if shape is not None and shape.property == "wzDescription":
            shape.told = text

    def end_formula(self, text: str) -> None:
        if text := " ".join(text.split()):
            etree.SubElement(self._story.paragraph, "math", alttext=text)

    # --- text

    def _say(self, text: str) -> None:
        group = self._group
        text = without_controls(text)
        if not text or group.destination == "skip":
            return
        if group.destination in _SPANS_OF_TEXT or group.destination == "formula":
            self._line.append(text)
        if group.destination != "text":
            if group.destination == "fonts":
                self._name_font(text)
            else:
                self._texts.append(text)
        elif group.letters.deleted:
            self._line.pop()
            self.left_out.changes += 1
            self.left_out.deleted.append(text)
        elif group.letters.hidden:
            self.left_out.hidden.append(text)
        elif group.is_contents:
            self.left_out.contents.append(text)
        else:
            self._write(text)

    def _name_font(self, text: str) -> None:
        self.heads.set_font(self._group.letters.font or 0, "", 0)
        font = self.heads.fonts.get(self._group.letters.font or 0)
        if font is not None:
            font.name = (font.name + text).partition(";")[0].strip()[:100]

    def _write(self, text: str) -> None:
        group, story = self._group, self._story
        style = self.heads.style(group.paragraph.style)
        self._count()
        out = story.paragraph
        if not text.isspace():
            for tag in self._tags(group.letters, style, bool(group.address)):
                last = last_in(out)
                name, _, address = tag.partition(" ")
                is_same = last is not None and last.tag == name and last.get("href", "") == address
                out = last if is_same and last is not None else etree.SubElement(out, name)
                if address:
                    out.set("href", address)
        written = etree.SubElement(out, "span")
        written.text = text
        if language := self._language(text, group.letters):
            written.set("lang", language)
        look = Look(group.letters.bold, group.letters.underlined, group.letters.capitals, group.letters.size)
        story.looks[look] += sum(map(str.isalnum, text))

    def _tags(self, letters: Letters, style: Style, is_link: bool) -> list[str]:
        usual = style.letters
        tags = [f"a {self._group.address}"] if is_link else []
        if letters.bold and not usual.bold and not style.is_heading:
            tags.append("strong")
        is_lined = letters.underlined and not usual.underlined and not style.is_heading and not is_link
        if letters.italic != usual.italic or is_lined:
            tags.append("em")
        if letters.struck:
            tags.append("s")
        if letters.raised and letters.raised != usual.raised:
            tags.append(letters.raised)
        own = self.heads.character_styles.get(-1 if letters.style is None else letters.style, Style())
        if own.kind == "code" != style.kind:
            tags.append("code")
        return tags

    def _language(self, text: str, letters: Letters) -> str:
        """Return the BCP 47 tag of a text; empty if none says. English as the document's own says nothing, since
        programs put it there."""
        script = script_of(text)
        number = letters.language
        if script != "western":
            number = letters.language_of_asian if script == "asian" else letters.language_of_right_to_left
        tag = language_of(number)
        if tag.startswith("en") and (number == self.heads.usual_language or script != "western"):
            tag = ""
        self._letters[tag] += sum(map(str.isalpha, text))
        return tag

    def _count(self) -> None:
        self._pieces += 1
        if self._pieces > _MOST_PIECES:
            raise ReadError(
                f"{self._name} has more than {_MOST_PIECES:,} paragraphs and changes of type.",
                "Split it into chapters.",
            )

    def _end_line(self) -> None:
        group = self._group
        self._line.append("\n")
        if group.destination == "text":
            etree.SubElement(self._story.paragraph, "br")
        elif group.destination in ("comment", "margin"):
            self._texts.append(" ")

    def _end_line_seen(self) -> None:
        self.seen += filter(None, (" ".join(line.split()) for line in "".join(self._line).split("\n")))
        self._line.clear()

    # --- paragraphs

    def _end_paragraph(self) -> None:
        """Put the paragraph where it belongs, unless it is the first letter of the next one."""
        group, story = self._group, self._story
        if group.destination != "text":
            self._end_line()
            return
        self._count()
        if group.is_contents:
            self.left_out.contents.append(" ")
        text = "".join(map(str, story.paragraph.itertext())).strip()
        if group.paragraph.is_drop_cap and 0 < len(text) <= _LONGEST_DROP_CAP:
            return
        self._end_line_seen()
        self.left_out.end_paragraph()
        written, looks, anchored = story.paragraph, story.looks, story.anchored
        story.paragraph, story.looks, story.anchored = etree.Element("p"), Counter(), []
        self._end_tables(group.paragraph.nesting)
        flow = self._flow(group.paragraph.nesting)
        self._put(written, looks, group.paragraph, flow)
        story.mark, story.is_bullet = None, False
        for each in anchored:
            flow.place.append(each)

    def _flow(self, nesting: int) -> Flow:
        """Return what takes a paragraph that is in so many tables."""
        self._open_tables(nesting)
        story = self._story
        return story.tables[-1].flow if story.tables else story.flow

    def _open_tables(self, nesting: int) -> None:
        story = self._story
        while len(story.tables) < min(nesting, _MOST_NESTED):
            table = OpenTable()
            flow = story.tables[-1].flow if story.tables else story.flow
            flow.block(table.element)
            self._headings.note_line(table.element, flow)
            story.tables.append(table)

    def _put(self, written: etree._Element, looks: Counter[Look], paragraph: Paragraph, flow: Flow) -> None:
        style = self.heads.style(paragraph.style)
        if is_blank(written):
            self._put_blank(style, flow)
            return
        if style.kind == "contents" and not self._keep_all:
            self.left_out.contents.append(f"{bare_text(written)} ")
            return
        if self._places:
            written.set("id", self._places[0])
            for place in self._places[1:]:
                written.insert(0, etree.Element("span", id=place))
            self._places.clear()
        is_plain = self._put_written(written, paragraph, style, flow)
        self._headings.note_line(written, flow, looks if is_plain else None)
        if _level(paragraph, style):
            self._headings.note_size(max((look.size for look in looks), default=0))

    def _put_blank(self, style: Style, flow: Flow) -> None:
        if style.kind == "code" and flow.is_in_code:
            flow.code(etree.Element("span"))
        elif flow.is_in(self._root) and flow.last is not None:
            self._before_blank.add(flow.last)

    def _put_written(self, written: etree._Element, paragraph: Paragraph, style: Style, flow: Flow) -> bool:
        """Put a paragraph; return whether it is a plain one."""
        story = self._story
        mark = None if story.mark is None else self.heads.mark(story.mark, paragraph, story.is_bullet)
        level = _level(paragraph, style)
        if mark is not None and mark.text and (level or mark.style is None):
            number = etree.Element("span")
            number.text = f"{mark.text} "
            written.insert(0, number)
        if level:
            is_title = style.kind == "title"
            lowered = level + (self._headings.has_title and not is_title)
            self._headings.put(written, min(_LOWEST, lowered), flow, is_title=is_title)
        elif mark is not None:
            flow.item(written, mark, paragraph.indent)
        elif style.kind == "code":
            written.tag = "span"
            flow.code(written)
        elif style.kind == "quote":
            flow.quoted(written)
        elif style.kind in _DEFINED:
            flow.defined(written, _DEFINED[style.kind])
        elif style.kind == "continued" and flow.lists:
            flow.continued(written, paragraph.indent)
        else:
            if style.kind == "caption":
                self._captions[written] = bare_text(written).partition(" ")[0]
            if style.kind == "author":
                self._headings.put_author(written)
            flow.block(written)
            return True
        return False

    # --- tables

    def _end_part_of_table(self, word: str) -> None:
        nesting = self._group.paragraph.nesting if word.startswith("nest") else 1
        if self._group.destination != "text":
            return
        paragraph = replace(self._group.paragraph, nesting=max(1, min(nesting, _MOST_NESTED)))
        self._group.paragraph = paragraph
        if word in ("cell", "nestcell"):
            self._end_paragraph()
            self._story.tables[-1].end_cell()
        else:
            self._end_tables(paragraph.nesting)
            self._open_tables(paragraph.nesting)
            story = self._story
            story.tables[-1].end_row(story.row if paragraph.nesting == 1 else story.nested_row)

    def _plan_row(self, word: str, number: int) -> None:
        """Take a control word of a row's definition."""
        story, is_nested = self._story, self._group.ends == "nested"
        if word == "trowd" and is_nested:
            story.nested_row = RowPlan()
        elif word == "trowd":
            story.row = RowPlan()
        else:
            _OF_ROW[word](story.nested_row if is_nested else story.row, number)

    def _end_tables(self, nesting: int) -> None:
        """Close the tables that are deeper than a paragraph."""
        while len(self._story.tables) > nesting:
            self._story.tables.pop().end()

    # --- notes, boxes, fields and pictures

    def _begin_story(self, *, is_note: bool) -> None:
        group = self._group
        if group.destination != "text" or len(self._stories) > _DEEPEST_STORY:
            group.destination = "skip"
            return
        self._line.append("\n" if is_note else "")
        element = etree.Element("aside", role="doc-footnote") if is_note else etree.Element("div")
        if is_note:
            element.set("id", f"note-{len(self._notes) + 1}")
            self._notes.append((element, self._write_mark()))
        else:
            self._story.anchored.append(element)
        group.ends = "note" if is_note else "box"
        group.paragraph, group.letters, group.address = Paragraph(), Letters(deleted=group.letters.deleted), ""
        self._stories.append(_Story(Flow(element)))

    def _write_mark(self) -> str:
        """Write the mark of a note; return it if its author wrote one before, else it is a number told at its end."""
        paragraph = self._story.paragraph
        last = last_in(paragraph)
        own = ""
        if not self._is_counted and last is not None and last.tag == "sup" and len(last):
            own = "".join(map(str, last.itertext())).strip()
            paragraph.remove(last)
        self._is_counted = False
        self._mark = etree.SubElement(paragraph, "a", role="doc-noteref", href=f"#note-{len(self._notes) + 1}")
        self._mark.text = own
        return own

    def _end_story(self, group: Group) -> None:
        """End a note or a text box, whose last paragraph may have no end of its own."""
        self._groups.append(group)
        self._end_paragraph()
        self._end_tables(0)
        self._groups.pop()
        self._stories.pop()
        if group.ends != "box" and not self._mark.text:
            is_endnote = group.ends == "endnote"
            self._numbers[is_endnote] += 1
            self._mark.text = numeral(self._numbers[is_endnote], self._formats[is_endnote])

    def _begin_result(self) -> None:
        """Begin the result of a field: a link's words, contents, or any other text."""
        group = self._group
        instruction = "" if group.field is None else group.field.instruction
        if _CONTENTS.match(instruction) and not self._keep_all:
            group.is_contents = True
        elif link := _LINK.match(instruction):
            group.address = _address(link[1])
        elif ruby := _RUBY.match(instruction):
            self._write_ruby(ruby[2], ruby[1])

    def _write_ruby(self, base: str, reading: str) -> None:
        """Write characters with the reading above them, which Word makes a formula of."""
        ruby = etree.SubElement(self._story.paragraph, "ruby")
        etree.SubElement(ruby, "span").text = base
        etree.SubElement(ruby, "rt").text = reading
        self._line.append(f"{base}\n{reading}\n")

    def _end_picture(self, group: Group, text: str) -> None:
        shape, data = group.shape or Shape(), self._picture or _bytes_in(text)
        self._picture = b""
        image = etree.SubElement(self._story.paragraph, "img")
        self._picture_bytes += len(data)
        if data.startswith(_SIGNATURES) and self._picture_bytes <= _LARGEST_PICTURES_BYTES:
            name = f"picture-{len(self._pictures) + 1}"
            self._pictures[name] = data
            image.set("src", name)
        shape.pictures.append(image)
        _describe(shape)
        if self._group.shape is not None:
            self._group.shape.pictures.append(image)


_ENDS: dict[str, Callable[[RichText, str], None]] = {
    "comment": RichText.end_comment,
    "formula": RichText.end_formula,
    "instruction": RichText.end_instruction,
    "margin": RichText.end_margin,
    "mark": RichText.end_mark,
    "place": RichText.end_place,
    "property": RichText.end_property,
    "value": RichText.end_value,
}


def _set_left(row: RowPlan, number: int) -> None:
    row.left = number


def _set_head(row: RowPlan, number: int) -> None:
    row.is_head = True


def _go_on_across(row: RowPlan, number: int) -> None:
    row.next.goes_on_across = True


def _go_on_down(row: RowPlan, number: int) -> None:
    row.next.goes_on_down = True


_OF_ROW: dict[str, Callable[[RowPlan, int], None]] = {
    "cellx": RowPlan.add, "clmrg": _go_on_across, "clvmrg": _go_on_down, "trhdr": _set_head, "trleft": _set_left,
}  # fmt: skip


def _level(paragraph: Paragraph, style: Style) -> int:
    """Return the level of a heading; 0 for other paragraphs."""
    if style.kind == "title":
        return 1
    if paragraph.outline is None:
        return style.level
    return paragraph.outline + 1 if paragraph.outline < _TEXT_LEVEL else 0


def _describe(shape: Shape) -> None:
    """Give the pictures of a drawing its alternative text."""
    told = alternative(shape.told)
    for image in shape.pictures:
        if told is not None and image.get("alt") is None:
            image.set("alt", told)


def _bytes_in(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _address(arguments: str) -> str:
    """Return where a link leads, by the arguments of its field: an address, a place in the document, or both."""
    address, place, switch = "", "", ""
    for found in _ARGUMENT.finditer(arguments):
        said = found[2] if found[2] is not None else found[3] or ""
        if found[1]:
            switch = found[1]
        elif switch == "\\l":
            place, switch = said, ""
        elif not switch:
            address = address or said
        else:
            switch = ""
    if not place:
        return f"#place-{address[1:]}" if address.startswith("#") else address
    return f"{address}#{place}" if address else f"#place-{place}"


def _without_mark(aside: etree._Element, label: str) -> None:
    """Remove the author's own mark from the beginning of a note."""
    first = next((each for each in aside.iter() if each.text and each.text.strip()), None)
    if label and first is not None and (first.text or "").strip().startswith(label):
        first.text = (first.text or "").strip().removeprefix(label)
