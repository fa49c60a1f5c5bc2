"""Step 1 of the desk: issues, and articles in: by file, by hand, in order, in sections, out and back, edited."""

from __future__ import annotations

import contextlib
import errno
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audio_edition import atomic, read
from audio_edition.cli import main
from audio_edition.desk.folder import safe_name
from support.desk import Visitor
from support.papers import NAME, STORIES
from support.places import ROOT

AT = f"/issues/{NAME}"
FERRY, RAIN, MATCH = "articles/ferry.txt", "articles/rain.txt", "articles/match.txt"
TITLES = [story.partition("\n")[0] for story in STORIES.values()]


def _listed(issue: Path) -> Any:
    return tomllib.loads((issue / "edition.toml").read_text())


def test_the_first_page_lists_the_issues(maker: Visitor) -> None:
    """Each with its date and how many articles it has."""
    answer = maker.get("/")
    assert "The Courier" in answer.text
    assert "30 November 2026 · 3 articles" in answer.text


def test_a_new_issue_takes_over_the_sections(maker: Visitor, folder: Path) -> None:
    """And the language, but no article; it is a folder named by its date, and another of that date has one of its
    own."""
    for name in ("2026-12-07", "2026-12-07-2"):
        answer = maker.send(maker.get("/"), "/issues", title="The Courier", date="2026-12-07", like=NAME)
        assert answer.path.startswith(f"/issues/{name}")
        listed = _listed(folder / name)
        assert [section["title"] for section in listed["section"]] == ["Sport"]
        assert (listed["articles"], listed["section"][0]["articles"]) == ([], [])
        assert listed["language"] == "en"


def test_each_article_shows_what_was_understood(maker: Visitor) -> None:
    """Title, length, and on its page the findings in their own words."""
    answer = maker.get(AT)
    assert answer.titles() == TITLES
    page = maker.get(f"{AT}/article?name={FERRY}")
    assert page.page.cssselect("h1")[0].text_content() == TITLES[0]
    findings = read(Path(ROOT) / "seeds" / "summit.txt").articles[0].findings
    added = maker.upload(answer, {"summit.txt": (ROOT / "seeds" / "summit.txt").read_bytes()})
    assert added.told == "1 article added."
    page = maker.get(f"{AT}/article?name=articles/summit.txt")
    assert findings
    assert all(finding.message in page.text for finding in findings)


def test_several_files_come_in_at_once(maker: Visitor, issue: Path) -> None:
    """Into the section that was chosen, as they are, to the byte; one that can't be read is named with its remedy."""
    files = {"Fête d’été.txt": b"Party\n\n\nWe danced.\n", "scan.pdf": b"%PDF-1.7 nothing", "empty.txt": b""}
    answer = maker.upload(maker.get(AT), files, section="Sport")
    assert answer.told == "3 articles added."
    assert _listed(issue)["section"][0]["articles"][1:] == [
        "articles/fete-dete.txt", "articles/scan.pdf", "articles/empty.txt"
    ]  # fmt: skip
    assert (issue / "articles/fete-dete.txt").read_bytes() == files["Fête d’été.txt"]
    assert "scan.pdf" in answer.text
    assert "empty.txt is empty. Check that the article was saved into it." in answer.text


def test_two_files_of_one_name_are_both_kept(maker: Visitor, issue: Path) -> None:
    """The second has a number behind its name."""
    maker.upload(maker.get(AT), {"a.txt": b"One\n\n\nOne is first.\n"})
    maker.upload(maker.get(AT), {"a.txt": b"Two\n\n\nTwo is second.\n"})
    assert [path.name for path in sorted((issue / "articles").glob("a*"))] == ["a-2.txt", "a.txt"]


def test_a_text_is_pasted(maker: Visitor) -> None:
    """Its headline is what was written as one."""
    answer = maker.send(maker.get(AT), "/paste", headline="Band plays on", text="It played.\n\nNobody slept.")
    assert answer.titles()[2] == "Band plays on"
    assert maker.send(answer, "/paste", headline=" ", text="x").status == 400


