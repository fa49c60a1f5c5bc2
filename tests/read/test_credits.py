"""Datelines and bylines are told from sentences that only look like them."""

from __future__ import annotations

import pytest

from audio_edition.model import Pauses
from audio_edition.read import read
from audio_edition.read.credits import dateline_of, is_byline
from audio_edition.script import write_script
from support.read_accounting import as_lines


@pytest.mark.parametrize(
    ("line", "agency", "published"),
    [
        ("Baghuz (Syria) (AFP)", "AFP", ""),
        ("Baghuz (Syria) (AFP).", "AFP", ""),
        ("LONDON (Reuters) -", "Reuters", ""),
        ("LONDON (REUTERS)", "Reuters", ""),
        ("Paris, 3 March 2019 (AFP)", "AFP", "2019-03-03"),
        ("PARIS, March 3, 2019 (AFP)", "AFP", "2019-03-03"),
        ("Paris (AFP), 2019-03-03", "AFP", "2019-03-03"),
        ("Paris, 29 Feb 2019 (AFP)", "AFP", ""),
        ("NEW YORK, Sept. 11 2001 (AP)", "AP", "2001-09-11"),
        ("Halvøy (Norway) (QNS)", "QNS", ""),
        ("PORT OF SPAIN (Tidewire)", "Tidewire", ""),
        ("Geneva/Paris (Reuters/AFP)", "Reuters/AFP", ""),
        ("Stratford-upon-Avon (PA Media)", "PA Media", ""),
    ],
)
def test_a_dateline_on_its_own_line(line: str, agency: str, published: str) -> None:
    """Place, perhaps a date, and agency are a dateline; the date counts when it has a year and exists."""
    found = dateline_of(line)
    assert found is not None
    assert (found.text, found.rest, found.agency, found.published) == (line, "", agency, published)


@pytest.mark.parametrize(
    ("dateline", "agency"),
    [
        ("LONDON (Reuters) -", "Reuters"),
        ("PARIS, March 3 (AFP) –", "AFP"),
        ("WASHINGTON (AP) —", "AP"),
        ("WASHINGTON, D.C. (AP) _", "AP"),
        ("NEW DELHI, Nov 22 (Reuters) -", "Reuters"),
        ("BEIJING, Nov. 22 (Xinhua) --", "Xinhua"),
        ("Geneva/Paris (dpa) -", "dpa"),
        ("ZÜRICH (ATS) –", "ATS"),
        ("SÃO PAULO (QNS) -", "QNS"),
        ("L'Aquila, 3 March (ANSA) -", "ANSA"),
        ("Madrid, 3 Mar (EFE).-", "EFE"),
        ("MOSCOW, March 3. /TASS/.", "TASS"),
        ("(ANSA) - Rome, March 3 -", "ANSA"),
        ("al-Hol (Syria) (AFP) -", "AFP"),
        ("ABOARD THE USS EXAMPLE (Tidewire) -", "Tidewire"),
    ],
)
def test_a_dateline_opens_the_first_paragraph(dateline: str, agency: str) -> None:
    """The dateline becomes a credit with its dash as written, the rest stays the paragraph."""
    article = read(f"Headline\n\n{dateline} Ministers met - again.\n".encode()).articles[0]
    assert [(credit.kind, credit.text) for credit in article.credits] == [("dateline", dateline)]
    assert as_lines(article) == ["Ministers met - again."]
    assert article.source == agency


@pytest.mark.parametrize(
    "sentence",
    [
        "He (Smith) - who else? - came.",
        "I (SMITH) - Who else? - came.",
        "The group (ISIS) - which",
        "The Group (ISIS) - which",
        "ISIS (IS) - which",
        "The World Health Organization (WHO) - Geneva's own - met.",
        "The Associated Press (AP) - which reported it - said so.",
        "Ministers met in Paris (AFP) - the city.",
        "Acme Corp (ACME) - Makers of things",
        "London (pictured)",
        "Paris in 1968 (AFP) - Students",
        "LONDON (Reuters) Text without a dash",
        "A" * 80 + " (AFP) - Text",
        "(ISIS) - which",
        "/",
        "(",
    ],
)
def test_a_sentence_with_brackets_is_no_dateline(sentence: str) -> None:
    """Brackets and a dash alone make no dateline."""
    assert dateline_of(sentence) is None


