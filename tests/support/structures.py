"""Documents with structure, and the books that are made of them."""

from __future__ import annotations

from pathlib import Path

from audio_edition.edition.build import Edition
from support.places import ARTICLES

CASES = ("tables", "cells", "lists", "figures", "notes", "links", "everything")


def source(case: str) -> Path:
    return ARTICLES / f"html-{case}" / "article.html"


def book_of(edition: Edition) -> Path:
    (book,) = edition.folder.glob("*.epub")
    return book
