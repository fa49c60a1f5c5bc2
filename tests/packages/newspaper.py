"""A newspaper as editors make one: 12 articles in 3 sections, two languages, with all that articles hold."""

from __future__ import annotations

from audio_edition.config import Settings
from audio_edition.model import Article, Cell, Issue, Paragraph, Phrase, Script, Section
from audio_edition.script import Announcements, write_issue_script

SECTIONS = {"Town": ("en", "en", "en", "en", "en"), "Province": ("en", "fr", "en"), "Sport": ("en", "en", "fr", "en")}
_TEXTS = {
    "en": ("The ferry is late again", "Nobody minds. The ferry comes when it comes.", "What the captain says"),
    "fr": (
        "Le bac est encore en retard",
        "Personne ne s’en plaint. Le bac arrive quand il arrive.",
        "Le capitaine parle",
    ),
}


def newspaper(settings: Settings) -> Script:
    """The newspaper's script."""
    languages = [(section, language) for section, some in SECTIONS.items() for language in some]
    articles = [_article(number, section, language) for number, (section, language) in enumerate(languages, start=1)]
    issue = Issue(tuple(articles), "The Courier, 22 November", settings.date, "en", settings.publisher)
    return write_issue_script(issue, Announcements(), settings.pauses)


def _article(number: int, section: str, language: str) -> Article:
    title, text, heading = _TEXTS[language]
    body = (Paragraph(text), *(_rich() if number == 1 else ()))
    sections = (Section(None, body), Section(heading, (Paragraph(text),)))
    byline = (Paragraph("By Ada Finch", "byline"),) if language == "en" else ()
    # The last has no subheading, the third has the title of the second.
    return Article(
        f"{title}, day {min(number, 2) if number < 4 else number}",
        sections if number < 12 else sections[:1],
        byline,
        language=language,
        category=section,
    )


def _rich() -> tuple[Paragraph, ...]:
    return (
        Paragraph("a lifebelt", "list item"),
        Paragraph("a whistle", "list item"),
        Paragraph("The cook says bon appétit, mes amis, every noon.", phrases=(Phrase(14, 35, "fr"),)),
        Paragraph("A gull on a post", "picture"),
        Paragraph("The gull has been there since May.", "caption"),
        Paragraph("Month; Ferries", "table header", cells=(Cell(0), Cell(7))),
        Paragraph("May; 31", "table row", cells=(Cell(0, "Month"), Cell(5, "Ferries"))),
        Paragraph("June; none", "table row", cells=(Cell(0, "Month"), Cell(6, "Ferries"))),
        Paragraph("We wait. We always wait.", "quote"),
        Paragraph("The ferry was built in 1961.", "note"),
        Paragraph("wait = ever", "code"),
    )
