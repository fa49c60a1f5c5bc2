"""What publishing does to a site: it adds, replaces and removes, writes no more than it must, and can be cut short."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner, Result

from audio_edition import atomic
from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.errors import AudioEditionError, EditionError, SiteError
from audio_edition.model import Speech
from audio_edition.site import Published, SiteOptions, publish_site
from support.small_editions import BASE, put, small_edition, tree

WISHES = SiteOptions(base_url=BASE, title="Listen")


def _publish(site: Path, *editions: Path, remove: tuple[str, ...] = (), options: SiteOptions = WISHES) -> Published:
    return publish_site(site, editions, remove, options)


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """Editions of three days in two months, the oldest first."""
    told = {
        "2026-10-31": ("Storm over the sound", ["A storm came.", "The harbour was closed."]),
        "2026-11-01": ("Vote in the gymnasium", ["A vote was held."]),
        "2026-11-22": ("Brass band plays on", ["Trombones were heard in the harbour."]),
    }
    return [small_edition(tmp_path / "output", *story, published=day) for day, story in told.items()]


NAMES = ("2026-10-31-storm-over-the-sound", "2026-11-01-vote-in-the-gymnasium", "2026-11-22-brass-band-plays-on")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def _dead_links(site: Path) -> list[str]:
    """Links of pages, feed, catalogues and site map to what is not there."""
    links: list[str] = []
    for page in [*site.glob("*.html"), *site.glob("archive/*.html")]:
        parser = _Links()
        parser.feed(page.read_text("utf-8"))
        links += [urljoin(BASE + page.relative_to(site).as_posix(), link) for link in parser.found]
    for path in [site / "feed.xml", site / "sitemap.xml", site / "opds.json", *site.glob("opds/**/*.json")]:
        words = path.read_text("utf-8").replace("<", '"').replace(">", '"').split('"')
        links += [word for word in words if word.startswith(BASE)]
    return [link for link in links if not link.startswith("mailto:") and not _is_there(site, link)]


def _is_there(site: Path, url: str) -> bool:
    if not url.startswith(BASE):
        return False
    path = url.removeprefix(BASE).partition("#")[0].partition("?")[0]
    return (site / path / "index.html" if not path or path.endswith("/") else site / path).is_file()


def test_a_site_holds_its_editions_as_they_were_built(tmp_path: Path, three: list[Path]) -> None:
    """Every file of every edition is in the site, under its date, the same to the byte but for one link; every link
    leads somewhere."""
    site = tmp_path / "site"
    assert _publish(site, *three).added == NAMES
    for name, edition in zip(NAMES, three, strict=True):
        there, built = tree(site / "editions" / name), tree(edition)
        assert {path for path in built if built[path] != there[path]} == {"transcript.html", "edition.json"}
        assert there.keys() == built.keys()
    assert _dead_links(site) == []


def test_an_edition_leads_back_to_the_site_that_it_stands_on(tmp_path: Path, three: list[Path]) -> None:
    """The page that the site leads to has a link to its home, in its own language, and edition.json tells of it; the
    folder that was built has none, for it stands nowhere."""
    french = small_edition(tmp_path / "output", "Le bac", ["Le bac est parti."], language="fr", published="2026-11-23")
    dutch = small_edition(tmp_path / "output", "De boot", ["De boot is weg."], language="nl", published="2026-11-24")
    site = tmp_path / "site"
    _publish(site, three[0], french, dutch)
    for name, words in (
        (NAMES[0], '<p class="site"><a href="../../index.html">All editions</a></p>'),
        ("2026-11-23-le-bac", '<p class="site"><a href="../../index.html">Toutes les éditions</a></p>'),
        ("2026-11-24-de-boot", '<p class="site" lang="en" dir="ltr"><a href="../../index.html">All editions</a></p>'),
    ):
        page = site / "editions" / name / "transcript.html"
        assert words in page.read_text("utf-8")
        files = json.loads((page.parent / "edition.json").read_bytes())["files"]
        entry = next(file for file in files if file["path"] == "transcript.html")
        assert (entry["size"], entry["sha256"]) == (page.stat().st_size, hashlib.sha256(page.read_bytes()).hexdigest())
    assert "index.html" not in (three[0] / "transcript.html").read_text("utf-8")


def test_a_copy_from_one_site_can_be_published_on_another(tmp_path: Path, three: list[Path]) -> None:
    """It has one way back there, not two."""
    _publish(tmp_path / "site", *three)
    _publish(tmp_path / "other", *sorted((tmp_path / "site/editions").iterdir()))
    assert tree(tmp_path / "other/editions") == tree(tmp_path / "site/editions")


def test_previews_stay_at_home(tmp_path: Path, three: list[Path]) -> None:
    """`publish output/*/` leaves them out and says so, also one that would be called as its edition is."""
    whole = small_edition(tmp_path / "output", "Undated", published="")
    preview = small_edition(tmp_path / "previews" / "one", "Undated", published="")
    manifest = json.loads((preview / "edition.json").read_bytes())
    (preview / "edition.json").write_text(json.dumps(manifest | {"preview": True}), "utf-8")
    done = _publish(tmp_path / "site", preview, *three, whole)
    assert set(done.added) == {*NAMES, "undated"}
    assert [(finding.id, finding.place) for finding in done.findings] == [
        ("preview-left-out", str(preview)),
        ("edition-without-date", "undated"),
    ]
    assert tree(tmp_path / "site/editions/undated").keys() == tree(whole).keys()
    (preview / "edition.json").write_text(json.dumps(manifest | {"preview": "no"}), "utf-8")
    with pytest.raises(EditionError, match="“preview” is missing or of the wrong kind"):
        _publish(tmp_path / "site", preview)


def test_home_lists_the_newest_first(tmp_path: Path, three: list[Path]) -> None:
    """Heading, date, length, language and the first sentences of each edition, the newest on top."""
    _publish(tmp_path / "site", *three)
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert home.index("Brass band plays on") < home.index("Vote in the gymnasium") < home.index("Storm over the sound")
    assert "31 October 2026, 30 seconds, English" in home
    assert "A storm came. The harbour was closed." in home
    assert home.index("November 2026</a> (2)") < home.index("October 2026</a> (1)")


def test_an_edition_with_a_page_of_its_own_is_led_to_by_its_folder(tmp_path: Path, three: list[Path]) -> None:
    """Where an edition has an index.html, that is its page; else its transcript is, else its sound."""
    settings = Settings(speech=Speech(engine="tone"), formats=("mp3", "page"))
    played = make_edition(make_script(b"Storm\n\nA storm came.\n", settings, "a.txt"), tmp_path / "played", settings)
    put(three[0], "index.html", (played.folder / "index.html").read_bytes())
    bare = small_edition(tmp_path / "output", "Only sound", formats=["mp3"])
    _publish(tmp_path / "site", *three, bare)
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert f'href="editions/{NAMES[0]}/"' in home
    assert f'href="editions/{NAMES[1]}/transcript.html"' in home
    assert 'href="editions/2026-11-22-only-sound/only-sound.mp3"' in home
    assert _dead_links(tmp_path / "site") == []


def test_publishing_again_writes_nothing(tmp_path: Path, three: list[Path]) -> None:
    """The second run leaves every file as it was, its time too, so that nothing need be sent anew."""
    site = tmp_path / "site"
    _publish(site, *three)
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    again = _publish(site, *three)
    assert (again.added, again.replaced, again.removed, again.written) == ((), (), (), 0)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == before


def test_one_by_one_is_as_all_at_once(tmp_path: Path, three: list[Path]) -> None:
    """The site is the same to the byte, whichever way its editions came."""
    _publish(tmp_path / "at-once", *three)
    for edition in three:
        _publish(tmp_path / "one-by-one", edition)
    assert tree(tmp_path / "at-once") == tree(tmp_path / "one-by-one")


def test_one_more_leaves_what_it_does_not_concern(tmp_path: Path, three: list[Path]) -> None:
    """Other editions, other months and the words that it lacks are not written again."""
    site = tmp_path / "site"
    _publish(site, *three[:2])
    before = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    done = _publish(site, three[2])
    after = {path: path.stat().st_ino for path in before}
    changed = {path.relative_to(site).as_posix() for path in before if before[path] != after[path]}
    pages = {name for name in changed if not name.startswith("search/words/")}
    assert pages == {
        *("archive/2026-11.html", "opds/2026-11.json", "opds/2026-11.xml", "opds/newest.xml"),
        *("search/editions/0.json", "opds.xml"),
        *("index.html", "search.html", "accessibility.html", "feed.xml", "opds.json", "sitemap.xml", "site.json"),
    }
    assert len(changed - pages) < 20
    assert done.written == len(changed) + 1


def test_a_corrected_edition_takes_its_place(tmp_path: Path, three: list[Path]) -> None:
    """The text, the feed and the index follow; what podcast apps know it by stays; files that did not change stay."""
    site = tmp_path / "site"
    _publish(site, *three)
    guid = _publish(site).site.by_name[NAMES[1]].guid
    sound = site / "editions" / NAMES[1] / "vote-in-the-gymnasium.mp3"
    before = sound.stat().st_ino
    shutil.rmtree(three[1])
    small_edition(tmp_path / "output", "Vote in the gymnasium!", ["Ballots were counted."], published="2026-11-01")
    (three[1] / sound.name).write_bytes(sound.read_bytes())
    manifest = (three[1] / "edition.json").read_text("utf-8")
    old_entry = json.loads((site / "editions" / NAMES[1] / "edition.json").read_text("utf-8"))["files"]
    changed = json.loads(manifest)
    changed["files"] = [entry for entry in changed["files"] if entry["format"] != "mp3"]
    changed["files"] += [entry for entry in old_entry if entry["format"] == "mp3"]
    (three[1] / "edition.json").write_text(json.dumps(changed), "utf-8")
    done = _publish(site, three[1])
    assert done.replaced == (NAMES[1],)
    assert done.site.by_name[NAMES[1]].guid == guid
    assert sound.stat().st_ino == before
    assert "Ballots were counted." in (site / "feed.xml").read_text("utf-8")
    assert set(_words(site)) >= {"ballots", "storm"}
    assert "held" not in _words(site)
    assert _dead_links(site) == []


def test_an_edition_that_is_removed_is_gone_from_everywhere(tmp_path: Path, three: list[Path]) -> None:
    """Its folder, pages, feed, catalogue and words; the site is then as if it had never been there, but for the count
    of editions, which never goes back."""
    site = tmp_path / "site"
    _publish(site, *three)
    assert _publish(site, remove=(NAMES[2],)).removed == (NAMES[2],)
    _publish(tmp_path / "other", *three[:2])
    left, other = tree(site), tree(tmp_path / "other")
    assert left.pop("site.json") == other.pop("site.json").replace(b'"next_number":2', b'"next_number":3')
    assert left == other


def test_a_month_that_is_empty_has_no_page(tmp_path: Path, three: list[Path]) -> None:
    """With its last edition a month's page and catalogue go too; an empty site still stands."""
    site = tmp_path / "site"
    _publish(site, *three)
    _publish(site, remove=(NAMES[0],))
    assert not (site / "archive/2026-10.html").exists()
    assert not (site / "opds/2026-10.json").exists()
    _publish(site, remove=NAMES[1:])
    assert "no editions here yet" in (site / "index.html").read_text("utf-8")
    assert _words(site) == {}
    assert _dead_links(site) == []


