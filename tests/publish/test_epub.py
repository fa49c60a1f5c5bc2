"""The EPUB beyond what validators ask (tests/packages): every word narrated, in order, and only true claims."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from mutagen.mp3 import MP3
from PIL import Image as Drawing

from audio_edition.formats import PACKAGES
from audio_edition.formats.cover import picture as cover_picture
from audio_edition.model import (
    RATE_HZ,
    Block,
    Chapter,
    Formula,
    Heading,
    Image,
    Metadata,
    PageBreak,
    Paragraph,
    Passage,
    Recording,
    Script,
    Span,
)
from support.recordings import article, chapter, of_texts, passage, repeated, with_a_second_voice
from support.structured import chart, everything

XHTML = "{http://www.w3.org/1999/xhtml}"
SMIL = "{http://www.w3.org/ns/SMIL}"
OPF = "{http://www.idpf.org/2007/opf}"
_SENTENCE = re.compile(r"c\d+-p\d+-s\d+")


def _script(title: str, headings: list[tuple[str, int]], language: str = "en", body: str = "Some words.") -> Script:
    chapters = [
        chapter(number, heading, [body], level, "heading" if number > 1 else "title")
        for number, (heading, level) in enumerate([(title, 1), *headings], 1)
    ]
    return Script(title, tuple(chapters), language, published="2026-11-22", source="The Courier")


CASES: dict[str, Callable[[Path], Recording]] = {
    "article": lambda folder: of_texts(folder, article()),
    "everything": lambda folder: of_texts(folder, everything()),
    "two voices": lambda folder: with_a_second_voice(of_texts(folder, article())),
    "brief": lambda folder: of_texts(folder, _script("Only a headline", [])),
    "300 chapters": lambda folder: repeated(folder, [f"Chapter {number}" for number in range(1, 301)]),
    "long headline": lambda folder: of_texts(folder, _script("Long " * 100, [("Second", 2)])),
    "same headings": lambda folder: of_texts(folder, _script("Twice", [("Twice", 2), ("Twice", 2)])),
    "levels skipped": lambda folder: of_texts(
        folder, _script("Levels", [("Deep", 4), ("Up", 2), ("Deeper", 6), ("Mid", 3)])
    ),
    "Arabic": lambda folder: of_texts(
        folder, _script("غرق العبّارة", [("أكياس الرمل", 2)], "ar", "غادرت العبارة ظهرا.")
    ),
    "Hindi": lambda folder: of_texts(folder, _script("नौका चली गई", [("रेत की बोरियाँ", 2)], "hi", "पानी बढ़ गया।")),
    "hostile": lambda folder: of_texts(
        folder, _script("<b>&amp;</b> ]]> \"x\" 'y'", [("</h1><script>alert(1)</script>", 2)], "en", "a < b && c --> d")
    ),
}


@pytest.fixture(scope="module", params=CASES, ids=str)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Recording, Path]:
    folder = tmp_path_factory.mktemp("book")
    recording = CASES[request.param](folder)
    (file,) = PACKAGES["epub"].write(recording, folder, "book").files
    return recording, folder / file


def _files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _overlays(files: dict[str, bytes]) -> list[str]:
    """The overlays in the order of the spine."""
    package = ElementTree.fromstring(files["EPUB/package.opf"])
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    documents = [items[reference.get("idref")] for reference in package.iter(f"{OPF}itemref")]
    return [str(items[document.get("media-overlay")].get("href")) for document in documents]


def _clips(smil: bytes) -> list[tuple[str, str, float, float]]:
    """For each par: the sentence, the sound file, begin and end in seconds."""
    pars = ElementTree.fromstring(smil).iter(f"{SMIL}par")
    found = []
    for par in pars:
        (text,), (sound,) = par.findall(f"{SMIL}text"), par.findall(f"{SMIL}audio")
        begin, end = (_seconds(str(sound.get(edge))) for edge in ("clipBegin", "clipEnd"))
        found.append((str(text.get("src")), str(sound.get("src")), begin, end))
    return found


def _seconds(clock: str) -> float:
    hours, minutes, seconds = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)


def _narration_faults(files: dict[str, bytes]) -> list[str]:
    """Text that is not narrated, or not in the order in which it is read; clips that overlap or leave their sound."""
    faults = []
    for overlay in _overlays(files):
        name = overlay.replace(".smil", ".xhtml")
        body = ElementTree.fromstring(files[f"EPUB/{name}"]).find(f"{XHTML}body")
        assert body is not None
        sentences = [element for element in body.iter() if _SENTENCE.fullmatch(element.get("id", ""))]
        clips = _clips(files[f"EPUB/{overlay}"])
        if [f"{name}#{sentence.get('id')}" for sentence in sentences] != [text for text, *_ in clips]:
            faults.append(f"{name}: sentences and clips differ")
        if unheard := "".join(_unheard(body)).strip():
            faults.append(f"{name}: text outside sentences: {unheard}")
        info = MP3(BytesIO(files[f"EPUB/{clips[0][1]}"])).info
        assert info is not None
        length = info.length
        edges = [edge for _, _, begin, end in clips for edge in (begin, end)]
        if edges != sorted(edges) or any(begin >= end for _, _, begin, end in clips) or edges[-1] > length + 0.001:
            faults.append(f"{overlay}: clips overlap or leave their sound")
    return faults


def _unheard(element: ElementTree.Element) -> Iterator[str]:
    """The words outside sentences, but for those of links back, of what can be folded, and of marks alone."""
    skipped = element.get("role") == "doc-backlink" or element.tag == f"{XHTML}summary"
    if not skipped and not _SENTENCE.fullmatch(element.get("id", "")):
        yield from re.findall(r"\w", element.text or "")
        for child in element:
            yield from _unheard(child)
    yield from re.findall(r"\w", element.tail or "")


def test_every_sentence_is_narrated_in_reading_order(book: tuple[Recording, Path]) -> None:
    """What can be read is heard, sentence by sentence, and every clip lies in its sound."""
    assert _narration_faults(_files(book[1])) == []


@pytest.mark.parametrize(
    ("file", "pattern", "replacement", "fault"),
    [
        ("c01.smil", rb"<par .*?</par>", b"", "sentences and clips differ"),
        ("c01.smil", rb"(<par .*?</par>)\s*(<par .*?</par>)", rb"\2\1", "sentences and clips differ"),
        ("c01.xhtml", rb"</section>", b"<p>unheard</p></section>", "text outside sentences"),
        ("c01.smil", rb'clipEnd="[^"]*"(?!.*clipEnd)', b'clipEnd="01:00:00.000"', "leave their sound"),
    ],
    ids=["par lost", "pars swapped", "text without par", "clip too long"],
)
def test_a_broken_book_would_be_noticed(
    tmp_path: Path, file: str, pattern: bytes, replacement: bytes, fault: str
) -> None:
    """The broken twins of the test above."""
    (name,) = PACKAGES["epub"].write(CASES["article"](tmp_path), tmp_path, "book").files
    files = _files(tmp_path / name)
    broken = re.sub(pattern, replacement, files[f"EPUB/{file}"], count=1, flags=re.DOTALL)
    assert broken != files[f"EPUB/{file}"]
    assert any(fault in found for found in _narration_faults(files | {f"EPUB/{file}": broken}))


def test_sentences_have_the_ids_and_times_of_the_recording(book: tuple[Recording, Path]) -> None:
    """A clip begins where the cue does, to the millisecond; the durations of the package are those of the clips."""
    recording, path = book
    files = _files(path)
    durations: list[float] = []
    for overlay, recorded in zip(_overlays(files), recording.chapters, strict=True):
        clips = _clips(files[f"EPUB/{overlay}"])
        assert [text.partition("#")[2] for text, *_ in clips] == [cue.utterance.id for cue in recorded.cues]
        for (_, _, begin, _), cue in zip(clips, recorded.cues, strict=True):
            assert begin == pytest.approx(cue.start / RATE_HZ, abs=0.00051)
        durations.append(clips[-1][3] - clips[0][2])
    if "EPUB/nav.smil" in files:
        durations.append(sum(end - begin for _, _, begin, end in _clips(files["EPUB/nav.smil"])))
    stated = re.findall(r'"media:duration"[^>]*>([^<]+)<', files["EPUB/package.opf"].decode())
    assert [_seconds(value) for value in stated] == pytest.approx([sum(durations), *durations], abs=0.002)


def test_the_contents_are_spoken_by_the_headings_they_lead_to(book: tuple[Recording, Path]) -> None:
    """Each entry sounds as the heading does at its place; where one is not said, no entry is."""
    recording, path = book
    files = _files(path)
    navigation = ElementTree.fromstring(files["EPUB/nav.xhtml"])
    links = [(str(link.get("id")), str(link.get("href"))) for link in navigation.iter(f"{XHTML}a") if link.get("id")]
    spoken = _clips(files["EPUB/nav.smil"])
    assert [text for text, *_ in spoken] == ["nav.xhtml#heading", *(f"nav.xhtml#{name}" for name, _ in links)]
    for (_, sound, begin, end), (_, page), recorded in zip(spoken[1:], links, recording.chapters, strict=True):
        said = [cue for cue in recorded.cues if cue.utterance.id.startswith(f"{recorded.chapter.id}-p001")]
        assert sound == page.replace(".xhtml", ".mp3")
        assert begin == pytest.approx(said[0].start / RATE_HZ, abs=0.00051)
        assert end >= said[-1].end / RATE_HZ - 0.00051


def test_contents_that_no_heading_says_are_silent(tmp_path: Path) -> None:
    """An article without a headline begins with its lead, which is not what its contents say."""
    rained = Paragraph(passage("c01-p001", "body", "It rained."))
    script = Script("", (Chapter("c01", "It rained.", (rained,)),))
    (name,) = PACKAGES["epub"].write(of_texts(tmp_path, script), tmp_path, "book").files
    assert "EPUB/nav.smil" not in _files(tmp_path / name)


def test_the_container_is_as_readers_want_it(book: tuple[Recording, Path]) -> None:
    """mimetype first and bare, sound stored so that it can be sought in, no date of today, nothing left beside it."""
    with zipfile.ZipFile(book[1]) as archive:
        entries = archive.infolist()
    assert (entries[0].filename, entries[0].compress_type, entries[0].extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert all(entry.compress_type == zipfile.ZIP_STORED for entry in entries if entry.filename.endswith(".mp3"))
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert not [path for path in book[1].parent.iterdir() if path.name.startswith(".")]


def test_the_same_recording_gives_the_same_book(book: tuple[Recording, Path], tmp_path: Path) -> None:
    """Same input, same bytes."""
    PACKAGES["epub"].write(book[0], tmp_path, "book")
    assert (tmp_path / "book.epub").read_bytes() == book[1].read_bytes()


def test_contents_are_nested_by_level(tmp_path: Path) -> None:
    """Headings of a deeper level stand below those above them; no level is skipped in the contents."""
    (name,) = PACKAGES["epub"].write(CASES["levels skipped"](tmp_path), tmp_path, "book").files
    navigation = ElementTree.fromstring(_files(tmp_path / name)["EPUB/nav.xhtml"])
    (top,) = navigation.iter(f"{XHTML}nav")

    def listed(place: ElementTree.Element) -> list[object]:
        found: list[object] = []
        for item in place.findall(f"{XHTML}ol/{XHTML}li"):
            below = listed(item)
            found += [item.findtext(f"{XHTML}a"), *([below] if below else [])]
        return found

    assert listed(top) == ["Levels", "Deep", "Up", ["Deeper", "Mid"]]


def test_it_claims_only_what_is_true(tmp_path: Path) -> None:
    """The synthetic voice is named, both ways of reading are said to suffice, and nobody's certificate is claimed."""
    (name,) = PACKAGES["epub"].write(CASES["article"](tmp_path), tmp_path, "book").files
    package = _files(tmp_path / name)["EPUB/package.opf"].decode()
    assert "Synthetic voice: " in package
    assert re.findall(r'accessModeSufficient">([^<]+)', package) == ["textual", "auditory"]
    assert "conformsTo" not in package
    assert "certifiedBy" not in package


