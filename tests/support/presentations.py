"""PowerPoint presentations for tests, as small as they can be."""

from __future__ import annotations

from support.archives import archive

_SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def presentation(*slides: str, notes: dict[int, str] | None = None, more: dict[str, bytes] | None = None) -> bytes:
    """A presentation of slides, each the shapes on it or a whole `p:sld`; `notes` are the shapes of notes by number."""
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _RELATIONS.format(_relation("m", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {_SPACES}><p:sldIdLst>"
        + "".join(f'<p:sldId r:id="s{number}"/>' for number in range(len(slides)))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": _RELATIONS.format(
            "".join(_relation(f"s{number}", "slide", f"slides/{number}.xml") for number in range(len(slides)))
        ),
    }
    for number, content in enumerate(slides):
        entries[f"ppt/slides/{number}.xml"] = _slide(content, "sld")
        relations = _relation("pic", "image", "../media/a.png")
        if notes and number in notes:
            relations += _relation("n", "notesSlide", f"../notes/{number}.xml")
            entries[f"ppt/notes/{number}.xml"] = _slide(notes[number], "notes")
        entries[f"ppt/slides/_rels/{number}.xml.rels"] = _RELATIONS.format(relations)
    return archive({**entries, **(more or {})})


def shape(text: str, kind: str = "", at: tuple[int, int] | None = None, index: int = 1) -> str:
    """A shape with paragraphs, each XML of runs or bare text parted by lines; `kind` is its placeholder's."""
    placeholder = f'<p:ph type="{kind}" idx="{index}"/>' if kind else ""
    place = "" if at is None else f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/></a:xfrm>'
    lines = "".join(line if line.startswith("<a:p>") else f"<a:p>{_run(line)}</a:p>" for line in text.split("\n"))
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='1' name='x'/><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>"
        f"<p:txBody><a:bodyPr/>{lines}</p:txBody></p:sp>"
    )


def _run(text: str) -> str:
    return text if text.startswith("<") else f'<a:r><a:rPr lang="en-US"/><a:t>{text}</a:t></a:r>'


def _slide(content: str, name: str) -> str:
    show = ' show="0"' if content.startswith("hidden:") else ""
    content = content.removeprefix("hidden:")
    return f"<p:{name} {_SPACES}{show}><p:cSld><p:spTree>{content}</p:spTree></p:cSld></p:{name}>"


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
