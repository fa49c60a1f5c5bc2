"""What is read of ten kinds of documents that other programs wrote: headings, lists, tables, notes, quotations, links.

    python benchmarks/writers.py [FOLDER] [--writer NAME...] [--show]

Each document is written by pandoc in its formats, by LibreOffice from those, and by python-docx, odfpy, python-pptx and
ebooklib, as far as they are installed. A line says how much of what was written is read, by kind, and how many things
were read that are not in it. `--show` names them. Writers leave out what they have no words for: python-docx has no
notes and links, LibreOffice's EPUB no lists. The documents stay in FOLDER.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from audio_edition.errors import ReadError
from audio_edition.model import Article, Block, Heading, List, Note, Quote, Table, Text, every, leaves
from audio_edition.read import converters, read

Fact = tuple[str, str]
"""Something that a document holds: its kind, and its text."""

_KINDS = ("heading", "item", "cell", "note", "quote", "link", "word")
_PANDOC = {
    "docx": "docx", "odt": "odt", "rtf": "rtf", "epub2": "2.epub", "epub3": "epub", "html5": "html", "fb2": "fb2",
    "docbook4": "4.xml", "docbook5": "5.xml", "jats": "jats.xml", "org": "org", "rst": "rst", "textile": "textile",
    "mediawiki": "mediawiki", "latex": "tex", "ipynb": "ipynb", "typst": "typ", "gfm": "md", "pptx": "pptx",
}  # fmt: skip
_OFFICE = {
    "docx": "docx", "odt": "odt", "fodt": "fodt", "rtf": "rtf", "html": "html:HTML (StarWriter)",
    "xhtml": "xhtml:XHTML Writer File", "epub": "epub", "doc": "doc",
}  # fmt: skip
_SECONDS = 120
DOCUMENTS = {
    "an article": """# The quay

