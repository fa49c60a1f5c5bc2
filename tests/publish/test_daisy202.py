"""The DAISY 2.02 book by the rules that no schema holds (those are in tests/packages)."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from mutagen.mp3 import MP3
from PIL import Image as Drawing

from audio_edition.formats import PACKAGES, chosen
from audio_edition.model import RATE_HZ, Image, Pause, Picture, Recording, Script, Utterance
from support.recordings import article, of_texts, passage, repeated, with_a_second_voice
from support.spoken import spoken_chapter
from support.structured import chart, everything

XHTML = "{http://www.w3.org/1999/xhtml}"
_X = {"x": XHTML[1:-1]}


def _titled(titles: list[tuple[str, int]], language: str = "en") -> Callable[[Path], Recording]:
    def recorded(folder: Path) -> Recording:
        chapters = []
        for number, (title, level) in enumerate(titles, 1):
            name = f"c{number:02}"
            heading = Utterance(f"{name}-p001-s01", title, title, "heading" if number > 1 else "title")
            chapters.append(spoken_chapter([heading, Pause(900, "x")], name, title, level))
        return of_texts(folder, Script(titles[0][0], tuple(chapters), language))

    return recorded


CASES: dict[str, Callable[[Path], Recording]] = {
    "article": lambda folder: of_texts(folder, article()),
    "two voices": lambda folder: with_a_second_voice(of_texts(folder, article())),
    "brief": _titled([("Only a headline", 1)]),
    "300 chapters": lambda folder: repeated(folder, [f"Chapter {number}" for number in range(1, 301)]),
    "long headline": _titled([("Long " * 100, 1), ("Second", 2)]),
    "same headings": _titled([("Twice", 1), ("Twice", 2), ("Twice", 2)]),
    "levels skipped": _titled([("Levels", 1), ("Deep", 4), ("Up", 2), ("Deeper", 6)]),
    "Arabic": _titled([("غرق العبّارة", 1), ("أكياس الرمل", 2)], "ar"),
    "Hindi": _titled([("नौका चली गई", 1), ("रेत की बोरियाँ", 2)], "hi"),
    "everything": lambda folder: of_texts(folder, everything()),
    "hostile": _titled([("<b>&amp;</b> ]]> \"x\" 'y'", 1), ("</h1><script>alert(1)</script>", 2)]),
}


@pytest.fixture(scope="module", params=CASES, ids=str)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Recording, Path]:
    folder = tmp_path_factory.mktemp("daisy")
    recording = CASES[request.param](folder)
    PACKAGES["daisy-folder"].write(recording, folder, "book")
    return recording, folder / "book-daisy202"


def _parsed(path: Path) -> Any:
    return etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)).getroot()


def _sections(book: Path) -> list[Path]:
    return sorted(book.glob("s*.smil"))


def _clips(section: Path) -> list[tuple[str, str, float, float]]:
    """For each par: its text's target, its sound, begin and end in seconds."""
    found = []
    for par in _parsed(section).iter("par"):
        (text,), (sound,) = par.findall("text"), par.findall("audio")
        begin, end = (float(sound.get(f"clip-{edge}")[4:-1]) for edge in ("begin", "end"))
        found.append((text.get("src"), sound.get("src"), begin, end))
    return found


def _meta(path: Path, name: str) -> str:
    (meta,) = [meta for meta in _parsed(path).iter("{*}meta") if meta.get("name") == name]
    return str(meta.get("content"))


def _clock(text: str) -> int:
    hours, minutes, seconds = map(int, text.split(":"))
    return 3600 * hours + 60 * minutes + seconds


def _is_mark_of_a_note(element: Any) -> bool:
    return bool(element.get("class") == "noteref")


def _is_mark_of_a_page(element: Any) -> bool:
    """A number that is no sentence."""
    return str(element.get("class")).startswith("page-") and "-s" not in str(element.get("id"))[-4:]


def _readable(element: Any) -> str:
    """What is read in an element: its text without marks of notes, and the alternative texts of its pictures."""
    if _is_mark_of_a_note(element) or _is_mark_of_a_page(element):
        return ""
    own = element.get("alt") if element.tag == f"{XHTML}img" else element.text
    return (own or "") + "".join(_readable(inner) + (inner.tail or "") for inner in element)


