"""Present the findings on editions, as lines to read or as values for JSON."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from typing import Any

from audio_edition.check import Checked
from audio_edition.model import Finding


def as_text(checked: Sequence[Checked]) -> str:
    """Return a line for each edition, followed by its findings: level and id, place, problem, remedy."""
    lines: list[str] = []
    for edition in checked:
        lines.append(f"{edition.folder}: {_summary(edition.findings)}")
        lines += [f"  {_line(finding)}" for finding in edition.findings]
    return "\n".join(lines)


def as_list(checked: Sequence[Checked]) -> list[dict[str, Any]]:
    """Return an entry for each edition."""
    return [
        {
            "folder": str(edition.folder),
            "title": edition.title,
            "sound": edition.is_sound,
            "findings": [dataclasses.asdict(finding) for finding in edition.findings],
        }
        for edition in checked
    ]


def _summary(findings: Sequence[Finding]) -> str:
    if not findings:
        return "nothing is wrong."
    counts = Counter(finding.level for finding in findings)
    said = [
        f"{counts[level]} {level}{'s' * (counts[level] > 1)}" for level in ("error", "warning", "note") if counts[level]
    ]
    return f"{', '.join(said)}."


def _line(finding: Finding) -> str:
    place = f" {finding.place}:" if finding.place else ""
    return f"{finding.level.capitalize()} {finding.id}:{place} {finding.message} {finding.remedy}".rstrip()