def test_listening_is_said_to_suffice_only_where_every_sentence_sounds(tmp_path: Path) -> None:
    """The broken twin: with one sentence that makes no sound, nobody is told that hearing is enough."""
    whole = CASES["article"](tmp_path)
    first = whole.chapters[0]
    mute = replace(first.cues[1], end=first.cues[1].start)
    silent = replace(first, cues=(first.cues[0], mute, *first.cues[2:]))
    recording = replace(whole, chapters=(silent, *whole.chapters[1:]))
    (name,) = PACKAGES["epub"].write(recording, tmp_path, "book").files
    package = _files(tmp_path / name)["EPUB/package.opf"].decode()
    assert re.findall(r'accessModeSufficient">([^<]+)', package) == ["textual"]
    assert "Not all text is narrated" in package


def test_conformance_is_claimed_in_the_name_of_who_looked(tmp_path: Path) -> None:
    """Only with a certifier, whose name stands beside the claim."""
    recording = replace(CASES["article"](tmp_path), certifier="Jane Doe & Sons")
    (name,) = PACKAGES["epub"].write(recording, tmp_path, "book").files
    package = _files(tmp_path / name)["EPUB/package.opf"].decode()
    assert '"dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA<' in package
    assert '"a11y:certifiedBy">Jane Doe &amp; Sons<' in package


