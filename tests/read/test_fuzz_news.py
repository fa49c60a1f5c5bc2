"""Damaged and hostile messages and feeds: an article or one clear sentence, at once, and nothing else.

AUDIO_EDITION_FUZZ_SECONDS=600 pytest tests/read/test_fuzz_news.py tries that long.
"""

from __future__ import annotations

import itertools
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.limits import PACES, needs_limits, outcome_of
from support.news_tools import BLOCKS, FORMATS, TEXTS, Block
from support.places import ARTICLES
from support.soundness import read_or_refused
from support.work import counted

DOCUMENTS = [
    path.read_bytes()
    for path in sorted(ARTICLES.glob("*/article.*"))
    if path.parent.name.startswith(("atom", "json-feed", "newsml", "ninjs", "nitf", "rss", "text"))
]
PIECES = [
    piece.encode("utf-8", "surrogateescape")
    for piece in [
        *"<>&\"'{}[],:\0\udcff", "</p>", "<p>", "&#0;", "&nbsp;", "]]>", "<![CDATA[", "\\ud800", "null", "-1",
        "<table>", "<td colspan=9999999>", "<note>", "<body>", "<nitf>", "<sup><a href='#x'>1</a></sup>", "<li id=x>",
        "\n\n",
        "=====\n", "CHAPTER I.\n", "1. X\n\n", "Subject: x\n", "<html><header><h1>", "stat:canceled", "type='html'",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "2026-13-45T99",
    ]
]  # fmt: skip


def mutated(data: bytes, draw: random.Random) -> bytes:
    """The document with some of it cut, doubled, moved, or replaced by what breaks readers."""
    for _ in range(draw.randint(1, 6)):
        start = draw.randrange(len(data) + 1)
        end = min(len(data), start + draw.choice([0, 1, 5, 40, 400]))
        change = draw.choice([b"", data[start:end] * 2, draw.choice(PIECES), draw.choice(PIECES) * 20])
        data = data[:start] + change + data[end:]
    return data


@given(st.sampled_from(DOCUMENTS), st.integers(0, 2**32))
def test_damaged_documents_are_read_or_refused(document: bytes, seed: int) -> None:
    """No damage makes a reader fail in another way than by ReadError."""
    read_or_refused(mutated(document, random.Random(seed)))


@given(st.sampled_from(sorted(FORMATS)), TEXTS, BLOCKS, st.integers(0, 2**32))
def test_damaged_bodies_are_read_or_refused(name: str, title: str, blocks: list[Block], seed: int) -> None:
    """Nor does damage in bodies of all kinds."""
    read_or_refused(mutated(FORMATS[name](title, blocks), random.Random(seed)))


@pytest.mark.skipif("AUDIO_EDITION_FUZZ_SECONDS" not in os.environ, reason="AUDIO_EDITION_FUZZ_SECONDS says how long")
def test_long_fuzzing() -> None:
    """The same for as long as one likes; a failure names the seed."""
    end = time.monotonic() + float(os.environ["AUDIO_EDITION_FUZZ_SECONDS"])
    for seed in itertools.count():
        draw = random.Random(seed)
        data = mutated(draw.choice(DOCUMENTS), draw)
        try:
            with counted() as work:
                read_or_refused(data)
        except BaseException as trouble:
            raise AssertionError(f"seed {seed}: {data!r}") from trouble
        assert work.paces < PACES, f"seed {seed} took long"
        if time.monotonic() > end:
            break
    assert seed > 100


G2 = "xmlns='http://iptc.org/std/nar/2006-10-01/'"
LAUGHS = "<!DOCTYPE nitf [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{number} '{f'&a{number - 1};' * 10}'>" for number in range(1, 12)
)
RSS = "<rss><channel><item><title>x</title><description>{}</description></item></channel></rss>"
JSON_FEED = '{{"version": "https://jsonfeed.org/version/1.1", "items": [{}]}}'
HOSTILE: dict[str, Callable[[], str]] = {
    "billion laughs": lambda: LAUGHS + "]><nitf><body><p>&a11;</p></body></nitf>",
    "entities": lambda: (
        f"<!DOCTYPE nitf [<!ENTITY a '{'x' * 900}'>]><nitf><body><p>{'&a;' * 900_000}</p></body></nitf>"
    ),
    "external": lambda: (
        "<!DOCTYPE nitf [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><nitf><body><p>X &a;</p></body></nitf>"
    ),
    "parameter": lambda: (
        "<!DOCTYPE nitf [<!ENTITY % a SYSTEM 'http://localhost:9/x'> %a;]><nitf><body><p>X</p></body></nitf>"
    ),
    "deep": lambda: f"<nitf><body>{'<block>' * 5000}x{'</block>' * 5000}</body></nitf>",
    "deep html": lambda: RSS.format("&lt;div&gt;" * 5000 + "x"),
    "wide": lambda: f"<nitf><body>{'<p>x</p>' * 95_000}</body></nitf>",
    "tags": lambda: f"<nitf><body>{'<p/>' * 4_000_000}</body></nitf>",
    "one text": lambda: f"<nitf><body><p>{'x ' * 4_900_000}</p></body></nitf>",
    "too much": lambda: f"<nitf><body><p>{'x' * 49_000_000}</p></body></nitf>",
    "comment": lambda: f"<!--{'-' * 1_000_000}<nitf><body><p>x</p></body></nitf>",
    "notes": lambda: f"<nitf><body>{'<note type=`npa`>' * 200}x{'</note>' * 200}</body></nitf>".replace("`", "'"),
    "loop": lambda: (
        f"<packageItem {G2}><groupSet root='a'><group id='a'>{'<groupRef idref=`a`/>' * 50_000}</group></groupSet>"
        "</packageItem>"
    ).replace("`", "'"),
    "lists": lambda: '{"uri": "x", "headline": ' + "[" * 4_000_000,
    "objects": lambda: '[{"uri": "x", "headline": "y"' + ', "a": {}' * 290_000 + "}]",
    "digits": lambda: '{"uri": "x", "headline": "x", "n": ' + "9" * 1_000_000 + "}",
    "ninjs html": lambda: '{"uri": "x", "headline": "y", "body_html": "' + "<p>x " * 40_000 + '"}',
    "entries": lambda: JSON_FEED.format('{"title": "x"},' * 100_000 + '{"title": "y"}'),
    "spaces": lambda: RSS.format("&lt;b&gt;" + "\n " * 4_000_000),
    "quasi tags": lambda: RSS.format("&lt;a " * 1_000_000),
    "mail": lambda: "Subject: x\n" + "X: y\n" * 50_000 + "\nText",
    "capitals": lambda: "Title\n\n" + "HEADING\n\n" * 120_000 + "Text",
    "numbers": lambda: "Title\n\n" + "".join(f"{number % 100}. Heading\n\nText\n\n" for number in range(1, 20_000)),
    "chapters": lambda: "Title\n\n" + "Chapter I.\n\n" * 30_000 + "Text",
    "underlines": lambda: "Title\n\n" + "Heading\n=======\n" * 30_000,
    "lines": lambda: "Title\n\nCHAPTER I.\n" + "\n" * 20_000_000 + "Text",
}


@pytest.mark.slow
@needs_limits
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_take_little_time_and_memory(name: str, tmp_path: Path) -> None:
    """They are read or refused within the limits of work and memory, without a file of ours or the network."""
    outcome = outcome_of(HOSTILE[name]().encode(), tmp_path)
    assert outcome.is_within_limits, outcome
    hostname = Path("/etc/hostname")
    if hostname.exists():
        assert hostname.read_text().strip() not in outcome.text
