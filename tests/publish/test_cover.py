"""The cover: letters that can be read, in every script that the machine has letters for, and words for those who can't
see it."""

from __future__ import annotations

import dataclasses
import io
import json
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fontpkg_noto_sans_arabic import ROOT as ARABIC
from fontpkg_noto_sans_devanagari import ROOT as DEVANAGARI
from fontpkg_noto_sans_thai import ROOT as THAI
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from noto_cjk_sans_jp_bold import FONT_PATH as JAPANESE
from PIL import Image
from uniseg.linebreak import line_break_units

from audio_edition.formats import PACKAGES, cover, cover_letters
from audio_edition.formats.cover_drawing import ART_TOP, GROUNDS, colours, contrast
from audio_edition.model import Image as DocumentImage
from audio_edition.model import Script
from support.recordings import article, needs_ffprobe, of_texts
from support.structured import everything

FONTS = (str(JAPANESE), *(str(next(root.glob("files/*.ttf"))) for root in (THAI, ARABIC, DEVANAGARI)))
"""Those that the tests bring, so that a machine's own decide nothing."""


@pytest.fixture(autouse=True)
def _fonts_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cover_letters, "FONTS_OF_SYSTEMS", FONTS)
    cover.drawn.cache_clear()


def _script(title: str, language: str = "en", source: str = "The Wire") -> Script:
    return Script(title, (), language, published="2026-10-09", source=source)


def _pixels(title: str, language: str = "en", source: str = "The Wire", colour: str = "") -> Any:
    image = Image.open(io.BytesIO(cover.picture(_script(title, language, source), colour)))
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (1600, 1600))
    return image


def _ink_rows(image: Any, top: int, bottom: int) -> int:
    """How many rows between two heights hold white."""
    return int((np.asarray(image)[top:bottom:4] == 255).all(axis=2).any(axis=1).sum())


@pytest.mark.parametrize(
    "colour", [*GROUNDS, "#ffffff", "#000000", "#ffd200", "#c8102e", "#777777", "#8f8f8f", "#00ff00", "#0000ff"]
)
def test_letters_stand_out(colour: str) -> None:
    """On every ground, and in every colour that a publication may have, letters have what AAA asks for: 7 to 1."""
    ground, ink = colours(colour)
    assert contrast(ground, ink) >= 7
    head = _pixels("Ferry sinks", colour=colour).crop((0, 0, 1600, 1000))
    most = sorted(head.getcolors(1 << 24), reverse=True)
    assert [found for _, found in most[:2]] == [ground, ink]


@pytest.mark.slow
def test_covers_differ() -> None:
    """By title alone, a shelf of two dozen has grounds and ornaments of all kinds, and no two covers are the same."""
    titles = [f"Item {number}" for number in range(24)]
    covers = [_pixels(title) for title in titles]
    assert len({image.tobytes() for image in covers}) == len(titles)
    assert len({image.getpixel((2, 2)) for image in covers}) > 6
    assert len({image.crop((0, ART_TOP, 1600, 1600)).tobytes() for image in covers}) == len(titles)


def test_covers_of_a_publication_have_its_colour() -> None:
    """The ground is the publication's, whatever the title; the ornament stays the title's."""
    covers = [_pixels(title, colour="#0b5345") for title in ("Ferry sinks", "Floods", "A vote")]
    assert {image.getpixel((2, 2)) for image in covers} == {(0x0B, 0x53, 0x45)}
    assert len({image.crop((0, ART_TOP, 1600, 1600)).tobytes() for image in covers}) == 3


def _photograph(width: int, height: int, colour: str = "#3fa34d") -> DocumentImage:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG")
    return DocumentImage("0123456789abcdef.jpg", "image/jpeg", file.getvalue(), width, height)


def _with_picture(picture: DocumentImage) -> Script:
    """An article whose figure shows the picture."""
    script = everything()
    ((old,), new) = (script.images, picture.name)
    chapters = tuple(
        dataclasses.replace(chapter, blocks=tuple(_renamed(block, old.name, new) for block in chapter.blocks))
        for chapter in script.chapters
    )
    return dataclasses.replace(script, chapters=chapters, images=(picture,))


def _renamed(value: Any, old: str, new: str) -> Any:
    """A part of a script that names another image."""
    if isinstance(value, tuple):
        return tuple(_renamed(each, old, new) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: _renamed(getattr(value, each.name), old, new) for each in dataclasses.fields(value)}
        return dataclasses.replace(value, **parts)
    return new if value == old else value


def test_a_picture_of_the_document_is_on_its_cover() -> None:
    """The first that is large enough fills the lower part, and is told in the cover's words; a small one does not."""
    large, small = _with_picture(_photograph(800, 600)), _with_picture(_photograph(90, 60))
    pixels = np.asarray(Image.open(io.BytesIO(cover.picture(large)))).astype(int)
    assert np.abs(pixels[ART_TOP:] - (0x3F, 0xA3, 0x4D)).max() < 6
    assert cover.alternative(large).startswith(cover.alternative(small))
    assert len(cover.alternative(large)) > len(cover.alternative(small))
    assert cover.picture(small) == cover.picture(dataclasses.replace(small, images=()))


