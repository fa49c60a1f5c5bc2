"""Shared by agencies' items and feeds' entries: dates, embargoes, killed stories, and an article made of a headline,
credits and a text that repeat each other."""

from __future__ import annotations

import datetime
import email.utils
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from audio_edition.errors import ReadError
from audio_edition.model import Article, Block, Credit, Finding, Heading, Issue, Paragraph, Text, leaves
from audio_edition.read.credits import credit_of, dateline_of, is_byline
from audio_edition.read.document import Reading
from audio_edition.read.lines import speakable

_UNUSABLE = frozenset(
    {"canceled", "cancelled", "deleted", "kill", "killed", "recalled", "revoked", "unusable", "withdrawn", "withheld"}
)
_USABLE = frozenset({"", "usable", "embargoed"})
_DASHES = " -‐‑‒–—―−_:"
_MOST_BEFORE_DATELINE = 3
"""Paragraphs: a summary or a note may stand before it."""

_LONGEST_TITLE = 120
"""Characters of a paragraph that may stand for a headline."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?= )|[。！？]")
_SHORTEST_SENTENCE = 20
_NO_HEADLINE = Finding(
    "no-headline",
    "warning",
    "The story has no headline, so its opening words became the title.",
    remedy="Give it a headline in the document.",
)
_MANY_SPACES = 4
"""In a text too long to be contained in another by chance."""

_COMPACT_DATE = re.compile(r"\d{8}(?:T\d{4,6})?(?=\D|\Z)")
_LONGEST_DATE = 60
_ADDRESS = re.compile(r"[^\s@(]{1,100}@[^\s@()]{1,100}\s*(?:\(([^()]{1,200})\))?")
_ELLIPSIS = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*\Z")
_WORD = re.compile(r"\w+")


# --- dates


def moment_of(text: str | None) -> datetime.datetime | None:
    """Return the moment of a date in ISO 8601, with or without separators, or RFC 5322; None for others."""
    said = (text or "").strip()[:_LONGEST_DATE]
    if not said:
        return None
    if _COMPACT_DATE.match(said):
        said = f"{said[:4]}-{said[4:6]}-{said[6:]}"
    for understood in (datetime.datetime.fromisoformat, email.utils.parsedate_to_datetime):
        try:
            return understood(said)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def day_of(*texts: str | None) -> str:
    """Return the ISO 8601 date of the first text that is one, in its own time zone; else empty."""
    moments = map(moment_of, texts)
    return next((moment.date().isoformat() for moment in moments if moment), "")


# --- findings for an editor


def warnings_of(
    status: str, embargoes: Iterable[str], notes: Iterable[str], corrections: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return warnings of embargoes, of an unknown status, of corrections, and of the desk's notes to other desks.

    An embargo is given by its end, a correction by what it says; both may be empty.
    """
    return (*map(_embargo, embargoes), *_doubtful_status(status), *map(_correction, corrections), *_advice(notes))


def _embargo(text: str) -> Finding:
    """Return a warning that a story must wait. Whether its time has come is unknown: no clock is consulted."""
    moment = moment_of(text)
    until = f"{moment:%Y-%m-%d %H:%M} {moment:%Z}".strip() if moment else " ".join(text.split())
    return Finding(
        "embargo",
        "warning",
        f"The story is under embargo until {until}." if until else "The story is under embargo.",
        remedy="Hand nothing out before.",
    )


def _advice(texts: Iterable[str]) -> tuple[Finding, ...]:
    """Return a finding for the desk's notes to other desks, which nobody should hear."""
    said = [text for text in dict.fromkeys(" ".join(text.split()) for text in texts) if text]
    quoted = " ".join(f"“{text}”" for text in said)
    message = f"The desk's notes to other desks are not read out: {quoted}"
    return (Finding("advice", "warning", message, text=" ".join(said)),) if said else ()


def _correction(said: str) -> Finding:
    """Return a warning that a story corrects an earlier one."""
    what = " ".join(said.split())
    message = f"The story corrects an earlier one: “{what}”." if what else "The story corrects an earlier one."
    return Finding("correction", "warning", message, remedy="Replace editions that hold the earlier one.")


