"""Which documents are divided unasked: magazines and newsletters; no minutes, reports, recipes or books."""

from __future__ import annotations

import pytest

from audio_edition.read import read
from audio_edition.read.credits import names_writer

TEXT = "It was a fine day by the river, and a good many people came to see what had been done since the spring."
MAGAZINES = {
    "headings below the title": """# St Anne's News

## The roof is mended

By Ann Hill

{}

## Bell ringers wanted

By Tom Lee

{}

## Flower rota

{}
""",
    "headings below sections": """# The Mill

Welcome to the spring number.

## Church

### The roof is mended

by Ann Hill

{}

## Village

### A walk to the mill

Words: Joan Reed

{}

### 10 years of bells

by Tom Lee

{}
""",
    "openings of many kinds": """# Rowing Club News

## I remember the flood

Words and pictures by Ann Hill

{}

## Civic pride

Written by Tom Lee

{}

## Book review: The Quay

BY JOAN REED

{}
""",
    "signatures": """# Garden Club Newsletter

## Part-time helpers wanted

{}

Ann Hill

## Tomatoes

{}

Tom Lee, Treasurer

## 50 years of roses

{}

– Joan Reed

## Dates

{}
""",
    "German": """# Gemeindebrief

## Das Dach ist dicht

Text: Anna Müller

{}

## Glocken

von Karl Meier

{}

## Ausflug zur Mühle

Text und Fotos: Eva Koch

{}
""",
}
WHOLE = {
    "minutes": """# Minutes of the annual meeting

## Treasurer's report

By Tom Lee

{}

## Chair's report

By Ann Hill

{}
""",
    "numbered minutes": """# Parish council, 3 May

## 1. Apologies

By Tom Lee

{}

## 2. Matters arising

By Ann Hill

{}
""",
    "a report": """# Water in the valley

## Introduction

By Ann Hill

{}

## Rain and river

By Tom Lee

{}
""",
    "a report with bare numbers": """# Water in the valley

## 1 Rain and river

By Ann Hill

{}

## 2 Wells and springs

By Tom Lee

{}
""",
    "a recipe": """# Lemon cake

By Ann Hill

{}

## Ingredients

By weight

{}

## Method

{}
""",
    "a book": """# The Quay

## Chapter One

By Ann Hill

{}

## Chapter Two

By Tom Lee

{}
""",
    "an article of one writer on books of several": """# Books for the summer

By Eve Cox

{}

## The Quay

by Ann Hill

{}

## The Tide

by Tom Lee

{}
""",
    "a sermon": """# Seed and soil

## The reading

Text: Matthew 13

{}

## The seed

Text: Luke 8

{}
""",
    "two signatures": """# Two letters

## The bells

{}

Ann Hill

## The roof

{}

Tom Lee
""",
}


def _titles(document: str) -> list[str]:
    issue = read(document.replace("{}", f"{TEXT}\n\n{TEXT}").encode(), name="a.md", language="en")
    assert not [finding for finding in issue.findings if finding.id == "text-unaccounted"]
    return [article.title for article in issue.articles]


@pytest.mark.parametrize("kind", MAGAZINES)
def test_a_magazine_is_divided_at_the_level_of_its_articles(kind: str) -> None:
    document = MAGAZINES[kind]
    sections = {"Church", "Village"}
    heads = [line.lstrip("# ") for line in document.splitlines() if line.startswith("##")]
    opening = [document.splitlines()[0].lstrip("# ")] if "Welcome" in document else []
    assert _titles(document) == [*opening, *(head for head in heads if head not in sections)]


@pytest.mark.parametrize("kind", WHOLE)
def test_one_work_stays_whole(kind: str) -> None:
    assert len(_titles(WHOLE[kind])) == 1


@pytest.mark.parametrize(
    "line",
    [
        "by Ann Hill", "Words: Ann Hill", "Text: Anna Müller", "Text und Fotos: Anna Müller", "Text/Fotos: Eva Koch",
        "Words & pictures by Jo Hill", "von Karl Meier", "Texte : Anne Martin", "Testo di Anna Rossi",
        "Story by Ann Hill", "Written by: Ann Hill and Tom Lee", "Author: Ann Hill", "By Jane Doe",
    ],
)  # fmt: skip
def test_a_paragraph_that_only_names_its_writer(line: str) -> None:
    assert names_writer(line)


@pytest.mark.parametrize(
    "line",
    [
        "Text: Luke 15, verses 1 to 7", "Words: see page 4", "by the river", "By Monday", "Text: The bells rang.",
        "Words fail me", "by Ann Hill, who was there when it happened", "Report: Losses at the mill", "von hier",
    ],
)  # fmt: skip
def test_a_paragraph_that_begins_alike_names_no_writer(line: str) -> None:
    assert not names_writer(line)
