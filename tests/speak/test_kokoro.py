"""Kokoro's voices: the same bytes for the same text, words where they are heard, and clear words on damaged files."""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition import audio
from audio_edition.errors import MissingTool, SpeakError
from audio_edition.model import Clip, Delivery, Pronunciation, Utterance, Voice, Word
from audio_edition.speak import open_engine
from audio_edition.speak.engine import Engine, RetryableSpeechError
from audio_edition.speak.kokoro import known, pace
from audio_edition.speak.kokoro.alphabet import NOTATIONS, NUMBER, told, written, written_ipa
from audio_edition.speak.kokoro.espeak import ipa
from audio_edition.speak.loudness import PASSAGES, TARGET_LUFS, gain_of
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.pronunciation_check import pronunciation_finding
from audio_edition.speak.voices import choose_voice
from support.places import environment
from support.said_elsewhere import digest_of

SENTENCE = "She puts the shoe back on, and carries on."
VILLAGE = "From the village of Baghouz, they walk on."


def _voice(engine: Engine, name: str = "af_heart") -> Voice:
    voice = engine.voice(name)
    assert voice is not None
    return voice


def _said(engine: Engine, spoken: str, rate_wpm: int = 175, voice: str = "af_heart") -> Clip:
    return engine.speak(spoken, Delivery(_voice(engine, voice), rate_wpm))


def _written(text: str, language: str = "en-US") -> str:
    return "".join(written(text, NOTATIONS[language], ipa))


# --- what it reads


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("20,000 tonnes at 10:05", "twˈɛnti θˈWzənd tˈʌnz æt tˈɛn zˈiəɹO fˈIv"),
        ("3.5 billion dollars.", "θɹˈi pYnt fˈIv bˈɪliən dˈɑləɹz."),
        ("I.A.E.A, i.e. them", "ˌIˌAˌiˈA, ˌIˈi ðˌɛm"),
        ("Mr. Hart and Mrs. Bo", "mˈɪstəɹ hˈɑɹt ænd mˈɪsɪz bˈO"),
        ("March 3, twenty nineteen. Tidewire.", "mˈɑɹʧ θɹˈi, twˈɛnti nˈIntin. tˈIdwIəɹ."),
        ('He said: "Go!"', "hi sˈɛd: “ɡˈO!”"),
        ("the I-S group, A-F-P", "ðə ˈIˈɛs ɡɹˈup, ˈAˈɛfpˈi"),
        ("I-S's men", "ˈIˈɛsᵻz mˈɛn"),
        ("an un\u2060said word", "ən ˈʌn sˈɛd wˈɜɹd"),
        ("Stop -- now", "stˈɑp—nˈW"),
        ("[[h@l'oU]]", "((ˈAʧ æt ˈɛlˈO jˈu))"),
        ("little bottle, bird, button", "lˈɪTᵊl bˈɑTᵊl, bˈɜɹd, bˈʌtn"),
    ],
)
def test_a_text_is_cut_at_marks_of_its_phrases_and_nowhere_else(text: str, letters: str) -> None:
    """A mark inside a number, an abbreviation or initials is none; other marks are passed on, as the voice phrases by
    them."""
    assert _written(text) == letters


@pytest.mark.parametrize(
    ("language", "text", "letters"),
    [
        ("en-GB", "there, here, poor goat", "ðˈɛː, hˈɪə, pˈʊə ɡˈQt"),
        ("es", "¿Qué hace?", "kˈe ˈaθe?"),
        ("es", "lluvia y gracias", "ʎˈuβja i ɣɾˈaθjas"),
        ("es-419", "lluvia y gracias", "ʝˈuβja i ɣɾˈasjas"),
        ("es-419", "la calle", "la kˈaʝe"),
        ("fr", "« Un bon vin » !", "“œ̃ bˈɔ̃ vˈɛ̃”!"),
        ("hi", "परिषद की बैठक।", "pˈʌɾɪʂˌəd ki bˈɛːʈʰək."),
        ("it", "La pizza è grande", "la pˈiʦːa e ɡrˈande"),
        ("pt-BR", "O coração", "ʊ kˌoɾasˈɐ̃ʊ̃"),
    ],
)
def test_each_language_has_its_letters(language: str, text: str, letters: str) -> None:
    """British centring vowels are no diphthongs of others, nasal vowels stay nasal, marks of a language are those that
    the model knows."""
    assert _written(text, language) == letters


