"""The neural voice: the same bytes for the same text, words where they are heard, and clear words on bad voices."""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition import audio
from audio_edition.errors import MissingTool, SpeakError
from audio_edition.model import Clip, Delivery, Pronunciation, Utterance, Voice
from audio_edition.processes import cores
from audio_edition.speak import open_engine
from audio_edition.speak.engine import Engine, RetryableSpeechError
from audio_edition.speak.loudness import PASSAGES, TARGET_LUFS, gain_of
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.phonemes import ended, phonemes_of, spans_of_words
from audio_edition.speak.piper.phonemes import as_text

SENTENCE = "She puts the shoe back on, and carries on."
VILLAGE = "From the village of Baghouz, they walk on."


def _joe(engine: Engine) -> Voice:
    voice = engine.voice("joe")
    assert voice is not None
    return voice


def _said(engine: Engine, spoken: str, rate_wpm: int = 175) -> Clip:
    return engine.speak(spoken, Delivery(_joe(engine), rate_wpm))


def test_the_same_text_gives_the_same_bytes_whatever_came_before(piper: Engine) -> None:
    """Piper draws random numbers; here nothing that was said before, or meanwhile, is heard in a sentence."""
    texts = [SENTENCE, "Something else entirely.", "And a question, too?", SENTENCE]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: _said(piper, text), texts))
    assert together[0] == together[3]
    with contextlib.closing(open_engine("piper")) as fresh:
        assert _said(fresh, SENTENCE) == together[0]


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
def test_word_marks_point_to_the_words(piper: Engine, spoken: str, words: list[str]) -> None:
    """Every word has its mark, also where eSpeak NG runs words together; times rise and stay inside the clip."""
    clip = _said(piper, spoken)
    assert [spoken[word.text_start : word.text_end] for word in clip.words] == words
    starts = [word.start for word in clip.words]
    assert starts == sorted(set(starts))
    assert all(0 <= word.start < word.end <= clip.length for word in clip.words)


def test_a_word_mark_is_where_the_word_sounds(piper: Engine) -> None:
    """Before the mark behind a pause it is quiet, and right behind it is not."""
    clip = audio.trimmed(_said(piper, "Alpha. Beta. Gamma."))
    tenth = clip.rate_hz // 10
    for word in clip.words[1:]:
        before, behind = (clip.pcm[2 * at : 2 * (at + tenth)] for at in (word.start - tenth, word.start + tenth // 4))
        assert _peak(before) < _peak(behind) / 4


def _peak(pcm: bytes) -> int:
    return max(map(abs, memoryview(pcm).cast("h")))


def test_a_pronunciation_is_said_in_its_sentence(piper: Engine) -> None:
    """The word's phonemes are those given; the rest of the sentence, its comma too, is as it was."""
    start = VILLAGE.index("Baghouz")
    voice = _joe(piper)
    given = (Pronunciation(start, start + 7, "bəˈɡuːz"),)
    plain = piper.phonemes(VILLAGE, voice)
    assert "bˈæɡhuːz, ðeɪ" in plain
    assert piper.phonemes(VILLAGE, voice, given) == plain.replace("bˈæɡhuːz", "bəˈɡuːz")
    clip = piper.speak(VILLAGE, Delivery(voice), given)
    assert clip.pcm != _said(piper, VILLAGE).pcm
    assert "Baghouz" in [VILLAGE[word.text_start : word.text_end] for word in clip.words]


@pytest.mark.parametrize(
    ("ipa", "said"),
    [
        ("t͡ʃa.d", "tʃad"),
        ("'ga:d", "ˈɡaːd"),
        ("x!y", "x!y"),
        ("ᴥ", "bˈæɡhuːz"),
        ("b]] [[d", "bˈæɡhuːz"),
        ("", "bˈæɡhuːz"),
    ],
)
def test_ipa_as_people_write_it(piper: Engine, ipa: str, said: str) -> None:
    """Tie bars and dots are no sounds, marks of a typewriter are those meant; with a sound that the voice has not, what
    is written is said."""
    start = VILLAGE.index("Baghouz")
    phonemes = piper.phonemes(VILLAGE, _joe(piper), (Pronunciation(start, start + 7, ipa),))
    assert f"ʌv {said}, ðeɪ" in phonemes


@pytest.mark.parametrize(
    ("spoken", "end"), [("Blood stains", "."), ("Blood stains?", ""), ("Blood stains,", ""), ("“Blood stains!”", "")]
)
def test_a_headline_without_full_stop_is_said_to_its_end(piper: Engine, spoken: str, end: str) -> None:
    """A voice that learned from sentences breaks off where one does not end; what ends otherwise stays as it is."""
    assert _said(piper, spoken).pcm == _said(piper, spoken + end).pcm
    assert _said(piper, "Blood stains").pcm != _said(piper, "Blood stains?").pcm


def test_the_added_full_stop_is_no_word_and_needs_a_voice_that_knows_it() -> None:
    """Words keep their places, and what is empty stays empty."""
    found = phonemes_of("la li", (), list, list)
    assert ended(found, "lai. ") == replace(found, symbols=(*"la li.",))
    assert ended(found, "lai ") == found
    assert ended(replace(found, symbols=()), "lai. ").symbols == ()


def test_no_text_is_taken_for_phonemes(piper: Engine) -> None:
    """What a document has between double brackets is read out."""
    said = piper.phonemes("[[h@l'oU]] there", _joe(piper))
    assert said == "ˈeɪtʃ æt ˈɛlˈoʊ jˈuː ðˈɛɹ"
    assert piper.phonemes("[[[[tɛst]]]]", _joe(piper)) == piper.phonemes("tɛst", _joe(piper))


@given(st.text(alphabet="[]a ː", max_size=30))
def test_no_text_opens_a_block_of_phonemes(text: str) -> None:
    """However brackets are stacked, two never stand together; nothing but spaces comes in between."""
    assert "[[" not in as_text(text)
    assert as_text(text).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.text(alphabet="abcˈ", max_size=5), max_size=12), st.text(alphabet="abcdˈ ,", max_size=60))
