"""Documents in Rich Text Format for tests, as small as they can be."""

from __future__ import annotations

_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0\deflang1033{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset2 Symbol;}"
    r"{\f2\fcharset204 Cyr;}{\f3\fcharset128 Gothic;}}"
    r"{\stylesheet{Normal;}{\s1\outlinelevel0\b heading 1;}{\s2\outlinelevel1\b heading 2;}{\s3\b Title;}{\s4 Quote;}"
    r"{\s5 HTML Preformatted;}{\s6 caption;}{\*\cs10 Strong;}}"
    r"{\*\listtable{\list{\listlevel\levelnfc0}{\listlevel\levelnfc4}{\listlevel\levelnfc23}\listid7}"
    r"{\list{\listlevel\levelnfc23}{\listlevel\levelnfc23}\listid8}}"
    r"{\*\listoverridetable{\listoverride\listid7\ls1}{\listoverride\listid8\ls2}}"
)


def rich_text(body: str, info: str = "") -> bytes:
    """A document with a body and the properties in `info`, both RTF already; characters beyond ASCII are put in by
    their numbers."""
    text = _HEAD + (rf"{{\info{info}}}" if info else "") + body + "}"
    return "".join(each if each.isascii() else _escaped(each) for each in text).encode()


def _escaped(character: str) -> str:
    units = character.encode("utf-16-le")
    numbers = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    return "".join(rf"\u{number - 65_536 if number > 32_767 else number}?" for number in numbers)


def styled(style: int, text: str) -> str:
    """A paragraph in a style of the sheet: 1 and 2 headings, 3 the title, 4 a quotation, 5 code, 6 a caption."""
    return rf"\pard\plain\s{style} {text}\par "


def item(text: str, mark: str, level: int = 0, of: int = 1) -> str:
    """An item of a list: 1 is numbered, 2 has bullets."""
    return rf"\pard\plain {{\listtext {mark}\tab}}\ls{of}\ilvl{level}\li{360 * (level + 1)} {text}\par "


def row(*cells: str, edges: tuple[int, ...] = (), head: bool = False) -> str:
    """A row of a table."""
    edges = edges or tuple(2000 * (at + 1) for at in range(len(cells)))
    plan = r"\trowd" + (r"\trhdr" if head else "") + "".join(rf"\cellx{edge}" for edge in edges)
    return plan + "".join(rf"\pard\plain\intbl {cell}\cell " for cell in cells) + r"\row\pard "
