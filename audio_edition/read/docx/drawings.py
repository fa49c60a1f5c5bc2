"""Converts drawings (pictures, charts, SmartArt and text boxes) to HTML (ECMA-376 1, 20.4 and 14.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from audio_edition.read.alternatives import alternative
from audio_edition.read.docx.charts import chart
from audio_edition.read.docx.diagrams import diagram
from audio_edition.read.docx.names import OFF, all_in, child, name_of, said
from audio_edition.read.docx.package import Package

DRAWN = "drawn"
"""The class of elements that hold the words of a chart or a diagram."""

BOXES = ("w:txbxContent", "wne:txbxContent")
"""Elements that hold the text of a box; some programs write it in another namespace."""

_DRAWN_KINDS = frozenset({"picture", "chart", "chartex", "diagram"})


@dataclass(slots=True)
class Drawing:
    """The contents of a drawing. `inline` stands among the words of its paragraph, `after` follows it; `boxes` are the
    text boxes, `left_out` the words of charts that are too many to read."""

    inline: list[etree._Element] = field(default_factory=list)
    after: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def drawing(element: etree._Element, package: Package) -> Drawing:
    """Return the contents of a w:drawing."""
    found = Drawing(boxes=_boxes(element))
    properties = next(all_in(element, "wp:docPr"), None)
    told = _alternative_text(properties)
    decorates = any(each.get("val", "1") not in OFF for each in all_in(properties, "adec:decorative"))
    shapes = list(_outside_boxes(element, "c:chart", "cx:chart", "dgm:relIds", "a:t"))
    for shape in shapes:
        _draw(shape, package, found)
    pictures = list(_outside_boxes(element, "pic:pic"))
    kind = next((each.get("uri", "") for each in all_in(element, "a:graphicData")), "").rpartition("/")[2]
    place = found.after if child(element, "wp:anchor") is not None else found.inline
    if pictures:
        place += _images(pictures, told, decorates, package)
    elif decorates or (found.boxes and not found.after):
        pass  # a box's description repeats its text
    elif told and found.after:
        figure = etree.Element("figure")
        figure.extend([_image(told), *found.after])
        found.after = [figure]
    elif told or (kind in _DRAWN_KINDS and not found.after):
        place.append(_image(told))
    return found


def older_drawing(element: etree._Element, package: Package) -> Drawing:
    """Return the contents of a w:pict or w:object, the markup of older Word versions (VML)."""
    found = Drawing(boxes=_boxes(element))
    for path in _outside_boxes(element, "v:textpath"):
        words = etree.Element("span")
        words.text = f" {path.get('string', '')} "
        found.inline.append(words)
    for data in _outside_boxes(element, "v:imagedata"):
        shape = data.getparent()
        relation = package.related(data, said(data, "r:id") or said(data, "o:relid") or said(data, "r:pict"))
        image = _image(alternative(None if shape is None else shape.get("alt")))
        if relation is not None and not relation.external:
            image.set("src", relation.target)
        found.inline.append(image)
    if any(said(shape, "o:hr") in ("t", "true", "1") for shape in all_in(element, "v:rect", "v:shape", "v:line")):
        found.after.append(etree.Element("hr"))
    return found


def _draw(shape: etree._Element, package: Package, found: Drawing) -> None:
    name = name_of(shape)
    if name == "a:t":  # in a canvas drawing, whose text is not a story in Word
        if shape.text and shape.text.strip():
            words = etree.Element("p")
            words.text = shape.text
            found.after.append(words)
        return
    root = package.related_root(shape, said(shape, "r:dm") or said(shape, "r:id"))
    if root is None:
        return
    if name == "dgm:relIds":
        words_of = diagram(root)
        drawn: tuple[etree._Element, ...] = () if words_of is None else (words_of,)
    else:
        drawn, left_out = chart(root)
        found.left_out += [left_out] if left_out else []
    for each in drawn:
        each.set("class", DRAWN)
        found.after.append(each)


def _images(
    pictures: list[etree._Element], told: str | None, decorates: bool, package: Package
) -> Iterator[etree._Element]:
    """Yield the pictures of a drawing. A group's description goes with its first picture."""
    for number, picture in enumerate(pictures):
        own = _alternative_text(next(all_in(picture, "pic:cNvPr"), None)) if len(pictures) > 1 or told is None else None
        alt = "" if decorates else (told if number == 0 and told else own)
        if alt is None and told:
            alt = ""
        image = _image(alt)
        link = next(all_in(picture, "a:blip"), None)
        relation = package.related(picture, said(link, "r:embed"))
        if relation is not None and not relation.external:
            image.set("src", relation.target)
        yield image


def _alternative_text(properties: etree._Element | None) -> str | None:
    if properties is None:
        return None
    return alternative(properties.get("descr")) or alternative(properties.get("title"))


def _image(alt: str | None) -> etree._Element:
    """Return an image element with its alternative text, if one was written."""
    image = etree.Element("img")
    if alt is not None:
        image.set("alt", alt)
    return image


def _boxes(drawing: etree._Element) -> list[etree._Element]:
    """Return the text boxes, each once: without older forms of the same box and boxes inside another."""
    return list(_outside_boxes(drawing, *BOXES))


def _outside_boxes(drawing: etree._Element, *names: str) -> Iterator[etree._Element]:
    for found in all_in(drawing, *names):
        for around in found.iterancestors():
            if around is drawing:
                yield found
                break
            if name_of(around) in ("mc:Fallback", *BOXES):
                break
