"""In: the tree of a page, and what it tells of its article. Out: the article alone, as a tree of its own.

That is the element with its running text, and what stands between the headline and that: a standfirst, a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from lxml import etree

from audio_edition.read.html.credits import byline_in, is_credit, published_in
from audio_edition.read.html.facts import Facts
from audio_edition.read.html.furniture import has_part, is_furniture
from audio_edition.read.html.place import articles_in, place_of, together
from audio_edition.read.html.prose import Prose, short_text
from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import BLOCKS, HEADINGS, heading_level, is_shown, language_of, name_of, roles_of
from audio_edition.read.markup.inline import words_of
from audio_edition.read.tree import take_out

_LEADS_NAMES = """
    bajada catenaccio chapo deck dek description entradilla excerpt intro lead lede standfirst subheadline subtitle
    summary vorspann
"""
_LEADS = frozenset(_LEADS_NAMES.split())
_NOTED_NAMES = """
    clarification correction corrections endnotes erratum footnote footnotes
"""
_NOTED = frozenset(_NOTED_NAMES.split())
_PULLED_NAMES = """
    blockquotepull callout pull pulled pullquote
"""
_PULLED = frozenset(_PULLED_NAMES.split())
_MOST_QUOTES = 50
_COMMENTS = frozenset({"comments", "disqus"})
_PICTURES = frozenset({"figcaption", "figure", "img", "picture"})
_MUCH_OF_PAGE = 0.4
_LEAST_LIKENESS = 8
_MOST_BEFORE = 2_000
_NEAR = 3
"""Elements around one that can say what it is."""

_NOTES = frozenset({"doc-endnotes", "doc-footnote", "doc-errata"})
_LISTS_NAMES = """
    aside div ol section ul
"""
_LISTS = frozenset(_LISTS_NAMES.split())
_LINES_NAMES = """
    a div h2 h3 h4 h5 h6 li p span
"""
_LINES = frozenset(_LINES_NAMES.split())
_ALL_LINKS = 0.8
_HEADLINE_LENGTH = 25
_LONGEST_LABEL = 60
_LONGEST_WAY_ON = 1_500
_MORE = re.compile(
    r"""(?:read\ (?:more|also|next|on)|also\ read|more\ on\ this|related|see\ also|watch|listen|lire\ (?:aussi|plus)
    |à\ lire|voir\ aussi|lesen\ sie\ (?:auch|mehr)|mehr\ zum\ thema|auch\ interessant|siehe\ auch
    |lea\ (?:también|más)|leer\ más
    |lee\ también|leia\ (?:também|mais)|leggi\ anche|lees\ ook|läs\ (?:också|mer)|les\ også|læs\ også|lue\ myös
    |czytaj\ (?:też|także)|читайте\ также|اقرأ\ أيضا)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELS = frozenset(
    each.strip()
    for each in """
    ad, ads, advertisement, advertising, sponsored, sponsored content, promoted content, article continues below
    advertisement, article continues after advertisement, story continues below advertisement, story continues below,
    anzeige, werbung, publicité, publicidad, publicidade, pubblicità, reclame, annons, advertentie, реклама, إعلان,
    share, share this, share this article, share this story, skip advertisement, continue reading, back to top
    """.replace("\n    ", " ").split(",")
)


@dataclass(frozen=True, slots=True)
class Found:
    """The article on a page. It has `running` letters of running text; the page has `of_page`, and `written` letters in
    all. `is_one` is false where the page has several articles, and none is the main one. What was `left_out` stood amid
    it, and seemed to be none of it; what was `repeated` says larger what a paragraph says."""

    root: etree._Element
    title: str
    byline: str
    published: str
    running: int
    of_page: int
    written: int
    is_one: bool
    left_out: tuple[str, ...]
    repeated: tuple[str, ...]


