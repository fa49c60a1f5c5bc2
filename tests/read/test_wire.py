"""Headline, paragraphs, subheadings: what a person sees in wire copy is what the article has."""

from __future__ import annotations

import textwrap

import pytest

from audio_edition.model import Article, Heading
from audio_edition.read import read
from support.read_accounting import as_lines, assert_accounted

LONG = (
    "The last passenger ferry left the flooded harbour shortly before noon on Wednesday, its deck crowded with "
    "pensioners, schoolchildren and a brass band that had refused to leave its tubas behind."
)
OTHER = (
    "For three days the spring tide has pushed water up the slipway and over the fish market. Residents have carried "
    "furniture and freezers upstairs."
)


def shown(text: str) -> list[str]:
    """The article as lines: title, credits in brackets, headings with ##, paragraphs, changes of scene as ***."""
    article = read(text.encode(), name="the test").articles[0]
    assert_accounted(text, article)
    return [article.title, *(f"[{credit.text}]" for credit in article.credits), *as_lines(article)]


def findings(text: str) -> dict[str, tuple[str, str]]:
    return {finding.id: (finding.place, finding.text) for finding in read(text.encode()).articles[0].findings}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\v", "\f"], ids=repr)
def test_any_line_ending_ends_a_line(end: str) -> None:
    """Copy from any system has the same lines."""
    assert shown(end.join(["Headline", "", "One.", "", "- Two -", "", "Three.", ""])) == [
        "Headline",
        "One.",
        "## Two",
        "Three.",
    ]


def test_a_headline_alone_is_an_article() -> None:
    """A headline without a body has no blocks."""
    article = read(b"\n\n  Headline \n").articles[0]
    assert article.title == "Headline"
    assert article.blocks == ()


def test_white_space_runs_become_one_space() -> None:
    """Tabs, indents and odd spaces are laid out for the eye, not for the ear."""
    assert shown("Head\tline\n\n\t Some\u00a0 \u2003text. ") == ["Head line", "Some text."]


@pytest.mark.parametrize(
    ("line", "heading", "marks"),
    [
        ("- Blood stains -", "Blood stains", "--"),
        ("– X –", "X", "––"),
        ("-- X --", "X", "----"),
        ("— 1848 —", "1848", "——"),
        ("- Paris - London -", "Paris - London", "--"),
        ("- - X - -", "X", "----"),
        ("  -   Réunion   -  ", "Réunion", "--"),
    ],
)
def test_a_line_between_dashes_is_a_heading(line: str, heading: str, marks: str) -> None:
    """A subheading loses its marks to a finding, wherever paragraphs stand."""
    for between in ("\n", "\n\n"):
        text = between.join(["Headline", "Some text.", line, "More text."])
        assert shown(text) == ["Headline", "Some text.", f"## {heading}", "More text."]
        assert findings(text) == {"heading-marks": (f"line {text[: text.index(line)].count(chr(10)) + 1}", marks)}


@pytest.mark.parametrize(
    "line",
    [
        "- first thing",
        "last thing -",
        "-more-",
        "-X-",
        "-5 degrees -",
        "- " + "long " * 30 + "-",
    ],
)
def test_what_only_looks_like_a_heading_stays_text(line: str) -> None:
    """Lists and odd marks are words of the article."""
    assert shown(f"Headline\n\nSome text.\n\n{line}\n") == ["Headline", "Some text.", line]
    assert findings(f"Headline\n\nSome text.\n\n{line}\n") == {}


def test_headings_may_follow_each_other_repeat_and_end_the_article() -> None:
    """A section may be empty, and two may have one name."""
    article = read(b"Headline\n\n- A -\n\n- A -\n\nText.\n\n- B -\n").articles[0]
    assert as_lines(article) == ["## A", "## A", "Text.", "## B"]
    assert {block.level for block in article.blocks if isinstance(block, Heading)} == {2}
    assert [(finding.place, finding.text) for finding in article.findings] == [("lines 3, 5 and 9", "------")]


