"""Every sentence has the voice for its language, and no change of voice goes unsaid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from audio_edition.errors import SpeakError
from audio_edition.model import Finding, Pause, Role, Script, Speech, Utterance, Voice
from audio_edition.speak import cast as casting
from audio_edition.speak.cast import Cast, cast_for
from audio_edition.speak.engine import Engine
from audio_edition.speak.loudness import gain_of
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.tone import ToneEngine
from support.spoken import spoken_chapter

HUM = Speech(engine="tone", voice="hum")


@pytest.fixture(autouse=True)
def _unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who speaks does not depend on how loud, which takes a second for each voice to measure."""
    monkeypatch.setattr(casting, "gain_of", lambda narrator: 0.0)


def _script(*lines: tuple[str, Role, str], language: str = "en") -> Script:
    parts: list[Utterance | Pause] = []
    for number, (text, role, tag) in enumerate(lines, 1):
        parts += [Utterance(f"c01-p{number:03}-s01", text, text, role, tag), Pause(250, "sentence")]
    return Script("Title", (spoken_chapter(parts),), language)


MIXED = _script(
    ("The bridge", "title", ""),
    ("It opened on Tuesday.", "body", ""),
    ("Nous avons attendu dix ans.", "body", "fr"),
    ("Personne n'y croyait plus.", "quote", "fr"),
    ("Nobody believed in it.", "quote", ""),
)


def test_an_article_has_the_voice_that_is_asked_for_it() -> None:
    """What is in another language only where that voice speaks it; headings and quotations keep voices of theirs."""
    asked = replace(MIXED, chapters=tuple(replace(chapter, voice="espeak:en-us") for chapter in MIXED.chapters))
    speech = replace(HUM, voices={"quote": "tone:high"})
    spoken = ["espeak:en-us", "espeak:en-us", "tone:hum", "tone:hum", "tone:high"]
    assert _voices(_cast(asked, speech), asked) == spoken
    hummed = replace(MIXED, chapters=tuple(replace(chapter, voice="tone:high") for chapter in MIXED.chapters))
    assert _voices(_cast(hummed, HUM), hummed) == ["tone:high"] * 5


def _cast(script: Script, speech: Speech) -> Cast:
    with cast_for(script, speech) as cast:
        return cast


def _voices(cast: Cast, script: Script) -> list[str]:
    return [f"{narrator.engine.name}:{narrator.voice.id}" for narrator in map(cast.narrator_of, script.utterances)]


def _ids(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.id, finding.level) for finding in findings]


def test_a_script_in_one_language_has_one_voice() -> None:
    """Without foreign sentences and wishes nothing is opened, changed or said."""
    cast = _cast(_script(("One.", "body", ""), ("Two.", "quote", "en"), ("Three.", "body", "en-GB")), Speech("espeak"))
    assert (cast.others, cast.findings) == ({}, ())
    assert cast.main.voice.id == "en-us"


def test_another_language_gets_the_engines_voice_for_it() -> None:
    """A French sentence in an English article is said by the French voice, and one note says so, with the count."""
    cast = _cast(MIXED, Speech("espeak"))
    assert _voices(cast, MIXED) == ["espeak:en-us"] * 2 + ["espeak:fr-fr"] * 2 + ["espeak:en-us"]
    (finding,) = cast.findings
    assert (finding.id, finding.level) == ("other-language", "note")
    assert finding.message == "2 sentences are in “fr” and spoken by French (France) (fr-fr, espeak)."
    assert finding.remedy == "To use another voice: --voice-for fr=NAME"


@pytest.mark.parametrize(
    ("tag", "wishes", "voice"),
    [
        ("fr", {"fr": "fr-be"}, "espeak:fr-be"),
        ("fr-CA", {"fr": "fr-be"}, "espeak:fr-be"),
        ("fr-CA", {"fr": "fr-be", "fr-ca": "fr-ch"}, "espeak:fr-ch"),
        ("fr", {"fr-CA": "fr-be"}, "espeak:fr-fr"),
        ("fr", {"fr": "tone:high"}, "tone:high"),
        ("en-GB", {"en-GB": "en-gb"}, "espeak:en-gb"),
        ("EN-gb", {}, "espeak:en-us"),
        ("fr", {"quote": "en-us+f3"}, "espeak:fr-fr"),
    ],
)
def test_a_voice_that_is_wished_for_is_taken(tag: str, wishes: dict[str, str], voice: str) -> None:
    """The voice for the tag, else for the language without its region; `engine:voice` opens another engine."""
    script = _script(("One.", "body", ""), ("Two.", "quote", tag))
    assert _voices(_cast(script, Speech("espeak", voices=wishes)), script) == ["espeak:en-us", voice]