def test_a_folder_taken_out_by_hand_leaves_the_pages_too(tmp_path: Path, three: list[Path]) -> None:
    """The site holds what its folder of editions holds."""
    site = tmp_path / "site"
    _publish(site, *three)
    shutil.rmtree(site / "editions" / NAMES[0])
    assert _publish(site).removed == (NAMES[0],)
    assert _dead_links(site) == []
    assert "storm" not in _words(site)


def test_a_site_whose_memory_is_lost_is_found_again(tmp_path: Path, three: list[Path]) -> None:
    """Without site.json, and with pages of an index lost, the editions in the folder make the site anew."""
    site = tmp_path / "site"
    _publish(site, *three)
    before = tree(site)
    shutil.move(site / "editions", tmp_path / "kept")
    shutil.rmtree(site)
    site.mkdir()
    shutil.move(tmp_path / "kept", site / "editions")
    _publish(site)
    assert tree(site) == before
    for lost in ("search/words/00.json", "archive/2026-10.html", "opds/editions/" + NAMES[0] + ".json", "cover.png"):
        (site / lost).unlink()
    _publish(site)
    assert tree(site) == before


def test_what_is_not_of_the_site_stays(tmp_path: Path, three: list[Path]) -> None:
    """Files that others put beside the pages, as hosts want them, are left alone."""
    site = tmp_path / "site"
    _publish(site, three[0])
    (site / "CNAME").write_text("listen.example.org\n")
    (site / ".nojekyll").touch()
    _publish(site, *three)
    assert (site / "CNAME").read_text() == "listen.example.org\n"
    assert (site / ".nojekyll").exists()


