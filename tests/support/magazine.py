"""A parish magazine of twelve pages in two columns, set by LibreOffice from a flat OpenDocument text.

It has what such magazines have: a title, running heads and page numbers, stories that run on over columns and pages,
subheadings, lists, captions under pictures, footnotes, and advertisements in boxes.
"""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
from html import escape
from pathlib import Path

from support.magazine_text import RUNNING_HEAD, STORIES, TITLE, Story

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "office": f"{_OASIS}office:1.0", "text": f"{_OASIS}text:1.0", "style": f"{_OASIS}style:1.0",
        "fo": f"{_OASIS}xsl-fo-compatible:1.0", "draw": f"{_OASIS}drawing:1.0", "svg": f"{_OASIS}svg-compatible:1.0",
        "meta": f"{_OASIS}meta:1.0", "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)  # fmt: skip
_NOTE = re.compile(r"\[([^]]+)\]")
_FILTERS = {
    "docx": "docx:MS Word 2007 XML", "odt": "odt", "rtf": "rtf", "html": "html:HTML (StarWriter)", "epub": "epub",
    "pdf": "pdf:writer_pdf_Export:",
}  # fmt: skip


def _style(name: str, parent: str, paragraph: str = "", text: str = "") -> str:
    shown = name.replace(" ", "_20_")
    return (
        f'<style:style style:name="{shown}" style:display-name="{name}" style:family="paragraph" '
        f'style:parent-style-name="{parent}"><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
    )


def _styles() -> str:
    body = 'fo:margin-bottom="0.12cm" fo:text-align="start" fo:line-height="126%"'
    after_title = 'fo:margin-bottom="0.2cm" fo:keep-with-next="always"'
    return (
        '<style:default-style style:family="paragraph"><style:text-properties style:font-name="Liberation Serif" '
        'fo:font-family="Liberation Serif" fo:font-size="12.5pt" fo:language="en" fo:country="GB"/>'
        "</style:default-style>"
        + '<style:style style:name="Standard" style:family="paragraph"/>'
        + '<style:style style:name="Frame" style:family="graphic"/>'
        + _style("Text body", "Standard", body)
        + _style("Title", "Standard", 'fo:text-align="center" fo:margin-bottom="0.4cm"', 'fo:font-size="28pt"')
        + _style("Heading 1", "Standard", after_title, 'fo:font-size="20pt" fo:font-weight="bold"')
        + _style("Heading 2", "Standard", after_title, 'fo:font-size="14pt" fo:font-weight="bold"')
        + _style("Byline", "Standard", after_title, 'fo:font-style="italic"')
        + _style("Illustration", "Standard", 'fo:keep-with-next="always"')
        + _style("Caption", "Standard", 'fo:margin-bottom="0.3cm"', 'fo:font-size="10pt" fo:font-style="italic"')
        + _style("Footnote", "Standard", "", 'fo:font-size="10pt"')
        + _style("Advertisement", "Standard", 'fo:text-align="center"', 'fo:font-size="13pt" fo:font-weight="bold"')
        + _style("Header", "Standard", 'fo:text-align="end"', 'fo:font-size="8.5pt"')
        + _style("Footer", "Standard", 'fo:text-align="center"', 'fo:font-size="8.5pt"')
    )