def test_a_voice_of_another_variety_is_named() -> None:
    """In a note, with the variety that it speaks."""
    script = replace(_script(("Le bateau est là.", "body", "")), language="fr-CA")
    (finding,) = _cast(script, Speech("espeak")).findings
    assert (finding.id, finding.level) == ("voice-variety", "note")
    assert finding.message.endswith("(fr-fr, espeak), a voice for “fr-fr”, which sounds otherwise.")


def test_quotations_and_headings_have_a_voice_if_asked_for() -> None:
    """The headline is a heading too; what is quoted in another language stays with that language's voice."""
    cast = _cast(MIXED, replace(HUM, voices={"quote": "high", "heading": "high", "fr": "espeak:fr-fr"}))
    assert _voices(cast, MIXED) == ["tone:high", "tone:hum", "espeak:fr-fr", "espeak:fr-fr", "tone:high"]
    assert _ids(cast.findings) == [("other-language", "note")]


@dataclass
class _Monoglot(ToneEngine):
    """The engine that beeps, with voices for one language."""

    name: str = "monoglot"
    tag: str = "en"
    rate_hz: int = 44_100
    closed: list[str] = field(default_factory=list)

    def voices(self) -> tuple[Voice, ...]:
        return (Voice("hum", "Hum", self.tag, self.name),)

    def voice(self, wanted: str) -> Voice | None:
        return self.voices()[0] if wanted == "hum" else None

    def close(self) -> None:
        self.closed.append(self.name)


def _with_monoglots(monkeypatch: pytest.MonkeyPatch, **tags: str) -> dict[str, _Monoglot]:
    engines = {name: _Monoglot(name, tag) for name, tag in tags.items()}
    monkeypatch.setattr(casting, "open_engine", engines.__getitem__)
    return engines


def test_espeak_speaks_what_the_engine_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the main engine has no voice for a language, eSpeak NG says it, and the note tells why."""
    engines = _with_monoglots(monkeypatch, neural="en", espeak="fr")
    cast = _cast(MIXED, Speech("neural"))
    assert _voices(cast, MIXED)[1:3] == ["neural:hum", "espeak:hum"]
    assert _ids(cast.findings) == [("espeak-voice", "note")]
    assert "the engine neural has no voice for it" in cast.findings[0].message
    assert [engine.closed for engine in engines.values()] == [["neural"], ["espeak"]]


def test_without_any_voice_for_it_the_main_one_speaks_and_a_warning_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sentence is left out, and none is said by the wrong voice without a word."""
    _with_monoglots(monkeypatch, neural="en", espeak="en")
    cast = _cast(MIXED, Speech("neural"))
    assert set(_voices(cast, MIXED)) == {"neural:hum"}
    (finding,) = cast.findings
    assert (finding.id, finding.level) == ("voice-language", "warning")
    assert finding.message == "2 sentences are in “fr” and spoken by Hum (hum, neural), which is a voice for “en”."


def test_the_systems_engine_without_the_language_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """An article whose language the system has no voice for is spoken by eSpeak NG, unless an engine was named."""
    _with_monoglots(monkeypatch, neural="en", espeak="fr")
    monkeypatch.setattr(casting, "default_engine", lambda: "neural")
    french = _script(("Bonjour à tous.", "body", ""), language="fr")
    cast = _cast(french, Speech())
    assert (cast.main.engine.name, _ids(cast.findings)) == ("espeak", [("espeak-voice", "note")])
    with pytest.raises(SpeakError, match=r"neural has no voice for the language “fr”"):
        _cast(french, Speech("neural"))


GUESSED = (Finding("language-guessed", "note", "It looks like “fr”."),)


