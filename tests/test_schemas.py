"""The schemas that programs build on: what the program writes is as they say, and each key is explained."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import audio_edition
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.model import Script, Speech
from audio_edition.script import script_from_json, script_to_json
from support.places import ROOT
from support.structured import everything

FOLDER = Path(audio_edition.__file__).with_name("schemas")
SCHEMAS = {name: json.loads((FOLDER / f"{name}.schema.json").read_bytes()) for name in ("edition", "script")}
HUM = Settings(speech=Speech(engine="tone"), formats=("mp3",))
ARTICLE = b"""<article><h1>The gates</h1><p>By <a href="https://a.example/ann">Ann Holt</a></p>
<p>Nine <del>ten</del> gates.</p><ol start="4"><li>North<ul><li>inner</li></ul></li><li value="9">South</li></ol>
<blockquote><p>Shut them.</p></blockquote><table><tr><th>Gate</th><th>Year</th></tr><tr><td>North</td><td></td></tr>
</table><hr><p>&mdash;&mdash;</p></article>"""


def _scripts() -> dict[str, Script]:
    seeds = {path.stem: make_script(path, HUM) for path in sorted((ROOT / "seeds").glob("*.txt"))}
    return {**seeds, "page": make_script(ARTICLE, HUM, "gates.html"), "everything": everything()}


def _faults(name: str, value: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMAS[name])
    return [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(value)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name: str) -> None:
    """Of the draft that they name."""
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_scripts_are_as_the_schema_says() -> None:
    """Of agency texts, of a page, and of a document that holds everything; a script of everything is read back."""
    for name, script in _scripts().items():
        assert _faults("script", json.loads(script_to_json(script))) == [], name
    assert script_from_json(script_to_json(everything()), "everything.json").utterances == everything().utterances


def test_editions_are_as_the_schema_says(tmp_path: Path) -> None:
    """As they are built, with what of the settings and versions stands in them."""
    for name, script in _scripts().items():
        folder = make_edition(script, tmp_path, HUM, folder=name, made_from="abc").folder
        assert _faults("edition", json.loads((folder / "edition.json").read_bytes())) == [], name


def _first_leaf(script: Any) -> Any:
    return script["chapters"][0]["blocks"][0]["text"]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda script: script.pop("title"),
        lambda script: script.update(version=1),
        lambda script: script["chapters"].clear(),
        lambda script: script["chapters"][0].update(parts=[]),
        lambda script: script["chapters"][0]["blocks"][0].update(type="marquee"),
        lambda script: script["chapters"][0]["blocks"][0].update(level=7),
        lambda script: _first_leaf(script).update(role="list item"),
        lambda script: _first_leaf(script)["parts"][0].update(id="one"),
        lambda script: _first_leaf(script)["parts"][0].update(said="?"),
        lambda script: _first_leaf(script)["parts"][1].update(pause_ms=60_001),
        lambda script: _first_leaf(script)["parts"].append("Words."),
        lambda script: script["images"][0].update(name="../secret.png"),
    ],
)
def test_what_no_script_is_the_schema_refuses(break_it: Callable[[Any], object]) -> None:
    """The broken twin of each thing that an editor's program relies on."""
    script = json.loads(script_to_json(everything()))
    break_it(script)
    assert _faults("script", script)


def _keys(schema: Any) -> list[tuple[str, Any]]:
    """Every property of a schema with what it is said to be, at any depth."""
    if isinstance(schema, list):
        return [pair for each in schema for pair in _keys(each)]
    if not isinstance(schema, dict):
        return []
    own = list(schema.get("properties", {}).items())
    return own + [pair for each in schema.values() for pair in _keys(each)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_explained(name: str) -> None:
    """In a sentence of its own, or in that of what it refers to."""
    defined = SCHEMAS[name]["$defs"]
    for key, value in _keys(SCHEMAS[name]):
        told = value.get("description") or defined[value["$ref"].rpartition("/")[2]].get("description")
        assert told, key
        assert told.endswith("."), key


def test_both_schemas_have_the_same_blocks() -> None:
    """A tree is the same in a script and in an edition, but for its leaves."""
    script, edition = SCHEMAS["script"]["$defs"], SCHEMAS["edition"]["$defs"]
    shared = set(script) & set(edition) - {"leaf"}
    assert {"block", "list", "table", "note", "spans"} <= shared
    assert {name for name in shared if script[name] != edition[name]} == set()
