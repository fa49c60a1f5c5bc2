"""Checks that every word a person could see in a document is in an article or in a finding.

In: a reader's result. Out: its Issue, with a finding that quotes the words found in neither.

Words are counted regardless of position: a note may move to its mark, a caption below its picture. Where counts differ,
the words may only be split differently: a drop cap is an element of its own, a note mark touches a word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from audio_edition.model import Article, Block, Finding, Formula, Issue, Note, PageBreak, Picture, Text, every, leaves
from audio_edition.read.document import Reading

_UNSPACED = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Chinese and Japanese characters: no spaces separate their words, so each counts as one."""

_INVISIBLE = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
"""Characters that may stand inside a word without splitting it: soft hyphens, zero-width spaces, direction marks."""

_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_WORD_AS_WRITTEN = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:[{_INVISIBLE}]*[^\W_{_UNSPACED}])*")
_UNSEEN = re.compile(f"[{_INVISIBLE}]+")
_APART = {code: " " for code in range(128) if not chr(code).isalnum()}
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LONGEST_JOINED = 60
"""Characters of a word that may be split in the document, or of pieces that may form one word."""

_MOST_BEFORE = 3
_CONTEXT = 4
_LONGEST_QUOTED = 100
_AT_A_TIME = 4000
_LONG, _SOON, _NEXT = 1000, 500, 40
"""Letters of a text that may be told in parts; the most letters that may precede its next part; how many told texts are
tried."""

_LONGEST_APART = 200
"""Words of a note that may stand inside a word."""

_IN_A_ROW = 6
"""Consecutive words that make a repetition rather than a coincidence."""


def accounted(reading: Reading) -> Issue:
    """Return the issue, with a finding that quotes the words of the document that appear nowhere in it."""
    if not (runs := _lost(reading)):
        return reading.issue
    return replace(reading.issue, findings=(*reading.issue.findings, _unaccounted(reading.seen, runs)))


def words(text: str) -> list[str]:
    """Return the words of a text as the account counts them."""
    if text.isascii():  # five times as fast
        return text.casefold().translate(_APART).split()
    found = _WORD.findall(_UNSEEN.sub("", text).casefold())
    return found if unicodedata.is_normalized("NFKC", text) else [unicodedata.normalize("NFKC", word) for word in found]


def doubled(reading: Reading) -> tuple[str, ...]:
    """Return runs of words that the articles contain more often than the document shows them.

    Alternative texts are ignored: a document may repeat them in a caption.
    """
    shown = [word for text in reading.seen for word in words(text)]
    rows_shown, rows_said = Counter(_rows(shown)), Counter[tuple[str, ...]]()
    said = Counter[str]()
    for article in reading.issue.articles:
        texts = [word for text in _without_pictures(article) for word in words(text)]
        said.update(texts)
        rows_said.update(_rows(texts))
    oftener = said - Counter(shown)
    return tuple(
        row[0]
        for row, count in rows_said.items()
        if 0 < rows_shown[row] < count and all(oftener[word] > 0 for word in row)
    )


# --- what articles and findings say


def _delivered_texts(issue: Issue) -> Iterator[str]:
    """Yield all text that a listener or an editor is given from the document."""
    yield from (issue.title, issue.source)
    for article in issue.articles:
        yield from (article.title, article.source, article.category)
        yield from (credit.text for credit in article.credits)
        yield from _texts_in_blocks(article.blocks)
    for finding in (*issue.findings, *(finding for article in issue.articles for finding in article.findings)):
        yield finding.text


def _texts_in_blocks(blocks: Sequence[Block[Text]]) -> Iterator[str]:
    labels: dict[str, str] = {}
    for block in every(blocks):
        if isinstance(block, Note):
            labels[block.id] = block.label
            yield block.label
        elif isinstance(block, PageBreak):
            yield block.label
        elif isinstance(block, Formula):
            yield from (_TAG.sub(" ", block.mathml), block.tex)
    for leaf in leaves(blocks):
        if not leaf.spans:
            yield leaf.text
            continue
        yield from _parted(leaf)
        for span in leaf.of("note", "page", "ruby", "math"):
            # The mark stands in the text and at the note.
            said = labels.get(span.value, "") if span.kind == "note" else span.value
            yield _TAG.sub(" ", said) if span.kind == "math" else said