@pytest.mark.parametrize(
    ("espeak", "voice", "finding"),
    [("fr", "espeak:hum", ("espeak-voice", "note")), ("de", "neural:hum", ("voice-language", "warning"))],
)
def test_a_guessed_language_without_voice_is_told_and_is_no_error(
    monkeypatch: pytest.MonkeyPatch, espeak: str, voice: str, finding: tuple[str, str]
) -> None:
    """Nobody named it: eSpeak NG speaks it, or else the engine's English voice. Named, it is an error as before."""
    _with_monoglots(monkeypatch, neural="en", espeak=espeak)
    french = replace(_script(("Bonjour à tous.", "body", ""), language="fr"), findings=GUESSED)
    cast = _cast(french, Speech("neural"))
    assert (_voices(cast, french), _ids(cast.findings)) == ([voice], [finding])
    with pytest.raises(SpeakError, match=r"neural has no voice for the language “fr”"):
        _cast(french, Speech("neural", language="fr"))


def test_a_guessed_language_that_no_engine_speaks_is_read_in_english(espeak: Engine) -> None:
    """The system's engine or eSpeak NG, nobody has a voice for Malagasy: a warning tells who speaks."""
    malagasy = replace(_script(("Manao ahoana.", "body", ""), language="mg"), findings=GUESSED)
    cast = _cast(malagasy, Speech())
    assert (cast.main.voice.id, _ids(cast.findings)) == ("en-us", [("voice-language", "warning")])
    assert "“mg” and spoken by" in cast.findings[0].message
    with pytest.raises(SpeakError, match=r"no voice for the language “mg”.*") as error:
        _cast(malagasy, Speech(language="mg"))
    assert "--language en" in error.value.remedy


@pytest.mark.parametrize(
    ("speech", "voice"),
    [
        (Speech("espeak", voices={"en": "en-gb"}), "espeak:en-gb"),
        (Speech("espeak", "en-us+f3", voices={"en": "en-gb"}), "espeak:en-us+f3"),
        (Speech(voices={"en": "tone:high"}), "tone:high"),
        (Speech("espeak", voices={"en": "tone:high"}), "espeak:en-us"),
        (Speech("tone", voices={"en": "tone:high"}), "tone:high"),
    ],
)
def test_the_main_voice_may_be_wished_for_too(speech: Speech, voice: str) -> None:
    """A voice or an engine that is named goes over the wish for the article's language."""
    script = _script(("One.", "body", ""))
    assert _voices(_cast(script, speech), script) == [voice]


@pytest.mark.parametrize(
    ("engine", "wanted", "rate_wpm"), [("espeak", None, 160), ("espeak", 175, 175), ("tone", None, 175)]
)
def test_each_engine_has_its_usual_rate(engine: str, wanted: int | None, rate_wpm: int) -> None:
    """eSpeak NG at 175 is quicker than people speak; who names a rate gets it."""
    cast = _cast(_script(("One.", "body", "")), Speech(engine, rate_wpm=wanted))
    assert cast.main.delivery.rate_wpm == rate_wpm


@pytest.mark.parametrize("speech", [Speech("espeak", "fr-fr"), Speech("espeak", voices={"quote": "fr-fr"})])
def test_a_voice_of_the_wrong_language_is_told(speech: Speech) -> None:
    """Who names a French voice for English sentences gets it, and a warning."""
    cast = _cast(_script(("One.", "body", ""), ("Two.", "quote", "")), speech)
    assert _ids(cast.findings) == [("voice-language", "warning")]
    assert "which is a voice for “fr-fr”" in cast.findings[0].message.lower()


@pytest.mark.parametrize(
    ("wish", "message"),
    [("fr-xx", "no voice “fr-xx”"), ("espaek:fr-fr", "no engine “espaek”"), ("C:\\voices\\fr.onnx", "no voice “C:")],
)
def test_a_wish_that_cannot_be_fulfilled_is_an_error(wish: str, message: str) -> None:
    """Neither a misspelled voice nor a misspelled engine means some other voice; a drive of Windows is no engine."""
    with pytest.raises(SpeakError, match=message.replace("\\", "\\\\")):
        _cast(MIXED, Speech("espeak", voices={"fr": wish}))


def test_a_wish_for_what_is_not_there_opens_nothing() -> None:
    """A voice for Arabic costs an English article nothing."""
    cast = _cast(_script(("One.", "body", "")), replace(HUM, voices={"ar": "nonsense:x", "quote": "nonsense:y"}))
    assert (cast.others, cast.findings) == ({}, ())


