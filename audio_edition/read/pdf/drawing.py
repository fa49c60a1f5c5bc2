"""Draws pages of a PDF as small pictures, by PDFium. Runs in the child process only."""

from __future__ import annotations

import base64
import ctypes
import io
from typing import Any

import pypdfium2.raw as pdfium

_LONGEST_SIDE = 1_000
"""Pixels."""

_QUALITY = 60
_CORNERS = ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0))
"""Points of a page's content whose places in the picture tell those of all others."""


def drawn(page: Any, number: int) -> dict[str, Any] | None:
    """Return a picture of a page, and where the corners of its content are in it; None for a page of no size."""
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


def _jpeg(page: Any, across: int, down: int) -> bytes:
    from PIL import Image

    bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_BGR, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    file = io.BytesIO()
    Image.frombytes("RGB", (across, down), data, "raw", "BGR", stride, 1).save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