def test_spans_of_words_rise(words: list[str], sentence: str) -> None:
    """Whatever is compared, each word has a span inside the sentence, behind the one before it."""
    spans = spans_of_words(list(sentence), [list(word) for word in words])
    assert len(spans) == len(words)
    flat = [place for span in spans for place in span]
    assert flat == sorted(flat)
    assert all(0 <= place <= len(sentence) for place in flat)


def test_words_are_found_in_long_texts_of_like_sounds() -> None:
    """A thousand words that sound alike are told apart, the last one as well as the first."""
    spoken = " ".join(["la"] * 1000)
    found = phonemes_of(spoken, (), lambda text: list(text.replace(" ", "")), list)
    assert [span for _, span in found.words] == [(2 * place, 2 * place + 2) for place in range(1000)]


@pytest.mark.parametrize("rate_wpm", [80, 120, 175, 250, 300])
def test_the_rate_is_that_of_espeak_ng(piper: Engine, espeak: Engine, rate_wpm: int) -> None:
    """So many words a minute take as long as at 175, in proportion, and at 175 as long as eSpeak NG takes."""
    sentences = PASSAGES["en"].split(". ")
    seconds = sum(audio.trimmed(_said(piper, text, rate_wpm)).length for text in sentences) / piper.rate_hz
    american = Delivery(Voice("en-us", "", "en-us", "espeak"))
    expected = sum(audio.trimmed(espeak.speak(text, american)).length for text in sentences) / espeak.rate_hz
    assert seconds == pytest.approx(expected * 175 / rate_wpm, rel=0.06)


def test_a_rate_that_it_cannot_reach_is_refused(piper: Engine) -> None:
    """It does not quietly speak slower than asked."""
    with pytest.raises(SpeakError, match=r"can't speak 400 words a minute.*--rate 340"):
        _said(piper, SENTENCE, 400)


def test_the_voice_comes_to_the_level(piper: Engine) -> None:
    """Another text than the one measured, at the voice's gain, lies at -19 LUFS, give or take the text."""
    narrator = Narrator(piper, Delivery(_joe(piper)))
    text = "Two of the three drivers stopped for lunch. The third one carried on to the coast, as she always did."
    sound = audio.segment(narrator.speak(Utterance("c01-p001-s01", text, text)))
    assert audio.loudness_lufs([sound], gain_of(narrator)) == pytest.approx(TARGET_LUFS, abs=1)


