"""Makes an article from the facts about a PDF: its tree of elements, its metadata, and findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from audio_edition.errors import ReadError, in_brief, install_line
from audio_edition.model import Creator, Finding, Issue, Metadata
from audio_edition.pdf.confined import Opened, cut_out, opened
from audio_edition.pdf.facts import Page, Statements
from audio_edition.read.about import About, article_of
from audio_edition.read.document import Document, Reading
from audio_edition.read.markup import read_body
from audio_edition.read.markup.pictures import Pictures
from audio_edition.read.pdf.figures import part_at
from audio_edition.read.pdf.folded import unfolded
from audio_edition.read.pdf.furniture import Furniture
from audio_edition.read.pdf.judged import Judged
from audio_edition.read.pdf.left_out import LeftOut
from audio_edition.read.pdf.seen import seen_text
from audio_edition.read.pdf.tagged import Contents, Tagged, has_text_tags, named_in, take_contents
from audio_edition.read.pdf.untagged import Survey, Untagged, survey_of
from audio_edition.read.pdf.writing import Pieces, clean

Label = Callable[[int], str]
_NO_TITLE = re.compile(
    r"(?:microsoft \w+ - .*|(?:untitled|unbenannt|sans titre|sin título|senza titolo|document|dokument)[\W_]*\d*"
    r"|.*\.(?:docx?|docm|dotx?|odt|rtf|txt|pages|indd|pdf|tex|dvi|html?|qxp|pptx?|xlsx?))",
    re.IGNORECASE,
)
_NO_AUTHOR = frozenset({"", "admin", "administrator", "user", "unknown", "author", "anonymous", "root", "owner", "pc"})
_MOST_NAMED = 10
_MESSAGES = {
    "page-heads": "Left out: running heads and feet of the pages, and their numbers, which are kept as marks.",
    "contents-left-out": "Left out: the table of contents, or an index.",
    "list-marks": "Left out: the bullets and numbers of lists, which are said as a list's.",
    "separator": "Left out: lines of marks.",
    "drawn-text": "Left out: words inside drawings that are described.",
    "hidden-left-out": "Left out: text that the document hides.",
    "replaced-text": "Left out: what is drawn where the document gives other words for it, which are read.",
    "turned-text": "Left out: text that is turned, as credits beside pictures are.",
}


def reading_of(document: Document) -> Reading:
    """Return the article in a PDF, and all text that a person can see in it. Raises ReadError."""
    found = opened(document.data, document.name)
    _refuse_empty(found, document.name)
    text = text_of(found, keep_all=document.keep_all)
    about = about_of(found.statements)
    about = replace(about, title=text.title or about.title)
    body = read_body(text.root, about.language, _pictures(document.data, text.root))
    findings = (*_findings(found, text.left_out), *body.findings)
    article = article_of(about, body.blocks, findings, document.name, body.images)
    if text.is_below_title:
        article = replace(article, lowered=1)
    return Reading(Issue((article,)), (*text.seen, *(field.value for field in found.statements.fields)))


def _pictures(data: bytes, root: etree._Element) -> Pictures:
    """Return a function that returns the bytes of the pictures in a tree: parts of pages, drawn together."""
    sources = [source for image in root.iter("img") if (source := image.get("src"))]
    parts = {source: part for source in sources if (part := part_at(source))}
    drawn = cut_out(data, list(dict.fromkeys(parts.values())))
    return lambda source: drawn.get(parts[source]) if source in parts else None


@dataclass(frozen=True, slots=True)
class FoundText:
    """The tree of a document's text, its title if a tag says it, and what each part of its pages was taken for. `seen`
    is the text of each page as a person sees it; `is_below_title` tells that the level of headings counts from below
    the title, `is_tagged` that tags told it all."""

    root: etree._Element
    label: Label
    left_out: LeftOut
    judged: Judged
    seen: Sequence[str]
    title: str = ""
    is_below_title: bool = True
    is_tagged: bool = False


def text_of(found: Opened, *, keep_all: bool = False) -> FoundText:
    """Return the text of a document: by its tags, else by how its pages look. With `keep_all`, also running heads,
    contents and what is turned."""
    statements = found.statements
    language = statements.about.get("language", "")
    seen: list[str] = []
    survey = survey_of(_noting(seen, found.pages()), statements.labels, language, keep_all=keep_all)
    label = labels_of(statements, survey.furniture)
    left_out, judged = LeftOut(), Judged()
    if tagged := _tagged(found, survey, label, left_out, judged):
        root, title = tagged
        return FoundText(root, label, left_out, judged, seen, title, bool(title), is_tagged=True)
    judged = Judged()
    root = _untagged(_expanded(found.pages(), left_out), statements, survey, label, left_out, judged)
    return FoundText(root, label, left_out, judged, seen)


def _noting(seen: list[str], pages: Iterable[Page]) -> Iterator[Page]:
    """Yield pages, and note what a person sees on each."""
    for page in pages:
        seen.append(seen_text(page))
        yield page


def _expanded(pages: Iterable[Page], left_out: LeftOut) -> Iterator[Page]:
    """Yield pages with what their abbreviations stand for in the place of these."""
    for page in pages:
        short = [span for span in page.spans if span.expansion]
        for span in short:
            left_out.add("replaced-text", span.text)
        spans = (span._replace(text=span.expansion) if span.expansion else span for span in page.spans)
        yield replace(page, spans=tuple(spans)) if short else page


def _untagged(
    pages: Iterable[Page], statements: Statements, survey: Survey, label: Label, left_out: LeftOut, judged: Judged
) -> etree._Element:
    """Return the text of pages, read by how they look."""
    root = etree.Element("body")
    untagged = Untagged(root, survey, statements.outline, label, left_out, judged)
    for page in unfolded(list(pages)) if statements.pages == 2 else pages:
        untagged.page(page)
        untagged.add(_fields_of(page.number, statements))
    untagged.end()
    return root


def _tagged(
    found: Opened, survey: Survey, label: Label, left_out: LeftOut, judged: Judged
) -> tuple[etree._Element, str] | None:
    """Return the text as the document's tags have it, each page's rest behind it, and its title if a tag says it; None
    if they can't be trusted."""
    nodes = found.statements.nodes
    if not has_text_tags(nodes):
        return None
    named, contents, rest = named_in(nodes), Contents(), list[Page]()
    pieces = Pieces(survey.hyphens, label)
    for page in _expanded(found.pages(), left_out):
        pieces.link(page)
        take_contents(page, named, pieces, survey.furniture, contents, left_out, judged, keep_all=survey.keep_all)
        if spans := contents.rest.pop(page.number, None):
            rest.append(replace(page, spans=tuple(spans)))
    if not contents.is_covered:
        return None
    root = etree.Element("body")
    tagged = Tagged(root, nodes, contents, pieces, label, left_out, keep_all=survey.keep_all)
    last = tagged.write()
    tagged.judge(judged)
    for number in sorted({field.page for field in found.statements.fields}, reverse=True):
        for each in reversed(list(_fields_of(number, found.statements))):
            _put_behind(_last_before(number, last, root), each)
    for page in rest:
        statements, behind = replace(found.statements, fields=()), _last_before(page.number, last, root)
        _add_rest(page, statements, survey, behind, left_out, judged)
    return root, tagged.title