@given(st.text(max_size=60), st.sampled_from(sorted(NOTATIONS)))
def test_any_text_is_written_in_letters_that_the_model_knows(text: str, language: str) -> None:
    """Whatever is in a document, nothing reaches the model that it has no number for, and nothing raises."""
    assert set(_written(text, language)) <= NUMBER.keys()


def test_ipa_does_not_depend_on_what_was_asked_before() -> None:
    """In any order, among other languages, a text has the same letters."""
    texts = [(language, text) for language in NOTATIONS for text in PASSAGES[language[:2]].split(". ")]
    first = {each: _written(each[1], each[0]) for each in texts}
    shuffled = texts * 5
    random.Random(1).shuffle(shuffled)
    assert all(_written(text, language) == first[language, text] for language, text in shuffled)


@pytest.mark.parametrize(
    ("given_ipa", "language", "letters"),
    [
        ("bəˈɡuːz", "en-US", "bəˈɡuz"),
        ("bəˈɡuːz", "en-GB", "bəˈɡuːz"),
        ("ˈt͡ʃɛ.kɪə", "en-US", "ˈʧɛkɪə"),
        ("'ga:d", "en-GB", "ˈɡaːd"),
        ("ˈaʊtsɛt", "en-US", "ˈWtsɛt"),
        ("ˈpittsa", "it", "ˈpitʦa"),
        ("ˈmʏlɐ", "en-US", ""),
        ("x!y ᴥ", "en-US", ""),
    ],
)
def test_an_editors_ipa_is_written_in_letters_or_not_at_all(given_ipa: str, language: str, letters: str) -> None:
    """One sound without a letter, and the word is said as written."""
    assert "".join(written_ipa(given_ipa, NOTATIONS[language])) == letters


def test_letters_are_told_in_ipa() -> None:
    """What stands for two sounds is told as two."""
    assert told("ˈAIOQWY ʤʧʦʣ Tᵊ") == "ˈeɪaɪoʊəʊaʊɔɪ dʒtʃtsdz ɾə"


# --- what it says


def test_the_same_text_gives_the_same_bytes_whatever_came_before(kokoro: Engine) -> None:
    """Nothing that was said before, or meanwhile, is heard in a sentence; neither is another model of the process."""
    texts = [SENTENCE, "Something else entirely.", "And a question, too?", SENTENCE]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: _said(kokoro, text), texts))
    assert together[0] == together[3]
    kokoro.close()
    assert _said(kokoro, SENTENCE) == together[0]


SHORT = """Yes.|No?|Who pays?|Not us!|Wait…|Blood stains|In 1999.|He left: now.|“Go,” she said.|It rained.|A-F-P.
Why so?|Stop — now.|3.5%.|Mr. Hart.|Ah.|Once (or twice).|To-day; here.|It is over.|Rain.|Eleven ships.|So it ends"""


