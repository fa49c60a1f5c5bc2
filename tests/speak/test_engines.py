"""The engines: the same bytes every time, words where they are heard, and an end to whatever hangs."""

from __future__ import annotations

import contextlib
import os
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audio_edition.errors import MissingTool, SpeakError
from audio_edition.model import Clip, Delivery, Voice
from audio_edition.speak import open_engine, pyttsx3_engine
from audio_edition.speak.engine import Engine, RetryableSpeechError
from audio_edition.speak.pyttsx3_engine import Pyttsx3Engine
from audio_edition.speak.voices import choose_voice, voices_for

SENTENCE = "She puts the shoe back on, and carries on."


def _english(engine: Engine, rate_wpm: int = 175) -> Delivery:
    return Delivery(choose_voice(engine, "", "en"), rate_wpm)


def test_the_same_text_gives_the_same_bytes_whatever_came_before(espeak: Engine) -> None:
    """eSpeak NG's pitch flutter runs on in a process; here nothing that was said before is heard in a sentence."""
    first = espeak.speak(SENTENCE, _english(espeak))
    for text in ("Something else entirely.", "And a question, too?", "100"):
        espeak.speak(text, _english(espeak))
    assert espeak.speak(SENTENCE, _english(espeak)) == first
    with contextlib.closing(Pyttsx3Engine("espeak")) as fresh:
        assert fresh.speak(SENTENCE, _english(fresh)) == first


def test_an_engine_that_was_started_early_is_the_one_that_speaks(espeak: Engine) -> None:
    """Nothing is started twice, and it says what any other says."""
    with pyttsx3_engine.started_early("espeak"):
        (waiting,) = pyttsx3_engine._started_early.values()
        with contextlib.closing(Pyttsx3Engine("espeak")) as engine:
            assert engine.speak(SENTENCE, _english(engine)) == espeak.speak(SENTENCE, _english(espeak))
            assert engine._process is waiting


def test_an_engine_that_nobody_needed_ends() -> None:
    """As where the document can't be read."""
    with contextlib.suppress(KeyError), pyttsx3_engine.started_early("espeak"):
        (waiting,) = pyttsx3_engine._started_early.values()
        raise KeyError
    assert waiting.poll() is not None
    assert not pyttsx3_engine._started_early


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        (SENTENCE, ["She", "puts", "the", "shoe", "back", "on", "and", "carries", "on"]),
        ("He said “naïve” and ‘left’ — Müller, too.", ["He", "said", "naïve", "and", "left", "Müller", "too"]),
        ('"Wounded," he said.', ["Wounded", "he", "said"]),
        ("😀 yes", ["yes", "yes"]),
        ("It's 10:30 now", ["It's", "10", "now"]),
    ],
)
def test_word_marks_point_to_the_words(espeak: Engine, spoken: str, words: list[str]) -> None:
    """Positions are characters, also behind quotes, accents and emoji; times rise and stay inside the clip."""
    clip = espeak.speak(spoken, _english(espeak))
    found = [spoken[word.text_start : word.text_end] for word in clip.words]
    assert [word for word in found if word in words][: len(words)] == words or found == words
    starts = [word.start for word in clip.words]
    assert starts == sorted(starts)
    assert all(0 <= word.start <= word.end <= clip.length for word in clip.words)


def test_a_word_mark_is_where_the_word_sounds(espeak: Engine) -> None:
    """Cut at its mark, the last word of a sentence sounds as long as what remains of the sentence without it."""
    whole = espeak.speak("Alpha, beta, gamma.", _english(espeak))
    start = whole.words[2].start
    alone = espeak.speak("gamma.", _english(espeak))
    assert whole.length - start == pytest.approx(alone.length, rel=0.15)


def test_faster_is_shorter_and_voices_differ(espeak: Engine) -> None:
    """Rate, voice and variant reach the engine."""
    slow, quick = (espeak.speak(SENTENCE, _english(espeak, rate)) for rate in (120, 300))
    assert slow.length > 1.8 * quick.length
    clips = {
        espeak.speak(SENTENCE, Delivery(choose_voice(espeak, name, "en"))).pcm
        for name in ("en-us", "en-gb", "en-us+f3")
    }
    assert len(clips) == 3


