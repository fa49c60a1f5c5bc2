"""An evening of a talking newspaper: six articles read in one take, by somebody who coughs, gives up a sentence, passes
over a paragraph and says something to the others in the room. Who reads is a Piper voice, who listens the packaged
recogniser."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from audio_edition.check import check_edition
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition, make_script
from audio_edition.edition.folder import read_edition
from audio_edition.edition.issue import Source
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import RATE_HZ, Delivery, Narration, Script, Speech, Tape, Utterance
from audio_edition.narration import find, narrate
from audio_edition.proof.listening import listen
from audio_edition.speak.engine import Engine
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.voices import choose_voice
from support.readers import Reader

_ARTICLES = [
    """Library opens on Sundays

The town library will open its doors on Sunday afternoons from next month. A survey found that many families can only
visit at the weekend.

Three students will help the staff at the front desk. They are paid by a fund that a former reader left to the house.
""",
    """Storm takes the old oak

Last night's storm brought down the old oak behind the school. Nobody was hurt, but the roof of the bicycle shed is
broken.

Firemen sawed the trunk into pieces before breakfast. A carpenter has offered to make a bench from the wood.
""",
    """Bus line gets a new stop

Passengers on the number seven bus can soon get off at the hospital. The stop was promised four years ago.

Until the shelter is built there will be a sign and a lamp. Drivers ask everybody to wait on the pavement.
""",
    """Young swimmers win silver

The girls of the swimming club came second in the relay on Saturday. They missed the gold medal by half a second.

Their trainer praised the calm of the youngest, who swam the last lap. She only learned to dive in the spring.
""",
    """Museum shows lost photographs

A box of glass plates from the attic of the bakery can be seen at the museum. They show the harvest of a hundred years
ago.

Visitors are invited to say whom they recognise in the pictures. The first two names were found on the opening day.
""",
    """Bakers argue about the price of bread

Two bakeries in the market square have raised the price of a loaf. A third one says that it will wait until summer.

Flour has become cheaper again, according to the mill. Customers want to know where the difference goes.
""",
]
_PASSED_OVER = (
    "Until the shelter is built there will be a sign and a lamp. Drivers ask everybody to wait on the pavement."
)
_GIVEN_UP = "Firemen sawed the trunk into pieces before breakfast."
_COUGHED_BEHIND = "A survey found that many families can only visit at the weekend."
_REMARK = "Excuse me, could you please switch off that radio in the kitchen?"
_REMARKED_BEHIND = "They missed the gold medal by half a second."


@dataclass
class Evening:
    script: Script
    reader: Reader
    narration: Narration
    edition: Edition


@pytest.fixture(scope="module")
def evening(piper: Engine, ears: Recogniser, tmp_path_factory: pytest.TempPathFactory) -> Evening:
    """The edition, in every format, and what was truly read."""
    folder = tmp_path_factory.mktemp("evening")
    settings = Settings(
        title="The Courier",
        narrator="Jane Doe",
        speech=Speech(engine="espeak"),
        date="2026-11-30",
        recordings=(folder,),
    )
    script = make_script(
        [Source(article.encode(), f"{number}.txt") for number, article in enumerate(_ARTICLES)], settings
    )
    reader = Reader(Narrator(piper, Delivery(choose_voice(piper, "", "en"))))
    for utterance in script.utterances:
        _read(reader, utterance)
    paced, narration = narrate(script, [reader.write(folder / "evening.wav")], ears, settings)
    return Evening(paced, reader, narration, make_edition(paced, folder, settings, narration=narration))


def _read(reader: Reader, utterance: Utterance) -> None:
    if utterance.role == "announcement" or utterance.text in _PASSED_OVER:
        return
    if utterance.text == _GIVEN_UP:
        reader.begin(utterance)
    reader.read([utterance])
    if utterance.text == _COUGHED_BEHIND:
        reader.cough()
    if utterance.text == _REMARKED_BEHIND:
        reader.say(_REMARK)


def test_what_went_wrong_is_told_and_nothing_else(evening: Evening) -> None:
    told = [(finding.id, finding.text) for finding in evening.narration.findings if finding.id != "narration-announced"]
    assert told == [
        ("narration-slip", _GIVEN_UP),
        ("narration-extra", _REMARK),
        ("narration-unread", _PASSED_OVER),
    ]


def test_what_the_program_announces_is_no_mistake_of_who_reads(evening: Evening) -> None:
    announced = [each for each in evening.narration.findings if each.id == "narration-announced"]
    assert "End of The Courier." in [each.text for each in announced]
    assert {each.level for each in announced} == {"note"}


def test_each_sentence_is_cut_where_it_was_read(evening: Evening) -> None:
    assert set(evening.narration.readings) == set(evening.reader.truth)
    for name, (start, end) in evening.reader.truth.items():
        reading = evening.narration.readings[name]
        assert -0.05 * RATE_HZ < start - reading.start < 0.15 * RATE_HZ, name
        assert -0.15 * RATE_HZ < reading.end - end < 0.25 * RATE_HZ, name


def test_every_word_is_in_the_edition_once(evening: Evening, ears: Recogniser) -> None:
    listening = listen(read_edition(evening.edition.folder), ears)
    assert not any(heard.missing for heard in listening.sentences)
    said = " ".join(heard.match.heard for heard in listening.sentences)
    assert "radio" not in said
    # Misheard are at most two words of a sentence in other letters; nothing is heard twice, and nothing is lacking.
    for heard in listening.sentences:
        assert abs(len(heard.match.heard.split()) - heard.match.words) <= 2, heard
    assert listening.word_error_rate < 0.08


def test_each_sentence_is_marked_while_it_sounds(evening: Evening, ears: Recogniser) -> None:
    """The sound of the edition, aligned anew, has each sentence where its cue is."""
    (mp3,) = evening.edition.folder.glob("*.mp3")
    voice = evening.narration.tapes[0].voice
    heard = find(evening.script, [Tape(mp3, "the edition", voice)], ears).readings
    late = {
        cue.utterance.id: (heard[cue.utterance.id].reading.start - chapter.start - cue.start) / RATE_HZ
        for chapter in evening.edition.recording.chapters
        for cue in chapter.cues
        if cue.utterance.id in evening.reader.truth
    }
    assert {name: seconds for name, seconds in late.items() if abs(seconds) > 0.25} == {}


def test_the_edition_is_sound(evening: Evening) -> None:
    """In every format, as strangers read it, with EPUBCheck where it is installed."""
    assert check_edition(evening.edition.folder).findings == ()