def test_the_voice_is_described_without_being_loaded(piper: Engine) -> None:
    """Name, language, and the licence that its card gives."""
    (joe,) = piper.voices()
    assert (joe.id, joe.name, joe.language, joe.licence) == ("en_US-joe-medium", "joe", "en-US", "CC0")
    assert piper.voice("EN_us-Joe-Medium") == joe
    assert piper.voice("nobody") is None


def test_a_missing_package_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the engine says how to get it."""

    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    with pytest.raises(MissingTool, match=r"piper-tts.*Install it: pip install .*piper-tts"):
        open_engine("piper")


# --- voices by path


@pytest.fixture
def joe_files(piper: Engine, tmp_path: Path) -> Path:
    """joe's model and settings, to be spoilt."""
    from audio_edition.speak.piper.files import packaged

    found = packaged()
    assert found is not None
    model = tmp_path / "my.voice.onnx"
    model.symlink_to(found.model)
    shutil.copy(f"{found.model}.json", f"{model}.json")
    return model


def _with_settings(model: Path, **changes: Any) -> None:
    path = Path(f"{model}.json")
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_a_voice_by_its_path_speaks_as_itself(piper: Engine, joe_files: Path) -> None:
    """It is called by its name, not by its folder, and another file of that name is another voice."""
    voice = piper.voice(str(joe_files))
    assert voice is not None
    assert (voice.id, voice.licence) == ("my.voice", "")
    assert piper.speak(SENTENCE, Delivery(voice)) == _said(piper, SENTENCE)
    _with_settings(joe_files, dataset="other")
    other = piper.voice(str(joe_files))
    assert other is not None
    narrators = [Narrator(piper, Delivery(named)) for named in (voice, other)]
    assert len({narrator.key(Utterance("c01-p001-s01", "x", "x")) for narrator in narrators}) == 2


def test_a_voice_of_another_rate_is_resampled(piper: Engine, joe_files: Path) -> None:
    """A voice of 16 kHz lasts as long as its samples say, and its words are where they were."""
    _with_settings(joe_files, audio={"sample_rate": 16_000})
    voice = piper.voice(str(joe_files))
    assert voice is not None
    clip, joe = piper.speak(SENTENCE, Delivery(voice)), _said(piper, SENTENCE)
    assert clip.rate_hz == 22_050
    stretch = 22_050 / 16_000
    assert clip.length == round(joe.length * stretch)
    assert [word.start for word in clip.words] == pytest.approx([word.start * stretch for word in joe.words], abs=1)


def test_a_card_beside_the_voice_gives_its_licence(piper: Engine, joe_files: Path) -> None:
    """As long as it is the card of this voice and of no other."""
    joe_files.with_name("MODEL_CARD").write_text(f"# Card\n{' ' * 50_000}\n * **License**: [CC BY 4.0](x)\n", "utf-8")
    voice = piper.voice(str(joe_files))
    assert voice is not None
    assert voice.licence == "[CC BY 4.0](x)"
    joe_files.with_name("second.onnx").touch()
    assert piper.voice(str(joe_files)).licence == ""  # type: ignore[union-attr]


def _huge(path: Path) -> None:
    path.unlink()
    with path.open("wb") as file:
        file.truncate(600_000_000)


def _replaced(content: bytes) -> Callable[[Path], None]:
    def replace(path: Path) -> None:
        path.unlink()
        path.write_bytes(content)

    return replace


def _truncated(path: Path) -> None:
    start = path.read_bytes()[:1_000_000]
    path.unlink()
    path.write_bytes(start)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _settings(**changes: Any) -> Callable[[Path], None]:
    return lambda path: _with_settings(path.with_suffix(""), **changes)