def test_every_sentence_is_heard_once_and_in_order(book: tuple[Recording, Path]) -> None:
    """The clips' targets are the sentences of content.html, and nothing that can be said stands outside them."""
    recording, folder = book
    body = _parsed(folder / "content.html").find(f"{XHTML}body")
    said = {cue.utterance.id for chapter in recording.chapters for cue in chapter.cues}
    sentences = [element for element in body.iter() if element.get("id") in said]
    targets = [target for section in _sections(folder) for target, *_ in _clips(section)]
    assert [f"content.html#{sentence.get('id')}" for sentence in sentences] == targets
    assert [each.get("id") for each in sentences] == [cue.utterance.id for c in recording.chapters for cue in c.cues]
    narrated = "".join(map(_readable, sentences))
    unsaid = "".join(passage.unspoken.text for passage in recording.script.passages())
    assert sorted("".join(_readable(body).split())) == sorted("".join((narrated + unsaid).split()))


def test_clips_lie_in_their_sound_at_the_times_of_the_recording(book: tuple[Recording, Path]) -> None:
    """Clips touch, begin where their cues do, and end within an MP3 without tags."""
    recording, folder = book
    for section, chapter in zip(_sections(folder), recording.chapters, strict=True):
        clips = _clips(section)
        sound = MP3(folder / clips[0][1])
        assert sound.tags is None
        assert sound.info is not None
        edges = [edge for _, _, begin, end in clips for edge in (begin, end)]
        assert edges == sorted(edges)
        assert all(begin < end for _, _, begin, end in clips)
        assert edges[-1] <= sound.info.length
        for (_, _, begin, _), cue in zip(clips, chapter.cues, strict=True):
            assert begin == pytest.approx(cue.start / RATE_HZ, abs=0.00051)


def test_times_add_up(book: tuple[Recording, Path]) -> None:
    """Each section's time is that of its clips, the elapsed time that of all before, the total that of all."""
    folder = book[1]
    elapsed = 0.0
    for section in _sections(folder):
        length = sum(end - begin for _, _, begin, end in _clips(section))
        assert abs(_clock(_meta(section, "ncc:timeInThisSmil")) - length) <= 0.5001
        assert abs(_clock(_meta(section, "ncc:totalElapsedTime")) - elapsed) <= 0.5001
        assert float(_parsed(section).find("body/seq").get("dur")[:-1]) == pytest.approx(length, abs=0.0005)
        elapsed += length
    total = _clock(_meta(folder / "ncc.html", "ncc:totalTime"))
    assert total == _clock(_meta(folder / "master.smil", "ncc:timeInThisSmil"))
    assert abs(total - elapsed) <= 0.5001


def test_the_contents_lead_to_the_headings(book: tuple[Recording, Path]) -> None:
    """Each item of the NCC links to a text of a SMIL, says what the heading says, and skips no level."""
    folder = book[1]
    content = _parsed(folder / "content.html")
    headings = [node for node in content.iter() if re.fullmatch(r"\{.*\}h[1-6]", str(node.tag))]
    items = list(_parsed(folder / "ncc.html").find(f"{XHTML}body").xpath("*[not(self::x:span)]", namespaces=_X))
    assert [item.tag for item in items] == [heading.tag for heading in headings]
    for item, heading in zip(items, headings, strict=True):
        assert " ".join("".join(item.itertext()).split()) == " ".join("".join(heading.itertext()).split())
        file, _, target = item.find(f"{XHTML}a").get("href").partition("#")
        assert target in [text.get("id") for text in _parsed(folder / file).iter("text")]
    levels = [int(item.tag[-1]) for item in items]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_book_knows_itself(book: tuple[Recording, Path]) -> None:
    """Number and size of files are right, the identifier is one in all files, names sort in playing order."""
    folder = book[1]
    files = list(folder.iterdir())
    assert int(_meta(folder / "ncc.html", "ncc:files")) == len(files)
    size = sum(file.stat().st_size for file in files)
    assert abs(int(_meta(folder / "ncc.html", "ncc:kByteSize")) - size / 1024) <= 1
    assert len({_meta(file, "dc:identifier") for file in files if file.suffix in (".html", ".smil")}) == 1
    assert all(re.fullmatch(r"[a-z0-9]+\.(html|smil|mp3|png)", file.name) for file in files)


