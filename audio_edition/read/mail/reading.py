"""Builds the article of a message from its HTML or plain texts."""

from __future__ import annotations

import base64
import email.utils
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape

from audio_edition.errors import ReadError
from audio_edition.model import Article, Creator, Finding, Heading, Issue, Paragraph, Quote, Text, leaves
from audio_edition.read.account import words
from audio_edition.read.document import Document, Reading
from audio_edition.read.lines import speakable
from audio_edition.read.mail.boilerplate import parted
from audio_edition.read.mail.message import Body, Message
from audio_edition.read.mail.quotations import quotations_in
from audio_edition.read.mail.quoted import is_forwarding
from audio_edition.read.news.story import bylines, day_of, person_of
from audio_edition.read.text import wire

_FORWARD = re.compile(r"(?:(?:fwd?|wg|tr|rv|i|vs|doorst|re|aw|sv|antw)\s?:\s*){1,5}", re.IGNORECASE)
_CID = re.compile(r"(?<=[\"'(])cid:([^\"'()\s<>]{1,200})", re.IGNORECASE)
_LARGEST_PICTURE = 5_000_000
_REMEDIES = {
    "winmail.dat": "Outlook has packed its text there: ask the sender to send it as HTML or plain text.",
    "text/calendar": "It is an invitation to a calendar: write what is to be read of it into a text, and give that.",
    "invite.ics": "It is an invitation to a calendar: write what is to be read of it into a text, and give that.",
}
"""By attachments that nobody can give as they are."""


@dataclass(slots=True)
class _Gathered:
    """The combined contents of a file's messages, in order."""

    bodies: list[Body] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def reading(document: Document, message: Message) -> Reading:
    """Return the article of a document's message. Raises ReadError."""
    gathered = _Gathered()
    subject = message.head.get("Subject", "")
    title = _FORWARD.sub("", subject, count=1).strip() if _FORWARD.match(subject) else subject
    _gather(message, gathered, document, is_first=True)
    if not any(speakable(body.text) for body in gathered.bodies):
        attached = f", with “{message.attached[0]}” attached" if message.attached else ""
        remedy = "Save what is attached, and give that." if attached else "Check that it is the right e-mail."
        remedy = _REMEDIES.get(message.attached[0].lower(), remedy) if attached else remedy
        raise ReadError(f"{document.name} is an e-mail without a text{attached}.", remedy)
    sender = message.head.get("From", "")
    writer = email.utils.parseaddr(sender)[0].strip() or person_of(sender)
    is_page = any(body.is_html for body in gathered.bodies)
    article, seen = _of_page(gathered, title, message, document) if is_page else _of_text(gathered, title, document)
    article = replace(
        article,
        credits=article.credits if message.is_of_list or article.byline else (*bylines([writer]), *article.credits),
        published=article.published or day_of(message.head.get("Date")),
        source=article.source or (writer if message.is_of_list else ""),
        findings=(*gathered.findings, *article.findings),
    )
    if writer and not message.is_of_list and not article.metadata.creators:
        article = replace(article, metadata=replace(article.metadata, creators=(Creator(writer),)))
    return Reading(Issue((article,)), (*gathered.seen, *seen))


def _gather(message: Message, gathered: _Gathered, document: Document, *, is_first: bool = False) -> None:
    """Collect the texts of a message and its nested messages, and what is left out of them."""
    inner = [body for body in message.bodies if isinstance(body, Message)]
    own = [body for body in message.bodies if isinstance(body, Body)]
    _tell_head(message, gathered, is_first=is_first)
    if not is_first and message.head.get("Subject"):
        gathered.bodies.append(Body(f"<h2>{escape(message.head['Subject'])}</h2>", is_html=True))
    for body in own:
        if body.is_html:
            gathered.bodies.append(Body(_with_pictures(body.text, message), is_html=True))
        else:
            gathered.bodies.append(Body(_plain(body.text, message, gathered, document), is_html=False))
    said = {word for body in own for word in words(body.text)}
    for other in message.others:
        if new := [word for word in words(other) if word not in said]:
            gathered.seen.append(" ".join(new))
            text = " ".join(new)
            what = "The message says the same as plain text, which is not read; these words stand there alone."
            gathered.findings.append(Finding("mail-alternative", "note", what, text=text))
    if message.attached:
        names = ", ".join(f"“{name}”" for name in message.attached)
        what = f"The e-mail's attachments are not read: {names}."
        remedy = "Save those that should be read, and give them too."
        gathered.findings.append(
            Finding("attachments", "warning", what, remedy=remedy, text=" ".join(message.attached))
        )
        gathered.seen += message.attached
    for each in inner:
        _gather(each, gathered, document)