@pytest.mark.parametrize(
    "mark",
    [
        "* * *",
        "***",
        "*",
        "-----",
        "- -",
        "— — —",
        "_______",
        "~",
        "#",
        "###",
        "•••",
        "⁂",
        "❦",
        "* ❦ *",
        "-- * --",
        "⸻",
    ],
)
def test_a_line_of_marks_between_paragraphs_parts_scenes(mark: str) -> None:
    """Whatever marks writers set there, it is heard as a pause; the marks are in a finding."""
    text = f"Headline\n\nOne.\n\n{mark}\n\nTwo.\n"
    assert shown(text) == ["Headline", "One.", "***", "Two."]
    assert findings(text) == {"separator": ("line 5", mark.replace(" ", ""))}


@pytest.mark.parametrize("mark", ["-oOo-", "– o0o –", "~oOo~", "--o--"])
def test_letters_among_marks_part_scenes_too(mark: str) -> None:
    """They are no words, and are in the finding."""
    text = f"Headline\n\nOne.\n\n{mark}\n\nTwo.\n"
    assert shown(text) == ["Headline", "One.", "***", "Two."]
    assert findings(text) == {"separator": ("line 5", mark.replace(" ", ""))}


@pytest.mark.parametrize("mark", ["–", "?!", "…", "...", "€ £ $", "👍", "=", "+"])
def test_other_marks_are_left_out_and_found(mark: str) -> None:
    """What can't be said is not in the article, and a finding has it; a silent answer is no change of scene."""
    text = f"Headline\n\nOne.\n\n{mark}\n\nTwo.\n"
    assert shown(text) == ["Headline", "One.", "Two."]
    assert findings(text) == {"separator": ("line 5", mark.replace(" ", ""))}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("***\n\nOne.", ["One."]),
        ("One.\n\n***", ["One."]),
        ("One.\n\n***\n\n* * *\n\nTwo.", ["One.", "***", "Two."]),
        ("One.\n***\nTwo.", ["One.", "***", "Two."]),
        ("One.\n\n***\n\n- Two -\n\nThree.", ["One.", "## Two", "Three."]),
        ("One.\n\n- Two -\n\n***\n\nThree.", ["One.", "## Two", "Three."]),
        ("Goat      Price\n*** *** *** ***\nGerda         7", ["Goat Price", "Gerda 7"]),
    ],
)
def test_a_scene_changes_between_paragraphs_only(body: str, expected: list[str]) -> None:
    """Beside a heading, at an end or twice, marks part nothing more."""
    assert shown(f"Headline\n\n{body}") == ["Headline", *expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One.\n\nTwo.\n\n\n\nThree.", ["One.", "Two.", "***", "Three."]),
        ("One.\n\nTwo.\n\n\nThree.", ["One.", "Two.", "Three."]),
        ("One.\n\n\n\nTwo.\n\n\n\nThree.", ["One.", "Two.", "Three."]),
        ("One.\n\nTwo\n\n\n\nThree.\n\nFour.", ["One.", "Two", "Three.", "Four."]),
        ("One.\n\nTwo.\n\n\n\n- Three -\n\nFour.", ["One.", "Two.", "## Three", "Four."]),
    ],
)
def test_a_wide_gap_parts_scenes_where_others_are_narrow(body: str, expected: list[str]) -> None:
    """Novels have blank space alone; a text that has it everywhere means nothing by it."""
    assert shown(f"Headline\n\n{body}") == ["Headline", *expected]
    assert findings(f"Headline\n\n{body}").keys() <= {"heading-marks"}


def test_marks_around_the_headline_are_left_out() -> None:
    """A rule above or below the headline is neither headline nor body."""
    text = "=====\nHeadline\n=====\n\nParis (AFP)\n----\nText.\n"
    assert shown(text) == ["Headline", "[Paris (AFP)]", "Text."]
    assert findings(text) == {"separator": ("lines 1, 3 and 6", "=" * 10 + "----")}


def test_a_finding_does_not_list_a_thousand_lines() -> None:
    """Places stay readable."""
    place, text = findings("Headline\n" + "***\nText.\n" * 1000)["separator"]
    assert place == "lines 2, 4, 6, 8, 10, 12, 14, 16, 18, 20 and 990 more"
    assert len(text) == 3000