def test_another_process_says_the_same_in_another_order(kokoro: Any) -> None:
    """A few dozen utterances, two at a time here: none is lost, none too short or too long, and each has its bytes."""
    texts, order = re.split(r"[|\n]", SHORT), random.Random(1)
    here, there = order.sample(texts, len(texts)), order.sample(texts, len(texts))
    with ThreadPoolExecutor(2) as pool:
        clips = list(pool.map(lambda text: _said(kokoro, text), here))
    command = [sys.executable, "-m", "support.said_elsewhere", "af_heart"]
    folder = {"AUDIO_EDITION_VOICES": str(Path(kokoro._folder).parent)}
    done = subprocess.run(
        command, input=json.dumps(there), capture_output=True, text=True, check=True, env=environment() | folder
    )
    elsewhere = dict(zip(there, json.loads(done.stdout), strict=True))
    assert [digest_of(clip) for clip in clips] == [elsewhere[text] for text in here]
    assert len(elsewhere) == len(texts) > 20
    for text, clip in zip(here, clips, strict=True):
        foretold = kokoro.seconds(text, Delivery(_voice(kokoro), 175))
        assert audio.trimmed(clip).length / clip.rate_hz == pytest.approx(foretold, abs=0.3), text


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        (SENTENCE, ["She", "puts", "the", "shoe", "back", "on", "and", "carries", "on"]),
        ("He said “naïve” and ‘left’ — Müller, too.", ["He", "said", "naïve", "and", "left", "Müller", "too"]),
        (
            "At the end of the 212 days it's US-backed.",
            ["At", "the", "end", "of", "the", "212", "days", "it's", "US-backed"],
        ),
        ("Go! Now. Really?", ["Go", "Now", "Really"]),
    ],
)
def test_word_marks_point_to_the_words(kokoro: Engine, spoken: str, words: list[str]) -> None:
    """Every word has its mark; times rise and stay inside the clip."""
    clip = _said(kokoro, spoken)
    assert [spoken[word.text_start : word.text_end] for word in clip.words] == words
    starts = [word.start for word in clip.words]
    assert starts == sorted(set(starts))
    assert all(0 <= word.start < word.end <= clip.length for word in clip.words)


def test_the_first_word_begins_where_sound_does(kokoro: Engine) -> None:
    """By the energy of the sound, within 30 ms."""
    off = []
    for text in re.split(r"(?<=[.]) ", PASSAGES["en"]):
        clip = _said(kokoro, text)
        off.append(abs(clip.words[0].start - _first_sound(clip)) / clip.rate_hz)
    assert statistics.median(off) < 0.03


def _first_sound(clip: Clip) -> int:
    samples = memoryview(clip.pcm).cast("h")
    return next(place for place, sample in enumerate(samples) if abs(sample) > 100)


def test_a_clip_has_no_tail_of_its_own(kokoro: Engine) -> None:
    """Behind the last sound nothing is heard: cut to what is sound, it is as long as its words."""
    clip = audio.trimmed(_said(kokoro, "He came home late."))
    assert clip.length / clip.rate_hz < 1.6
    assert clip.words[-1].end == clip.length


@pytest.mark.parametrize("end", [".", "!", "?"])
def test_a_headline_without_full_stop_is_said_to_its_end(kokoro: Engine, end: str) -> None:
    """What has no mark at its end gets a full stop; what has one keeps it."""
    assert _said(kokoro, "Blood stains").pcm == _said(kokoro, "Blood stains.").pcm
    assert (_said(kokoro, f"Blood stains{end}").pcm == _said(kokoro, "Blood stains").pcm) == (end == ".")


def test_a_pronunciation_is_said_in_its_sentence(kokoro: Engine) -> None:
    """The word's sounds are those given; the rest of the sentence, its comma too, is as it was."""
    start = VILLAGE.index("Baghouz")
    voice = _voice(kokoro)
    given_ipa = (Pronunciation(start, start + 7, "bəˈɡuːz"),)
    plain = kokoro.phonemes(VILLAGE, voice)
    assert "bˈæɡhuz, ðeɪ" in plain
    assert kokoro.phonemes(VILLAGE, voice, given_ipa) == plain.replace("bˈæɡhuz", "bəˈɡuz")
    clip = kokoro.speak(VILLAGE, Delivery(voice), given_ipa)
    assert clip.pcm != _said(kokoro, VILLAGE).pcm
    assert "Baghouz" in [VILLAGE[word.text_start : word.text_end] for word in clip.words]


def test_a_long_sentence_is_said_in_parts_that_end_at_pauses(kokoro: Engine) -> None:
    """All of its words are said, in order, and no sample of a part is lost."""
    spoken = ", ".join(f"the {number} boats came home in the rain" for number in range(12)) + "."
    clip = _said(kokoro, spoken)
    assert [spoken[word.text_start : word.text_end] for word in clip.words] == re.findall(r"\w+", spoken)
    starts = [word.start for word in clip.words]
    assert starts == sorted(set(starts))
    Narrator(kokoro, Delivery(_voice(kokoro))).speak(Utterance("c01-p001-s01", spoken, spoken))


