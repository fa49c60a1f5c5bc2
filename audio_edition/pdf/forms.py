"""Lists the form XObjects that a page draws (ISO 32000-1, 8.10), by pikepdf. Runs in the child process only."""

from __future__ import annotations

from typing import Any

import pikepdf

from audio_edition.pdf.facts import DEEPEST_FORM

Number = tuple[int, int]
"""The number and the generation of an object."""

_MOST_FORMS = 5_000


def forms_drawn_by(page: pikepdf.Page) -> list[Number]:
    """Return the numbers of the forms that a page draws, in the order in which PDFium tells them: each before those
    that it draws itself."""
    inner: dict[Number, list[Any]] = {}
    found: list[Number] = []
    waiting = [(form, 1) for form in reversed(_forms_in(page, page.resources))]
    while waiting and len(found) < _MOST_FORMS:
        form, depth = waiting.pop()
        found.append(form.objgen)
        if depth < DEEPEST_FORM:
            if form.objgen not in inner:
                inner[form.objgen] = _forms_in(form, form.get("/Resources", page.resources))
            waiting.extend((each, depth + 1) for each in reversed(inner[form.objgen]))
    return found


def _forms_in(drawing: Any, resources: Any) -> list[Any]:
    """Return the forms that a content stream draws, in order."""
    named = resources.get("/XObject", {})
    drawn = pikepdf.parse_content_stream(drawing, "Do")
    objects = [named.get(str(step.operands[0])) for step in drawn if step.operands]
    return [each for each in objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"]
