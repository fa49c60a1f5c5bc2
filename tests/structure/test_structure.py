"""What a screen reader finds in a document it finds in every text of its edition: the same lists with the same counts
and levels, the same tables with the same headers, the same links, headings, pictures and notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audio_edition.edition.build import Edition
from support.structures import CASES, source
from support.trees import Facts, differences, facts_of, page_tree

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.tool("chromium", "apt-get install chromium")

Facts_of_case = Callable[[str], Facts]


@pytest.fixture(scope="module")
def source_facts(chromium: Browser) -> Facts_of_case:
    """The facts of the article of a case as it was written."""
    known: dict[str, Facts] = {}

    def facts(case: str) -> Facts:
        if case not in known:
            known[case] = facts_of([page_tree(chromium, source(case), "article")])
        return known[case]

    return facts


@pytest.mark.parametrize("page", ["index.html", "transcript.html"])
@pytest.mark.parametrize("case", CASES)
def test_a_page_has_the_structure_of_its_source(
    build: Callable[[str], Edition], source_facts: Facts_of_case, chromium: Browser, case: str, page: str
) -> None:
    """Of the accessibility tree, in order."""
    ours = facts_of([page_tree(chromium, build(case).folder / page, "main")])
    assert differences(source_facts(case), ours) == []


@pytest.mark.parametrize("case", CASES)
def test_a_book_has_the_structure_of_its_source(
    chapters: Callable[[str], list[Path]], source_facts: Facts_of_case, chromium: Browser, case: str
) -> None:
    """All documents of the EPUB together; links lead from one to the other."""
    ours = facts_of([page_tree(chromium, chapter, "section") for chapter in chapters(case)])
    assert differences(source_facts(case), ours, levels=False) == []


def test_the_cases_hold_what_they_are_to_show(source_facts: Facts_of_case) -> None:
    """A comparison of nothing with nothing must not pass for success."""
    held = {
        "tables": "tables",
        "cells": "tables lists definitions figures quotes links",
        "lists": "lists definitions",
        "figures": "figures images descriptions",
        "notes": "notes",
        "links": "links",
        "everything": "headings lists definitions tables links images figures quotes programs notes changes lines "
        "formulas readings languages breaks",
    }
    for case, kinds in held.items():
        facts = source_facts(case)
        assert [kind for kind in kinds.split() if not facts[kind]] == []


@pytest.mark.parametrize(
    ("case", "pattern", "replacement", "kind"),
    [
        ("tables", r"<td[^>]*>212</td>", "", "tables"),
        ("tables", r'scope="row">North quay', 'scope="col">North quay', "tables"),
        ("tables", r' headers="[^"]*"', "", "tables"),
        ("tables", r' colspan="2"', "", "tables"),
        ("tables", r"<caption[^>]*>.*?</caption>", "", "tables"),
        ("tables", r"<h2([^>]*)>(<span[^>]*>Who opens.*?)</h2>", r"<h3\1>\2</h3>", "headings"),
        ("cells", r"<li[^>]*><span[^>]*>The Gull</span></li>", "", "lists"),
        ("cells", r"<p[^>]*><span[^>]*>Nobody lives there.</span></p>", "", "tables"),
        ("cells", r"<figcaption[^>]*>.*?</figcaption>", "", "figures"),
        ("lists", r"<li[^>]*><span[^>]*>water\.</span></li>", "", "lists"),
        ("lists", r"<ul>\s*(<li[^>]*><span[^>]*>apples.*?)</ul>", r"\1", "lists"),
        ("lists", r' start="4"', "", "lists"),
        ("lists", r' value="7"', "", "lists"),
        ("lists", r' type="I"', "", "lists"),
        ("lists", r"<dt([^>]*)>(.*?)</dt>", r"<dd\1>\2</dd>", "definitions"),
        ("figures", r' alt="[^"]*"', ' alt=""', "images"),
        ("figures", r"<figure>(.*?)</figure>", r"<div>\1</div>", "figures"),
        ("figures", r' aria-details="[^"]*"', "", "descriptions"),
        ("notes", r'(class="noteref"[^>]*) href="[^"]*"', r"\1", "notes"),
        ("notes", r"They are kept", "They were kept", "notes"),
        ("notes", r'(class="backlink"[^>]*) href="[^"]*"', r"\1", "notes"),
        ("links", r"courier\.example/a\b", "courier.example/elsewhere", "links"),
        ("links", r'<a href="mailto:[^>]*>(.*?)</a>', r"\1", "links"),
        ("links", r'(<a href="#)[^"]*(">further down)', r"\1c01\2", "links"),
        ("everything", r"<blockquote>(.*?)</blockquote>", r"<div>\1</div>", "quotes"),
        ("everything", r"<del>(.*?)</del>", r"\1", "changes"),
        ("everything", r' lang="fr" dir="ltr"', "", "languages"),
        ("everything", r"<rt>.*?</rt>", "", "readings"),
        ("everything", r' alttext="w over v"', ' alttext="w"', "formulas"),
        ("everything", r"<hr/>", "", "breaks"),
        ("everything", r"1 Quay Street</span> <br/>", "1 Quay Street</span> ", "lines"),
        ("everything", r"    sail", "sail", "programs"),
    ],
)  # fmt: skip
def test_a_structure_that_is_lost_would_be_noticed(
    build: Callable[[str], Edition], source_facts: Facts_of_case, chromium: Browser, tmp_path: Path,
    case: str, pattern: str, replacement: str, kind: str,
) -> None:  # fmt: skip
    """The broken twins: one thing changed in the transcript is a difference of its kind."""
    whole = (build(case).folder / "transcript.html").read_text("utf-8")
    broken = re.sub(pattern, replacement, whole, count=1, flags=re.DOTALL)
    assert broken != whole
    path = tmp_path / "transcript.html"
    path.write_text(broken, "utf-8")
    found = differences(source_facts(case), facts_of([page_tree(chromium, path, "main")]))
    assert kind in {difference.partition(":")[0] for difference in found}
