"""Names made of titles: safe on every file system, readable where the title can be transliterated."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.formats import slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ferry “Gull” sinks — 3 saved!", "ferry-gull-sinks-3-saved"),
        ("Straße nach Århus", "strasse-nach-arhus"),
        ("CON", "con-edition"),
        ("lpt9", "lpt9-edition"),
        ("com10", "com10"),
        ("../../etc/passwd", "etc-passwd"),
        ("北京", "bei-jing"),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    """Words stay whole, signs go, names that Windows keeps are avoided."""
    assert slug(title) == name


@pytest.mark.parametrize("title", ["غرق العبّارة", "जहाज़ डूब गया", "船が沈んだ", "Паром затонул"])
def test_other_scripts_are_transliterated(title: str) -> None:
    """A listener who reads no such script still has a name to go by."""
    assert not slug(title).startswith("edition-")


def test_what_has_no_letters_gets_a_name_of_its_own() -> None:
    """Two such titles do not share a folder."""
    assert re.fullmatch(r"edition-[0-9a-f]{8}", slug("🚢"))
    assert slug("🚢") != slug("🛟")


@given(st.text(st.characters(), max_size=300), st.integers(min_value=20, max_value=60))
def test_every_title_has_a_name(title: str, longest: int) -> None:
    """Whatever the title: a-z, 0-9 and single hyphens between, never empty, never too long."""
    name = slug(title, longest)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= longest
