"""Run axe-core on a page in a browser and write its report.

This is a process of its own (`python -m audio_edition.check.axe`), so that a page that hangs its browser can be killed
together with it. The page may load only files next to it, and its own scripts do not run.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def write_report(browser: str, page: Path, report: Path) -> None:
    """Write the violations of a page as a JSON list."""
    import axe_playwright_python
    from playwright.sync_api import sync_playwright

    axe = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        shown = opened.new_context(bypass_csp=True, viewport={"width": 320, "height": 640}).new_page()
        shown.route("**/*", lambda route: _let_in(route, page.parent))
        shown.goto(page.as_uri())
        shown.evaluate(axe)
        found: dict[str, Any] = shown.evaluate("rules => axe.run({runOnly: rules})", list(RULES))
        opened.close()
    violations = [{"id": violation["id"], "help": violation["help"]} for violation in found["violations"]]
    report.write_text(json.dumps(violations), "utf-8")


def _let_in(route: Any, folder: Path) -> None:
    inside = route.request.url.startswith(f"{folder.as_uri()}/")
    (route.continue_ if inside else route.abort)()


if __name__ == "__main__":
    write_report(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
