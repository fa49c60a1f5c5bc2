"""An editor's notes in brackets are found where they stand alone, and told where they can't be skipped."""

from __future__ import annotations

import pytest

from audio_edition.model import PRODUCER_NOTE, Article, Aside, Block, Item, List, Paragraph, Pauses, Script, Text, every
from audio_edition.script import Choices, write_script


def _script(*blocks: Block[Text] | str, words: str = "Producer's note") -> Script:
    tree = tuple(Paragraph(Text(block)) if isinstance(block, str) else block for block in blocks)
    return write_script(Article("T", tree, language="en"), Pauses(), choices=Choices(producer_notes=words))


def _notes(script: Script) -> list[str]:
    asides = (block for chapter in script.chapters for block in every(chapter.blocks) if isinstance(block, Aside))
    return [
        " ".join(block.text.text for block in aside.blocks if isinstance(block, Paragraph))
        for aside in asides
        if aside.kind == PRODUCER_NOTE
    ]


@pytest.mark.parametrize(
    "written",
    [
        "[Producer's note: The map is not described.]",
        "[Producer’s note: The map is not described.]",
        "[ producer's  NOTE : The map is not described. ]",
        " [Producer's note: The map is not described.].",
    ],
)
def test_a_note_of_its_own_is_found_as_it_is_written(written: str) -> None:
    """In any case and with any apostrophe; its words stay as they are, and are said."""
    script = _script("Before.", written, "Behind.")
    assert [note.strip() for note in _notes(script)] == [" ".join(written.split())]
    assert "The map is not described." in " ".join(utterance.spoken for utterance in script.utterances)
    assert script.findings == ()


def test_notes_are_found_in_lists_too() -> None:
    """At any depth, in a paragraph of their own."""
    note = Paragraph(Text("[Producer's note: A list of names follows.]"))
    script = _script(List((Item((Paragraph(Text("One.")), note)),)))
    assert _notes(script) == ["[Producer's note: A list of names follows.]"]


def test_a_note_goes_on_to_its_bracket() -> None:
    """Through as many paragraphs as it takes."""
    script = _script("[Producer's note: It begins.", "It goes on.", "It ends.]", "The text.")
    assert _notes(script) == ["[Producer's note: It begins. It goes on. It ends.]"]
    assert script.findings == ()


@pytest.mark.parametrize(
    "blocks",
    [
        ("It rained [Producer's note: or so they say] all day.",),
        ("[Producer's note: It never ends.", "The text."),
        ("[Producer's note: It never ends.", "[Producer's note: but the next does.]"),
    ],
)
def test_a_note_that_can_not_be_skipped_is_told(blocks: tuple[str, ...]) -> None:
    """With its first words, and what to do; nothing of the text is lost."""
    script = _script(*blocks)
    (finding,) = script.findings
    assert finding.id == "producer-note-inside"
    assert finding.text.startswith("[Producer's note: ")
    assert finding.remedy
    assert [utterance.text for utterance in script.utterances][1:] != []
    assert "".join(utterance.text for utterance in script.utterances[1:]).replace(" ", "") == "".join(blocks).replace(
        " ", ""
    )


def test_the_words_are_the_publications() -> None:
    """None are known by themselves, and other brackets are text."""
    assert _notes(_script("[Producer's note: A map.]", words="")) == []
    assert _notes(_script("[Anmerkung der Redaktion: Eine Karte.]", words="Anmerkung der Redaktion")) != []
    assert _notes(_script("[Editor's note: A map.]")) == []
    assert _notes(_script("[Producer's notebook: A map.]")) == []
    assert _notes(_script("[a.b: A map.]", words="a+b")) == []
