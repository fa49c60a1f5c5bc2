"""Lists, verse and addresses in plain text are such where their lines leave no doubt; else lines stay as written."""

from __future__ import annotations

import textwrap

import pytest

from audio_edition.model import Article, Block, List, Paragraph, Text, leaves
from audio_edition.read import read
from support.read_accounting import as_lines, assert_accounted

PROSE = textwrap.fill(
    "The last passenger ferry left the flooded harbour shortly before noon on Wednesday, its deck crowded with "
    "pensioners, schoolchildren and a brass band that had refused to leave its tubas behind.",
    72,
)


def article(text: str) -> Article:
    read_ = read(f"Title\n\n{text}".encode(), name="the test", language="en").articles[0]
    assert_accounted(f"Title\n\n{text}", read_)
    return read_


def outline(blocks: tuple[Block[Text], ...], depth: int = 0) -> list[str]:
    """Items with their number or a bullet, further in for each list around theirs; other lines as they are."""
    lines = []
    for block in blocks:
        if not isinstance(block, List):
            lines += [text.text for text in leaves((block,))]
            continue
        numbers = [f"{number}." for number in block.numbers()] if block.ordered else ["-"] * len(block.items)
        for number, item in zip(numbers, block.items, strict=True):
            first, *others = outline(item.blocks, depth + 1)
            lines += [f"{'  ' * depth}{number} {first}", *others]
    return lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• bread\n• flour", ["- bread", "- flour"]),
        ("* bread\n\n* flour", ["- bread", "- flour"]),
        ("▪ bread\n▪ flour", ["- bread", "- flour"]),
        ("•\tbread\n•\tflour", ["- bread", "- flour"]),
        ("- bread\n- flour", ["- bread", "- flour"]),
        ("– bread,\n– flour;", ["- bread,", "- flour;"]),
        ("Take these:\n- Bread.\n- Flour.", ["Take these:", "- Bread.", "- Flour."]),
        ("1. Bread.\n2. Flour.", ["1. Bread.", "2. Flour."]),
        ("1) bread\n2) flour", ["1. bread", "2. flour"]),
        ("(1) bread\n(2) flour", ["1. bread", "2. flour"]),
        ("a) bread\nb) flour", ["1. bread", "2. flour"]),
        ("1. Bread\n   and butter\n2. Flour", ["1. Bread and butter", "2. Flour"]),
        ("- bread\n  - rye\n  - wheat\n- flour", ["- bread", "  - rye", "  - wheat", "- flour"]),
        ("1. Bread\n   • rye\n   • wheat\n2. Flour", ["1. Bread", "  - rye", "  - wheat", "2. Flour"]),
        ("• bread\n• flour\n\nHow it went.", ["- bread", "- flour", "How it went."]),
    ],
)
def test_a_certain_list_is_one(text: str, expected: list[str]) -> None:
    """Bullets, numbers that count from one, dashes before what is no speech; the marks are in a finding."""
    found = article(text)
    assert outline(found.blocks) == expected
    assert [finding.id for finding in found.findings] == ["list-marks"]


@pytest.mark.parametrize(
    "lines",
    [
        ["- Who is there?", "- It is me."],
        ["– Bonjour.", "– Bonsoir, dit-elle."],
        ["— Кто там?", "— Это я."],
        ["She said:", "- “Who is there?”", "- “Me.”"],
        ["2. Flour", "3. Bread"],
        ["1. Bread", "3. Flour"],
        ["1. Bread", "2) Flour"],
        ["- bread"],
        ["1. Bread"],
        ["A. Smith", "B. Jones"],
        ["1. Mai: Tanz am Hafen", "2. Mai: Ruhe"],
        ["1. května: průvod", "2. května: klid"],
        ["2019 was a bad year", "2020 was no better"],
        ["-5 degrees", "-7 degrees"],
    ],
)
def test_what_may_be_no_list_stays_as_written(lines: list[str]) -> None:
    """Dialogue opens with dashes, and a number may be anything."""
    found = article("\n".join(lines))
    assert as_lines(found) == lines
    assert found.findings == ()


def test_a_list_inside_lists_has_an_end() -> None:
    """Lists a thousand deep are lines again."""
    text = "\n".join(f"{' ' * 2 * depth}• item {depth}\n{' ' * 2 * depth}• more" for depth in range(1000))
    assert len(as_lines(article(text))) == 2000


def _broken(block: Block[Text]) -> list[str]:
    assert isinstance(block, Paragraph)
    ends = [span.start for span in block.text.of("break")]
    return [
        block.text.text[start:end].strip() for start, end in zip([0, *ends], [*ends, len(block.text.text)], strict=True)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["   The sea is wide,", "   and the boat is a very little one,", "   and who will row", "   the long night?"],
        ["The Harbour Office", "12 Quay Street", "Halvoy", "Open on weekdays"],
    ],
)
def test_verse_and_addresses_in_wrapped_copy_keep_their_lines(lines: list[str]) -> None:
    """Lines far shorter than those around them, and of all lengths, end on purpose."""
    found = article("\n".join([PROSE, "", *lines, "", PROSE]))
    assert _broken(found.blocks[1]) == [line.strip() for line in lines]


@pytest.mark.parametrize("width", [30, 40, 50])
def test_narrow_prose_in_wrapped_copy_is_prose(width: int) -> None:
    """A quotation set in a narrower column is no poem: its lines are full."""
    quoted = textwrap.fill(PROSE.replace("\n", " "), width, initial_indent="    ", subsequent_indent="    ")
    found = article(f"{PROSE}\n\n{quoted}\n\n{PROSE}")
    assert as_lines(found) == [PROSE.replace("\n", " ")] * 3
    assert not any(text.spans for text in leaves(found.blocks))