def test_the_cover_is_in_the_book_with_its_words(tmp_path: Path) -> None:
    """Shelves show it; where it is shown as content, it is described."""
    recording = CASES["article"](tmp_path)
    (name,) = PACKAGES["epub"].write(recording, tmp_path, "book").files
    files = _files(tmp_path / name)
    items = ElementTree.fromstring(files["EPUB/package.opf"]).iter(f"{OPF}item")
    (cover,) = [item.get("href") for item in items if item.get("properties") == "cover-image"]
    assert files[f"EPUB/{cover}"].startswith(b"\x89PNG")
    (image,) = ElementTree.fromstring(files["EPUB/nav.xhtml"]).iter(f"{XHTML}img")
    assert (image.get("src"), image.get("alt")) == (cover, "Ferry “Gull” sinks & floats. The Wire, 2026-10-09")


def test_every_narrator_is_named(tmp_path: Path) -> None:
    """Each voice is a contributor and a media:narrator of its own, the main one first."""
    (name,) = PACKAGES["epub"].write(CASES["two voices"](tmp_path), tmp_path, "book").files
    package = _files(tmp_path / name)["EPUB/package.opf"].decode()
    voices = ["Synthetic voice: English (espeak)", "Synthetic voice: Ann &amp; Co (piper)"]
    assert re.findall(r'"media:narrator">([^<]+)', package) == voices
    assert re.findall(r"<dc:contributor[^>]+>([^<]+)", package) == voices
    assert "by synthetic voices: English (espeak), Ann &amp; Co (piper)." in package