def test_slow_speech_is_parted_sooner(kokoro: Any) -> None:
    """A run is limited in its length in time, as memory is, not in letters: slow speech has more time a letter."""
    spoken = ", ".join(f"the {number} boats came home in the rain" for number in range(8)) + "."
    voice = _voice(kokoro)
    usual, slow = (kokoro._to_say(spoken, Delivery(voice, rate), ()) for rate in (175, 80))
    assert len(usual[0]) < len(slow[0])
    for parts, _, speed in (usual, slow):
        assert max(len(part.letters) for part in parts) / min(1, speed) <= 280
        assert "".join(letter for part in parts for letter in part.letters) == _letters(kokoro, spoken, voice)


def _letters(kokoro: Any, spoken: str, voice: Voice) -> str:
    return "".join(kokoro._phonemes(spoken, voice, ()).symbols)


def test_a_word_without_end_is_said(kokoro: Engine) -> None:
    """Where there is no pause and no space, it is parted all the same."""
    assert _said(kokoro, "a" * 200).length


@pytest.mark.parametrize("rate_wpm", [110, 220])
def test_the_rate_is_in_words_a_minute(kokoro: Engine, rate_wpm: int) -> None:
    """A passage takes as long as at the voice's own rate, in proportion."""
    sentences = re.split(r"(?<=[.]) ", PASSAGES["en"])[:3]
    seconds = sum(audio.trimmed(_said(kokoro, text, rate_wpm)).length for text in sentences)
    natural = sum(audio.trimmed(_said(kokoro, text, 181)).length for text in sentences)
    assert seconds == pytest.approx(natural * 181 / rate_wpm, rel=0.1)


def test_a_rate_that_it_cannot_reach_is_refused(kokoro: Engine) -> None:
    """It does not quietly speak slower than asked."""
    with pytest.raises(SpeakError, match=r"can't speak 400 words a minute.*--rate 334"):
        _said(kokoro, SENTENCE, 400)


@given(st.integers(80, 334), st.integers(80, 334))
def test_a_higher_rate_is_never_slower(one: int, other: int) -> None:
    """The model's speed rises with the rate, from end to end of the table."""
    slower, quicker = sorted((one, other))
    assert pace.speed(181, slower) <= pace.speed(181, quicker)


@pytest.mark.parametrize("name", ["af_heart", "if_sara", "ff_siwis"])
def test_the_voice_comes_to_the_level(kokoro: Engine, name: str) -> None:
    """The loudest voice as the softest: measured on its passage, it lies at -19 LUFS and nothing is cut off."""
    narrator = Narrator(kokoro, Delivery(_voice(kokoro, name)))
    text = PASSAGES[narrator.voice.language[:2]].split(". ")[0] + "."
    clip = narrator.speak(Utterance("c01-p001-s01", text, text))
    assert audio.loudness_lufs([audio.segment(clip)], gain_of(narrator)) == pytest.approx(TARGET_LUFS, abs=1.5)
    assert max(map(abs, memoryview(clip.pcm).cast("h"))) < 32_767


def test_voices_are_described_without_being_loaded(kokoro: Engine) -> None:
    """Name, language, gender and licence; the best of a language comes first."""
    heart = _voice(kokoro)
    assert (heart.name, heart.language, heart.gender, heart.licence) == ("Heart", "en-US", "female", "Apache-2.0")
    assert kokoro.voice("AF_Heart") == kokoro.voice("heart") == heart
    assert kokoro.voice("nobody") is None
    assert choose_voice(kokoro, "", "en").id == "af_heart"
    assert choose_voice(kokoro, "", "en-GB").id == "bf_emma"
    assert choose_voice(kokoro, "", "pt").language == "pt-BR"
    assert choose_voice(kokoro, "", "es").id == "ef_dora"
    assert choose_voice(kokoro, "", "es-MX").id == "ef_dora+es-419"


@pytest.mark.parametrize("spoken", ["…", "?!", " "])
def test_nothing_to_say_is_a_stumble(kokoro: Engine, spoken: str) -> None:
    """Text without a sound is not handed to the model, which would give noise."""
    with pytest.raises(RetryableSpeechError, match="nothing in it that the voice could say"):
        _said(kokoro, spoken)


