"""Reads a message of Outlook (.msg and its template .oft): MS-OXMSG, in a compound file (MS-CFB) that olefile opens."""

from __future__ import annotations

import email.utils
import io
import mimetypes
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from audio_edition.errors import ReadError, in_brief
from audio_edition.model.characters import without_unwanted
from audio_edition.read.document import Document, Reading
from audio_edition.read.kinds import is_outlook_message
from audio_edition.sources.charsets import storable

if TYPE_CHECKING:
    from audio_edition.read.mail.message import Message

_SUBJECT, _BODY, _HTML, _RTF, _HEADERS, _CLASS = "0037", "1000", "1013", "1009", "007D", "001A"
_WRITER, _ADDRESSES, _TO, _CC = ("0042", "0C1A"), ("5D01", "0C1F"), "0E04", "0E03"
_SENT, _DELIVERED, _CODE_PAGE, _CODE_PAGE_OF_STRINGS = 0x0039, 0x0E06, 0x3FDE, 0x3FFD
_DATA, _NAMES, _MEDIA_TYPE, _CONTENT_ID = "3701", ("3707", "3704", "3001"), "370E", "3712"
"""Properties by their tags (MS-OXPROPS)."""

_UNICODE, _STRING, _BINARY, _OBJECT = "001F", "001E", "0102", "000D"
_PROPERTIES = "__properties_version1.0"
_ATTACHED = "__attach_version1.0_"
_ENTRY = struct.Struct("<HHI8s")
_HEAD_OF_FILE, _HEAD_OF_MESSAGE = 32, 24
"""Bytes before the properties of a message, and of one that is attached to another (MS-OXMSG, 2.4.1)."""

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_ENCRYPTED, _SIGNED = "ipm.note.smime", "ipm.note.smime.multipartsigned"
_SPECIAL = re.compile(r'[()<>@,;:\\".\[\]]')
_OF_LIST = re.compile(r"^list-(?:id|unsubscribe):", re.IGNORECASE | re.MULTILINE)
_MOST_BYTES = 100_000_000
_MOST_ATTACHED = 1_000
_DEEPEST = 10
_REMEDY = "Open it in Outlook, save it as HTML or text only, and give that file."


def recognises(data: bytes, name: str) -> bool:
    """Return whether the bytes are a compound file that holds a message."""
    return is_outlook_message(data)


def read(document: Document) -> Reading:
    """Return the article of a message. Raises ReadError if it is encrypted, damaged, or holds no text."""
    from audio_edition.read.mail.reading import reading

    return reading(document, message_of(document.data, document.name))


def message_of(data: bytes, name: str) -> Message:
    """Return the contents of a message. Raises ReadError."""
    try:
        return _message(_Streams(data, name), "", _HEAD_OF_FILE, 0)
    except ReadError:
        raise
    except Exception as trouble:  # of a damaged file olefile raises whatever its figures lead to
        raise ReadError(f"{name} is a message of Outlook (.msg) that is damaged.", _REMEDY) from trouble


class _Streams:
    """The streams of a compound file, of which so many bytes are read altogether."""

    def __init__(self, data: bytes, name: str) -> None:
        import olefile

        self.name = name
        self._file = olefile.OleFileIO(io.BytesIO(data))
        self._left = _MOST_BYTES
        self.paths = ["/".join(path) for path in self._file.listdir(streams=True, storages=True)]
        self._known = {path.casefold() for path in self.paths}

    def bytes_at(self, path: str) -> bytes:
        """Return the bytes of a stream; empty if there is none. Raises ReadError if all that were read are too many."""
        if path.casefold() not in self._known:
            return b""
        self._left -= self._file.get_size(path)
        if self._left < 0:
            raise ReadError(f"{self.name} has more than {_MOST_BYTES // 1_000_000} MB in it.", _REMEDY)
        data: bytes = self._file.openstream(path).read()
        return data


