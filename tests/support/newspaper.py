"""A newspaper as editors make one: 12 articles in 3 sections, two languages, with all that articles hold."""

from __future__ import annotations

from audio_edition.config import Settings
from audio_edition.model import (
    Article,
    Block,
    Code,
    Credit,
    Figure,
    Heading,
    Issue,
    Item,
    List,
    Note,
    Paragraph,
    Picture,
    Quote,
    Row,
    Script,
    Span,
    Table,
    Text,
)
from audio_edition.script import Announcements, write_issue_script
from support.cells import cell_of

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
    lead = (Paragraph(Text(text)), *(_rich() if number == 1 else ()))
    under_heading = (Heading(Text(heading)), Paragraph(Text(text)))
    byline = (Credit("By Ada Finch", "byline"),) if language == "en" else ()
    # The last has no subheading, the third has the title of the second.
    return Article(
        f"{title}, day {min(number, 2) if number < 4 else number}",
        (*lead, *under_heading) if number < 12 else lead,
        byline,
        language=language,
        category=section,
    )


def _rich() -> tuple[Block[Text], ...]:
    items = (Item((Paragraph(Text(text)),)) for text in ("a lifebelt", "a whistle"))
    cook = "The cook says bon appétit, mes amis, every noon."
    gull = Picture(Text("A gull on a post"))
    rows = (
        Row((cell_of(Text("Month"), "column"), cell_of(Text("Ferries"), "column")), "head"),
        *(
            Row((cell_of(Text(month), headers=((0, 0),)), cell_of(Text(ferries), headers=((0, 1),))))
            for month, ferries in (("May", "31"), ("June", "none"))
        ),
    )
    waiting = Text("We wait. We always wait.", (Span(8, 8, "note", "n1"),))
    return (
        List(tuple(items)),
        Paragraph(Text(cook, (Span(14, 35, "language", "fr"),))),
        Figure((gull,), (Paragraph(Text("The gull has been there since May.")),)),
        Table(rows),
        Quote((Paragraph(waiting),)),
        Note("n1", "1", (Paragraph(Text("The ferry was built in 1961.")),)),
        Code((Text("wait = ever"),)),
    )
