"""Finds what agencies send for other desks rather than for readers: notes, contacts, slugs, sign-offs.

In: the paragraphs of a text, its headline first. Out: the parts that nobody should hear, each with its kind, to be
quoted in findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from audio_edition.errors import in_brief
from audio_edition.model import (
    Article,
    Block,
    Credit,
    Finding,
    Heading,
    Level,
    PageBreak,
    Paragraph,
    SceneBreak,
    Text,
    leaves,
)
from audio_edition.read import desk_words as words
from audio_edition.read.credits import dateline_of, is_byline
from audio_edition.read.lines import place_of, speakable

Kind = Literal["advice", "contacts", "desk-marks", "embargo", "not-for-publication"]

_MOST_IN_HEAD = 12
"""Paragraphs before the text that may be the desk's."""

_LONGEST_SIGN_OFF = 80
_LONGEST = 1000
"""Characters of a paragraph that may be the desk's."""

_OTHER = "a block of another kind\0"
_AROUND = " \t#*_=•>"


class Cut(NamedTuple):
    """The characters `start` to `end` of the paragraph `at`, which are not for readers."""

    at: int
    start: int
    end: int
    kind: Kind


def is_sign_off(text: str) -> bool:
    """Return whether a line is a desk's sign-off: "(END)", "-30-", initials such as "str/ms/kjm"."""
    return len(text) <= _LONGEST_SIGN_OFF and words.SIGN_OFF.fullmatch(text) is not None


def is_desk_line(text: str) -> bool:
    """Return whether a line is the desk's own wherever it stands in a text."""
    said = _bare(text)
    return is_sign_off(text) or any(
        pattern.fullmatch(said)
        for pattern in (
            words.NOTEBOOK,
            words.SOURCE_LINE,
            words.STAMP,
            words.HEAD_NOTE,
            words.TO_EDITORS,
            words.PRIORITY,
            words.EMBARGO,
            words.SLUG,
            words.KEYWORDS,
        )
    )


def cuts_in(texts: Sequence[str]) -> list[Cut]:
    """Return the parts of a text that are not for readers, in order; its headline is among the first paragraphs.

    At least one paragraph is always kept.
    """
    found: dict[int, Cut] = {}
    body, title = _cut_head(texts, found)
    end = _cut_notebook(texts, max(body, title + 1), found)
    for at in range(title + 1, end):
        if at not in found and (kind := _kind_anywhere(_bare(texts[at]))):
            found[at] = _whole(texts, at, kind)
    _cut_tail(texts, title, end, found)
    if all(at in found or not speakable(text) for at, text in enumerate(texts)):
        return []
    return [found[at] for at in sorted(found)]


def _bare(text: str) -> str:
    return text.strip(_AROUND) if len(text) <= _LONGEST else ""


def _whole(texts: Sequence[str], at: int, kind: Kind) -> Cut:
    return Cut(at, 0, len(texts[at]), kind)


def _cut_head(texts: Sequence[str], found: dict[int, Cut]) -> tuple[int, int]:
    """Cut the desk's copy before the text. Return the index where the text begins, and the headline's."""
    title = -1
    for at, text in enumerate(texts[:_MOST_IN_HEAD]):
        said = _bare(text)
        if kind := _kind_in_head(said, has_title=title >= 0, after_source=_is_source(texts, at - 1)):
            found[at] = _whole(texts, at, kind)
        elif title < 0 and speakable(text):
            title = at
            mark = words.HEADLINE_MARK.match(text)
            if mark and mark.end() and speakable(text[mark.end() :]):
                found[at] = Cut(at, 0, mark.end(), "desk-marks")
        elif speakable(text) and not _is_credit(text):
            return at, max(title, 0)
    return min(len(texts), _MOST_IN_HEAD), max(title, 0)