@pytest.mark.parametrize(
    ("suffix", "spoil", "message"),
    [
        ("", _replaced(b"This is no model.\n" * 99), "is not an ONNX model"),
        ("", _replaced(b""), "is not an ONNX model"),
        ("", _truncated, "is not an ONNX model"),
        ("", _huge, "too large for a voice"),
        ("", _folder, "this is no file"),
        ("", Path.unlink, "the voice lacks this file"),
        (".json", Path.unlink, "the voice lacks this file"),
        (".json", _replaced(b"{"), "this is not JSON"),
        (".json", _replaced(b"[" * 100_000), "this is not JSON"),
        (".json", _replaced(b"\xff\xfe"), "this is not JSON"),
        (".json", _replaced(b"[]"), "not the settings of a Piper voice"),
        (".json", _replaced(b"{}"), "no audio.sample_rate"),
        (".json", _settings(audio={"sample_rate": "fast"}), "no audio.sample_rate"),
        (".json", _settings(espeak={}), "no espeak.voice"),
        (".json", _settings(phoneme_id_map={"a": [1]}), "no phoneme_id_map"),
        (".json", _settings(phoneme_id_map={"_": "0", "^": [1], "$": [2]}), "phoneme_id_map without numbers"),
        (".json", _settings(inference={"length_scale": "1"}), "inference without numbers"),
        (".json", _settings(phoneme_type="pinyin"), "wants its text as 'pinyin'"),
        (".json", _settings(phoneme_type=["?"]), "wants its text as"),
        (".json", _settings(espeak={"voice": "klingon-x"}), "not the settings of a Piper voice"),
        (".json", _settings(vowel_clusters=5), "not the settings of a Piper voice"),
        pytest.param(
            "", _pipe, "this is no file", marks=pytest.mark.skipif(sys.platform == "win32", reason="has no named pipes")
        ),
    ],
)
def test_a_bad_voice_is_named(
    piper: Engine, joe_files: Path, suffix: str, spoil: Callable[[Path], None], message: str
) -> None:
    """Each file that is missing, spoilt, wrong or too large ends in one sentence that names it; nothing hangs."""
    path = Path(f"{joe_files}{suffix}")
    spoil(path)
    with pytest.raises(SpeakError, match=message) as caught:
        _measured(piper, str(joe_files))
    assert str(path) in str(caught.value)


def _measured(engine: Engine, name: str) -> float:
    voice = engine.voice(name)
    assert voice is not None
    return gain_of(Narrator(engine, Delivery(voice)))


def test_a_speaker_is_chosen_by_name(piper: Engine, joe_files: Path) -> None:
    """A voice of several speakers takes one behind a plus, and names those it has."""
    _with_settings(joe_files, num_speakers=2, speaker_id_map={"ann": 0, "bob": 1})
    voice = piper.voice(f"{joe_files}+bob")
    assert voice is not None
    assert (voice.id, voice.name) == ("my.voice+bob", "joe, bob")
    with pytest.raises(SpeakError, match=r"no speaker “eve”.*It has: ann, bob"):
        piper.voice(f"{joe_files}+eve")