def test_only_what_the_manifest_names_is_published(tmp_path: Path, three: list[Path]) -> None:
    """Notes left in an edition's folder stay at home."""
    (three[0] / "notes.txt").write_text("not for the public")
    _publish(tmp_path / "site", three[0])
    assert not list((tmp_path / "site").rglob("notes.txt"))


def test_a_run_that_is_cut_short_is_made_good(
    tmp_path: Path, three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a run ends, no page leads to what is not there, and the next run makes the site whole."""
    whole = tmp_path / "whole"
    _publish(whole, *three[:2])
    started = tree(whole)
    _publish(whole, three[2], remove=(NAMES[0],))
    expected = tree(whole)
    steps = 0
    while True:
        site = tmp_path / f"site-{steps}"
        _publish(site, *three[:2])
        assert tree(site) == started
        with monkeypatch.context() as patch:
            _end_at_step(patch, steps)
            try:
                _publish(site, three[2], remove=(NAMES[0],))
                break
            except _Killed:
                pass
        assert _dead_links(site) == []
        (site / f".index.html.a1b2c3_d{atomic.NEW}").touch()
        (site / "editions" / ".2026-01-01-old.audio-edition-gone").mkdir()
        _publish(site, three[2], remove=(NAMES[0],) if (site / "editions" / NAMES[0]).exists() else ())
        assert tree(site) == expected, steps
        shutil.rmtree(site)
        steps += 1
    assert steps > 20


class _Killed(BaseException):
    """What no code catches, as nothing catches the end of its process."""


def _end_at_step(patch: pytest.MonkeyPatch, step: int) -> None:
    """Stop at the change of the disk with this number: a name that appears, moves or goes."""
    left = [step]

    def ending(real: object) -> object:
        def call(*arguments: object, **named: object) -> object:
            if left[0] == 0:
                raise _Killed
            left[0] -= 1
            return real(*arguments, **named)  # type: ignore[operator]

        return call

    patch.setattr(Path, "replace", ending(Path.replace))
    patch.setattr(Path, "rename", ending(Path.rename))
    patch.setattr(atomic, "_swap", ending(atomic._swap))
    patch.setattr(os, "link", ending(os.link))


def test_two_runs_do_not_meet(tmp_path: Path, three: list[Path]) -> None:
    """While one changes the site, another is told to wait."""
    site = tmp_path / "site"
    _publish(site, three[0])
    with atomic.only_run(site) as only:
        assert only
        with pytest.raises(SiteError, match="another run"):
            _publish(site, three[1])
    _publish(site, three[1])
    assert not list(site.glob(".*"))


def test_an_edition_that_is_not_whole_stops_all(tmp_path: Path, three: list[Path]) -> None:
    """A file that is cut, exchanged, missing or a link out stops the run before anything changed."""
    site = tmp_path / "site"
    _publish(site, three[0])
    before = tree(site)
    sound = three[2] / "brass-band-plays-on.mp3"
    content = sound.read_bytes()
    outside = tmp_path / "secret.txt"
    outside.write_bytes(content)
    for damage in (
        lambda: sound.write_bytes(content[:-1]),
        lambda: sound.write_bytes(content[::-1]),
        lambda: sound.unlink(),
        lambda: sound.symlink_to(outside),
    ):
        damage()
        with pytest.raises(EditionError, match=r"brass-band-plays-on\.mp3"):
            _publish(site, *three)
        after = tree(site)
        after.pop(".unfinished", None)
        assert after == before


def test_a_new_site_needs_an_address_and_an_empty_folder(tmp_path: Path, three: list[Path]) -> None:
    """What is missing is said, and no folder is left behind."""
    with pytest.raises(SiteError, match="has to know its address"):
        publish_site(tmp_path / "site", three)
    assert not (tmp_path / "site").exists()
    with pytest.raises(SiteError, match="neither a site nor empty"):
        _publish(tmp_path / "output", *three)


@pytest.mark.parametrize(
    "url",
    ["example.org", "ftp://example.org/", "javascript:alert(1)//example.org", "https://", "https://a b/", "https://a/?q",
     "https://a/#x", 'https://a/"><script>', "https://user:password@a/", "https://a\u00e9.example/", "https://[/"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(tmp_path: Path, three: list[Path], url: str) -> None:
    """Only an address of a site, without a question, a name or a password in it, becomes part of feeds."""
    with pytest.raises(SiteError, match="not the address of a site"):
        _publish(tmp_path / "site", *three, options=SiteOptions(base_url=url))


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "a@b?subject=x&cc=y", "nobody", "https://a/ b", "a@b\nx"])
def test_a_contact_that_is_no_address_is_refused(tmp_path: Path, three: list[Path], contact: str) -> None:
    """It becomes a link, so it must be an e-mail or web address."""
    with pytest.raises(SiteError, match="not an e-mail or web address"):
        _publish(tmp_path / "site", *three, options=SiteOptions(base_url=BASE, contact=contact))


@pytest.mark.parametrize("words", ["", "  ", "x" * 4001])
def test_words_that_feeds_do_not_take_are_refused(tmp_path: Path, three: list[Path], words: str) -> None:
    """A title or description that is empty or of more than 4,000 bytes is told, not written."""
    for options in (SiteOptions(BASE, title=words), SiteOptions(BASE, description=words)):
        with pytest.raises(SiteError, match="empty, or too long"):
            _publish(tmp_path / "site", *three, options=options)


def test_the_site_remembers_what_it_is(tmp_path: Path, three: list[Path]) -> None:
    """Title, address, contact and choice of robots are given once; a new address leaves guids as they were."""
    site = tmp_path / "site"
    options = SiteOptions(BASE, "Listen & learn", "All of it.", "listen@example.org", "Ann Example", robots=False)
    first = _publish(site, three[0], options=options).site
    second = _publish(site, three[1], options=SiteOptions()).site
    assert second.facts == first.facts
    statement = (site / "accessibility.html").read_text("utf-8")
    assert "mailto:listen@example.org" in statement
    assert "Ann Example has looked at this site" in statement
    assert "Disallow: /" in (site / "robots.txt").read_text("utf-8")
    moved = _publish(site, options=SiteOptions(base_url="http://localhost:8000/x")).site
    assert moved.facts.guid == first.facts.guid
    assert moved.facts.base_url == "http://localhost:8000/x/"
    assert BASE not in (site / "feed.xml").read_text("utf-8")
    assert "http://localhost:8000/x/editions/" in (site / "feed.xml").read_text("utf-8")
    assert BASE not in "".join(path.read_text("utf-8") for path in site.glob("opds/**/*.json"))


def test_the_statement_claims_nothing_that_nobody_said(tmp_path: Path, three: list[Path]) -> None:
    """Without a certifier no conformance is claimed, without a contact none is invented; counts are true."""
    _publish(tmp_path / "site", *three, small_edition(tmp_path / "output", "Only sound", formats=["mp3"]))
    statement = (tmp_path / "site" / "accessibility.html").read_text("utf-8")
    assert "Nobody has stated that this site conforms" in statement
    assert "No address for questions" in statement
    assert "There are 4 editions here" in statement
    assert "3 of them can be read as text too" in statement
    assert "<li>3 as EPUB 3" in statement
    assert "<li>4 as MP3" in statement


def test_a_damaged_memory_is_told(tmp_path: Path, three: list[Path]) -> None:
    """A site.json that is not what publish wrote is an error that says what to do."""
    site = tmp_path / "site"
    _publish(site, *three)
    sound = (site / "site.json").read_text("utf-8")
    for damaged in (
        *("", "{", "[]", "null", "{}", "[" * 100_000, '{"format":"audio-edition-site","version":9}'),
        *(sound.replace(NAMES[0], "../../outside"), sound.replace('"milliseconds":30000', '"milliseconds":"long"')),
        *(sound.replace(BASE, "javascript:x"), sound.replace('"guid"', '"other"')),
    ):
        (site / "site.json").write_text(damaged, "utf-8")
        with pytest.raises(AudioEditionError):
            _publish(site, options=SiteOptions())


def test_two_editions_of_one_name_are_told(tmp_path: Path) -> None:
    """Neither hides the other; an edition without a date is found out."""
    one = small_edition(tmp_path / "a", "Morning news", ["One."], published="")
    other = small_edition(tmp_path / "b", "Morning news", ["Other."], published="")
    with pytest.raises(SiteError, match="would both be called morning-news"):
        _publish(tmp_path / "site", one, other)
    done = _publish(tmp_path / "site", one)
    assert [(finding.id, finding.place) for finding in done.findings] == [("edition-without-date", "morning-news")]


def test_a_daily_edition_does_not_replace_yesterdays(tmp_path: Path) -> None:
    """The same headline on two days makes two editions."""
    days = [small_edition(tmp_path / day, "Morning news", published=day) for day in ("2026-11-21", "2026-11-22")]
    assert _publish(tmp_path / "site", *days).added == ("2026-11-21-morning-news", "2026-11-22-morning-news")


def test_an_edition_may_be_named_in_many_ways(
    tmp_path: Path, three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder, its edition.json, or the folder one stands in."""
    monkeypatch.chdir(three[0])
    _publish(tmp_path / "one", Path())
    _publish(tmp_path / "other", three[0] / "edition.json")
    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_a_large_month_is_parted(tmp_path: Path) -> None:
    """A hundred editions to a page, counted from the oldest; home shows the newest and leads to all."""
    editions = [small_edition(tmp_path / "output", f"Item {number:03}") for number in range(130)]
    _publish(tmp_path / "site", *editions)
    pages = {path.name: path.read_text("utf-8").count("<article ") for path in (tmp_path / "site").glob("archive/*")}
    assert pages == {"2026-11.html": 100, "2026-11-2.html": 30}
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert home.count("<article ") == 30
    assert "November 2026, part 2</a> (30)" in home


def test_the_command_says_what_it_did(tmp_path: Path, three: list[Path]) -> None:
    """Names on standard error, the site's folder or JSON on standard output; what is wrong is exit 1, misuse 2."""
    site = tmp_path / "site"
    done = _run("publish", *three, "--site", site, "--base-url", BASE)
    assert (done.exit_code, done.stdout) == (0, f"{site}\n")
    assert f"Added: {NAMES[0]}" in done.stderr
    assert json.loads((site / "site.json").read_text("utf-8"))["title"] == "The Courier"
    done = _run("publish", "--site", site, "--remove", NAMES[0], "--json", "-q")
    assert json.loads(done.stdout)["removed"] == [NAMES[0]]
    assert done.stderr == ""
    done = _run("publish", "--site", site, "--remove", "../output")
    assert done.exit_code == 1
    assert "no edition '../output'" in done.stderr
    assert _run("publish", *three).exit_code == 2


def _words(site: Path) -> dict[str, list[int]]:
    """All words of the search index."""
    found: dict[str, list[int]] = {}
    for path in site.glob("search/words/*.json"):
        found |= json.loads(path.read_text("utf-8"))
    return found


def test_an_edition_without_text_is_not_published(tmp_path: Path) -> None:
    """Its text would be in edition.json and in the search."""
    edition = small_edition(tmp_path / "editions", "The ferry")
    manifest = json.loads((edition / "edition.json").read_bytes())
    manifest["settings"] = {"text": "none"}
    (edition / "edition.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(SiteError, match="--text none"):
        _publish(tmp_path / "site", edition)
    assert not (tmp_path / "site").exists() or not list((tmp_path / "site").iterdir())