def _last_before(page: int, last: Mapping[int, etree._Element], root: etree._Element) -> etree._Element:
    """Return the last block in the root that a page, or one before it, has; the root itself if none has."""
    known = [number for number in last if number <= page]
    block = last[max(known)] if known else root
    while (above := block.getparent()) is not None and above is not root:
        block = above
    return block


def _add_rest(
    page: Page, statements: Statements, survey: Survey, behind: etree._Element, left_out: LeftOut, judged: Judged
) -> None:
    """Add what a page has besides its tags' text behind a block."""
    read = _untagged([page], replace(statements, outline=()), survey, lambda _: "", left_out, judged)
    texts = [" ".join(map(str, each.itertext())) for each in read]
    left_out.added += [text for text in texts if text.strip()]
    for each in reversed(read):
        _put_behind(behind, each)


def _put_behind(block: etree._Element, element: etree._Element) -> None:
    if block.getparent() is None:
        block.insert(0, element)
    else:
        block.addnext(element)


def _fields_of(page: int, statements: Statements) -> Iterator[etree._Element]:
    """Yield the filled-in fields of a page as paragraphs, from top to bottom."""
    fields = (field for field in statements.fields if field.page == page)
    for field in sorted(fields, key=lambda each: (-each.top, each.left)):
        element = etree.Element("p")
        said = f"{field.name}: {field.value}" if field.name else field.value
        etree.SubElement(element, "span").text = clean(" ".join(said.split()))
        yield element


