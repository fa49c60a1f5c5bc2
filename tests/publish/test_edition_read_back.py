"""What edition.json was written with is what is read from it: the tree, its texts and what stands in them."""

from __future__ import annotations

import contextlib
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import audio_edition
from audio_edition.edition.folder import read_edition
from audio_edition.edition.write_json import write as write_manifest
from audio_edition.errors import EditionError
from audio_edition.formats import PACKAGES
from audio_edition.model import LINE, Block, Paragraph, Passage, Pause, Script, Utterance, every, with_leaves
from support.recordings import article, of_texts
from support.spoken import spoken_chapter
from support.structured import everything

SCHEMA = json.loads(Path(audio_edition.__file__).with_name("schemas").joinpath("edition.schema.json").read_bytes())
FACTS: dict[str, Any] = {
    "loudness": {"target_lufs": -19.0, "gain_db": 1.5, "limiter_dbtp": -1.5},
    "settings": {"formats": ["mp3"], "pauses_ms": {"sentence": [250]}, "rate_wpm": 175, "volume": 1.0},
    "versions": {"audio-edition": "0.1.0", "ffmpeg": "7.0"},
}


def address() -> Script:
    """A passage of two lines."""
    lines = [Utterance(f"c01-p001-s{n:02}", text, text) for n, text in enumerate(("1 Quay Street", "Leith"), 1)]
    return Script("Address", (spoken_chapter([lines[0], Pause(350, LINE), lines[1]]),))


SCRIPTS = {"article": article, "everything": everything, "address": address}


def _edition(script: Script, folder: Path) -> Path:
    """A folder with the sound and edition.json of a script."""
    edition = folder / "edition"
    edition.mkdir()
    recording = of_texts(folder, script)
    write_manifest(recording, edition, [PACKAGES["mp3"].write(recording, edition, "edition")], FACTS)
    return edition


def _without_lengths(passage: Passage) -> Passage:
    """The passage with no pauses but those where lines end: edition.json has the times of what is said."""
    parts = [part for part in passage.parts if isinstance(part, Utterance) or part.reason == LINE]
    return replace(passage, parts=tuple(Pause(0, LINE) if isinstance(part, Pause) else part for part in parts))


def _told(blocks: tuple[Block[Passage], ...]) -> tuple[Block[Passage], ...]:
    return tuple(with_leaves(block, _without_lengths) for block in blocks)


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_the_tree_is_read_back(tmp_path: Path, script: Any) -> None:
    """Blocks, passages, sentences and spans, and what the document says of itself."""
    made = script()
    edition = read_edition(_edition(made, tmp_path))
    assert [recorded.chapter.blocks for recorded in edition.chapters] == [_told(part.blocks) for part in made.chapters]
    assert edition.metadata == made.metadata
    heads = [(part.id, part.title, part.level) for part in made.chapters]
    assert [(each.chapter.id, each.chapter.title, each.chapter.level) for each in edition.chapters] == heads


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value, as its container and key."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in items for place in [(value, key), *_places(inner)]]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The edition.json of a script that holds everything."""
    return (_edition(everything(), tmp_path_factory.mktemp("rich")) / "edition.json").read_bytes()


@given(data=st.data())
def test_any_value_at_any_place_is_read_or_told(rich: bytes, data: st.DataObject) -> None:
    """Editions come from anywhere: what can't be is an error in one sentence, not a traceback."""
    manifest = json.loads(rich)
    container, key = data.draw(st.sampled_from(_places(manifest)))
    container[key] = data.draw(ANYTHING)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "edition.json").write_text(json.dumps(manifest))
        with contextlib.suppress(EditionError):
            edition = read_edition(Path(folder))
            assert [cue.utterance for part in edition.chapters for cue in part.cues] == [
                said for part in edition.chapters for said in part.chapter.utterances
            ]


# --- the schema


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_editions_are_as_the_schema_says(tmp_path: Path, script: Any) -> None:
    """The schema is itself one that validators take."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    manifest = json.loads((_edition(script(), tmp_path) / "edition.json").read_bytes())
    assert [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(manifest)] == []


def _paragraph(manifest: Any) -> Any:
    return next(block for block in manifest["chapters"][0]["blocks"] if block["type"] == "paragraph")


@pytest.mark.parametrize(
    "break_it",
    [
        lambda manifest: manifest.pop("title"),
        lambda manifest: manifest.update(version=1),
        lambda manifest: manifest.update(mood="cheerful"),
        lambda manifest: manifest["chapters"].clear(),
        lambda manifest: manifest["chapters"][0].pop("blocks"),
        lambda manifest: manifest["chapters"][0]["cues"][0].pop("passage"),
        lambda manifest: manifest["chapters"][0]["cues"][0].update(start=-1),
        lambda manifest: manifest["chapters"][0]["cues"][0].update(role="list item"),
        lambda manifest: manifest["chapters"][0]["cues"][0].update(spans=[[0, 2, "loud"]]),
        lambda manifest: _paragraph(manifest).update(type="marquee"),
        lambda manifest: _paragraph(manifest).update(text="Words."),
        lambda manifest: _paragraph(manifest).pop("text"),
        lambda manifest: manifest["chapters"][1]["blocks"][4]["rows"][0]["cells"][1].update(header="diagonal"),
        lambda manifest: manifest["metadata"]["creators"][0].update(role="owner"),
        lambda manifest: manifest["images"][0].update(name="../secret.png"),
        lambda manifest: manifest["files"][0].update(sha256="abc"),
    ],
)
def test_what_no_edition_is_the_schema_refuses(tmp_path: Path, break_it: Any) -> None:
    """The broken twin of each thing that a program relies on."""
    manifest = json.loads((_edition(everything(), tmp_path) / "edition.json").read_bytes())
    break_it(manifest)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(manifest, SCHEMA)


def test_everything_is_everything() -> None:
    """The script of these tests holds every kind of block."""
    kinds = {type(block).__name__ for chapter in everything().chapters for block in every(chapter.blocks)}
    named = {each["$ref"].rpartition("/")[2].replace("_", "") for each in SCHEMA["$defs"]["block"]["oneOf"]}
    assert {kind.lower() for kind in kinds} == named
    assert Paragraph.__name__ in kinds