class _Storage:
    """The properties of a message or an attachment."""

    def __init__(self, streams: _Streams, path: str, head_bytes: int) -> None:
        self._streams = streams
        self._path = path
        data = streams.bytes_at(f"{path}{_PROPERTIES}")[head_bytes:]
        whole = len(data) - len(data) % _ENTRY.size
        self._fixed = {tag: value for _, tag, _, value in _ENTRY.iter_unpack(data[:whole])}
        self.codec = ""

    def bytes_of(self, tag: str, kind: str = _BINARY) -> bytes:
        return self._streams.bytes_at(f"{self._path}__substg1.0_{tag}{kind}")

    def text(self, *tags: str) -> str:
        """Return the first text that one of the properties holds."""
        return next(filter(None, map(self._text, tags)), "")

    def line(self, *tags: str) -> str:
        """Return the first text that one of the properties holds, on one line."""
        return without_unwanted(storable(" ".join(self.text(*tags).split())))

    def number(self, tag: int) -> int:
        return int(struct.unpack("<i4x", self._fixed[tag])[0]) if tag in self._fixed else 0

    def date(self, *tags: int) -> str:
        """Return the first time that one of the properties tells, as a header field has it; empty if there is none."""
        for tag in tags:
            (ticks,) = struct.unpack("<Q", self._fixed.get(tag, bytes(8)))
            if 0 < ticks < 2**60:
                return email.utils.format_datetime(_EPOCH + timedelta(microseconds=ticks // 10))
        return ""

    def _text(self, tag: str) -> str:
        from audio_edition.read.mail.message import text_in

        if wide := self.bytes_of(tag, _UNICODE):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return text_in(self.bytes_of(tag, _STRING).rstrip(b"\0"), self.codec)


def _message(streams: _Streams, path: str, head_bytes: int, depth: int) -> Message:
    from audio_edition.read.mail.message import Message
    from audio_edition.read.rtf.charsets import codec_of_page

    if depth > _DEEPEST:
        raise ReadError(f"{streams.name} has more nested messages than any e-mail.", _REMEDY)
    storage = _Storage(streams, path, head_bytes)
    storage.codec = codec_of_page(storage.number(_CODE_PAGE_OF_STRINGS) or storage.number(_CODE_PAGE) or 1252)
    kind = storage.line(_CLASS).casefold()
    if kind.startswith(_ENCRYPTED) and kind != _SIGNED:
        raise ReadError(
            f"{streams.name} is an encrypted e-mail.", "Save its text from the mail program that can decrypt it."
        )
    found = Message(_head(storage), is_of_list=_OF_LIST.search(storage.text(_HEADERS)) is not None)
    _add_body(storage, found, streams.name)
    for attached in _attachments(streams, path):
        _add_attachment(streams, attached, found, depth, is_signed=kind == _SIGNED)
    return found


def _head(storage: _Storage) -> dict[str, str]:
    """Return the header fields for people."""
    address = next((found for tag in _ADDRESSES if "@" in (found := storage.line(tag))), "")
    writer = storage.line(*_WRITER)
    fields = {
        "From": _person(writer, address),
        "To": storage.line(_TO),
        "Cc": storage.line(_CC),
        "Date": storage.date(_SENT, _DELIVERED),
        "Subject": storage.line(_SUBJECT),
    }
    return {key: said for key, said in fields.items() if said}


def _person(name: str, address: str) -> str:
    """Return a name with its address, as a header field shows it."""
    if not address or not name or name == address:
        return name or address
    return f'"{email.utils.quote(name)}" <{address}>' if _SPECIAL.search(name) else f"{name} <{address}>"


def _add_body(storage: _Storage, found: Message, name: str) -> None:
    """Add the best form of the text: HTML, formatted text that may hold HTML, or plain text, which Outlook makes of
    them."""
    from audio_edition.read.mail.message import Body, text_in
    from audio_edition.read.mail.outlook_rtf import page_of, unpacked
    from audio_edition.read.rtf.charsets import codec_of_page

    page = storage.bytes_of(_HTML)
    written = text_in(page, codec_of_page(storage.number(_CODE_PAGE) or 65001)) if page else storage.text(_HTML)
    if not written and (rich := storage.bytes_of(_RTF)):
        written = page_of(unpacked(rich), name)
    if written:
        found.bodies.append(Body(written.rstrip("\0"), is_html=True))
    elif plain := storage.text(_BODY):
        found.bodies.append(Body(plain, is_html=False))


def _attachments(streams: _Streams, path: str) -> Iterator[str]:
    """Yield the paths of a message's attachments, as far as any has them."""
    begins = f"{path}{_ATTACHED}".casefold()
    own = [each for each in streams.paths if each.casefold().startswith(begins) and "/" not in each[len(begins) :]]
    if len(own) > _MOST_ATTACHED:
        raise ReadError(f"{streams.name} has more than {_MOST_ATTACHED:,} attachments.", _REMEDY)
    yield from (f"{each}/" for each in sorted(own))


def _add_attachment(streams: _Streams, path: str, found: Message, depth: int, *, is_signed: bool) -> None:
    """Add a message that is attached, a picture that the text shows, or the name of something else."""
    storage = _Storage(streams, path, 8)
    inner = f"{path}__substg1.0_{_DATA}{_OBJECT}/"
    name = in_brief(storage.line(*_NAMES))
    kind = storage.line(_MEDIA_TYPE).lower() or (mimetypes.guess_type(name)[0] or "")
    place = storage.line(_CONTENT_ID).strip("<> ")
    if is_signed:
        _add_signed(storage.bytes_of(_DATA), found, streams.name)
    elif streams.bytes_at(f"{inner}{_PROPERTIES}"):
        found.bodies.append(_message(streams, inner, _HEAD_OF_MESSAGE, depth + 1))
    elif kind.startswith("image/") and place and _shows(found, place):
        found.pictures[place] = (kind, storage.bytes_of(_DATA))
    else:
        found.attached.append(name or kind or "a file without a name")


def _shows(found: Message, place: str) -> bool:
    from audio_edition.read.mail.message import Body

    return any(isinstance(body, Body) and f"cid:{place}" in body.text for body in found.bodies)


def _add_signed(data: bytes, found: Message, name: str) -> None:
    """Add what a signed message holds: it is attached as MIME."""
    from audio_edition.read.mail import message

    signed = message.message_of(data, name)
    found.bodies += signed.bodies
    found.others += signed.others
    found.attached += signed.attached
    found.pictures |= signed.pictures
