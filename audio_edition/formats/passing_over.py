"""What a listener can pass over on an edition's page: what to skip if asked to, and what can be left at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from audio_edition.model import (
    PRODUCER_NOTE,
    Aside,
    Block,
    Code,
    DefinitionList,
    Figure,
    List,
    Note,
    PageBreak,
    Passage,
    Picture,
    Recording,
    Table,
    every,
    leaves,
)

Stretch = tuple[int, int]
"""The first cue, and the one behind the last, counted through the edition."""

_SKIPPED: Mapping[str, type] = {"notes": Note, "descriptions": Picture, "tables": Table, "pages": PageBreak}
_LEFT = (List, DefinitionList, Table, Figure, Aside, Note, Code)


def skipped(recording: Recording) -> dict[str, list[Stretch]]:
    """Return the stretches that can be skipped, by what they are; of pictures, their words."""
    blocks = list(_blocks(recording))
    kinds = {name: _stretches(blocks, (kind,), recording) for name, kind in _SKIPPED.items()}
    producers = [block for block in blocks if isinstance(block, Aside) and block.kind == PRODUCER_NOTE]
    kinds["producer_notes"] = _stretches(producers, (Aside,), recording)
    return {name: stretches for name, stretches in kinds.items() if stretches}


def left(recording: Recording) -> list[Stretch]:
    """Return the stretches that can be left, each before those inside it."""
    return _stretches(_blocks(recording), _LEFT, recording)


def _blocks(recording: Recording) -> Iterator[Block[Passage]]:
    return (block for chapter in recording.script.chapters for block in every(chapter.blocks))


def _stretches(blocks: Iterable[Block[Passage]], kinds: tuple[type, ...], recording: Recording) -> list[Stretch]:
    cues = (cue.utterance.id for chapter in recording.chapters for cue in chapter.cues)
    order = {name: place for place, name in enumerate(cues)}
    found = []
    for block in blocks:
        if isinstance(block, kinds):
            said = [order[each.id] for leaf in leaves([block]) for each in leaf.utterances if each.id in order]
            found += [(said[0], said[-1] + 1)] if said else []
    return found
