"""`proof --html` of a PDF shows each page's picture beside what its parts were taken for."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from PIL import Image

from audio_edition.cli import main
from audio_edition.read.pdf.looking import shown
from support.pdfs import Tag, Text, column, doubling, pdf

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BODY = [
    "It rained on the quay, and on the boats, all day long, so that nobody",
    "went out who had not to. The ferry came late, and left late, and the few",
    "who had waited for it were wet before they had found a seat.",
]
NAMES = ["quay", "mill", "green"]
HOSTILE = Text(60, 660, '"><img src=x onerror=alert(1)> <script>alert(1)</script> </section>', 10)


def _sheet(number: int) -> list[Text]:
    head = [Text(60, 810, "The Courier", 8), Text(290, 30, str(number), 8)]
    body = [line.replace("quay", NAMES[number - 1]).replace("ferry", NAMES[number - 1]) for line in BODY[:-1]]
    return [
        *head,
        Text(60, 760, f"The {NAMES[number - 1]}", 20, "bold"),
        *column([*body, f"It was wet at the {NAMES[number - 1]}."], top=720),
    ]


DATA = pdf([*_sheet(1), HOSTILE], _sheet(2), _sheet(3), language="en")


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "a.pdf").write_bytes(DATA)
    done = CliRunner().invoke(main, ["proof", str(folder / "a.pdf"), "--html", str(folder / "a.html"), "-q"])
    assert done.exit_code == 0, done.stderr
    return (folder / "a.html").read_text("utf-8")


def test_each_page_is_a_small_picture_of_it(html: str) -> None:
    pictures = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)" width="(\d+)" height="(\d+)" alt="Picture', html)
    assert len(pictures) == 3
    for data, width, height in pictures:
        assert Image.open(io.BytesIO(base64.b64decode(data))).size == (int(width), int(height))
        assert int(height) == 1000


def test_frames_and_list_have_the_same_numbers_and_kinds(html: str) -> None:
    page = html.split('id="page-1-2"')[1].split("</section>")[0]
    assert re.findall(r"<b>(\d+)</b>", page) == re.findall(r'class="kind">(\d+)\.', page) == ["1", "2", "3", "4"]
    assert [" ".join(kind.split()) for kind in re.findall(r'class="kind">\d+\. ([^<]+):</span>', page)] == [
        "Heading, level 2", "Text", "Running head, not read", "Running head, not read",
    ]  # fmt: skip


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_frame_lies_around_its_letters(turn: int) -> None:
    """Whatever way a page is turned: outside of the frames there is no ink."""
    document = shown(pdf([Text(60, 700, "The Tide", 24), *column(BODY, top=600)], turn=turn), "a.pdf")
    page = document.pages[0]
    picture = Image.open(io.BytesIO(page.jpeg)).convert("L")
    assert min(picture.tobytes()) < 100
    for part in page.parts:
        assert part.place is not None
        place = part.place
        left, top = place.left * page.width / 100, place.top * page.height / 100
        right, bottom = place.right * page.width / 100, place.bottom * page.height / 100
        picture.paste(255, (int(left) - 3, int(top) - 3, int(right) + 4, int(bottom) + 4))
    assert min(picture.tobytes()) > 150


def test_tags_say_what_a_part_is() -> None:
    texts = [
        Text(60, 780, "St Anne's News", 24, content=0), Text(60, 700, "A walk", 14, content=1),
        Text(60, 660, "We met at the gate.", content=2), Text(60, 20, "1", 8, content=-2),
    ]  # fmt: skip
    tags = [Tag("Title", [0]), Tag("H1", [1]), Tag("P", [2])]
    document = shown(pdf(texts, tags=tags, language="en"), "a.pdf")
    assert document.is_tagged
    assert [(part.kind, part.level, part.is_read, part.text) for part in document.pages[0].parts] == [
        ("heading", 1, True, "St Anne's News"), ("heading", 2, True, "A walk"),
        ("text", 0, True, "We met at the gate."), ("running head", 0, False, "1"),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_page_that_takes_too_much_has_no_picture() -> None:
    document = shown(doubling(30), "a.pdf")
    assert [bool(page.jpeg) for page in document.pages] == [True, False]


def test_the_document_is_text_and_nothing_else(html: str) -> None:
    assert "<script" not in html
    assert html.count("<img") == 3
    assert html.count("</main>") == 1
    assert "default-src 'none'" in html


def test_no_other_document_gets_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A quiet day\n\nThe rain fell on the river.\n")
    CliRunner().invoke(main, ["proof", str(tmp_path / "a.txt"), "--html", str(tmp_path / "a.html"), "-q"])
    assert 'class="sheet' not in (tmp_path / "a.html").read_text("utf-8")


@pytest.mark.tool("chromium", "apt install chromium")
def test_axe_finds_nothing(html: str, chromium: Browser, tmp_path: Path) -> None:
    """Light or dark; and nothing scrolls sideways on a narrow screen."""
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "pages.html").write_text(html, "utf-8")
    for scheme in ("light", "dark"):
        page = chromium.new_page(color_scheme=scheme, viewport={"width": 320, "height": 900}, bypass_csp=True)
        page.goto((tmp_path / "pages.html").as_uri())
        found = Axe().run(page).response["violations"]
        assert [violation["id"] for violation in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.close()


@pytest.mark.tool("chromium", "apt install chromium")
def test_axe_would_find_something(html: str, chromium: Browser) -> None:
    """The broken twin: a picture without words."""
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(bypass_csp=True)
    page.set_content(html.replace('alt="Picture of page 1; the list has its text."', ""))
    found = {violation["id"] for violation in Axe().run(page).response["violations"]}
    page.close()
    assert "image-alt" in found
