"""Reads all documents of a folder and says whether any word of them was lost, doubled, or left out and told.

    python benchmarks/account.py FOLDER [--reference] [--show 5] [--fail] [--keep-all]

Documents are files that end in .html, .xhtml, .docx, .epub, .md, .xml, .rss, .atom, .json or .txt, in all folders of
FOLDER. Words that its reader says nobody can see (hidden elements, scripts) are counted apart, by another way of taking
the text out of HTML, EPUB and DOCX.

With --reference, each folder holds `source.html` and what people hold for its article, `expected.html`: recall is the
share of its words that is read, precision the share of what is read that are its words.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from audio_edition.errors import ReadError
from audio_edition.model import Article, Finding, Issue, leaves
from audio_edition.read import Document, load, read, reading_of
from audio_edition.read.account import accounted, doubled, words

FORMATS = ("html", "htm", "xhtml", "docx", "epub", "md", "markdown", "xml", "rss", "atom", "json", "txt")
LOST = "text-unaccounted"


@dataclass(slots=True)
class Tally:
    """What became of the documents of one format."""

    files: int = 0
    refused: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seen: int = 0
    lost: int = 0
    losing: list[str] = field(default_factory=list)
    left_out: int = 0
    unseen: int = 0
    unseeing: list[str] = field(default_factory=list)
    doubled: int = 0
    doubling: list[str] = field(default_factory=list)
    findings: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    accounting: float = 0.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--reference", action="store_true", help="compare with expected.html beside each source.html")
    options.add_argument("--show", type=int, default=5, help="how many documents to name of each kind of trouble")
    options.add_argument("--keep-all", action="store_true", help="read what looks like boilerplate too")
    options.add_argument("--fail", action="store_true", help="exit with 1 where a word was lost")
    chosen = options.parse_args()
    if chosen.reference:
        compare(sorted(chosen.folder.rglob("source.html")), chosen.show)
        return
    tallies = tally_of(documents_in(chosen.folder), keep_all=chosen.keep_all)
    for ending, tally in sorted(tallies.items()):
        print_tally(ending, tally, chosen.show)
    if chosen.fail and any(tally.lost or tally.failed for tally in tallies.values()):
        sys.exit(1)


def documents_in(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be documents, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.suffix[1:].lower() in FORMATS and path.is_file())


def tally_of(paths: Iterable[Path], *, keep_all: bool = False) -> dict[str, Tally]:
    tallies = defaultdict[str, Tally](Tally)
    for path in paths:
        _count(path, tallies[path.suffix[1:].lower()], keep_all=keep_all)
    return dict(tallies)


def _count(path: Path, tally: Tally, *, keep_all: bool) -> None:
    tally.files += 1
    try:
        reading = reading_of(_document(path, keep_all=keep_all))
    except ReadError as error:
        tally.refused.append(f"{path}: {error.message.removeprefix(str(path)).strip()}")
        return
    except Exception as error:  # a fault of the program is what is looked for
        tally.failed.append(f"{path}: {type(error).__name__}: {error}")
        return
    start = time.process_time()
    issue = accounted(reading)
    between = time.process_time()
    read(path, keep_all=keep_all)
    tally.accounting += between - start
    tally.seconds += time.process_time() - between
    tally.seen += _number(reading.seen)
    for finding in findings_of(issue):
        tally.findings[finding.id] += 1
        number = _number([finding.text])
        if finding.id == LOST:
            tally.lost += number
            tally.losing.append(f"{path}: {number}: {' '.join(finding.text.split())[:160]}")
        else:
            tally.left_out += number
    unseen = Counter(words(" ".join(_all_texts(path)))) - Counter(words(" ".join(reading.seen)))
    tally.unseen += unseen.total()
    if unseen:
        tally.unseeing.append(f"{path}: {unseen.total()}: {' '.join(unseen)[:160]}")
    twice = doubled(reading)
    tally.doubled += len(twice)
    if twice:
        tally.doubling.append(f"{path}: {len(twice)}: {' '.join(twice)[:160]}")


def _document(path: Path, *, keep_all: bool = False) -> Document:
    return Document(load(path, str(path)), str(path), path.parent, keep_all)


def _all_texts(path: Path) -> Iterator[str]:
    """All text in the body of an HTML page, of the documents of an EPUB or in the main parts of a DOCX."""
    match path.suffix.lower():
        case ".html" | ".htm" | ".xhtml":
            yield from _texts_of_page(path.read_bytes())
        case ".epub":
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    if name.lower().endswith((".xhtml", ".html", ".htm")):
                        yield from _texts_of_page(book.read(name))
        case ".docx":
            with zipfile.ZipFile(path) as document:
                for name in document.namelist():
                    if name.endswith(("document.xml", "footnotes.xml", "endnotes.xml")):
                        yield from _texts_of_word(document.read(name))


def _texts_of_page(data: bytes) -> Iterator[str]:
    from lxml import etree, html

    try:
        root = html.parse(io.StringIO(data.decode("utf-8"))).getroot()
    except ValueError:
        root = html.parse(io.BytesIO(data)).getroot()
    body = root.find("body") if root is not None else None
    if body is not None:
        etree.strip_elements(body, "script", "style", "template", "noscript", etree.Comment, with_tail=False)
        yield from map(str, body.itertext())


def _texts_of_word(data: bytes) -> Iterator[str]:
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(huge_tree=True))
    etree.strip_elements(root, "{*}Fallback", with_tail=False)
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    yield "".join(str(element.text or "") if element.tag == f"{word}t" else "\n"
                  for element in root.iter(f"{word}p", f"{word}t", f"{word}br", f"{word}tab"))  # fmt: skip


def findings_of(issue: Issue) -> Iterator[Finding]:
    yield from issue.findings
    for article in issue.articles:
        yield from article.findings


def _number(texts: Iterable[str]) -> int:
    return sum(len(words(text)) for text in texts)


def print_tally(ending: str, tally: Tally, most: int) -> None:
    print(f"\n{ending}: {tally.files} files, {len(tally.refused)} refused, {len(tally.failed)} failed")
    print(f"  words seen {tally.seen:,}, lost {tally.lost:,}, left out and told {tally.left_out:,}, "
          f"doubled {tally.doubled:,}, seen by nobody {tally.unseen:,}")  # fmt: skip
    share = tally.accounting / tally.seconds if tally.seconds else 0
    print(f"  {tally.seconds:.1f} s of the processor to read them, of which the account takes {share:.1%}")
    print("  findings: " + ", ".join(f"{name} {number}" for name, number in tally.findings.most_common()))
    for name in ("failed", "losing", "doubling", "unseeing", "refused"):
        told: list[str] = getattr(tally, name)
        for line in told[:most]:
            print(f"  {name}: {line}")
        if len(told) > most:
            print(f"  {name}: and {len(told) - most} others")


# --- against what people hold for the article


def compare(sources: Sequence[Path], most: int) -> None:
    """Recall and precision of each page, the worst last, and their means."""
    found = []
    for source in sources:
        try:
            article = reading_of(_document(source)).issue.articles[0]
        except ReadError as error:
            print(f"{source.parent.name}: refused: {error.message}")
            found.append((0.0, 0.0, source.parent.name))
            continue
        found.append((*_shares(article, source.with_name("expected.html")), source.parent.name))
    for recall, precision, name in sorted(found, key=lambda each: -min(each[:2]))[-most:]:
        print(f"{name}: recall {recall:.3f}, precision {precision:.3f}")
    number = len(found) or 1
    print(f"{len(found)} pages: mean recall {sum(each[0] for each in found) / number:.3f}, mean precision "
          f"{sum(each[1] for each in found) / number:.3f}, pages under 0.85: "
          f"{sum(min(each[:2]) < 0.85 for each in found)}")  # fmt: skip


def _shares(article: Article, expected: Path) -> tuple[float, float]:
    """Which share of the expected words was read, and which share of the words read was expected."""
    told = (article.title, *(credit.text for credit in article.credits), *_texts(article))
    meant = Counter(words(_text_of(expected)))
    read = Counter(word for text in told for word in words(text))
    body = Counter(word for text in _texts(article) for word in words(text))
    recall = (read & meant).total() / (meant.total() or 1)
    return recall, (body & meant).total() / (body.total() or 1)


def _texts(article: Article) -> Iterator[str]:
    return (leaf.text for leaf in leaves(article.blocks))


def _text_of(page: Path) -> str:
    from audio_edition.read.markup import body_of, seen_texts

    return " ".join(seen_texts(body_of(page.read_text("utf-8"), page.name)))


if __name__ == "__main__":
    main()