def test_a_foreign_paragraph_is_said_as_its_own_voice_says_it(espeak: Engine) -> None:
    """The sound of the French sentence is the French voice's, to the sample, and is not the English voice's."""
    sentence = MIXED.utterances[2]
    with cast_for(MIXED, Speech("espeak")) as cast:
        clip = cast.narrator_of(sentence).speak(sentence)
        english = cast.main.speak(sentence)
    french = espeak.voice("fr-fr")
    assert french is not None
    alone = Narrator(espeak, replace(cast.main.delivery, voice=french))
    assert clip == alone.speak(sentence)
    assert clip.pcm != english.pcm


def test_every_voice_has_its_own_gain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The narrators of a cast come at the level asked for, each measured by itself."""
    monkeypatch.setattr(casting, "gain_of", gain_of)
    script = _script(("One.", "body", ""), ("Deux.", "body", "fr"))
    full, half = (_cast(script, Speech("espeak", volume=volume)) for volume in (1.0, 0.5))
    gains = [narrator.gain_db for narrator in (full.main, full.others["fr"])]
    assert gains[0] != gains[1]
    assert [half.main.gain_db, half.others["fr"].gain_db] == pytest.approx([gain - 6.02 for gain in gains], abs=0.01)


def test_a_voice_wished_for_twice_is_one_narrator() -> None:
    """Two parts with one voice share it, and so does the main voice."""
    cast = _cast(MIXED, replace(HUM, voices={"quote": "high", "fr": "high", "heading": "hum"}))
    assert cast.others["quote"] is cast.others["fr"]
    assert cast.others["heading"] is cast.main


def test_the_engines_of_a_cast_are_closed_when_something_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process outlives the build, also where the second voice is not to be had."""
    engines = _with_monoglots(monkeypatch, neural="en", espeak="fr")
    with pytest.raises(SpeakError):
        _cast(MIXED, Speech("neural", voices={"fr": "nobody"}))
    assert engines["neural"].closed == ["neural"]


SPOKEN = _script(
    ("Q: Why?", "body", ""), ("A: It is far.", "body", ""), ("Parce que.", "body", "fr"), ("“No.”", "quote", "")
)


def _with_speakers(script: Script, *names: str) -> Script:
    (chapter,) = script.chapters
    named = iter(names)
    parts = [replace(part, speaker=next(named)) if isinstance(part, Utterance) else part for part in chapter.parts]
    return replace(script, chapters=(spoken_chapter(parts),))


def test_who_speaks_in_the_text_has_a_voice_if_asked_for() -> None:
    """By the name, however it is written; it goes over that of quotations, and a language's voice over it."""
    script = _with_speakers(SPOKEN, "Q", "Mara Holt", "Mara Holt", "Mara Holt")
    speech = replace(HUM, voices={"quote": "hum", "fr": "espeak:fr-fr"}, speakers={"MARA HOLT": "high"})
    assert _voices(_cast(script, speech), script) == ["tone:hum", "tone:high", "espeak:fr-fr", "tone:high"]


def test_a_name_that_nearly_speaks_is_told_of() -> None:
    """“Holt” for “Mara Holt”; whoever is not in the article at all may be in the next."""
    script = _with_speakers(SPOKEN, "Q", "Mara Holt", "", "")
    cast = _cast(script, replace(HUM, voices={"fr": "espeak:fr-fr"}, speakers={"Holt": "high", "Jo Ray": "high"}))
    (finding,) = [finding for finding in cast.findings if finding.id == "speaker-name"]
    assert (finding.level, "“Mara Holt”" in finding.message) == ("warning", True)
    assert finding.remedy == 'Write the name so: --speaker "Mara Holt=NAME".'
    assert _voices(cast, script)[:2] == ["tone:hum", "tone:hum"]


def test_a_speakers_voice_for_another_language_is_told_of() -> None:
    """As for any other voice, with the option that changes it."""
    script = _with_speakers(SPOKEN, "Q", "", "", "")
    cast = _cast(script, Speech("espeak", speakers={"Q": "fr-fr"}))
    finding = next(finding for finding in cast.findings if finding.id == "voice-language")
    assert finding.remedy == 'To use another voice: --speaker "q=NAME"'
