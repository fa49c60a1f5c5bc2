"""Who speaks what: a main narrator, and others for other languages, who speaks in the text, quotations or headings.

In: a script, and who is asked for. Out: a narrator for each utterance; a finding for each change of language, and for
each voice that does not speak what it is given.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from audio_edition import audio
from audio_edition.cache import Cache
from audio_edition.model import Delivery, Finding, Role, Script, Speech, Utterance, Voice
from audio_edition.speak import default_engine, open_engine
from audio_edition.speak.engine import Engine
from audio_edition.speak.loudness import gain_of
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.pronunciation_check import pronunciation_findings
from audio_edition.speak.voices import (
    asked_for,
    choose_voice,
    is_of_another_variety,
    share_voices,
    speaks,
    voices_for,
)

if TYPE_CHECKING:
    from audio_edition.speak.person import Person

PARTS: dict[Role, str] = {"quote": "quote", "heading": "heading", "title": "heading"}
"""The roles for which a voice can be asked for, and by what name."""

_SPEAKER = "speaker "
"""Before the name, in small letters, of somebody who speaks in the text: no language tag has a space."""

_ARTICLE = "article "
"""Before the voice that is asked for an article."""

_ENGINE_AND_VOICE = re.compile(r"([a-z][a-z0-9_-]+):(.+)", re.DOTALL)
_FALLBACK = "espeak"
_UNSPOKEN = "en"
"""The language of the voice that says what nobody named and no voice is for."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The narrators of an edition: `main`, and others by the language tag, the speaker (see _SPEAKER) or
    the part (see PARTS) that is theirs."""

    main: Narrator
    others: Mapping[str, Narrator] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    readers: Mapping[str, Person] = field(default_factory=dict)
    """Who reads a sentence, by its id, where that is a person."""
    of_articles: Mapping[str, str] = field(default_factory=dict)
    """What of `others` says a chapter, by its id, where its article has a voice of its own (see _ARTICLE)."""
    lead: Person | None = None
    """Of the readers, the one who is heard most, where that is more than any synthetic voice."""

    @property
    def first(self) -> Narrator | Person:
        """Who is heard most, or says what no other says."""
        return self.lead or self.main

    @property
    def rate_hz(self) -> int:
        """The highest rate of all voices."""
        return max(narrator.rate_hz for narrator in self.narrators)

    @property
    def narrators(self) -> list[Narrator | Person]:
        """All voices, those who read behind the synthetic ones."""
        return [self.main, *self.others.values(), *self.readers.values()]

    def narrator_of(self, utterance: Utterance) -> Narrator | Person:
        if person := self.readers.get(utterance.id):
            return person
        return self.synthetic_of(utterance)

    def synthetic_of(self, utterance: Utterance) -> Narrator:
        """Return who says it where no person does."""
        return self.others.get(self.part_of(utterance), self.main)

    def part_of(self, utterance: Utterance) -> str:
        """Return what of `others` the utterance is. A language's narrator says all of it, whoever speaks; who speaks,
        quotations and headings go over the voice of an article."""
        own, role = self.of_articles.get(utterance.id.partition("-")[0], ""), PARTS.get(utterance.role, "")
        is_foreign = utterance.language in self.others
        if own and is_foreign and not speaks(self.others[own].voice, utterance.language):
            own = ""
        languages = () if own else (utterance.language,)
        candidates = (*languages, _SPEAKER + utterance.speaker.casefold(), role)
        return next((part for part in candidates if part in self.others), own or role)

    def close(self) -> None:
        """Let go of the engines, which hold much memory. What is known of them stays."""
        for narrator in (self.main, *self.others.values()):
            narrator.engine.close()


@contextlib.contextmanager
def cast_for(script: Script, speech: Speech, cache: Cache | None = None, *, is_heard: bool = True) -> Iterator[Cast]:
    """The narrators of a script, each at its level; their engines are closed when the block ends. Where nothing is to
    be heard, no level is measured.

    Raises SpeakError, MissingTool where a voice that is asked for is not there.
    """
    with contextlib.ExitStack() as opened:
        casting = _Casting(speech, cache, opened, is_heard)
        main = casting.main(script.language, is_guess=script.language_guessed and not speech.language)
        others = {part: casting.narrator(part, main) for part in (*_other_parts(script, speech), *_voices_of(script))}
        own = {chapter.id: _ARTICLE + chapter.voice for chapter in script.chapters if chapter.voice}
        cast = Cast(main, others, of_articles=own)
        findings = (*_findings(cast, script, speech), *_misnamed(script, speech), *_unmet(cast, script))
        yield replace(cast, findings=findings)


def _other_parts(script: Script, speech: Speech) -> dict[str, None]:
    """Return the languages of a script besides its main one, and those of its parts for which a voice is asked for. A
    region of the main language (en-GB) is another only if it is asked for."""
    voices_asked_for = {part.casefold() for part in speech.voices}
    speakers = {name.casefold() for name in speech.speakers}
    parts: dict[str, None] = {}
    for utterance in script.utterances:
        language = utterance.language or script.language
        if language != script.language and (
            language.casefold() in voices_asked_for or not share_voices(language, script.language)
        ):
            parts[language] = None
        elif utterance.speaker.casefold() in speakers:
            parts[_SPEAKER + utterance.speaker.casefold()] = None
        elif PARTS.get(utterance.role) in voices_asked_for:
            parts[PARTS[utterance.role]] = None
    return parts


def _voices_of(script: Script) -> dict[str, None]:
    """Return the voices that are asked for articles."""
    return {_ARTICLE + chapter.voice: None for chapter in script.chapters if chapter.voice}


class _Casting:
    """Engines, each opened when it is first needed, and one narrator for each voice."""

    def __init__(self, speech: Speech, cache: Cache | None, opened: contextlib.ExitStack, is_heard: bool) -> None:
        self._speech = speech
        self._cache = cache
        self._opened = opened
        self._is_heard = is_heard
        self._engines: dict[str, Engine] = {}
        self._narrators: dict[Voice, Narrator] = {}

    def main(self, language: str, *, is_guess: bool) -> Narrator:
        """Return the main narrator: the voice named, else the one set for the language, else the engine's for it. If
        the engine has none: eSpeak NG's, unless an engine and the language were named; for a guess that eSpeak NG does
        not speak, the engine's English."""
        named = self._speech.engine
        engine_name, voice = named or default_engine(), self._speech.voice
        if not voice and (asked := asked_for(language, self._speech.voices)):
            asked_engine, asked_voice = _parted(asked, engine_name)
            if asked_engine == named or not named:
                engine_name, voice = asked_engine, asked_voice
        engine = self._engine(engine_name)
        if not voice and not voices_for(engine.voices(), language) and (is_guess or not named):
            espeak = self._engine(_FALLBACK)
            if not is_guess or voices_for(espeak.voices(), language):
                engine = espeak
            else:
                language = _UNSPOKEN
        return self._narrator(engine, choose_voice(engine, voice, language))

    def narrator(self, part: str, main: Narrator) -> Narrator:
        """Return the narrator of a part: the voice asked for; for a language without one the main engine's voice, else
        eSpeak NG's, else `main`."""
        if asked := _asked(part, self._speech):
            name, voice = _parted(asked, main.engine.name)
            engine = self._engine(name)
            return self._narrator(engine, choose_voice(engine, voice, part))
        if speaks(main.voice, part):
            return main
        for name in (main.engine.name, _FALLBACK):
            engine = self._engine(name)
            if able := voices_for(engine.voices(), part):
                return self._narrator(engine, able[0])
        return main

    def _engine(self, name: str) -> Engine:
        if name not in self._engines:
            self._engines[name] = self._opened.enter_context(contextlib.closing(open_engine(name)))
        return self._engines[name]

    def _narrator(self, engine: Engine, voice: Voice) -> Narrator:
        if voice not in self._narrators:
            delivery = Delivery(replace(voice, learned=engine.learned), self._speech.rate_wpm or engine.usual_wpm)
            narrator = Narrator(engine, delivery, self._cache)
            if self._is_heard:
                narrator = replace(narrator, gain_db=audio.at_volume(gain_of(narrator), self._speech.volume))
            self._narrators[voice] = narrator
        return self._narrators[voice]