def _kind_in_head(said: str, *, has_title: bool, after_source: bool) -> Kind | None:
    if not said:
        return None
    if words.UNPUBLISHED.fullmatch(said):
        return "not-for-publication"
    if words.EMBARGO.fullmatch(said):
        return "embargo"
    if words.HEAD_NOTE.fullmatch(said) or words.TO_EDITORS.fullmatch(said):
        return "advice"
    if any(pattern.fullmatch(said) for pattern in (words.PRIORITY, words.SLUG, words.SOURCE_LINE)):
        return "desk-marks"
    if has_title and words.KEYWORDS.fullmatch(said):
        return "desk-marks"
    return "desk-marks" if has_title and after_source and words.STAMP.fullmatch(said) else None


def _is_source(texts: Sequence[str], at: int) -> bool:
    return at >= 0 and words.SOURCE_LINE.fullmatch(_bare(texts[at])) is not None


def _is_credit(text: str) -> bool:
    dateline = dateline_of(text)
    return is_byline(text) or (dateline is not None and not dateline.rest)


def _cut_notebook(texts: Sequence[str], body: int, found: dict[int, Cut]) -> int:
    """Cut everything from the desk's first own paragraph after some text. Return its index, or the end."""
    for at in range(body + 1, len(texts)):
        said = _bare(texts[at])
        if at in found:
            continue
        if words.NOTEBOOK.fullmatch(said) or words.UNPUBLISHED.fullmatch(said) or _ends_release(texts, at):
            found.update((after, _whole(texts, after, "not-for-publication")) for after in range(at, len(texts)))
            return at
    return len(texts)


def _ends_release(texts: Sequence[str], at: int) -> bool:
    """Return whether a press release ends here: "ENDS" or "###", and then whom journalists may call."""
    if words.END_OF_RELEASE.fullmatch(texts[at].strip()) is None:
        return False
    patterns = (words.NOTEBOOK, words.TO_EDITORS, words.CONTACT, words.CONTACT_OF_AGENCY)
    return any(pattern.fullmatch(_bare(text)) for text in texts[at + 1 :] for pattern in patterns)


def _kind_anywhere(said: str) -> Kind | None:
    if words.TO_EDITORS.fullmatch(said):
        return "advice"
    return "desk-marks" if said == "NNNN" or words.REPORTED_BY.fullmatch(said) else None


def _cut_tail(texts: Sequence[str], title: int, end: int, found: dict[int, Cut]) -> None:
    """Cut the desk's copy after the text, and after its last sentence."""
    agency = next((line.agency for text in texts[:_MOST_IN_HEAD] if (line := dateline_of(text))), "")
    is_of_agency = bool(agency) or "NNNN" in " ".join(texts[-3:])
    for at in range(end - 1, title, -1):
        if at in found or not speakable(texts[at]):
            continue
        if kind := _kind_at_end(_as_known(texts[at], agency), is_of_agency=is_of_agency):
            found[at] = _whole(texts, at, kind)
            continue
        if closing := words.CLOSING.search(texts[at], max(0, len(texts[at]) - 80)):
            found[at] = Cut(at, closing.start("mark"), len(texts[at]), "desk-marks")
        return


def _as_known(text: str, agency: str) -> str:
    """Return a text that begins with its own agency as if it were one in the patterns."""
    return words.KNOWN_AGENCY + text.removeprefix(agency) if agency and text.startswith(agency) else text


def _kind_at_end(text: str, *, is_of_agency: bool) -> Kind | None:
    said = _bare(text)
    if is_sign_off(text) or (is_of_agency and words.SIGN_OFF_OF_AGENCY.fullmatch(said)):
        return "desk-marks"
    if any(pattern.fullmatch(said) for pattern in (words.MADE_BY, words.SOURCE_LINE, words.SLUG, words.KEYWORDS)):
        return "desk-marks"
    if words.CONTACT.fullmatch(said) or (is_of_agency and words.CONTACT_OF_AGENCY.fullmatch(said)):
        return "contacts"
    return "embargo" if words.EMBARGO.fullmatch(said) else None


# --- how it is reported

