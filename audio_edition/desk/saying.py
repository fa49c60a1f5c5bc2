"""What will be said of an issue, and how its sentences sound.

The script is that of the command line, made anew when a document, a lexicon or a setting changes. The engine stays
open, so that a sentence is heard at once.
"""

from __future__ import annotations

import contextlib
import functools
import io
import threading
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from audio_edition import audio
from audio_edition.cache import Cache
from audio_edition.config import FILE_NAME
from audio_edition.desk.folder import IssueFolder, Paper
from audio_edition.desk.lexicon import read_line
from audio_edition.edition.build import LexiconFile, lexicons_for, script_of
from audio_edition.edition.issue import Documents, Source, load_documents
from audio_edition.errors import AudioEditionError, DeskError
from audio_edition.model import Chapter, Clip, Paragraph, Passage, Script, Settings, Speech, Utterance, Voice
from audio_edition.proof.risks import Risk, risks
from audio_edition.script.lexicon import Lexicon, Matcher, lexicon_in, said_with
from audio_edition.speak import default_engine, engines_here, open_engine, with_best_engine
from audio_edition.speak.cast import PARTS, Cast, cast_for
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.person import Person
from audio_edition.speak.voices import voices_for

_MOST_REMEMBERED = 2
"""Issues: a script of a newspaper takes some megabytes."""


@dataclass(frozen=True)
class Said:
    """What will be said of an issue, with all that an edition of it is made from."""

    script: Script
    documents: Documents
    lexicon_files: tuple[LexiconFile, ...]
    settings: Settings

    @cached_property
    def lexicons(self) -> tuple[Lexicon, ...]:
        return tuple(lexicon_in(file.data, file.name) for file in self.lexicon_files)

    @cached_property
    def by_id(self) -> dict[str, Utterance]:
        return {utterance.id: utterance for utterance in self.script.utterances}

    def utterance(self, id_: str) -> Utterance:
        """Return the sentence of that id. Raises DeskError."""
        if found := self.by_id.get(id_):
            return found
        raise DeskError("This sentence is not in the issue any more.", "Open the page again.")

    def chapter(self, id_: str) -> Chapter:
        """Return the chapter of that id. Raises DeskError."""
        for chapter in self.script.chapters:
            if chapter.id == id_:
                return chapter
        raise DeskError("This part is not in the issue any more.", "Go back to what will be said.")

    def sentences_of(self, document: str) -> tuple[Utterance, ...]:
        """Return the sentences of an article, by what the list calls it."""
        own = (chapter for chapter in self.script.chapters if chapter.document == document)
        return tuple(utterance for chapter in own for utterance in chapter.utterances)

    def said_otherwise(self, utterance: Utterance, line: str) -> Utterance:
        """Return a sentence as it would be said with one more line in the lexicon."""
        language = utterance.language or self.script.language
        matcher = Matcher((*self.lexicons, read_line(line)), language)
        spoken = said_with(matcher, utterance.text, utterance.role, language)
        return replace(utterance, spoken=spoken.text, pronunciations=spoken.pronunciations)


