"""Web pages in one file (MHTML): what browsers and Word save."""

from __future__ import annotations

import base64

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Picture
from audio_edition.read import read
from support.sketch import sketch
from support.soundness import read_or_refused, read_whole

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
CHROMIUM = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/ferry\r\nSubject: Ferry\r\n"
    "MIME-Version: 1.0\r\n"
)
FIREFOX = 'From: "Saved by Mozilla 5.0"\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n'
WORD = "MIME-Version: 1.0\r\n"
PAGE = (
    "<html><head><title>Ferry</title></head><body><h1>The ferry stops</h1>"
    "<p>It stopped on Monday after a strong wind broke its ramp, and nobody knows when it will sail again, "
    "caf=C3=A9 owners say.</p><figure><img src=3D\"img/a.png\" alt=3D\"A gull on a bollard\"></figure></body></html>"
)  # fmt: skip


def _file(head: str, page: str = PAGE) -> bytes:
    parts = (
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: https://example.org/ferry\r\n\r\n{page}\r\n",
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: https://example.org/img/a.png\r\n\r\n{base64.b64encode(PIXEL).decode()}\r\n",
    )
    body = "".join(f"--b\r\n{part}" for part in parts)
    return f'{head}Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n{body}--b--\r\n'.encode()


@pytest.mark.parametrize("head", [CHROMIUM, FIREFOX, WORD], ids=["chromium", "firefox", "word"])
def test_the_page_is_read_with_its_pictures(head: str) -> None:
    """As the page itself would be; nothing is fetched."""
    article = read_whole(_file(head), name="ferry.mhtml").articles[0]
    assert article.title == "The ferry stops"
    assert "café owners say" in sketch(article)[0]
    assert [image.media_type for image in article.images] == ["image/png"]
    assert any(isinstance(block, Picture) for block in article.blocks) or "A gull on a bollard" in str(sketch(article))


def test_a_mail_with_pictures_is_a_mail() -> None:
    """A page that somebody sent has a head for people."""
    head = "From: Jo <jo@example.org>\r\nTo: a@example.org\r\nSubject: Late\r\nMIME-Version: 1.0\r\n"
    assert read_whole(_file(head), name="a.mhtml").articles[0].title == "Late"


SHADOW = (
    "<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p>It stopped on Monday after a strong wind "
    "broke its ramp, and nobody knows when it will sail again.</p>{}</article></body></html>"
)  # fmt: skip


@pytest.mark.parametrize("mode", ["shadowmode", "shadowrootmode"])
@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("<x-a><template {}=open><p>Paid: <slot></slot></p></template>the crew</x-a>", ["Paid: the crew"]),
        ("<x-a><template {}=open><slot name=b>No</slot><slot>None.</slot></template><p>One</p><p slot=b>Two</p></x-a>",
         ["Two", "One"]),
        ("<x-a><template {0}=open><p>In</p><x-b><template {0}=open><p><slot></slot> deep</p></template>So</x-b>"
         "<slot>Else</slot></template></x-a>", ["In", "So deep", "Else"]),
        ("<x-a><template {}=closed><p>Only this.</p></template>Not shown</x-a>", ["Only this."]),
        ("<template><p>Not shown</p></template>", []),
    ],
)  # fmt: skip
def test_what_a_component_draws_is_read_where_it_shows_it(mode: str, host: str, expected: list[str]) -> None:
    """In Chromium's file and in any page: its shadow tree, with what was put into its slots."""
    page = SHADOW.format(host.format(mode))
    for data, name in ((_file(CHROMIUM, page.replace("=", "=3D")), "a.mhtml"), (page.encode(), "a.html")):
        assert sketch(read_whole(data, name=name).articles[0])[1:] == expected


def test_the_longest_frame_of_a_page_of_frames_is_read() -> None:
    """Old sites have their text in one and their menus in others."""
    frames = "<html><frameset cols=3D50><frame src=3Da.html><frame src=3Db.html></frameset></html>"
    menu = "--b\r\nContent-Type: text/html\r\n\r\n<html><body><a href=/>Home</a></body></html>\r\n"
    text = f"--b\r\nContent-Type: text/html\r\n\r\n{SHADOW.format('')}\r\n--b--"
    data = _file(WORD, frames).replace(b"--b--", f"{menu}{text}".encode())
    assert sketch(read_whole(data, name="a.mht").articles[0])[0].startswith("It stopped on Monday")


def test_a_file_without_a_page_is_refused() -> None:
    """With the way out; so is one cut off in its head, and one cut off later is read as far as it goes."""
    with pytest.raises(ReadError, match="holds no page"):
        read(_file(WORD).replace(b"text/html; charset", b"text/css; charset"), name="a.mht")
    for end in (200, 400, 700):
        read_or_refused(_file(CHROMIUM)[:end], "a.mht")


def test_parts_without_end_are_refused() -> None:
    """Before each becomes a message."""
    with pytest.raises(ReadError, match="more than 5,000 parts"):
        read(_file(WORD) + b"--b\r\n\r\nx\r\n" * 6_000, name="a.mht")