def test_a_picture_that_can_not_be_read_leaves_the_ornament() -> None:
    """Broken data of the right size."""
    whole = _photograph(800, 600)
    broken = _with_picture(dataclasses.replace(whole, data=whole.data[:40]))
    assert cover.picture(broken) == cover.picture(dataclasses.replace(broken, images=()))


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Ferry sinks", "en"),
        ("Łódź: powódź", "pl"),
        ("Η γέφυρα άνοιξε", "el"),
        ("Паром затонул", "ru"),
        ("Cầu mới", "vi"),
    ],
)
def test_the_letters_of_a_title_are_drawn(title: str, language: str) -> None:
    """With the font that comes along: Latin with all accents, Greek, Cyrillic."""
    assert _ink_rows(_pixels(title, language), 300, 700) > 20


def test_a_title_without_a_font_leaves_a_plain_cover() -> None:
    """No boxes where letters should be: publisher and date alone (here, letters that no font has)."""
    plain = _pixels("\U00016800\U00016801", "bax")
    assert _ink_rows(plain, 300, 1000) == 0
    assert _ink_rows(plain, 100, 250) > 0


def test_right_to_left_titles_stand_at_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where letters can be joined, Arabic begins at the right edge; where not, the cover stays plain."""
    drawn = _pixels("غرق العبّارة", "ar", "")
    if cover_letters.shaping("rtl"):
        assert _ink_rows(drawn.crop((0, 0, 400, 1600)), 300, 700) == 0
        assert _ink_rows(drawn.crop((1200, 0, 1600, 1600)), 300, 700) > 0
    cover.drawn.cache_clear()
    monkeypatch.setattr(cover_letters, "_can_shape", lambda: False)
    assert _ink_rows(_pixels("غرق العبّارة", "ar", ""), 300, 1000) == 0
    cover.drawn.cache_clear()


TITLES = {
    "Long " * 100: "en",
    "x" * 500: "en",
    "W" * 40: "en",
    "長い見出し" * 60: "ja",
    "「".join(["見出し。"] * 40): "ja",
    "长标题，" * 80: "zh",
    "เรือข้ามฟากเที่ยวสุดท้ายออกจากท่าเรือที่น้ำท่วม" * 6: "th",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz " * 5: "de",
    "غرق العبّارة في الميناء القديم بعد عاصفة " * 12: "ar",
    "बाढ़ग्रस्त बंदरगाह से आखिरी नौका रवाना " * 12: "hi",
    "ÅÉÎÕÜ̃" * 60: "vi",
    "🚢" * 40: "en",
    "": "en",
    "\x00\x1b[31m<b>": "en",
}


@pytest.mark.parametrize("title", TITLES)
def test_nothing_runs_over_the_edge(title: str) -> None:
    """However long or odd headline and publisher: margins stay free, and so does the room above and below the title."""
    _margins_are_free(title)


@pytest.mark.slow
@pytest.mark.parametrize("fonts", [FONTS[:1], ()], ids=["Japanese alone", "none"])
def test_nothing_runs_over_the_edge_with_other_fonts(fonts: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """What fonts a machine has does not matter."""
    monkeypatch.setattr(cover_letters, "FONTS_OF_SYSTEMS", fonts)
    for title in ("長い見出し" * 60, "Long 見出し " * 100):
        _margins_are_free(title)


def _margins_are_free(title: str) -> None:
    image = _pixels(title, TITLES.get(title, "ja"), source=title)
    for edge in ((0, 0, 100, ART_TOP), (1500, 0, 1600, ART_TOP), (0, 235, 1600, 270), (0, ART_TOP - 8, 1600, ART_TOP)):
        assert len(image.crop(edge).getcolors()) == 1, edge


def test_a_line_that_runs_over_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: dots behind a line that is full already."""
    monkeypatch.setattr(cover_letters.Face, "shortened", lambda face, text, room: f"{text}……")
    image = _pixels("長い見出し" * 60, "ja")
    assert len(image.crop((1500, 0, 1600, ART_TOP)).getcolors()) > 1


def _lines(text: str, language: str, width: int, size: int = 100) -> list[str]:
    found = cover_letters.face(text, size, "ltr", language)
    assert found
    return found.lines(text, width, 99)


def test_japanese_lines_begin_and_end_as_they_may() -> None:
    """No full stop, small kana or closing bracket begins a line, no opening one ends it; nothing is lost."""
    text = "東京湾のフェリー、強風のため「全便」欠航。ちょっと待って、島民は訴える。" * 3
    for width in range(320, 1300, 70):
        lines = _lines(text, "ja", width)
        assert "".join(lines) == text
        assert not [line for line in lines if line[0] in "。、」ょっー" or line[-1] in "「"]


