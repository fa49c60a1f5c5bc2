"""Spoken forms by engine: one table tells who reads one otherwise, and nobody else's text is touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.speak import ENGINES
from audio_edition.speak.spoken_forms import ONE_BY_ONE, RULES, Rule, form_for

VOICES = Path(__file__).parents[2] / "docs/voices.md"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_is_for_the_engines_that_it_names(rule: Rule) -> None:
    """Its example is changed for those, and reaches the others as it is written."""
    assert rule.engines < ENGINES.keys()
    assert rule.changed(rule.example) != rule.example
    assert {engine for engine in ENGINES if form_for(engine, rule.example) != rule.example} == rule.engines


@given(st.text(), st.sampled_from(["espeak", "nsss", "piper", "sapi5", "tone", "another"]))
def test_an_engine_without_a_rule_gets_the_spoken_form(text: str, engine: str) -> None:
    """Whatever is in it."""
    assert form_for(engine, text) == text


@pytest.mark.parametrize(
    ("spoken", "form"),
    [
        ("the I-S group", f"the I{ONE_BY_ONE}S group"),
        ("I-S's men", f"I{ONE_BY_ONE}S's men"),
        ("U-S-backed, x-ray, 5-A-B", "U-S-backed, x-ray, 5-A-B"),
        ('He said: "Go!" «Oui»', "He said: “Go!” “Oui”"),
        ("Stop -- now – or ⸺ later", "Stop—now—or—later"),
        ("a well-known 3-2 win", "a well-known 3-2 win"),
    ],
)
def test_kokoro_gets_marks_and_letters_of_its_own(spoken: str, form: str) -> None:
    """Hyphens of words and scores are neither dashes nor initials."""
    assert form_for("kokoro", spoken) == form


def test_the_documents_show_the_table() -> None:
    """Each rule has its row in docs/voices.md, with the engines and the reason."""
    rows = re.findall(r"^\| (.+?) \| `(.+?)` \| (.+?) \| (.+?) \|$", VOICES.read_text("utf-8"), re.MULTILINE)
    shown = {name: (example, engines, why) for name, example, engines, why in rows}
    for rule in RULES:
        assert shown[rule.name] == (rule.example, ", ".join(sorted(rule.engines)), rule.why)
