"""Check the digital source type, by which programs recognise a synthetic voice: IPTC's term, also in XMP (ISO 16684-1),
and schema.org's."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from mutagen.id3 import ID3

from audio_edition.check.manifest import Manifest
from audio_edition.check.reading import elements, one_spaced, within, xml_in
from audio_edition.model import Finding

_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SCHEMA = "https://schema.org/"
_NAMESPACE = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_PROPERTY = f"{{{_NAMESPACE}}}DigitalSourceType"
_XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_LARGEST_PACKET_BYTES = 1_000_000
_MOST_BOXES = 1_000


def iptc_type(manifest: Manifest) -> str:
    """Return IPTC's term for the digital source type of the sound, by edition.json."""
    return f"{_IPTC}{_kind(manifest)}"


def schema_type(manifest: Manifest) -> str:
    """Return schema.org's term for it."""
    kind = _kind(manifest)
    return f"{_SCHEMA}{kind[0].upper()}{kind[1:]}DigitalSource"


def _kind(manifest: Manifest) -> str:
    if not manifest.persons:
        return "trainedAlgorithmicMedia" if manifest.learned else "algorithmicMedia"
    if not manifest.has_synthetic_voice:
        return "digitalCapture"
    return "compositeSynthetic" if manifest.learned else "composite"


def source_type_findings(place: str, said: Sequence[str], wanted: str) -> Iterator[Finding]:
    """Yield a finding unless a package gives one digital source type, the one wanted."""
    types = [one_spaced(text) for text in said]
    if types != [wanted]:
        found = ", ".join(text[:100] or "nothing" for text in types) or "nothing"
        message = f"Its digital source type is {found}; by edition.json it should be {wanted}."
        yield Finding("source-type-differs", "error", message, place, "Build the edition again.")


def in_packet(packet: bytes, place: str) -> list[str]:
    """Return the digital source types in an XMP packet, from elements or attributes. Raises UnreadableError."""
    if len(packet) > _LARGEST_PACKET_BYTES:
        return []
    root = xml_in(packet, place)
    types = [within(element) for element in elements(root, "DigitalSourceType") if element.tag == _PROPERTY]
    return types + [str(element.get(_PROPERTY)) for element in root.iter() if element.get(_PROPERTY)]


def in_id3(tags: ID3) -> list[str]:
    """Return the digital source types in the XMP of an MP3. Raises UnreadableError."""
    packets = [bytes(frame.data) for frame in tags.getall("PRIV") if frame.owner == "XMP"]
    return [source_type for packet in packets for source_type in in_packet(packet, "its XMP")]


def in_mp4(path: Path) -> list[str]:
    """Return the digital source types in the XMP of an MP4 file. Raises UnreadableError."""
    return [source_type for packet in _packets(path) for source_type in in_packet(packet, "its XMP")]


def _packets(path: Path) -> Iterator[bytes]:
    """Yield the content of each XMP box outside the others (ISO/IEC 14496-12, 4.2, 11.1)."""
    end = path.stat().st_size
    with path.open("rb") as file:
        for _ in range(_MOST_BOXES):
            start, head = file.tell(), file.read(8)
            if len(head) < 8:
                return
            size, kind = struct.unpack(">I4s", head)
            if size == 1:
                (size,) = struct.unpack(">Q", file.read(8))
            size = size or end - start
            if kind == b"uuid" and file.read(16) == _XMP_BOX:
                yield file.read(min(max(start + size - file.tell(), 0), _LARGEST_PACKET_BYTES + 1))
            file.seek(start + max(size, 8), os.SEEK_SET)