def is_unusable(status: str) -> bool:
    """Return whether a status, such as `stat:canceled`, says that a story must not be published."""
    return _bare(status) in _UNUSABLE


def _doubtful_status(status: str) -> tuple[Finding, ...]:
    """Return a warning for a status outside the standards."""
    if _bare(status) in _USABLE | _UNUSABLE:
        return ()
    message = f"The status of the story is “{_bare(status)}”, which may or may not mean that it can be published."
    return (Finding("status", "warning", message, remedy="Ask who sent it."),)


MOST_ITEMS = 5000
"""Stories read from one document."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article, and the texts that its document shows for it."""

    article: Article
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a message: its title, its status, and its story; an item without text has none, and `what` says what it
    is."""

    title: str
    status: str
    story: Story | None
    what: str = ""


def reading_of(found: Iterable[Item], name: str, around: Issue | None = None) -> Reading:
    """Return the articles of a document's items, with the metadata of `around`, and the text it shows for them.

    Killed stories are never told. Raises ReadError if there are no others.
    """
    items = list(islice(found, MOST_ITEMS + 1))
    if len(items) > MOST_ITEMS:
        raise ReadError(f"{name} holds more than {MOST_ITEMS:,} stories.", "Split it.")
    killed = [item for item in items if is_unusable(item.status)]
    telling = [item for item in items if item not in killed and item.story and _tells(item.story.article)]
    if not telling and killed:
        raise ReadError(
            f"{name} must not be published: its sender has marked “{_called(killed[0])}” “{_bare(killed[0].status)}”.",
            "Take it out of the edition; if its sender has sent it again, use that.",
        )
    if not telling:
        raise ReadError(f"{name} holds no text to read.", "Check that it is the right document.")
    mute = [item for item in items if item not in killed and item not in telling]
    around = around or Issue(())
    findings = (*around.findings, *map(_killed, killed), *map(_mute, mute))
    stories = [item.story for item in telling if item.story]
    articles = tuple(_with_doubt(_with_any_title(story.article)) for story in stories)
    seen = tuple(text for story in stories for text in story.seen)
    return Reading(replace(around, articles=articles, findings=findings), seen)


def _tells(article: Article) -> bool:
    return speakable(article.title) or any(speakable(leaf.text) for leaf in leaves(article.blocks))


def _with_doubt(article: Article) -> Article:
    """Return the article, with a warning if it is only a headline: that is seldom intended."""
    if has_text(article) or any(finding.id == "text-elsewhere" for finding in article.findings):
        return article
    message = "There is nothing to read but the headline."
    finding = Finding("headline-only", "warning", message, remedy="Get the story with its full text.")
    return replace(article, findings=(*article.findings, finding))


def _called(item: Item) -> str:
    return " ".join(item.title.split()) or "the story"


def _killed(item: Item) -> Finding:
    message = f"Left out: “{_called(item)}”, which its sender has marked “{_bare(item.status)}”."
    return Finding("killed-story", "warning", message, remedy="Take it out of other editions too.")


def _mute(item: Item) -> Finding:
    message = f"Left out: “{_called(item)}”, {item.what or 'in which there is no text'}."
    return Finding("item-without-text", "warning", message, remedy="Put what it says into an article.")


def _bare(status: str) -> str:
    return status.rpartition(":")[2].rpartition("/")[2].strip().casefold()


# --- articles


def person_of(text: str) -> str:
    """Return the name in an author's entry: `jane@example.com (Jane Doe)` is Jane Doe; empty for a bare address."""
    said = " ".join(text.split())
    address = _ADDRESS.fullmatch(said)
    return (address[1] or "").strip() if address else said


def bylines(texts: Iterable[str]) -> tuple[Credit, ...]:
    """Return a credit for each non-empty text."""
    said = dict.fromkeys(" ".join(text.split()) for text in texts)
    return tuple(Credit(text, "byline") for text in said if speakable(text))


