"""Reads the metadata in an EPUB's package: https://www.w3.org/TR/epub-33/#sec-pkg-metadata,
https://idpf.org/epub/201"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from audio_edition.model import Creator, CreatorRole, Metadata
from audio_edition.read.about import About, tag_of
from audio_edition.read.markup import body_of, seen_texts
from audio_edition.read.markup.elements import name_of

_DC = "{http://purl.org/dc/elements/1.1/}*"
_OPF = "{http://www.idpf.org/2007/opf}"

_ROLES: dict[str, CreatorRole] = {
    "art": "illustrator",
    "aut": "author",
    "author": "author",
    "edc": "editor",
    "editor": "editor",
    "edt": "editor",
    "ill": "illustrator",
    "illustrator": "illustrator",
    "narrator": "narrator",
    "nrt": "narrator",
    "pbd": "editor",
    "translator": "translator",
    "trl": "translator",
}
"""https://www.loc.gov/marc/relators/relaterm.html; all others are contributors."""

_MAKERS = re.compile(r"calibre|pandoc|sigil|indesign|ebookmaker|vellum|jutoh|scrivener", re.IGNORECASE)
"""Programs that call themselves contributors."""

_NO_LANGUAGE = frozenset({"mis", "mul", "und", "unknown", "zxx"})
_LANGUAGES = {
    "alb": "sq", "ara": "ar", "arm": "hy", "baq": "eu", "bul": "bg", "cat": "ca", "ces": "cs", "chi": "zh", "cym": "cy",
    "cze": "cs", "dan": "da", "deu": "de", "dut": "nl", "ell": "el", "eng": "en", "english": "en", "epo": "eo",
    "est": "et", "eus": "eu", "fas": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "french": "fr", "geo": "ka",
    "ger": "de", "german": "de", "gle": "ga", "glg": "gl", "gre": "el", "heb": "he", "hin": "hi", "hrv": "hr",
    "hun": "hu", "hye": "hy", "ice": "is", "ind": "id", "isl": "is", "ita": "it", "italian": "it", "jpn": "ja",
    "kat": "ka", "kor": "ko", "lat": "la", "lav": "lv", "lit": "lt", "nld": "nl", "nor": "no", "per": "fa", "pol": "pl",
    "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "russian": "ru", "slk": "sk", "slo": "sk", "slv": "sl",
    "spa": "es", "spanish": "es", "sqi": "sq", "srp": "sr", "swe": "sv", "tur": "tr", "ukr": "uk", "vie": "vi",
    "wel": "cy", "zho": "zh",
}  # fmt: skip
"""ISO 639-2 codes and English names in older books, for which ISO 639-1 has a code (RFC 5646 2.2.1)."""

_ISBN = re.compile(r"(?:urn:)?isbn[:\s]*([\d-]{9,16}[\dX])", re.IGNORECASE)
_BARE_ISBN = re.compile(r"97[89][\d-]{10,14}")
_UNKNOWN_DATE = "0101-01-01"
"""What calibre writes for an unknown date."""

_SERIES = frozenset({"series", "set"})
_ONIX_ISBN = frozenset({"02", "15"})


@dataclass(frozen=True, slots=True)
class Facts:
    """The metadata entries of a package, and those that refine them."""

    elements: tuple[etree._Element, ...] = ()
    metas: tuple[etree._Element, ...] = ()
    refinements: dict[tuple[str, str], str] = field(default_factory=dict)

    def all_of(self, name: str) -> list[etree._Element]:
        """Return the non-empty entries with a Dublin Core name."""
        return [each for each in self.elements if name_of(each) == name and text_of(each)]

    def says(self, element: etree._Element, what: str) -> str:
        """Return a refinement of an entry, in EPUB 3's or EPUB 2's form."""
        return self.refinements.get((f"#{element.get('id')}", what)) or (element.get(f"{_OPF}{what}") or "")

    def named(self, name: str) -> str:
        """Return the content of a named `meta`, as EPUB 2 and calibre write it."""
        return next((each.get("content", "").strip() for each in self.metas if each.get("name") == name), "")


def facts_of(package: etree._Element) -> Facts:
    """Return the metadata entries of a package."""
    metadata = next(package.iter("{*}metadata"), None)
    if metadata is None:
        return Facts()
    metas = tuple(metadata.iter("{*}meta"))
    refinements = {
        (meta.get("refines", ""), meta.get("property", "").rpartition(":")[2]): (meta.text or "").strip()
        for meta in metas
        if meta.get("refines")
    }
    return Facts(tuple(metadata.iter(_DC)), metas, refinements)


