"""Renderings of a script: table, text, SSML."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import (
    Article,
    Chapter,
    Heading,
    Paragraph,
    Passage,
    Pause,
    Pauses,
    Pronunciation,
    Script,
    Text,
    Utterance,
)
from audio_edition.script import write_script
from audio_edition.script.show import as_ssml, as_table, as_text

SCRIPT = write_script(
    Article(
        "Storm & rain",
        (Paragraph(Text("IS left. They went.")), Paragraph(Text("Il pleut.", language="fr")), Heading(Text("Next"))),
    ),
    Pauses(),
)
XML = {"s": "http://www.w3.org/2001/10/synthesis"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def chapter_of(*parts: Utterance | Pause) -> Chapter:
    return Chapter("c01", "A", (Paragraph(Passage("c01-p001", "body", parts)),))


def test_the_table_has_a_row_for_each_utterance_with_its_pause() -> None:
    """Spoken is shown only where it differs from the text."""
    assert [row[:5] for row in as_table(SCRIPT)] == [
        ("c01-p001-s01", "title", "Storm & rain", "", 800),
        ("c01-p002-s01", "body", "IS left.", "I-S left.", 250),
        ("c01-p002-s02", "body", "They went.", "", 650),
        ("c01-p003-s01", "body", "Il pleut.", "", 900),
        ("c02-p001-s01", "heading", "Next", "", 1000),
    ]


SAID = "a <b> & “Xi & Co” ran"
SOUNDS = Utterance("c01-p001-s01", "a <b> & X ran", SAID, pronunciations=(Pronunciation(9, 16, "ʃiː"),))
HEARD = Script("A", (chapter_of(SOUNDS),))


def test_ipa_is_shown_beside_its_words() -> None:
    """As a lexicon writes it, in the table; as an element of its own, escaped, in SSML."""
    assert as_table(HEARD)[0].ipa == "Xi & Co = /ʃiː/"
    sentence = ElementTree.fromstring(as_ssml(HEARD)).find(".//s:s", XML)
    assert sentence is not None
    (phoneme,) = sentence
    assert (phoneme.attrib, phoneme.text) == ({"alphabet": "ipa", "ph": "ʃiː"}, "Xi & Co")
    assert "".join(sentence.itertext()) == SAID


def test_pauses_that_an_editor_put_in_a_row_add_up() -> None:
    """The table tells the whole silence after an utterance; one before the first has no row."""
    parts: tuple[Utterance | Pause, ...] = (
        Pause(5, ""),
        Utterance("c01-p001-s01", "A", "A"),
        Pause(100, ""),
        Pause(50, ""),
    )
    assert [row.pause_after_ms for row in as_table(Script("A", (chapter_of(*parts),)))] == [150]


def test_the_text_is_what_will_be_said() -> None:
    """A line for each utterance, an empty line between paragraphs."""
    assert as_text(SCRIPT) == "Storm & rain\n\nI-S left.\nThey went.\n\nIl pleut.\n\nNext\n"


def test_ssml_has_paragraphs_sentences_breaks_languages_and_what_is_said() -> None:
    """The whole document, as other speech programs get it."""
    assert as_ssml(SCRIPT) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en">\n'
        "<p>\n"
        '<s xml:id="c01-p001-s01">Storm &amp; rain</s>\n'
        "</p>\n"
        '<break time="800ms"/>\n'
        "<p>\n"
        '<s xml:id="c01-p002-s01"><sub alias="I-S left.">IS left.</sub></s>\n'
        '<break time="250ms"/>\n'
        '<s xml:id="c01-p002-s02">They went.</s>\n'
        "</p>\n"
        '<break time="650ms"/>\n'
        '<p xml:lang="fr">\n'
        '<s xml:id="c01-p003-s01">Il pleut.</s>\n'
        "</p>\n"
        '<break time="900ms"/>\n'
        "<p>\n"
        '<s xml:id="c02-p001-s01">Next</s>\n'
        "</p>\n"
        '<break time="1000ms"/>\n'
        "</speak>\n"
    )


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=4), st.text(max_size=5))
def test_ssml_is_xml_whatever_the_text(pairs: list[tuple[str, str]], language: str) -> None:
    """Markup, control characters and halves of characters in text, spoken form or language do not break out."""
    parts = tuple(Utterance(f"c01-p001-s{n:02d}", text, spoken) for n, (text, spoken) in enumerate(pairs, start=1))
    document = as_ssml(Script("T", (chapter_of(*parts),), language))
    root = ElementTree.fromstring(document.encode())
    assert root.get(LANG) is not None
    sentences = root.findall(".//s:s", XML)
    assert len(sentences) == len(pairs)
    assert {element.tag.partition("}")[2] for element in root.iter()} <= {"speak", "p", "s", "sub", "break"}


def test_ssml_of_hostile_text_holds_it_as_text() -> None:
    """A document that writes <break/> is read, not obeyed."""
    hostile = '<break time="5s"/>"&amp;\x00\x1b\ud800\ufffe]]>'
    script = Script("T", (chapter_of(Utterance("c01-p001-s01", hostile, hostile + "'")),))
    root = ElementTree.fromstring(as_ssml(script).encode())
    (sub,) = root.findall(".//s:sub", XML)
    assert sub.text == '<break time="5s"/>"&amp;    ]]>'
    assert sub.get("alias") == '<break time="5s"/>"&amp;    ]]>\''
