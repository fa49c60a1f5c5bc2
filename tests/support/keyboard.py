"""A page of the desk, gone through by keyboard alone."""

from __future__ import annotations

from typing import Any

FOCUSED = """() => {
  const at = document.activeElement, field = at.labels?.[0]?.textContent ?? "";
  return { name: (field || at.textContent || "").replace(/\\s+/g, " ").trim(), tag: at.tagName,
    ring: getComputedStyle(at).outlineStyle !== "none" && getComputedStyle(at).outlineWidth !== "0px" };
}"""


def reach(page: Any, name: str, key: str = "Tab") -> None:
    """Go on by the Tab key to what is called so; everything on the way has a ring."""
    for _ in range(150):
        page.keyboard.press(key)
        at = page.evaluate(FOCUSED)
        if at["tag"] != "BODY":
            assert at["ring"], at
        if at["name"].startswith(name):
            return
    raise AssertionError(f"no way by Tab to {name}")


def press(page: Any, name: str) -> None:
    """Reach it, and press Enter; wait for what comes."""
    reach(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Any, name: str, text: str) -> None:
    """Reach a field, and write into it."""
    reach(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def focused(page: Any) -> str:
    """Return what has the focus."""
    return str(page.evaluate(FOCUSED)["name"])
