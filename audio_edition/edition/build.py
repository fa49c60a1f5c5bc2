"""The stages in order: read, script, speak, stitch, publish. The only module that knows all of them."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audio_edition import __version__, atomic, audio
from audio_edition.cache import Cache
from audio_edition.config import Settings, date_of_build
from audio_edition.edition.issue import Documents, Source, each_alone, load_documents, read_issue
from audio_edition.edition.jobs import Progress, record
from audio_edition.edition.write_json import JSON
from audio_edition.edition.write_json import write as write_manifest
from audio_edition.errors import PublishError, SettingsError
from audio_edition.formats import BRAILLE, PACKAGES, chosen, libraries_of, write_packages
from audio_edition.formats import slug as slug_of
from audio_edition.model import EDITION_JSON as MANIFEST_NAME
from audio_edition.model import (
    RATE_HZ,
    Article,
    Finding,
    Narration,
    Package,
    Paragraph,
    Pause,
    Pauses,
    Recording,
    Script,
    Text,
    Voice,
    Wording,
)
from audio_edition.read.decode import decode, opening
from audio_edition.script import (
    Announcements,
    Choices,
    is_script,
    script_from_json,
    write_issue_script,
    write_script,
)
from audio_edition.script.lexicon import (
    NEWS,
    Fault,
    Lexicon,
    applies_to,
    beside,
    lexicon_in,
    load_lexicon,
    read_lexicon,
)
from audio_edition.speak import default_engine, open_engine, rate_of, with_best_engine
from audio_edition.speak.cast import Cast, cast_for
from audio_edition.speak.loudness import TARGET_LUFS, passage_for
from audio_edition.speak.person import with_people
from audio_edition.speak.preview import first_minute, first_utterances
from audio_edition.speak.pronunciation_check import pronunciation_finding
from audio_edition.speak.voices import choose_voice, language_of

_MOVE_IT = "Move it away, or name another folder with -o."
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class LexiconFile:
    """The bytes of a lexicon and the name of its file."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished edition: its folder and what is in it."""

    folder: Path
    recording: Recording
    packages: tuple[Package, ...]
    replaced: bool
    """Whether an older edition was in its place."""

    @property
    def seconds(self) -> float:
        """Playing time in seconds, to the millisecond."""
        return round(self.recording.length / RATE_HZ, 3)

    @property
    def open_first(self) -> Path:
        """The file to open first: the page, if there is one."""
        files = {package.format: package.files[0] for package in self.packages if package.files}
        return self.folder / files.get("page", next(iter(files.values())))


def make_script(document: Path | bytes | str | Sequence[Source], settings: Settings, name: str = "") -> Script:
    """Return the script of a document: of an article, of an issue with several, or of a script that `script --format
    json` wrote and a person edited.

    `document` is a file, the http(s) address of a page, the bytes of a document called `name`, or several sources,
    which become one issue; a .toml file lists several. Raises ReadError, ScriptError, SettingsError.
    """
    sources = [Source(document, name)] if isinstance(document, Path | bytes | str) else document
    documents = load_documents(sources, allow_private=settings.allow_private)
    return script_of(documents, lexicons_for(documents, settings), settings)


def script_of(documents: Documents, files: Sequence[LexiconFile], settings: Settings) -> Script:
    """Return one script for all documents, with the lexicons in those files. Raises as make_script does."""
    if edited := _edited_script(documents, settings):
        return edited
    is_narrated = bool(documents.recordings or settings.recordings)
    if is_narrated:
        # Which voice says it is not known yet: no person is to say that their voice is synthetic.
        settings = dataclasses.replace(settings, disclosure="metadata")
    issue = read_issue(documents, settings)
    lexicons = [lexicon_in(file.data, file.name) for file in files]
    if len(issue.articles) == 1:
        return write_script(issue.articles[0], settings.pauses, lexicons, _choices(settings))
    announcements = None
    if settings.announcements:
        announcements = Announcements(settings.opening, settings.ending, rate_of(settings.speech), not is_narrated)
    return write_issue_script(issue, announcements, settings.pauses, lexicons, _choices(settings))


def _choices(settings: Settings) -> Choices:
    return Choices(
        settings.notes,
        settings.struck,
        settings.pages,
        settings.disclosure,
        tuple(settings.speech.speakers),
        settings.only_pages,
        settings.producer_notes,
    )


