"""Parses a message into its texts, nested messages, pictures, and the names of its attachments."""

from __future__ import annotations

import binascii
import contextlib
import email
import email.errors
import email.header
import email.message
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from audio_edition.errors import ReadError, in_brief
from audio_edition.model.characters import without_unwanted
from audio_edition.sources.charsets import charset_of, decoded, storable

MOST_PARTS = 50
"""Multiparts, and nested messages: each limits how deeply the others can nest."""

MOST_TEXTS = 1000
"""Parts of a message."""

_HOLDS_PARTS = re.compile(rb"boundary(?:\*\d{0,2}\*?)?\s{0,9}=|content-type:\s{0,9}message/", re.IGNORECASE)
_BOUNDARY = re.compile(rb"boundary(?:\*\d{0,2}\*?)?\s{0,9}=\s{0,9}(\"[^\"\r\n]{1,100}\"|[^\s;]{1,100})", re.IGNORECASE)
_MAILBOX = re.compile(rb"^From [^\n]{1,200}\n[A-Za-z-]{1,60}:", re.MULTILINE)
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_NOT_ATTACHED = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "text/x-amp-html"}
)
"""Signatures, and the page that some programs show as an application."""

_ENCRYPTED_TEXT = re.compile(r"\s*-----BEGIN PGP MESSAGE-----")
_CODED = re.compile(r"^begin [0-7]{3,4} ([^\r\n]{1,100})\r?\n(?:[ -`]{1,80}\r?\n){0,500000}?end[ \t]*$", re.MULTILINE)
"""A file within the text, in uuencode."""

_FIELDS = ("From", "Sender", "Reply-To", "To", "Cc", "Date", "Subject")
_ONE_LEVEL = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class Body:
    """A text of a message, HTML or plain."""

    text: str
    is_html: bool


@dataclass(slots=True)
class Message:
    """The contents of a message. `head` are its header fields for people; `others` the alternatives for programs that
    show no HTML; `pictures` its pictures by id, as media type and Base64."""

    head: dict[str, str]
    bodies: list[Body | Message] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    is_of_list: bool = False


def message_of(data: bytes, name: str) -> Message:
    """Return the contents of a message. Raises ReadError if it is encrypted or malformed beyond any real one."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if len(_MAILBOX.findall(data.replace(b"\r\n", b"\n"))) > 1:
        raise ReadError(f"{name} is a mailbox of several e-mails.", "Save the one to be read, and give that.")
    if len(_HOLDS_PARTS.findall(data)) > MOST_PARTS:
        raise ReadError(f"{name} has more nested parts than any e-mail.", "Save its text from your mail program.")
    if max((data.count(b"\n--" + each.strip(b'" ')) for each in set(_BOUNDARY.findall(data))), default=0) > MOST_TEXTS:
        raise ReadError(f"{name} has more than {MOST_TEXTS} parts.", "Save its text from your mail program.")
    return _message(email.message_from_bytes(data, policy=email.policy.compat32), name)


def _message(part: email.message.Message, name: str) -> Message:
    head = {key: said for key in _FIELDS if (said := header(part, key))}
    is_of_list = any(part.get(key) is not None for key in ("List-Id", "List-Unsubscribe"))
    found = Message(head, is_of_list=is_of_list)
    _gather(part, found, name)
    return found


def header(part: email.message.Message, key: str) -> str:
    """Return a header field's text on one line, decoded."""
    return " ".join(_decoded_words(part.get(key) or "").split())


def _decoded_words(written: str | email.header.Header) -> str:
    """Return a header field's text decoded; as written if its encoding is broken."""
    text = ""
    with contextlib.suppress(binascii.Error, ValueError, LookupError, email.errors.MessageError):
        text = "".join(_decoded_word(piece, charset) for piece, charset in email.header.decode_header(written))
    return without_unwanted(storable(text or str(written)))


