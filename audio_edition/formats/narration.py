"""The narration of a chapter as books have it: its sentences one after the other, in a tree of what can be skipped or
left."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from audio_edition.formats.clips import Clip
from audio_edition.formats.markup import Structure


@dataclass(frozen=True, slots=True)
class Group:
    """What is said of a structure: sentences, and structures inside it."""

    structure: Structure
    parts: list[Clip | Group] = field(default_factory=list)


def narration(clips: Sequence[Clip], structures: Sequence[Structure]) -> list[Clip | Group]:
    """Return the clips of a chapter in the tree of its structures, which stand in the order in which they begin."""
    heard = {clip.id for clip in clips}
    coming = deque(each for each in structures if each.first in heard and each.last in heard)
    top: list[Clip | Group] = []
    inside: list[Group] = []
    for clip in clips:
        while coming and coming[0].first == clip.id:
            group = Group(coming.popleft())
            (inside[-1].parts if inside else top).append(group)
            inside.append(group)
        (inside[-1].parts if inside else top).append(clip)
        while inside and inside[-1].structure.last == clip.id:
            inside.pop()
    return top
