"""How the stage writes its tables of words: as text that a person can read and add to."""

from __future__ import annotations


def words(*lines: str) -> frozenset[str]:
    """The words of some lines, parted by white space."""
    return frozenset(" ".join(lines).split())
