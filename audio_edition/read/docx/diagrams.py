"""Reads SmartArt as the list that it draws (ECMA-376 1, 21.4)."""

from __future__ import annotations

from collections import defaultdict

from lxml import etree

from audio_edition.read.docx.names import all_in, child

_DEEPEST = 12


def diagram(root: etree._Element) -> etree._Element | None:
    """Return the words of a diagram's data as nested HTML lists; None if it has none."""
    points = {point.get("modelId", ""): point for point in all_in(root, "dgm:pt")}
    below: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for link in all_in(root, "dgm:cxn"):
        if link.get("type", "parOf") == "parOf":
            order = link.get("srcOrd", "0")
            below[link.get("srcId", "")].append((int(order) if order.isdecimal() else 0, link.get("destId", "")))
    drawing = _Diagram(points, {above: [name for _, name in sorted(ids)] for above, ids in below.items()})
    return drawing.written()


class _Diagram:
    def __init__(self, points: dict[str, etree._Element], below: dict[str, list[str]]) -> None:
        self._points = points
        self._below = below
        self._written: set[str] = set()

    def written(self) -> etree._Element | None:
        top = etree.Element("ul")
        for id, point in self._points.items():  # noqa: A001
            if point.get("type") == "doc":
                self._write_below(id, top, 1)
        for id in self._points:  # noqa: A001 - what hangs on nothing, and the words on arrows
            self._write(id, top, 1)
        return top if len(top) else None

    def _write(self, id: str, out: etree._Element, depth: int) -> None:  # noqa: A002
        point = self._points.get(id)
        if point is None or id in self._written:
            return
        self._written.add(id)
        lines = [
            "".join(text.text or "" for text in all_in(line, "a:t")) for line in all_in(child(point, "dgm:t"), "a:p")
        ]
        lines = [line for line in lines if line.strip()]
        item = etree.SubElement(out, "li") if lines else out
        for line in lines:
            etree.SubElement(item, "p").text = line
        self._write_below(id, item, depth)

    def _write_below(self, id: str, item: etree._Element, depth: int) -> None:  # noqa: A002
        if not self._below.get(id):
            return
        inner = item if item.tag == "ul" or depth >= _DEEPEST else etree.SubElement(item, "ul")
        for each in self._below[id]:
            self._write(each, inner, depth + 1)
        if inner is not item and not len(inner):
            item.remove(inner)
