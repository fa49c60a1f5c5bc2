"""PDFs for tests: pages of lines at given places, with tags where they are wanted, and files that mean harm."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

A4 = (595, 842)
FONTS = {
    "plain": "Helvetica", "bold": "Helvetica-Bold", "italic": "Helvetica-Oblique", "serif": "Times-Roman",
}  # fmt: skip


class Text(NamedTuple):
    """A line of text on a page: its left end, base line, size in points and font; `content` is the number of its marked
    content, -1 for none, -2 for page furniture."""

    left: float
    base: float
    text: str
    size: float = 10
    font: str = "plain"
    content: int = -1


class Tag(NamedTuple):
    """An element of the tree of tags: `kids` are elements, numbers of marked content on a page, or a target."""

    kind: str
    kids: Sequence[Any] = ()
    page: int = 0
    facts: dict[str, Any] = {}  # noqa: RUF012 - never changed


class Target(NamedTuple):
    """Where the element that it stands in links to."""

    address: str


def column(
    lines: Sequence[str], left: float = 60, top: float = 760, size: float = 10, font: str = "plain", step: float = 12
) -> list[Text]:
    """Lines below each other."""
    return [Text(left, top - at * step, line, size, font) for at, line in enumerate(lines)]


def pdf(
    *pages: Sequence[Text],
    tags: Sequence[Tag] = (),
    about: dict[str, str] | None = None,
    language: str = "",
    labels: Sequence[tuple[int, str]] = (),
    size: tuple[float, float] = A4,
    turn: int = 0,
    **saving: Any,
) -> bytes:
    """A PDF of pages with text. `labels` are the styles of page labels by the page from which they count."""
    document = pikepdf.new()
    fonts = {name: document.make_indirect(_font(base)) for name, base in FONTS.items()}
    for texts in pages:
        content = "\n".join(map(_drawn, texts)).encode("cp1252")
        page = document.add_blank_page(page_size=size)
        page.Contents = document.make_stream(content)
        page.Resources = Dictionary(Font=Dictionary({f"/{name}": font for name, font in fonts.items()}))
        if turn:
            page.Rotate = turn
    if tags:
        _tag(document, tags)
    if language:
        document.Root.Lang = String(language)
    if labels:
        numbers = [part for first, style in labels for part in (first, Dictionary(S=Name(f"/{style}")))]
        document.Root.PageLabels = Dictionary(Nums=Array(numbers))
    for key, value in (about or {}).items():
        document.docinfo[f"/{key}"] = String(value)
    return saved(document, **saving)


def saved(document: pikepdf.Pdf, **saving: Any) -> bytes:
    file = io.BytesIO()
    document.save(file, deterministic_id="encryption" not in saving, **saving)
    return file.getvalue()


def _font(base: str) -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{base}"), Encoding=Name.WinAnsiEncoding)


def _drawn(text: Text) -> str:
    said = text.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    drawn = f"BT /{text.font} {text.size} Tf {text.left} {text.base} Td ({said}) Tj ET"
    if text.content == -2:
        return f"/Artifact BMC {drawn} EMC"
    return f"/P <</MCID {text.content}>> BDC {drawn} EMC" if text.content >= 0 else drawn


def _tag(document: pikepdf.Pdf, tags: Sequence[Tag]) -> None:
    root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = Array([_element(document, tag, root) for tag in tags])
    document.Root.StructTreeRoot = root
    document.Root.MarkInfo = Dictionary(Marked=True)


def _element(document: pikepdf.Pdf, tag: Tag, parent: Any) -> Any:
    made = Dictionary(Type=Name.StructElem, S=Name(f"/{tag.kind}"), P=parent, Pg=document.pages[tag.page].obj)
    element = document.make_indirect(made)
    for key, value in tag.facts.items():
        element[f"/{key}"] = value
    element.K = Array([_kid(document, each, element) for each in tag.kids])
    return element


def _kid(document: pikepdf.Pdf, kid: Any, parent: Any) -> Any:
    if isinstance(kid, int):
        return kid
    if isinstance(kid, Tag):
        return _element(document, kid, parent)
    action = Dictionary(S=Name.URI, URI=String(kid.address))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 1, 1]), A=action)
    return Dictionary(Type=Name.OBJR, Obj=document.make_indirect(link))


def with_paths(data: bytes, *paths: str) -> bytes:
    """The PDF with paths (operators of a content stream) drawn in black lines on its first page."""
    document = pikepdf.open(io.BytesIO(data))
    drawn = "".join(f"{path} S " for path in paths)
    document.pages[0].contents_add(f"q 0 0 0 RG 1 w {drawn}Q".encode(), prepend=False)
    return saved(document)


def with_link(data: bytes, box: tuple[float, float, float, float], address: str) -> bytes:
    """The PDF with a link annotation over a box of its first page."""
    document = pikepdf.open(io.BytesIO(data))
    action = Dictionary(S=Name.URI, URI=String(address))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([*box]), A=action)
    document.pages[0].obj.Annots = Array([document.make_indirect(link)])
    return saved(document)


def with_picture(data: bytes, box: tuple[float, float, float, float], colour: int, content: int = -1) -> bytes:
    """The PDF with a picture of one colour in a box (left, bottom, right, top) on its first page."""
    document = pikepdf.open(io.BytesIO(data))
    page = document.pages[0]
    image = document.make_stream(colour.to_bytes(3, "big") * 4)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 2, 2
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    name = page.add_resource(image, Name.XObject)
    left, bottom, right, top = box
    drawn = f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm {name} Do Q"
    if content >= 0:
        drawn = f"/Figure <</MCID {content}>> BDC {drawn} EMC"
    page.contents_add(drawn.encode(), prepend=content >= 0)
    return saved(document)


def in_form(data: bytes) -> bytes:
    """The PDF whose first page draws two form XObjects, an empty one and one with all that was on the page; its tags
    say so."""
    document = pikepdf.open(io.BytesIO(data))
    page = document.pages[0].obj
    form, empty = document.make_stream(page.Contents.read_bytes()), document.make_stream(b"")
    for each in (empty, form):
        _make_form(each, page.Resources.Font)
    page.Resources = Dictionary(XObject=Dictionary(A=empty, B=form))
    page.Contents = document.make_stream(b"/A Do /B Do")
    for element in document.objects:
        if isinstance(element, Dictionary) and element.get("/Type") == Name.StructElem:
            kids: Any = [Dictionary(Type=Name.MCR, Stm=form, MCID=kid) for kid in element.K if isinstance(kid, int)]
            element.K = Array(kids or list(element.K))
    return saved(document)


def scanned(data: bytes) -> bytes:
    """The pages as a scanner gives them: grey pictures of 200 dpi."""
    import pypdfium2

    pages = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(data)]
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return file.getvalue()


# --- files that mean harm


def inflating(megabytes: int) -> bytes:
    """A page whose content is far larger than it looks."""
    document = pikepdf.open(io.BytesIO(pdf([Text(60, 700, "The first page is sound.")], [Text(60, 700, "x")])))
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"q Q " * 250_000) for _ in range(megabytes)) + packer.flush()
    stream = pikepdf.Stream(document, packed)
    stream.Filter = Name.FlateDecode
    document.pages[1].obj.Contents = document.make_indirect(stream)
    return saved(document)


def doubling(depth: int) -> bytes:
    """A page that draws a form, which draws the next one twice, and so on."""
    document = pikepdf.open(io.BytesIO(pdf([Text(60, 700, "The first page is sound.")], [Text(60, 700, "x")])))
    fonts = document.pages[0].Resources.Font
    inner = document.make_stream(b"BT /plain 10 Tf 50 50 Td (bang) Tj ET")
    for _ in range(depth):
        _make_form(inner, fonts)
        outer = document.make_stream(b"/X Do /X Do")
        outer.Resources = Dictionary(XObject=Dictionary(X=inner), Font=fonts)
        inner = outer
    _make_form(inner, fonts)
    document.pages[1].obj.Resources = Dictionary(XObject=Dictionary(X=inner))
    document.pages[1].obj.Contents = document.make_stream(b"/X Do")
    return saved(document)


def _make_form(stream: Any, fonts: Any) -> None:
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 800])
    if "/Resources" not in stream:
        stream.Resources = Dictionary(Font=fonts)


def deep_tags(depth: int) -> bytes:
    """A tree of tags in which each element holds the next."""
    document = pikepdf.open(io.BytesIO(pdf([Text(60, 700, "Deep down lies a word.", content=0)], language="en")))
    root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    page = document.pages[0].obj
    inner = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=page, K=0))
    for _ in range(depth):
        inner = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, K=inner))
    root.K = inner
    document.Root.StructTreeRoot = root
    return saved(document)


def circling_tags() -> bytes:
    """A tree of tags that leads back to its root."""
    document = pikepdf.open(io.BytesIO(pdf([Text(60, 700, "Round and round it goes.", content=0)], language="en")))
    root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    first = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=document.pages[0].obj))
    second = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, K=Array([first])))
    first.K = Array([0, second])
    root.K = Array([first, second, first])
    document.Root.StructTreeRoot = root
    return saved(document)