def make_scripts(documents: Documents, files: Sequence[LexiconFile], settings: Settings) -> Iterator[Script]:
    """Yield a script for each article of the documents, with the lexicons in those files. Raises as make_script
    does."""
    if documents.recordings:
        raise SettingsError(
            "A person reads this edition, and a batch takes no recordings.",
            "Make it by itself: audio-edition build edition.toml",
        )
    if edited := _edited_script(documents, settings):
        yield edited
        return
    lexicons = [lexicon_in(file.data, file.name) for file in files]
    for article in each_alone(read_issue(documents, settings), settings):
        yield write_script(article, settings.pauses, lexicons, _choices(settings))


def _edited_script(documents: Documents, settings: Settings) -> Script | None:
    """Return the script that a person edited, if that is the only document; else None."""
    if len(documents.loaded) != 1 or not is_script(opening(documents.loaded[0].data)):
        return None
    document = documents.loaded[0]
    text, _ = decode(document.data, document.name)
    script = script_from_json(text, document.name)
    return dataclasses.replace(
        script,
        title=settings.title or script.title,
        byline=settings.author or script.byline,
        language=settings.speech.language or script.language,
        published=settings.date or script.published or date_of_build(),
        source=settings.publisher or script.source,
        findings=script.findings + _unread(settings.lexicons),
    )


def lexicons_for(documents: Documents, settings: Settings) -> tuple[LexiconFile, ...]:
    """Return the lexicons for the documents; later ones override earlier ones. Raises ScriptError."""
    paths = [NEWS] if settings.speech.news_lexicon else []
    paths += settings.speech.lexicons
    listed = [documents.listed_in] if documents.listed_in else []
    articles = [document.path for document in documents.loaded if document.path]
    paths += dict.fromkeys(lexicon for path in (*listed, *articles) for lexicon in beside(path))
    return tuple(LexiconFile(str(path), load_lexicon(path)) for path in (*paths, *settings.lexicons))


def _unread(lexicons: Sequence[Path]) -> tuple[Finding, ...]:
    """Return a warning for each lexicon named for an edited script, in which all pronunciations are already written."""
    return tuple(
        Finding(
            id="lexicon-not-used",
            level="warning",
            message="A script is said as it stands, without lexicons.",
            place=path.name,
            remedy="Give the lexicon to audio-edition script when it makes the script.",
        )
        for path in lexicons
    )


def check_lexicon(path: Path, engine: str = "", voice: str = "") -> tuple[Fault, ...]:
    """Return the faults of a lexicon sorted by line; with an engine or voice, also the IPA that it cannot say.

    Raises ScriptError if there is nothing to read, SpeakError for an unknown voice.
    """
    lexicon = read_lexicon(path)
    faults = lexicon.faults
    if engine or voice:
        faults += _unsaid(lexicon, engine, voice)
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _unsaid(lexicon: Lexicon, engine: str, voice: str) -> tuple[Fault, ...]:
    language = next((entry.language for entry in lexicon.entries if entry.language), "en")
    with contextlib.closing(open_engine(engine or default_engine())) as opened:
        chosen = choose_voice(opened, voice, language)
        said_in = language_of(chosen, language)
        entries = [entry for entry in lexicon.entries if applies_to(entry.language, said_in)]
        return tuple(
            Fault(entry.line, what.level, what.message, what.remedy)
            for entry in entries
            if (what := pronunciation_finding(opened, chosen, entry.written, entry.said, entry.ipa))
        )


def make_edition(
    script: Script,
    output: Path,
    settings: Settings,
    cache: Cache | None = None,
    progress: Progress = lambda done, whole, utterance: None,
    preview: bool = False,
    jobs: int = 1,
    folder: str = "",
    made_from: str = "",
    narration: Narration | None = None,
) -> Edition:
    """Speak, record and package a script, or its first minute, in a folder of `output`: `folder`, or one named after
    the title. What is in a `narration` is cut from its recordings, and not spoken.

    At most `jobs` takes are recorded at once, each in a process of its own. `made_from` identifies everything the
    edition depends on; it is stored in edition.json so that a later build can see that the edition is up to date. The
    folder appears complete or not at all and replaces an older edition of that name. Raises AudioEditionError.
    """
    is_spoken = narration is None or any(each.id not in narration.readings for each in script.utterances)
    if is_spoken:
        script, settings = _by_best_voice(script, settings)
    settings, formats = with_formats(settings, script.wording)
    libraries = libraries_of(formats, script.language)
    slug = _slug(script.title, preview=preview)
    place = output / (folder or slug)
    with _clear_disk_errors(output), atomic.building_folder(output, slug) as building:
        new = _new_edition(building, place)
        with cast_for(script, settings.speech, cache, is_heard=is_spoken) as cast:
            if narration:
                cast = with_people(cast, script, narration, building, settings.speech)
            heard = first_minute(script, cast) if preview else script
            recording = record(heard, cast, settings, formats, building, cache, progress, jobs)
        packages = write_packages(recording, new, slug, formats)
        made = [package.format for package in packages if package.files]
        facts = _facts(recording, cast, settings, made, made_from, libraries, preview=preview)
        write_manifest(recording, new, packages, facts)
        replaced = _put(new, place)
    if cache:
        cache.prune()
    return Edition(place, recording, packages, replaced)