def test_emoji_are_called_by_their_names(kokoro: Engine) -> None:
    """As eSpeak NG calls them; there is sound for each."""
    assert "smˈaɪlɪŋ" in kokoro.phonemes("🙂", _voice(kokoro))
    assert _said(kokoro, "🙂").length


# --- damaged, missing, strange


def test_without_its_packages_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named by the line that installs it."""

    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    with pytest.raises(MissingTool, match=r"onnxruntime.*Install it: .*kokoro"):
        open_engine("kokoro")


def test_without_its_model_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, with the line that fetches it."""
    monkeypatch.setattr("audio_edition.speak.kokoro.model._PART_MODULES", ["no_such_module"])
    with pytest.raises(MissingTool, match=r"lacks its model. Get it: audio-edition voices get kokoro-model"):
        open_engine("kokoro")


@pytest.fixture
def fresh(kokoro: Engine) -> Iterator[Engine]:
    """An engine of its own without voices, whose model is not loaded yet."""
    with contextlib.closing(open_engine("kokoro")) as engine:
        yield engine


def test_without_a_voice_it_says_how_to_get_one(fresh: Engine) -> None:
    """For a voice that it knows, and for a language."""
    with pytest.raises(SpeakError, match=r"bf_emma is not installed. Get it: audio-edition voices get bf_emma"):
        choose_voice(fresh, "bf_emma", "en")
    with pytest.raises(SpeakError, match="no voice for the language"):
        choose_voice(fresh, "", "en")


@pytest.mark.parametrize(("language", "names"), [("de", []), ("ja", []), ("zh", []), ("fr", ["ff_siwis"])])
def test_a_language_without_a_voice_is_named(fresh: Engine, language: str, names: list[str]) -> None:
    """Only a voice that can be spoken with is offered, and none that would have to be fetched for nothing."""
    with pytest.raises(SpeakError, match=f"kokoro has no voice for the language “{language}”") as caught:
        choose_voice(fresh, "", language)
    assert re.findall(r"voices get (\w+)", str(caught.value)) == names


def test_a_voice_without_phonemes_is_not_offered(fresh: Engine) -> None:
    """It can be fetched, and not spoken with."""
    with pytest.raises(SpeakError, match="jf_alpha can't be spoken with: for “ja” kokoro has no phonemes"):
        choose_voice(fresh, "jf_alpha", "en")


def test_an_ipa_that_it_cannot_say_is_found_before_it_speaks(kokoro: Engine) -> None:
    """The finding names the word and what is heard instead; a sound that it has gives none."""
    finding = pronunciation_finding(kokoro, _voice(kokoro), "Mueller", "", "ˈmʏlɐ")
    assert finding is not None
    assert finding.message.startswith("“Mueller” is to sound /ˈmʏlɐ/, which the voice af_heart can't say")
    assert pronunciation_finding(kokoro, _voice(kokoro), "Baghouz", "", "bəˈɡuːz") is None


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: b"\0" + data[1:]], ids=["cut", "changed"])
def test_a_damaged_model_is_named(
    fresh: Engine, kokoro: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]
) -> None:
    """Shorter or changed by a byte, it is not run."""
    part = tmp_path / "part.bin"
    part.write_bytes(spoil(bytes(1000)))
    monkeypatch.setattr("audio_edition.speak.kokoro.model.model_paths", lambda: [part])
    voice = _voice(fresh, str(kokoro._folder / "af_heart.bin"))
    with pytest.raises(SpeakError, match=r"part.bin: this is not the model of Kokoro, or was damaged"):
        fresh.speak(SENTENCE, Delivery(voice))


@pytest.fixture
def heart_file(kokoro: Any, tmp_path: Path) -> Path:
    """A copy of the voice af_heart, to be spoilt."""
    return Path(shutil.copy(kokoro._folder / "af_heart.bin", tmp_path / "my_voice.bin"))


