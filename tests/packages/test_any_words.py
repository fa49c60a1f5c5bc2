"""No title, name or heading of a document ends a build, or reads otherwise in one package than in another.

Random Unicode stands in each place that a document or a setting has for words; then each package is read back with
programs that are not ours.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import feedparser
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4

from audio_edition import Settings, Speech, build, check, publish_site
from audio_edition.edition.build import Edition
from audio_edition.errors import AudioEditionError
from audio_edition.formats.track_list import track_list
from audio_edition.model.characters import one_line
from support.archives import archive
from support.documents import book_entries
from support.editions import EVERYTHING, the_file

pytestmark = pytest.mark.slow
PHASES = [Phase.generate]
"""Each try is a whole edition: to look for the smallest that fails would take half an hour."""

SEPARATORS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
ODD = (
    "aZ .,!?–…“”«»\"'&<>;:/\\%$#@*_-=+(){}[]|~`^0²½٣\0\x01\x1b\x7f\x9f\xa0\xad\u061c\u200b\u200d\u200f\u202e\u2066"
    "\ufeff\ufffd\ufffe\uffff\ud800\udfffعה北ไअ한e\u0301ß😀👩\u200d🚀𝔘\U000e0041\U0010fffeİıǅΣς" + SEPARATORS
)
TRAPS = [
    "]]>", "-->", "<!--", "<![CDATA[", "</title>", "<script>alert(1)</script>", "&amp;", "&#0;", "%s %n", "{{ 7 * 7 }}",
    "{title}", "${HOME}", "$(id)", "`id`", "; rm -rf /", "../../etc/passwd", "CON", "NUL.txt", "\\0", "#EXTM3U", "NOTE",
    "WEBVTT", "00:00:01.000 --> 00:00:02.000", "title=x", ";FFMETADATA1", "[CHAPTER]", "[[oUtS]]", "<speak>", "=1+1",
    "x" * 300, "北" * 120, "e" + "\u0301" * 200, "a " * 200, "http://[", "urn:isbn:", "2026-02-30", "null",
    "\x1b]0;x\x07", "\u2066", "\u200f", "\xad", "\ufeff", "\0", "\ud800", "\u0301", "\U000e0041", "\u3164", "\u2800",
    "\u2028", "🚀", "!",
]  # fmt: skip
WORDS = st.lists(
    st.text(ODD, min_size=1, max_size=12)
    | st.text(min_size=1, max_size=40)
    | st.sampled_from([*TRAPS, "Rain", "ferry"]),
    min_size=1,
    max_size=5,
).map(" ".join)
NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _in_xml(text: str) -> str:
    return escape(NO_XML.sub("", text))


PLACES = ("title", "author", "subject", "description", "rights", "series", "identifier", "heading", "text", "publisher")
ALL_WORDS = st.fixed_dictionaries(dict.fromkeys(PLACES, WORDS))


def _book(words: dict[str, str]) -> bytes:
    """An EPUB that says all of itself."""
    said = {place: _in_xml(text) for place, text in words.items()}
    pages = {
        "a": "<h1>{title}</h1><p>It rained.</p><p>{text}</p>".format(**said),
        "b": "<h1>{heading}</h1><p>{text}</p><p>It fell on all.</p>".format(**said),
    }
    contents = '<li><a href="a.xhtml">{title}</a></li><li><a href="b.xhtml">{heading}</a></li>'.format(**said)
    facts = (
        "<dc:identifier>{identifier}</dc:identifier><dc:creator>{author}</dc:creator><dc:subject>{subject}</dc:subject>"
        "<dc:description>{description}</dc:description><dc:rights>{rights}</dc:rights>"
        '<dc:publisher>{publisher}</dc:publisher><meta property="belongs-to-collection" id="c">{series}</meta>'
    ).format(**said)
    return archive(book_entries(pages, contents, facts, title=said["title"]))


def _message(words: dict[str, str]) -> bytes:
    """An agency's message in JSON, which can hold half a surrogate pair and any control character."""
    body = "<p>It rained.</p><h2>{}</h2><p>{}</p>".format(escape(words["heading"]), escape(words["text"]))
    return json.dumps(
        {
            "uri": words["identifier"],
            "type": "text",
            "language": "en",
            "headline": words["title"],
            "byline": words["author"],
            "copyrightnotice": words["rights"],
            "description_text": words["description"],
            "subject": [{"name": words["subject"]}],
            "body_xhtml": body,
        }
    ).encode()


def _plain(words: dict[str, str]) -> bytes:
    lines = [
        words["title"],
        f"By {words['author']}",
        "It rained.",
        f"- {words['heading']} -",
        words["text"],
        "It fell.",
    ]
    return "\n\n".join(lines).encode("utf-8", "replace")


def _page(words: dict[str, str]) -> bytes:
    said = {place: escape(text) for place, text in words.items()}
    return (
        (
            '<html lang="en"><head><title>{title}</title><meta name="author" content="{author}">'
            '<meta name="description" content="{description}"><meta name="keywords" content="{subject}"></head>'
            "<body><article><h1>{title}</h1><p>It rained.</p><h2>{heading}</h2><p>{text}</p><p>It fell.</p></article>"
            "</body></html>"
        )
        .format(**said)
        .encode("utf-8", "replace")
    )


DOCUMENTS = {"epub": _book, "json": _message, "txt": _plain, "html": _page}


