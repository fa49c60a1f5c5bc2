"""How well PDFs are read: words, their order, headings, time.

    python benchmarks/documents.py FOLDER --make       makes PDFs of known text by whatever programs there are
    python benchmarks/documents.py FOLDER [NAME...]    measures those in a folder, each beside its NAME.json

Others are measured on the same set --with pypdfium2 pdfminer pymupdf pdftotext kreuzberg docling-parse, as far as they
are installed.
"""

from __future__ import annotations

import argparse
import html
import importlib
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from audio_edition.errors import ReadError
from audio_edition.model import Article, Heading, List, Paragraph, every, leaves
from audio_edition.read import read

_ROOT = Path(__file__).parent.parent
_WORD = re.compile(r"[^\W_]+")
_SOURCES = (
    "docs/batch.md", "docs/hand-out.md", "docs/lexicon.md", "docs/library.md", "docs/newspapers.md",
    "docs/newsroom.md", "docs/proof.md", "docs/scaling.md", "docs/talking-newspaper.md", "docs/voices.md",
    "seeds/harbour.txt", "seeds/summit.txt",
)  # fmt: skip
_MOST_BLOCKS = 45
_KINDS = (
    "chromium", "latex-two", "libreoffice-plain", "libreoffice-tagged", "scrambled", "weasy-news", "weasy-one",
    "weasy-two", "",
)  # fmt: skip
_ONE = "body { font: 11pt/1.35 serif; } h1 { font-size: 22pt; } h2 { font-size: 15pt; } h3 { font-size: 12.5pt; }"
_HEADS = (
    "@page { size: A4; margin: 25mm 20mm; @top-left { content: 'The Harbour Courier'; font-size: 9pt; }"
    " @bottom-center { content: counter(page); font-size: 9pt; } }"
)
_JUSTIFIED = "p { text-align: justify; hyphens: auto; margin: 0; text-indent: 1em; }"
_COLUMNS = "main {{ columns: {}; column-gap: 6mm; }} body {{ font-size: {}pt; line-height: 1.25; }}"


class Known(NamedTuple):
    """The text that a PDF shows, in order, and its headings with their levels."""

    words: list[str]
    headings: list[str]
    alternatives: list[str]
    labels: list[str]


def words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


# --- making


class Source(NamedTuple):
    """Blocks of known text: the name of an HTML element, and its text."""

    name: str
    language: str
    blocks: list[tuple[str, str]]


def sources() -> Iterator[Source]:
    """This project's documents and articles, as headings, paragraphs and lists: what every program can set."""
    for name in _SOURCES:
        article = read(_ROOT / name).articles[0]
        blocks = [("h1", article.title), *_blocks(article)]
        yield Source(Path(name).stem, "en", blocks[:_MOST_BLOCKS])


def _blocks(article: Article) -> Iterator[tuple[str, str]]:
    for block in article.blocks:
        if isinstance(block, Heading):
            yield f"h{block.level}", block.text.text
        elif isinstance(block, Paragraph):
            yield "p", block.text.text
        elif isinstance(block, List):
            yield from (("li", " ".join(leaf.text for leaf in leaves(item.blocks))) for item in block.items)


def _page(found: Sequence[Source], style: str) -> str:
    title = html.escape(found[0].blocks[0][1])
    articles = "".join(map(_article, found))
    head = f"<meta charset=utf-8><title>{title}</title><style>{style}</style>"
    return f"<!doctype html><html lang={found[0].language}>{head}{articles}"


def _article(source: Source) -> str:
    inner = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in source.blocks)
    inner = re.sub(r"(?:<li>.*?</li>)+", lambda items: f"<ul>{items[0]}</ul>", inner)
    title, end, rest = inner.partition("</h1>")
    return f"<article>{title}{end}<main>{rest}</main></article>"


def make(folder: Path) -> None:
    """Make the set: each page by each program that is installed."""
    folder.mkdir(parents=True, exist_ok=True)
    every_source = list(sources())
    for source in every_source:
        _weasyprint(folder / f"weasy-one-{source.name}.pdf", [source], _ONE + _HEADS)
        _weasyprint(
            folder / f"weasy-two-{source.name}.pdf", [source], _ONE + _HEADS + _JUSTIFIED + _COLUMNS.format(2, 10)
        )
        _chromium(folder / f"chromium-{source.name}.pdf", [source], _ONE)
        _latex(folder / f"latex-two-{source.name}.pdf", source)
        _libreoffice(folder / f"libreoffice-tagged-{source.name}.pdf", [source], is_tagged=True)
        _libreoffice(folder / f"libreoffice-plain-{source.name}.pdf", [source], is_tagged=False)
    for at in range(0, len(every_source), 3):
        three = every_source[at : at + 3]
        _weasyprint(folder / f"weasy-news-{at}.pdf", three, _ONE + _HEADS + _JUSTIFIED + _COLUMNS.format(3, 9))
        _newspaper(folder / f"scrambled-{at}.pdf", three, columns=3 + at % 2)