def test_a_voice_by_its_path_speaks_as_itself(kokoro: Engine, heart_file: Path) -> None:
    """In three kinds of file; the language is named behind a plus."""
    import numpy

    table = numpy.fromfile(heart_file, "<f4").reshape(510, 1, 256)
    numpy.save(heart_file.with_suffix(".npy"), table)
    numpy.savez(heart_file.with_suffix(".npz"), my=table)
    expected = _said(kokoro, SENTENCE).length
    for suffix in (".bin", ".npy", ".npz"):
        voice = _voice(kokoro, str(heart_file.with_suffix(suffix)))
        assert (voice.id, voice.language) == ("my_voice", "en-US")
        # The pace of a voice by its path is not known, so that it may differ a little.
        assert kokoro.speak(SENTENCE, Delivery(voice)).length == pytest.approx(expected, rel=0.05)
    assert _voice(kokoro, f"{heart_file}+fr").language == "fr"
    with pytest.raises(SpeakError, match="does not speak “de”"):
        kokoro.voice(f"{heart_file}+de")


def _not_a_number(path: Path) -> None:
    path.write_bytes(b"\xff" * known.VOICE_BYTES)


@pytest.mark.parametrize(
    ("name", "spoil", "message"),
    [
        ("my_voice.bin", lambda path: path.write_bytes(b"short"), "no voice of Kokoro: 5 bytes"),
        ("my_voice.bin", lambda path: path.write_bytes(bytes(2_000_000)), "no voice of Kokoro: 2,000,000 bytes"),
        ("my_voice.bin", _not_a_number, "some are no numbers"),
        ("my_voice.npy", lambda path: path.write_bytes(b"\x80\x04K."), "it can't be read"),
        ("my_voice.npz", lambda path: path.write_bytes(b"PK\x03\x04"), "it can't be read"),
        ("my_voice.bin", lambda path: path.unlink(), "there is no such file"),
    ],
)
def test_a_bad_voice_file_is_named(
    kokoro: Engine, heart_file: Path, name: str, spoil: Callable[[Path], Any], message: str
) -> None:
    """Each ends in one sentence that names the file."""
    path = heart_file.with_name(name)
    spoil(path)
    with pytest.raises(SpeakError, match=message) as caught:
        kokoro.speak(SENTENCE, Delivery(_voice(kokoro, str(path))))
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: b"\1" + data[1:], lambda _: b""])
def test_a_voice_of_the_store_that_was_changed_is_not_spoken(
    kokoro: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]
) -> None:
    """Cut, changed by a byte, or empty: it is to be fetched anew."""
    data = spoil((kokoro._folder / "af_heart.bin").read_bytes())
    (tmp_path / "kokoro").mkdir()
    (tmp_path / "kokoro/af_heart.bin").write_bytes(data)
    monkeypatch.setenv("AUDIO_EDITION_VOICES", str(tmp_path))
    engine = open_engine("kokoro")
    with pytest.raises(SpeakError, match=r"not the voice af_heart.*voices get af_heart"):
        _said(engine, SENTENCE)


def test_a_model_that_fails_is_a_stumble(kokoro: Any) -> None:
    """More letters than the model takes: onnxruntime's error is told in its first line."""
    with pytest.raises(RetryableSpeechError, match="Expand"):
        kokoro._model().run([16] * 600, kokoro._style(kokoro._file(_voice(kokoro)))[0], 1.0)


def test_a_model_that_does_not_end_is_stopped(kokoro: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time is over before it begins here."""
    monkeypatch.setattr("audio_edition.speak.kokoro.model._LEAST_SECONDS", -100)
    with pytest.raises(RetryableSpeechError, match="no sound after"):
        _said(kokoro, SENTENCE)


# --- how it is run


def test_what_would_need_too_much_memory_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes on many threads, those that are said at once have the letters of two cores at most, slow ones
    weighing more, or one is said alone; and each is said."""
    numpy = pytest.importorskip("numpy")
    from audio_edition.speak.kokoro import model

    session: Any = object.__new__(model.Session)
    session._session, session._load = None, model._Load(2 * model._LETTERS_A_CORE)
    now: list[float] = []
    seen: list[list[float]] = []

    def run(_: None, numbers: list[int], style: None, speed: float) -> tuple[Any, Any]:
        now.append(len(numbers) / speed)
        seen.append(list(now))
        for _again in range(1000):
            seen.append(list(now))
        now.remove(len(numbers) / speed)
        return numpy.zeros(1), numpy.zeros(1)

    monkeypatch.setattr(model, "_run", run)
    order = random.Random(1)
    wanted = [(order.randint(1, 280), order.choice([0.5, 1.0, 2.0])) for _ in range(200)]
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda each: session.run([1] * each[0], None, each[1]), wanted))
    assert len(said) == len(wanted)
    assert max(map(len, seen)) > 1
    assert all(len(together) == 1 or sum(together) <= 280 + len(together) for together in seen)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells the most that a process held on Linux only")
