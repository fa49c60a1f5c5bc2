"""Editions from elsewhere: nothing of them runs on a site but what this program wrote, and what it wrote is taken."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.errors import EditionError
from audio_edition.formats.page_parts import player_script, style
from audio_edition.model import Speech
from audio_edition.site import SiteOptions, publish_site
from support.liblouis import needs_liblouis
from support.small_editions import BASE, put, tree
from support.structured import everything

FORMATS = ("mp3", "m4b", "epub", "daisy202", "daisy-folder", "tracks", "images", "transcript", "chapters", "cover")
TONE = Settings(speech=Speech(engine="tone"), formats=(*FORMATS, "audiobook", "page"))
ARTICLE = """# Gates & <script>alert(1)</script>

One [of them](https://a.example/?a=1&b=2) is shut. See [below](#end), [write](mailto:a@b.example).

| Gate | Year |
|---|---|
| North | 2024 |

## The end {#end}

$x^2 < y$. ![A gull](data:image/png;base64,x)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition in all formats, as this program builds it."""
    return make_edition(make_script(ARTICLE.encode(), TONE, "gates.md"), tmp_path_factory.mktemp("built"), TONE).folder


@pytest.fixture
def edition(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "gates"))


PEF = """<?xml version="1.0" encoding="UTF-8"?>
<pef version="2008-1" xmlns="http://www.daisy.org/ns/2008/pef">
<head>
<meta xmlns:dc="http://purl.org/dc/elements/1.1/">
<row>x</row>"""


@pytest.mark.parametrize("begins", [b"<SH H\\SE\r\n", b"  <A4 ,B\r\n", b"\r\n\r\n     <5DE\r\n", b"<?\r\n", b"<\r\n"])
def test_braille_may_begin_with_an_angle(edition: Path, tmp_path: Path, begins: bytes) -> None:
    """In braille ASCII it is a letter or a contraction, and no browser takes a text for a page for that alone."""
    put(edition, "book.brf", begins + b"\f")
    _publish(tmp_path / "site", edition)
    assert (tmp_path / "site/editions/gates/book.brf").read_bytes() == begins + b"\f"


@needs_liblouis
def test_braille_of_this_program_is_taken(tmp_path: Path) -> None:
    """BRF, PEF and eBraille of a document that holds every kind of block."""
    braille = replace(TONE, formats=("braille", "pef", "ebraille", "mp3", "page"))
    _publish(tmp_path / "site", make_edition(everything(), tmp_path / "other", braille).folder)
    names = {path.suffix for path in (tmp_path / "site/editions").rglob("*")}
    assert {".brf", ".pef", ".ebrl"} <= names


def _publish(site: Path, edition: Path) -> None:
    publish_site(site, [edition], options=SiteOptions(BASE))


def test_all_that_this_program_writes_is_taken(built: Path, tmp_path: Path) -> None:
    """In all formats: an article of Markdown, and a document that holds every kind of block."""
    _publish(tmp_path / "site", built)
    _publish(tmp_path / "site", make_edition(everything(), tmp_path / "other", TONE).folder)
    assert len(list((tmp_path / "site/editions").iterdir())) == 2
    assert list((tmp_path / "site/editions").rglob("ncc.html"))


def _in_body(markup: str) -> Callable[[str], str]:
    return lambda page: page.replace("<main", f"{markup}<main", 1)


def _in_head(markup: str) -> Callable[[str], str]:
    return lambda page: page.replace("<title>", f"{markup}<title>", 1)


def _policy(change: Callable[[str], str]) -> Callable[[str], str]:
    """Change the policy of a page."""
    return lambda page: re.sub(
        r'(Security-Policy" content=")([^"]*)', lambda found: found[1] + change(html.unescape(found[2])), page, count=1
    )


ANYWHERE = {
    "a script": _in_body("<script>alert(1)</script>"),
    "a script in the head": _in_head("<script>alert(1)</script>"),
    "a script from elsewhere": _in_body('<script src="//evil.example/x.js"></script>'),
    "a module": _in_body('<script type="module">alert(1)</script>'),
    "a script in capitals": _in_body("<SCRIPT>alert(1)</SCRIPT>"),
    "a script with a slash": _in_body("<script/x>alert(1)</script>"),
    "an event handler": _in_body('<img src="x" onerror="alert(1)">'),
    "an event handler without quotes": _in_body("<img src=x onerror=alert(1)>"),
    "an event handler behind a slash": _in_body('<img src="x"/onerror="alert(1)">'),
    "an event handler in capitals": _in_body('<p ONFOCUS="alert(1)" tabindex="0">x</p>'),
    "a link that runs": _in_body('<a href="javascript:alert(1)">x</a>'),
    "a link that runs, in disguise": _in_body('<a href=" &#1;java&#9;script&#58;alert(1)">x</a>'),
    "a link that runs, by a name": _in_body('<a href="javascript&colon;alert(1)">x</a>'),
    "a link to data": _in_body('<a href="data:text/html,x">x</a>'),
    "a link to a blob": _in_body('<a href="blob:https://example.org/x">x</a>'),
    "a refresh": _in_head('<meta http-equiv="refresh" content="0;url=https://evil.example/">'),
    "a refresh in disguise": _in_head('<meta content="0;url=https://evil.example/" http-equiv="Re&#102;resh">'),
    "a cookie": _in_head('<meta http-equiv="set-cookie" content="a=b">'),
    "another base": _in_head('<base href="https://evil.example/">'),
    "another charset": _in_head('<meta charset="utf-7">'),
    "a sheet of styles": _in_head('<link rel="stylesheet" href="https://evil.example/x.css">'),
    "a page beneath": _in_body('<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>'),
    "an object": _in_body('<object data="x.svg"></object>'),
    "a plug-in": _in_body('<embed src="x.svg">'),
    "a drawing with a script": _in_body("<svg><script>alert(1)</script></svg>"),
    "a drawing that moves": _in_body('<svg><a href="#x"><animate attributeName="href" to="javascript:x"/></a></svg>'),
    "a form that sends": _in_body('<form action="https://evil.example/"><button>x</button></form>'),
    "a button that sends": _in_body('<button formaction="javascript:alert(1)">x</button>'),
    "a comment": _in_body("<!-- <p> -->"),
    "an odd comment": _in_body("<!--><script>alert(1)</script>-->"),
    "text of another kind": _in_body('<textarea></textarea><xmp><p title="</xmp><script>x</script>"></xmp>'),
    "a page for those without scripts": _in_body('<noscript><p title="</noscript><script>x</script>"></noscript>'),
    "a template": _in_body("<template><p>x</p></template>"),
    "an instruction": _in_body("<?xml-stylesheet href='x.xsl'?>"),
    "a tag without end": _in_body("<p "),
    "a picture from elsewhere": _in_body('<img src="https://evil.example/pixel.png">'),
    "a picture from a host": _in_body('<img src="//evil.example/pixel.png">'),
    "a picture with a back slash": _in_body('<img src="\\\\evil.example\\pixel.png">'),
    "a style": _in_body('<p style="position:fixed">x</p>'),
    "two of one attribute": _in_body('<a href="#x" href="#y">x</a>'),
    "a control character": _in_body("<p>\x00</p>"),
    "no policy": lambda page: re.sub(r"<meta http-equiv=.*\n", "", page, count=1),
    "a policy too late": lambda page: re.sub(
        r"(<meta http-equiv=.*\n)((?s:.*?))</head>", r"\2\1</head>", page, count=1
    ),
    "a policy in the title": lambda page: re.sub(r"(<meta http-equiv=.*\n)", r"<title>\1</title>", page, count=1),
    "a policy that lets scripts run": _policy(lambda policy: f"script-src 'unsafe-inline'; {policy}"),
    "a policy that lets scripts of its host run": _policy(lambda policy: f"{policy}; script-src-elem 'self'"),
    "a policy for all": _policy(lambda policy: policy.replace("'none'", "*", 1)),
    "an empty policy": _policy(lambda policy: ""),
}


@pytest.mark.parametrize("name", ["index.html", "transcript.html", "contents.html"])
@pytest.mark.parametrize("attack", ANYWHERE)
def test_a_page_that_was_changed_is_refused(edition: Path, tmp_path: Path, name: str, attack: str) -> None:
    """Whatever could run, load or lead away is found in each page, before anything of the site changed; the message
    names the page."""
    page = (edition / name).read_text("utf-8")
    changed = ANYWHERE[attack](page)
    assert changed != page
    put(edition, name, changed.encode())
    with pytest.raises(EditionError, match=re.escape(f"{name}: a site must not hold this file")) as told:
        _publish(tmp_path / "site", edition)
    assert "Build the edition anew from its document" in told.value.remedy
    assert not list((tmp_path / "site").glob("*.html"))
    assert not list((tmp_path / "site").glob("editions/*"))


@pytest.mark.parametrize(
    ("what", "change"),
    {
        "script": lambda page: page.replace(player_script(), player_script().replace("use strict", "use  strict")),
        "style": lambda page: page.replace(style(), style() + "p { position: fixed }"),
        "policy": lambda page: page.replace("sha256-", "sha256-A", 1),
    }.items(),
)
def test_a_page_of_another_version_is_refused_and_called_so(
    edition: Path, tmp_path: Path, what: str, change: Callable[[str], str]
) -> None:
    """The script, the style and the policy are to be this version's; the message says what the page is by its own
    account."""
    page = change((edition / "index.html").read_text("utf-8"))
    put(edition, "index.html", re.sub(r"audio-edition \d[\d.]*", "audio-edition 0.0.9", page).encode())
    told = rf"its {what}.* is not that of pages of audio-edition.*'audio-edition 0\.0\.9' made it"
    with pytest.raises(EditionError, match=told):
        _publish(tmp_path / "site", edition)


@pytest.mark.parametrize(
    ("path", "content"),
    {
        "evil.html": b"<script>alert(1)</script>",
        "evil.htm": b"<script>alert(1)</script>",
        "evil.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
        "evil.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "images/evil.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "evil.xml": b'<?xml-stylesheet type="text/xsl" href="x.xsl"?><x/>',
        "evil.js": b"alert(1)",
        "evil.css": b"*{display:none}",
        "evil.php": b"<?php system('id');",
        "evil": b"<script>alert(1)</script>",
        "EVIL.HTML": b"<script>alert(1)</script>",
        "transcript.html.mp3.html": b"<p>",
        "images/evil.png": b"\n <!DOCTYPE html><script>alert(1)</script>",
        "evil.m4b": b"\xef\xbb\xbf<html><script>alert(1)</script>",
        "evil.lpf": b"<script>alert(1)</script>",
        "evil.brf": b"\r\n\f <SCRIPT>ALERT(1)</SCRIPT>",
        "tag.brf": b"<A HREF=X>",
        "comment.brf": b"<!--X",
        "lower.brf": b"<svg onload=alert(1)>",
        "evil.ebrl": b"<script>alert(1)</script>",
        "evil.pef": b'<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
        "more.pef": PEF.replace("<row>", '<script xmlns="http://www.w3.org/1999/xhtml">').encode(),
        "x-daisy202/evil.html": b"<!DOCTYPE html><script>alert(1)</script>",
        "x-daisy202/evil.smil": b'<!DOCTYPE smil><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
        "x-daisy202/odd.smil": b'<!DOCTYPE smil [<!ENTITY x "<script/>">]><smil>&x;</smil>',
        "x-daisy202/utf-16.html": "<!DOCTYPE html><script>alert(1)</script>".encode("utf-16"),
    }.items(),
)
def test_a_file_that_no_edition_has_is_refused(edition: Path, tmp_path: Path, path: str, content: bytes) -> None:
    """Pages of any other name, scripts, drawings, what a host might run, and pages that are called sound."""
    put(edition, path, content)
    with pytest.raises(EditionError, match=re.escape(f"{path}: a site must not hold this file")):
        _publish(tmp_path / "site", edition)


def test_what_a_site_holds_stays_when_an_edition_is_refused(edition: Path, tmp_path: Path, built: Path) -> None:
    """The run that is stopped has changed nothing."""
    _publish(tmp_path / "site", built)
    before = tree(tmp_path / "site")
    page = (edition / "index.html").read_text("utf-8")
    put(edition, "index.html", ANYWHERE["a script"](page).encode())
    with pytest.raises(EditionError):
        _publish(tmp_path / "site", edition)
    after = tree(tmp_path / "site")
    assert after == before