def test_sound_made_piece_by_piece_is_that_of_the_whole_sentence(
    joe_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three pieces and their seams are, to a rounding error, what the decoder makes of all frames at once; and the
    lengths of the phonemes add up to it."""
    import numpy

    from audio_edition.speak.piper import model

    session = model.Session(joe_files)
    ids = numpy.random.default_rng(1).integers(3, 100, (1, 300))
    scales = numpy.array([0.667, 1, 0.8], dtype=numpy.float32)
    given = {"input": ids, "input_lengths": numpy.array([300]), "scales": scales}
    pieces, lengths = session.run(None, given)
    frames = int(lengths.sum())
    assert frames > 2 * model._FRAMES
    monkeypatch.setattr(model, "_FRAMES", frames)
    whole, _ = session.run(None, given)
    assert pieces.shape == whole.shape
    assert pieces.size % frames == 0
    assert numpy.abs(pieces - whole).max() < 1e-5


def test_a_model_that_is_cut_sounds_as_it_did(joe_files: Path) -> None:
    """Cut in two and with a row more, the model gives what its file gives with the same numbers in place of random
    ones."""
    import numpy
    import onnx
    import onnxruntime

    from audio_edition.speak.piper import graph, model

    file = onnx.load(str(joe_files))
    graph._give_numbers(file.graph)
    whole = onnxruntime.InferenceSession(file.SerializeToString(), providers=["CPUExecutionProvider"])
    ids = numpy.random.default_rng(2).integers(3, 100, (1, 60))
    scales = numpy.array([0.667, 1, 0.8], dtype=numpy.float32)
    given = {"input": ids, "input_lengths": numpy.array([60]), "scales": scales}
    (expected,) = whole.run(None, given)
    samples, _ = model.Session(joe_files).run(None, given)
    assert numpy.abs(samples.ravel() - expected.ravel()).max() < 1e-4


# --- models that misbehave


@pytest.fixture
def odd_voice(piper: Engine, joe_files: Path) -> Callable[[str], Voice]:
    """Makes a voice whose model gives a thing: a number for each of its samples, or none for ever."""

    def make(gives: str) -> Voice:
        _replaced(_odd_model(gives))(joe_files)
        voice = piper.voice(str(joe_files))
        assert voice is not None
        return voice

    return make


def _odd_model(gives: str) -> bytes:
    from onnx import TensorProto, helper

    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, None]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    output = [helper.make_tensor_value_info("output", TensorProto.FLOAT, None)]
    nodes = {"endless": _endless, "failing": _failing}.get(gives, lambda: _constant(float(gives)))()
    graph = helper.make_graph(nodes, "odd", inputs, output)
    opset = [helper.make_opsetid("", 15)]
    return bytes(helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString())


def _constant(value: float) -> list[Any]:
    from onnx import TensorProto, helper

    length = helper.make_tensor("length", TensorProto.INT64, [1], [44_100])
    sample = helper.make_tensor("value", TensorProto.FLOAT, [1], [value])
    return [
        helper.make_node("Constant", [], ["many"], value=length),
        helper.make_node("ConstantOfShape", ["many"], ["output"], value=sample),
    ]


def _failing() -> list[Any]:
    from onnx import helper

    return [helper.make_node("Reshape", ["scales", "input_lengths"], ["output"])]


def _endless() -> list[Any]:
    from onnx import TensorProto, helper

    body = helper.make_graph(
        [
            helper.make_node("Identity", ["on"], ["on_again"]),
            helper.make_node("Identity", ["sound"], ["sound_again"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("turn", TensorProto.INT64, []),
            helper.make_tensor_value_info("on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("sound", TensorProto.FLOAT, [3]),
        ],
        [
            helper.make_tensor_value_info("on_again", TensorProto.BOOL, []),
            helper.make_tensor_value_info("sound_again", TensorProto.FLOAT, [3]),
        ],
    )
    return [helper.make_node("Loop", ["", "", "scales"], ["output"], body=body)]


@pytest.mark.parametrize(
    ("gives", "reason"),
    [
        ("nan", "its samples are no numbers"),
        ("inf", "its samples are no numbers"),
        ("0", "it gave no sound"),
        ("1e-5", "it gave no sound"),
        ("failing", "Reshape"),
        ("endless", "no sound after"),
    ],
)
def test_a_model_that_gives_no_speech_names_the_sentence(
    piper: Engine, odd_voice: Callable[[str], Voice], monkeypatch: pytest.MonkeyPatch, gives: str, reason: str
) -> None:
    """Silence, samples that are no numbers, a failure and a hang end in an error that says what could not be spoken."""
    narrator = Narrator(piper, Delivery(odd_voice(gives)))
    monkeypatch.setattr("audio_edition.speak.piper.model._LEAST_SECONDS", -9 if gives == "endless" else 30)
    with pytest.raises(SpeakError) as caught:
        narrator.speak(Utterance("c02-p003-s01", SENTENCE, SENTENCE))
    for part in ("c02-p003-s01", SENTENCE, "my.voice", reason):
        assert part in caught.value.message
    with pytest.raises(SpeakError, match=r"The voice my.voice of piper does not speak"):
        gain_of(narrator)


def test_a_model_without_lengths_speaks_without_word_marks(piper: Engine, odd_voice: Callable[[str], Voice]) -> None:
    """Samples outside full scale are cut to it; where a model tells no lengths, no times are made up."""
    clip = piper.speak(SENTENCE, Delivery(odd_voice("7")))
    assert (clip.length, set(memoryview(clip.pcm).cast("h")), clip.words) == (44_100, {32_767}, ())


def test_nothing_to_say_is_a_stumble(piper: Engine) -> None:
    """Text without a phoneme is not handed to the model."""
    with pytest.raises(RetryableSpeechError, match="nothing in it that the voice could say"):
        _said(piper, "…")


def test_the_cores_are_shared_out_by_one_variable(monkeypatch: pytest.MonkeyPatch, piper: Engine) -> None:
    """AUDIO_EDITION_CORES bounds how many utterances are spoken at once; what is no number is passed over."""
    monkeypatch.setenv("AUDIO_EDITION_CORES", "3")
    with contextlib.closing(open_engine("piper")) as engine:
        assert engine.at_once == 3
    monkeypatch.setenv("AUDIO_EDITION_CORES", "many")
    assert cores() >= 1