def _asked(part: str, speech: Speech) -> str:
    """Return the voice that is asked for a part; "" for none."""
    return part.removeprefix(_ARTICLE) if part.startswith(_ARTICLE) else asked_for(part, _by_part(speech))


def _by_part(speech: Speech) -> dict[str, str]:
    """Return the voices that are set, by language, part and speaker."""
    return {**speech.voices, **{_SPEAKER + name: voice for name, voice in speech.speakers.items()}}


def _parted(asked: str, engine: str) -> tuple[str, str]:
    """Return the engine and the voice that are asked for; without an engine, `engine`. (One letter is a drive of
    Windows.)"""
    found = _ENGINE_AND_VOICE.fullmatch(asked)
    return (found[1], found[2]) if found else (engine, asked)


def _findings(cast: Cast, script: Script, speech: Speech) -> Iterator[Finding]:
    """Yield what is said by which voice, for each language but the main one, and wherever the voice is not one for
    it."""
    counts = Counter(part if part in cast.others else "" for part in map(cast.part_of, script.utterances))
    for part, sentences in counts.items():
        narrator = cast.others.get(part, cast.main)
        is_speaker, is_article = part.startswith(_SPEAKER), part.startswith(_ARTICLE)
        language = script.language if is_speaker or is_article or part in ("", *PARTS.values()) else part
        wanted = cast.main.engine.name if part else speech.engine or default_engine()
        asked = _asked(part or language, speech)
        speaker = f"{narrator.voice.name} ({narrator.voice.id}, {narrator.engine.name})"
        one = "sentence is" if sentences == 1 else "sentences are"
        told = f"{sentences} {one} in “{language}” and spoken by {speaker}"
        option = f'--speaker "{part.removeprefix(_SPEAKER)}=NAME"' if is_speaker else f"--voice-for {part}=NAME"
        remedy = f"To use another voice: {option if part else '--voice NAME'}"
        remedy = "To use another voice, name it in the list of articles." if is_article else remedy
        if not speaks(narrator.voice, language):
            message = f"{told}, which is a voice for “{narrator.voice.language}”."
            yield Finding("voice-language", "warning", message, remedy=remedy)
        elif narrator.engine.name != wanted and not asked:
            message = f"{told}, since the engine {wanted} has no voice for it."
            yield Finding("espeak-voice", "note", message, remedy=remedy)
        elif language != script.language:
            yield Finding("other-language", "note", f"{told}.", remedy=remedy)
        if is_of_another_variety(narrator.voice, language):
            message = f"{told}, a voice for “{narrator.voice.language}”, which sounds otherwise."
            yield Finding("voice-variety", "note", message, remedy=remedy)


def _misnamed(script: Script, speech: Speech) -> Iterator[Finding]:
    """Yield the names with a voice who say nothing, where somebody with nearly that name speaks."""
    speaking = {utterance.speaker.casefold(): utterance.speaker for utterance in script.utterances if utterance.speaker}
    for name in speech.speakers:
        wanted = name.casefold()
        near = next((said for each, said in speaking.items() if wanted in each.split() or each in wanted.split()), "")
        if near and wanted not in speaking:
            message = f"Nobody called “{name}” speaks; “{near}” does, without a voice of its own."
            yield Finding("speaker-name", "warning", message, remedy=f'Write the name so: --speaker "{near}=NAME".')


def _unmet(cast: Cast, script: Script) -> Iterator[Finding]:
    """Yield the words of the lexicons that will not sound as asked, for each narrator that says some."""
    narrators = {id(narrator): narrator for narrator in (cast.main, *cast.others.values())}
    for narrator in narrators.values():
        own = (utterance for utterance in script.utterances if cast.synthetic_of(utterance) is narrator)
        yield from pronunciation_findings(own, narrator.engine, narrator.voice)