# --- what the document brings


def _package_of(folder: Path, script: Script) -> tuple[dict[str, bytes], str]:
    (name,) = PACKAGES["epub"].write(of_texts(folder, script), folder, "book").files
    files = _files(folder / name)
    return files, files["EPUB/package.opf"].decode()


def test_what_the_document_says_of_the_work_is_in_the_package(tmp_path: Path) -> None:
    """All who made it, as what; subtitle, description, subjects, series, rights; its ISBN is that of the source."""
    _, package = _package_of(tmp_path, everything())
    assert re.findall(r"<dc:creator[^>]*>([^<]+)", package) == ["Ann Holt", "Bo Lind"]
    contributors = dict(re.findall(r'<dc:contributor id="([^"]+)">([^<]+)', package))
    roles = dict(re.findall(r'refines="#([^"]+)" property="role" scheme="marc:relators">(\w+)', package))
    named = {contributors[place]: roles[place] for place in contributors}
    assert named.items() >= {"Cy Reed": "trl", "Di Falk": "ill"}.items()
    assert re.findall(r"<dc:title[^>]*>([^<]+)", package) == ["The harbour report", "What the year brought"]
    for text in (
        "<dc:description>Ferries, gates and people.</dc:description>",
        "<dc:subject>Harbours</dc:subject>",
        "<dc:subject>Ferries</dc:subject>",
        "<dc:rights>© 2026 The Courier</dc:rights>",
        "<dc:source>urn:isbn:9780306406157</dc:source>",
        '<meta property="belongs-to-collection" id="series">Reports</meta>',
        '<meta refines="#series" property="group-position">3</meta>',
    ):
        assert text in package
    assert re.findall(r"<dc:identifier[^>]*>([^<]+)", package)[0].startswith("urn:uuid:")


