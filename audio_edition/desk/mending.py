"""Where in the desk a finding is mended: its article, sentence or recording, the voices, or the edition made again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, get_args
from urllib.parse import quote

from audio_edition.desk.saying import Said
from audio_edition.model import Finding, Utterance
from audio_edition.model.finding_kinds import OF_DOCUMENTS, OF_EDITIONS

Where = Literal["article", "sentence", "recording", "facts", "voices", "lexicon", "again"]
WHERES: tuple[Where, ...] = get_args(Where)

_UTTERANCE = re.compile(r"\bc\d+-p\d+-s\d+\b")
_LONGEST_TITLE = 60
"""Characters of an article's title in the place of a finding."""
_OTHERWISE: Mapping[Where | Literal["nowhere"], tuple[str, ...]] = {
    "facts": ("untitled-issue", "edition-without-date", "announcements-in-english"),
    "voices": (
        "voice-chosen", "espeak-voice", "voice-language", "other-language", "speaker-name", "loudness-off", "peak-high",
    ),
    "lexicon": ("lexicon-fault", "lexicon-not-used", "lexicon-ipa-not-said"),
    "sentence": ("not-spoken", "misheard", "sentence-missing", "cue-silent", "cue-cut", "pause-not-silent"),
    "recording": (
        "narration-unread", "narration-reworded", "narration-unsure", "narration-repeat", "narration-slip",
        "narration-extra", "narration-noise", "narration-order", "narration-name", "narration-poorly-heard",
        "narrator-unnamed",
    ),
    "nowhere": (
        "preview", "preview-left-out", "narration-reviewed", "narration-stale", "file-strange", "name-unsafe",
        "credentials-broken", "credentials-differ", "credentials-missing", "credentials-signer", "certifier-missing",
        "epubcheck", "ace", "axe", "tool-missing", "tool-failed",
    ),
}  # fmt: skip
"""Kinds that are not mended where the others of their table are: those of documents in the article, those of editions
by making the edition again."""
_ITS_PLACE = {kind: where for where, kinds in _OTHERWISE.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Mend:
    """The address of the place where a finding is mended, and what that place is."""

    where: Where
    address: str


def where_mended(kind: str) -> Where | None:
    """Return what kind of place mends a kind of finding; None where nothing is to be done, or not in the desk."""
    where = _ITS_PLACE.get(kind, "again" if kind in OF_EDITIONS else "article")
    nothing_to_do = kind in OF_DOCUMENTS and OF_DOCUMENTS[kind].remedy == "Nothing." and kind not in _ITS_PLACE
    return None if where == "nowhere" or nothing_to_do else where


def mend_of(finding: Finding, said: Said, at: str) -> Mend | None:
    """Return where an editor can mend the finding, in the issue whose pages begin with `at`; None if there is no such
    place, or it has gone since."""
    match where_mended(finding.id):
        case "facts":
            return Mend("facts", f"{at}#facts")
        case "voices":
            return Mend("voices", f"{at}/read")
        case "lexicon":
            return Mend("lexicon", f"{at}/said#lexicon")
        case "again":
            return Mend("again", f"{at}/make#again")
        case "article":
            return _article(_document_of(finding, said), at)
        case "sentence" | "recording":
            return _of_sentence(finding, said, at)
        case _:
            return None


def _of_sentence(finding: Finding, said: Said, at: str) -> Mend | None:
    """Return where a sentence is read, if somebody reads it, else where it is said otherwise."""
    found = _utterance_of(finding, said)
    document = _document_with(found, said) if found else _document_of(finding, said)
    if document in said.documents.recorded:
        anchor = f"#r-{quote(found.id)}" if found else ""
        return Mend("recording", f"{at}/record?name={quote(document)}{anchor}")
    return Mend("sentence", f"{at}/sentence/{quote(found.id)}") if found else _article(document, at)


def _utterance_of(finding: Finding, said: Said) -> Utterance | None:
    """Return the sentence that a finding names, as long as it still reads so: an id may have passed to another."""
    match = _UTTERANCE.search(finding.place)
    named = said.by_id.get(match[0]) if match else None
    if named and _reads(named, finding):
        return named
    return next((each for each in said.script.utterances if finding.text and each.text == finding.text), None)


def _reads(utterance: Utterance, finding: Finding) -> bool:
    quoted = finding.text.removesuffix("…").strip()
    return not quoted or utterance.text.startswith(quoted) or quoted.startswith(utterance.text)


def _document_with(utterance: Utterance, said: Said) -> str:
    return next(each.document for each in said.script.chapters if utterance in each.utterances)


def _document_of(finding: Finding, said: Said) -> str:
    """Return the article that a finding is of, by what the list calls it: the one whose title its place begins with,
    whose recording it names, or the only one; "" for none."""
    documents = {each.document: "" for each in said.script.chapters if each.document}
    for document, recording in said.documents.recorded.items():
        if PurePosixPath(recording).name == finding.place:
            return document
    titles = [(each.title, each.document) for each in said.script.chapters if each.document and not each.continues]
    for title, document in titles:
        cut = title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
        if finding.place == cut or finding.place.startswith(f"{cut}, "):
            return document
    return next(iter(documents)) if len(documents) == 1 else ""


def _article(document: str, at: str) -> Mend | None:
    return Mend("article", f"{at}/article?name={quote(document)}#edit") if document else None