def test_thai_vowels_and_marks_stay_with_their_letters() -> None:
    """No line begins with a mark or a vowel that follows, none ends with one that leads; no hyphens."""
    text = "เรือข้ามฟากเที่ยวสุดท้ายออกจากท่าเรือที่น้ำท่วมขณะที่ชาวเกาะถกเถียงกัน"
    for width in range(300, 1300, 70):
        lines = _lines(text, "th", width)
        assert "".join(lines) == text
        assert not [
            line for line in lines if unicodedata.category(line[0]) == "Mn" or line[0] in "ะาำ" or line[-1] in "เแโใไ"
        ]


def test_long_german_words_are_hyphenated() -> None:
    """By syllables; the hyphens aside, the word is whole. Without a known language it is cut without hyphens."""
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
    lines = _lines(word, "de", 1360)
    assert len(lines) > 1
    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(line.removesuffix("-") for line in lines) == word
    assert lines[0] == "Rindfleischetikettierungs-"
    assert "".join(_lines(word, "", 1360)) == word


def test_short_words_are_not_hyphenated() -> None:
    """Letters are made smaller first."""
    assert _lines("Überschwemmungen in Norddeutschland", "de", 1360) == ["Überschwemmungen in", "Norddeutschland"]


def test_a_cover_has_its_words() -> None:
    """Title, publisher and date, whatever of them there is."""
    assert cover.alternative(_script("Ferry sinks")) == "Ferry sinks. The Wire, 2026-10-09"
    assert cover.alternative(Script("Ferry sinks", ())) == "Ferry sinks"


def test_players_of_the_mp3_show_it(tmp_path: Path) -> None:
    """As the front cover, described; the same picture as in the folder."""
    recording = of_texts(tmp_path, article())
    for name in ("mp3", "cover"):
        PACKAGES[name].write(recording, tmp_path, "ferry")
    (picture,) = ID3(tmp_path / "ferry.mp3").getall("APIC")
    assert (picture.type, picture.mime, picture.data) == (3, "image/png", (tmp_path / "cover.png").read_bytes())
    assert picture.desc == "Ferry “Gull” sinks & floats. The Wire, 2026-10-09"


@needs_ffprobe
def test_each_track_carries_cover_and_album_artist(tmp_path: Path) -> None:
    """As mutagen and FFprobe see it: a front cover of 600 pixels, described, and who made the album."""
    recording = of_texts(tmp_path, article())
    files = PACKAGES["tracks"].write(recording, tmp_path, "ferry").files[1:]
    assert len(files) == 3
    for file in files:
        tag = ID3(tmp_path / file)
        (picture,) = tag.getall("APIC")
        with Image.open(io.BytesIO(picture.data)) as image:
            assert (picture.type, picture.mime, image.format, image.size) == (3, "image/jpeg", "JPEG", (600, 600))
        assert picture.desc == "Ferry “Gull” sinks & floats. The Wire, 2026-10-09"
        assert (str(tag["TPE2"]), str(tag["TALB"])) == ("Jane Doe", "Ferry “Gull” sinks & floats")
        command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(tmp_path / file)]
        told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        (shown,) = [stream for stream in told["streams"] if stream["codec_type"] == "video"]
        assert (shown["codec_name"], shown["width"], shown["disposition"]["attached_pic"]) == ("mjpeg", 600, 1)
        assert told["format"]["tags"]["album_artist"] == "Jane Doe"


def test_a_photograph_does_not_swell_the_files(tmp_path: Path) -> None:
    """Where the PNG is large, what MP3 and M4B carry is a JPEG of the same size in pixels."""
    noise = np.random.default_rng(1).integers(0, 255, (700, 900, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "JPEG")
    picture = dataclasses.replace(_photograph(900, 700), data=file.getvalue())
    recording = of_texts(tmp_path, _with_picture(picture))
    for name in ("mp3", "m4b"):
        PACKAGES[name].write(recording, tmp_path, "ferry")
    (front,) = ID3(tmp_path / "ferry.mp3").getall("APIC")
    (own,) = MP4(tmp_path / "ferry.m4b")["covr"]
    for data in (front.data, bytes(own)):
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.size) == ("JPEG", (1600, 1600))
        assert len(data) < len(cover.picture(recording.script)) / 2


def test_a_title_that_is_one_endless_word_is_measured_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cover has no room for is not measured: the letters looked at do not grow with the title."""
    looked_at: list[int] = []
    width = cover_letters.Face.width

    def measured(face: cover_letters.Face, text: str) -> float:
        looked_at.append(len(text))
        return width(face, text)

    monkeypatch.setattr(cover_letters.Face, "width", measured)
    _pixels("x" * 4000)
    once = sum(looked_at)
    _pixels("x" * 400_000)
    assert sum(looked_at) == 2 * once < 2_000_000


PLAIN = st.from_regex(cover_letters._PLAIN_WORDS, fullmatch=True)


@given(PLAIN)
def test_a_plain_title_is_broken_where_unicode_says(title: str) -> None:
    """Titles of plain words are parted without the tables of UAX 14, and in the same places."""
    assert list(cover_letters._units(title)) == list(line_break_units(title))