def test_an_address_in_this_machine_is_not_fetched(maker: Visitor, issue: Path) -> None:
    """Nor one of a private network: the desk is no way into it."""
    answer = maker.send(maker.get(AT), "/address", address="http://127.0.0.1:1/secret")
    assert answer.status == 400
    assert "private network" in answer.text
    assert len(_listed(issue)["articles"]) == 2


def test_buttons_put_articles_in_order(maker: Visitor, issue: Path) -> None:
    """Over the edges of sections too; the page says where an article is now, beside it."""
    answer = maker.send(maker.get(AT), "/order", "down", name=FERRY)
    assert answer.titles() == [TITLES[1], TITLES[0], TITLES[2]]
    told = answer.page.cssselect(".articles li")[1].cssselect("#did")
    assert told[0].text_content().strip() == "Moved: now number 2 of 3."
    answer = maker.send(answer, "/order", "down", name=FERRY)
    assert _listed(issue)["section"][0]["articles"] == [FERRY, MATCH]
    answer = maker.send(answer, "/order", "section", name=RAIN, section="Sport")
    assert _listed(issue)["articles"] == []
    assert _listed(issue)["section"][0]["articles"] == [FERRY, MATCH, RAIN]
    assert (issue / "edition.toml").read_text().startswith("# Ours since 1848\n")


def test_a_removed_article_comes_back_where_it_was(maker: Visitor, issue: Path) -> None:
    """At once, or later from the list of what was removed; its document is never deleted."""
    answer = maker.send(maker.get(AT), "/order", "remove", name=FERRY)
    assert answer.told == f"Removed: {TITLES[0]}"
    assert (issue / FERRY).is_file()
    assert maker.send(answer, "/restore", name=FERRY, place="0").titles() == TITLES
    answer = maker.send(maker.get(AT), "/order", "remove", name=MATCH)
    answer = maker.send(maker.get(AT), "/restore", name=MATCH)
    assert answer.titles() == TITLES


def test_sections_are_made_named_moved_and_dissolved(maker: Visitor, issue: Path) -> None:
    """A dissolved one leaves its articles in the one before."""
    maker.send(maker.get(AT), "/new-section", section="Culture")
    maker.send(maker.get(AT), "/section", "up", section="Culture")
    assert [section["title"] for section in _listed(issue)["section"]] == ["Culture", "Sport"]
    maker.send(maker.get(AT), "/section", "rename", section="Sport", new="Games")
    maker.send(maker.get(AT), "/section", "dissolve", section="Games")
    assert _listed(issue)["section"] == [{"title": "Culture", "articles": [MATCH]}]
    assert maker.send(maker.get(AT), "/new-section", section="Culture").status == 400


def test_a_text_is_edited_and_its_document_kept(maker: Visitor, issue: Path) -> None:
    """The edited text takes the document's place in the list, and gives it back."""
    before = (issue / FERRY).read_bytes()
    page = maker.get(f"{AT}/article?name={FERRY}")
    answer = maker.send(page, "/edit", headline="The last ferry", text="It left.\n\n## Who saw it\n\nNobody.")
    assert answer.titles()[0] == "The last ferry"
    assert (issue / FERRY).read_bytes() == before
    edited = f"{FERRY}.edited.md"
    assert _listed(issue)["articles"][0] == edited
    article = read(issue / edited).articles[0]
    assert [block.text.text for block in article.blocks] == ["It left.", "Who saw it", "Nobody."]  # type: ignore[union-attr]
    answer = maker.send(maker.get(f"{AT}/article?name={edited}"), "/original")
    assert answer.titles() == TITLES


def test_a_second_window_never_overwrites_a_newer_text(maker: Visitor, issue: Path) -> None:
    """It is shown both texts, and only then may go over the other."""
    first, second = (maker.get(f"{AT}/article?name={FERRY}") for _ in range(2))
    maker.send(first, "/edit", text="Written first.")
    answer = maker.send(second, "/edit", text="Written second.")
    assert answer.status == 409
    assert "Written first." in answer.text
    assert "Written second." in answer.text
    edited = issue / f"{FERRY}.edited.md"
    assert "Written first." in edited.read_text()
    assert maker.send(answer, "/edit").status == 200
    assert "Written second." in edited.read_text()


