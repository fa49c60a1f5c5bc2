"""Reads what precedes some texts and describes them: a copied e-mail header, and Project Gutenberg's notices.

In: a text. Out: the text with blank lines in their place, so that line numbers stay, and their facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio_edition.model import Credit, Finding
from audio_edition.read.lines import written_lines
from audio_edition.read.news.story import bylines, day_of, person_of

_FIELD = re.compile(r"([A-Za-z][A-Za-z-]{1,40}):(?: |\Z)(.*)", re.DOTALL)
_MAIL = """
    bcc cc content-transfer-encoding content-type date delivered-to from in-reply-to list-id message-id mime-version
    organization received references reply-to return-path sender sent subject to user-agent x-mailer
"""
_MAIL_FIELDS = frozenset(_MAIL.split())
_FEWEST_FIELDS = 2
_NAME = re.compile(r"\"?([^\"<>]{1,200}?)\"? *<[^<>]{0,200}>")
_NOTICE = re.compile(r"\*\*\* ?(START|END) OF (?:THE|THIS) PROJECT GUTENBERG EBOOK\b.{0,300}", re.IGNORECASE)
_MOST_LINES_OF_NOTICE = 500


@dataclass(frozen=True, slots=True)
class Preamble:
    """The remaining text, and the facts from around it."""

    text: str
    credits: tuple[Credit, ...] = ()
    published: str = ""
    findings: tuple[Finding, ...] = ()


def without_preamble(text: str) -> Preamble:
    """Return the text without its header and notices."""
    written = written_lines(text)
    lines = [" ".join(line.split()) for line in written]
    return _of_mail(lines, written) or _of_book(lines, written) or Preamble(text)


# --- the head of an e-mail (RFC 5322); one that a program sent is a message: see `mail`


def _of_mail(lines: Sequence[str], written: Sequence[str]) -> Preamble | None:
    start = next((index for index, line in enumerate(lines) if line), 0)
    end = next((index for index in range(start, len(lines)) if not lines[index]), len(lines))
    fields = list(_fields(lines[start:end]))
    known = {field: (index, value) for index, field, value in reversed(fields) if field in _MAIL_FIELDS}
    if not fields or fields[0][0] or len(known) < _FEWEST_FIELDS or "subject" not in known:
        return None
    index, subject = known["subject"]
    writer = _writer(known.get("from", (0, ""))[1])
    left = list(lines[start:end])
    left[index] = left[index].removesuffix(subject)
    said = " ".join(left).replace(writer, "", 1) if writer else " ".join(left)
    rest = ["" for _ in lines[:end]]
    rest[start + index] = subject
    finding = Finding(
        "mail-head", "note", "The head of the e-mail is not read out.", f"lines {start + 1} to {end}", text=said.strip()
    )
    dates = (known.get(field, (0, ""))[1] for field in ("date", "sent"))
    return Preamble("\n".join([*rest, *written[end:]]), bylines([writer]), day_of(*dates), (finding,))


def _fields(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the index, lower-case name and value of each header line."""
    for index, line in enumerate(lines):
        if field := _FIELD.fullmatch(line):
            yield index, field[1].lower(), field[2].strip()


def _writer(text: str) -> str:
    """Return the name before an address."""
    named = _NAME.fullmatch(text)
    return named[1].strip() if named else person_of(text)


# --- Project Gutenberg


def _of_book(lines: Sequence[str], written: Sequence[str]) -> Preamble | None:
    notices = {found[1].upper(): index for index, line in enumerate(lines) if (found := _NOTICE.fullmatch(line))}
    start, end = notices.get("START"), notices.get("END", len(lines))
    if start is None or not start < end or start > _MOST_LINES_OF_NOTICE:
        return None
    known = {field: (index, value) for index, field, value in reversed(list(_fields(lines[:start]))) if value}
    rest = ["" for _ in lines[: start + 1]] + list(written[start + 1 : end])
    left = [*lines[: start + 1], *lines[end:]]
    index, title = known.get("title", (0, ""))
    first = next(filter(None, lines[start + 1 : end]), "")
    if title and first.casefold() != title.casefold():
        rest[index] = title
        left[index] = left[index].removesuffix(title)
    said = " ".join(filter(None, left))
    finding = Finding(
        "publishers-notice", "note", "Project Gutenberg's notices around the book are not read out.", text=said
    )
    return Preamble("\n".join(rest), (), "", (finding,))