def _know(path: Path, found: Sequence[Source], labels: Sequence[str] = ()) -> None:
    blocks = [block for source in found for block in source.blocks]
    known = Known(
        words(" ".join(text for _, text in blocks)),
        [" ".join(words(text)) for tag, text in blocks if tag.startswith("h")],
        [],
        list(labels),
    )
    path.with_suffix(".json").write_text(json.dumps(known._asdict()))


def _weasyprint(path: Path, found: Sequence[Source], style: str) -> None:
    importlib.import_module("weasyprint").HTML(string=_page(found, style)).write_pdf(path)
    _know(path, found)


def _chromium(path: Path, found: Sequence[Source], style: str) -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(_page(found, style))
        quiet = ["--headless", "--no-sandbox", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile"]
        subprocess.run([program, *quiet, f"--print-to-pdf={path}", page], check=True, capture_output=True)
    _know(path, found)


def _libreoffice(path: Path, found: Sequence[Source], *, is_tagged: bool) -> None:
    if shutil.which("soffice") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, f"{path.stem}.html")
        page.write_text(_page(found, ""))
        options = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": str(is_tagged).lower()}})
        command: list[str | Path] = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--infilter=HTML (StarWriter)",
        ]
        command += ["--convert-to", f"pdf:writer_web_pdf_Export:{options}", "--outdir", path.parent, page]
        subprocess.run(command, check=True, capture_output=True)
    _know(path, found)


_TEX = str.maketrans({each: rf"\{each}" for each in "&%$#_{}"} | dict.fromkeys("\\~^<>", ""))
_TEX_TAGS = {
    "h1": r"\title{%s}\author{}\date{}\maketitle",
    "h2": r"\section{%s}",
    "h3": r"\subsection{%s}",
    "li": r"\begin{itemize}\item %s\end{itemize}",
}
_TEX_HEAD = r"\documentclass[twocolumn]{article}\usepackage[utf8]{inputenc}\setcounter{secnumdepth}{0}\begin{document}"


def _latex(path: Path, source: Source) -> None:
    body = "\n\n".join(_TEX_TAGS.get(tag, "%s") % text.translate(_TEX) for tag, text in source.blocks)
    if shutil.which("pdflatex") is None or any(ord(letter) > 0x17F and letter not in "–—‘’“”…•" for letter in body):
        return
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "it.tex").write_text(f"{_TEX_HEAD}{body}\\end{{document}}")
        command = ["pdflatex", "-interaction=batchmode", "it.tex"]
        if subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 0:
            shutil.copy(Path(folder, "it.pdf"), path)
            _know(path, [source])


