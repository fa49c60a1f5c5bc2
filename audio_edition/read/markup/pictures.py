"""Pictures: their alternative texts, and their bytes if the document holds them.

https://html.spec.whatwg.org/multipage/images.html#alt, https://www.w3.org/TR/svg-aam-1.0/#mapping_additional_nd
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import warnings
from collections.abc import Callable
from itertools import islice
from urllib.parse import unquote_to_bytes

from lxml import etree
from PIL import Image as Pillow

from audio_edition.model import Image
from audio_edition.read.alternatives import alternative
from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import PICTURES, name_of, roles_of

Pictures = Callable[[str], "bytes | None"]
"""Returns the bytes of a picture by the address in its element, if the document holds it."""

MOST_BYTES = 50_000_000
"""Total of all pictures of a document."""

_MOST_PIXELS = 100_000_000
_ENDINGS = {
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "GIF": ("gif", "image/gif"),
    "WEBP": ("webp", "image/webp"),
}
_DATA = re.compile(r"data:image/(?:jpe?g|pjpeg|png|x-png|gif|webp)(?:;[\w=.+-]{1,40}){0,3}?(;base64)?,", re.IGNORECASE)
_WHOLE = PICTURES | {"math", "svg"}
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_PRESSED = frozenset({"a", "button", "summary"})
_FILE_NAME = re.compile(r"\S{1,200}\.(?:avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)", re.IGNORECASE)
_CAMERA_NAME = re.compile(
    r"(?:img|dscf?|dscn|dsc|pxl|mvi|gopr|wp|image|photo|screen ?shot|bildschirmfoto)[-_ ]?\d{3,}[-_ \d]{0,30}|"
    r"no (?:photo )?description available\.?|no alt(?:ernative)? text(?: provided)?.{0,40}",
    re.IGNORECASE,
)
"""Names that cameras give pictures, and generated descriptions."""

_NO_DESCRIPTIONS_NAMES = """
    bild foto graphic illustration image img imagen immagine photo photograph picture placeholder untitled undefined
    null
"""
_NO_DESCRIPTIONS = frozenset(_NO_DESCRIPTIONS_NAMES.split())


def no_pictures(source: str) -> bytes | None:
    """Return None: a picture that the document does not hold is not fetched."""
    return None


class Gallery:
    """The pictures kept from a document, each once."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._by_source: dict[str, str] = {}
        self._images: dict[str, Image] = {}
        self._bytes = 0

    @property
    def images(self) -> tuple[Image, ...]:
        return tuple(self._images.values())

    def name_of(self, picture: etree._Element) -> str:
        """Return the name of an element's picture; empty if the document does not hold it, or it is not a picture."""
        source = source_of(picture)
        if not source:
            return ""
        key = source if len(source) < 200 else hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()
        if key not in self._by_source:
            self._by_source[key] = self._keep(
                _embedded(source) if source[:5].lower() == "data:" else self._pictures(source)
            )
        return self._by_source[key]

    def _keep(self, data: bytes | None) -> str:
        if not data or self._bytes + len(data) > MOST_BYTES:
            return ""
        image = image_of(data)
        if image is None:
            return ""
        if image.name not in self._images:
            self._images[image.name] = image
            self._bytes += len(data)
        return image.name


def image_of(data: bytes) -> Image | None:
    """Return the picture in the bytes, JPEG, PNG, GIF or WebP; None if it is not sound, as far as is seen without
    decoding it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pillow.open(io.BytesIO(data), formats=tuple(_ENDINGS)) as picture:
                kind, (width, height) = picture.format or "", picture.size
                picture.verify()
    except Exception:  # Pillow's decoders raise many kinds of errors
        return None
    if kind not in _ENDINGS or width * height > _MOST_PIXELS:
        return None
    ending, media_type = _ENDINGS[kind]
    return Image(f"{hashlib.sha256(data).hexdigest()[:16]}.{ending}", media_type, data, width, height)


def _embedded(source: str) -> bytes | None:
    found = _DATA.match(source)
    if found is None:
        return None
    written = source[found.end() :]
    if not found[1]:
        return unquote_to_bytes(written)
    try:
        return base64.b64decode(unquote_to_bytes(written))
    except (binascii.Error, ValueError):
        return None


def is_drawn(element: etree._Element) -> bool:
    """Return whether the element is a picture by its role: its contents only draw it."""
    if "img" not in roles_of(element) and "graphics-document" not in roles_of(element):
        return False
    # An emoji or other sign is read itself; its label is not text of the page and only describes its look.
    return bool(element.get("aria-label")) and not _is_sign("".join(element.itertext()))


def is_in_picture(element: etree._Element) -> bool:
    """Return whether the element is part of a picture or formula that is read as a whole."""
    return any(name_of(each) in _WHOLE or is_drawn(each) for each in element.iterancestors())


def description_of(picture: etree._Element) -> str | None:
    """Return the alternative text; empty if the picture is decorative, None if it may show something."""
    if name_of(picture) != "svg":
        said: str | None = picture.get("alt", picture.get("aria-label"))
        said = alternative(said) if said else said
        return None if said is not None and _says_nothing(said, picture) else said
    label = picture.get("aria-label") or " ".join(
        (each.text or "").strip() for each in picture if name_of(each) in ("title", "desc")
    )
    is_icon = any(name_of(each) in _PRESSED for each in picture.iterancestors())
    if not is_icon and not label.strip() and source_of(picture):
        return None  # a frame around a picture, as page builders make them
    return "" if is_icon else label.strip()


def source_of(picture: etree._Element) -> str:
    """Return the address of an element's picture; a frame's is that of the picture in it."""
    if name_of(picture) == "svg":
        framed = [each for each in islice(picture.iterdescendants(etree.Element), 20) if name_of(each) == "image"]
        return (framed[0].get("href") or framed[0].get(_XLINK_HREF) or "").strip() if len(framed) == 1 else ""
    return (picture.get("src") or "").strip()


def _says_nothing(said: str, picture: etree._Element) -> bool:
    """Return whether an alternative text was generated: a file name, "image"."""
    said = said.strip()
    file_name = picture.get("src", "")[-300:].partition("?")[0].rpartition("/")[2]
    return (
        said.casefold() in _NO_DESCRIPTIONS
        or _FILE_NAME.fullmatch(said) is not None
        or _CAMERA_NAME.fullmatch(said) is not None
        or (len(said) > 3 and said == file_name.rpartition(".")[0] and not said.isalpha())
    )


def _is_sign(text: str) -> bool:
    return bool(text.strip()) and not speakable(text)
