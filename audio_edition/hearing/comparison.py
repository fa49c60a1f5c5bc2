"""Compare sentences with what was heard: which of their words were recognised.

Both sides are first normalised, so that "$3.5bn", "three point five billion dollars" and "$3.5 billion" are the same
words, and so are "U.S.-backed" and "US backed", "grey" and "gray", "Gen." and "General".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from audio_edition.errors import MissingTool, install_line
from audio_edition.script.normalisation.en.dates import MONTHS
from audio_edition.script.normalisation.en.numbers import cardinal
from audio_edition.script.normalisation.roman_numerals import SEVERAL_LETTERS, value

_CURRENCIES = "[$€£]"
_SIZES = {"tn": "trillion", "bn": "billion", "m": "million"}

_Rewrite = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


_ENGLISH_FIRST: tuple[_Rewrite, ...] = (
    (re.compile("[’‘]"), "'"),
    (re.compile(r"(?:\d[.,]?){15}(?=\d)"), r"\g<0> "),  # longer numbers stop the normaliser
    (re.compile(r"[()\[\]{}<>]"), " "),
    (re.compile(r"(?<![^\W_])([A-Z])'(?=[A-Z])"), r"\1"),
    (re.compile(r"\b(?!(?:he|here|how|let|she|that|there|what|where|who)')(\w+)'s\b", re.IGNORECASE), r"\1s"),
    (re.compile(r" ?\bo'clock\b", re.IGNORECASE), ""),
    (re.compile(r"\b(?:King|Queen|Pope|Prince|Emperor|Tsar) [^\W\d_]+(?= [IVX]+\b)"), r"\g<0> the"),
    (re.compile(rf"(?<![^\W_]){SEVERAL_LETTERS}(?![^\W_])"), lambda m: str(value(m[0]))),
    (re.compile(rf"({_CURRENCIES} ?\d[\d.,]*) ?(tn|bn|m)\b"), lambda m: f"{m[1]} {_SIZES[m[2]]}"),
    (re.compile(rf"\b({'|'.join(MONTHS)})\b\.?(?= \d)", re.IGNORECASE), lambda m: MONTHS[m[1].lower()]),
    (re.compile(r"\bNo\.(?= ?\d)"), "number"),
    (re.compile(r"\bvs\b\.?"), "versus"),
    (re.compile(r"\bkm/?h\b|\bkph\b"), "kilometers per hour"),
    (re.compile(r"(?<=\d) ?km\b"), " kilometers"),
    (re.compile(r"(?: ?°| degrees?) ?C\b"), " degrees celsius"),
    (re.compile(r"&"), " and "),
    (re.compile(r"\bninth\b", re.IGNORECASE), "9th"),
    (re.compile(r"(?<=\d)½"), ".5"),
    (re.compile(r"(?<!\d)[13]/4(?!\d)"), lambda m: "three quarters" if m[0][0] == "3" else "a quarter"),
    (re.compile(r"(?<![\d-])(\d+)[-–](\d+)(?![\d-])"), r"\1 to \2"),
    (re.compile(r"(?<!\S)[-−–](?=\d)"), "minus "),
    (re.compile(r"(?<![\d.$€£])([01]?\d|2[0-3])[.:]00(?![\d%.])"), r"\1"),
    (re.compile(r"(?<![\d.$€£])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d%.])"), r"\1 \2"),
)
"""What OpenAI's normaliser has no rule for, or a wrong one."""

