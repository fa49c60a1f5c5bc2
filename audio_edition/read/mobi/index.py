"""The indexes of a KF8 book, which say of which files its text was made (https://wiki.mobileread.com/wiki/KF8)."""

from __future__ import annotations

from typing import NamedTuple

from audio_edition.read.mobi.database import Database, Head, number

_MOST_ENTRIES = 50_000
_COUNT, _PLACE = 1, 6


class _Tag(NamedTuple):
    tag: int
    values: int
    mask: int
    is_last: bool


def fragment_starts(database: Database, head: Head) -> list[int]:
    """Return where each fragment of the text begins, in bytes: behind the frame of its file, in order."""
    frames = _entries(database, head, head.skeletons)
    fragments = _entries(database, head, head.fragments)
    starts: list[int] = []
    for frame in frames:
        count, place = frame.get(_COUNT, [0])[0], frame.get(_PLACE, [0, 0])
        if len(place) < 2:
            break
        at = place[0] + place[1]
        for fragment in fragments[len(starts) : len(starts) + count]:
            starts.append(at)
            at += [*fragment.get(_PLACE, []), 0, 0][1]
    return starts


def _entries(database: Database, head: Head, index: int) -> list[dict[int, list[int]]]:
    """Return the values of an index's entries by their tags; none if the book has no such index."""
    main = database.record(head.base + index) if index >= 0 else b""
    if main[:4] != b"INDX":
        return []
    at = number(main, 4, 4)
    length, controls = number(main, at + 4, 4), number(main, at + 8, 4)
    if main[at : at + 4] != b"TAGX" or not 0 < controls < 16:
        return []
    ends = range(at + 12, min(at + length, len(main) - 3), 4)
    tags = [_Tag(main[each], main[each + 1], main[each + 2], bool(main[each + 3])) for each in ends]
    found: list[dict[int, list[int]]] = []
    for part in range(1, number(main, 24, 4) + 1):
        record = database.record(head.base + index + part)
        if not record:
            break
        places, count = number(record, 20, 4), number(record, 24, 4)
        starts = [number(record, places + 4 + 2 * entry, 2) for entry in range(min(count, _MOST_ENTRIES - len(found)))]
        for start in starts:
            begin = start + 1 + (record[start] if start < len(record) else 0)
            found.append(_values(record, begin, tags, controls))
    return found


def _values(record: bytes, at: int, tags: list[_Tag], controls: int) -> dict[int, list[int]]:
    """Return the values of an entry: bits of its control bytes say how many each tag has."""
    control, place = at, at + controls
    counts: list[tuple[_Tag, int, int]] = []
    for tag in tags:
        if tag.is_last:
            control += 1
            continue
        bits = (record[control] if control < len(record) else 0) & tag.mask
        if not bits:
            continue
        if bits == tag.mask and tag.mask.bit_count() > 1:
            size, place = _varying(record, place)
            counts.append((tag, -1, size))
        else:
            counts.append((tag, bits >> ((tag.mask & -tag.mask).bit_length() - 1), -1))
    found: dict[int, list[int]] = {}
    for tag, count, size in counts:
        values: list[int] = []
        end = place + size
        while place < len(record) and (place < end if count < 0 else len(values) < count * tag.values):
            value, place = _varying(record, place)
            values.append(value)
        found[tag.tag] = values
    return found


def _varying(record: bytes, at: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, whose last byte has the eighth set, and where it ends."""
    value = 0
    for place in range(at, min(at + 4, len(record))):
        value = value << 7 | record[place] & 0x7F
        if record[place] & 0x80:
            return value, place + 1
    return value, at + 4