class Saying:
    """The scripts of a desk's issues and the voices that say them. Threads may use it at once; one speaks at a time."""

    def __init__(self, paper: Paper, cache: Cache | None) -> None:
        self._paper = paper
        self._cache = cache
        self._said: OrderedDict[str, tuple[object, Said]] = OrderedDict()
        self._risks: tuple[Said, Future[tuple[Risk, ...]]] | None = None
        self._looking = ThreadPoolExecutor(1, "words at risk")
        self._reading = threading.Lock()
        self._speaking = threading.Lock()
        self._opened = contextlib.ExitStack()
        self._cast: tuple[object, Cast] | None = None

    def said(self, issue: IssueFolder) -> Said:
        """Return what will be said of an issue. Raises AudioEditionError."""
        with self._reading:
            settings = self._paper.settings()
            version = (*_files(issue, self._paper), repr(settings))
            remembered = self._said.get(issue.name)
            if remembered and remembered[0] == version:
                return remembered[1]
            said = read_said(issue, settings)
            self._said[issue.name] = version, said
            while len(self._said) > _MOST_REMEMBERED:
                self._said.popitem(last=False)
            return said

    def risks(self, said: Said, seconds: float = 60.0) -> tuple[Risk, ...] | None:
        """Return the words that may be said wrong; None if it takes longer than so many seconds to find them, which
        goes on. Raises SpeakError, MissingTool."""
        with self._reading:
            if self._risks is None or self._risks[0] is not said:
                self._risks = said, self._looking.submit(self._found, said)
            found = self._risks[1]
        with contextlib.suppress(TimeoutError):
            return found.result(seconds)
        return None

    def _found(self, said: Said) -> tuple[Risk, ...]:
        with self._speaking:
            return risks(said.script, self._cast_for(said))

    def sound(self, said: Said, utterance: Utterance) -> bytes:
        """Return a sentence as a WAV file, at the level of editions. Raises SpeakError, MissingTool."""
        with self._speaking:
            narrator = self._cast_for(said).narrator_of(utterance)
            clip = narrator.speak(utterance)
        return _as_wav(narrator, clip)

    def sample(self, voice: str, language: str, text: str) -> bytes:
        """Return a text as a voice says it, as a WAV file; "" is the usual voice. Raises SpeakError, MissingTool."""
        settings = self._paper.settings()
        utterance = Utterance("c01-p001-s01", text, text)
        chapter = Chapter("c01", "", (Paragraph(Passage("c01-p001", "body", (utterance,))),), voice=voice)
        with self._speaking, cast_for(Script("", (chapter,), language), settings.speech, self._cache) as cast:
            narrator = cast.synthetic_of(utterance)
            return _as_wav(narrator, narrator.speak(utterance))

    def voices(self, language: str) -> tuple[Voice, ...]:
        """Return the voices that are here for a language, those of the usual engine first."""
        settings = self._paper.settings()
        usual = with_best_engine(settings.speech, language).engine or default_engine()
        with self._speaking:
            names = dict.fromkeys((usual, *(name for name in engines_here() if name != "tone")))
            return tuple(voice for name in names for voice in _voices(name, language))

    def close(self) -> None:
        """Let go of the engines."""
        self._looking.shutdown(cancel_futures=True)
        with self._speaking:
            self._opened.close()
            self._cast = None

    def _cast_for(self, said: Said) -> Cast:
        """Return the open voices for a script, opened anew only where it asks for others."""
        wanted = repr(said.settings.speech), said.script.language, frozenset(_parts(said.script, said.settings.speech))
        if self._cast is None or self._cast[0] != wanted:
            self._opened.close()
            self._cast = None
            self._cast = wanted, self._opened.enter_context(cast_for(said.script, said.settings.speech, self._cache))
        return self._cast[1]


def _as_wav(narrator: Narrator | Person, clip: Clip) -> bytes:
    file = io.BytesIO()
    audio.changed(audio.segment(clip), narrator.gain_db).export(file, format="wav")
    return file.getvalue()


@functools.lru_cache(maxsize=64)
def _voices(engine: str, language: str) -> tuple[Voice, ...]:
    """Return the voices of an engine for a language; none where the engine can't be used."""
    with contextlib.suppress(AudioEditionError), contextlib.closing(open_engine(engine)) as opened:
        return tuple(voices_for(opened.voices(), language))
    return ()


def read_said(issue: IssueFolder, settings: Settings) -> Said:
    """Return what will be said of an issue, as the command line reads it. Raises AudioEditionError."""
    documents = load_documents([Source(issue.list_path)], allow_private=settings.allow_private)
    lexicons = lexicons_for(documents, settings)
    return Said(script_of(documents, lexicons, settings), documents, lexicons, settings)


def _parts(script: Script, speech: Speech) -> Iterator[str]:
    """Yield what decides which voices a script needs."""
    for utterance in script.utterances:
        yield utterance.language
        yield PARTS.get(utterance.role, "") if speech.voices else ""
    for chapter in script.chapters:
        yield f"{chapter.id} {chapter.voice}" if chapter.voice else ""


def _files(issue: IssueFolder, paper: Paper) -> Iterator[tuple[str, int, int]]:
    """Yield all files that what is said may depend on, with their times and sizes."""
    places = [issue.list_path, *issue.path.glob("*.txt"), *issue.path.glob("*.pls"), *issue.path.glob("articles/*")]
    shared = [paper.folder / FILE_NAME, *paper.folder.glob("*.txt"), *paper.folder.glob("*.pls")]
    for path in sorted({*places, *shared}):
        with contextlib.suppress(OSError):
            facts = Path(path).stat()
            yield str(path), facts.st_mtime_ns, facts.st_size