def _tell_head(message: Message, gathered: _Gathered, *, is_first: bool) -> None:
    """Report the header fields that are not read: all but the subject and the first message's author."""
    fields = [f"{key}: {said}" for key, said in message.head.items() if key != "Subject"]
    subject = message.head.get("Subject", "")
    if is_first and (forwarded := _FORWARD.match(subject)):
        fields.append(forwarded[0].strip())
    if not fields:
        return
    text = "\n".join(fields)
    gathered.findings.append(Finding("mail-head", "note", "The head of the e-mail is not read out.", text=text))
    gathered.seen.append(text)


def _plain(text: str, message: Message, gathered: _Gathered, document: Document) -> str:
    """Return a plain text without signature, quotations and notices."""
    if document.keep_all:
        return text
    found = parted(text, is_sent_on=is_forwarding(message.head.get("Subject", "")))
    gathered.findings += _findings_of(
        ("mail-head", "The head of a message that was forwarded is not read out.", found.heads),
        ("mail-answered", "The message that is answered is not read out.", found.answered),
        ("mail-signature", "The signature is not read out.", found.signature),
        ("mail-notices", "What a mailing list or an office says of every message is not read out.", found.notices),
    )
    gathered.seen += ["\n".join(lines) for lines in (found.heads, found.answered, found.signature, found.notices)]
    return "\n".join(found.lines)


def _findings_of(*told: tuple[str, str, list[str]]) -> Iterator[Finding]:
    for kind, message, lines in told:
        if lines:
            yield Finding(kind, "note", message, text="\n".join(lines))


def _with_pictures(markup: str, message: Message) -> str:
    """Return the HTML with the message's pictures embedded."""

    def source(found: re.Match[str]) -> str:
        kind, data = message.pictures.get(found[1], ("", b""))
        if not data or len(data) > _LARGEST_PICTURE:
            return found[0]
        return f"data:{kind};base64,{base64.b64encode(data).decode()}"

    return _CID.sub(source, markup) if message.pictures else markup


def _of_text(gathered: _Gathered, title: str, document: Document) -> tuple[Article, tuple[str, ...]]:
    """Return the article of plain texts below a headline, and all they show. The lines have no numbers an editor could
    see."""
    body = "\n\n".join(each.text for each in gathered.bodies)
    opening = next(filter(None, map(str.strip, body.splitlines())), "")
    is_said = not speakable(title) or words(opening) == words(title)
    body = body if is_said else f"{title}\n\n{body}"
    own, quotations = quotations_in(body)
    found = wire.read(replace(document, data=own.encode()))
    (article,) = found.issue.articles
    blocks = tuple(
        quotations.get(each.text.text, each) if isinstance(each, Paragraph) else each for each in article.blocks
    )
    if sum(isinstance(each, Quote) for each in blocks) < len(quotations):  # one stands within a list or a table
        found = wire.read(replace(document, data=body.encode()))
        (article,) = found.issue.articles
        blocks, quotations = article.blocks, {}
    unplaced = tuple(replace(finding, place="") for finding in article.findings)
    quoted = (leaf.text for leaf in leaves(quotations.values()))
    return replace(article, blocks=blocks, findings=unplaced), (*_without(quotations, found.seen), *quoted)


def _without(places: Iterable[str], seen: Iterable[str]) -> Iterator[str]:
    """Yield the texts without the paragraphs that stand for quotations."""
    for text in seen:
        for place in places:
            text = text.replace(place, "")
        yield text


def _of_page(gathered: _Gathered, title: str, message: Message, document: Document) -> tuple[Article, tuple[str, ...]]:
    """Return the article of texts of which at least one is HTML, and all they show; an HTML text's own headline is
    below the subject."""
    from audio_edition.read.html.reading import article_of

    page = "\n".join(body.text if body.is_html else _as_page(body.text) for body in gathered.bodies)
    article, seen = article_of(replace(document, data=page.encode()), message)
    has_headline = all(finding.id != "no-headline" for finding in article.findings)
    findings = tuple(each for each in article.findings if each.id not in ("article-unsure", "no-headline"))
    article = replace(article, findings=findings)
    own = words(article.title)
    if not speakable(title) or own == words(title):
        return article, seen
    is_shown = has_headline and bool(own) and " ".join(own) in " ".join(words(" ".join(seen)))
    blocks = (Heading(Text(article.title)), *article.blocks) if is_shown else article.blocks
    return replace(article, title=title, blocks=blocks), (title, *seen)


def _as_page(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", text)
    return "".join(f"<p>{escape(each.strip()).replace(chr(10), '<br>')}</p>" for each in paragraphs if each.strip())
