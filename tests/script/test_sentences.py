"""Where one utterance ends and the next begins."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import sentencex
from hypothesis import example, given
from hypothesis import strategies as st

from audio_edition.script.clauses import LONGEST
from audio_edition.script.sentences import cut_at_phrases, passage_spans, sentence_spans
from audio_edition.script.speakable import is_speakable
from support.work import growth

WALK = "We walked for days and days without any water or food at all in this cold. "

# The sentences of a paragraph, parted by "|".
ENGLISH = [
    "A woman clutches a baby to her chest.| Another carries two toddlers, one on each hip.",
    "A little girl trips and falls.| She puts the shoe back on, and carries on.",
    '"The situation is dramatic -- you know that," one of the men says.',
    '"The camp. Many wounded," he says in Arabic.',
    '"Wounded," the man tells journalists, his eyes fixed in front of him.',
    "young children in the drizzle, the cries",
    "He met Ms. Clinton and Mr. Smith.| They left.",
    "Mx. Roe and Amb. Holt met Atty. Gen. Barr at Ft. Worth.| Nobody came.",
    "Sen. Cruz, Gen. Mattis, Gov. Brown, Rev. Jackson, Prof. Smith and Lt. Col. Jones met.",
    "No. 10 Downing St. is lit.| It was Jan. 5.",
    "See vol. 3, ch. 5, p. 6 and fig. 2.| Then go.",
    "The U.S. Army left the U.S. in May.| The U.N. said no.",
    "in Washington, D.C., on Monday.| It rained.",
    "George W. Bush and J. K. Rowling met.| J.K. Rowling left.",
    "F. Scott Fitzgerald wrote it.",
    "Plan B.| Then we go.",
    "at 10 a.m. Monday.| At 5 p.m. the train left.",
    "It cost $3.5bn.| The other cost 3.5.| Next!",
    "Acme Inc. said so.| Acme Corp. did not.",
    "The Rev. Al Sharpton, e.g., i.e. him, etc. stayed.",
    "Yes!| No?| Maybe.",
    "He left (he was tired. Very).| Then they came.",
    '"I go. You stay," he said.| "We can\'t. Ever."| They left.',
    "“I go. You stay,” he said.| “We can’t. Ever.”| They left.",
    '"Where?" Obama asked.| "Here!" she cried.',
    '"Where?" the old man asked.| "Here!" said his son.',
    '"I go."| Then he left.',
    'He said, "No. 5 is alive. I know."| He left.',
    "The boys' team won.| The girls' team lost.",
    "iPhone sales fell.| The iPad did well.",
    "1. First of all.| Then the rest.",
    "... Then they came. ...",
    '"We left.| We walked.| Nobody came.',
    "“We left.| We walked.| “Nobody came.",
    f'She said: "We are tired.| {WALK.strip()}| {WALK.strip()}| {WALK.strip()}| Nobody came," he said.| Then she left.',
    f"“{WALK.strip()}| {WALK.strip()}| {WALK.strip()}| Why did nobody come?” Obama asked.| Yes.",
    f"‘I don’t know.| {WALK.strip()}| {WALK.strip()}| {WALK.strip()}| It’s over,’ he said.| Yes.",
]
OTHER_LANGUAGES = [
    ("fr", "Il a vu M. Macron et Mme Le Pen.| MM. Hollande et Sarkozy aussi."),
    ("fr", "Mgr. Vingt-Trois et le Dr. House.| Oui."),
    ("fr", "Vers 50 av. J.-C. La Gaule.| Le n. 5 est là."),
    ("fr", "« Je pars. Tu restes », dit-il.| « Non ! »| Il part."),
    ("fr", "Louis fut pris.| Il dit : « Non. »| Puis il part."),
    ("de", "In der 8. Klasse.| Am 3. Oktober war es so.| Das 19. Jahrhundert begann."),
    ("de", "Im Jahr 2014.| Dann kam Prof. Dr. Schmidt."),
    ("de", "„Ich gehe. Du bleibst“, sagte er.| „Nein.“| Dann ging er."),
    ("es", "El Sr. López y la Dra. Ruiz.| ¿Qué?| ¡No!"),
    ("it", "Il sig. Rossi a S. Pietro.| Sì."),
    ("nl", "Mevr. De Vries was er.| Ja."),
    ("sv", "Den 3. maj kl. 5 kom t.ex. Anna.| Ja."),
    ("ar", "مرحبا.| كيف حالك؟| أنا بخير."),
    ("hi", "नमस्ते।| कैसे हो?"),
    ("zh", "你好。|世界！"),
    ("ja", "こんにちは。|元気ですか？|はい。"),
    ("xx", "Hello there.| How are you?"),
]
CUTS = Path(__file__).parent / "cuts"
"""A file a language: paragraphs, and lines that begin with "# " and tell what they try."""
TABLED = [
    (table.stem, line)
    for table in sorted(CUTS.glob("*.txt"))
    for line in table.read_text("utf-8").splitlines()
    if line and not line.startswith("# ")
]
CASES = [*(("en", case) for case in ENGLISH), *OTHER_LANGUAGES, *TABLED]
PIECES = st.lists(
    st.sampled_from([
        "Word", "word", "Mr.", "U.S.", "No.", "10", ".", "...", "!", "?", '"', "“", "”", "«", "»", "'", "’", "(", ")",
        "—", "。", "中文", "سلام", "\u00a0", "x" * 700, "y, " * 400 + "y", "👩‍🚀" * 250, WALK.strip(), "é", "A.", ";",
    ])
    | st.text(max_size=6),
    max_size=30,
)  # fmt: skip
PARAGRAPHS = st.one_of(PIECES.map(" ".join), PIECES.map("".join)).map(lambda text: " ".join(text.split()))


def pieces(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


def assert_tiles(text: str, spans: list[tuple[int, int]]) -> None:
    """The spans are the whole text in order; between two stands a single space or nothing."""
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    for (_, end), (start, _) in pairwise(spans):
        assert text[end:start] in ("", " ")
    assert all(start < end for start, end in spans)


@pytest.mark.parametrize(("language", "marked"), CASES)
def test_paragraphs_are_cut_at_the_ends_of_their_sentences(language: str, marked: str) -> None:
    """Each paragraph is cut where the bars stand, and nowhere else."""
    assert pieces(marked.replace("|", ""), language) == [sentence.strip() for sentence in marked.split("|")]


@given(PARAGRAPHS.filter(bool), st.sampled_from(["en", "fr", "de", "hu", "ru", "xx"]))
def test_words_without_a_space_between_are_not_parted(text: str, language: str) -> None:
    """Between two sentences stands a space, but behind full stops that are written without one."""
    for _, end in sentence_spans(text, language)[:-1]:
        long = max(map(len, text.split())) > LONGEST
        assert long or text[end].isspace() or text[end - 1].isspace() or text[:end].rstrip('"”’」』）)»')[-1] in "。"


@given(PARAGRAPHS.filter(bool), st.sampled_from(["en", "fr", "de", "zh", "ar", "xx"]))
@example("A. " * 3_000 + "end", "en")
@example('"' * 700, "en")
def test_sentences_tile_their_paragraph(text: str, language: str) -> None:
    """No character is lost, doubled or moved, in any language and however broken the text."""
    assert_tiles(text, sentence_spans(text, language))
    assert_tiles(text, passage_spans(text))


@given(PARAGRAPHS.filter(is_speakable))
def test_every_utterance_has_a_sound(text: str) -> None:
    """Stray marks join the sentence beside them, so no cue is silent."""
    assert all(is_speakable(piece) for piece in pieces(text, "en"))
    assert all(is_speakable(text[start:end]) for start, end in passage_spans(text))


@given(PARAGRAPHS.filter(bool).map(lambda text: "".join(c if is_speakable(c) or c == " " else "," for c in text)))
def test_no_utterance_is_longer_than_a_listener_can_jump_by(text: str) -> None:
    """Speakable text comes in pieces of at most 600 characters; only a neighbour without a sound may add to that."""
    for piece in pieces(text, "en"):
        assert len(piece) <= LONGEST or not is_speakable(piece[:LONGEST]) or not is_speakable(piece[LONGEST:])


def test_long_sentences_are_cut_at_clauses_in_even_pieces() -> None:
    """A sentence of 900 characters becomes two of some 450, cut behind a comma."""
    sentence = ("and then some more of them came over the hill, " * 20)[:900].strip() + "."
    first, second = pieces(sentence, "en")
    assert first.endswith(",")
    assert abs(len(first) - len(second)) < 200


def test_a_word_of_twenty_thousand_letters_is_cut_without_spaces_or_parted_accents() -> None:
    """Its pieces touch, and none begins with an accent."""
    text = "e\u0301" * 10_000
    spans = sentence_spans(text, "en")
    assert all(end == start for (_, end), (start, _) in pairwise(spans))
    assert not any(text[start] == "\u0301" for start, _ in spans)
    assert max(end - start for start, end in spans) <= LONGEST


def test_a_sentence_across_two_pieces_given_to_the_library_stays_whole() -> None:
    """Long paragraphs are cut into the same sentences as short ones, wherever the pieces of 5,000 characters end."""
    assert pieces(WALK * 400, "en") == [WALK.strip()] * 400


def test_a_panic_of_the_library_falls_back_to_punctuation(monkeypatch: pytest.MonkeyPatch) -> None:
    """sentencex can panic in Rust, which is no Exception; sentences are then cut at full stops."""
    panic = type("PanicException", (BaseException,), {})

    def segment(language: str, text: str) -> list[str]:
        raise panic("byte index 3 is not a char boundary")

    monkeypatch.setattr(sentencex, "segment", segment)
    assert pieces('He left. "Why?" he asked! 你好。世界', "en") == ["He left.", '"Why?" he asked!', "你好。", "世界"]


def test_a_library_that_changes_the_text_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the sentences not add up to the text, punctuation decides."""
    monkeypatch.setattr(sentencex, "segment", lambda language, text: ["He"])
    assert pieces("He left. She stayed.", "en") == ["He left.", "She stayed."]


