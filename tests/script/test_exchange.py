"""The script as JSON: what it looks like, that it comes back as it went, and what is said of one that is not sound."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.errors import ScriptError
from audio_edition.model import (
    Article,
    Block,
    Chapter,
    Creator,
    Credit,
    Finding,
    Heading,
    Image,
    Item,
    Level,
    List,
    Metadata,
    Paragraph,
    Passage,
    Pause,
    Pauses,
    Picture,
    Pronunciation,
    Quote,
    Role,
    Row,
    Script,
    Span,
    Table,
    Text,
    Utterance,
)
from audio_edition.script import exchange, is_script, script_from_json, script_to_json, write_script
from support.cells import cell_of
from support.work import growth

ARTICLE = Article(
    "Schnee über München",
    (
        Paragraph(Text("IS left. 你好。世界。", (Span(0, 2, "strong"),))),
        Paragraph(Text("Il pleut.", language="fr")),
        Heading(Text("Next")),
    ),
    (Credit("ROME (AFP)", "dateline"),),
    findings=(Finding("odd", "note", "Odd."),),
)
SOUND = """{
  "format": "audio-edition script",
  "version": 2,
  "title": "T",
  "chapters": [
    {"id": "c01", "title": "T", "blocks": [
      {"type": "paragraph", "text": {"id": "c01-p001", "parts": [
        {"id": "c01-p001-s01", "text": "T"},
        {"pause_ms": 1000}
      ]}}
    ]}
  ]
}"""


def test_each_utterance_and_pause_is_on_a_line_that_a_person_can_edit() -> None:
    """Letters are not escaped, and what can be left out is."""
    assert (
        script_to_json(write_script(ARTICLE, Pauses()))
        == """{
  "format": "audio-edition script",
  "version": 2,
  "title": "Schnee über München",
  "language": "en",
  "published": "",
  "source": "",
  "byline": "",
  "dateline": "ROME (AFP)",
  "chapters": [
    {"id": "c01", "title": "Schnee über München", "level": 1, "blocks": [
      {"type": "heading", "level": 1, "text": {"id": "c01-p001", "role": "title", "parts": [
        {"id": "c01-p001-s01", "text": "Schnee über München"},
        {"pause_ms": 800, "reason": "after title"}
      ]}},
      {"type": "paragraph", "text": {"id": "c01-p002", "role": "dateline", "parts": [
        {"id": "c01-p002-s01", "text": "ROME (AFP)", "spoken": "Rome. A-F-P."},
        {"pause_ms": 600, "reason": "after dateline"}
      ]}},
      {"type": "paragraph", "text": {"id": "c01-p003", "role": "body", "parts": [
        {"id": "c01-p003-s01", "text": "IS left.", "spoken": "I-S left.", "spans": [[0, 2, "strong"]]},
        {"pause_ms": 250, "reason": "sentence"},
        {"id": "c01-p003-s02", "text": "你好。"},
        {"pause_ms": 250, "reason": "sentence"},
        {"id": "c01-p003-s03", "text": "世界。", "space_before": false},
        {"pause_ms": 650, "reason": "paragraph"}
      ]}},
      {"type": "paragraph", "text": {"id": "c01-p004", "role": "body", "language": "fr", "parts": [
        {"id": "c01-p004-s01", "text": "Il pleut.", "language": "fr"},
        {"pause_ms": 900, "reason": "before heading"}
      ]}}
    ]},
    {"id": "c02", "title": "Next", "level": 2, "blocks": [
      {"type": "heading", "text": {"id": "c02-p001", "role": "heading", "parts": [
        {"id": "c02-p001-s01", "text": "Next"},
        {"pause_ms": 1000, "reason": "end"}
      ]}}
    ]}
  ],
  "findings": [
    {"id": "odd", "level": "note", "message": "Odd."}
  ]
}
"""
    )


def test_the_least_script_is_sound() -> None:
    """Title, chapters, ids and texts are all that must be there; the rest has defaults."""
    parts = (Utterance("c01-p001-s01", "T", "T"), Pause(1000, ""))
    expected = Script("T", (Chapter("c01", "T", (Paragraph(Passage("c01-p001", "body", parts)),)),))
    assert script_from_json(SOUND, "it") == expected
    assert script_from_json("\ufeff" + SOUND, "it") == expected


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
SPOKEN = TEXTS.filter(str.strip)
LANGUAGES = st.sampled_from(["en", "pt-BR", "zh-Hant-TW", "de-1996"])
ROLES: st.SearchStrategy[Role] = st.sampled_from(get_args(Role))


@st.composite
def pronunciations(draw: st.DrawFn, spoken: str) -> tuple[Pronunciation, ...]:
    """Some parts of a text, apart and in order."""
    places = draw(st.lists(st.integers(0, len(spoken)), max_size=6, unique=True).map(sorted))
    pairs = zip(places[::2], places[1::2], strict=False)
    return tuple(Pronunciation(start, end, "ʃiː ˈɑ̃") for start, end in pairs if spoken[start:end].strip())


@st.composite
def passages(draw: st.DrawFn, name: str) -> Passage:
    role, spoken = draw(ROLES), draw(SPOKEN)
    text = draw(SPOKEN)
    span = (Span(0, len(text), "link", "https://example.org/a"),) if draw(st.booleans()) else ()
    utterance = Utterance(
        f"{name}-s01", text, spoken, role, draw(st.just("") | LANGUAGES), draw(st.booleans()),
        draw(pronunciations(spoken)), span, draw(TEXTS), draw(TEXTS),
    )  # fmt: skip
    return Passage(
        name, role, (utterance, Pause(draw(st.integers(0, 60_000)), draw(TEXTS))), draw(st.just("") | LANGUAGES)
    )


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    chapters = []
    image = Image("3f9a.png", "image/png", draw(st.binary(max_size=9)), 3, 4)
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        blocks: list[Block[Passage]] = []
        for number in range(1, draw(st.integers(1, 3)) + 1):
            passage = draw(passages(f"c{chapter:02d}-p{number:03d}"))
            of_one: list[Block[Passage]] = [Paragraph(passage), Heading(passage, 3), Picture(passage, image.name)]
            around: list[Block[Passage]] = [
                Quote((Paragraph(passage),)), List((Item((Paragraph(passage),), 4),), ordered=True),
            ]  # fmt: skip
            silent = cell_of(
                Passage(f"c{chapter:02d}-p{number + 50:03d}", "cell", unspoken=Text("–")), headers=((0, 0),)
            )
            table = Table((Row((cell_of(passage, "column"), silent), "head"),))
            blocks.append(draw(st.sampled_from([*of_one, *around, table])))
        chapters.append(Chapter(f"c{chapter:02d}", draw(SPOKEN), tuple(blocks), draw(st.integers(1, 6))))
    levels: st.SearchStrategy[Level] = st.sampled_from(get_args(Level))
    findings = draw(st.lists(st.builds(Finding, TEXTS, levels, TEXTS, TEXTS, TEXTS, TEXTS), max_size=2))
    return Script(
        draw(TEXTS),
        tuple(chapters),
        draw(LANGUAGES),
        published=draw(st.sampled_from(["", "2026-11-22"])),
        source=draw(TEXTS),
        byline=draw(TEXTS),
        dateline=draw(TEXTS),
        metadata=Metadata((Creator(draw(TEXTS), "translator"),), subjects=(draw(TEXTS),), cover=image.name),
        images=(image,),
        findings=tuple(findings),
    )


@given(scripts())
def test_a_script_comes_back_as_it_went(script: Script) -> None:
    """Nothing is lost between script and JSON, and every JSON is known for a script."""
    text = script_to_json(script)
    assert script_from_json(text, "it") == script
    assert is_script(text)
    for part in (part for chapter in script.chapters for part in chapter.parts if isinstance(part, Pause)):
        assert f'  {{"pause_ms": {part.milliseconds}, ' in text


def test_half_a_character_can_be_written_to_a_file() -> None:
    """A lone surrogate is escaped, and comes back."""
    script = write_script(Article("a \ud800 b", ()), Pauses())
    text = script_to_json(script)
    text.encode()
    assert script_from_json(text, "it") == script


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (SOUND, True),
        (" \n" + SOUND, True),
        (SOUND[: len(SOUND) // 2], True),
        (SOUND.replace('"format"', '"fromat"'), True),
        (SOUND.replace('"audio-edition script"', '"audio edition"'), True),
        ('{"title": "x", "chapters": [', True),
        ('[{"id": "c01", "parts": []}]', True),
        (json.dumps({"a": 1}), False),
        (json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": []}), False),
        (json.dumps({"uri": "x", "version": "1", "title": "x", "body_text": 'He wrote {"chapters": []}.'}), False),
        ("[Update] The ferry left. [1]", False),
        ("{sic} he wrote", False),
        ("Baghuz (Syria) (AFP)", False),
        ("", False),
    ],
)
def test_scripts_are_told_from_other_json(text: str, verdict: bool) -> None:
    """Scripts, also broken ones, are known, so that what is wrong in them is said; the rest is for readers."""
    assert is_script(text) is verdict


def changed(**changes: Any) -> str:
    """The sound script with values replaced: a path of keys, joined by __, to the new value; ... removes it."""
    value = json.loads(SOUND)
    for path, new in changes.items():
        *keys, last = [int(key) if key.isdecimal() else key for key in path.split("__")]
        place = value
        for key in keys:
            place = place[key]
        if new is ...:
            del place[last]
        else:
            place[last] = new
    return json.dumps(value)


BLOCK = "chapters__0__blocks__0"
PASSAGE = f"{BLOCK}__text"
UTTERANCE = f"{PASSAGE}__parts__0"
PAUSE = f"{PASSAGE}__parts__1"


def sounds(pronunciations: list[Any]) -> str:
    return changed(**{f"{UTTERANCE}__pronunciations": pronunciations})


UNSOUND = [
    ('{"format": }', "it, line 1, column 12: this is not JSON", "missing comma"),
    ("", "line 1, column 1", "missing"),
    (SOUND[:-1], "line 13, column 1", "bracket"),
    ("[" * 200_000, "nested too deeply", "--format json"),
    ("[]", "the script: here stands a list, not an object", "an object"),
    ('{"title": "a", "title": "b"}', 'the key "title" stands twice', "Remove"),
    ('{"version": NaN}', "the number NaN is out of", "0 to 60000"),
    ('{"version": -Infinity}', "the number -Infinity is out of", "0 to 60000"),
    ('{"version": 1e400}', "the number 1e400 is out of", "0 to 60000"),
    ('{"version": ' + "9" * 5_000 + "}", "the number 99999", "0 to 60000"),
    (changed(format="other"), '"other" version 2, not "audio-edition script" version 2', "again"),
    (changed(version=1), "version 1, not", "audio-edition script DOCUMENT --format json"),
    (changed(version=True), "version: here stands true or false, not a whole number", "whole number"),
    (changed(titel="x"), 'there is no key "titel" here', 'Did you mean "title"?'),
    (changed(qqqqq="x"), 'there is no key "qqqqq" here', "Known are: format"),
    (changed(title=...), 'the key "title" is missing', 'Add "title": a text'),
    (changed(title=None), "title: here stands nothing, not a text", "a text"),
    (changed(language="english language"), 'language: "english language" is not a language tag', "pt-BR"),
    (changed(chapters=[]), "chapters: the script has no chapter", "at least one"),
    (changed(chapters__0="x"), "chapters[0]: here stands a text, not an object", "an object"),
    (changed(chapters__0__id="1"), 'chapters[0].id: "1" is not an id', "c02"),
    (changed(chapters__0__title=" "), "chapters[0].title: this is empty", "remove"),
    (changed(chapters__0__level=7), "chapters[0].level: 7 is not a heading level", "1 to 6"),
    (changed(**{f"{PASSAGE}__parts": [{"pause_ms": 5}]}), "(c01): the chapter has no utterance", "Remove the chapter"),
    (changed(**{f"{UTTERANCE}__id": "c01-p1-s1"}), 'parts[0].id: "c01-p1-s1" is not an id', "c02-p003-s01"),
    (changed(**{f"{UTTERANCE}__id": "c02-p001-s01"}), "c02-p001-s01 stands in passage c01-p001", "c01-p001-"),
    (changed(**{f"{UTTERANCE}__text": "  "}), "blocks[0].text.parts[0] (c01-p001-s01).text: this is empty", "whole"),
    (changed(**{f"{UTTERANCE}__spoken": ""}), "(c01-p001-s01).spoken: this is empty", "whole line"),
    (changed(**{f"{UTTERANCE}__text": 5}), "parts[0].text: here stands a whole number, not a text", "a text"),
    (changed(**{f"{PASSAGE}__role": "boddy"}), 'text.role: "boddy" is not known', 'Did you mean "body"?'),
    (changed(**{f"{UTTERANCE}__language": "-"}), '(c01-p001-s01).language: "-" is not a language tag', "en"),
    (changed(**{f"{UTTERANCE}__space_before": 1}), "space_before: here stands a whole number", "true or false"),
    (changed(**{f"{UTTERANCE}__tempo": "x"}), 'blocks[0].text.parts[0]: there is no key "tempo" here', "Known are"),
    (sounds([{"said": "T"}]), 'pronunciations[0]: the key "ipa" is missing', '"ipa": a text'),
    (sounds([{"said": "T", "ipa": "t5"}]), "(c01-p001-s01).pronunciations[0].ipa: “5” is not IPA", "dictionary"),
    (sounds([{"said": "T", "ipa": "]]"}]), "pronunciations[0].ipa: “]” is not IPA", "dictionary"),
    (sounds([{"said": "T", "ipa": ""}]), "pronunciations[0].ipa: this is empty", "remove"),
    (sounds([{"said": "T", "ipa": "t" * 101}]), "pronunciations[0].ipa: 101 characters are too many", "100"),
    (sounds([{"said": "x", "ipa": "t"}]), "pronunciations[0]: “x” does not stand in what is spoken", "spoken"),
    (sounds([{"said": "T", "ipa": "t"}] * 2), "pronunciations[1]: “T” does not stand in what is spoken", "order"),
    (sounds([{"said": "T", "ipa": "t", "start": 1}]), "pronunciations[0]: “T” does not stand in", "spoken"),
    (sounds([{"said": "T", "ipa": "t", "start": -1}]), "pronunciations[0]: “T” does not stand in", "spoken"),
    (sounds([{"said": " ", "ipa": "t"}]), "pronunciations[0].said: this is empty", "remove"),
    (sounds(["T"]), "pronunciations[0]: here stands a text, not an object", "an object"),
    (changed(**{PAUSE: {"id": "c01-p001-s01", "text": "T"}}), "id c01-p001-s01 stands twice", "one"),
    (changed(**{f"{PAUSE}__pause_ms": -1}), "parts[1].pause_ms: a pause of -1 ms", "0 to 60000"),
    (changed(**{f"{PAUSE}__pause_ms": 60_001}), "a pause of 60001 ms", "0 to 60000"),
    (changed(**{f"{PAUSE}__pause_ms": 0.5}), "pause_ms: here stands a fraction, not a whole number", "whole"),
    (changed(**{f"{PAUSE}__text": "x"}), 'parts[1]: there is no key "text" here', "pause_ms"),
    (changed(**{f"{PASSAGE}__id": "c02-p001"}), "c01-p001-s01 stands in passage c02-p001", "c02-p001-"),
    (changed(**{f"{BLOCK}__type": "heading", f"{BLOCK}__level": 9}), "blocks[0].level: it", "again"),
    (changed(**{f"{BLOCK}__type": "paragrph"}), "chapters[0].blocks[0]: it has no “type” that is one of", "again"),
    (changed(**{f"{BLOCK}__txet": "x"}), "chapters[0].blocks[0].txet: it is not known here", "again"),
    (changed(**{f"{UTTERANCE}__spans": [[0, 2, "strong"]]}), "spans[0]: it lies outside its text", "again"),
    (changed(**{f"{UTTERANCE}__spans": [[0, 1, "link", "javascript:x"]]}), '"javascript:x" is not a link', "https:"),
    (changed(**{f"{UTTERANCE}__spans": [[0, 1, "math", "<math><script/></math>"]]}), "no MathML", "Take it out"),
    (changed(**{f"{UTTERANCE}__spans": [[0, 1, "image", "a.png"]]}), 'images: there is no "a.png"', "Put the picture"),
    (changed(images=[{"name": "../a.png", "media_type": "image/png", "data": ""}]), '"../a.png" is no', "3f9a0c"),
    (changed(images=[{"name": "a.png", "media_type": "image/png", "data": "!"}]), "this is not Base64", "again"),
    (changed(images=[{"name": "a.png", "media_type": "text/html", "data": ""}]), "is not that of a.png", "image/png"),
    (changed(findings=[{"id": "x", "level": "bad", "message": ""}]), 'findings[0].level: "bad" is not known', "error"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "remedy"), UNSOUND, ids=[message for _, message, _ in UNSOUND])
def test_what_is_unsound_is_named_with_place_and_remedy(text: str, message: str, remedy: str) -> None:
    """Every mistake gives one sentence with the file and the place, and what to do."""
    with pytest.raises(ScriptError) as caught:
        script_from_json(text, "it")
    assert caught.value.message.startswith("it")
    assert caught.value.message.endswith(".")
    assert message in caught.value.message
    assert remedy in caught.value.remedy


def test_two_chapters_of_one_id_are_refused() -> None:
    """Chapter ids name files and anchors, so they are unique."""
    chapter = json.loads(SOUND)["chapters"][0]
    with pytest.raises(ScriptError, match="the id c01 stands twice"):
        script_from_json(changed(chapters=[chapter, chapter]), "it")


@pytest.mark.parametrize("letter", ["x", "é"])
def test_a_script_of_unreasonable_size_is_refused(letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit counts bytes, and is told before anything is parsed."""
    monkeypatch.setattr(exchange, "LIMIT_BYTES", 1_000_000)
    with pytest.raises(ScriptError, match="it is larger than 1 MB"):
        script_from_json(letter * (1_000_001 // len(letter.encode()) + 1), "it")


OTHER_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "text", "parts", "chapters", "x"]), inner),
)