def test_two_threads_need_less_than_700_megabytes(kokoro: Any) -> None:
    """In a process of its own, sentences that are as long as two at once may be; behind them, little is kept."""
    half = "the harbour master said that the boats would not leave before the wind had turned and they went home again"
    command = [sys.executable, "-m", "support.said_at_once", "af_heart"]
    folder = {"AUDIO_EDITION_VOICES": str(Path(kokoro._folder).parent)}
    done = subprocess.run(
        command, input=json.dumps([half, f"{half}, {half}", half]), capture_output=True, text=True, check=True,
        env=environment() | folder,
    )  # fmt: skip
    before, most, after = json.loads(done.stdout)
    assert most < 700
    assert after < before + 60


@pytest.mark.parametrize(("text", "speed"), [("The boats came home.", 1.0), ("A.", 2.0)])
def test_products_of_matrices_give_the_bytes_of_the_model_as_it_is(kokoro: Any, text: str, speed: float) -> None:
    """The quicker graph and the file's own: not one sample differs, not even where a piece of a layer is shortest."""
    import numpy
    import onnxruntime

    from audio_edition.speak.kokoro import model

    whole = b"".join(path.read_bytes() for path in model.model_paths())
    plain = onnxruntime.InferenceSession(whole, providers=["CPUExecutionProvider"])
    numbers = [NUMBER[letter] for letter in _written(text)]
    style = kokoro._style(kokoro._file(_voice(kokoro)))[len(numbers) - 1]
    given_numbers = {"tokens": numpy.array([[0, *numbers, 0]]), "style": style[None]}
    (expected,) = plain.run(None, given_numbers | {"speed": numpy.full(1, speed, "f4")})
    samples, frames = kokoro._model().run(numbers, style, speed)
    assert (samples == expected.ravel()).all()
    assert sum(frames) * model.FRAME_SAMPLES == samples.size


def test_another_rate_keeps_the_sound_and_the_words() -> None:
    """A tone has its height and its level afterwards, always in the same bytes, and a word the same moment."""
    pytest.importorskip("soxr")
    import numpy

    from audio_edition.speak.kokoro.engine import _at_rate

    def tone(rate_hz: int) -> Any:
        return 20_000 * numpy.sin(2 * numpy.pi * 1000 * numpy.arange(rate_hz) / rate_hz)

    clip = Clip(numpy.rint(tone(24_000)).astype("<i2").tobytes(), 24_000, (Word(12_000, 24_000, 0, 3),))
    once, again = _at_rate(clip, 22_050), _at_rate(clip, 22_050)
    assert once == again
    assert once.words == (Word(11_025, 22_050, 0, 3),)
    assert once.length == 22_050
    samples = numpy.frombuffer(once.pcm, "<i2").astype(float)
    assert numpy.abs(samples - tone(22_050))[500:-500].max() < 4


def test_sums_that_differ_keep_the_model_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor that cuts off sums gets no products, however quick they are."""
    pytest.importorskip("onnxruntime")
    import numpy

    from audio_edition.speak.kokoro import graph

    one, other = numpy.array([1, 2]), numpy.array([1, 3])
    results = iter([(one, 1.0), (other, 0.1), (one, 1.0), (one, 2.0)])
    monkeypatch.setattr(graph, "_tried", lambda _: next(results))
    assert not graph.products_pay()
    assert not graph.products_pay()  # slower