def _built(kind: str, words: dict[str, str], folder: Path, engine: str) -> Edition | None:
    """The edition in all formats, or nothing where the document was refused in one sentence."""
    document = folder / f"article.{kind}"
    document.write_bytes(DOCUMENTS[kind](words))
    spoken = Speech(engine=engine)
    try:
        made = Settings(spoken, formats=EVERYTHING, publisher=words["publisher"], date="2026-11-30")
        return build(document, folder / "made", made)
    except AudioEditionError as refused:
        error = refused
    assert error.message and error.remedy, error  # noqa: PT018 - both, or it is no message
    assert not list((folder / "made").glob("*"))
    return None


def _same(text: str) -> str:
    """White space is not what differs: markup and tags fold it."""
    return " ".join(text.split())


def _mp3_text(path: Path, frame: str) -> str:
    """What mutagen reads."""
    tags = MP3(path).tags
    assert tags is not None
    return str(tags[frame])


def _m4b_title(path: Path) -> str:
    tags = MP4(path).tags
    assert tags is not None
    return str(tags["\xa9nam"][0])


def _text_of(page: Path, path: str) -> str:
    (found,) = html.fromstring(page.read_bytes()).xpath(path)
    return str(found.text_content())


def _tags(path: Path) -> tuple[dict[str, str], list[str]]:
    """What FFprobe reads: tags and titles of chapters."""
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_chapters", str(path)]
    read = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return read["format"].get("tags", {}), [one.get("tags", {}).get("title", "") for one in read["chapters"]]


def _xml_in(path: Path, member: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(member))


def _texts(root: etree._Element, path: str) -> list[str]:
    return [_same("".join(found.itertext())) for found in root.iterfind(path)]


def _read_back(edition: Edition) -> Iterator[tuple[str, str]]:
    """The title as each package has it, by the package."""
    mp3, m4b, book = (the_file(edition, ending) for ending in (".mp3", ".m4b", ".epub"))
    daisy = the_file(edition, "-daisy202.zip")
    yield "mp3 by mutagen", _mp3_text(mp3, "TIT2")
    yield "mp3 by ffprobe", _tags(mp3)[0]["title"]
    yield "m4b by mutagen", _m4b_title(m4b)
    yield "m4b by ffprobe", _tags(m4b)[0]["title"]
    yield "epub", _texts(_xml_in(book, "EPUB/package.opf"), ".//{*}title")[0]
    yield "daisy", _texts(_xml_in(daisy, "ncc.html"), ".//{*}title")[0]
    yield "transcript", _text_of(edition.folder / "transcript.html", "//title")
    yield "page", _text_of(edition.folder / "index.html", "//h1")
    yield "audiobook", json.loads((edition.folder / "publication.json").read_bytes())["name"]
    yield "tracks", _mp3_text(sorted((edition.folder / "tracks").glob("*.mp3"))[0], "TALB")
    yield "playlist", (edition.folder / "playlist.m3u8").read_text("utf-8").splitlines()[1].removeprefix("#PLAYLIST:")


def _chapters_read_back(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    mp3, m4b, book = (the_file(edition, ending) for ending in (".mp3", ".m4b", ".epub"))
    yield "mp3", _tags(mp3)[1]
    yield "m4b", _tags(m4b)[1]
    yield (
        "chapters.json",
        [one["title"] for one in json.loads((edition.folder / "chapters.json").read_bytes())["chapters"]],
    )
    yield "epub", _texts(_xml_in(book, "EPUB/nav.xhtml"), ".//{*}nav[1]//{*}a")


def _feed_titles(edition: Edition, folder: Path) -> list[str]:
    publish_site(folder / "site", [edition.folder], base_url="https://radio.example/")
    read = feedparser.parse((folder / "site" / "feed.xml").read_bytes())
    assert not read.bozo, read.bozo_exception
    return [entry.title for entry in read.entries]


def _tried(kind: str, words: dict[str, str], engine: str) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        edition = _built(kind, words, folder, engine)
        if not edition:
            return "refused"
        errors = [one for one in check(edition.folder, programs=False).findings if one.level == "error"]
        assert errors == []
        title = _same(one_line(edition.recording.script.title))
        for package, read in _read_back(edition):
            assert _same(read) == title, package
        tracks = [_same(one_line(track.title)) for track in track_list(edition.recording)]
        for package, titles in _chapters_read_back(edition):
            assert [_same(read) for read in titles] == tracks, package
        assert [_same(read) for read in _feed_titles(edition, folder)] == [title]
        return "made"


@pytest.mark.tool("ffprobe", "apt-get install ffmpeg")
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_any_words_read_back_equal(kind: str) -> None:
    """From every package, by mutagen, FFprobe, lxml and feedparser; `check` finds no error."""
    outcomes = []

    @settings(max_examples=15, phases=PHASES)
    @given(ALL_WORDS)
    def search(words: dict[str, str]) -> None:
        outcomes.append(_tried(kind, words, "tone"))

    search()
    assert "made" in outcomes


@pytest.mark.parametrize("engine", ["espeak", "piper"])
def test_any_words_are_spoken_or_told(engine: str, request: pytest.FixtureRequest) -> None:
    """What a voice can't say is a finding, and costs no more than its sentence."""
    request.getfixturevalue(engine)  # skips where it is not installed

    @settings(max_examples=6, phases=PHASES)
    @given(ALL_WORDS)
    def search(words: dict[str, str]) -> None:
        assert _tried("html", words, engine) in ("made", "refused")

    search()