def with_formats(settings: Settings, wording: Wording) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings and the formats of an edition whose words are from there: a recording whose words nobody
    wrote down becomes books of sound. Raises SettingsError for a format that it can't have."""
    if wording == "none":
        if showing := [name for name in settings.formats if name in PACKAGES and PACKAGES[name].is_text]:
            raise SettingsError(
                f"The format {showing[0]} shows the text, but this recording has none.",
                "Leave the format out, or have the recogniser write a rough transcript: --transcribe",
            )
        settings = dataclasses.replace(settings, book_text="none")
    return settings, chosen(settings.formats, settings.book_text, settings.profile)


def _by_best_voice(script: Script, settings: Settings) -> tuple[Script, Settings]:
    """Return the settings with the best engine for the script where none is named, and the script with a finding that
    says so."""
    speech = with_best_engine(settings.speech, script.language)
    if speech.engine == settings.speech.engine or speech.voice:
        return script, dataclasses.replace(settings, speech=speech)
    chosen_for = Finding(
        id="voice-chosen",
        level="note",
        message=f"The best voice here for “{script.language}” is one of {speech.engine}, which speaks.",
        remedy="To have another: --voice NAME or --engine NAME; see them with: audio-edition voices --engine NAME",
    )
    found = (*script.findings, chosen_for)
    return dataclasses.replace(script, findings=found), dataclasses.replace(settings, speech=speech)


def put_edition(output: Path, folder: str, write: Callable[[Path], None]) -> Path:
    """Put an edition made elsewhere into `output`, with the same guarantees as make_edition; `write` writes its files
    into the folder it is given. Raises PublishError, and what `write` raises."""
    place = output / folder
    with _clear_disk_errors(output), atomic.building_folder(output, folder) as building:
        new = _new_edition(building, place)
        write(new)
        _put(new, place)
    return place


def check_place(output: Path, title: str, *, preview: bool = False) -> None:
    """Raise PublishError if an edition of this title can't be put into `output`, before time is spent on making it."""
    if output.exists() and not output.is_dir():
        raise PublishError(f"{output}: this is a file, and editions go into a folder.", "Name another folder with -o.")
    _check_free_for_edition(output / _slug(title, preview=preview))


def _slug(title: str, *, preview: bool) -> str:
    return slug_of(title) + "-preview" * preview


def _new_edition(building: Path, place: Path) -> Path:
    """Return an empty folder for the files of an edition that will move to `place`."""
    _check_free_for_edition(place)
    new = building / "edition"
    new.mkdir()
    return new


def _put(new: Path, place: Path) -> bool:
    """Move an edition into place and return whether it replaced one. After a power failure at any moment, either
    edition is complete."""
    atomic.onto_disk(new)
    return atomic.move_into_place(new, place)


def make_sample(path: Path, settings: Settings, cache: Cache | None = None) -> None:
    """Write some ten seconds of a voice as MP3, at the level of editions: the voice named, or the one for the language.

    Raises AudioEditionError.
    """
    if not path.parent.is_dir():
        raise PublishError(f"{path}: the folder for the sample is not there.", "Make it, or name another.")
    language = settings.speech.language or "en"
    with (
        _clear_disk_errors(path.parent),
        tempfile.TemporaryDirectory(dir=path.parent, prefix=".sample.", ignore_cleanup_errors=True) as folder,
        cast_for(Script("", (), language), with_best_engine(settings.speech, language), cache) as cast,
    ):
        script = _sample_script(cast.main.voice, settings.pauses)
        recording = record(script, cast, settings, ("mp3",), Path(folder), cache)
        (package,) = write_packages(recording, Path(folder), "sample", ("mp3",))
        Path(folder, package.files[0]).replace(path)


