"""Small editions in every format, for all tests of the check."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audio_edition import audio
from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.model import (
    PRODUCER_NOTE,
    Article,
    Aside,
    Credit,
    Heading,
    Issue,
    Item,
    List,
    Paragraph,
    Script,
    Span,
    Speech,
    Text,
)
from audio_edition.script import Announcements, write_issue_script
from audio_edition.sign import load_identity, sign_edition
from support.certificates import make_certificates
from support.editions import EVERYTHING, OF_SOUND
from support.structured import everything

FERRY = Article(
    "The ferry is late",
    (
        Paragraph(Text("Nobody minds. It comes when it comes.")),
        List((Item((Paragraph(Text("a whistle")),)),)),
        Heading(Text("What the cook says")),
        Paragraph(Text("Well, bon appétit, mes amis, she says.", (Span(6, 27, "language", "fr"),))),
        Aside((Paragraph(Text("[Producer's note: The menu is left out.]")),), PRODUCER_NOTE),
    ),
    (Credit("By Ada Finch", "byline"),),
    language="en",
    category="Town",
)
BAC = Article("Le bac est en retard", (Paragraph(Text("Personne ne s’en plaint.")),), language="fr", category="Town")


ALONE = """Rain

By Ada Finch

It rained. Nobody minded.

- Sandbags -

They were dry.
"""


def _scripts(settings: Settings) -> dict[str, Script]:
    issue = Issue((FERRY, BAC), "The Courier", settings.date, "en", settings.publisher)
    return {
        "issue": write_issue_script(issue, Announcements(), settings.pauses),
        "alone": make_script(ALONE.encode(), settings, "article"),
        "rich": everything(),
    }


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory, shared_cache: Cache) -> dict[str, Path]:
    """Six editions' folders, which no test changes: of two articles, of one alone, of one that holds every block and
    the same as books of sound, and a signed copy of the second, and its tracks as a library wants them."""
    settings = Settings(Speech(engine="espeak"), formats=EVERYTHING, publisher="The Courier", date="2026-11-22")
    made = {
        name: make_edition(script, tmp_path_factory.mktemp(name), settings, shared_cache).folder
        for name, script in _scripts(settings).items()
    }
    of_sound = replace(settings, book_text="none", formats=OF_SOUND)
    made["sound"] = make_edition(everything(), tmp_path_factory.mktemp("sound"), of_sound, shared_cache).folder
    delivered = replace(settings, profile="nnels", formats=("tracks",))
    script = make_script(ALONE.encode(), delivered, "article")
    made["delivered"] = make_edition(script, tmp_path_factory.mktemp("delivered"), delivered, shared_cache).folder
    certificates = make_certificates(tmp_path_factory.mktemp("certificates"))
    identity = load_identity(certificates.chain, certificates.key)
    signed = sign_edition(made["alone"], identity, tmp_path_factory.mktemp("copies") / "signed").folder
    return made | {"signed": signed}


@pytest.fixture(autouse=True)
def _heard_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What FFmpeg makes of the same bytes is the same: most twins leave the sound as it is, so it is decoded once."""
    for name in ("chapters", "levels", "measured", "excerpts"):
        monkeypatch.setattr(audio, name, _remembering(name, getattr(audio, name)))


_REMEMBERED: dict[object, Any] = {}


def _remembering(name: str, asks: Callable[..., Any]) -> Callable[..., Any]:
    def asked(path: Path, *more: Any) -> Any:
        key = (name, hashlib.sha256(path.read_bytes()).digest(), repr(more))
        if key not in _REMEMBERED:
            answer = asks(path, *more)
            _REMEMBERED[key] = list(answer) if name == "excerpts" else answer
        return (clip for clip in _REMEMBERED[key]) if name == "excerpts" else _REMEMBERED[key]

    return asked