def labels_of(statements: Statements, furniture: Furniture) -> Label:
    """Return a function that returns the label of a page: as the document has it, as it is printed, or its count. It is
    empty where a document has one page only."""
    steps = Counter(int(number) - page for page, number in furniture.numbers.items() if number.isdecimal())
    step = next((step for step, count in steps.most_common(1) if 2 * count > len(furniture.numbers)), 1)

    def label(page: int) -> str:
        if statements.pages < 2:
            return ""
        if page < len(statements.labels):
            return statements.labels[page] or str(page + 1)
        return furniture.numbers.get(page) or str(max(1, page + step))

    return label


def about_of(statements: Statements) -> About:
    """Return what a document says of itself."""
    said = statements.about
    title, names = said.get("title", ""), statements.authors
    return About(
        title="" if _NO_TITLE.fullmatch(title) else title,
        published=said.get("published", ""),
        language=said.get("language", ""),
        source=said.get("publisher", ""),
        metadata=Metadata(
            creators=tuple(Creator(name) for name in names if name.casefold() not in _NO_AUTHOR),
            description=said.get("description", ""),
            subjects=tuple(filter(None, re.split(r"\s*[,;\n]\s*", said.get("keywords", "")))),
            rights=said.get("rights", ""),
            identifiers=tuple(filter(None, (said.get("identifier", ""),))),
        ),
    )


def _refuse_empty(found: Opened, name: str) -> None:
    """Raise ReadError for a document without any words."""
    if found.lost and not found.told:
        raise ReadError(
            f"{name}: none of its pages can be read.", "Open it in another program, and print it to a new PDF."
        )
    if any(page.spans for page in found.pages()) or found.statements.fields:
        return
    is_tried = any(page.sure is not None for page in found.pictures())
    raise ReadError(
        f"{name} is a PDF without text: it holds pictures of pages, as a scanner makes them"
        f"{', in which no words were found' if is_tried else ''}.",
        "Have its text recognised (OCR) and read it through; then give it as .docx or plain text."
        if is_tried
        else f"To have their words recognised, install Tesseract: {install_line('ocr')}",
    )


def _of_pictures(found: Opened) -> Iterator[Finding]:
    """Yield findings for pages that are pictures: recognised, or not."""
    pages = list(found.pictures())
    read = [page for page in pages if page.sure is not None]
    if read:
        sure = sum(page.sure or 0 for page in read) / len(read)
        doubtful = [word for page in read for word in page.doubtful]
        named = ", ".join(f"“{in_brief(word)}”" for word in doubtful[:_MOST_NAMED])
        yield Finding(
            "recognised-text",
            "warning",
            f"Words were recognised in pictures of {len(read)} page{'s' if len(read) > 1 else ''}, with a certainty of "
            f"{sure:.0f} %{f'; doubtful are {named}' if named else ''}.",
            remedy="Read the script through before you build.",
        )
    if others := [str(page.number + 1) for page in pages if page.sure is None]:
        yield Finding(
            "picture-of-page",
            "warning",
            f"Pages that are pictures, and are not read: {', '.join(others)}.",
            remedy=f"To have their words recognised, install Tesseract: {install_line('ocr')}",
        )


def _findings(found: Opened, left_out: LeftOut) -> Iterator[Finding]:
    for id, message in _MESSAGES.items():  # noqa: A001
        if texts := left_out.texts.get(id):
            yield Finding(id, "note", message, text=" ".join(texts))
    if left_out.added:
        yield Finding(
            "untagged-text",
            "note",
            f"Text that no tag of the document names is read behind its page: “{in_brief(left_out.added[0])}”"
            f"{' and others' if len(left_out.added) > 1 else ''}.",
            remedy="Look whether it is read at the right place.",
        )
    if found.lost:
        numbers = ", ".join(str(number + 1) for number in found.lost)
        yield Finding(
            "page-lost",
            "warning",
            f"Pages that could not be read: {numbers}.",
            remedy="Open the document in another program, print it to a new PDF, and give that file.",
        )
    yield from _of_pictures(found)
    if not found.statements.may_be_copied:
        yield Finding(
            "copying-forbidden",
            "note",
            "The document's maker forbids copying its text; it was read all the same, for those who can't see it.",
            remedy="Ask its maker before others hear the edition.",
        )
    if "structure" in found.statements.troubles:
        yield Finding(
            "tags-unreadable",
            "warning",
            "The document's tags and metadata could not be read; it was read by how its pages look.",
            remedy="Export it again from the program that made it.",
        )