def test_every_narrator_is_named(tmp_path: Path) -> None:
    """Players that show who reads show all voices, the main one first."""
    PACKAGES["daisy-folder"].write(CASES["two voices"](tmp_path), tmp_path, "book")
    ncc = tmp_path / "book-daisy202" / "ncc.html"
    assert _meta(ncc, "ncc:narrator") == "Synthetic voices: English (espeak), Ann & Co (piper)"


def test_the_archive_holds_the_book_at_its_top(tmp_path: Path) -> None:
    """Unpacked, the archive is the book's folder; sound is stored as it is; the same recording gives the same bytes."""
    recording = CASES["article"](tmp_path)
    PACKAGES["daisy-folder"].write(recording, tmp_path, "book")
    archives = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (file,) = PACKAGES["daisy202"].write(recording, tmp_path / name, "book").files
        assert [path.name for path in (tmp_path / name).iterdir()] == ["book-daisy202.zip"]
        archives.append(tmp_path / name / file)
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with zipfile.ZipFile(archives[0]) as archive:
        packed = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        assert all(e.compress_type == zipfile.ZIP_STORED for e in archive.infolist() if e.filename.endswith(".mp3"))
    assert packed == {path.name: path.read_bytes() for path in (tmp_path / "book-daisy202").iterdir()}


def test_the_folder_is_made_only_if_asked_for() -> None:
    """By default there is the archive; both are known."""
    assert "daisy202" in chosen(())
    assert "daisy-folder" not in chosen(())
    assert chosen(("daisy-folder",)) == ("daisy-folder",)


# --- structure


@pytest.fixture(scope="module")
def structured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of a script that holds everything."""
    folder = tmp_path_factory.mktemp("structured")
    PACKAGES["daisy-folder"].write(of_texts(folder, everything()), folder, "book")
    return folder / "book-daisy202"


def test_lists_tables_and_quotations_are_elements(structured: Path) -> None:
    """As far as XHTML 1.0 has them: numbers, headers of columns and rows, lines of programs and verse."""
    body = _parsed(structured / "content.html").find(f"{XHTML}body")
    (numbered,) = body.iter(f"{XHTML}ol")
    assert numbered.get("start") == "3"
    assert [item.get("value") for item in numbered.findall(f"{XHTML}li")] == [None, None, "9"]
    assert len(numbered.findall(f"{XHTML}li/{XHTML}ul/{XHTML}li")) == 2
    headers = [(cell.get("scope"), _readable(cell)) for cell in body.iter(f"{XHTML}th")]
    assert headers == [("col", "North"), ("col", "South"), ("row", "Gates"), ("row", "Boats")]
    assert [_readable(caption) for caption in body.iter(f"{XHTML}caption")] == ["Gates and boats."]
    (quotation,) = body.iter(f"{XHTML}blockquote")
    assert len(quotation.findall(f"{XHTML}p")) == 3
    assert [_readable(term) for term in body.iter(f"{XHTML}dt")] == ["Gate", "Lock", "Quay"]
    (program,) = body.iter(f"{XHTML}pre")
    assert _readable(program) == "for gate in gates:\n    shut(gate)"


def test_the_pictures_are_in_the_book(structured: Path) -> None:
    """Under names that old players take, each with its alternative text."""
    images = [
        (image.get("src"), image.get("alt")) for image in _parsed(structured / "content.html").iter(f"{XHTML}img")
    ]
    assert images == [(chart().name, "A chart of two bars."), (chart().name, ""), (chart().name, "exit")]
    assert (structured / chart().name).read_bytes() == chart().data


def test_pictures_of_other_types_become_png(tmp_path: Path) -> None:
    """DAISY 2.02 knows no WebP: the book shows the picture all the same."""
    file = io.BytesIO()
    Drawing.new("RGB", (4, 4), "#5a1a2b").save(file, "WEBP", lossless=True)
    webp = Image("0123456789abcdef.webp", "image/webp", file.getvalue(), 4, 4)
    script = everything()
    blocks = (*script.chapters[1].blocks[:1], Picture(passage("c02-p002", "picture", "A gate."), webp.name))
    chapters = (script.chapters[0], replace(script.chapters[1], blocks=blocks))
    recording = of_texts(tmp_path, replace(script, chapters=chapters, images=(webp,)))
    PACKAGES["daisy-folder"].write(recording, tmp_path, "book")
    (image,) = _parsed(tmp_path / "book-daisy202/content.html").iter(f"{XHTML}img")
    assert image.get("src") == "0123456789abcdef.png"
    with Drawing.open(tmp_path / "book-daisy202/0123456789abcdef.png") as opened:
        assert (opened.format, opened.convert("RGB").getpixel((1, 1))) == ("PNG", (0x5A, 0x1A, 0x2B))


def test_notes_boxes_and_descriptions_can_be_skipped(structured: Path) -> None:
    """Each sentence of them says what it is part of; a note's mark names its body, and leads to its sound."""
    skippable = {
        str(par.find("text").get("id")): par.get("system-required")
        for section in _sections(structured)
        for par in _parsed(section).iter("par")
        if par.get("system-required")
    }
    assert skippable == {
        "c01-p004-s01": "footnote-on",
        "c01-p004-s02": "footnote-on",
        "c01-p005-s01": "footnote-on",
        "c01-p026-s01": "sidebar-on",
        "c01-p027-s01": "sidebar-on",
        "c02-p002-s01": "prodnote-on",
        "c02-p003-s01": "prodnote-on",
        "c02-p015-s01": "footnote-on",
        "c02-p017-s01": "pagenumber-on",
    }
    content = _parsed(structured / "content.html")
    marks = [element for element in content.iter() if _is_mark_of_a_note(element)]
    bodies = [element.get("id") for element in content.iter() if element.get("class") == "notebody"]
    assert [mark.get("bodyref") for mark in marks] == [f"content.html#{name}" for name in bodies]
    assert [mark.find(f"{XHTML}a").get("href") for mark in marks] == [
        "s001.smil#c01-p004-s01",
        "s002.smil#c02-p015-s01",
    ]


