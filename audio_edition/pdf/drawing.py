"""Draws pages of a PDF, or parts of them, as small pictures, by PDFium. Runs in the child process only."""

from __future__ import annotations

import base64
import ctypes
import io
from typing import Any

import pypdfium2.raw as pdfium

from audio_edition.pdf.facts import Box

_LONGEST_SIDE = 1_000
"""Pixels."""

_QUALITY, _GOOD_QUALITY = 60, 85
_DPI = 150
_MOST_PIXELS = 1_500_000
_LEAST_PIXELS = 8
_LONGEST_PAGE = 20_000
"""The most pixels of the longer side of a page from which a part is cut out."""

_FEW_COLOURS = 256
_CORNERS = ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0))
"""Points of a page's content. Their places in the picture determine the places of all others."""


def drawn(page: Any, number: int) -> dict[str, Any] | None:
    """Return a picture of a page, and where _CORNERS are in it; None for a page without a size."""
    width, height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
    if not (width > 0 and height > 0):
        return None
    scale = _LONGEST_SIDE / max(width, height)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    return {
        "number": number,
        "width": across,
        "height": down,
        "corners": [_place(page, across, down, *corner) for corner in _CORNERS],
        "jpeg": base64.b64encode(_jpeg(page, across, down)).decode(),
    }


def _place(page: Any, across: int, down: int, x: float, y: float) -> tuple[int, int]:
    left, top = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, across, down, 0, x, y, left, top)
    return left.value, top.value


def cut_out(page: Any, box: Box) -> dict[str, Any]:
    """Return a picture of a part of a page, as PNG where it has few colours, else as JPEG; empty if it has no size."""
    width, height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
    area = (box.right - box.left) * (box.top - box.bottom)
    if not (width > 0 and height > 0 and area > 0):
        return {"data": ""}
    scale = min(_DPI / 72, (_MOST_PIXELS / area) ** 0.5, _LONGEST_PAGE / max(width, height))
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    corners = [_place(page, across, down, x, y) for x, y in ((box.left, box.bottom), (box.right, box.top))]
    left, right = sorted(min(across, max(0, x)) for x, _ in corners)
    top, bottom = sorted(min(down, max(0, y)) for _, y in corners)
    if right - left < _LEAST_PIXELS or bottom - top < _LEAST_PIXELS:
        return {"data": ""}
    return {"data": base64.b64encode(_saved(_rendered(page, across, down, (left, top, right, bottom)))).decode()}


def _saved(picture: Any) -> bytes:
    file = io.BytesIO()
    if picture.getcolors(_FEW_COLOURS) is not None:
        picture.save(file, "PNG", optimize=True)
    else:
        picture.save(file, "JPEG", quality=_GOOD_QUALITY)
    return file.getvalue()


def _jpeg(page: Any, across: int, down: int) -> bytes:
    file = io.BytesIO()
    _rendered(page, across, down, (0, 0, across, down)).save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()


def _rendered(page: Any, across: int, down: int, part: tuple[int, int, int, int]) -> Any:
    """Return a part of a picture of a page; the whole picture would be `across` by `down` pixels."""
    from PIL import Image

    left, top, right, bottom = part
    size = right - left, bottom - top
    bitmap = pdfium.FPDFBitmap_CreateEx(*size, pdfium.FPDFBitmap_BGR, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, *size, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -left, -top, across, down, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * size[1])
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombytes("RGB", size, data, "raw", "BGR", stride, 1)