It **opens** in *May*, with [a tide table](https://example.com/tide).

## Costs

Old[^1] wood lasts longer than people think.

> We waited three years.

[^1]: Built in 1871.
""",
    "minutes": """# Minutes of 3 May

## Present

- Ann Hill, chair
- Tom Lee
- Joan Reed

## Decisions

1. The roof is mended in June.
2. The bells wait.
    - Until the money is there
    - Until somebody rings them
3. The path is swept.
""",
    "a recipe": """# Lemon cake

Enough for eight people.

## Ingredients

| Amount | What |
|--------|------|
| 200 g  | Flour |
| 3      | Eggs |
| 1      | Lemon |

## Method

1. Beat the eggs.
2. Add the flour and the lemon.
3. Bake for forty minutes.
""",
    "a letter": """# To all members

Dear members,

The hall is closed on Monday and Tuesday. Please write to [the office](mailto:office@example.org).

Yours faithfully,

Ann Hill
""",
    "a report": """# Water in the valley

The river rose twice.

## Rain

It rained for nine days.[^a]

### Gauges

Two of five gauges failed.

### Wells

All wells were clean.

## Damage

| Place | Houses | Roads |
|-------|--------|-------|
| Mill  | 4      | 1     |
| Ford  | 0      | 2     |

[^a]: The mean of 30 years is five days.
""",
    "questions": """# Questions about the ferry

## When does it sail?

At nine, at noon and at four.

## What does it cost?

Four pounds; see [the fares](https://example.com/fares).

## Are dogs allowed?

Yes, on a lead.
""",
    "a programme": """# Concert in the church

## First half

- Bach
    - Prelude
    - Fugue
- Byrd

## Second half

- Tallis
- Purcell

> Please do not clap between the movements.
""",
    "a newsletter": """# Club news

## The boats

New oars have come.

## The house

The stove is mended.

### Thanks

To all who gave a hand.

## Dates

| Day | What |
|-----|------|
| 4 May | Regatta |
| 9 May | Work party |
""",
    "a guide": """# How to borrow

1. Join at the desk.
    - Bring a letter.
    - Bring a picture.
2. Choose.

Between the steps there is no hurry.

3. Return within three weeks.

## Fines

One penny a day.[^x]

[^x]: Children pay nothing.
""",
    "a chapter": """# The Tide

It was dark when they came to the ford.

> Who goes there?

Nobody answered.

## Morning

The river had gone down, and *somebody* had been there.[^n]

[^n]: Or something.
""",
}


def facts_of(article: Article) -> Counter[Fact]:
    """Return what an article holds. Headings are told by their level below the title."""
    found = Counter[Fact]([("heading", f"1 {article.title}")])
    texts = [article.title, *(credit.text for credit in article.credits)]
    for block in every(article.blocks):
        found.update(_facts(block))
    for leaf in leaves(article.blocks):
        found.update(("link", _words(leaf.text[span.start : span.end])) for span in leaf.of("link") if span.value)
        texts.append(leaf.text)
    found.update(("word", word) for text in texts for word in _words(text).split())
    return found


def _facts(block: Block[Text]) -> Iterator[Fact]:
    if isinstance(block, Heading):
        yield "heading", f"{block.level} {block.text.text}"
    elif isinstance(block, List):
        number = block.start
        for item in block.items:
            number = number if item.value is None else item.value
            first = next(leaves(item.blocks), Text(""))
            yield "item", f"{number if block.ordered else '-'} {first.text}"
            number += 1
    elif isinstance(block, Table):
        for cell in (cell for row in block.rows for cell in row.cells):
            yield "cell", f"{'^' if cell.header else ''}{_said(cell.blocks)}"
    elif isinstance(block, Note):
        yield "note", _said(block.blocks)
    elif isinstance(block, Quote):
        yield "quote", _said(block.blocks)


def _said(blocks: Sequence[Block[Text]]) -> str:
    return " ".join(leaf.text for leaf in leaves(blocks))


def _words(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text).split())


# --- the writers


def _by_pandoc(folder: Path, written: str, source: Path) -> Path:
    path = folder / f"{source.stem}.{_PANDOC[written]}"
    command = [converters.pandoc(), "-s", "-t", written, "--metadata", "lang=en-GB"]
    # The title is what stands above the headings, as a writer's own title.
    title, _, text = source.read_text().partition("\n")
    command += ["--metadata", f"title={title.lstrip('# ')}", "--shift-heading-level-by=-1", "-o", str(path)]
    subprocess.run(command, input=text, text=True, check=True, capture_output=True)
    return path


def _by_office(folder: Path, first: str, written: str, source: Path) -> Path:
    """Return what LibreOffice writes of pandoc's document in the format `first`."""
    place = folder / f"office-{first}"
    place.mkdir(exist_ok=True)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", _OFFICE[written]]
    subprocess.run(
        [*command, "--outdir", place, _by_pandoc(folder, first, source)],
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )
    return place / f"{source.stem}.{written}"


def _blocks_of(source: Path) -> Article:
    return read(source).articles[0]


def _by_python_docx(folder: Path, source: Path) -> Path:
    """Headings, lists by the template's styles, tables, quotations. It has no notes, and links by hand only."""
    article, document = _blocks_of(source), importlib.import_module("docx").Document()
    document.add_heading(article.title, 0)
    for block in article.blocks:
        if isinstance(block, Heading):
            document.add_heading(block.text.text, block.level - 1)
        elif isinstance(block, List):
            _docx_list(document, block, 1)
        elif isinstance(block, Table):
            _fill(document.add_table(len(block.rows), len(block.rows[0].cells)), block)
        elif not isinstance(block, Note):
            document.add_paragraph(_said([block]), style="Quote" if isinstance(block, Quote) else None)
    path = folder / f"{source.stem}.python-docx.docx"
    document.save(path)
    return path


def _docx_list(document: Any, items: List[Text], level: int) -> None:
    style = ("List Number" if items.ordered else "List Bullet") + (f" {level}" if level > 1 else "")
    for item in items.items:
        for block in item.blocks:
            if isinstance(block, List):
                _docx_list(document, block, level + 1)
            else:
                document.add_paragraph(_said([block]), style=style)


def _fill(table: Any, block: Table[Text]) -> None:
    for row, cells in zip(block.rows, table.rows, strict=True):
        for cell, written in zip(row.cells, cells.cells, strict=True):
            written.text = _said(cell.blocks)


def _by_odfpy(folder: Path, source: Path) -> Path:
    """Headings, lists, tables, notes."""
    odf = {name: importlib.import_module(f"odf.{name}") for name in ("opendocument", "style", "table", "text")}
    article, document, text = _blocks_of(source), odf["opendocument"].OpenDocumentText(), odf["text"]
    notes = {block.id: _said(block.blocks) for block in every(article.blocks) if isinstance(block, Note)}
    document.styles.addElement(odf["style"].Style(name="Title", family="paragraph"))
    document.styles.addElement(odf["style"].Style(name="Quotations", family="paragraph"))
    for name, level in (("Numbers", text.ListLevelStyleNumber), ("Dots", text.ListLevelStyleBullet)):
        style = text.ListStyle(name=name)
        more = {"numformat": "1", "numsuffix": "."} if name == "Numbers" else {"bulletchar": "•"}
        style.addElement(level(level=1, **more))
        document.automaticstyles.addElement(style)
    document.text.addElement(text.P(text=article.title, stylename="Title"))
    for block in article.blocks:
        for written in _odf_block(odf, block, notes):
            document.text.addElement(written)
    path = folder / f"{source.stem}.odfpy.odt"
    document.save(str(path))
    return path


def _odf_block(odf: Any, block: Block[Text], notes: dict[str, str]) -> Iterator[Any]:
    text = odf["text"]
    if isinstance(block, Heading):
        yield text.H(outlinelevel=block.level - 1, text=block.text.text)
    elif isinstance(block, List):
        written = text.List(stylename="Numbers" if block.ordered else "Dots")
        for item in block.items:
            entry = text.ListItem(**({"startvalue": block.start} if item is block.items[0] and block.ordered else {}))
            for inner in item.blocks:
                for each in _odf_block(odf, inner, notes):
                    entry.addElement(each)
            written.addElement(entry)
        yield written
    elif isinstance(block, Table):
        written = odf["table"].Table()
        written.addElement(odf["table"].TableColumn(numbercolumnsrepeated=len(block.rows[0].cells)))
        heads = odf["table"].TableHeaderRows()
        written.addElement(heads)
        for row in block.rows:
            line = odf["table"].TableRow()
            for cell in row.cells:
                held = odf["table"].TableCell()
                held.addElement(text.P(text=_said(cell.blocks)))
                line.addElement(held)
            (heads if row.part == "head" else written).addElement(line)
        yield written
    elif not isinstance(block, Note):
        yield _odf_paragraph(text, block, notes)


def _odf_paragraph(text: Any, block: Block[Text], notes: dict[str, str]) -> Any:
    written, end = text.P(stylename="Quotations") if isinstance(block, Quote) else text.P(), 0
    leaf = next(leaves([block]))
    for span in leaf.spans:
        if span.kind not in ("note", "link"):
            continue
        written.addText(leaf.text[end : span.start])
        if span.kind == "link":
            written.addElement(text.A(href=span.value, text=leaf.text[span.start : span.end]))
        else:
            note = text.Note(noteclass="footnote")
            note.addElement(text.NoteCitation(text="1"))
            body = text.NoteBody()
            body.addElement(text.P(text=notes[span.value]))
            note.addElement(body)
            written.addElement(note)
        end = span.end
    written.addText(leaf.text[end:])
    return written


def _by_python_pptx(folder: Path, source: Path) -> Path:
    """A slide for each heading, with what is below it as paragraphs; tables; notes as the speaker's."""
    article, show = _blocks_of(source), importlib.import_module("pptx").Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = article.title
    for block in article.blocks:
        if isinstance(block, Heading):
            slide = show.slides.add_slide(show.slide_layouts[1])
            slide.shapes.title.text = block.text.text
        elif isinstance(block, Table):
            frame = slide.shapes.add_table(len(block.rows), len(block.rows[0].cells), 9_144_00, 4_000_000, 6_000_000, 9)
            _fill(frame.table, block)
        elif isinstance(block, Note):
            slide.notes_slide.notes_text_frame.text = _said(block.blocks)
        else:
            for at, leaf in enumerate(leaves([block])):
                body = slide.placeholders[1].text_frame
                line = body.paragraphs[0] if not body.text and not at else body.add_paragraph()
                line.text = leaf.text
    path = folder / f"{source.stem}.python-pptx.pptx"
    show.save(path)
    return path


def _by_ebooklib(folder: Path, source: Path) -> Path:
    """A chapter for each heading of the second level, by pandoc's HTML."""
    epub = importlib.import_module("ebooklib.epub")
    title, _, text = source.read_text().partition("\n")
    command = [converters.pandoc(), "-t", "html5", "--shift-heading-level-by=-1"]
    page = subprocess.run(command, input=text, text=True, check=True, capture_output=True).stdout
    book = epub.EpubBook()
    book.set_title(title.lstrip("# "))
    book.set_language("en")
    chapter = epub.EpubHtml(title=title.lstrip("# "), file_name="a.xhtml", lang="en")
    chapter.content = f"<h1>{title.lstrip('# ')}</h1>" + page.replace("h2", "h3").replace("h1", "h2")
    book.add_item(chapter)
    book.toc, book.spine = (chapter,), ["nav", chapter]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    path = folder / f"{source.stem}.ebooklib.epub"
    epub.write_epub(str(path), book)
    return path


_BY_PACKAGES: dict[str, tuple[str, Callable[[Path, Path], Path]]] = {
    "python-docx": ("docx", _by_python_docx),
    "odfpy": ("odf", _by_odfpy),
    "python-pptx": ("pptx", _by_python_pptx),
    "ebooklib": ("ebooklib", _by_ebooklib),
}


def _writers(folder: Path) -> Iterator[tuple[str, Callable[[Path], Path]]]:
    """Yield the names of the writers that are there, each with what returns a source as it writes it."""
    if converters.pandoc():
        for written in _PANDOC:
            yield f"pandoc {written}", partial(_by_pandoc, folder, written)
    if converters.pandoc() and shutil.which("soffice"):
        for first in ("odt", "docx"):
            for written in _OFFICE:
                yield f"LibreOffice {written} from {first}", partial(_by_office, folder, first, written)
    for name, (module, writer) in _BY_PACKAGES.items():
        if importlib.util.find_spec(module):
            yield name, partial(writer, folder)


# --- what is compared


def _compared(written: Callable[[Path], Path], sources: Sequence[Path]) -> tuple[Counter[str], Counter[str], list[str]]:
    """Return how many things were read, and read though they are not there, by kind; and which differ."""
    right, wrong, differing = Counter[str](), Counter[str](), list[str]()
    for source in sources:
        known = facts_of(_blocks_of(source))
        try:
            found = facts_of(read(written(source)).articles[0])
        except (ReadError, subprocess.SubprocessError) as error:
            differing.append(f"{source.stem}: {error}")
            continue
        right.update({kind: sum((_of(known, kind) & _of(found, kind)).values()) for kind in _KINDS})
        wrong.update({kind: sum((_of(found, kind) - _of(known, kind)).values()) for kind in _KINDS})
        differing += [f"{source.stem}: - {kind} {text}" for kind, text in known - found if kind != "word"]
        differing += [f"{source.stem}: + {kind} {text}" for kind, text in found - known if kind != "word"]
        differing += [f"{source.stem}: - words {' '.join(word for kind, word in known - found if kind == 'word')}"]
    return right, wrong, [line for line in differing if not line.endswith("- words ")]


def _of(found: Counter[Fact], kind: str) -> Counter[Fact]:
    return Counter({fact: count for fact, count in found.items() if fact[0] == kind})


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--writer", nargs="*", default=[])
    options.add_argument("--show", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        sources = []
        for name, text in DOCUMENTS.items():
            sources.append(folder / f"{name.split()[-1]}.source.md")
            sources[-1].write_text(text)
        known = sum((facts_of(_blocks_of(source)) for source in sources), Counter[Fact]())
        totals = {kind: sum(_of(known, kind).values()) for kind in _KINDS}
        print(f"{'':32}" + "".join(f"{kind:>12}" for kind in _KINDS))
        for name, writer in _writers(folder):
            if chosen.writer and not any(part in name for part in chosen.writer):
                continue
            right, wrong, differing = _compared(writer, sources)
            shown = (f"{right[kind]}/{totals[kind]}" + (f" +{wrong[kind]}" if wrong[kind] else "") for kind in _KINDS)
            print(f"{name:32}" + "".join(f"{each:>12}" for each in shown), flush=True)
            for line in differing if chosen.show else ():
                print(f"    {line}")


if __name__ == "__main__":
    main()