def test_links_lead_where_the_document_led(structured: Path) -> None:
    """Out to the same address, and inside the book to the sound of the place."""
    links = list(_parsed(structured / "content.html").iter(f"{XHTML}a"))
    assert "https://courier.example/report?a=1&b=2" in [link.get("href") for link in links]
    (gates,) = (link.get("href") for link in links if _readable(link) == "the gates")
    assert gates == "s002.smil#c02-p001-s01"


def test_the_contents_lead_to_headings_pages_and_notes(structured: Path) -> None:
    """In the order in which they are played: headings inside a box at their level, pages by their label; each is
    counted."""
    items = list(_parsed(structured / "ncc.html").find(f"{XHTML}body"))
    assert [(item.get("class") or item.tag.removeprefix(XHTML), "".join(item.itertext())) for item in items] == [
        ("title", "The harbour report"),
        ("noteref", "Note 1"),
        ("h2", "In short"),
        ("sidebar", "In short"),
        ("h2", "The gates"),
        ("page-front", "xi"),
        ("optional-prodnote", "A chart of two bars."),
        ("optional-prodnote", "The north bar is taller."),
        ("noteref", "Note"),
        ("page-normal", "12"),
        ("page-normal", "13"),
    ]
    counts = {"tocItems": 11, "pageFront": 1, "pageNormal": 2, "pageSpecial": 0, "maxPageNormal": 13}
    counts |= {"footnotes": 2, "sidebars": 1, "prodNotes": 2}
    assert {name: int(_meta(structured / "ncc.html", f"ncc:{name}")) for name in counts} == counts
    targets = [item.find(f"{XHTML}a").get("href").partition("#")[2] for item in items]
    assert targets[5:] == ["c02-p002-s01"] * 2 + ["c02-p003-s01", "c02-p015-s01", "c02-p016-s01", "c02-p017-s01"]


def test_the_book_says_who_made_the_work(structured: Path) -> None:
    """All authors, and the others with what they did."""
    metas = [(meta.get("name"), meta.get("content")) for meta in _parsed(structured / "ncc.html").iter("{*}meta")]
    assert [text for name, text in metas if name == "dc:creator"] == ["Ann Holt", "Bo Lind"]
    others = [text for name, text in metas if name == "dc:contributor"]
    assert others == ["Cy Reed (translator)", "Di Falk (illustrator)"]
    assert ("dc:source", "urn:isbn:9780306406157") in metas
    assert ("dc:relation", "Reports, 3") in metas
