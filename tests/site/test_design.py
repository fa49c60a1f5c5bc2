"""One design for the pages of editions and of a site: the same file of colours, letters and spaces in both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.model import Speech
from audio_edition.site import SiteOptions, publish_site
from support.small_editions import small_edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.tool("chromium", "apt install chromium")

_LOOK = """() => {
  const root = getComputedStyle(document.documentElement), body = getComputedStyle(document.body);
  const names = "page bar text quiet line edge accent link serif sans measure target".split(" ");
  const heading = getComputedStyle(document.querySelector("h1, h2"));
  return [...names.map((name) => root.getPropertyValue(`--${name}`)), body.backgroundColor, body.color, body.fontFamily,
    body.fontSize, heading.fontFamily];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_transcript_and_site_look_alike(
    tmp_path: Path, chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    """Colours, fonts and sizes are the same on an edition's pages and on those of the site that it is on."""
    settings = Settings(Speech(engine="tone"), formats=("mp3", "page", "transcript"))
    folder = make_edition(make_script(b"Ferry sinks\n\nIt sank at noon.", settings), tmp_path / "o", settings).folder
    publish_site(
        tmp_path / "site", [small_edition(tmp_path / "p", "Floods")], options=SiteOptions("https://example.org/")
    )
    looks = []
    # What is not there is told with links from the root, which a file has not.
    pages = sorted(path for path in (tmp_path / "site").glob("*.html") if path.name != "404.html")
    for path in (folder / "index.html", folder / "transcript.html", *pages):
        page = chromium.new_page(color_scheme=scheme)
        page.goto(path.as_uri())
        looks.append(page.evaluate(_LOOK))
        page.close()
    assert len(looks) >= 5
    assert all(look == looks[0] for look in looks)
    assert all(looks[0])