_TELLING: dict[Kind, tuple[Level, str, str]] = {
    "advice": ("warning", "The desk's notes to other desks are not read out: {}", ""),
    "contacts": ("note", "Left out: how to reach those who wrote the article.", ""),
    "desk-marks": ("note", "Left out: what a desk wrote for itself, such as its sign-off: {}", ""),
    "embargo": ("warning", "The article is under embargo: {}", "Hand nothing out before."),
    "not-for-publication": ("note", "Left out: what its sender marks as not for publication.", ""),
}


class LeftOut(NamedTuple):
    """A text that is not for readers, and the number of the line where it begins, if lines have numbers."""

    kind: Kind
    text: str
    line: int = 0


def findings_of(left_out: Iterable[LeftOut]) -> Iterator[Finding]:
    """Yield a finding for each kind of text that was left out."""
    by_kind: dict[Kind, list[LeftOut]] = {}
    for each in left_out:
        by_kind.setdefault(each.kind, []).append(each)
    for kind, found in by_kind.items():
        level, message, remedy = _TELLING[kind]
        texts = [each.text for each in found if each.text]
        lines = sorted({each.line for each in found if each.line})
        quoted = " ".join(f"“{in_brief(text)}”" for text in texts)
        yield Finding(kind, level, message.format(quoted), place_of(lines) if lines else "", remedy, "\n".join(texts))


# --- articles of blocks


def without_desk_copy(article: Article) -> Article:
    """Return an article without the copy that its desk wrote for other desks, and with findings that quote it."""
    blocks = list(article.blocks)
    texts = [article.title, *(_own_text(block) for block in blocks)]
    cuts = {cut.at: cut for cut in cuts_in(texts)}
    credited, of_credits = _without_contacts(article.credits)
    if not cuts and not of_credits:
        return article
    told = [LeftOut(cut.kind, _quoted(article, cut)) for cut in cuts.values()]
    left = (_left(block, cuts.get(at)) for at, block in enumerate(blocks, start=1))
    kept = [block for block in left if block is not None]
    while cuts and kept and isinstance(kept[-1], SceneBreak):
        kept.pop()
    title = article.title[cuts[0].end :] if 0 in cuts else article.title
    findings = (*article.findings, *findings_of([*told, *of_credits]))
    return replace(article, title=title, blocks=tuple(kept), credits=credited, findings=findings)


def _own_text(block: Block[Text]) -> str:
    """Return the text of a paragraph or heading; for other blocks, text that never matches a desk's own."""
    if isinstance(block, Paragraph | Heading):
        return block.text.text
    return "" if isinstance(block, SceneBreak | PageBreak) else _OTHER


def _quoted(article: Article, cut: Cut) -> str:
    if cut.at == 0:
        return article.title[: cut.end].strip()
    block = article.blocks[cut.at - 1]
    if isinstance(block, Paragraph | Heading):
        return block.text.text[cut.start : cut.end]
    return " ".join(leaf.text for leaf in leaves((block,)))


def _left(block: Block[Text], cut: Cut | None) -> Block[Text] | None:
    """Return a block without the part cut at its end; None if all of it is cut."""
    if cut is None:
        return block
    if not cut.start or not isinstance(block, Paragraph | Heading):
        return None
    return replace(block, text=block.text.part(0, len(block.text.text[: cut.start].rstrip())))


def _without_contacts(credited: Sequence[Credit]) -> tuple[tuple[Credit, ...], list[LeftOut]]:
    """Return the credits without people's addresses and phone numbers, and the removed parts."""
    left: list[Credit] = []
    told: list[LeftOut] = []
    for credit in credited:
        found = words.IN_CREDIT.findall(credit.text) if credit.kind == "byline" else []
        if not found:
            left.append(credit)
            continue
        told += [LeftOut("contacts", each.strip(" ,;:|/")) for each in found]
        if speakable(text := words.IN_CREDIT.sub("", credit.text).strip(" ,;")):
            left.append(replace(credit, text=text))
    return tuple(left), told
