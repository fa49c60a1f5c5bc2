"""A script that holds every kind of block and of span, as a document could have them, and the picture in it."""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Iterable, Iterator

from PIL import Image as Drawing

from audio_edition.model import (
    EMPTY_KINDS,
    Aside,
    Block,
    Chapter,
    Code,
    Creator,
    Definition,
    DefinitionList,
    Figure,
    Formula,
    Heading,
    Image,
    Item,
    List,
    Metadata,
    Note,
    PageBreak,
    Paragraph,
    Passage,
    Pause,
    Picture,
    Quote,
    Role,
    Row,
    SceneBreak,
    Script,
    Span,
    SpanKind,
    Table,
    Text,
    Utterance,
    Verse,
)
from support.cells import cell_of


@functools.cache
def chart() -> Image:
    """A small picture, as PNG."""
    file = io.BytesIO()
    Drawing.new("RGB", (8, 6), "#12355b").save(file, "PNG")
    data = file.getvalue()
    return Image(f"{hashlib.sha256(data).hexdigest()[:16]}.png", "image/png", data, 8, 6)


class _Chapter:
    """Passages of a chapter, each numbered as it is made."""

    def __init__(self, number: int) -> None:
        self.id = f"c{number:02}"
        self._count = 0

    def say(
        self,
        *texts: str,
        role: Role = "body",
        spans: Iterable[Span] = (),
        language: str = "",
        announces: str = "",
        concludes: str = "",
    ) -> Passage:
        """A passage with an utterance for each of the texts; the spans are those of the first."""
        self._count += 1
        place = f"{self.id}-p{self._count:03}"
        parts: list[Utterance | Pause] = []
        for number, text in enumerate(texts, 1):
            first, last = number == 1, number == len(texts)
            before, behind = announces if first else "", concludes if last else ""
            spoken = " ".join(part for part in (before, text, behind) if part)
            parts += [
                Utterance(
                    f"{place}-s{number:02}", text, spoken, role, language,
                    spans=tuple(spans) if first else (), announces=before, concludes=behind,
                ),
                Pause(250, "sentence"),
            ]  # fmt: skip
        return Passage(place, role, tuple(parts), language)

    def silent(self, text: str = "", role: Role = "cell") -> Passage:
        """A passage of which nothing is said."""
        self._count += 1
        return Passage(f"{self.id}-p{self._count:03}", role, unspoken=Text(text))

    def item(self, text: str, announces: str = "") -> Paragraph[Passage]:
        return Paragraph(self.say(text, role="list_item", announces=announces))


def everything() -> Script:
    """Two chapters: one of texts, one of figures and tables."""
    return Script(
        "The harbour report",
        (_texts(), _figures()),
        published="2026-11-30",
        source="The Courier",
        byline="By Ann Holt and Bo Lind",
        metadata=Metadata(
            creators=(
                Creator("Ann Holt"),
                Creator("Bo Lind"),
                Creator("Cy Reed", "translator"),
                Creator("Di Falk", "illustrator"),
            ),
            subtitle="What the year brought",
            description="Ferries, gates and people.",
            subjects=("Harbours", "Ferries"),
            series="Reports",
            series_position="3",
            rights="© 2026 The Courier",
            identifiers=("urn:isbn:9780306406157",),
        ),
        images=(chart(),),
    )


def _over(text: str, words: str, kind: SpanKind, value: str = "") -> Span:
    """A span over words of a text; behind them, where it marks a place."""
    start = text.index(words)
    end = start + len(words)
    return Span(end if kind in EMPTY_KINDS else start, end, kind, value)


def _texts() -> Chapter:
    c = _Chapter(1)
    return Chapter(c.id, "The harbour report", (*_inline(c), *_lists(c), *_set_apart(c)))


def _inline(c: _Chapter) -> Iterator[Block[Passage]]:
    """Yield paragraphs with every kind of span."""
    yield Heading(c.say("The harbour report", role="title"), 1)
    yield Paragraph(c.say("By Ann Holt and Bo Lind", role="byline"))
    linked = "See the report at once, or the gates below."
    links = (
        _over(linked, "the report", "link", "https://courier.example/report?a=1&b=2"),
        _over(linked, "the", "emphasis"),
        _over(linked, "the report", "note", "n1"),
        _over(linked, "the gates", "link", "#gates"),
    )
    yield Paragraph(c.say(linked, "Nobody had.", spans=links))
    printed = c.say("Printed in May.", "And in June.", role="note", announces="Note 1:")
    sold = c.say("Then sold out.", role="note", concludes="End of note.")
    yield Note("n1", "1", (Paragraph(printed), Paragraph(sold)))
    written = "It fell by 10-9, not by 8, in H2O; 東京 said so."
    kinds = (
        _over(written, "10-9", "strong"),
        _over(written, "-9", "superscript"),
        _over(written, ", not by 8", "struck"),
        _over(written, "2", "subscript"),
        _over(written, "東京", "language", "ja"),
        _over(written, "東京", "ruby", "とうきょう"),
        _over(written, "said so", "inserted"),
    )
    yield Paragraph(c.say(written, spans=kinds))
    yield Paragraph(c.say("« Tout va bien », a-t-on dit.", language="fr"))
    yield Paragraph(c.say("1 Quay Street Leith", spans=[Span(13, 14, "break")]))
    yield Paragraph(c.silent("(…)", "body"))
    yield SceneBreak()