@given(OTHER_JSON)
def test_any_other_json_is_an_error_that_a_user_can_read(value: Any) -> None:
    """No shape of JSON raises anything but ScriptError."""
    with pytest.raises(ScriptError):
        script_from_json(json.dumps(value), "it")


@pytest.mark.usefixtures("own_heap")
def test_time_grows_with_the_utterances_only() -> None:
    """A script of four times the sentences takes some four times as long to be written and read back."""

    def script(sentences: int) -> Script:
        return write_script(Article("T", (Paragraph(Text("A man. " * sentences)),)), Pauses())

    def read_back(script: Script) -> None:
        assert script_from_json(script_to_json(script), "it") == script

    assert growth(script, read_back, 5_000, 20_000) < 10


@pytest.mark.parametrize("key", ["text", "spoken"])
def test_a_control_character_in_an_edited_script_is_named(key: str) -> None:
    """A NUL would end the sentence for the engine: it is refused, with its place."""
    value = json.loads(SOUND)
    value["chapters"][0]["blocks"][0]["text"]["parts"][0][key] = "Hello\x00 there"
    with pytest.raises(ScriptError, match=rf"\.{key}: it holds the control character U\+0000"):
        script_from_json(json.dumps(value), "it")


def test_an_endless_sentence_is_refused() -> None:
    """A sentence of an edited script has a length that an engine and a listener can bear."""
    value = json.loads(SOUND)
    value["chapters"][0]["blocks"][0]["text"]["parts"][0]["text"] = "word " * 1000
    with pytest.raises(ScriptError, match="5000 characters are too many for one sentence"):
        script_from_json(json.dumps(value), "it")