def datelines(texts: Iterable[str]) -> tuple[Credit, ...]:
    """Return a credit for the first non-empty text."""
    return tuple(Credit(" ".join(text.split()), "dateline") for text in texts if speakable(text))[:1]


def standfirst(article: Article, texts: Iterable[str]) -> Article:
    """Return the article with the lines under its headline put before its text, unless the text has them."""
    new = (text for text in dict.fromkeys(texts) if speakable(text) and not says(article, text))
    return replace(article, blocks=(*(Paragraph(Text(text)) for text in new), *article.blocks))


def with_summary(article: Article, summary: Sequence[Block[Text]]) -> Article:
    """Return the article with its summary: read if there is no text, else left out, with a finding unless the text
    begins with its words."""
    text = text_of_blocks(summary)
    if not speakable(text):
        return article
    if not has_text(article):
        message = "The document holds only a summary of the story, which is read."
        finding = Finding("summary-only", "warning", message, remedy="Get the story with its full text.")
        return replace(article, blocks=without_headings(summary), findings=(*article.findings, finding))
    if says(article, text):
        return article
    message = "The story's summary is not read out, because the story is."
    return replace(article, findings=(*article.findings, Finding("summary", "note", message, text=text)))


def without_headings(blocks: Iterable[Block[Text]]) -> tuple[Block[Text], ...]:
    """Return the blocks with headings as paragraphs: the text is too short for chapters."""
    return tuple(Paragraph(block.text) if isinstance(block, Heading) else block for block in blocks)


def text_of_blocks(blocks: Iterable[Block[Text]]) -> str:
    """Return all texts of the blocks on one line."""
    return " ".join(leaf.text for leaf in leaves(blocks))


def says(article: Article, text: str) -> bool:
    """Return whether the words of a text are in the article, consecutively."""
    return _is_in(f" {_words(_whole(article))} ", text)


def with_heads(heads: Iterable[str], content: Iterable[str]) -> tuple[str, ...]:
    """Return all text that a document shows: its content, and the headline, byline and summary around it.

    Text that the content repeats counts only once.
    """
    shown = tuple(content)
    said = f" {_words(' '.join(shown))} "
    letters = said.replace(" ", "")
    new = []
    for head in heads:
        words = _words(_ELLIPSIS.sub("", head))
        # A part of a word may be a separate element: a drop cap.
        is_whole = words.count(" ") >= _MANY_SPACES and words.replace(" ", "") in letters
        if not is_whole and not _is_in(said, head):
            new.append(head)
            said += f"{_words(head)} "
    return (*new, *shown)


def _is_in(words: str, text: str) -> bool:
    """Return whether some words, surrounded by spaces, include those of a text; one that ends in dots may be cut within
    its last word."""
    whole = _ELLIPSIS.sub("", text)
    return f" {_words(whole)}{' ' * (whole == text)}" in words


def has_text(article: Article) -> bool:
    """Return whether there is more than a headline."""
    return any(leaf.text for leaf in leaves(article.blocks))


def ends_early(text: str) -> bool:
    """Return whether a text ends in the dots of a truncated summary."""
    return _ELLIPSIS.search(text[-20:]) is not None


def told_once(article: Article) -> Article:
    """Return the article with its headline and credits said once, and removed from the beginning of the text."""
    from audio_edition.read.markup import titled  # lxml comes with it

    title, blocks = titled(article.blocks, article.title)
    article = with_opening_credits(_without_title(replace(article, title=title, blocks=blocks)))
    return article if speakable(article.title) else _with_opening_title(article)


def _without_title(article: Article) -> Article:
    """Return the article without a first paragraph that repeats its title, if there are others."""
    is_title = _words(_first(article).text) == _words(article.title) != ""
    return replace(article, blocks=article.blocks[1:]) if is_title and len(article.blocks) > 1 else article


def with_opening_credits(article: Article) -> Article:
    """Return the article with the byline and dateline that open its text moved to its credits."""
    return _with_dateline(_with_byline(article))


