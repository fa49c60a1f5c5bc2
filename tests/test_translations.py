"""What the program itself says is there in each language as a whole, and in no edition in another one."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from lxml import etree, html
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from PIL import Image

import audio_edition
from audio_edition import Settings, Speech
from audio_edition.check.disclosure import disclosure_findings
from audio_edition.formats.disclosure import disclosure, narrated
from audio_edition.model import PERSON, Voice
from audio_edition.site import SiteOptions, publish_site
from audio_edition.translations import Table, known_words, languages, words_for
from audio_edition.translations.locales import plural_category

PACKAGE = Path(audio_edition.__file__).parent
TABLES: tuple[Table, ...] = get_args(Table)
FOR_LISTENERS = [table for table in TABLES if table != "desk"]
DESK = ("de", "en", "fr")
"""The languages of the desk's pages, which are for makers."""
INTERFACE = ("ar", "de", "en", "es", "fr", "hi", "it", "pt", "ru", "zh")
_PUT_TOGETHER = ("level_", "phase_", "kind_", "skipped_", "size_", "colours_", "state_", "mic_", "mend_")
"""How names begin of which there is one for each of a kind."""
_FIELD = re.compile(r"\{\w+\}")
_ADDRESS = re.compile(r"https?://\S+|\S+\.(?:json|mp3|m4b|html|txt|vtt|png|zip|epub|lpf|m3u8)\b")


def _texts(entry: Any) -> list[str]:
    """All that an entry can say."""
    if isinstance(entry, str):
        return [entry]
    return list(entry.values() if isinstance(entry, dict) else entry)


def _fields(text: str) -> list[str]:
    return sorted(_FIELD.findall(text))


# --- the files


def test_a_languages_tables_have_every_word() -> None:
    """A language may lack a table, but no word of one; none is empty, and each is of the same kind as in English."""
    lacks = []
    for language in languages():
        for table in TABLES:
            english, own = words_for(table, "en").by_name, known_words(table, language)
            if own is not None:
                lacks += [(language, table, name) for name in english.keys() ^ own.by_name.keys()]
                lacks += [
                    (language, table, name)
                    for name, entry in own.by_name.items()
                    if type(entry) is not type(english.get(name)) or not all(text.strip() for text in _texts(entry))
                ]
    assert lacks == []


def test_ten_languages_have_every_table_and_all_have_words_for_documents() -> None:
    """The ten are those that spoken forms are written for."""
    whole = [code for code in languages() if all(known_words(table, code) for table in FOR_LISTENERS)]
    assert whole == list(INTERFACE)
    assert [code for code in languages() if known_words("desk", code)] == list(DESK)
    assert all(known_words("document", code) for code in languages())


@pytest.mark.parametrize("language", INTERFACE)
def test_places_to_fill_in_are_those_of_english(language: str) -> None:
    """So that no name or number is lost. The form for one or two may say its number as a word."""
    for table in TABLES:
        english, own = words_for(table, "en").by_name, words_for(table, language).by_name
        for name, entry in own.items():
            wanted = _fields(_texts(english[name])[-1])
            if isinstance(entry, dict):
                by_word = [field for field in wanted if field != "{number}"]
                for category, form in entry.items():
                    allowed = (wanted, by_word) if category in ("zero", "one", "two") else (wanted,)
                    assert _fields(form) in allowed, (table, name, category)
            elif isinstance(entry, str):
                assert _fields(entry) == wanted, (table, name)
            else:
                assert list(map(_fields, entry)) == list(map(_fields, english[name])), (table, name)


@pytest.mark.parametrize("language", INTERFACE)
def test_every_number_has_its_form(language: str) -> None:
    """The plural categories of a language are those of Unicode's CLDR, and none is written in vain."""
    wanted = {plural_category(number, language) for number in range(1_000)} | {"other"}
    for words in filter(None, (known_words(table, language) for table in TABLES)):
        for name, entry in words.by_name.items():
            if isinstance(entry, dict):
                assert set(entry) == wanted, name


def test_slavic_and_arabic_numbers_are_counted_as_people_count() -> None:
    """2 and 5 of a thing are not called alike in Russian; Arabic has a form for two."""
    rows = words_for("script", "ru")
    counted = [rows.counted("rows", number) for number in (1, 2, 5, 11, 21, 22)]
    assert counted == ["1 строка", "2 строки", "5 строк", "11 строк", "21 строка", "22 строки"]
    assert [words_for("script", "ar").counted("rows", number) for number in (1, 2, 3, 11)] == [
        "صف واحد", "صفان", "3 صفوف", "11 صفًّا",
    ]  # fmt: skip


