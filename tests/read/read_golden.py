"""An issue as a text for people: what a case's golden file holds."""

from __future__ import annotations

from collections.abc import Iterator

from audio_edition.model import Article, Finding, Issue, Paragraph


def as_text(issue: Issue) -> str:
    """All values that are not empty, a line each; paragraphs by their kind."""
    lines = [*_facts(issue, "title", "published", "language", "source"), *_findings(issue.findings)]
    for article in issue.articles:
        lines += ["", "=== article", *_article(article)]
    return "\n".join(lines).strip("\n") + "\n"


def _article(article: Article) -> Iterator[str]:
    yield from _facts(article, "title", "published", "language", "source", "category")
    for credit in article.credits:
        yield from _paragraph(credit)
    for section in article.sections:
        if section.heading is not None:
            language = f" [{section.language}]" if section.language else ""
            yield from ("", f"{'#' * section.level}{language} {section.heading}")
        elif section.paragraphs:
            yield ""
        for paragraph in section.paragraphs:
            yield from _paragraph(paragraph)
    yield from _findings(article.findings)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    language = f" [{paragraph.language}]" if paragraph.language else ""
    yield f"{paragraph.kind}{language}: {paragraph.text}"
    for phrase in paragraph.phrases:
        yield f"    in {phrase.language}: {paragraph.text[phrase.start : phrase.end]}"
    for cell in paragraph.cells:
        yield f"    cell at {cell.start}: {cell.header}".rstrip(" :")


def _findings(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        yield from ("", f"{finding.level} {finding.id}: {finding.message} {finding.remedy}".rstrip())
        if finding.place:
            yield f"    place: {finding.place}"
        if finding.text:
            yield f"    text: {finding.text!r}"


def _facts(value: object, *names: str) -> Iterator[str]:
    for name in names:
        if fact := getattr(value, name):
            yield f"{name}: {fact}"