def _apart_in(issue: Issue) -> _Apart:
    """Return the words of each note, and of each mark of a note or a page."""
    blocks = [block for article in issue.articles for block in every(article.blocks)]
    texts = [block.label for block in blocks if isinstance(block, Note | PageBreak)]
    texts += (span.value for leaf in leaves(blocks) for span in leaf.of("page"))
    texts += (" ".join(leaf.text for leaf in leaves(block.blocks)) for block in blocks if isinstance(block, Note))
    found = defaultdict[str, set[tuple[str, ...]]](set)
    for said in filter(None, (tuple(words(text)) for text in texts)):
        found[said[0]].add(said)
    longest = max((len(said) for same in found.values() for said in same), default=0)
    return _Apart(found, min(longest, _LONGEST_APART))


def _parted(leaf: Text) -> Iterator[str]:
    """Yield the text, split at pictures: of “The”, a picture of a T leaves “he” to be seen."""
    edges = [edge for span in leaf.of("image") for edge in (span.start, span.end)]
    return (leaf.text[start:end] for start, end in pairwise([0, *edges, len(leaf.text)]))


def _without_pictures(article: Article) -> Iterator[str]:
    of_pictures = {
        id(leaf) for block in every(article.blocks) if isinstance(block, Picture) for leaf in leaves([block])
    }
    yield article.title
    yield from (leaf.text for leaf in leaves(article.blocks) if id(leaf) not in of_pictures)


def _rows(said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(said[at : at + _IN_A_ROW]) for at in range(len(said) - _IN_A_ROW + 1))


@dataclass(frozen=True, slots=True)
class _Apart:
    """The words of notes and of marks, which may stand inside a word and are told elsewhere, by the first word."""

    texts: Mapping[str, set[tuple[str, ...]]]
    longest: int

    def length_at(self, shown: Sequence[str], at: int) -> int:
        """Return how many of the words from a position are those of a note or a mark; 0 if they are of the text."""
        found = (text for text in self.texts.get(shown[at], ()) if tuple(shown[at : at + len(text)]) == text)
        return max(map(len, found), default=0)


# --- what is missing


def _lost(reading: Reading) -> list[range]:
    """Return the runs of missing words, as indexes into the words that can be seen."""
    missing, spare = _unbalanced(reading.seen, _delivered_texts(reading.issue))
    left, free = _settled(missing, spare)
    if not left:
        return []
    shown, told = _in_order(reading.seen), _in_order(_delivered_texts(reading.issue))
    apart = _apart_in(reading.issue)
    tries = [
        _cut_otherwise(shown, _places(shown, told, gone), also, apart)
        for gone, also in ((left, free), (missing, spare))
    ]
    return _runs(min(tries, key=len))


