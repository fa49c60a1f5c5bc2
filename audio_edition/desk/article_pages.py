"""Step 1: issues, and the articles of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from audio_edition.atomic import blocks_of
from audio_edition.desk import editing, recordings
from audio_edition.desk.articles import Understood, ending_for, file_name, of_issue, understood
from audio_edition.desk.contents import Contents
from audio_edition.desk.feeds import known_feeds
from audio_edition.desk.folder import ConflictError, IssueFolder, digest, original, today
from audio_edition.desk.making import editions
from audio_edition.desk.visit import Told, Visit
from audio_edition.errors import AudioEditionError, DeskError, ReadError
from audio_edition.sources.addresses import fetch
from audio_edition.translations import Words
from audio_edition.translations.locales import date_in_words, language_in_words


@dataclass(frozen=True, slots=True)
class _Section:
    """A section as the page lists it; `start` is the number of its first article."""

    title: str
    start: int
    is_last: bool
    articles: tuple[Understood, ...]


# --- issues


def issues(visit: Visit) -> Response:
    """Return the page of all issues."""
    shown = [_issue(issue, visit.words) for issue in visit.desk.paper.issues()]
    last_title = shown[0]["title"] if shown else visit.desk.paper.folder.name
    one = visit.desk.paper.is_one_issue
    return visit.page("issues", issues=shown, last_title=last_title, today=today(), one_issue=one)


def _issue(issue: IssueFolder, words: Words) -> dict[str, str]:
    at = f"/issues/{issue.name}"
    try:
        contents = issue.contents()
    except AudioEditionError as error:
        return {"name": issue.name, "at": at, "title": issue.name, "facts": error.message}
    facts = [date_in_words(contents.date, words.language)] if contents.date else []
    facts.append(words.counted("articles", len(contents.articles)))
    if editions(issue):
        facts.append(words["made"])
    return {"name": issue.name, "at": at, "title": contents.title or issue.name, "facts": " · ".join(facts)}


def new_issue(visit: Visit) -> Response:
    """Make an issue, and lead to it."""
    issue = visit.desk.paper.new_issue(visit.sent("title"), visit.sent("date"), visit.sent("like"))
    return visit.go(f"/issues/{issue.name}", Told(visit.words["did_issue"]))


# --- the articles of an issue


def articles(visit: Visit) -> Response:
    """Return the page of an issue's articles."""
    text = visit.issue.list_text()
    contents = visit.issue.contents()
    known = {each.name: each for each in of_issue(visit.issue, visit.desk.paper.settings())}
    sections = list(_sections(contents, known))
    more: dict[str, Any] = {"contents": contents, "seen": digest(text), "count": len(contents.articles)}
    more["feeds"] = known_feeds(visit.desk.paper)
    places = {*contents.articles, *(f"section {section.title}" for section in contents.sections)}
    more["did"] = visit.did and visit.did.among(places)
    return visit.issue_page("articles", sections=sections, set_aside=visit.issue.set_aside(), **more)


def _sections(contents: Contents, known: dict[str, Understood]) -> Iterator[_Section]:
    start = 1
    last = max((number for number, each in enumerate(contents.sections) if each.articles), default=0)
    for number, section in enumerate(contents.sections):
        yield _Section(section.title, start, number >= last, tuple(known[name] for name in section.articles))
        start += len(section.articles)


def upload(visit: Visit) -> Response:
    """Add the files that were chosen."""
    uploads = visit.uploads("files")
    if not uploads:
        raise DeskError("No file was chosen.", "Choose one or more, then add them.")
    names = []
    for each in uploads:
        names.append(visit.issue.put(each.filename or "document", blocks_of(each.file)))
        visit.issue.add(_with(names[-1], visit.sent("section")))
    return _added(visit, names)


def paste(visit: Visit) -> Response:
    """Add a text that was pasted."""
    text = editing.from_form(visit.sent("headline"), "", "", visit.sent("text"))
    if not text.headline or not text.body.strip():
        raise DeskError("A headline or the text is missing.", "Write both.")
    # As wire copy has it: the first line is the headline.
    name = visit.issue.put(f"{text.headline}.txt", [f"{text.headline}\n\n\n{text.body.strip()}\n".encode()])
    visit.issue.add(_with(name, visit.sent("section")))
    return _added(visit, [name])


def address(visit: Visit) -> Response:
    """Fetch a web page, and add it."""
    fetched = fetch(visit.sent("address").strip())
    if not fetched.data:
        raise ReadError("There is nothing at this address.", "Save the page in a browser, and add that file.")
    name = visit.issue.put(ending_for(fetched.data, file_name(fetched.url)), [fetched.data])
    visit.issue.add(_with(name, visit.sent("section")))
    return _added(visit, [name])


def _with(name: str, section: str) -> Callable[[Contents], Contents]:
    return lambda contents: contents.with_article(name, section)


def _added(visit: Visit, names: list[str]) -> Response:
    at = names[0] if len(names) == 1 else ""
    return visit.go(visit.at, Told(visit.words.counted("did_add", len(names)), at))


def order(visit: Visit) -> Response:
    """Move an article, or take it out."""
    name, words = visit.sent("name"), visit.words
    if visit.sent("do") == "remove":
        return _remove(visit, name)
    section = visit.sent("section")
    changes: dict[str, Callable[[Contents], Contents]] = {
        "up": lambda contents: contents.moved(name, -1),
        "down": lambda contents: contents.moved(name, 1),
        "section": lambda contents: contents.put_at(name, section),
    }
    if visit.sent("do") not in changes:
        raise DeskError("This form asks for nothing.", "Press one of its buttons.")
    contents = visit.issue.change(visit.sent("seen"), changes[visit.sent("do")])
    number = contents.articles.index(name) + 1
    return visit.go(visit.at, Told(words["did_move"].format(number=number, whole=len(contents.articles)), name))