def test_no_word_is_translated_in_vain() -> None:
    """Each name is asked for by the room that its table is for; those of the desk may be put together."""
    rooms: Mapping[Table, tuple[str, ...]] = {
        "document": ("read",), "script": ("script",), "page": ("formats", "site"), "edition": ("formats", "site"),
        "site": ("site",), "pack": (".",), "desk": ("desk",),
    }  # fmt: skip
    unused = []
    for table in TABLES:
        sources = [path for room in rooms[table] for path in (PACKAGE / room).glob("*.*" if room == "." else "**/*.*")]
        code = "\n".join(path.read_text("utf-8") for path in sources if path.suffix in (".py", ".html", ".js"))
        for name in words_for(table, "en").by_name:
            kind = "|".join(rf'["\']{prefix}["\'{{]' for prefix in _PUT_TOGETHER if name.startswith(prefix))
            asked = rf"""["']{name.removeprefix("as_")}["']|\.{name}\b{"|" if kind else ""}{kind}"""
            if not re.search(asked, code):
                unused.append((table, name))
    assert unused == []


@pytest.mark.parametrize("language", INTERFACE)
def test_the_check_knows_the_word_for_synthetic(language: str) -> None:
    """What an edition says of its voices passes, for one voice and for several."""
    words, voice = words_for("edition", language), "Ada (espeak)"
    said = [text for name in ("spoken", "narrator", "narrated", "partly_narrated") for text in words.each(name)]
    texts = [text.format(voices=voice) for text in said]
    manifest: Any = type("Manifest", (), {"voices": (voice,), "persons": (), "has_synthetic_voice": True})
    assert list(disclosure_findings("place", texts, manifest)) == []
    assert list(disclosure_findings("place", [voice], manifest)) != []


@pytest.mark.parametrize("language", INTERFACE)
def test_the_check_knows_who_reads(language: str) -> None:
    """What an edition says of people who read, and of a voice that speaks the rest, passes; a name alone does not."""
    people = [Voice("Jane Doe", "Jane Doe", language, PERSON)]
    both = [*people, Voice("ada", "Ada", language, "espeak")]
    for voices in (people, both):
        facts = {"voices": tuple(voice.name for voice in voices), "persons": ("Jane Doe",)}
        manifest: Any = type("Manifest", (), facts | {"has_synthetic_voice": len(voices) > 1})
        for told in (disclosure(voices, language), narrated(voices, language, wholly=False)):
            assert list(disclosure_findings("place", [told], manifest)) == []
    assert list(disclosure_findings("place", [disclosure(people, language)], manifest)) != []
    assert list(disclosure_findings("place", ["Jane Doe, Ada"], manifest)) != []


# --- editions

SAID = {
    "fr": (
        "Le port et ses grues", "Jeanne Martin", "Le conseil se réunit mardi.", "Année", "Bateaux", "des filets neufs",
        "Nous ne vendrons pas le quai.", "Une grue jaune au bord de l’eau", "Le budget compte deux feuilles.", "barrée",
    ),
    "de": (
        "Der Hafen und seine Kräne", "Hanna Martens", "Der Stadtrat tagt am Dienstag.", "Jahr", "Schiffe", "neue Netze",
        "Wir verkaufen den Kai nicht.", "Ein gelber Kran am Wasser", "Der Haushalt hat zwei Blätter.", "gestrichene",
    ),
    "ru": (
        "Порт и его краны", "Анна Петрова", "Совет собрался во вторник.", "Год", "Суда", "новые сети",
        "Мы не продадим причал.", "Жёлтый кран у воды", "В бюджете два листа.", "зачёркнутая",
    ),
}  # fmt: skip
_ATTRIBUTES = ("alt", "aria-label", "aria-valuetext", "content", "title", "data-words")
_FRAMES_OF_MACHINES = {"TCON", "TXXX", "TSSE", "APIC", "PRIV"}
_MACHINES = {"keywords", "generator", "viewport", "referrer"}


def _document(language: str) -> bytes:
    """An article with a byline, a table, lists, a quotation, a program, a picture, a note and struck words."""
    title, author, sentence, head, other, item, quote, picture, note, struck = SAID[language]
    drawn = io.BytesIO()
    Image.new("RGB", (300, 300), "orange").save(drawn, "PNG")
    address = f"data:image/png;base64,{base64.b64encode(drawn.getvalue()).decode()}"
    return f"""<html lang="{language}"><head><title>{title}</title><meta name="author" content="{author}"></head><body>
<article><h1>{title}</h1><p>{sentence}<a href="#n1" role="doc-noteref">1</a> <del>{struck}</del></p>
<table><tr><th>{head}</th><th>{other}</th></tr><tr><td>2024</td><td>12</td></tr></table>
<ul><li>{item}<ul><li>{item}</li></ul></li></ul><blockquote><p>{quote}</p></blockquote>
<figure><img src="{address}" alt="{picture}"><figcaption>{picture}</figcaption></figure>
<pre><code>x = 1</code></pre><p>{sentence}</p>
<aside id="n1" role="doc-footnote"><p>{note}</p></aside></article></body></html>""".encode()


@pytest.fixture(scope="module", params=SAID)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """A language, the folder of an edition in it, and that of a site that holds the edition alone."""
    language: str = request.param
    place = tmp_path_factory.mktemp(language)
    settings = Settings(Speech(engine="tone"), date="2026-01-05")
    edition = audio_edition.build(_document(language), place / "edition", settings=settings)
    publish_site(place / "site", [edition.folder], options=SiteOptions("https://example.org/"))
    audio_edition.pack(edition.folder, place / "site" / "packed.zip")
    return language, edition.folder, place / "site"


