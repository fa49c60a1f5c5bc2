"""Which sentences were read, how often, in which order, and what was said besides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import make_script
from audio_edition.hearing.recogniser import HeardWord
from audio_edition.model import RATE_HZ, SURE, Clip, Narration, Script, Utterance
from audio_edition.narration import narrate
from audio_edition.narration.heard import LEVEL_FRAME, SPEECH_FRAME, Heard, hear
from audio_edition.narration.matching import sentences_of
from audio_edition.narration.placing import place
from support.readers import Ears, Reader

_ASIDE = "Sorry, could somebody please close that window over there?"


def _narrated(
    script: Script, reader: Reader, folder: Path, misheard: dict[str, str] | None = None, **settings: object
) -> tuple[Script, Narration]:
    ears = Ears([reader], misheard or {})
    return narrate(script, [reader.write(folder / "tape.wav")], ears, Settings(**settings))  # type: ignore[arg-type]


def _kinds(narration: Narration) -> list[str]:
    return sorted(finding.id for finding in narration.findings)


def _assert_true(narration: Narration, reader: Reader) -> None:
    """Each sentence is found where it was last read, with no more of the pause than the margin."""
    assert set(narration.readings) == set(reader.truth)
    for name, (start, end) in reader.truth.items():
        reading = narration.readings[name]
        assert -0.13 <= (reading.start - start) / RATE_HZ <= 0.04, name
        assert -0.15 <= (reading.end - end) / RATE_HZ <= 0.15, name


def test_what_is_read_as_written_is_found_and_nothing_told(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances)
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    assert narration.findings == ()
    assert all(reading.confidence >= SURE for reading in narration.readings.values())


def test_words_have_times_within_their_sentence(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances)
    _, narration = _narrated(script, reader, tmp_path)
    for utterance in script.utterances:
        reading = narration.readings[utterance.id]
        words = reading.words
        assert [utterance.spoken[word.text_start : word.text_end] for word in words] == utterance.spoken.split()
        assert 0 <= words[0].start < words[-1].end <= reading.end - reading.start
        assert all(word.start < word.end for word in words)


def test_a_sentence_that_nobody_read_has_no_place_and_is_told(script: Script, reader: Reader, tmp_path: Path) -> None:
    left_out = script.utterances[2]
    reader.read([utterance for utterance in script.utterances if utterance is not left_out])
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    (told,) = narration.findings
    assert (told.id, told.place, told.text) == ("narration-unread", left_out.id, left_out.text)


def test_of_a_sentence_that_is_read_twice_the_last_reading_counts(
    script: Script, reader: Reader, tmp_path: Path
) -> None:
    utterances = script.utterances
    reader.read(utterances[:3])
    reader.read(utterances[1:])  # two sentences again
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    assert _kinds(narration) == ["narration-repeat", "narration-repeat"]


def test_a_slip_is_cut_and_told(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances[:1])
    reader.begin(script.utterances[1])
    reader.read(script.utterances[1:])
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    assert _kinds(narration) == ["narration-slip"]


@pytest.mark.parametrize("share", [0.25, 0.4])
def test_a_slip_of_a_few_words_is_a_slip_too(script: Script, reader: Reader, tmp_path: Path, share: float) -> None:
    """Though it is too short, and too near to the sentence, to be a place of its own."""
    slipped = script.utterances[2]
    reader.read(script.utterances[:2])
    reader.begin(slipped, share)
    reader.read(script.utterances[2:])
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    (told,) = narration.findings
    assert (told.id, told.text) == ("narration-slip", slipped.text)


def test_an_aside_before_a_sentence_is_no_slip(script: Script, reader: Reader, tmp_path: Path) -> None:
    """Though it shares a word with it."""
    reader.read(script.utterances[:3])
    reader.say("Nobody switched off this terrible radio again.")
    reader.read(script.utterances[3:])
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    assert _kinds(narration) == ["narration-extra"]


def test_what_is_not_in_the_text_is_cut_and_quoted(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances[:3])
    reader.say(_ASIDE)
    reader.read(script.utterances[3:])
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    (told,) = narration.findings
    assert (told.id, told.text) == ("narration-extra", _ASIDE)


def test_passages_may_be_read_in_another_order(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances[4:])
    reader.read(script.utterances[:4])
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    assert _kinds(narration) == ["narration-order"]


def test_other_words_in_the_place_of_a_sentence_are_its_reading_and_told(
    script: Script, reader: Reader, tmp_path: Path
) -> None:
    changed = script.utterances[2]
    reader.read(script.utterances[:2])
    reader.truth[changed.id] = reader.say(
        "Before winter comes the bridge will open, and all the valley is asked to come."
    )
    reader.read(script.utterances[3:])
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    assert _kinds(narration) == ["narration-reworded"]


_WRITTEN = (
    "Ihr Buch liegt ab Montag in der Bücherei.",
    "Wer selbst etwas erzählen möchte, kann sich bei ihr melden.",
    "Auch alte Bilder nimmt sie gern, wenn hinten ein Name darauf steht.",
)
_HEARD = (
    "Ihr Buch liegt ab Montag in der Bücherei.",
    "Wir gelten etwa seit Sail in Muster, kann sich mal in Bildung.",
    "Auf harte Welt und im Teegame werden Kinder mein Abend aufsteht.",
)


@pytest.mark.parametrize("read", [(0, 1, 2), (0, 2), (1, 2)])
def test_sentences_that_were_poorly_heard_are_parted_at_the_pause_between_them(read: tuple[int, ...]) -> None:
    """As Whisper heard a German voice in a room: of neither is a quarter of the words right."""
    utterances = [Utterance(f"s{number}", text, text) for number, text in enumerate(_WRITTEN)]
    heard, spans = _as_heard([_HEARD[number] for number in read])
    placing = place(sentences_of(utterances, "de"), heard, "de")
    assert {number: (each.first, each.last) for number, each in placing.readings.items()} == dict(
        zip(read, spans, strict=True)
    )


def test_something_else_in_the_place_of_a_sentence_is_not_taken_for_it() -> None:
    utterances = [Utterance(f"s{number}", text, text) for number, text in enumerate(_WRITTEN)]
    heard, _ = _as_heard([_HEARD[0], "Sorry, ich muss hier einmal kurz das Fenster zumachen.", _HEARD[2]])
    assert set(place(sentences_of(utterances, "de"), heard, "de").readings) == {0, 2}


_IN_NOISE = {
    "Am Samstag öffnet die Gemeinde den alten Hafen nach sieben Jahren wieder für Besucher.":
    "Am Anfang start eröffnet die Gemeinde den Altersarfen der die Jaren Rieher zu benutzen.",
    "Der alte Hafen wird wieder geöffnet": "und die Altersarfen wird wieder eröffnet.",
    "Nun dürfen acht Boote bleiben, die anderen liegen in der Bucht hinter dem Wald.":
    "Nun dürfen acht Worte bleiben, die anderen die die Huchtgrünze an den Falt.",
    "Sie nimmt vierzig Menschen mit und kostet für Kinder nichts.":
    "Sie nimmt vierzig Menschen mit und kostet für Kinder nicht.",
}  # fmt: skip
"""What is written, and what Whisper heard of it behind noise, and in a room."""


def test_a_misheard_sentence_is_not_taken_for_another_reading_of_the_one_before() -> None:
    """Half of the words of a heading were heard in it; it resembles its own more."""
    hafen, heading, *_ = _IN_NOISE
    written = [Utterance("s0", heading, heading), Utterance("s1", hafen, hafen)]
    heard, spans = _as_heard([_IN_NOISE[heading], _IN_NOISE[hafen]])
    placing = place(sentences_of(written, "de"), heard, "de")
    assert [(each.sentence.number, each.first, each.last) for each in placing.placed] == [
        (0, *spans[0]),
        (1, *spans[1]),
    ]


def test_a_misheard_sentence_is_not_taken_for_one_that_it_is_less_like() -> None:
    """Of two that differ in two words, the second was heard as neither; it is not the first read again."""
    written = ["The mayor hid the window before breakfast.", "The baker hid the window before breakfast."]
    written.append("A student repaired the yellow boat.")
    utterances = [Utterance(f"s{number}", text, text) for number, text in enumerate(written)]
    heard, spans = _as_heard([written[0], "The maker did the window before breakfast.", written[2]])
    placing = place(sentences_of(utterances, "en"), heard, "en")
    assert {number: (each.first, each.last) for number, each in placing.readings.items()} == dict(enumerate(spans))


def test_the_rest_of_a_sentence_is_its_own_where_much_is_misheard() -> None:
    utterances = [Utterance(f"s{number}", text, text) for number, text in enumerate([*_IN_NOISE][1:])]
    heard, spans = _as_heard([*_IN_NOISE.values()][1:])
    placing = place(sentences_of(utterances, "de"), heard, "de")
    assert [(each.first, each.last) for each in placing.readings.values()] == spans
    assert not placing.stray


def test_where_a_sentence_beside_is_lost_one_is_less_sure(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances)
    lost = dict.fromkeys(["Nobody", "asked", "me", "about", "colour", "of", "old", "man", "from", "mill."], "")
    _, narration = _narrated(script, reader, tmp_path, lost)
    beside = [each.id for each in script.utterances if "invited" in each.text or "Water" in each.text]
    assert all(narration.readings[name].confidence < 0.9 for name in beside)


def _as_heard(sentences: list[str]) -> tuple[Heard, list[tuple[int, int]]]:
    """Words of 0.3 s each, and 0.6 s between sentences; and from which up to which word each sentence goes."""
    words: list[HeardWord] = []
    spans, speech, at = [], [], 0
    for sentence in sentences:
        first = len(words)
        for text in sentence.split():
            words.append(HeardWord(text, at * 1600, (at + 3) * 1600))
            at += 3
        spans.append((first, len(words)))
        speech += [1.0] * (3 * (len(words) - first)) + [0.0] * 6
        at += 6
    frames = np.repeat(np.array(speech, np.float32), 1600)[::SPEECH_FRAME]
    levels = np.repeat(np.where(np.array(speech) > 0, -20, -70).astype(np.float32), 1600)[::LEVEL_FRAME]
    return Heard(tuple(words), frames, levels, levels[:, None].astype(np.float16)), spans


def test_a_sentence_of_which_only_the_beginning_was_understood_is_no_slip(
    script: Script, reader: Reader, tmp_path: Path
) -> None:
    """Whoever gives one up says it again. The same words given up, and said again, are one."""
    reader.read(script.utterances)
    misheard = {word: word[::-1].swapcase() for word in ("dog", "followed", "them", "all", "way", "church.")}
    _, narration = _narrated(script, reader, tmp_path, misheard)
    dog = next(each for each in script.utterances if each.text.startswith("A small brown dog"))
    assert abs(narration.readings[dog.id].end - reader.truth[dog.id][1]) < 0.13 * RATE_HZ
    assert "narration-slip" not in _kinds(narration)


def test_a_misheard_name_leaves_its_sentence_whole(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances)
    wrong = {"The": "Door", "Tuesday": "two stay", "church.": "Jürg"}
    _, narration = _narrated(script, reader, tmp_path, wrong)
    _assert_true(narration, reader)


@pytest.mark.parametrize("sound", ["cough", "click"])
def test_a_cough_or_click_between_sentences_is_cut(script: Script, reader: Reader, tmp_path: Path, sound: str) -> None:
    """It is in no sentence, nor in the quiet that they bring along."""
    sounds = []
    for utterance in script.utterances:
        reader.read([utterance])
        start = reader.length
        reader.cough() if sound == "cough" else reader.click()
        sounds.append((start, reader.length - RATE_HZ // 3))
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    for reading in narration.readings.values():
        first, last = reading.start - reading.lead, reading.end + reading.tail
        assert not any(first < end and start < last for start, end in sounds)
    for number, utterance in enumerate(script.utterances[:-1]):
        reading = narration.readings[utterance.id]
        following = narration.readings[script.utterances[number + 1].id]
        assert reading.end + reading.tail <= following.start - following.lead


def test_pauses_are_the_readers_unless_they_are_long(script: Script, reader: Reader, tmp_path: Path) -> None:
    first, second, third, *others = script.utterances
    reader.truth[first.id] = reader.say(first.spoken, 0.7)
    reader.truth[second.id] = reader.say(second.spoken, 6.0)
    reader.read([third, *others])
    paced, _ = _narrated(script, reader, tmp_path, longest_pause=1.5)
    pauses = [_pause_behind(paced, utterance) for utterance in (first, second)]
    assert 400 <= pauses[0] <= 700  # less the margins of both sentences
    assert pauses[1] == 1500


def _pause_behind(script: Script, utterance: Utterance) -> int:
    for chapter in script.chapters:
        for part, following in zip(chapter.parts, chapter.parts[1:], strict=False):
            if part == utterance:
                return following.milliseconds  # type: ignore[union-attr]
    raise AssertionError(utterance.id)


def test_what_nobody_read_can_be_left_out(script: Script, reader: Reader, tmp_path: Path) -> None:
    left_out = script.utterances[2]
    reader.read([utterance for utterance in script.utterances if utterance is not left_out])
    paced, narration = _narrated(script, reader, tmp_path, unread="left-out")
    assert left_out.id not in {utterance.id for utterance in paced.utterances}
    (told,) = narration.findings
    assert told.text == left_out.text


def test_what_was_heard_is_not_heard_again_for_another_text(
    script: Script, reader: Reader, tmp_path: Path, cache: Cache
) -> None:
    reader.read(script.utterances)
    tape, ears = reader.write(tmp_path / "tape.wav"), Ears([reader])
    whole = narrate(script, [tape], ears, Settings(), cache)  # type: ignore[arg-type]
    pieces = ears.heard_pieces
    assert narrate(script, [tape], ears, Settings(), cache) == whole  # type: ignore[arg-type]
    assert ears.heard_pieces == pieces > 0


def test_what_was_heard_of_a_file_that_changed_meanwhile_is_not_kept_for_the_one_it_was(
    script: Script, reader: Reader, tmp_path: Path, cache: Cache
) -> None:
    """The file is another when it is heard, and then the first again."""
    reader.read(script.utterances)
    tape = reader.write(tmp_path / "tape.wav")
    first, other = tape.path.read_bytes(), Reader(reader.narrator, 2)
    other.say(_ASIDE)
    other.write(tape.path)
    hear(tape, Ears([other]), "en", cache)  # type: ignore[arg-type]
    tape.path.write_bytes(first)
    heard = hear(tape, Ears([reader]), "en", cache)  # type: ignore[arg-type]
    assert heard.words[0].text == reader.said[0][0].split()[0]
    assert len(heard.words) == sum(len(text.split()) for text, _, _ in reader.said)


@pytest.mark.parametrize("ended_by", [KeyboardInterrupt, MemoryError])
def test_what_was_heard_before_a_run_was_ended_is_not_heard_again(
    script: Script, reader: Reader, tmp_path: Path, cache: Cache, ended_by: type[BaseException]
) -> None:
    """Ctrl-C, or whatever ends it, loses the piece that is being heard, and no other."""
    for _ in range(9):
        reader.read(script.utterances)
        reader.sound(np.zeros(15 * RATE_HZ))
    tape, ears = reader.write(tmp_path / "tape.wav"), Ears([reader])
    hear(tape, ears, "en")  # type: ignore[arg-type]
    whole = ears.heard_pieces
    assert whole >= 3
    ending = Ears([reader])
    hears = ending.hear_words

    def interrupted(sound: Clip, language: str, runs: Sequence[tuple[int, int]]) -> list[HeardWord]:
        if ending.heard_pieces == whole - 1:
            raise ended_by
        return hears(sound, language, runs)

    ending.hear_words = interrupted  # type: ignore[method-assign]
    with pytest.raises(ended_by):
        hear(tape, ending, "en", cache)  # type: ignore[arg-type]
    again = Ears([reader])
    hear(tape, again, "en", cache)  # type: ignore[arg-type]
    assert again.heard_pieces == 1


@pytest.mark.parametrize("unread", ["spoken", "left-out"])
def test_a_tape_that_ends_in_the_middle_of_a_sentence_lacks_that_one(
    script: Script, reader: Reader, tmp_path: Path, unread: str
) -> None:
    reader.read(script.utterances[:3])
    reader.begin(script.utterances[3], 0.5)
    _, narration = _narrated(script, reader, tmp_path, unread=unread)
    assert set(narration.readings) == set(reader.truth)


def test_a_title_that_is_read_behind_the_first_sentence_is_found_there(
    script: Script, reader: Reader, tmp_path: Path
) -> None:
    title, first, *others = script.utterances
    reader.read([first, title, *others])
    _, narration = _narrated(script, reader, tmp_path)
    _assert_true(narration, reader)
    assert set(_kinds(narration)) == {"narration-order"}


def test_a_tape_that_begins_in_the_middle_of_a_sentence_lacks_that_one(
    script: Script, reader: Reader, tmp_path: Path
) -> None:
    reader.parts, reader.length = [], 0
    reader.say("before winter, and everybody in the valley is invited to the party.")
    reader.read(script.utterances[3:])
    _, narration = _narrated(script, reader, tmp_path)
    assert set(narration.readings) == set(reader.truth)


@pytest.mark.parametrize("said", ["The bridge was built by two brothers.", "The bridge was"])
def test_what_stands_in_brackets_may_be_passed_over(reader: Reader, tmp_path: Path, said: str) -> None:
    """But whoever breaks off before that has not read the sentence."""
    text = "The bridge was built by two brothers (both were carpenters from the north). It stands in the old town.\n"
    script = make_script(f"A long history\n\n{text}".encode(), Settings())
    title, built, stands = script.utterances
    reader.read([title])
    reader.truth[built.id] = reader.say(said)
    reader.read([stands])
    if not said.endswith("."):
        del reader.truth[built.id]
    _, narration = _narrated(script, reader, tmp_path)
    assert set(narration.readings) == set(reader.truth)
