"""What is no plain sentence: pictures, tables, notes, code, quotations, phrases in another language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import Article, Cell, Paragraph, ParagraphKind, Pauses, Phrase, Section, Utterance, joined
from audio_edition.script import write_script


def _said(*paragraphs: Paragraph, language: str = "en") -> list[tuple[str, str]]:
    """Text and spoken form of each utterance under the title."""
    return [(utterance.text, utterance.spoken) for utterance in _utterances(*paragraphs, language=language)]


def _utterances(*paragraphs: Paragraph, language: str = "en") -> tuple[Utterance, ...]:
    return write_script(Article("T", (Section(None, paragraphs),), language=language), Pauses()).utterances[1:]


@pytest.mark.parametrize(
    ("kind", "language", "text", "expected"),
    [
        ("picture", "en", "A cat on a mat", "Picture: A cat on a mat"),
        ("picture", "fr", "Un chat", "Image : Un chat"),
        ("picture", "en-GB", "A cat", "Picture: A cat"),
        ("picture", "sw", "Paka", "Paka"),
        ("caption", "de", "Am Hafen.", "Bildunterschrift: Am Hafen."),
        ("note", "en", "So it is", "Note: So it is. End of note."),
        ("code", "en", "x = y", "Code: x = y. End of code."),
        ("formula", "es", "a más b", "Fórmula: a más b"),
        ("quote", "en", "It rained.", "Quote: It rained. End of quote."),
        ("quote", "en", "“It rained.”", "“It rained.”"),
        ("list item", "en", "1. Go home", "1. Go home"),
        ("body", "en", "Plain.", "Plain."),
    ],
)
def test_what_it_is_is_said_where_the_words_do_not(
    kind: ParagraphKind, language: str, text: str, expected: str
) -> None:
    """A listener can't see a frame around a picture: it is said, and the transcript keeps the text."""
    assert _said(Paragraph(text, kind), language=language) == [(text, expected)]


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [("Ada Finch", "en", "By Ada Finch"), ("By Ada Finch", "en", "By Ada Finch"), ("Ada Finch", "fr", "Par Ada Finch")],
)
def test_a_name_alone_is_said_to_be_the_writers(text: str, language: str, said: str) -> None:
    """Documents give a name, wires a byline."""
    article = Article("T", (Section(None, (Paragraph("Text."),)),), (Paragraph(text, "byline"),), language=language)
    assert write_script(article, Pauses()).utterances[1].spoken.removesuffix(".") == said


def test_only_the_ends_of_a_quotation_are_announced() -> None:
    """However many sentences it has."""
    assert [spoken for _, spoken in _said(Paragraph("One went. Two came. All left.", "quote"))] == [
        "Quote: One went.",
        "Two came.",
        "All left. End of quote.",
    ]


@pytest.mark.parametrize("kind", ["quote", "code", "note"])
def test_what_has_several_paragraphs_is_announced_once(kind: ParagraphKind) -> None:
    """At its beginning and at its end; what follows something else is another."""
    paragraphs = [Paragraph("One.", kind), Paragraph("Two.", kind), Paragraph("Other."), Paragraph("Three.", kind)]
    name = kind.capitalize()
    assert [spoken for _, spoken in _said(*paragraphs)] == [
        f"{name}: One.", f"Two. End of {kind}.", "Other.", f"{name}: Three. End of {kind}.",
    ]  # fmt: skip


def test_a_table_is_said_cell_by_cell_with_its_headers() -> None:
    """Each cell is an utterance that names its column, and the end of the table is told."""
    table = (
        Paragraph("Town; People", "table header", cells=(Cell(0), Cell(6))),
        Paragraph("Ahe; 5", "table row", cells=(Cell(0, "Town"), Cell(5, "People"))),
        Paragraph("7", "table row", cells=(Cell(0, "People"),)),
        Paragraph("After."),
    )
    assert _said(*table) == [
        ("Town;", "Table. Columns: Town"),
        ("People", "People"),
        ("Ahe;", "Town: Ahe"),
        ("5", "People: 5"),
        ("7", "People: 7. End of table."),
        ("After.", "After."),
    ]
    assert joined(_utterances(*table)[:2]) == "Town; People"


def test_a_phrase_in_another_language_is_an_utterance_of_its_own() -> None:
    """Its voice can then be another, after hardly any pause; the marks stay with the words before them."""
    text = "He said c’est la vie, twice. Then he left."
    script = write_script(
        Article("T", (Section(None, (Paragraph(text, phrases=(Phrase(8, 20, "fr"),)),)),), language="en"), Pauses()
    )
    parts = script.chapters[0].parts[2:-1]
    assert [
        (part.text, part.language) if isinstance(part, Utterance) else (part.milliseconds, part.reason)
        for part in parts
    ] == [
        ("He said", ""),
        (60, "phrase"),
        ("c’est la vie,", "fr"),
        (60, "phrase"),
        ("twice.", ""),
        (250, "sentence"),
        ("Then he left.", ""),
    ]
    assert joined(script.utterances[1:]) == text


@given(st.data())
def test_phrases_lose_no_character(data: st.DataObject) -> None:
    """Wherever a document puts them."""
    text = " ".join(data.draw(st.text("aé.,;“”!? ", min_size=1, max_size=60)).split())
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    phrases = tuple(Phrase(start, end, "fr") for start, end in zip(edges[::2], edges[1::2], strict=False))
    if any(map(str.isalnum, text)):
        assert joined(_utterances(Paragraph(text, phrases=phrases))) == text
