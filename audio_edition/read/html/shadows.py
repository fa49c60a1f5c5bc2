"""Puts the shadow trees of a saved page where a browser shows them (HTML, 4.12.3: `template shadowrootmode`).

Chromium writes them into a page in one file with names of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_MODES = ("shadowrootmode", "shadowmode", "shadowroot")


def show_shadows(page: etree._Element) -> None:
    """Replace the contents of each host with its shadow tree, in whose slots those contents then stand."""
    for template in [*page.iter("template")]:
        host = template.getparent()
        if (
            host is not None
            and _is_shadow(template)
            and not any(map(_is_shadow, template.itersiblings(preceding=True)))
        ):
            _show(template, host)


def _is_shadow(element: etree._Element) -> bool:
    return element.tag == "template" and any(element.get(mode) for mode in _MODES)


def _show(template: etree._Element, host: etree._Element) -> None:
    text, contents = host.text, [each for each in host if each is not template]
    before = template.getprevious()
    if before is None:
        text = (text or "") + (template.tail or "")
    else:
        before.tail = (before.tail or "") + (template.tail or "")
    template.tail, template.tag = None, "span"
    slots = {slot.get("name", ""): slot for slot in reversed([*_slots(template)])}
    host.text = None
    host[:] = [template]
    if "" in slots and ((text or "").strip() or any("slot" not in each.attrib for each in contents)):
        _clear(slots[""], text)
    filled = {""}
    for each in contents:
        name = each.get("slot", "") if isinstance(each.tag, str) else ""
        slot, tail = slots.get(name), each.tail
        if slot is not None:
            if name not in filled:
                _clear(slot, None)
                filled.add(name)
            each.tail = tail if not name else None
            slot.append(each)
        if name and "" in slots and (tail or "").strip():
            etree.SubElement(slots[""], "span").text = tail


def _clear(slot: etree._Element, text: str | None) -> None:
    """Remove what a slot shows where nothing is put into it."""
    slot.text = text
    del slot[:]


def _slots(template: etree._Element) -> Iterator[etree._Element]:
    """Yield the slots of a shadow tree, without those of the trees in it."""
    for slot in template.iter("slot"):
        around = next((each for each in slot.iterancestors() if each is template or _is_shadow(each)), None)
        if around is template:
            yield slot
