"""What axe-core finds in a page, and the colours and sizes in which it looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "dark", "forced_colors": "active"},
}
PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}


def barriers(page: Any) -> list[str]:
    """What axe-core finds with all its rules, and whether the page must be scrolled sideways."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules})", _RULES)
    wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    told = [f"{violation['id']}: {violation['nodes'][0]['html'][:80]}" for violation in found["violations"]]
    return told + ["it must be scrolled sideways"] * wider