def _sample_script(voice: Voice, pauses: Pauses) -> Script:
    """Return a short script in the voice's language."""
    text = Text(passage_for(voice.language))
    script = write_script(Article("", (Paragraph(text),), language=voice.language), pauses)
    chapter = script.chapters[0]
    # The sentences that begin before the text is half over.
    lengths = [len(utterance.text) for utterance in chapter.utterances]
    count = sum(before < sum(lengths) / 2 for before in itertools.accumulate(lengths[:-1], initial=0))
    return dataclasses.replace(script, title=voice.name or voice.id, chapters=(first_utterances(chapter, count),))


def _facts(
    recording: Recording,
    cast: Cast,
    settings: Settings,
    formats: Sequence[str],
    made_from: str,
    libraries: Mapping[str, str],
    *,
    preview: bool,
) -> dict[str, JSON]:
    """Return what edition.json says about how the edition was made. It holds no path and no time, so that the same
    input gives the same bytes."""
    speech = settings.speech
    others = {narrator.voice: narrator for narrator in cast.narrators if narrator.voice in recording.others}
    gains: dict[str, JSON] = {f"{voice.engine}:{voice.id}": narrator.gain_db for voice, narrator in others.items()}
    engines = {
        narrator.engine.name: narrator.engine.version for voice, narrator in others.items() if not voice.is_person
    }
    return {
        **({"preview": True} if preview else {}),
        **({"made_from": made_from} if made_from else {}),
        "loudness": {
            "target_lufs": TARGET_LUFS,
            "gain_db": cast.first.gain_db,
            "limiter_dbtp": audio.PEAK_LIMIT_DBTP,
            **({"other_gains_db": gains} if gains else {}),
        },
        "settings": {
            "formats": list(formats),
            **({"braille": _braille(recording)} if BRAILLE & set(formats) else {}),
            **({"text": recording.book_text} if recording.book_text != "full" else {}),
            **({"profile": recording.profile} if recording.profile else {}),
            "pauses_ms": _pauses(recording.script),
            "rate_wpm": cast.main.delivery.rate_wpm,
            "volume": speech.volume,
        },
        "versions": {"audio-edition": __version__, "ffmpeg": audio.ffmpeg_version(), **engines, **libraries},
    }


def _braille(recording: Recording) -> dict[str, JSON]:
    from audio_edition.formats.braille.tables import table_of

    form = recording.braille
    return {**dataclasses.asdict(form), "table": table_of(recording.script.language, form.grade)}


def _pauses(script: Script) -> dict[str, JSON]:
    """Return all lengths of pauses in the script by their reason; an edited script may differ from the settings."""
    found: dict[str, set[int]] = {}
    for chapter in script.chapters:
        for part in chapter.parts:
            if isinstance(part, Pause):
                found.setdefault(part.reason, set()).add(part.milliseconds)
    return {reason: sorted(lengths) for reason, lengths in sorted(found.items())}


def _check_free_for_edition(place: Path) -> None:
    """Raise PublishError if `place` holds anything but an edition and its own files."""
    if place.is_symlink() or (place.exists() and not (place / MANIFEST_NAME).is_file()):
        raise PublishError(
            f"{place}: something other than an edition has this name, and only an edition is replaced.", _MOVE_IT
        )
    if strangers := _strangers(place):
        names = ", ".join(sorted(strangers)[:3])
        raise PublishError(
            f"{place}: the older edition's folder holds files that are not part of it: {names}.", _MOVE_IT
        )


def _strangers(place: Path) -> set[str]:
    """Return the files in an edition's folder that its manifest does not list, ignoring those of file managers."""
    found = {
        path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file() and path.name not in _LITTER
    }
    if not found:
        return set()
    try:
        manifest = json.loads((place / MANIFEST_NAME).read_text("utf-8"))
        return found - {MANIFEST_NAME} - {file["path"] for file in manifest["files"]}
    except (ValueError, KeyError, TypeError):
        return found


@contextlib.contextmanager
def _clear_disk_errors(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = error.filename or output
        message = f"{place}: the edition could not be written ({error.strerror or error})."
        raise PublishError(message, atomic.remedy_for(error)) from error
