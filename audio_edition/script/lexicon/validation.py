"""Tell what is doubtful in the lexicons for an article, or raise the ScriptError that names the first wrong line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from audio_edition.errors import ScriptError
from audio_edition.model import Finding
from audio_edition.script.lexicon.entries import Lexicon
from audio_edition.script.lexicon.files import NEWS
from audio_edition.script.lexicon.matching import applies_to


def lexicon_findings(lexicons: Iterable[Lexicon], languages: Collection[str]) -> tuple[Finding, ...]:
    """Return what an editor should know of the lexicons. Raises ScriptError for one with an error in it."""
    return tuple(finding for lexicon in lexicons for finding in _findings(lexicon, languages))


def _findings(lexicon: Lexicon, languages: Collection[str]) -> Iterator[Finding]:
    if errors := lexicon.errors:
        first, *others = errors
        more = f" ({len(others)} more like it: audio-edition lexicon check {lexicon.name})" if others else ""
        raise ScriptError(f"{lexicon.name}, line {first.line}: {first.message}", first.remedy + more)
    name = Path(lexicon.name).name
    for fault in lexicon.faults:
        if fault.level == "warning":
            yield Finding(
                id="lexicon-fault",
                level="warning",
                message=fault.message,
                place=f"{name}, line {fault.line}",
                remedy=fault.remedy,
            )
    used = any(applies_to(entry.language, language) for entry in lexicon.entries for language in languages)
    if not used and lexicon.name != str(NEWS):
        tags = sorted({entry.language for entry in lexicon.entries})
        what = f"only for {', '.join(tags[:5])}" if tags else "empty"
        yield Finding(
            id="lexicon-not-used",
            level="warning",
            message=f"The lexicon is {what}: nothing in it is for this article.",
            place=name,
            remedy="Check the language of the lexicon, and that of the article (--language).",
        )
