"""Cut a paragraph into sentences: spans that tile it but for single spaces.

sentencex finds the ends; this adds cuts inside long quotations, takes back known wrong ones, joins what makes no sound
to its neighbour and bounds the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audio_edition.script.clauses import Span, cut_long, is_ideographic
from audio_edition.script.speakable import is_speakable
from audio_edition.script.wrong_cuts import closes_list, is_wrong_cut

PIECE = 5_000
"""Characters that the library gets at once: it is made for paragraphs."""

LONG_QUOTATION = 200
"""Characters from which a sentence with quoted sentences in it is cut inside the quotation."""

_CONTEXT = 80
_QUOTE_MARKS = '"“”„‟«»‹›「」『』'
_BLANK_QUOTE_MARKS = str.maketrans(dict.fromkeys(_QUOTE_MARKS, " "))
_OPENING_MARKS = "\"“„«‹'‘([¿¡「『"
_SINGLE_QUOTE_MARK = re.compile(r"(?<![^\W_])['‘’]|['‘’](?![^\W_])")
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]{0,3} +|[。！？｡]["”’」』）]{0,3} *|[؟۔।] *""")
_STOP = re.compile(r"\. (?=[^\W\d_])")
_IS_NONE = re.compile(
    r"[\w-]@[\w.-]+\.[a-z]{2,10}\.$|\w\.[a-z]{2,10}/[\w./-]*\w\.$|\d\s?(?:kr|zł|Kč|Ft|kg|km|cm|mm|[gml]|руб|р)\.$"
)
"""What ends in a full stop and is no abbreviation, or one that can end a sentence."""
_GLUED_MARK = re.compile(r"(?<=\S)(?:[*†‡§¶¹²³⁰⁴-⁹]{1,3}|\[\w{1,4}\]|\d{1,3}) (?=[^\W\d_])")
"""The mark of a note behind the full stop, which the library takes for the start of a sentence."""

_OPENING_MARK_LEFT_BEHIND = re.compile(r"""(?<=\s)["“«„‘'(\[]+\s*$""")


def sentence_spans(text: str, language: str) -> list[Span]:
    """Start and end of each sentence; between one and the next stands a single space, or nothing."""
    starts = _without_wrong_cuts(text, _library_starts(text, language), language)
    starts = sorted({*starts, *_starts_in_long_quotations(text, starts, language), *_missed_starts(text, language)})
    starts = _without_wrong_cuts(text, starts, language)
    sentences = _joined_to_speakable(text, _trimmed(text, starts))
    return _joined_to_speakable(text, [piece for sentence in sentences for piece in cut_long(text, sentence)])


def passage_spans(text: str) -> list[Span]:
    """Return the same for a headline or credit: one utterance however many full stops it has, unless it is very
    long."""
    return _joined_to_speakable(text, cut_long(text, (0, len(text))))


def cut_at_phrases(text: str, span: Span, phrases: Sequence[Span]) -> list[Span]:
    """Return a sentence in pieces, so that each is in one language and said by one voice."""
    start, end = span
    edges = sorted({edge for phrase in phrases for edge in _around_words(text, phrase) if start < edge < end})
    # A mark behind a phrase belongs to it, and the space in front of one to nothing.
    starts = [start, *(_next_word(text, edge, end) for edge in edges)]
    starts = sorted({place for place in starts if place < end})
    pieces = _trimmed(text[:end], starts)
    return _joined_to_speakable(text, [*pieces[:-1], (pieces[-1][0], end)])


def _around_words(text: str, phrase: Span) -> Span:
    """Return a phrase with the marks that open it, and with the whole of the words in which it begins and ends."""
    start, end = phrase
    while _is_in_word(text, start):
        start -= 1
    while start and text[start - 1] in _OPENING_MARKS and not _is_in_word(text, start - 1):
        start -= 1
    while _is_in_word(text, end):
        end += 1
    return start, end


def _is_in_word(text: str, place: int) -> bool:
    """Return whether a place is inside "Cafés" or "l'homme"; between ideographs, words meet without a space."""
    before, after = text[max(0, place - 2) : place], text[place : place + 2]
    if is_ideographic(before[-1:] + after[:1]):
        return False
    joined = before.rstrip("'’")[-1:], after.lstrip("'’")[:1]
    return (before[-1:].isalnum() or after[:1].isalnum()) and all(map(str.isalnum, joined)) and all(joined)