def test_an_edition_and_its_site_say_nothing_in_english(published: tuple[str, Path, Path]) -> None:
    """Not the script, page, books, transcript, tags, site, feed or catalogue: no word that the language has its own
    for."""
    language, edition, site = published
    foreign = _foreign(language)
    shown = dict(_shown(edition)) | {f"site/{name}": text for name, text in _shown(site)}
    assert {"index.html", "transcript.vtt", "site/index.html", "site/feed.xml", "site/opds.json"} <= shown.keys()
    assert any(name.endswith("START-HERE.txt") for name in shown)
    found = [(name, phrase) for name, text in shown.items() for phrase in foreign if _says(text, phrase)]
    assert found == []


def test_english_words_would_be_noticed(tmp_path: Path) -> None:
    """In each kind of file: an English edition is full of them."""
    settings = Settings(Speech(engine="tone"), date="2026-01-05")
    document = _document("fr").replace(b'lang="fr"', b'lang="en"')
    edition = audio_edition.build(document, tmp_path / "edition", settings=settings)
    publish_site(tmp_path / "site", [edition.folder], options=SiteOptions("https://example.org/"))
    foreign = _foreign("fr")
    shown = dict(_shown(edition.folder)) | {f"site/{name}": text for name, text in _shown(tmp_path / "site")}
    told = {name for name, text in shown.items() if any(phrase in text for phrase in foreign)}
    assert told >= {
        "index.html", "transcript.html", "transcript.txt", "transcript.vtt", "contents.html", "publication.json",
        "site/index.html", "site/search.html", "site/404.html", "site/accessibility.html", "site/feed.xml",
    }  # fmt: skip
    for ending in (".mp3", ".m4b", "package.opf", "c01.xhtml", "ncc.html", "content.html"):
        assert any(name.endswith(ending) for name in told), ending


def _foreign(language: str) -> set[str]:
    """What English says, cut at the places to fill in, and the language does not: nothing of less than three
    letters."""
    parts = (part.strip(" .,:;“”‘’«»„–") for text in _all_texts("en") for part in _FIELD.split(text))
    own = "\n".join(_all_texts(language))
    return {part for part in parts if len(re.findall(r"[^\W\d_]", part)) > 2 and not _says(own, part)}


def _all_texts(language: str) -> list[str]:
    tables = [words_for(table, language).by_name for table in FOR_LISTENERS]
    return [text for table in tables for entry in table.values() for text in _texts(entry)]


def _says(text: str, phrase: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text) is not None


def _shown(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file that people or their players show, and each of those in a packed book, with the words in it."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name.startswith("editions/"):
            continue
        if path.suffix == ".mp3":
            yield (
                name,
                "\n".join(str(frame) for frame in ID3(path).values() if frame.FrameID not in _FRAMES_OF_MACHINES),
            )
        elif path.suffix == ".m4b":
            tags: Any = MP4(path).tags
            yield name, "\n".join(str(tags.get(key, "")) for key in ("©ART", "©wrt", "©nrt", "©lyr", "©cmt", "desc"))
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                for inner in packed.namelist():
                    yield f"{name}/{inner}", _ADDRESS.sub("", _words_in(inner, packed.read(inner)))
        else:
            yield name, _ADDRESS.sub("", _words_in(name, path.read_bytes()))


def _words_in(name: str, data: bytes) -> str:
    suffix = Path(name).suffix
    if suffix in (".txt", ".vtt") and not name.endswith("robots.txt"):
        return re.sub(r"^WEBVTT|^NOTE", "", data.decode(), flags=re.MULTILINE)
    if suffix == ".json" and Path(name).name in ("publication.json", "chapters.json", "opds.json"):
        return "\n".join(_named(json.loads(data)))
    if suffix == ".html":
        return "\n".join(_told(html.document_fromstring(data.decode().partition("?>")[2] or data.decode())))
    if suffix in (".xhtml", ".opf", ".xml", ".smil"):
        return "\n".join(_told(etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True))))
    return ""


def _named(value: Any) -> Iterator[str]:
    """The texts of JSON that are there for people."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and key in ("name", "title", "description", "accessibilitySummary", "author"):
                yield inner
            elif not isinstance(inner, str):
                yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)


def _told(root: etree._Element) -> Iterator[str]:
    """The texts of a document, and what its attributes and its script's words say."""
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        text = element.text or ""
        if element.get("id") == "edition":
            yield json.dumps(json.loads(text)["words"], ensure_ascii=False)
        elif name not in ("script", "style", "code", "generator") and not name.startswith("category"):
            yield text
        yield element.tail or ""
        if element.get("name", "") not in _MACHINES and not element.get("http-equiv"):
            yield from (value for key, value in element.items() if key in _ATTRIBUTES)
