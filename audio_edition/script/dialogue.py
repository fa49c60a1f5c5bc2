"""Find who says the lines of a dialogue or an interview, by the names before them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audio_edition.script.names import ARTICLES, NAME_WORD, as_label, full_names
from audio_edition.script.plan import Draft, Voiced

QUESTION, ANSWER = "Q", "A"
"""Who speaks where questions are told from answers only by their bold letters."""

PAIRS = (
    ("Q", "A"), ("Question", "Answer"), ("F", "A"), ("Frage", "Antwort"), ("Q", "R"), ("Question", "Réponse"),
    ("P", "R"), ("Pregunta", "Respuesta"), ("D", "R"), ("Domanda", "Risposta"), ("Pergunta", "Resposta"),
    ("V", "A"), ("Vraag", "Antwoord"), ("Fråga", "Svar"), ("Spørgsmål", "Svar"), ("Pytanie", "Odpowiedź"),
)  # fmt: skip
"""What stands before questions and answers, in short and in full."""

_LABEL = re.compile(
    rf"(?P<label>{NAME_WORD}(?: (?:{NAME_WORD}|de|von|van|da|di)){{0,3}})\s?:\s+(?=\S)"
    r"|(?P<letter>[QAFR])\. (?=[^\W\d_a-z])"
)
_LONGEST_LABEL = 40
_ASKS = re.compile(r"[?？][\"”»’]?$")
_FEWEST_QUESTIONS = 3
"""Bold questions with answers that make an interview."""


class _Line(NamedTuple):
    said: Voiced
    is_letter: bool
    """Whether a letter and a full stop stand before it, which may be an initial."""


def lines_of_dialogue(drafts: Sequence[Draft]) -> dict[int, Voiced]:
    """Return the lines of a dialogue by their places: those behind a name, and what stands between two of them; behind
    the last anybody may speak. A dialogue has two names that come again, or question and answer."""
    found = {place: line for place, draft in enumerate(drafts) if (line := _labelled(draft.text.text))}
    full = full_names({line.said.name for line in found.values()})
    lines = {
        place: line.said._replace(name=full.get(line.said.name.casefold(), line.said.name))
        for place, line in found.items()
    }
    pair = _question_and_answer(drafts, lines)
    lines = {place: said for place, said in lines.items() if said.name in pair or not found[place].is_letter}
    counts = Counter(line.name for line in lines.values())
    again = {name for name, count in counts.items() if count > 1}
    if len(again) < 2 and not pair:
        return _bold_questions(drafts)
    # "Note:", which stands once, is nobody; a name in full is.
    return _with_between(drafts, {place: line for place, line in lines.items() if _is_speaker(line.name, again, pair)})


def _labelled(text: str) -> _Line | None:
    """Return what is said behind the name that a line begins with."""
    found = _LABEL.match(text)
    name = as_label(found["label"] or found["letter"]) if found and found.end() <= _LONGEST_LABEL else ""
    return _Line(Voiced(found.end(), len(text), name, 0), bool(found["letter"])) if found and name else None


def _is_speaker(name: str, again: set[str], pair: tuple[str, ...]) -> bool:
    return name in again or name in pair or (" " in name and name.split(" ")[0] not in ARTICLES)


def _question_and_answer(drafts: Sequence[Draft], lines: dict[int, Voiced]) -> tuple[str, ...]:
    """Return the first of PAIRS whose two names both begin lines, at least one of them a line that asks a question;
    empty if there is none."""
    names = {line.name for line in lines.values()}
    for question, answer in PAIRS:
        if {question, answer} <= names and any(
            line.name == question and _ASKS.search(drafts[place].text.text) for place, line in lines.items()
        ):
            return question, answer
    return ()


def _bold_questions(drafts: Sequence[Draft]) -> dict[int, Voiced]:
    """Return the lines of an interview whose questions are the paragraphs in bold, if that is what they are."""
    bold = [place for place, draft in enumerate(drafts) if _is_bold(draft)]
    asking = [place for place in bold if _ASKS.search(drafts[place].text.text)]
    if len(asking) < _FEWEST_QUESTIONS or len(asking) < len(bold) or len(drafts) - 1 in asking:
        return {}
    if any(following == place + 1 for place, following in itertools.pairwise(asking)):
        return {}
    lines = dict.fromkeys(asking, QUESTION) | {place + 1: ANSWER for place in asking}
    return _with_between(
        drafts, {place: Voiced(0, len(drafts[place].text.text), name, 0) for place, name in lines.items()}
    )


def _is_bold(draft: Draft) -> bool:
    text = draft.text.text
    return any(span.start == 0 and span.end == len(text) for span in draft.text.of("strong"))


def _with_between(drafts: Sequence[Draft], lines: dict[int, Voiced]) -> dict[int, Voiced]:
    """Return the lines, and what stands between two of them as the first's."""
    return lines | dict(_between(drafts, lines))


def _between(drafts: Sequence[Draft], lines: dict[int, Voiced]) -> Iterator[tuple[int, Voiced]]:
    for place, following in itertools.pairwise(sorted(lines)):
        for between in range(place + 1, following):
            yield between, Voiced(0, len(drafts[between].text.text), lines[place].name, 0)
