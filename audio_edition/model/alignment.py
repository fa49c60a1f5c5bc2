"""Tell which written word each spoken one says, where a text is said otherwise, by rules or by hand.

The two are compared word by word. Where words are said otherwise, the spoken ones are dealt out in order to the written
ones: by the letters and figures that they share, and by how many words a written one is likely to take.
"""

from __future__ import annotations

import itertools
import re

Span = tuple[int, int]
"""The first character and the one behind the last."""

_RUN = re.compile(r"[^\s—―…，。！？；：、“”«»\"()\[\]{}]+")
_LEADING = re.compile(r"(?:[,;:!?'’‘*_\-–]|\.(?!\d))*")
_TRAILING = ".,;:!?'’‘*_-–"
_GROUPS = re.compile(r"\d{4}|\d+(?:[.,]\d+)*|[^\W\d_]+|(?<=\d)[-–](?=\d)|[^\w\s.,'’\-–/:]")
_LARGEST_DEAL = 500_000
"""Written words times spoken words, squared, that are still dealt out one by one."""


def words(text: str) -> list[Span]:
    """Return where words stand: runs without space, without punctuation at their ends, with signs ("$3.5bn",
    "5/3/2019")."""
    spans = []
    for run in _RUN.finditer(text):
        start = run.start() + len(_LEADING.match(run[0])[0])  # type: ignore[index]
        end = run.start() + len(run[0].rstrip(_TRAILING))
        if start < end:
            spans.append((start, end))
    return spans


def spoken_places(text: str, spoken: str) -> tuple[list[Span], list[Span]]:
    """Return the words of the spoken form, and for each the span of `text` that it stands for (none if that has no
    word)."""
    import difflib

    written, said = words(text), words(spoken)
    in_text, in_spoken = [text[a:b] for a, b in written], [spoken[a:b] for a, b in said]
    places: list[Span] = []
    for kind, text_from, text_to, said_from, said_to in difflib.SequenceMatcher(
        None, in_text, in_spoken, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            places += written[text_from:text_to]
        elif text_from < text_to:
            places += _dealt(text, written[text_from:text_to], in_spoken[said_from:said_to])
        else:
            places += [_beside(text, written, text_from)] * (said_to - said_from)
    return said, places


def _beside(text: str, written: list[Span], place: int) -> Span:
    """Return where words are added: the sign that stands there, else the written word before, or behind."""
    before = written[place - 1][1] if place else 0
    after = written[place][0] if place < len(written) else len(text)
    between = text[before:after]
    if between.strip():
        return before + len(between) - len(between.lstrip()), before + len(between.rstrip())
    return written[max(0, place - 1)] if written else (0, 0)


def _dealt(text: str, written: list[Span], said: list[str]) -> list[Span]:
    """For each of the spoken words, which stand for some written ones, the span of its own."""
    together = (written[0][0], written[-1][1])
    if len(written) == 1 or len(said) <= 1 or len(written) * len(said) ** 2 > _LARGEST_DEAL:
        return [together] * len(said)
    tokens = [text[start:end] for start, end in written]
    # cost[j]: the least for the first i written words to take the first j spoken ones; taken: how many the last took.
    cost = [0.0] + [float("inf")] * len(said)
    taken: list[list[int]] = []
    for token in tokens:
        likely = max(1, len(_GROUPS.findall(token)) + len(re.findall(r"(?<!\d)\d{4}(?!\d)", token)))
        kinship = list(itertools.accumulate((_kinship(token, word) for word in said), initial=0))
        best = [
            min((cost[j - k] + (k - likely) ** 2 / likely - kinship[j] + kinship[j - k], k) for k in range(j + 1))
            for j in range(len(said) + 1)
        ]
        cost = [least for least, _ in best]
        taken.append([count for _, count in best])
    return _spread(written, taken, len(said))


def _spread(written: list[Span], taken: list[list[int]], count: int) -> list[Span]:
    """Return the span for each of `count` spoken words."""
    places: list[Span] = []
    for span, took in zip(reversed(written), reversed(taken), strict=True):
        places[:0] = [span] * took[count]
        count -= took[count]
    return places


def _kinship(token: str, word: str) -> float:
    """Return how much a spoken word looks like part of a written one: the same figures, or letters in the same
    order."""
    in_capitals = token.isupper()
    token, word = token.casefold(), word.casefold()
    in_token, in_word = re.findall(r"\d+", token), re.findall(r"\d+", word)
    if in_word:
        return 3.0 if set(in_word) <= set(in_token) else 1.5 if "".join(in_word) in "".join(in_token) else -2.0
    beginnings = [run for run in re.findall(r"[^\W\d_]+", token) if word.startswith(run[0])]
    if any(_holds(word, run) for run in beginnings):
        return 2.0
    if beginnings:
        return 1.0
    return 0.0 if in_token or not token.isalpha() else -1.0 if in_capitals else -3.0


def _holds(word: str, letters: str) -> bool:
    """Return whether the letters are in the word, in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