def _with_byline(article: Article) -> Article:
    """Move a first paragraph that is a byline to the credits, replacing an equal one from the metadata."""
    text = _first(article)
    known = {_words(credit.text) for credit in article.credits}
    said = _words(text.text)
    repeated = said in known or (len(known) > 1 and said == " ".join(map(_words_of_credit, article.credits)))
    if not (said and (repeated or is_byline(text.text))):
        return article
    others = [credit for credit in article.credits if credit.kind != "byline" or _words(credit.text) not in said]
    credit = credit_of(text, "byline")
    return replace(article, blocks=article.blocks[1:], credits=(*others, credit))


def _words_of_credit(credit: Credit) -> str:
    return _words(credit.text)


def _with_dateline(article: Article) -> Article:
    """Move a dateline that opens the text to the credits, replacing an equal one from the metadata."""
    known = next((credit.text.strip(_DASHES) for credit in article.credits if credit.kind == "dateline"), "")
    for index, block in enumerate(article.lead[:_MOST_BEFORE_DATELINE]):
        if not isinstance(block, Paragraph):
            continue
        text = block.text.text
        found = dateline_of(text)
        count = _length_of_opening(text, known)
        if not count and found and (index == 0 or (known and found.text.startswith(known))):
            count = len(text) - len(found.rest)
        if not count:
            continue
        rest = _behind(block.text, count)
        credit = credit_of(block.text.part(0, count), "dateline")
        return replace(
            article,
            blocks=(*article.blocks[:index], *([Paragraph(rest)] if rest.text else []), *article.blocks[index + 1 :]),
            credits=(*(credit for credit in article.credits if credit.kind != "dateline"), credit),
            published=article.published or (found.published if found else ""),
            source=article.source or (found.agency if found else ""),
        )
    return article


def _length_of_opening(text: str, dateline: str) -> int:
    """Return the number of characters in the opening dateline and the dash after it."""
    if not dateline or text[: len(dateline)].casefold() != dateline.casefold():
        return 0
    rest = text[len(dateline) :]
    dash = rest[: len(rest) - len(rest.lstrip(_DASHES))]
    parted = bool(dash.strip()) and dash.endswith(" ")  # not PARIS-based
    return len(dateline) + len(dash) if parted or dash == rest else 0


def _with_opening_title(article: Article) -> Article:
    """Return the article with its opening words as title."""
    text = _first(article)
    if not speakable(text.text):
        return article
    count = _length_of_title(text.text)
    rest = _behind(text, count)
    return replace(
        article,
        title=text.text[:count].strip(),
        blocks=(*([Paragraph(rest)] if rest.text else []), *article.blocks[1:]),
        findings=(*article.findings, _NO_HEADLINE),
    )


def _with_any_title(article: Article) -> Article:
    """Return the article with its first words also as title, if it begins with something else than a paragraph."""
    if speakable(article.title):
        return article
    texts = (*(leaf.text for leaf in leaves(article.blocks)), *(credit.text for credit in article.credits))
    text = next(filter(speakable, texts), "")
    title = text[: _length_of_title(text)].strip()
    return replace(article, title=title, findings=(*article.findings, _NO_HEADLINE))


def _length_of_title(text: str) -> int:
    """Return the number of characters in the first sentence, or in as many words as a headline can have."""
    sentence = _SENTENCE_END.search(text, _SHORTEST_SENTENCE, _LONGEST_TITLE)
    if sentence:
        return sentence.end()
    if len(text) <= _LONGEST_TITLE:
        return len(text)
    end = text.rfind(" ", 1, _LONGEST_TITLE)
    return end if end > 0 else _LONGEST_TITLE


def _first(article: Article) -> Text:
    """Return the text of the article's first block if that is a paragraph."""
    first = article.blocks[0] if article.blocks else None
    return first.text if isinstance(first, Paragraph) else Text("")


def _behind(text: Text, count: int) -> Text:
    """Return the text without its first `count` characters and the space after them."""
    return text.part(len(text.text) - len(text.text[count:].lstrip()))


def _whole(article: Article) -> str:
    texts = [article.title, *(credit.text for credit in article.credits)]
    return " ".join((*texts, text_of_blocks(article.blocks)))


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