def _remove(visit: Visit, name: str) -> Response:
    before = visit.issue.contents()
    section, at = before.place_of(name)
    title = understood(visit.issue, name, visit.desk.paper.settings()).title
    visit.issue.change(visit.sent("seen"), lambda contents: contents.without(name))
    undo = {"name": name, "section": section, "place": str(at), "voice": before.voices.get(name, "")}
    undo |= {"recording": before.recordings.get(name, ""), "reader": before.reader_of(name)}
    return visit.go(visit.at, Told(visit.words["did_remove"].format(title=title), undo=undo))


def restore(visit: Visit) -> Response:
    """Put an article back that was taken out."""
    name, place = visit.sent("name"), visit.sent("place")
    just_removed = [told.undo["name"] for told in visit.desk.told.values() if told.undo]
    if name not in (*visit.issue.set_aside(), *just_removed) or not visit.issue.document(name).is_file():
        raise DeskError(f"{name[:60]} is not there any more.", "Add the document again.")
    at = int(place) if place.isascii() and place.isdigit() and len(place) < 6 else None
    recording = visit.sent("recording")
    recording = recording if recording in recordings.set_aside(visit.issue) else ""
    reader, voice = visit.sent("reader"), visit.sent("voice")

    def restored(contents: Contents) -> Contents:
        return contents.with_article(name, visit.sent("section"), at).read_as(name, recording, reader, voice)

    visit.issue.add(restored)
    return visit.go(visit.at, Told(visit.words["did_restore"], name))


def new_section(visit: Visit) -> Response:
    """Make a section without articles."""
    title = " ".join(visit.sent("section").split())
    visit.issue.add(lambda contents: contents.with_section(title))
    return visit.go(visit.at, Told(visit.words["did_section"], f"section {title}"))


def section(visit: Visit) -> Response:
    """Rename, move or dissolve a section."""
    title, new = visit.sent("section"), " ".join(visit.sent("new").split())
    changes: dict[str, Callable[[Contents], Contents]] = {
        "rename": lambda contents: contents.section_renamed(title, new),
        "up": lambda contents: contents.section_moved(title, -1),
        "down": lambda contents: contents.section_moved(title, 1),
        "dissolve": lambda contents: contents.without_section(title),
    }
    do = visit.sent("do")
    if do not in changes:
        raise DeskError("This form asks for nothing.", "Press one of its buttons.")
    visit.issue.change(visit.sent("seen"), changes[do])
    at = "" if do == "dissolve" else f"section {new if do == 'rename' else title}"
    return visit.go(visit.at, Told(visit.words["did_change_section"], at))


def facts(visit: Visit) -> Response:
    """Change what the issue is called, and when and by whom it is published."""
    given = [visit.sent(name) for name in ("title", "publisher", "language", "date")]
    visit.issue.change(visit.sent("seen"), lambda contents: contents.with_facts(*given))
    return visit.go(visit.at, Told(visit.words["did_save"]))


# --- one article


def article(visit: Visit) -> Response:
    """Return the page of one article: what was understood of it, and its text to edit."""
    name = visit.request.query_params.get("name", "")
    visit.issue.contents().place_of(name)
    known = understood(visit.issue, name, visit.desk.paper.settings())
    text = editing.as_edited(known.articles[0]) if known.can_be_edited else None
    spoken = language_in_words(known.language, visit.words.language) if known.language else ""
    edited = editing.name_of_edited(name)
    more: dict[str, Any] = {"article": known, "original": original(name), "language_name": spoken, "text": text}
    seen = {"seen": digest(visit.issue.list_text()), "text_seen": _seen_of_text(visit.issue, edited)}
    return visit.issue_page("article", not_kept=_not_kept(visit, known), **more, **seen)


def _seen_of_text(issue: IssueFolder, edited: str) -> str:
    return digest(issue.edited_text(edited))


def _not_kept(visit: Visit, known: Understood) -> str:
    """Return what an edited text of an article cannot hold, in words; "" for nothing."""
    if not known.can_be_edited or known.is_edited:
        return ""
    from audio_edition.read import read

    try:
        text = editing.as_edited(known.articles[0])
        again = read(text.as_file().encode(), name="text.md", language=text.language).articles[0]
    except ReadError as error:
        return error.message
    lost = editing.not_kept(known.articles[0], again)
    return ", ".join(visit.words.counted(f"kind_{kind.lower()}", number) for kind, number in lost.items())


def edit(visit: Visit) -> Response:
    """Keep an edited text beside the document, and in its place in the list."""
    name = visit.sent("name")
    text = editing.from_form(*(visit.sent(field) for field in ("headline", "byline", "language", "text")))
    if not text.headline:
        raise DeskError("The headline is missing.", "Write one.")
    edited = editing.name_of_edited(name)
    issue = visit.issue
    with issue.lock:
        there, listed = issue.edited_text(edited), issue.contents().articles
        if digest(there) != visit.sent("seen"):
            raise ConflictError(there)
        issue.contents().place_of(edited if edited in listed else name)
        issue.write_text(edited, text.as_file())
        if edited not in listed:
            issue.add(lambda contents: contents.renamed(name, edited))
    return visit.go(visit.at, Told(visit.words["did_edit"], edited))


def back_to_original(visit: Visit) -> Response:
    """Take the document as it came; the edited text stays beside it."""
    name = visit.sent("name")
    first = original(name)
    if not visit.issue.document(first).is_file():
        raise DeskError(f"{first[:60]} is not there any more.", "Edit the text here.")
    visit.issue.change(visit.sent("seen"), lambda contents: contents.renamed(name, first))
    return visit.go(visit.at, Told(visit.words["did_original"], first))