def test_pictures_are_in_the_book(tmp_path: Path) -> None:
    """Each file that a document shows is there and in the manifest, with its type."""
    files, package = _package_of(tmp_path, everything())
    shown = {
        image.get("src")
        for name in files
        if re.search(r"/c\d+\.xhtml$", name)
        for image in ElementTree.fromstring(files[name]).iter(f"{XHTML}img")
    }
    assert shown == {f"images/{chart().name}"}
    assert files[f"EPUB/images/{chart().name}"] == chart().data
    assert f'href="images/{chart().name}" media-type="image/png"' in package


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg"])
def test_the_documents_own_cover_is_the_books(tmp_path: Path, media_type: str) -> None:
    """As the document has it, whatever its type; only for players it becomes a PNG."""
    own = _photograph(media_type)
    script = replace(everything(), images=(own,), metadata=Metadata(cover=own.name))
    files, package = _package_of(tmp_path, script)
    ((name, kind),) = re.findall(r'<item id="cover" href="([^"]+)" media-type="([^"]+)"', package)
    assert files[f"EPUB/{name}"] == own.data
    assert kind == media_type
    assert cover_picture(script).startswith(b"\x89PNG")
    assert cover_picture(script) != cover_picture(everything())


def test_a_cover_that_is_none_is_drawn(tmp_path: Path) -> None:
    """The broken twin: a name without a picture, and a picture that nobody can read."""
    drawn = cover_picture(everything())
    broken = Image("0123456789abcdef.png", "image/png", b"\x89PNG but no more")
    for script in (
        replace(everything(), metadata=Metadata(cover="0000000000000000.png")),
        replace(everything(), images=(broken,), metadata=Metadata(cover=broken.name)),
    ):
        assert cover_picture(script) == drawn


def _photograph(media_type: str) -> Image:
    file = io.BytesIO()
    Drawing.new("RGB", (60, 90), "#5a1a2b").save(file, media_type.partition("/")[2])
    ending = {"image/png": "png", "image/jpeg": "jpg"}[media_type]
    return Image(f"{hashlib.sha256(file.getvalue()).hexdigest()[:16]}.{ending}", media_type, file.getvalue(), 60, 90)


def _features(package: str) -> set[str]:
    return set(re.findall(r'accessibilityFeature">([^<]+)', package))


def test_features_are_claimed_where_they_are(tmp_path: Path) -> None:
    """Descriptions of pictures, formulas and pages: only in a book that has them, and alternatives only for all."""
    _, package = _package_of(tmp_path, article())
    asked = {"alternativeText", "longDescription", "MathML", "describedMath", "pageBreakMarkers", "pageNavigation"}
    assert not _features(package) & asked
    assert "There are no images but the cover" in package
    _, package = _package_of(tmp_path, everything())
    assert _features(package) & asked == {"longDescription", "pageBreakMarkers", "pageNavigation"}
    assert "1 image has no alternative text." in package


def test_pages_and_formulas_are_told(tmp_path: Path) -> None:
    """MathML in the manifest; every page of the document in a list of pages, with what they are the pages of."""
    mathml = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
    formula = Formula(passage("c01-p002", "formula", "x"), mathml)
    text = passage("c01-p003", "body", "It runs over a page.")
    inline = replace(text.utterances[0], spans=(Span(12, 12, "page", "xiii"),))
    blocks: tuple[Block[Passage], ...] = (
        Heading(passage("c01-p001", "title", "Pages"), 1),
        PageBreak("12"),
        formula,
        Paragraph(replace(text, parts=(inline,))),
    )
    plain = chapter(2, "Plain", ["Words."], 2)
    files, package = _package_of(tmp_path, Script("Pages", (Chapter("c01", "Pages", blocks), plain)))
    assert re.findall(r'<item id="(c\d+)"[^>]+properties="mathml"', package) == ["c01"]
    assert _features(package) >= {"MathML", "describedMath", "pageBreakMarkers", "pageNavigation"}
    assert '<meta property="pageBreakSource">none</meta>' in package
    navigation = files["EPUB/nav.xhtml"].decode().partition("page-list")[2]
    links = re.findall(r'<a href="c01.xhtml#([^"]+)">([^<]+)</a>', navigation)
    assert [label for _, label in links] == ["12", "xiii"]
    for place, label in links:
        attributes = f'id="{place}" role="doc-pagebreak" epub:type="pagebreak" aria-label="{label}"'
        assert attributes in files["EPUB/c01.xhtml"].decode()