def article_in(page: etree._Element, facts: Facts) -> Found:
    """The article that the page is about. The page is taken apart."""
    body = page if (found := page.find("body")) is None else found
    every = Prose(body)
    furniture = _furniture(body, every)
    prose = Prose(body, furniture)
    place, scope = place_of(body, facts, prose)
    before = _before(body, _first_paragraph(place, prose), furniture)
    heading = _headline(before, facts.title)
    several = len(articles_in(body, prose)) > 1 and not facts.is_live
    left_out = [
        *_taken_out(place, furniture, every),
        *_taken_out(place, _ways_on(place, heading, prose), every),
    ]
    repeated = tuple(_repeated(place))
    byline = byline_in(before, facts.authors)
    published = facts.published or published_in(before) or published_in(place.iter("time"))
    leads, notes = ([], []) if heading is None else _leads_and_notes(place, heading, before, prose)
    left_out += _trimmed(
        place, heading, [each for each in before if place in each.iterancestors()], prose, facts.is_live
    )
    root = _alone(place, leads, notes)
    if scope is not body:
        left_out += [words_of(each, "").text for each in dict.fromkeys(prose.paragraphs) if _is_left(each, scope, root)]
    return Found(
        root,
        title=facts.title if heading is None else words_of(heading, "").text,
        byline=byline,
        published=published,
        running=prose.running(place),
        of_page=prose.running(body),
        written=every.written(body),
        is_one=not several,
        left_out=tuple(left_out),
        repeated=repeated,
    )


def _furniture(body: etree._Element, prose: Prose) -> set[etree._Element]:
    """The outermost elements that are none of the article. What has much of the page's text is no furniture, whatever
    it is called: a form or a "with-sidebar" may go around all. But comments may be longer than the article."""
    headed = {around for heading in [*body.iter("h1")][:20] for around in heading.iterancestors()}
    found = set()
    waiting = [body]
    while waiting:
        for each in waiting.pop():
            if not is_shown(each):
                continue
            is_much = prose.running(each) >= _MUCH_OF_PAGE * prose.running(body) > 0 and not has_part(each, _COMMENTS)
            if is_furniture(each) and not is_much and each not in headed:
                found.add(each)
            else:
                waiting.append(each)
    return found


def _first_paragraph(place: etree._Element, prose: Prose) -> etree._Element:
    """The first one that is neither a standfirst nor a picture's caption."""
    for each in prose.paragraphs:
        around = [each, *each.iterancestors()]
        if place in around:
            inside = around[: around.index(place)]
            if not any(name_of(one) in _PICTURES or has_part(one, _LEADS) for one in inside):
                return each
    return place


def _before(body: etree._Element, end: etree._Element, furniture: Set[etree._Element]) -> list[etree._Element]:
    """What is shown in front of an element and is no furniture, the nearest of it, in order."""
    found = []
    around = set(end.iterancestors())
    waiting = [body]
    while waiting and (element := waiting.pop()) is not end:
        if is_shown(element) and element not in furniture:
            waiting += reversed(element)
            if element not in around:
                found.append(element)
    return found[-_MOST_BEFORE:]


def _headline(before: Sequence[etree._Element], title: str) -> etree._Element | None:
    """The heading that says the title, else the last of the first level; where there is none, any line that says it."""
    headings = [each for each in before if _level(each) in (1, 2, 3) and speakable(short_text(each))]
    same = [each for each in headings if _alike(short_text(each), title)]
    first = [each for each in headings if _level(each) == 1]
    if not headings:
        same = [each for each in before if name_of(each) in _LINES and _alike(short_text(each), title)]
    return min(same, key=lambda each: len(short_text(each)), default=first[-1] if first else None)


def _level(element: etree._Element) -> int:
    return heading_level(element) or int("headline" in element.get("itemprop", "").split())


def _alike(one: str, two: str) -> bool:
    """Whether one of the texts is the other, or begins with it, by letters and digits."""
    shorter, longer = sorted(map(_letters, (one, two)), key=len)
    return longer == shorter or (len(shorter) >= _LEAST_LIKENESS and longer.startswith(shorter))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _taken_out(place: etree._Element, unwanted: Set[etree._Element], prose: Prose) -> Iterator[str]:
    """Takes elements out of the place, and gives the words of those that may have been of the article all the same."""
    for each in [each for each in place.iter(etree.Element) if each in unwanted]:
        if prose.running(each):
            yield words_of(each, "").text
        take_out(each)


def _repeated(place: etree._Element) -> Iterator[str]:
    """Takes out pull quotes whose words stand in the article too, and gives them."""
    quotes = [each for each in place.iter(etree.Element) if has_part(each, _PULLED) and short_text(each)]
    if not quotes:
        return
    written = _letters(words_of(place, "").text)
    for each in quotes[:_MOST_QUOTES]:
        text = short_text(each)
        if place in each.iterancestors() and written.count(_letters(text)) > 1:
            yield text
            take_out(each)


