"""What RTF says of the text to come: each group has its own copy, which ends with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree


@dataclass(frozen=True, slots=True)
class Letters:
    """The look of letters. `size` is in half points; `font`, the languages and `style` are numbers of RTF's
    tables; `language_of_right_to_left` and `language_of_asian` are those of letters in such writing."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    capitals: bool = False
    hidden: bool = False
    deleted: bool = False
    raised: str = ""
    size: int = 24
    font: int | None = None
    language: int = 0
    language_of_right_to_left: int = 0
    language_of_asian: int = 0
    style: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The properties of a paragraph. `nesting` counts the tables around it; `outline` is its level from 0, 9 for text;
    `indent` is in twentieths of a point, and `is_hanging` says that the first line begins before it; `list` and `level`
    say which list it is an item of."""

    style: int = 0
    outline: int | None = None
    nesting: int = 0
    list: int = 0
    level: int = 0
    indent: int = 0
    is_hanging: bool = False
    is_drop_cap: bool = False


@dataclass(slots=True)
class Field:
    """A field: its instruction, such as a link's address."""

    instruction: str = ""


@dataclass(slots=True)
class Shape:
    """A drawing: what it is called, and its pictures."""

    told: str = ""
    property: str = ""
    pictures: list[etree._Element] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """The state in a group. `destination` is where its text goes; `ends` names what ends with the group."""

    destination: str = "text"
    letters: Letters = field(default_factory=Letters)
    paragraph: Paragraph = field(default_factory=Paragraph)
    skipped_after_unicode: int = 1
    field: Field | None = None
    shape: Shape | None = None
    address: str = ""
    ends: str = ""
    is_contents: bool = False
    is_new: bool = True
    is_optional: bool = False

    def inner(self) -> Group:
        """Return the state that a group in this one begins with."""
        return Group(
            self.destination,
            self.letters,
            self.paragraph,
            self.skipped_after_unicode,
            self.field,
            self.shape,
            self.address,
            is_contents=self.is_contents,
        )