def test_phonemes_are_told_without_a_sound(espeak: Engine) -> None:
    """Clauses, voices and repetition: the IPA is what the voice will say, and the same whatever was asked before."""
    american, british = choose_voice(espeak, "en-us", "en"), choose_voice(espeak, "en-gb", "en")
    assert espeak.phonemes("Hello there, Mr. Jones. No déjà vu", american) == (
        "həlˈoʊ ðˈɛɹ mˈɪstɚ dʒˈoʊnz nˈoʊ dˌeɪʒɑː vˈuː"
    )
    assert espeak.phonemes("no", british) == "nˈəʊ"
    assert espeak.phonemes("no", american) == "nˈoʊ"
    assert espeak.phonemes("", american) == ""
    assert espeak.phonemes("[[n'oU]]", american) != espeak.phonemes("no", american)


@pytest.mark.parametrize("engine", ["tone", "sapi5"])
def test_an_engine_that_cannot_tell_its_phonemes_says_nothing(engine: str) -> None:
    """Beeps and the voices of a system have no phonemes to tell, and are not started for them."""
    with contextlib.closing(open_engine(engine)) as opened:
        assert opened.phonemes("no", Voice("any", "Any", "en", engine)) == ""


@pytest.mark.parametrize("text", ["[[h@l'oU]] there", "<speak>hello <break time='20s'/></speak>"])
def test_phonemes_and_markup_are_read_as_text(espeak: Engine, text: str) -> None:
    """Nothing of a document is an instruction to the engine: marks are read out, a break of 20 s is not made."""
    clip = espeak.speak(text, _english(espeak))
    assert len(clip.words) >= 4
    assert clip.length < 8 * clip.rate_hz


def test_every_language_has_its_voice(espeak: Engine) -> None:
    """A language without region gets the voice that is meant by it."""
    tags = {
        "en": "en-us",
        "en-GB": "en-gb",
        "fr": "fr-fr",
        "zh": "cmn",
        "pt-BR": "pt-br",
        "ar": "ar",
        "hi": "hi",
        "no": "nb",
    }
    assert {tag: choose_voice(espeak, "", tag).id for tag in tags} == tags
    assert {voice.language.partition("-")[0] for voice in voices_for(espeak.voices(), "en")} == {"en"}


@pytest.mark.parametrize(
    ("wanted", "language", "message"),
    [
        ("en-uss", "en", "no voice “en-uss”. Did you mean en-us"),
        ("en-gbb", "en", "no voice “en-gbb”. Did you mean en-gb"),
        ("fr", "en", "no voice “fr”. Did you mean fr-fr"),
        ("en-us+nobody", "en", "no voice “en-us+nobody”"),
        ("", "tlh", "no voice for the language “tlh”"),
    ],
)
def test_an_unknown_voice_names_the_nearest(espeak: Engine, wanted: str, language: str, message: str) -> None:
    """A slip of the pen gets the right name back."""
    with pytest.raises(SpeakError) as caught:
        choose_voice(espeak, wanted, language)
    assert message in str(caught.value)


# --- drivers that misbehave, in a real speech process