def wrapped(paragraph: str, width: int = 70, indent: str = "") -> str:
    return textwrap.fill(paragraph, width, initial_indent=indent, break_on_hyphens=False)


@pytest.mark.parametrize("width", [50, 64, 72, 80, 100])
def test_wrapped_lines_become_paragraphs(width: int) -> None:
    """Copy wrapped at any width between blank lines has its paragraphs back."""
    text = f"Headline\n\n{wrapped(LONG, width)}\n\n{wrapped(OTHER, width)}\n\n- Two -\n\n{wrapped(LONG, width)}\n"
    assert shown(text) == ["Headline", LONG, OTHER, "## Two", LONG]


def test_a_sentence_that_ends_with_its_line_ends_no_paragraph() -> None:
    """At whatever column copy is wrapped, a full line goes on with the next."""
    for width in range(45, 110):
        text = f"Headline\n\n{wrapped(LONG, width)}\n\n{wrapped(OTHER, width)}"
        assert shown(text) == ["Headline", LONG, OTHER], width


@pytest.mark.parametrize("line", ["-30-", "- 30 -", "(END)", "ENDS", "More", "str/ms/kjm", "bur-ah/jkb"])
def test_a_desks_sign_off_is_left_out_and_said_so(line: str) -> None:
    """What a desk writes under a story for the next desk is not read out; in the story it would be."""
    assert shown(f"Headline\n\nSome text.\n\n{line}\n") == ["Headline", "Some text."]
    assert findings(f"Headline\n\nSome text.\n\n{line}\n") == {"desk-marks": ("line 5", line)}
    assert shown(f"Headline\n\n{line}\n\nSome text.\n") == ["Headline", line, "Some text."]


def test_wrapped_lines_with_indents_become_paragraphs() -> None:
    """Copy that shows a paragraph by its indent alone has its paragraphs back."""
    text = "Headline\n" + "\n".join(wrapped(part, 70, "   ") for part in (LONG, OTHER, LONG[:-1], OTHER))
    assert shown(text) == ["Headline", LONG, OTHER, LONG[:-1], OTHER]


def test_wrapped_lines_with_nothing_between_become_paragraphs() -> None:
    """Where a line ends a sentence and has room to spare, the paragraph ended."""
    text = "Headline\n" + "\n".join(wrapped(part) for part in (LONG, OTHER, "- Two -", LONG, "abc/de"))
    assert shown(text) == ["Headline", LONG, OTHER, "## Two", LONG]


def test_a_list_in_wrapped_copy_keeps_its_items() -> None:
    """Items of a list are not joined into one."""
    items = ["one thing", "another thing", "a third, which is the last"]
    written = "\n".join(f"- {item}" for item in items)
    assert shown(f"Headline\n\n{wrapped(LONG)}\n\n{written}\n\n{wrapped(OTHER)}") == ["Headline", LONG, *items, OTHER]


def test_a_dash_at_the_start_of_a_wrapped_line_is_no_list() -> None:
    """A sentence goes on after its dash, wherever the line broke."""
    sentence = (
        "The councillors of the town voted by eleven to four for it on Monday - and at once went home - said the mayor."
    )
    for width in range(45, 75):
        assert shown(f"Headline\n\n{wrapped(sentence, width)}\n\n{wrapped(LONG, width)}") == [
            "Headline",
            sentence,
            LONG,
        ]


def test_a_paragraph_on_each_line_is_a_paragraph() -> None:
    """Lines that end their sentences are not wrapped, whether long or short."""
    paragraphs = [LONG, "It is wet.", OTHER, LONG[:-1], "“Nobody slept,” she said.", "That was never the point of it."]
    assert shown("\n".join(["Headline", *paragraphs])) == ["Headline", *paragraphs]


def test_short_paragraphs_on_a_line_each_are_not_joined() -> None:
    """A brief whose lines all are short is no wrapped copy."""
    paragraphs = [
        "The ferry left at noon with the band on board.",
        "It rained.",
        "Nobody minded the rain very much, they said.",
    ]
    assert shown("\n".join(["Headline", *paragraphs])) == ["Headline", *paragraphs]


