"""Present words at risk and what was heard of an edition: as text that reads well aloud, and as values for JSON."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from audio_edition.model import RATE_HZ
from audio_edition.proof.listening import Heard, Listening
from audio_edition.proof.risks import Risk


def risks_as_text(found: Iterable[Risk]) -> str:
    """Return the words by kind: each word and its sounds, its sentence, and a line for the lexicon."""
    lines = []
    for kind, together in itertools.groupby(found, key=lambda risk: risk.kind):
        lines += [f"{kind.upper()}", ""]
        for risk in together:
            lines += [*_risk_lines(risk), ""]
    return "\n".join(lines).rstrip() or "No word is at risk."


def _risk_lines(risk: Risk) -> Iterable[str]:
    yield risk.word + (f"  /{risk.phonemes}/" if risk.phonemes else "")
    if risk.said != risk.word:
        yield f"    said: {risk.said or 'nothing'}"
    yield f"    {risk.utterance.id}: {risk.utterance.text}"
    if risk.places > 1:
        yield f"    places: {risk.places}"
    if risk.lexicon_line:
        yield f"    lexicon: {risk.lexicon_line}"


def risks_as_list(found: Iterable[Risk]) -> list[dict[str, Any]]:
    """Return the same as values for JSON."""
    return [
        {
            "word": risk.word,
            "kind": risk.kind,
            "said": risk.said,
            "phonemes": risk.phonemes,
            "lexicon_line": risk.lexicon_line,
            "places": risk.places,
            "sentence_id": risk.utterance.id,
            "sentence": risk.utterance.text,
        }
        for risk in found
    ]


def listening_as_text(listening: Listening) -> str:
    """Return the word error rate, then the misheard sentences, the worst first."""
    total = f"{_percent(listening.word_error_rate)} ({listening.errors} errors in {listening.words} words)"
    lines = [f"Word error rate: {total}, heard by {listening.recogniser}", ""]
    for heard in listening.worst_first:
        lines += [*_heard_lines(heard), ""]
    return "\n".join(lines).rstrip()


def _heard_lines(heard: Heard) -> Iterable[str]:
    minutes, seconds = divmod(heard.start // RATE_HZ, 60)
    yield f"{heard.id}  {_percent(heard.match.rate)}, at {minutes}:{seconds:02}"
    if heard.missing:
        yield f"    MISSING: {heard.missing}"
    yield f"    written: {heard.text}"
    yield f"    heard: {heard.match.heard or 'nothing'}"
    if not heard.missing:
        pairs = ((written or "(nothing)", said or "(nothing)") for written, said in heard.match.misheard)
        yield f"    misheard: {'; '.join(f'{written} → {said}' for written, said in pairs)}"


def listening_as_dict(listening: Listening) -> dict[str, Any]:
    """Return every sentence in reading order as values for JSON."""
    return {
        "title": listening.title,
        "recogniser": listening.recogniser,
        "word_error_rate": round(listening.word_error_rate, 4),
        "words": listening.words,
        "errors": listening.errors,
        "findings": [
            {"id": finding.id, "level": finding.level, "place": finding.place, "message": finding.message}
            for finding in listening.findings
        ],
        "sentences": [_heard_dict(heard) for heard in listening.sentences],
    }


def _heard_dict(heard: Heard) -> dict[str, Any]:
    return {
        "id": heard.id,
        "start": round(heard.start / RATE_HZ, 3),
        "end": round(heard.end / RATE_HZ, 3),
        "word_error_rate": round(heard.match.rate, 4),
        "words": heard.match.words,
        "errors": heard.match.errors,
        "missing": bool(heard.missing),
        "written": heard.text,
        "heard": heard.match.heard,
        "misheard": [list(pair) for pair in heard.match.misheard],
    }


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