def _decoded_word(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        raw = piece.encode("utf-8", "surrogateescape")
        return decoded(raw)[0]
    if charset in (None, "unknown-8bit"):
        return decoded(piece)[0]
    return text_in(piece, charset or "")


def text_in(data: bytes, label: str) -> str:
    """Return the decoded text; the declared charset may be wrong."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        codec = charset_of(label)
        return data.decode(codec, "replace") if codec else decoded(data)[0]


def _gather(part: email.message.Message, found: Message, name: str) -> None:
    """Add the contents of a part to a message."""
    kind = part.get_content_type()
    if kind in _ENCRYPTED:
        raise _encrypted(name)
    if kind == "multipart/alternative":
        _gather_best(part, found, name)
    elif part.is_multipart() and kind.startswith("message/"):
        found.bodies += [_message(inner, name) for inner in _parts(part)]
    elif part.is_multipart():
        for inner in _parts(part):
            _gather(inner, found, name)
    elif kind.startswith("image/") and (id_ := str(part.get("Content-ID", "")).strip(" <>")):
        found.pictures[id_] = (kind, bytes_of(part))
    elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
        found.bodies.append(_body(part, found, name))
    elif kind not in _NOT_ATTACHED:
        found.attached.append(_name_of(part))


def _body(part: email.message.Message, found: Message, name: str) -> Body:
    text = text_in(bytes_of(part), str(part.get_param("charset", "") or ""))
    if _ENCRYPTED_TEXT.match(text):
        raise _encrypted(name)
    if part.get_content_type() == "text/html":
        return Body(text, is_html=True)
    return Body(_unflowed(_without_coded(text, found), part), is_html=False)


def _encrypted(name: str) -> ReadError:
    return ReadError(f"{name} is an encrypted e-mail.", "Save its text from the mail program that can decrypt it.")


def _without_coded(text: str, found: Message) -> str:
    """Return a text without the files that are written into it, which are attachments."""

    def taken(coded: re.Match[str]) -> str:
        found.attached.append(in_brief(coded[1]))
        return ""

    return _CODED.sub(taken, text)


def _gather_best(part: email.message.Message, found: Message, name: str) -> None:
    """Add the HTML of alternative texts, unless it says much less than the plain text."""
    texts: list[Message] = []
    for inner in _parts(part):
        each = Message({})
        _gather(inner, each, name)
        texts.append(each)
        found.attached += each.attached
        found.pictures |= each.pictures
    telling = [each for each in texts if each.bodies]
    if not telling:
        return
    longest = max(map(_length, telling))
    best = next((each for each in reversed(telling) if 2 * _length(each) >= longest), telling[-1])
    found.bodies += best.bodies
    for other in telling:
        if other is not best:
            found.others += [body.text for body in other.bodies if isinstance(body, Body) and not body.is_html]


def _length(message: Message) -> int:
    return sum(len(_ONE_LEVEL.sub("", body.text)) if isinstance(body, Body) else 1 for body in message.bodies)


def _parts(part: email.message.Message) -> Iterator[email.message.Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (inner for inner in payload if isinstance(inner, email.message.Message))


def bytes_of(part: email.message.Message) -> bytes:
    """Return the decoded bytes of a part; empty if it is broken or holds parts itself."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _name_of(part: email.message.Message) -> str:
    """Return an attachment's name, or else its type."""
    try:
        called = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        called = ""
    return in_brief(_decoded_words(called)) or in_brief(part.get_content_type())


def _unflowed(text: str, part: email.message.Message) -> str:
    """Return a text with only the line ends that its writer set (RFC 3676)."""
    if str(part.get_param("format", "") or "").lower() != "flowed":
        return text
    closes = str(part.get_param("delsp", "") or "").lower() == "yes"
    lines: list[str] = []
    open_at = -1  # how deeply the line that goes on is quoted
    for line in text.replace("\r\n", "\n").split("\n"):
        said = line.lstrip(">")
        depth = len(line) - len(said)
        said = said.removeprefix(" ")
        if open_at == depth and said != "-- ":
            lines[-1] += said
        else:
            lines.append(f"{'>' * depth} {said}" if depth else said)
        open_at = depth if said.endswith(" ") and said != "-- " else -1
        if open_at >= 0 and closes:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