def _next_word(text: str, place: int, end: int) -> int:
    """Return where the next word begins, with the marks that open it."""
    while place < end and not (text[place].isalnum() or (text[place - 1].isspace() and not text[place].isspace())):
        place += 1
    return place


def _library_starts(text: str, language: str) -> list[int]:
    """Return where sentences start, by the library, which sees the text in pieces that begin with a sentence."""
    starts = [0]
    while True:
        piece_start = starts[-1]
        piece_end = _piece_end(text, piece_start)
        found = _starts(text[piece_start:piece_end], language)
        while len(found) == 1 and piece_end < len(text):
            next_end = _piece_end(text, piece_end)
            found = [piece_end - piece_start + start for start in _starts(text[piece_end:next_end], language)]
            found = [0, *found[1:]]
            piece_end = next_end
        starts += [piece_start + start for start in found[1:]]
        if piece_end == len(text):
            return starts


def _piece_end(text: str, start: int) -> int:
    end = start + PIECE
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", start + 1, end)
    return end if space < 0 else space + 1


def _starts(piece: str, language: str) -> list[int]:
    """Return where the sentences of one piece start; by punctuation alone if the library fails."""
    import sentencex  # late: it is not needed for --help

    try:
        sentences = list(sentencex.segment(language, piece))
    except BaseException as failure:
        # pyo3's PanicException is no Exception and cannot be imported; everything else goes on up.
        if type(failure).__name__ != "PanicException":
            raise
        sentences = []
    if "".join(sentences) != piece:
        return [0, *(match.end() for match in _SENTENCE_END.finditer(piece) if match.end() < len(piece))]
    starts, position = [], 0
    for sentence in sentences:
        starts.append(position)
        position += len(sentence)
    return starts or [0]


def _starts_in_long_quotations(text: str, starts: list[int], language: str) -> Iterator[int]:
    """Further starts: the library never cuts inside quotation marks, so it gets long sentences without the marks."""
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        sentence = text[start:end]
        if end - start <= LONG_QUOTATION:
            continue
        unquoted = _SINGLE_QUOTE_MARK.sub(" ", sentence.translate(_BLANK_QUOTE_MARKS))
        if unquoted != sentence:
            for inner in _library_starts(unquoted, language)[1:]:
                # A mark before the place would be the end of the quotation, and `he said` may follow.
                if sentence[:inner].rstrip()[-1:] not in _QUOTE_MARKS + "'‘’":
                    yield start + inner


def _missed_starts(text: str, language: str) -> Iterator[int]:
    """Further starts: behind "etc.", an address and an amount, which the library takes for abbreviations."""
    for stop in _STOP.finditer(text):
        before, after = text[max(0, stop.start() - _CONTEXT) : stop.start() + 1], text[stop.end() : stop.end() + 1]
        if closes_list(before, after, language) or (after.isupper() and _IS_NONE.search(before)):
            yield stop.end()


def _without_wrong_cuts(text: str, starts: list[int], language: str) -> list[int]:
    kept = [0]
    for start in starts[1:]:
        before = text[max(kept[-1], start - _CONTEXT) : start]
        left_behind = _OPENING_MARK_LEFT_BEHIND.search(before)
        if left_behind:
            start -= len(before) - left_behind.start()
            before = before[: left_behind.start()]
        elif glued := _GLUED_MARK.match(text, start):
            start, before = glued.end(), before + glued[0]
        opening = text[kept[-1] : kept[-1] + _CONTEXT]
        if start > kept[-1] and not is_wrong_cut(before, text[start : start + _CONTEXT], language, opening):
            kept.append(start)
    return kept


def _trimmed(text: str, starts: list[int]) -> list[Span]:
    ends = [*starts[1:], len(text)]
    return [(start, end - (text[end - 1 : end] == " ")) for start, end in zip(starts, ends, strict=True)]


def _joined_to_speakable(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans, those without a sound joined to the one before, or the first to the one after."""
    joined: list[Span] = []
    sounds = False
    for start, end in spans:
        speakable = is_speakable(text[start:end])
        if joined and not (sounds and speakable):
            joined[-1] = (joined[-1][0], end)
            sounds = sounds or speakable
        else:
            joined.append((start, end))
            sounds = speakable
    return joined