def _unbalanced(seen: Iterable[str], told: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Return the words seen more often than told, and those told more often than seen.

    Most texts are told unchanged or part by part, and most whitespace-separated tokens too. Only the words of the rest
    are counted.
    """
    shown, said = _without_parts_of_long_texts([*map(str.strip, seen)], [*told])
    texts_seen, texts_told = Counter(shown), Counter(said)
    pieces_seen = _pieces_of((texts_seen - texts_told).elements())
    pieces_told = _pieces_of((texts_told - texts_seen).elements())
    words_seen = Counter(words(" ".join((pieces_seen - pieces_told).elements())))
    words_told = Counter(words(" ".join((pieces_told - pieces_seen).elements())))
    return words_seen - words_told, words_told - words_seen


def _without_parts_of_long_texts(seen: Sequence[str], told: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return both sides without the told texts that follow each other inside a long seen text: a book's chapter is one
    text, and its paragraphs are told one by one."""
    left_seen, left_told = list[str](), list[str]()
    next_told = 0
    for text in seen:
        if len(text) < _LONG:
            left_seen.append(text)
            continue
        line, at = " ".join(text.split()), 0
        while at < len(line) and (found := _next_part(line, at, told, next_told)):
            number, start = found
            left_seen.append(line[at:start])
            left_told += told[next_told:number]
            next_told, at = number + 1, start + len(told[number])
        left_seen.append(line[at:])
    return left_seen, [*left_told, *told[next_told:]]


def _next_part(line: str, at: int, told: Sequence[str], first: int) -> tuple[int, int] | None:
    """Return which of the next told texts starts soon after a position in a line, and where."""
    for number in range(first, min(first + _NEXT, len(told))):
        text = told[number]
        start = line.find(text, at, at + len(text) + _SOON) if text else -1
        if start >= 0 and _is_apart(line, start) and _is_apart(line, start + len(text)):
            return number, start
    return None


def _is_apart(line: str, at: int) -> bool:
    """Return whether no word continues across a position."""
    return not (line[at - 1 : at].isalnum() and line[at : at + 1].isalnum())


def _pieces_of(texts: Iterable[str]) -> Counter[str]:
    """Count whitespace-separated tokens, many texts at a time: there may be a hundred thousand of one word each."""
    counts = Counter[str]()
    waiting, length = list[str](), 0
    for text in texts:
        waiting.append(text)
        length += len(text)
        if length > _AT_A_TIME:
            counts.update("\n".join(waiting).split())
            waiting, length = [], 0
    counts.update("\n".join(waiting).split())
    return counts


def _settled(missing: Counter[str], spare: Counter[str]) -> tuple[Counter[str], Counter[str]]:
    """Return both sides without the words of one that are merely split differently in the other."""
    left, free = missing.copy(), spare.copy()
    for whole, parts in ((free, left), (left, free)):
        for word in [*whole] if +left else ():
            while whole[word] > 0 and (found := _parts(word, parts)):
                whole[word] -= 1
                parts.subtract(found)
    return +left, +free


def _parts(word: str, available: Counter[str]) -> list[str]:
    """Return the available words that together make up this one; empty if none do."""
    ways: dict[int, list[str]] = {0: []}
    for end in range(1, len(word) + 1 if len(word) <= _LONGEST_JOINED else 0):
        for start, parts in ways.items():
            part = word[start:end]
            if available[part] > parts.count(part):
                ways[end] = [*parts, part]
                break
    return ways.get(len(word), [])


def _in_order(texts: Iterable[str]) -> list[str]:
    shared: dict[str, str] = {}
    return [shared.setdefault(word, word) for text in texts for word in words(text)]


def _places(shown: Sequence[str], told: Sequence[str], missing: Counter[str]) -> list[int]:
    """Return which occurrences of the missing words are missing: those whose neighbours differ in what is told."""
    around = Counter(context for _, context in _around_places(told, missing))
    pairs = {(word, before, "") for word, before, _ in around} | {(word, "", after) for word, _, after in around}
    found = defaultdict[str, list[tuple[int, int]]](list)
    for at, (word, before, after) in _around_places(shown, missing):
        if around[word, before, after] > 0:
            around[word, before, after] -= 1
            likely = 2
        else:
            likely = int((word, before, "") in pairs or (word, "", after) in pairs)
        found[word].append((likely, at))
    return sorted(at for word, count in missing.items() for _, at in sorted(found[word])[:count])


def _around_places(said: Sequence[str], meant: Counter[str]) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Yield the positions of the given words, each with the word and its neighbours."""
    last = len(said) - 1
    for at, word in enumerate(said):
        if word in meant:
            yield at, (word, said[at - 1] if at else "", said[at + 1] if at < last else "")


def _cut_otherwise(shown: Sequence[str], places: Sequence[int], spare: Counter[str], apart: _Apart) -> list[int]:
    """Return the positions without those whose words are told in other pieces. `spare` are words that are told but were
    not seen. If a word occurs more than once, which occurrence is missing is a guess."""
    owed = Counter(shown[at] for at in places)
    others = sorted({at for at, word in enumerate(shown) if word in owed} - set(places))
    ordered = sorted(spare)
    taken = set[int]()
    for at in (*places, *others) if spare else ():
        if at in taken or owed[shown[at]] <= 0:
            continue
        if joined := _joined(shown, at, taken, spare, ordered, apart):
            spare["".join(shown[place] for place in joined)] -= 1
            told_apart = Counter(shown[place] for place in joined)
            spare.update(told_apart - owed)
            owed -= told_apart
            taken.update(joined)
        elif parts := _parts(shown[at], spare):
            spare.subtract(parts)
            owed[shown[at]] -= 1
            taken.add(at)
    left = list[int]()
    for at in places:
        if at not in taken and owed[shown[at]] > 0:
            owed[shown[at]] -= 1
            left.append(at)
    return left


def _joined(
    shown: Sequence[str],
    at: int,
    taken: set[int],
    spare: Counter[str],
    ordered: Sequence[str],
    apart: _Apart,
) -> list[int]:
    """Return the positions of the words around a position that are told as one word, without notes and marks between
    them; none if they are not. `ordered` are the words of `spare`."""
    for start in range(at, max(-1, at - _MOST_BEFORE - apart.longest - 1), -1):
        if start in taken:
            return []
        found, word, end, is_in = list[int](), "", start, False
        while end < len(shown):
            longer = word + shown[end]
            if end not in taken and _begins_one(longer, ordered):
                found.append(end)
                is_in = is_in or end == at
                word = longer
                end += 1
                if is_in and len(found) > 1 and spare[word] > 0:
                    return found
            elif found and (length := apart.length_at(shown, end)) and not end <= at < end + length:
                end += length
            else:
                break
    return []


def _begins_one(beginning: str, ordered: Sequence[str]) -> bool:
    """Return whether one of the words, which are in order, begins so."""
    at = bisect_left(ordered, beginning)
    return at < len(ordered) and ordered[at].startswith(beginning)


def _runs(places: Sequence[int]) -> list[range]:
    """Return the positions grouped into runs of consecutive ones."""
    if not places:
        return []
    ends = [at for at, (one, next_) in enumerate(pairwise(places), start=1) if next_ != one + 1]
    return [range(places[start], places[end - 1] + 1) for start, end in pairwise([0, *ends, len(places)])]


# --- how it is reported


def _unaccounted(seen: Sequence[str], runs: Sequence[range]) -> Finding:
    counts = list(accumulate((len(words(text)) for text in seen), initial=0))
    quotes = [_quote(seen, counts, run) for run in runs]
    number = sum(map(len, runs))
    before = _quote(seen, counts, range(max(0, runs[0].start - _CONTEXT), runs[0].start))
    return Finding(
        id="text-unaccounted",
        level="warning",
        message=f"{number} word{'s' if number > 1 else ''} of the document {'are' if number > 1 else 'is'} neither "
        f"read nor reported as left out: “{_shortened(quotes[0])}”{' and others' if len(quotes) > 1 else ''}.",
        place=f"after “{before}”" if before else "at the beginning",
        remedy="Write them into the article. This is a fault of the program; please report it.",
        text="\n".join(quotes),
    )


def _quote(seen: Sequence[str], counts: Sequence[int], run: range) -> str:
    """Return the words of a run as they are written."""
    pieces = []
    at = run.start
    while at < run.stop:
        text = bisect_right(counts, at) - 1
        end = min(run.stop, counts[text + 1])
        pieces.append(_written(seen[text], at - counts[text], end - counts[text]))
        at = end
    return " ".join(pieces)


def _written(text: str, first: int, end: int) -> str:
    """Return the text of the words `first` to `end`, on one line."""
    places = [match.span() for match in _WORD_AS_WRITTEN.finditer(text)]
    if len(places) != len(words(text)):  # case folding has split a word: İ
        return " ".join(words(text)[first:end])
    return " ".join(text[places[first][0] : places[end - 1][1]].split())


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTED else text[:_LONGEST_QUOTED].rpartition(" ")[0] + "…"