def test_results_and_verse_are_not_joined() -> None:
    """Narrow lines are lines on purpose."""
    lines = ["Alpha 3 Beta 2", "Gamma 1 Delta United 1", "Epsilon 0 Zeta 4"]
    assert shown("\n".join(["Results", "", *lines])) == ["Results", *lines]


def test_a_headline_wrapped_like_the_article_is_one() -> None:
    """Two lines above a blank one are a headline where the article is wrapped too."""
    body = f"{wrapped(LONG)}\n\n{wrapped(OTHER)}\n"
    assert shown(f"Last ferry leaves flooded harbour as\nislanders argue\n\n{body}")[0] == (
        "Last ferry leaves flooded harbour as islanders argue"
    )
    assert shown(f"Last ferry leaves\nas islanders argue\nParis (AFP)\n{body}")[:2] == [
        "Last ferry leaves as islanders argue",
        "[Paris (AFP)]",
    ]
    assert shown(f"Last ferry leaves\nPARIS (AFP) - {body}")[:2] == ["Last ferry leaves", "[PARIS (AFP) -]"]
    assert shown(f"Last ferry leaves\n{body}") == ["Last ferry leaves", LONG, OTHER]


def test_a_line_under_the_headline_is_text_where_lines_are_paragraphs() -> None:
    """Without wrapping a second line is a paragraph of its own."""
    assert shown(f"Headline\nStandfirst\n\n{LONG}\n\n{OTHER}") == ["Headline", "Standfirst", LONG, OTHER]


def test_a_long_headline_stays_whole_and_an_endless_one_is_cut_at_its_sentence() -> None:
    """A headline of 500 characters is one; the whole article on one line is not."""
    assert shown(("word " * 100).strip()) == [("word " * 100).strip()]
    text = "Mr. Smith, who was 71, left the harbour on Monday. " + "He was wet. " * 60
    assert shown(text) == ["Mr. Smith, who was 71, left the harbour on Monday.", ("He was wet. " * 60).strip()]
    assert findings(text) == {"long-title": ("line 1", "")}


@pytest.mark.parametrize(
    ("text", "length"), [("word " * 200, 499), ("x" * 1000, 500), ("長" * 60 + "。" + "い" * 600, 61)]
)
def test_an_endless_headline_without_sentences_is_cut_between_words(text: str, length: int) -> None:
    """There is always a title of a bearable length, and nothing is lost by it."""
    assert len(shown(text)[0]) == length


def test_after_an_endless_headline_there_is_only_body() -> None:
    """The rest of the line is body, so what follows it can't be a credit."""
    assert shown("word " * 200 + "\n\nBy Jane Doe\n\nText.")[2:] == ["By Jane Doe", "Text."]


@pytest.mark.parametrize("first", ["By Jane Doe", "LONDON (Reuters) - Text.", "Paris (AFP)"])
def test_a_credit_in_the_place_of_the_headline_is_warned_of(first: str) -> None:
    """The editor is told when the headline is missing."""
    assert findings(f"{first}\n\nMore text.") == {"no-headline": ("line 1", "")}


def test_a_dateline_over_two_wrapped_lines_is_found() -> None:
    """Wrapping may break a dateline as anything else."""
    body = "BANDAR SERI BEGAWAN, November 22, 2019 (Reuters) - " + LONG
    assert shown(f"Headline\n\n{wrapped(body, 41)}\n\n{wrapped(OTHER, 41)}") == [
        "Headline",
        "[BANDAR SERI BEGAWAN, November 22, 2019 (Reuters) -]",
        LONG,
        OTHER,
    ]


def test_findings_speak_to_editors() -> None:
    """Each finding is a sentence with a place."""
    text = "word " * 200 + "\n\n- A -\n\n***\n\nCaf\ufffd\x07\n"
    article: Article = read(text.encode(), language="en").articles[0]
    assert {finding.id for finding in article.findings} == {
        "long-title",
        "heading-marks",
        "separator",
        "control-characters",
        "replacement-characters",
    }
    for finding in article.findings:
        assert finding.message.endswith(".")
        assert finding.message[0].isupper() or finding.message[0].isdigit()
        assert finding.place.startswith("line")
        assert finding.remedy or finding.level == "note"
