"""The public functions. Each is the whole of what a command does; none prints or exits.

A document is a path (`str` or `os.PathLike`), the address of a page (http, https, or one that fsspec knows), its bytes,
or several of these for a newspaper. `settings` are those of `audio-edition.toml` if None is given.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audio_edition.config import Settings, load_settings
from audio_edition.errors import NarrationError

if TYPE_CHECKING:
    from audio_edition.batch.local import Report
    from audio_edition.cache import Cache
    from audio_edition.check import Checked
    from audio_edition.edition.build import Edition
    from audio_edition.edition.issue import Documents, Source
    from audio_edition.model import Issue, Narration, Script, Tape, Utterance
    from audio_edition.site import Published

AnyPath = str | os.PathLike[str]
Document = AnyPath | bytes


def read(document: Document | Sequence[Document], settings: Settings | None = None) -> Issue:
    """Return the articles of a document, as trees of blocks, with what was left out as findings. Raises ReadError."""
    from audio_edition.edition.issue import load_documents, read_issue

    settings = _settings(settings)
    return read_issue(load_documents(_sources(document), allow_private=settings.allow_private), settings)


def write_script(document: Document | Sequence[Document], settings: Settings | None = None) -> Script:
    """Return what will be said for a document, sentence by sentence, with the pauses between.

    Several documents, and one that holds several articles, become one script. A document may itself be a script in
    JSON, perhaps edited. Raises ReadError, ScriptError.
    """
    from audio_edition.edition.build import make_script

    return make_script(_sources(document), _settings(settings))


def build(
    document: Document | Sequence[Document] | Script | None,
    output: AnyPath = "output",
    settings: Settings | None = None,
    *,
    preview: bool = False,
    jobs: int | None = None,
    cache: bool = True,
    progress: Callable[[int, int, Utterance], None] = lambda done, whole, utterance: None,
    narration: Sequence[AnyPath] = (),
    chapters: AnyPath | None = None,
    transcribe: bool = False,
) -> Edition:
    """Make an edition of a document or script in a folder of `output`, and return it.

    `narration` are recordings of a person who reads it, files or folders: the sentences found in them are not spoken.
    Without a document (None), the edition is of the recordings alone: `chapters` is a file that lists them, and with
    `transcribe` the text is what the recogniser hears.

    The folder, which is named after the title, appears whole or not at all; an older edition of that name is replaced.
    `preview` makes the first minute only. At most `jobs` chapters are recorded at once, each in a process of its own;
    None means as many as this machine has cores for. With `cache`, sound is kept for the next build. `progress` is
    called with the number of sentences that are done, the number of all, and the one just done.

    Raises AudioEditionError: ReadError for the document, SpeakError for a voice, NarrationError for a recording,
    PublishError for the folder.
    """
    from audio_edition.cache import default_cache
    from audio_edition.edition.build import check_place, lexicons_for, make_edition, script_of
    from audio_edition.edition.issue import Documents, load_documents
    from audio_edition.edition.jobs import jobs_for
    from audio_edition.edition.kept import edition_key
    from audio_edition.model import Script
    from audio_edition.speak import with_best_engine

    settings = replace(_settings(settings), recordings=tuple(map(Path, narration)))
    made_from, documents = "", Documents(())
    if isinstance(document, Script):
        script = document
    elif document is not None:
        documents = load_documents(_sources(document), allow_private=settings.allow_private)
    listed = Path(chapters) if chapters else documents.chapters
    documents = replace(documents, chapters=listed, transcribe=transcribe or documents.transcribe)
    has_text = isinstance(document, Script) or bool(documents.loaded)
    _check_recordings(documents, settings, has_text=has_text)
    if documents.loaded:
        lexicons = lexicons_for(documents, settings)
        script = script_of(documents, lexicons, settings)
        made_from = edition_key(documents, lexicons, settings, "preview" if preview else "whole")
    kept = default_cache(settings.cache_bytes) if cache else None
    read = None
    if documents.recordings or settings.recordings:
        from audio_edition.narration import of_edition
        from audio_edition.narration.tapes import tapes_of

        made_from = ""  # such an edition is made anew each time
        tapes = tapes_of(documents, settings)
        title = script.title if has_text else of_edition.title_of(documents, tapes, settings)
        check_place(Path(output), title, preview=preview)
        script, read = _read_by_people(script if has_text else None, tapes, documents, settings, kept)
    jobs = jobs or jobs_for(script, with_best_engine(settings.speech, script.language))
    return make_edition(
        script, Path(output), settings, kept, progress, preview, jobs, made_from=made_from, narration=read
    )


def _read_by_people(
    script: Script | None, tapes: Sequence[Tape], documents: Documents, settings: Settings, cache: Cache | None
) -> tuple[Script, Narration | None]:
    """Return a script and what people read of it; without a script, one made of the recordings alone."""
    from audio_edition.narration import of_edition

    if script is None:
        return of_edition.without_text(documents, tapes, of_edition.times_of(documents), settings, cache)
    decisions = of_edition.decisions_of(documents, settings, tapes)
    return of_edition.narrated(script, tapes, decisions, settings, cache)


def _check_recordings(documents: Documents, settings: Settings, *, has_text: bool) -> None:
    """Raise NarrationError where there is neither a text nor a recording, and for chapters and a transcript of
    recordings that have a text."""
    if not has_text and not (documents.recordings or settings.recordings):
        raise NarrationError("There is neither a document nor a recording.", "Name a document, or `narration`.")
    if has_text and (documents.chapters or documents.transcribe):
        raise NarrationError("A list of chapters, or a transcript, is for recordings without a text.", "Leave it out.")


def check(edition: AnyPath, *, programs: bool = True, profile: str = "") -> Checked:
    """Return what is wrong with an edition's folder, found by opening each file as a stranger would.

    `programs` are EPUBCheck, Ace and axe-core, if they are installed; `profile` names one against which its files are
    measured too. Nothing is raised for what is wrong.
    """
    from audio_edition.check import check_edition

    return check_edition(Path(edition), programs=programs, profile=profile)


def publish_site(
    folder: AnyPath,
    editions: Sequence[AnyPath] = (),
    *,
    remove: Sequence[str] = (),
    base_url: str | None = None,
    title: str | None = None,
) -> Published:
    """Add editions to the website in a folder, or replace them, and take away those named in `remove`.

    A new site needs a `base_url`, the address that it will have. Raises SiteError, EditionError.
    """
    from audio_edition.site import SiteOptions
    from audio_edition.site import publish_site as publish

    return publish(
        Path(folder), [Path(edition) for edition in editions], remove, SiteOptions(base_url=base_url, title=title)
    )


def pack(edition: AnyPath, place: AnyPath | None = None) -> Path:
    """Write an edition's folder into one ZIP file for e-mail or a memory stick, and return its path.

    Without `place` it stands beside the folder. Raises EditionError, PublishError.
    """
    from audio_edition.pack import pack as packed

    return packed(Path(edition), Path(place) if place else None)


def batch(
    documents: Sequence[Document],
    output: AnyPath = "output",
    settings: Settings | None = None,
    *,
    jobs: int | None = None,
    resume: bool = False,
    cache: bool = True,
) -> Iterator[Report]:
    """Make an edition of each article, `jobs` documents at a time, and yield a report of each as soon as it is there.

    `output` is a folder or an address that fsspec knows. With `resume`, what is up to date is kept. A document that
    can't be made is reported, and takes no other along. Raises SettingsError, MissingTool.
    """
    from audio_edition.batch.local import Plan, jobs_of, make_batch
    from audio_edition.cache import default_cache
    from audio_edition.processes import cores
    from audio_edition.sources.storage import is_remote

    settings = _settings(settings)
    place = output if isinstance(output, str) and is_remote(output) else Path(output)
    kept = default_cache(settings.cache_bytes) if cache else None
    return make_batch(jobs_of(_sources(documents)), Plan(place, settings, kept, resume), jobs or cores())


def _settings(settings: Settings | None) -> Settings:
    return load_settings() if settings is None else settings


def _sources(document: Document | Sequence[Document]) -> list[Source]:
    from audio_edition.edition.issue import Source

    documents = [document] if isinstance(document, str | bytes | os.PathLike) else document
    return [Source(_place(each), "the document" if isinstance(each, bytes) else "") for each in documents]


def _place(document: Document) -> Path | bytes | str:
    """Return bytes and addresses as they are, and anything else as a path."""
    if isinstance(document, bytes) or (isinstance(document, str) and "://" in document):
        return document
    return Path(document)