def _newspaper(path: Path, found: Sequence[Source], columns: int) -> None:
    """A page of articles in columns below their headlines, whose lines are drawn in no order."""
    canvas = importlib.import_module("reportlab.pdfgen.canvas").Canvas(str(path), pagesize=(842, 1191))
    top, shown = 1150.0, list[Source]()
    for source in found:
        source = source._replace(blocks=[(tag, _latin(text)) for tag, text in source.blocks[:14]])
        lines = [line for tag, text in source.blocks[1:] for line in _set(tag, text, 766.0 / columns)]
        depth = -(-len(lines) // columns)
        if top - 84 - depth * 11 < 0:
            break
        drawn = [("Helvetica-Bold", 20.0, 30.0, top - 24, source.blocks[0][1])]
        for at, (font, indent, text) in enumerate(lines):
            drawn.append((font, 9.0, 30 + 780 / columns * (at // depth) + indent, top - 44 - 11 * (at % depth), text))
        random.Random(1).shuffle(drawn)
        for font, size, left, base, text in drawn:
            canvas.setFont(font, size)
            canvas.drawString(left, base, text)
        top -= 74 + depth * 11
        shown.append(source)
    canvas.save()
    _know(path, shown)


def _set(tag: str, text: str, width: float) -> Iterator[tuple[str, float, str]]:
    """Break a block into lines: the font, the indent and the text of each."""
    width_of = importlib.import_module("reportlab.pdfbase.pdfmetrics").stringWidth
    font = "Helvetica-Bold" if tag.startswith("h") else "Times-Roman"
    line, indent = "", 8.0 if tag == "p" else 0.0
    for word in text.split():
        if line and width_of(f"{line} {word}", font, 9) > width - 14 - indent:
            yield font, indent, line
            line, indent = "", 0.0
        line = f"{line} {word}".strip()
    yield font, indent, line


def _latin(text: str) -> str:
    return text.encode("latin-1", "ignore").decode("latin-1")


# --- measuring


class Measured(NamedTuple):
    """What one reader made of one PDF."""

    recall: float
    order: float
    headings_found: int
    headings_true: int
    headings_wrong: int
    seconds: float
    pages: int


def measured(path: Path, known: Known, text_of: Callable[[Path], tuple[str, list[str]]]) -> Measured:
    from rapidfuzz.distance import LCSseq

    before = _cpu_seconds()
    text, headings = text_of(path)
    seconds = _cpu_seconds() - before
    said = words(text)
    common = sum((Counter(said) & Counter(known.words)).values())
    found = Counter(" ".join(words(heading)) for heading in headings)
    right = sum((found & Counter(known.headings)).values())
    count = max(1, len(known.words))
    order = LCSseq.similarity(said, known.words) / count
    return Measured(common / count, order, right, len(known.headings), found.total() - right, seconds, _pages(path))


def _cpu_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _pages(path: Path) -> int:
    pypdfium2: Any = importlib.import_module("pypdfium2")
    return len(pypdfium2.PdfDocument(path))


def ours(path: Path) -> tuple[str, list[str]]:
    try:
        article = read(path, split="none").articles[0]
    except ReadError as trouble:
        print(f"{path.name}: {trouble}", file=sys.stderr)
        return "", []
    credited = [credit.text for credit in article.credits]
    texts = [article.title, *credited, *(leaf.text for leaf in leaves(article.blocks))]
    headings = [block.text.text for block in every(article.blocks) if isinstance(block, Heading)]
    return "\n".join(texts), [article.title, *headings]


def _pypdfium2(path: Path) -> tuple[str, list[str]]:
    pypdfium2: Any = importlib.import_module("pypdfium2")
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range().replace("\ufffe\r\n", "").replace("\ufffe", "") for page in document]
    return "\n".join(texts), []


def _pdftotext(path: Path) -> tuple[str, list[str]]:
    done = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True)
    return re.sub(r"(\w)[-\u00ad]\n(\w)", r"\1\2", done.stdout), []


def _pdfminer(path: Path) -> tuple[str, list[str]]:
    extract_text = importlib.import_module("pdfminer.high_level").extract_text
    return re.sub(r"(\w)[-\u00ad]\n(\w)", r"\1\2", extract_text(path)), []


def _pymupdf(path: Path) -> tuple[str, list[str]]:
    pymupdf: Any = importlib.import_module("pymupdf")
    text = "\n".join(page.get_text(flags=pymupdf.TEXT_DEHYPHENATE) for page in pymupdf.open(path))
    return text, []


def _kreuzberg(path: Path) -> tuple[str, list[str]]:
    text: str = importlib.import_module("kreuzberg").extract_file_sync(path).content
    return re.sub(r"(\w)[-\u00ad\ufffe]\n(\w)", r"\1\2", text), []


def _docling_parse(path: Path) -> tuple[str, list[str]]:
    parser: Any = importlib.import_module("docling_parse.pdf_parser").DoclingPdfParser()
    unit: Any = importlib.import_module("docling_core.types.doc.page").TextCellUnit.LINE
    pages = (page for _, page in parser.load(str(path)).iterate_pages())
    text = "\n".join(cell.text for page in pages for cell in page.iterate_cells(unit_type=unit))
    return re.sub(r"(\w)[-\u00ad]\n(\w)", r"\1\2", text), []


READERS: dict[str, Callable[[Path], tuple[str, list[str]]]] = {
    "ours": ours, "pypdfium2": _pypdfium2, "pdftotext": _pdftotext, "pdfminer": _pdfminer, "pymupdf": _pymupdf,
    "kreuzberg": _kreuzberg, "docling-parse": _docling_parse,
}  # fmt: skip


def main(folder: Path, names: Sequence[str], readers: Sequence[str]) -> None:
    kinds: dict[tuple[str, str], list[Measured]] = {}
    for path in sorted(folder.glob("*.pdf")):
        if names and not any(name in path.name for name in names):
            continue
        known = Known(**json.loads(path.with_suffix(".json").read_text()))
        kind = next(kind for kind in _KINDS if path.stem.startswith(kind))
        for reader in readers:
            found = measured(path, known, READERS[reader])
            kinds.setdefault((kind, reader), []).append(found)
            if names or (reader == "ours" and found.order < 0.97):
                print(path.name, reader, found)
    print("| kind | reader | PDFs | recall | order | headings: found of all, wrong | CPU s a page |")
    print("|---|---|---|---|---|---|---|")
    for (kind, reader), each in sorted(kinds.items()):
        print(f"| {kind} | {reader} | {len(each)} | {_summed(each)} |")


def _summed(each: Sequence[Measured]) -> str:
    recall, order = sum(one.recall for one in each) / len(each), sum(one.order for one in each) / len(each)
    found, true = sum(one.headings_found for one in each), sum(one.headings_true for one in each)
    wrong = sum(one.headings_wrong for one in each)
    pace = sum(one.seconds for one in each) / sum(one.pages for one in each)
    return f"{recall:.3f} | {order:.3f} | {found} of {true}, {wrong} | {pace:.3f}"


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("names", nargs="*", help="parts of the names of those to measure")
    options.add_argument("--make", action="store_true", help="make the PDFs first")
    options.add_argument("--with", dest="others", nargs="*", default=[], choices=sorted(READERS), metavar="LIBRARY")
    return options.parse_args()


if __name__ == "__main__":
    asked = _options()
    if asked.make:
        make(asked.folder)
    main(asked.folder, asked.names, ["ours", *asked.others])