def test_interrupts_are_not_taken_for_panics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the library stops the program."""

    def segment(language: str, text: str) -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(sentencex, "segment", segment)
    with pytest.raises(KeyboardInterrupt):
        pieces("He left.", "en")


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize("unit", ["a. ", '"', "A", "- ", "(", "«»", "“a. ", "中。", "a\u00a0", "e\u0301", "1. "])
def test_time_grows_with_the_length_only(unit: str) -> None:
    """Four times as many characters of one kind in a paragraph take some four times as long."""

    def text(characters: int) -> str:
        return (unit * (characters // len(unit))).strip()

    assert growth(text, lambda text: assert_tiles(text, sentence_spans(text, "en")), 50_000, 200_000) < 10


@pytest.mark.parametrize(
    ("text", "phrase", "cut"),
    [
        ("The Cafés are open.", "Café", ["The", "Cafés", "are open."]),
        ("He said l'homme est là and left.", "homme est là", ["He said", "l'homme est là", "and left."]),
        ("He said bon voyage, and left.", "bon voyage", ["He said", "bon voyage,", "and left."]),
        ("He said (“bon voyage”), and left.", "bon voyage", ["He said", "(“bon voyage”),", "and left."]),
        ("It says 中文 here.", "中文", ["It says", "中文", "here."]),
        ("It says中文here.", "中文", ["It says", "中文", "here."]),
    ],
)
def test_phrases_are_cut_around_words(text: str, phrase: str, cut: list[str]) -> None:
    """A word of which a part is marked as another language is said in it as a whole."""
    start = text.index(phrase)
    pieces_of = cut_at_phrases(text, (0, len(text)), [(start, start + len(phrase))])
    assert [text[a:b] for a, b in pieces_of] == cut