def _lists(c: _Chapter) -> Iterator[Block[Passage]]:
    """Yield a list within a list, and one of definitions."""
    count, gates = c.item("Count the boats.", "3."), c.item("Count the gates:", "4.")
    north, south, both = c.item("north,"), c.item("south."), c.item("Both.")
    inner = List((Item((north,)), Item((south, both))))
    home = c.item("Go home.", "9.")
    yield List((Item((count,)), Item((gates, inner)), Item((home,), value=9)), ordered=True, start=3)
    gate, lock = c.say("Gate", role="term"), c.say("Lock", role="term")
    shuts = Paragraph(c.say("What shuts.", role="definition"))
    quay, stands = c.say("Quay", role="term"), Paragraph(c.say("What stands.", role="definition"))
    yield DefinitionList((Definition((gate, lock), (shuts,)), Definition((quay,), (stands,))))


def _set_apart(c: _Chapter) -> Iterator[Block[Passage]]:
    """Yield what stands apart from the text."""
    heard = Paragraph(c.say("We heard the bell.", role="quote", announces="Quote:"))
    stopped = Paragraph(c.say("Then it stopped.", role="quote", concludes="End of quote."))
    yield Quote((heard, stopped), c.say("Rosa Leith, harbour master", role="attribution"))
    yield Verse((c.say("The bell at sea,", role="verse"), c.say("the bell on land.", role="verse")))
    short = Heading(c.say("In short", role="heading"), 3)
    yield Aside((short, Paragraph(c.say("Bring a coat."))))
    loop, shut = c.say("for gate in gates:", role="code"), c.say("    shut(gate)", role="code")
    yield Code((loop, shut), "python")
    yield Formula(c.say("h squared over two", role="formula"), tex=r"\frac{h^2}{2}")


def _figures() -> Chapter:
    c = _Chapter(2)
    heading = c.say("The gates", role="heading", spans=(Span(0, 0, "anchor", "gates"),))
    bars = c.say("A chart of two bars.", role="picture", announces="Picture:")
    taller = Paragraph(c.say("The north bar is taller.", role="description", announces="Description:"))
    caption = Paragraph(c.say("Gates in 2026.", role="caption", announces="Caption:"))
    figure = Figure((Picture(bars, chart().name, (taller,)),), (caption,))
    unknown = Picture(c.silent(role="picture"), chart().name)
    table = _table(c)
    shut = c.say("Two are shut.", role="note", announces="Note:", concludes="End of note.")
    sign = "The sign said exit and stop."
    signs = (
        _over(sign, "said", "page", "12"), _over(sign, "exit", "image", chart().name), _over(sign, "stop", "image")
    )  # fmt: skip
    said = Paragraph(c.say(sign, spans=signs))
    spoken = PageBreak("13", c.say("13", role="page", announces="Page"))
    note = Note("n2", "*", (Paragraph(shut),))
    pictures: tuple[Block[Passage], ...] = (PageBreak("xi"), figure, unknown)
    blocks = (Heading(heading, 2), *pictures, table, note, said, spoken)
    return Chapter(c.id, "The gates", blocks, 2)


def _table(c: _Chapter) -> Table[Passage]:
    """Three columns, with headers of columns and rows, an empty cell, and one that takes two columns."""
    caption = Paragraph(c.say("Gates and boats.", role="caption"))
    corner = cell_of(c.silent(role="header_cell"))
    size = "Table with 3 columns and 3 rows. Columns:"
    north = cell_of(c.say("North", role="header_cell", announces=size), "column")
    south = cell_of(c.say("South", role="header_cell"), "column")
    gates = cell_of(c.say("Gates", role="header_cell"), "row")
    many = cell_of(c.say("212", role="cell", announces="North:"), headers=((0, 1), (1, 0)))
    noted = c.say("198", role="cell", announces="South:", spans=(Span(3, 3, "note", "n2"),))
    fewer = cell_of(noted, headers=((0, 2), (1, 0)))
    boats = cell_of(c.say("Boats", role="header_cell"), "row")
    none = c.say("None yet", role="cell", announces="North, South:", concludes="End of table.")
    both = cell_of(none, columns=2, headers=((0, 1), (0, 2), (2, 0)))
    rows = (Row((corner, north, south), "head"), Row((gates, many, fewer)), Row((boats, both)))
    return Table(rows, (caption,))
