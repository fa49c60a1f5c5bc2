"""Tells pictures within a sentence, such as a letter or a sign, from pictures that are blocks of their own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from audio_edition.model import Block, Picture, Span, Text
from audio_edition.read.lines import speakable
from audio_edition.read.markup.inline import pieces

_SHORT = 15
_LONG = 80
_DROP_CAP = 2
_ENDS = tuple(".!?…:。！？")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a text: its alternative text, which is part of the text too, or else the position `at`."""

    said: str
    image: str
    description: tuple[Block[Text], ...]
    is_aligned: bool
    at: int


def parted(text: Text, shown: Sequence[Shown]) -> Iterator[Text | Picture[Text]]:
    """Yield the pieces of a text between pictures, and the pictures, in order; a picture within a sentence stays in the
    text."""
    if not shown:
        yield text
        return
    silent = [each for each in shown if not each.said]
    yield from (_block(each, Text("")) for each in silent if not each.at)
    lines = _Lines(text)
    worded = zip([each for each in shown if each.said], list(text.of("image")), strict=False)
    beside = [(each, span) for each, span in worded if lines.is_beside(each, span)]
    edges = [0, *(edge for _, span in beside for edge in (span.start, span.end)), len(text.text)]
    places: tuple[Span, ...] = ()
    for at, part in enumerate(pieces(text, pairwise(edges))):
        if at % 2:
            kept = tuple(span for span in part.spans if span.kind != "image")
            yield _block(beside[at // 2][0], replace(part, spans=(*places, *kept)))
            places = ()
        elif part.text or any(part.of("note", "page")):
            yield part
        else:  # positions up to a picture belong to it
            places = part.spans
    yield from (_block(each, Text("")) for each in silent if each.at)


def _block(shown: Shown, said: Text) -> Picture[Text]:
    return Picture(said, shown.image, shown.description)


class _Lines:
    """The content of each line of a text, without pictures."""

    def __init__(self, text: Text) -> None:
        self._text = text.text
        breaks = list(text.of("break"))
        self._starts = [0, *(span.end for span in breaks)]
        self._ends = [*(span.start for span in breaks), len(text.text)]
        self._ruby = [(span.start, span.end) for span in text.of("ruby")]
        words = list(text.text)
        for span in text.of("image"):
            words[span.start : span.end] = " " * (span.end - span.start)
        self._letters = list(accumulate((speakable(letter) for letter in words), initial=0))

    def is_beside(self, shown: Shown, image: Span) -> bool:
        """Return whether a picture stands beside the words around it rather than among them."""
        at = bisect_right(self._starts, image.start) - 1
        has_before = self._letters[image.start] > self._letters[self._starts[at]]
        has_after = self._letters[self._ends[at]] > self._letters[image.end]
        if self._is_in_ruby(image):
            return False
        if shown.description or not (has_before or has_after):
            return True
        is_short = len(shown.said) <= _SHORT and shown.said.count(" ") < 2
        if is_short and self._is_in_word(shown, image, has_before):
            return False
        if shown.is_aligned or len(shown.said) > _LONG:
            return True
        ends_sentence = self._text[max(0, image.start - 2) : image.start].rstrip().endswith(_ENDS)
        return not has_before or not (has_after or (is_short and not ends_sentence))

    def _is_in_ruby(self, image: Span) -> bool:
        at = bisect_right(self._ruby, (image.start, len(self._text) + 1)) - 1
        return at >= 0 and image.end <= self._ruby[at][1]

    def _is_in_word(self, shown: Shown, image: Span, has_before: bool) -> bool:
        """Return whether a short picture begins or ends a word."""
        if has_before and self._text[image.start - 1 : image.start].strip():
            return True
        following = self._text[image.end : image.end + 1]
        return bool(following.strip()) and (len(shown.said) <= _DROP_CAP or has_before or not following.isupper())