_BETWEEN = r"(?:, ?|[ \-–.]|\) ?| \()"
_DIALLED = re.compile(
    rf"(?<![\w.,$€£])[+(]?(?=(?:{_BETWEEN}?\d){{7,15}}(?![\w]|{_BETWEEN}\d))"
    rf"(?:(?<=\+)\d{{1,3}}(?:{_BETWEEN}\d+)+|\d(?:,? \d(?!\d)){{6,}}|\d(?:-\d(?!\d)){{6,}}"
    rf"|0\d*(?:{_BETWEEN}\d+)*|\d{{7,}}(?![.,]\d)|\d{{3}}(?:[ \-–.]\d{{3,4}}){{2}}(?![ ,]\d))"
)
"""Figures that are said one by one: from a plus or a nought on, each apart, in one long row, or in three groups."""
_FIGURES = {str(figure): cardinal(figure) for figure in range(10)}
_NAMED = {"oh": "0", **{name: figure for figure, name in _FIGURES.items()}}
_NAMES = "|".join(_NAMED)
_WORD_FOR = {figure: f"figure{name}" for figure, name in _FIGURES.items()}
_FIGURE_FOR = {word: figure for figure, word in _WORD_FOR.items()}
_IN_WORDS = re.compile(rf"\b(?:{_NAMES})(?:[ ,\-]{{1,2}}(?:{_NAMES})){{6,}}\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_LETTERS = re.compile(r"\b[a-z](?: [a-z])+\b")


@dataclass(frozen=True, slots=True)
class Match:
    """What was heard of one sentence: of its `words`, so many were `right`; `errors` counts words heard otherwise, not
    heard, and heard too much. `misheard` names them: (written, heard), either of which may be empty."""

    words: int
    right: int
    errors: int
    heard: str
    misheard: tuple[tuple[str, str], ...]

    @property
    def rate(self) -> float:
        """The word error rate: 0 is perfect; extra words can bring it above 1."""
        return self.errors / self.words if self.words else float(self.errors)


def comparable(text: str, language: str) -> list[str]:
    """Return the words of a text, normalised for comparison; `language` is a BCP 47 tag."""
    primary = language.partition("-")[0].lower()
    if primary == "en":
        text = _IN_WORDS.sub(
            lambda names: " ".join(_NAMED[name.lower()] for name in re.findall(r"\w+", names[0])), text
        )
    text = _DIALLED.sub(_one_by_one, text)
    if primary == "en":
        for pattern, replacement in _ENGLISH_FIRST:
            text = pattern.sub(replacement, text)
        text = _ORDINAL.sub(r"\1", _normaliser("en")(text))
        # Initials are the same joined ("US") and apart ("U.S.").
        return _LETTERS.sub(lambda letters: letters[0].replace(" ", ""), text).split()
    return _normaliser(primary)(text).split()


def _one_by_one(number: re.Match[str]) -> str:
    """Return a word for each figure, which no normaliser takes for a part of a number: in "0161 496 0000" they drop
    noughts, and in "0 1 6 1 4 9 6" they find others."""
    return ("plus " if "+" in number[0] else "") + " ".join(
        _WORD_FOR[figure] for figure in re.findall(r"\d", number[0])
    )


@functools.cache
def _normaliser(language: str) -> Callable[[str], str]:
    try:
        from whisper_normalizer.basic import BasicTextNormalizer
        from whisper_normalizer.english import EnglishTextNormalizer
    except ImportError as error:
        raise MissingTool(
            f"The package {error.name} is not installed, and words can't be compared without it.",
            f"Install it: {install_line('proof')}",
        ) from error
    # Languages written without spaces are compared character by character.
    normaliser: Callable[[str], str] = (
        EnglishTextNormalizer()
        if language == "en"
        else BasicTextNormalizer(split_letters=language in ("zh", "cmn", "yue", "ja", "th", "lo", "my", "km"))
    )
    return normaliser


def compared(written: Sequence[Sequence[str]], heard: Sequence[str]) -> list[Match]:
    """Return a match for each sentence of `written`, by the alignment with `heard` that has the fewest errors. What was
    heard between two sentences counts for the first of them."""
    words = [word for sentence in written for word in sentence]
    owners = [number for number, sentence in enumerate(written) for _ in sentence]
    found: list[list[tuple[str, str, bool]]] = [[] for _ in written]
    for word, said, place, right in _pairs(words, heard):
        found[owners[place] if owners else 0].append((word, said, right))
    return [_match(len(sentence), pairs) for sentence, pairs in zip(written, found, strict=True)]


def _match(words: int, pairs: list[tuple[str, str, bool]]) -> Match:
    pairs = [(_shown(word), _shown(said), right) for word, said, right in pairs]
    wrong = [(word, said) for word, said, right in pairs if not right]
    heard = " ".join(said for _, said, _ in pairs if said)
    missed = sum(bool(word) for word, _ in wrong)
    return Match(words, words - missed, len(wrong), heard, _together(pairs))


def _shown(word: str) -> str:
    return _FIGURE_FOR.get(word, word)


def _together(pairs: Iterable[tuple[str, str, bool]]) -> tuple[tuple[str, str], ...]:
    """Join neighbouring wrong words."""
    runs: list[tuple[list[str], list[str]]] = []
    open_run = False
    for word, said, right in pairs:
        if not right:
            if not open_run:
                runs.append(([], []))
            runs[-1][0].append(word)
            runs[-1][1].append(said)
        open_run = not right
    return tuple((" ".join(filter(None, words)), " ".join(filter(None, heard))) for words, heard in runs)


def _pairs(words: Sequence[str], heard: Sequence[str]) -> Iterable[tuple[str, str, int, bool]]:
    """Yield each word with what was heard for it, its place (that of the word before, if a word was heard in excess),
    and whether that is right. A compound is right in one piece or several."""
    for run in _runs(words, heard):
        start, end, heard_from, heard_to = run
        written, said = words[start:end], heard[heard_from:heard_to]
        right = "".join(written) == "".join(said)
        for number in range(max(len(written), len(said))):
            place = max(min(start + number, end - 1), 0) if written else max(start - 1, 0)
            yield (
                written[number] if number < len(written) else "",
                said[number] if number < len(said) else "",
                place,
                right,
            )


def _runs(words: Sequence[str], heard: Sequence[str]) -> Iterable[tuple[int, int, int, int]]:
    """Yield the positions (from, to in `words`, from, to in `heard`) of runs that agree and runs that do not, in
    order."""
    from rapidfuzz.distance import Levenshtein

    together: list[tuple[int, int, int, int]] = []
    for code in Levenshtein.opcodes(words, heard):
        place = (code.src_start, code.src_end, code.dest_start, code.dest_end)
        if code.tag != "equal":
            together.append(place)
            continue
        yield from _apart(words, heard, together)
        together = []
        yield place
    yield from _apart(words, heard, together)


def _apart(
    words: Sequence[str], heard: Sequence[str], edits: list[tuple[int, int, int, int]]
) -> Iterable[tuple[int, int, int, int]]:
    """Yield adjacent edits: as one if together they write the same letters, else as they are."""
    if edits:
        whole = (edits[0][0], edits[-1][1], edits[0][2], edits[-1][3])
        same = "".join(words[whole[0] : whole[1]]) == "".join(heard[whole[2] : whole[3]])
        yield from [whole] if same else edits