def _automatic() -> str:
    return (
        '<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="14.8cm" '
        'fo:page-height="21cm" fo:margin="1.5cm"/><style:header-style><style:header-footer-properties '
        'fo:min-height="0.8cm" fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style>'
        '<style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style>'
        "</style:page-layout>"
        '<style:style style:name="Columns" style:family="section"><style:section-properties '
        'text:dont-balance-text-columns="true"><style:columns fo:column-count="2" fo:column-gap="0.7cm"/>'
        "</style:section-properties></style:style>"
        '<style:style style:name="Picture" style:family="graphic"><style:graphic-properties '
        'style:vertical-pos="top" style:vertical-rel="baseline"/></style:style>'
        '<style:style style:name="Box" style:family="graphic" style:parent-style-name="Frame">'
        '<style:graphic-properties draw:fill="none" fo:border="0.03cm solid '
        '#000000" fo:padding="0.2cm" style:vertical-pos="top" style:vertical-rel="baseline"/></style:style>'
        '<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
        '<style:list-level-properties text:space-before="0.2cm" text:min-label-width="0.4cm"/>'
        "</text:list-level-style-bullet></text:list-style>"
        '<style:style style:name="Break" style:family="paragraph" style:parent-style-name="Heading_20_1">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )


def _picture(number: int) -> str:
    """A drawing of its own for each story."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (300, 180), (230, 235, 240))
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((20 + 10 * number, 60, 120 + 10 * number, 160), fill=(90, 110, 130))
    drawing.ellipse((200 - 8 * number, 20, 250 - 8 * number, 70), fill=(200, 170, 60))
    file = io.BytesIO()
    picture.save(file, "PNG")
    data = base64.b64encode(file.getvalue()).decode()
    return f"<draw:image><office:binary-data>{data}</office:binary-data></draw:image>"


def _notes(text: str, counted: list[int]) -> str:
    def note(found: re.Match[str]) -> str:
        counted[0] += 1
        return (
            f'<text:note text:id="n{counted[0]}" text:note-class="footnote"><text:note-citation>{counted[0]}'
            f'</text:note-citation><text:note-body><text:p text:style-name="Footnote">{found[1]}</text:p>'
            "</text:note-body></text:note>"
        )

    return _NOTE.sub(note, escape(text))


def _block(text: str, number: int, counted: list[int]) -> str:
    said = text[2:].strip() if text[:2] in ("- ", "! ", "$ ") else text
    if text.startswith("## "):
        return f'<text:h text:style-name="Heading_20_2" text:outline-level="2">{escape(text[3:])}</text:h>'
    if text.startswith("- "):
        item = f'<text:list-item><text:p text:style-name="Text_20_body">{escape(said)}</text:p></text:list-item>'
        return f'<text:list text:style-name="Dots">{item}</text:list>'
    if text.startswith("! "):
        frame = (
            f'<draw:frame draw:style-name="Picture" draw:name="P{number}" text:anchor-type="as-char" svg:width="5cm" '
            f'svg:height="3cm">{_picture(number)}<svg:title>{escape(picture_of(number))}</svg:title></draw:frame>'
        )
        return (
            f'<text:p text:style-name="Illustration">{frame}</text:p>'
            f'<text:p text:style-name="Caption">{escape(said)}</text:p>'
        )
    if text.startswith("$ "):
        lines = "".join(
            f'<text:p text:style-name="Advertisement">{escape(line)}</text:p>' for line in said.split(" / ")
        )
        frame = (
            f'<draw:frame draw:style-name="Box" draw:name="A{number}" text:anchor-type="as-char" svg:width="5.2cm" '
            f'svg:height="3.6cm"><draw:text-box>{lines}</draw:text-box></draw:frame>'
        )
        return f'<text:p text:style-name="Text_20_body">{frame}</text:p>'
    return f'<text:p text:style-name="Text_20_body">{_notes(text, counted)}</text:p>'


def picture_of(number: int) -> str:
    """The alternative text of a story's picture."""
    return f"A drawing of a grey block and a yellow disc, number {number}."


def _story(story: Story, number: int, counted: list[int]) -> str:
    style = "Heading_20_1" if number == 0 else "Break"
    blocks = "".join(_block(text, number, counted) for text in story.paragraphs)
    blocks = blocks.replace('</text:list><text:list text:style-name="Dots">', "")
    return (
        f'<text:h text:style-name="{style}" text:outline-level="1">{escape(story.title)}</text:h>'
        f'<text:p text:style-name="Byline">{escape(story.byline)}</text:p>'
        f'<text:section text:style-name="Columns" text:name="S{number}">{blocks}</text:section>'
    )


def flat_document() -> bytes:
    """The magazine as a flat OpenDocument text."""
    counted = [0]
    stories = "".join(_story(story, number, counted) for number, story in enumerate(STORIES))
    master = (
        '<style:master-page style:name="Standard" style:page-layout-name="page"><style:header>'
        f'<text:p text:style-name="Header">{RUNNING_HEAD}</text:p></style:header><style:footer>'
        '<text:p text:style-name="Footer"><text:page-number/></text:p></style:footer></style:master-page>'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:meta><dc:title>{TITLE}</dc:title></office:meta>"
        f"<office:styles>{_styles()}</office:styles>"
        f"<office:automatic-styles>{_automatic()}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles>"
        f'<office:body><office:text><text:p text:style-name="Title">{TITLE}</text:p>{stories}</office:text>'
        "</office:body></office:document>"
    ).encode()


def converted(folder: Path, ending: str, *, is_tagged: bool = True) -> bytes:
    """The magazine in another format, made by LibreOffice in a folder."""
    source = folder / "magazine.fodt"
    source.write_bytes(flat_document())
    options = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": str(is_tagged).lower()}})
    wanted = _FILTERS[ending] + (options if ending == "pdf" else "")
    command: list[str | Path] = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", wanted, "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"magazine.{ending}").read_bytes()