@pytest.fixture
def driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which the speech process takes pyttsx3 drivers that a test wrote."""
    start = f"import pyttsx3.drivers; pyttsx3.drivers.__path__.append({str(tmp_path)!r}); {pyttsx3_engine._START}"
    monkeypatch.setattr(pyttsx3_engine, "_START", start)
    return tmp_path


def _write_driver(folder: Path, save: str) -> Engine:
    (folder / "odd.py").write_text(
        textwrap.dedent(
            """
            import os, time, wave
            def buildDriver(proxy): return Driver(proxy)
            class Driver:
                def __init__(self, proxy): self.proxy = proxy
                def setProperty(self, name, value): pass
                def getProperty(self, name): return []
                def destroy(self): pass
                def stop(self): pass
                def endLoop(self): pass
                def startLoop(self): self.proxy.setBusy(False)
                def save_to_file(self, text, path):
            """
        )
        + textwrap.indent(textwrap.dedent(save), " " * 8)
    )
    return Pyttsx3Engine("odd")


_WAVE = """
print("chatter on standard output")
with wave.open(path, "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(16000)
    file.writeframes(bytes(3200) + b"\\x00\\x20" * 16000)
"""
VOICE = Delivery(Voice("any", "Any", "en", "odd"))


def test_a_system_voice_speaks_through_files(driver: Path) -> None:
    """What a driver writes (any rate, with chatter on its standard output) comes back as samples at 44.1 kHz."""
    with contextlib.closing(_write_driver(driver, _WAVE)) as engine:
        clips = [engine.speak("hello", VOICE) for _ in range(2)]
    assert [clip.rate_hz for clip in clips] == [44_100, 44_100]
    assert clips[0].length == pytest.approx(44_100 * 1.1, abs=50)
    assert clips[0] == clips[1]


@pytest.mark.parametrize(
    ("save", "message"),
    [
        ("pass", "wrote no file"),
        ("os._exit(3)", "process ended"),
        ("while True: time.sleep(1)", "no answer after"),
    ],
)
def test_a_driver_that_fails_is_a_stumble_and_the_next_try_starts_anew(
    driver: Path, monkeypatch: pytest.MonkeyPatch, save: str, message: str
) -> None:
    """No file, a crash and a hang each end in time, with a reason, and a new process answers afterwards."""
    monkeypatch.setattr(pyttsx3_engine, "_GRACE_SECONDS", -28)
    once = f"""
    flag = __file__ + ".once"
    if not os.path.exists(flag):
        open(flag, "w").close()
        {save}
        return
    """
    with contextlib.closing(_write_driver(driver, textwrap.dedent(once) + _WAVE)) as engine:
        with pytest.raises(RetryableSpeechError, match=message):
            engine.speak("hello", VOICE)
        assert engine.speak("hello", VOICE).length > 40_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a driver tells through a pipe with a name that it hangs")
def test_closing_sets_free_who_waits_for_a_driver_that_hangs(driver: Path) -> None:
    """At once, with an error, and without another try."""
    os.mkfifo(driver / "hangs")
    hang = "open(os.path.join(os.path.dirname(__file__), 'hangs'), 'w').close(); time.sleep(1000)"
    engine = _write_driver(driver, hang)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(engine.speak, "hello", VOICE)
        (driver / "hangs").read_text()
        engine.close()
        with pytest.raises(RetryableSpeechError, match="process ended"):
            asked.result()
        with pytest.raises(SpeakError, match="was closed"):
            engine.speak("hello", VOICE)


def test_a_driver_that_is_missing_is_named() -> None:
    """An engine of another system says that it can't start here, and which one can."""
    if sys.platform == "win32":
        pytest.skip("here sapi5 is the system's own")
    with (
        contextlib.closing(Pyttsx3Engine("sapi5")) as engine,
        pytest.raises(MissingTool, match=r"sapi5.*--engine espeak"),
    ):
        engine.voices()


def _descendants(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it ended meanwhile
        return []
    return [int(child) for child in children] + [deep for child in children for deep in _descendants(int(child))]


def _speech_processes() -> set[int]:
    """The Pythons among them: a browser of other tests comes and goes as it likes."""
    found = set()
    for pid in _descendants(os.getpid()):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/cmdline").read_bytes().startswith(sys.executable.encode()):
                found.add(pid)
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts processes in /proc")
def test_closing_ends_the_process(espeak: Engine) -> None:
    """No speech process outlives its engine."""
    delivery = _english(espeak)  # which may start the engine of all tests
    before = _speech_processes()
    engine = Pyttsx3Engine("espeak")
    clip: Clip = engine.speak(SENTENCE, delivery)
    assert clip.length
    assert _speech_processes() - before
    engine.close()
    assert _speech_processes() <= before
