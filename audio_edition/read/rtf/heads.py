"""The tables in the head of an RTF document: fonts, styles, lists, and what it says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from audio_edition.model import Creator, ListStyle, Metadata
from audio_edition.read.about import About
from audio_edition.read.docx.numbering import Mark
from audio_edition.read.properties import company_of, description_of, is_somebody, title_of
from audio_edition.read.rtf.charsets import SYMBOLS, codec_of_charset, codec_of_page
from audio_edition.read.rtf.state import Letters, Paragraph
from audio_edition.read.style_names import Kind, kind_named, level_named

_NUMBERED = re.compile(r"[\s(\[]*(?:(\d{1,9})|([A-Za-z]{1,9}))[\s.)\]:°ºª–-]*")
_FORMATS: dict[int, ListStyle] = {0: "1", 1: "I", 2: "i", 3: "A", 4: "a"}
_BULLET = 23
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_LAST_LETTER = 26
_MOST = 10_000
"""Entries of each table."""


@dataclass(slots=True)
class Font:
    """A font: its name, and the codec of its bytes; none for a font of signs."""

    name: str = ""
    codec: str = ""
    is_of_signs: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """The role and look of paragraphs or runs. `level` is a heading's, 0 for none."""

    name: str = ""
    kind: Kind = ""
    level: int = 0
    letters: Letters = field(default_factory=Letters)

    @property
    def is_heading(self) -> bool:
        return self.level > 0 or self.kind == "title"


@dataclass(slots=True)
class Heads:
    """The tables of a document, as they are filled while it is read."""

    codec: str = "cp1252"
    default_font: int = 0
    default_language: int = 0
    fonts: dict[int, Font] = field(default_factory=dict)
    styles: dict[int, Style] = field(default_factory=dict)
    character_styles: dict[int, Style] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    date: dict[str, int] = field(default_factory=dict)
    lists: dict[int, list[int]] = field(default_factory=dict)
    overrides: dict[int, int] = field(default_factory=dict)
    _levels: list[int] = field(default_factory=list)
    _list: int = 0

    @property
    def usual_language(self) -> int:
        """The document's own language, by its head or the style of running text."""
        return self.default_language or self.style(0).letters.language

    # --- fonts and styles

    def font(self, number: int | None) -> Font:
        """Return a font; the document's own if there is none of this number."""
        found = self.fonts.get(self.default_font if number is None else number)
        return Font(codec=self.codec) if found is None else found

    def set_font(self, number: int, word: str, value: int) -> None:
        """Note what a control word says of a font."""
        if len(self.fonts) > _MOST:
            return
        font = self.fonts.setdefault(number, Font(codec=self.codec))
        if word == "fcharset":
            font.is_of_signs = value == SYMBOLS
            font.codec = codec_of_charset(value, self.codec)
        elif word == "cpg":
            font.codec = codec_of_page(value)

    def add_style(self, name: str, paragraph: Paragraph, letters: Letters) -> None:
        """Add a style of paragraphs, or of letters if they name one."""
        name = name.split(";")[0].strip()
        if not name or len(self.styles) + len(self.character_styles) > _MOST:
            return
        level = paragraph.outline + 1 if paragraph.outline is not None and paragraph.outline < 9 else level_named(name)
        style = Style(name, kind_named(name), level, letters)
        if letters.style is not None:
            self.character_styles[letters.style] = style
        else:
            self.styles[paragraph.style] = style

    def style(self, number: int) -> Style:
        """Return a style of paragraphs."""
        return self.styles.get(number, Style())

    # --- lists

    def list_word(self, destination: str, word: str, number: int) -> None:
        """Note what a control word in the tables of lists says."""
        if len(self.lists) > _MOST or len(self.overrides) > _MOST:
            return
        if destination == "overrides":
            if word == "listid":
                self._list = number
            elif word == "ls":
                self.overrides[number] = self._list
        elif word in ("levelnfc", "levelnfcn"):
            if word == "levelnfc":
                self._levels.append(number)
        elif word == "listid":
            self.lists[number], self._levels = self._levels, []

    def mark(self, text: str, paragraph: Paragraph, is_bullet: bool) -> Mark:
        """Return the mark of an item from its text as it is shown."""
        name, text = str(self.overrides.get(paragraph.list, paragraph.list)), text.strip()
        levels = self.lists.get(self.overrides.get(paragraph.list, 0), [])
        form = levels[paragraph.level] if paragraph.level < len(levels) else -1
        plain = _NUMBERED.fullmatch(text)
        if is_bullet or form == _BULLET or not any(map(str.isalnum, text)):
            return Mark(name, paragraph.level, indent=paragraph.indent)
        style, number = (None, 0) if plain is None else _numbered(plain[1], plain[2], form)
        return Mark(name, paragraph.level, text, number, style, paragraph.indent)

    # --- what the document says of itself

    def about(self, language: str) -> About:
        """Return the metadata, given the language of the text, if known."""
        facts = self.facts
        date = "-".join(f"{self.date.get(part, 0):02d}" for part in ("yr", "mo", "dy"))
        writers = re.split(r"\s*[;\n]\s*", facts.get("author", ""))
        return About(
            title=title_of(facts.get("title", "")),
            published=date if self.date.get("yr", 0) > 1900 else "",
            language=language,
            source=company_of(facts.get("company", "")),
            category=facts.get("category", ""),
            metadata=Metadata(
                creators=tuple(map(Creator, filter(is_somebody, writers))),
                description=description_of(facts.get("doccomm", "")),
                subjects=(*re.split(r"\s*[,;]\s*", facts.get("keywords", "")), facts.get("subject", "")),
            ),
        )


def _numbered(figures: str | None, letters: str | None, form: int) -> tuple[ListStyle | None, int]:
    """Return HTML's type of numbering and the number of a mark; None if it is a word."""
    if figures is not None:
        return "1", int(figures)
    written = letters or ""
    small = written.casefold()
    is_roman = set(small) <= _ROMAN.keys() and (form in (1, 2) or (form not in (3, 4) and len(small) > 1))
    if is_roman:
        return _FORMATS[1 if written.isupper() else 2], _roman(small)
    if len(set(small)) == 1 and len(small) == 1:
        return _FORMATS[3 if written.isupper() else 4], ord(small) - ord("a") + 1
    return None, 0


def _roman(small: str) -> int:
    values = [_ROMAN[letter] for letter in small]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