def test_a_second_window_never_overwrites_a_newer_order(maker: Visitor, issue: Path) -> None:
    """The same for the list, also when another program changed it."""
    page = maker.get(AT)
    text = (issue / "edition.toml").read_text().replace("The Courier", "The Herald")
    (issue / "edition.toml").write_text(text)
    answer = maker.send(page, "/facts", title="The Courant")
    assert answer.status == 409
    assert "The Herald" in answer.text
    assert (issue / "edition.toml").read_text() == text
    maker.send(answer, "/facts")
    assert _listed(issue)["title"] == "The Courant"


def test_what_the_desk_wrote_the_command_line_makes_too(maker: Visitor, issue: Path, tmp_path: Path) -> None:
    """Edited text, lexicon and settings included: the folder is all there is."""
    maker.send(maker.get(f"{AT}/article?name={FERRY}"), "/edit", text="It left Halvøy.")
    (issue / "lexicon.txt").write_text("Halvøy = hal voy\n")
    done = CliRunner().invoke(main, ["script", str(issue / "edition.toml"), "--format", "text"])
    assert done.exit_code == 0, done.output
    assert "It left hal voy." in done.output


def test_a_list_that_is_not_toml_is_told_with_its_place(maker: Visitor, issue: Path) -> None:
    """The page says so; nothing is written over it."""
    (issue / "edition.toml").write_text("title = \n")
    answer = maker.get(AT)
    assert answer.status == 400
    assert "this is not TOML" in answer.text
    assert "line 1" in answer.text
    assert "2026-11-30" in maker.get("/").text


def test_a_full_disk_loses_nothing(maker: Visitor, issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be written is told, with what to do; what was there is as it was."""

    @contextlib.contextmanager
    def full(path: Path) -> Iterator[Any]:
        if path:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        yield

    before = {path: path.read_bytes() for path in issue.rglob("*") if path.is_file()}
    page, article = maker.get(AT), maker.get(f"{AT}/article?name={FERRY}")
    monkeypatch.setattr(atomic, "handed_out_file", full)
    for answer in (
        maker.send(page, "/order", "down", name=FERRY),
        maker.send(article, "/edit", text="New."),
        maker.upload(page, {"a.txt": b"A\n\n\nBody of it.\n"}),
    ):
        assert answer.status in (400, 500)
        assert "No space left on device" in answer.text
        assert "Make room on the disk" in answer.text
    assert {path: path.read_bytes() for path in issue.rglob("*") if path.is_file()} == before


def test_an_issue_without_articles_leads_to_where_they_come_in(maker: Visitor) -> None:
    """From every later step."""
    at = maker.send(maker.get("/"), "/issues", title="New", date="2026-12-07").path.partition("?")[0]
    for step in ("said", "make"):
        assert maker.get(f"{at}/{step}").path.startswith(f"{at}?did=")


def test_a_list_among_the_documents_is_no_list(maker: Visitor) -> None:
    """An uploaded .toml fetches nothing, and brings no other file in."""
    hostile = b'title = "X"\n\narticles = ["../lexicon.txt", "http://127.0.0.1:1/"]\n'
    answer = maker.upload(maker.get(AT), {"list.toml": hostile})
    assert answer.status == 200
    page = maker.get(f"{AT}/article?name=articles/list.toml").page
    assert "127.0.0.1:1" in page.cssselect("textarea")[0].text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Ærø nyt.DOCX", "aero-nyt.docx"),
        ("CON.txt", "con-edition.txt"),
        (".hidden", "hidden"),
        ("a.tar.gz", "a-tar.gz"),
        ("..", "edition-"),
        ("story.edited.md", "story-edited.md"),
        ("x" * 300 + ".txt", "x" * 60 + ".txt"),
        ("a\0b\n.html", "a-b.html"),
    ],
)
def test_names_of_files_are_made_safe(name: str, safe: str) -> None:
    """For every system, without a way out of the folder."""
    assert safe_name(name).startswith(safe)
    assert "/" not in safe_name(name)