def about_of(facts: Facts) -> About:
    """Return the book's metadata."""
    titles = facts.all_of("title")
    main = [each for each in titles if facts.says(each, "title-type") == "main"]
    subtitles = [each for each in titles if facts.says(each, "title-type") == "subtitle"]
    others = [each for each in titles if each not in subtitles]
    dates = [each for each in facts.all_of("date") if not text_of(each).startswith(_UNKNOWN_DATE)]
    issued = [each for each in dates if each.get(f"{_OPF}event", "publication") == "publication"]
    series, position = _series(facts)
    return About(
        _first(main or others or titles),
        _first(issued or dates),
        _language(facts),
        _first(facts.all_of("publisher")),
        metadata=Metadata(
            tuple(_creators(facts)),
            subtitle=_first(subtitles),
            description=plain_description(_first(facts.all_of("description"))),
            subjects=tuple(map(text_of, facts.all_of("subject"))),
            series=series,
            series_position=position,
            rights=plain_description(_first(facts.all_of("rights"))),
            identifiers=tuple(filter(None, (_identifier(each, facts) for each in facts.all_of("identifier")))),
        ),
    )


def text_of(element: etree._Element) -> str:
    """Return the text of an entry on one line."""
    return " ".join("".join(element.itertext()).split())


def _first(found: list[etree._Element]) -> str:
    return text_of(found[0]) if found else ""


def _language(facts: Facts) -> str:
    """Return the book's language; empty if it is unknown, or the book states none or several."""
    for element in facts.all_of("language"):
        tag = tag_of(text_of(element))
        primary, _, rest = tag.partition("-")
        if primary and primary.lower() not in _NO_LANGUAGE and primary.lower() != "x":
            return _LANGUAGES.get(primary.lower(), primary) + (f"-{rest}" if rest else "")
    return ""


def _creators(facts: Facts) -> Iterator[Creator]:
    """Yield the book's creators in display order."""
    found: list[tuple[int, Creator]] = []
    kinds: tuple[tuple[str, CreatorRole], ...] = (("creator", "author"), ("contributor", "contributor"))
    for kind, otherwise in kinds:
        for element in facts.all_of(kind):
            if kind == "creator" or not _MAKERS.search(text_of(element)):
                role = _role(facts.says(element, "role"), otherwise)
                found.append((_place(facts.says(element, "display-seq")), Creator(text_of(element), role)))
    found.sort(key=lambda each: each[0])
    yield from (creator for _, creator in found)
    for meta in facts.metas:
        if meta.get("property") == "media:narrator" and text_of(meta):
            yield Creator(text_of(meta), "narrator")


def _place(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _role(said: str, otherwise: CreatorRole) -> CreatorRole:
    role = said.strip().lower().rpartition("/")[2].rpartition(":")[2]
    return _ROLES.get(role, "contributor") if role else otherwise


def plain_description(said: str) -> str:
    """Return a description without its markup, which books escape."""
    if "<" not in said:
        return said
    return " ".join(" ".join(seen_texts(body_of(said, "the description"))).split())


def _series(facts: Facts) -> tuple[str, str]:
    for meta in facts.metas:
        is_of_book = meta.get("property") == "belongs-to-collection" and not meta.get("refines")
        if is_of_book and text_of(meta) and facts.says(meta, "collection-type") in ("", *_SERIES):
            return text_of(meta), facts.says(meta, "group-position")
    return facts.named("calibre:series"), facts.named("calibre:series_index").removesuffix(".0")


def _identifier(element: etree._Element, facts: Facts) -> str:
    """Return an identifier as a URN if its scheme is known; empty if only one program understands it."""
    said = text_of(element)
    scheme = (element.get(f"{_OPF}scheme") or "").lower()
    isbn = _ISBN.fullmatch(said)
    if (
        isbn
        or scheme.startswith("isbn")
        or facts.says(element, "identifier-type") in _ONIX_ISBN
        or _BARE_ISBN.fullmatch(said)
    ):
        return f"urn:isbn:{(isbn[1] if isbn else said).replace('-', '').replace(' ', '')}"
    if scheme == "uuid" and ":" not in said:
        return f"urn:uuid:{said}"
    if scheme == "doi" and not said.lower().startswith(("doi", "http")):
        return f"doi:{said}"
    return "" if scheme == "calibre" or said.startswith("calibre:") else said