def _is_left(paragraph: etree._Element, scope: etree._Element, root: etree._Element) -> bool:
    """Whether a paragraph is still where the page has its article, and not in the article that was made of it."""
    around = [*paragraph.iterancestors()]
    return scope in around and root not in around


def _ways_on(place: etree._Element, heading: etree._Element | None, prose: Prose) -> set[etree._Element]:
    """What leads to other articles, in a place."""
    kept = {place} if heading is None else {place, heading, *heading.iterancestors()}
    return {each for each in place.iter(etree.Element) if each not in kept and _leads_on(each, prose)}


def _leads_on(element: etree._Element, prose: Prose) -> bool:
    """Whether the element leads to other articles, or only says that an advertisement follows."""
    name, written, linked = name_of(element), prose.written(element), prose.linked(element)
    if not 0 < written <= _LONGEST_WAY_ON:
        return False
    if name in _LISTS and linked >= _ALL_LINKS * written:
        return linked >= _HEADLINE_LENGTH * max(2, sum(1 for _ in element.iter("a")))
    if name in _LINES and linked and _MORE.match(short_text(element)):
        return True
    return name in _LINES and written <= _LONGEST_LABEL and short_text(element).casefold().strip(" .:-–—") in _LABELS


def _leads_and_notes(
    place: etree._Element, heading: etree._Element, before: list[etree._Element], prose: Prose
) -> tuple[list[etree._Element], list[etree._Element]]:
    """What leads from the headline into a place, and the notes behind it."""
    whole = together([heading, place])
    between = [each for each in before[before.index(heading) + 1 :] if place not in each.iterancestors()]
    leads = [each for each in between if whole in each.iterancestors() and _leads_in(each, prose)]
    notes = [each for each in _behind(whole, place) if has_part(each, _NOTED) or roles_of(each) & _NOTES]
    return leads, notes


def _trimmed(
    place: etree._Element, heading: etree._Element | None, opening: list[etree._Element], prose: Prose, is_live: bool
) -> Iterator[str]:
    """Takes out of an article's opening what stands over its headline, the headline, and by whom and when; and gives
    the words of what may have been more. The times in a live blog stay: each entry has its own."""
    over = opening[: opening.index(heading)] if heading in opening else []
    for each in opening:
        if each is heading:
            continue
        if (each in over and not _is_around_or_picture(each, heading)) or (is_credit(each) and not is_live):
            if prose.running(each) and place in each.iterancestors():
                yield words_of(each, "").text
            take_out(each)
        elif _level(each) and has_part(each, _LEADS):
            each.tag = "p"  # a standfirst heads nothing
    if heading is not None:
        take_out(heading)


def _alone(place: etree._Element, leads: list[etree._Element], notes: list[etree._Element]) -> etree._Element:
    """The article in an element of its own, in the language of its place."""
    language = next(filter(None, map(language_of, [place, *place.iterancestors()])), "")
    root = etree.Element("article", lang=language)
    for part in [*leads, place, *notes]:
        part.tail = None
        root.append(part)
    return root


def _leads_in(element: etree._Element, prose: Prose) -> bool:
    """Whether the element, of those between headline and article, is read: a picture, a standfirst, a paragraph."""
    around = [*element.iterancestors()]
    if any(map(is_credit, [element, *around[:_NEAR]])) or any(name_of(each) in _PICTURES for each in around):
        return False
    if name_of(element) in ("figure", "img"):
        return True
    if any(name_of(each) in BLOCKS or name_of(each) in HEADINGS for each in element.iterdescendants()):
        return False
    is_block = name_of(element) in BLOCKS or name_of(element) in HEADINGS
    said = prose.written(element) and any(has_part(each, _LEADS) for each in [element, *around[:_NEAR]])
    return is_block and bool(said or prose.running(element))


def _is_around_or_picture(element: etree._Element, heading: etree._Element | None) -> bool:
    if heading is not None and element in heading.iterancestors():
        return True
    return any(name_of(each) in _PICTURES for each in [*element.iter(), *element.iterancestors()])


def _behind(whole: etree._Element, place: etree._Element) -> Iterator[etree._Element]:
    """The largest elements behind a place in what is around it."""
    around = place
    while around is not whole and around.getparent() is not None:
        yield from around.itersiblings()
        around = around.getparent()
