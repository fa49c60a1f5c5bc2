"""How the stage writes its tables of words: as text that a person can read and add to."""

from __future__ import annotations


def words(*lines: str) -> frozenset[str]:
    """Return the words of some lines, parted by white space."""
    return frozenset(" ".join(lines).split())


def row(*lines: str) -> tuple[str, ...]:
    """Return the words of some lines where each one's place counts, such as the months."""
    return tuple(" ".join(lines).split())
