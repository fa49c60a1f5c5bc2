"""Separates a plain message's text from its signature, the quoted message and the notices of lists and offices.

In: its lines. Out: those to read, and the others by kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from audio_edition.read.mail import notices, quoted

_LONGEST_ATTRIBUTION = 300
_MOST_NOTICES_BEHIND = 4
_SIGNED, _PROOF = "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----"
_PROOF_END = "-----END PGP SIGNATURE-----"


@dataclass(slots=True)
class Parted:
    """The lines of a message, with blank lines in place of those left out."""

    lines: list[str]
    signature: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def parted(text: str, *, is_sent_on: bool = False) -> Parted:
    """Return the lines of a plain message, and the parts left out. `is_sent_on` if its subject says so: then what
    stands below the first header is read."""
    found = Parted([line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")])
    _take_proof(found)
    _take_heads(found, is_sent_on)
    _take_signature(found)
    _take_answered(found)
    _take_signature(found)
    told = [at for at, line in enumerate(found.lines) if line.strip()]
    ends = {*told[:1], *told[-_MOST_NOTICES_BEHIND:]}
    for at in told:
        said = found.lines[at].strip()
        # Alone at an end, or with an address: a sentence that merely mentions such words is neither.
        if (at in ends or "http" in said) and notices.is_notice_of_list(said):
            _take(found.lines, range(at, at + 1), found.notices)
        elif notices.is_sent_from(said):
            _take(found.lines, range(at, at + 1), found.signature)
    _take_notices_of_office(found)
    found.lines = [*_with_quotations_apart(found.lines)]
    return found


def _take(lines: list[str], places: Sequence[int], into: list[str]) -> None:
    into += [lines[at].strip() for at in places if lines[at].strip()]
    for at in places:
        lines[at] = ""


def _take_proof(found: Parted) -> None:
    """Remove the lines with which OpenPGP signs a text (RFC 9580, 7)."""
    lines = found.lines
    if _SIGNED not in lines or _PROOF not in lines:
        return
    start, end = lines.index(_SIGNED), lines.index(_PROOF)
    head_end = next((at for at in range(start, end) if not lines[at].strip()), start)
    last = next((at for at in range(end, len(lines)) if lines[at] == _PROOF_END), len(lines) - 1)
    _take(lines, [*range(start, head_end), *range(end, last + 1)], found.signature)
    lines[start:end] = [line.removeprefix("- ") for line in lines[start:end]]


def _with_quotations_apart(lines: list[str]) -> Iterator[str]:
    """Yield the lines, with a blank one between a quotation and the text that touches it."""
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        yield line
        if line and below and line.startswith(">") != below.startswith(">"):
            yield ""


def _take_heads(found: Parted, is_sent_on: bool) -> None:
    """Remove the header of a forwarded message, whose text stays, and everything from the next header on."""
    lines = found.lines
    told = [at for at, line in enumerate(lines) if line.strip(" >_")]
    said = [lines[at].strip(" >") for at in told]
    for head in quoted.heads_in(said, is_sent_on=is_sent_on, needs_fields=True):
        first = _rule_above(lines, told[head.start])
        if not head.is_sent_on:
            _take(lines, range(first, len(lines)), found.answered)
            return
        last = told[head.end - 1]
        _take(lines, range(first, last + 1), found.heads)
        if any(line.startswith(">") for line in lines[last + 1 : last + 3]):
            lines[last + 1 :] = [line.lstrip("> ") for line in lines[last + 1 :]]


def _rule_above(lines: list[str], at: int) -> int:
    """Return the line of the underscores that Outlook draws above a header; `at` if there are none."""
    above = at - 1
    return above if above >= 0 and lines[above].strip() and not lines[above].strip("_ >") else at


def _take_answered(found: Parted) -> None:
    """Remove the quoted message if it stands below the answer."""
    lines = found.lines
    told = [at for at, line in enumerate(lines) if line.strip()]
    start = len(told)
    while start and lines[told[start - 1]].startswith(">"):
        start -= 1
    for index, at in enumerate(told[1:], start=1):
        said = lines[at].strip()
        if len(said) > _LONGEST_ATTRIBUTION:
            continue
        two = f"{said} {lines[told[index + 1]].strip()}" if index + 1 < len(told) else said
        is_original = quoted.is_original(said)
        is_one = is_original or quoted.is_attribution(said)
        if not is_one and (said.endswith(".") or not quoted.is_attribution(two)):
            continue
        behind = index + (1 if is_one else 2)
        if is_original or said.startswith("--") or start <= behind < len(told):
            _take(lines, range(at, len(lines)), found.answered)
            return
    if 0 < start < len(told):
        _take(lines, range(told[start], len(lines)), found.answered)


def _take_signature(found: Parted) -> None:
    """Remove what follows a line of two dashes, if it is short."""
    for at in range(len(found.lines) - 1, 0, -1):
        if found.lines[at].strip() == "--":
            below = [line for line in found.lines[at + 1 :] if line.strip()]
            above = any(line.strip() for line in found.lines[:at])
            is_short = len(below) <= notices.MOST_OF_SIGNATURE
            if above and is_short and not any(line.startswith(">") for line in below):
                _take(found.lines, range(at, len(found.lines)), found.signature)
            return


def _take_notices_of_office(found: Parted) -> None:
    """Remove the first and the last paragraphs if they are such notices; programs break their lines."""
    paragraphs: list[list[int]] = [[]]
    for at, line in enumerate(found.lines):
        if line.strip():
            paragraphs[-1].append(at)
        elif paragraphs[-1]:
            paragraphs.append([])
    told = [each for each in paragraphs if each]
    for places in (*told[:1], *told[1:][-_MOST_NOTICES_BEHIND:]):
        if notices.is_notice_of_office(" ".join(found.lines[at].strip() for at in places)):
            _take(found.lines, places, found.notices)
