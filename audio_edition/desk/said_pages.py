"""Step 2: what will be said, words at risk first; each sentence can be heard, and said otherwise."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.responses import Response

from audio_edition.desk import lexicon
from audio_edition.desk.saying import Said
from audio_edition.desk.visit import Told, Visit
from audio_edition.errors import DeskError
from audio_edition.model import Chapter, Utterance
from audio_edition.proof.risks import Risk
from audio_edition.script.lexicon.entries import LONGEST_WRITTEN

_PATIENCE_AFTER_SECONDS, _PATIENCE_BEHIND_SECONDS = 5.0, 25.0
"""How long a page waits for the words at risk after a change, as its reader goes on with the next one; else it comes
without them, and its script waits so long."""
_FEW = 12
"""Words of a kind that are shown at once; a longer list is folded."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word at risk as the page shows it: its sentence before and behind it, and how lexicons say it already."""

    id: str
    risk: Risk
    language: str
    before: str
    after: str
    was: str
    was_everywhere: str


@dataclass(frozen=True, slots=True)
class _Kind:
    id: str
    open: bool
    words: tuple[_Word, ...]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The lines of a lexicon as the page lists them."""

    everywhere: bool
    entries: tuple[Mapping[str, str], ...]


def said(visit: Visit) -> Response:
    """Return the page of what will be said: words at risk, chapters, and the lexicons."""
    if not visit.issue.contents().articles:
        return visit.go(visit.at, Told(visit.words["no_articles"]))
    of_issue = visit.desk.saying.said(visit.issue)
    did = visit.did
    looked = _risks(visit, of_issue, _PATIENCE_AFTER_SECONDS if did else 0)
    ids = {word.id for kind in looked["risks"] or () for word in kind.words}
    more: dict[str, Any] = {
        **looked,
        "did": did and did.among(ids),
        "sentences": len(of_issue.script.utterances),
        "chapters": of_issue.script.chapters,
        "lexicons": tuple(_lexicons(visit)),
    }
    return visit.issue_page("said", "/said", **more)


def risks(visit: Visit) -> Response:
    """Return the part of that page with the words at risk, once they are found."""
    of_issue = visit.desk.saying.said(visit.issue)
    return visit.page("risks", at=visit.at, **_risks(visit, of_issue, _PATIENCE_BEHIND_SECONDS))


def _risks(visit: Visit, of_issue: Said, seconds: float) -> dict[str, Any]:
    """Return the words at risk for a page; None if it takes longer to find them, which goes on."""
    found = visit.desk.saying.risks(of_issue, seconds)
    kinds = None if found is None else tuple(_kinds(visit, of_issue, found))
    return {"risks": kinds, "number": len(found or ()), "several": _has_several(visit)}


def chapter(visit: Visit) -> Response:
    """Return the page of a chapter: its sentences."""
    of_issue = visit.desk.saying.said(visit.issue)
    shown = of_issue.chapter(visit.request.path_params["chapter"])
    at = of_issue.script.chapters.index(shown)
    beside = {
        "before": of_issue.script.chapters[at - 1] if at else None,
        "after": next(iter(of_issue.script.chapters[at + 1 :]), None),
    }
    language = of_issue.script.language
    return visit.issue_page("chapter", "/said", chapter=shown, sentences=shown.utterances, language=language, **beside)


def sentence(visit: Visit) -> Response:
    """Return the page on which a sentence, or words of it, get another spoken form."""
    of_issue = visit.desk.saying.said(visit.issue)
    found = of_issue.utterance(visit.request.path_params["sentence"])
    whole = found.text.rstrip(".!?… ") if len(found.text) <= LONGEST_WRITTEN and not {"=", "#"} & {*found.text} else ""
    more = {"chapter": _chapter_of(of_issue, found), "whole": whole, "several": _has_several(visit)}
    language = found.language or of_issue.script.language
    return visit.issue_page("sentence", "/said", sentence=found, language=language, **more)


def sound(visit: Visit) -> Response:
    """Return a sentence as sound."""
    of_issue = visit.desk.saying.said(visit.issue)
    found = of_issue.utterance(visit.request.path_params["sentence"])
    return _wav(visit.desk.saying.sound(of_issue, found))


def hear(visit: Visit) -> Response:
    """Return a sentence as it would sound with words said otherwise; nothing is kept."""
    of_issue = visit.desk.saying.said(visit.issue)
    found = of_issue.utterance(visit.sent("sentence"))
    line = lexicon.line_for(visit.sent("written"), visit.sent("say"))
    otherwise = of_issue.said_otherwise(found, line)
    if (otherwise.spoken, otherwise.pronunciations) == (found.spoken, found.pronunciations):
        _check_found(found, visit.sent("written"))
    return _wav(visit.desk.saying.sound(of_issue, otherwise))


def keep(visit: Visit) -> Response:
    """Keep how words are said, for this issue or for all."""
    of_issue = visit.desk.saying.said(visit.issue)
    found = of_issue.utterance(visit.sent("sentence"))
    written = " ".join(visit.sent("written").split())
    _check_found(found, written)
    path, everywhere = _lexicon_of(visit)
    with visit.issue.lock:
        was = visit.sent("was_everywhere" if everywhere else "was")
        lexicon.put(path, lexicon.line_for(written, visit.sent("say")), was)
        if everywhere:
            visit.desk.paper.name_lexicon()
    name = "did_keep_everywhere" if everywhere else "did_keep"
    # The next word has the place of one that is at risk no more.
    told = Told(visit.words[name].format(word=written, say=visit.sent("say")), visit.sent("at"))
    return visit.go(f"{visit.at}/said", told)


def forget(visit: Visit) -> Response:
    """Take the line for some words out of a lexicon."""
    path, _ = _lexicon_of(visit)
    with visit.issue.lock:
        lexicon.remove(path, visit.sent("written"), visit.sent("was"))
    return visit.go(f"{visit.at}/said", Told(visit.words["did_forget"].format(word=visit.sent("written"))))


def _check_found(found: Utterance, written: str) -> None:
    """Raise DeskError where the words are not in the sentence: a slip of the pen would change nothing, silently."""
    if " ".join(written.split()).casefold() not in " ".join(found.text.split()).casefold():
        raise DeskError(
            f"“{written[:60]}” is not in this sentence.", "Copy the words from the sentence, as they are written."
        )


def _lexicon_of(visit: Visit) -> tuple[Path, bool]:
    """Return the lexicon that a form is for, and whether it is that of all issues."""
    everywhere = visit.sent("do") == "everywhere" and _has_several(visit)
    return (visit.desk.paper.lexicon if everywhere else visit.issue.lexicon), everywhere


def _has_several(visit: Visit) -> bool:
    return not visit.desk.paper.is_one_issue


def _lexicons(visit: Visit) -> Iterator[_Lexicon]:
    places = [(visit.issue.lexicon, False)]
    places += [(visit.desk.paper.lexicon, True)] if _has_several(visit) else []
    for path, everywhere in places:
        entries = (
            {"written": each.written, "said": lexicon.shown(each), "language": each.language}
            for each in lexicon.entries(path)
        )
        yield _Lexicon(everywhere, tuple(entries))


def _kinds(visit: Visit, of_issue: Said, found: tuple[Risk, ...]) -> Iterator[_Kind]:
    own = {each.written: lexicon.shown(each) for each in lexicon.entries(visit.issue.lexicon)}
    everywhere = {each.written: lexicon.shown(each) for each in lexicon.entries(visit.desk.paper.lexicon)}
    numbers, told_at = itertools.count(1), visit.did.at if visit.did else ""
    for kind, together in itertools.groupby(found, key=lambda risk: risk.kind):
        words = tuple(_word(risk, f"w{next(numbers)}", of_issue, own, everywhere) for risk in together)
        is_open = kind == found[0].kind or len(words) <= _FEW or any(word.id == told_at for word in words)
        yield _Kind(kind.replace(" ", "_"), is_open, words)


def _word(risk: Risk, id_: str, of_issue: Said, own: Mapping[str, str], everywhere: Mapping[str, str]) -> _Word:
    text = risk.utterance.text
    before, word, after = text.partition(risk.word)
    language = risk.utterance.language or of_issue.script.language or "und"
    return _Word(
        id_, risk, language, before, after if word else "", own.get(risk.word, ""), everywhere.get(risk.word, "")
    )


def _chapter_of(of_issue: Said, found: Utterance) -> Chapter:
    return next(each for each in of_issue.script.chapters if found in each.utterances)


def _wav(data: bytes) -> Response:
    return Response(data, media_type="audio/wav")