def test_a_dateline_in_a_long_paragraph_is_only_its_opening() -> None:
    """Where the search ends, the paragraph has not ended."""
    opening = "ABCDE " * 25 + "(AFP)"
    for padding in range(12):
        assert dateline_of("X" * padding + opening + " and so on without end") is None


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "BY JANE DOE",
        "By Jane Doe and John Roe",
        "By Jane Doe, Reuters",
        "By Jane van der Berg in London and Omar al-Hadi in Amman",
        "By John Q. Public Jr.",
        "By AFP",
    ],
)
def test_who_wrote_it_is_a_byline(line: str) -> None:
    """By and names alone are a byline."""
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By noon the square was full.",
        "By noon the square was full",
        "By her side, her brother moves forward",
        "By Monday",
        "By Jane Doe.",
        "By",
        "by Jane Doe",
        "Bystanders Saw Smoke",
        "By Jane Doe " + "And So On " * 20,
    ],
)
def test_a_sentence_that_begins_with_by_is_no_byline(line: str) -> None:
    """A sentence stays in the body."""
    assert not is_byline(line)


@pytest.mark.parametrize("lines", [["By Jane Doe", "Baghuz (Syria) (AFP)"], ["Baghuz (Syria) (AFP)", "By Jane Doe"]])
@pytest.mark.parametrize("between", ["\n", "\n\n\n"])
def test_credits_keep_their_order(lines: list[str], between: str) -> None:
    """Byline and dateline come in the order they were written."""
    article = read(between.join(["Headline", *lines, "The text."]).encode()).articles[0]
    assert [credit.text for credit in article.credits] == lines
    assert (article.byline, article.dateline) == ("By Jane Doe", "Baghuz (Syria) (AFP)")
    assert as_lines(article) == ["The text."]


def test_credits_stand_before_the_body_only() -> None:
    """What looks like a credit further down is part of the text."""
    article = read(b"Headline\n\nThe text.\n\nBy Jane Doe\n\nBaghuz (Syria) (AFP)\n\nLONDON (AP) - More.").articles[0]
    assert article.credits == ()
    assert as_lines(article) == [
        "The text.",
        "By Jane Doe",
        "Baghuz (Syria) (AFP)",
        "LONDON (AP) - More.",
    ]


_PAGE = "<html lang=en><title>Rain</title><body><article><h1>Rain</h1>{}<p>{}</p></article>"
_HOLT, _LIND = "https://courier.example/holt", "mailto:bo@courier.example"
_BODY = "It rained on Monday in the harbour, and nobody who lives there was surprised by what they saw. " * 4


@pytest.mark.parametrize(
    ("name", "document", "text", "links"),
    [
        (
            "a.html", _PAGE.format(f"<p>By <a href={_HOLT}>Ann Holt</a> and <a href={_LIND}>Bo Lind</a></p>", _BODY),
            "By Ann Holt and Bo Lind", [("Ann Holt", _HOLT), ("Bo Lind", _LIND)],
        ),
        (
            "a.html", _PAGE.format(f"<div class=meta><a rel=author href={_HOLT}>Ann Holt</a> · 2 May</div>", _BODY),
            "Ann Holt", [("Ann Holt", _HOLT)],
        ),
        (
            "a.html", _PAGE.format("<p>By <a href='#holt'>Ann Holt</a> and <a href='x/lind'>Bo Lind</a></p>", _BODY),
            "By Ann Holt and Bo Lind", [],
        ),
        (
            "a.md", f"# Rain\n\nBy [Ann Holt]({_HOLT})\n\n{_BODY}\n", "By Ann Holt", [("Ann Holt", _HOLT)],
        ),
        (
            "a.md", f"# Rain\n\n[PARIS]({_HOLT}), March 3 (AFP) - {_BODY}\n", "PARIS, March 3 (AFP) -",
            [("PARIS", _HOLT)],
        ),
    ],
)  # fmt: skip
def test_a_credit_keeps_its_links(name: str, document: str, text: str, links: list[tuple[str, str]]) -> None:
    """Where they lead out of the document: to the page of a writer, to an address."""
    (article,) = read(document.encode(), name=name).articles
    (credit,) = article.credits
    assert credit.text == text
    assert [(text[span.start : span.end], span.value) for span in credit.links] == links


def test_a_dateline_on_a_line_of_its_own_has_no_dash() -> None:
    """In the script, and so on the page and in the transcript; a finding has the dash."""
    issue = read(b"Ferry stops\n\nLEITH, Nov. 20, 2026 (Courier) - The ferry stopped.\n", language="en")
    script = write_script(issue.articles[0], Pauses())
    assert [each.text for each in script.utterances if each.role == "dateline"] == ["LEITH, Nov. 20, 2026 (Courier)"]
    assert [finding.text for finding in script.findings if finding.id == "dateline-dash"] == ["-"]
