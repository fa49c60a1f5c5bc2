"""Recognises kinds of files that are not read, and says what to give instead."""

from __future__ import annotations

import io
import re
from pathlib import PurePath
from typing import NamedTuple

from audio_edition.errors import ReadError, in_brief


class Kind(NamedTuple):
    """A kind of file, as it follows “notes.doc is”, and the remedy. `pandoc` is that program's name for a format that
    it reads."""

    what: str
    remedy: str
    pandoc: str = ""


_AS_DOCX = "Open it in Word or LibreOffice, save it as .docx, and give that file."
_AS_BOOK = "Convert it to EPUB with calibre, and give that file; if it is locked, ask its publisher for an EPUB."
_AS_TEXT = "Copy what is to be read into a document, and give that as .docx or plain text."
_BY_PANDOC = "Install what reads it: pip install 'audio-edition[pandoc]'; or save it as .docx or as a web page."
_RECOGNISE = "Have its text recognised (OCR) and read it through; then give it as .docx or plain text."
_TEXT_OF_SOUND = "Give the text that is to be spoken, as .docx, EPUB, a web page or plain text."
_TRANSCRIPT = "Give the article itself, or the transcript without its times as plain text."
_UNPACK = "Unpack it, and give the document inside."
_THE_DOCUMENT = "Check that it is the right file, and give the document itself."

_WORD = Kind("an old Word document (.doc)", _AS_DOCX)
_SLIDES = Kind("a PowerPoint presentation", _AS_TEXT)
_SHEET = Kind("an Excel workbook", "Save the sheet as a web page (.html), and give that file.")
_PICTURE = Kind("a picture", _RECOGNISE)
_FILM = Kind("a video", _TEXT_OF_SOUND)
_PACKED = Kind("a compressed file", _UNPACK)
_CAPTIONS = Kind("a file of subtitles (captions), which go with the times of a recording", _TRANSCRIPT)
_MOBI = Kind("a Kindle book", _AS_BOOK)
_WEB_ARCHIVE = Kind(
    "a web archive of Safari", "Save the page from a browser as a web page (.html), and give that file."
)

_MP3 = Kind("an MP3 recording", _TEXT_OF_SOUND)
_PROGRAM = Kind("a program", _THE_DOCUMENT)
_SIGNATURES: dict[bytes, Kind] = {
    b"%PDF-": Kind("a PDF, where text is expected", "Copy what you need from it into a text, and give that."),
    b"%!PS": Kind("a PostScript file, which draws pages", "Give the document that it was made from."),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF87a": _PICTURE,
    b"GIF89a": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"8BPS\0": _PICTURE,
    b"\0\0\0\x0cjP  ": _PICTURE,
    b"AT&TFORM": Kind("a DjVu file, which holds pictures of pages", _RECOGNISE),
    b"ID3\x02": _MP3,
    b"ID3\x03": _MP3,
    b"ID3\x04": _MP3,
    b"\xff\xfb": _MP3,
    b"\xff\xf3": _MP3,
    b"\xff\xf2": _MP3,
    b"\xff\xf1": Kind("an AAC recording", _TEXT_OF_SOUND),
    b"\xff\xf9": Kind("an AAC recording", _TEXT_OF_SOUND),
    b"OggS\0": Kind("an Ogg recording", _TEXT_OF_SOUND),
    b"fLaC\0": Kind("a FLAC recording", _TEXT_OF_SOUND),
    b"#!AMR\n": Kind("an AMR recording", _TEXT_OF_SOUND),
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11": Kind("a Windows Media recording", _TEXT_OF_SOUND),
    b"MThd\0\0": Kind("a MIDI file", _TEXT_OF_SOUND),
    b"\x1a\x45\xdf\xa3": _FILM,
    b"FLV\x01": _FILM,
    b"\x1f\x8b": _PACKED,
    b"BZh9": _PACKED,
    b"\xfd7zXZ": _PACKED,
    b"7z\xbc\xaf": _PACKED,
    b"Rar!\x1a\x07": _PACKED,
    b"\x28\xb5\x2f\xfd": _PACKED,
    b"\x7fELF": _PROGRAM,
    b"MZ\x90\0": _PROGRAM,
    b"\xcf\xfa\xed\xfe": _PROGRAM,
    b"\xca\xfe\xba\xbe": _PROGRAM,
    b"SQLite format 3\0": Kind("a database", _AS_TEXT),
    b"ITSF\x03\0": Kind("a help file of Windows (.chm)", _AS_BOOK),
    b"ITOLITLS": Kind("a book of Microsoft Reader (.lit)", _AS_BOOK),
    b"TPZ0": _MOBI,
    b"\xeaDRMION\xee": Kind("a Kindle book that is locked (DRM)", "Ask its publisher or a library for an EPUB."),
    b"CONT\x02\0": _MOBI,
    b"\xffWPC": Kind("a WordPerfect document", _AS_DOCX),
    b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5": Kind(
        "an InDesign document", "Export it from InDesign as EPUB, and give that file."
    ),
    b"-----BEGIN PGP MESSAGE-----": Kind("encrypted", "Decrypt it, and give the document."),
}
"""By the first bytes of the file."""

_PLACED: tuple[tuple[int, bytes, Kind], ...] = (
    (8, b"WAVE", Kind("a WAV recording", _TEXT_OF_SOUND)),
    (8, b"AIFF", Kind("an AIFF recording", _TEXT_OF_SOUND)),
    (8, b"AVI ", _FILM),
    (8, b"WEBP", _PICTURE),
    (4, b"ftypM4", Kind("an M4A or M4B recording", _TEXT_OF_SOUND)),
    (4, b"ftyphei", _PICTURE),
    (4, b"ftypmif1", _PICTURE),
    (4, b"ftypavif", _PICTURE),
    (4, b"ftyp", _FILM),
    (6, b"\0\0\0\0", _PICTURE),
    (257, b"ustar", Kind("a TAR archive", _UNPACK)),
)
"""By bytes further inside the file."""

_BEGINS = {b"WAVE": b"RIFF", b"AVI ": b"RIFF", b"WEBP": b"RIFF", b"AIFF": b"FORM", b"\0\0\0\0": b"BM"}
"""What must also come first, where the bytes inside are not enough."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK = Kind("a message of Outlook (.msg)", "Open it in Outlook, save it as HTML or text only, and give that file.")
_OLE_STREAMS: dict[str, Kind | None] = {
    "EncryptedPackage": Kind("encrypted: it opens with a password only", "Save it without a password."),
    "WordDocument": None,
    "PowerPoint Document": _SLIDES,
    "Workbook": _SHEET,
    "__nameid_version1.0": _OUTLOOK,
    "HwpSummaryInformation": Kind("a document of Hangul (.hwp)", "Save it as .docx, and give that file."),
    "Quill": Kind("a Publisher document", "Save it as a Word document (.docx), and give that file."),
    "VisioDocument": Kind("a Visio drawing", _AS_TEXT),
    "MatOST": Kind("a document of Microsoft Works", _AS_DOCX),
}
"""By the names of the streams in an Office file from before 2007; None for what a reader takes."""

_OF_MESSAGES = "__properties_version1.0"
"""The stream that every message of Outlook has (MS-OXMSG, 2.4)."""

_OLE_ENDINGS = {".xls": _SHEET, ".ppt": _SLIDES, ".pps": _SLIDES, ".msg": _OUTLOOK}

_OPEN_DOCUMENTS = {
    "spreadsheet": Kind("an OpenDocument spreadsheet (.ods)", _SHEET.remedy),
    "presentation": Kind("an OpenDocument presentation (.odp)", _AS_TEXT),
}
_MIMETYPE = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.([a-z]+)")

_PARTS = {
    "xl/": _SHEET,
    "visio/": Kind("a Visio drawing", _AS_TEXT),
    "FixedDocSeq.fdseq": Kind("an XPS file, which draws pages", "Give the document that it was made from."),
    "designmap.xml": Kind("an InDesign document (.idml)", "Export it from InDesign as EPUB, and give that file."),
    "AndroidManifest.xml": _PROGRAM,
    "META-INF/MANIFEST.MF": _PROGRAM,
}
"""By an entry of a ZIP archive, or its prefix."""

_IWORK = {
    ".pages": Kind("a Pages document", "Export it from Pages as Word or EPUB, and give that file."),
    ".key": Kind("a Keynote presentation", _AS_TEXT),
    ".numbers": Kind("a Numbers spreadsheet", "Export it from Numbers as Excel, save that as a web page, and give it."),
}
_IWORK_PARTS = ("Index/Document.iwa", "Index.zip", "index.apxl", "index.xml.gz")

_SIGNS_OF_READ = (b"[Content_Types].xml", b"META-INF/container.xml")
_DAMAGED = Kind("a damaged ZIP archive", "Get it again, or save the document again in the program that made it.")
_READ_ENDINGS = """
    .azw3 .docm .docx .eml .epub .fb2 .fodt .htm .html .markdown .md .mht .mhtml .mobi .odt .ott .pdf .pptx .rtf .txt
    .msg .oft .xhtml .xml
"""
_READ = frozenset(_READ_ENDINGS.split())
_PICTURES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
_MOST_ENTRIES = 10_000
_MOST_NAMED = 3
_FRAMES = ("files", "fichiers", "dateien", "archivos", "bestanden", "pliki")
"""What browsers call the folder beside a saved page."""

_DOCBOOK = Kind("a DocBook document", _BY_PANDOC, "docbook")
_ROOTS: dict[str, tuple[str, Kind]] = {
    "tt": ("/ttml", _CAPTIONS),
    "svg": ("", Kind("a drawing (SVG)", _AS_TEXT)),
    "TEI": ("", Kind("a TEI document", "Convert it to a web page or EPUB, as its project does, and give that file.")),
    **dict.fromkeys(("article", "book", "chapter"), ("docbook", _DOCBOOK)),
    "document": ("opendocument.s", Kind("an OpenDocument spreadsheet in one file (.fods)", _SHEET.remedy)),
    "wordDocument": ("wordml", Kind("a Word document of 2003 in XML", _AS_DOCX)),
    "opml": ("", Kind("a list of feeds or an outline (OPML)", _BY_PANDOC, "opml")),
    "score-partwise": ("", Kind("music (MusicXML)", _AS_TEXT)),
    "abiword": ("abisource", Kind("an AbiWord document", _AS_DOCX)),
    "plist": ("", _WEB_ARCHIVE),
}
"""By the root element of an XML document, and its attributes."""

_TEXTS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"WEBVTT(?:[ \t][^\n]*)?(?:\r?\n|\Z)"), _CAPTIONS),
    (re.compile(r"(?:\d+\s*\n)?\d{1,2}:\d\d:\d\d[,.]\d{1,3}(?: *--> *|,)\d"), _CAPTIONS),
    (re.compile(r"\[Script Info\]"), _CAPTIONS),
    (re.compile(r"(?:\[[a-z]{2,8}:[^\]\n]{0,200}\]\s*\n){0,20}(?:\[\d\d:\d\d[.:]\d\d\d?\][^\n]*\n){2}"), _CAPTIONS),
    (
        re.compile(
            r"(?:%[^\n]*\n|\s|\\(?:PassOptionsToPackage|RequirePackage)\b[^\n]*\n)*+\\(?:documentclass|documentstyle|begin\{document\})"
        ),
        Kind("a LaTeX document", _BY_PANDOC, "latex"),
    ),
    (
        re.compile(r"\{\s*\"(?:cells|metadata|nbformat)\"(?=.{0,4000}\"(?:cell_type|nbformat)\"\s*:)", re.DOTALL),
        Kind("a notebook (Jupyter)", _BY_PANDOC, "ipynb"),
    ),
    (
        re.compile(r"\{[^{}]{0,200}\"doc_id\"\s*:"),
        Kind(
            "a link to Google Docs, and holds no text",
            "Open it in Google Docs, choose File, Download, Microsoft Word (.docx), and give that file.",
        ),
    ),
)
"""By how a text begins."""

_RST = ("reStructuredText", "rst", re.compile(r"^\.\. \S|:\w+:`|`_|^([=\-~^*+#])\1{3,}$", re.MULTILINE))
_BY_ASCIIDOCTOR = "Convert it with Asciidoctor (asciidoctor FILE), and give the web page that it makes."
_ASCIIDOC = ("AsciiDoc", "", re.compile(r"^={1,6} \S|^\[[^\]\n]+\]$|\S\[[^\]\n]*\]", re.MULTILINE))
_TEXTILE = re.compile(
    r"^(?:h[1-6]|p|bq|bc|fn\d+)(?:\([^()\n]{0,80}\)|[<>=]){0,3}\. |^\|[^\n]*\|\s*$|^[#*]+ |\":\S", re.MULTILINE
)
_MARKS_OF = {
    ".rst": _RST,
    ".rest": _RST,
    ".adoc": _ASCIIDOC,
    ".asciidoc": _ASCIIDOC,
    ".org": ("a text of Org mode", "org", re.compile(r"^\*+ \S|^#\+\w+:|\[\[", re.MULTILINE)),
    ".textile": ("Textile", "textile", _TEXTILE),
    **dict.fromkeys(
        (".mediawiki", ".wiki"),
        ("MediaWiki", "mediawiki", re.compile(r"^={1,6}[^=\n]+={1,6}\s*$|'{2,3}\S|\[\[", re.MULTILINE)),
    ),
    ".csv": ("a table (CSV)", "csv", re.compile(r"^[^\n,]*,[^\n]*\n[^\n,]*,", re.MULTILINE)),
    ".tsv": ("a table (TSV)", "tsv", re.compile(r"^[^\n\t]*\t[^\n]*\n[^\n\t]*\t", re.MULTILINE)),
    ".typ": ("a Typst document", "typst", re.compile(r"^#(?:set|show|let|import) |^=+ \S", re.MULTILINE)),
}
"""Texts with markup that would be spoken, by file ending: what they are, and pandoc's name for it."""


def kind_of(data: bytes, name: str) -> Kind | None:
    """Return the file's kind, by its first bytes; None if it may be text, or an archive that a reader knows."""
    if data.startswith(_OLE):
        return _of_ole(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(data, name)
    if data.startswith(b"bplist00"):
        return _WEB_ARCHIVE if _suffix(name) == ".webarchive" or b"WebMainResource" in data else _PROGRAM
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
    for place, signature, kind in _PLACED:
        if data.startswith(signature, place) and data.startswith(_BEGINS.get(signature, b"")):
            return kind
    return None


def kind_of_text(text: str, name: str) -> Kind | None:
    """Return the text's kind, if it is neither plain text nor Markdown; for XML see `kind_of_xml`."""
    opening = text[:4000].lstrip("\ufeff \t\r\n")
    for pattern, kind in _TEXTS:
        if pattern.match(opening):
            return kind
    called, by_pandoc, marks = _MARKS_OF.get(_suffix(name), ("", "", None))
    if marks is None or marks.search(text) is None:
        return None
    return Kind(called, _BY_PANDOC, by_pandoc) if by_pandoc else Kind(called, _BY_ASCIIDOCTOR)


def kind_of_xml(root: str, attributes: str) -> Kind | None:
    """Return the kind of an XML document with this root element; None if its texts may be readable."""
    sign, kind = _ROOTS.get(root, ("", None))
    return kind if sign in attributes else None


def refuse(data: bytes, name: str) -> None:
    """Raise ReadError for a file that no reader takes, as far as its beginning tells."""
    from audio_edition.read.tree import root_of  # here: it imports this module

    kind = kind_of(data, name)
    if kind is None and not _suffix(name).startswith((".htm", ".md", ".markdown")):  # these may begin with SVG
        kind = kind_of_xml(*root_of(data))
    if kind is not None and not (kind.pandoc and _has_pandoc()):
        raise refusal(kind, name)


def _has_pandoc() -> bool:
    from audio_edition.read.converters import pandoc  # here: few documents need it

    return bool(pandoc())


def refusal(kind: Kind, name: str) -> ReadError:
    """Return the error that says what a file is and what to give instead."""
    return ReadError(f"{name} is {kind.what}.", kind.remedy)


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def is_outlook_message(data: bytes) -> bool:
    """Return whether a compound file is a message of Outlook, whatever is attached to it."""
    if not data.startswith(_OLE) or _OF_MESSAGES.encode("utf-16-le") not in data:
        return False
    import olefile  # here: few documents need it

    try:
        return bool(olefile.OleFileIO(io.BytesIO(data)).exists(_OF_MESSAGES))
    except Exception:  # of a damaged file olefile raises whatever its figures lead to
        return False


def _of_ole(data: bytes, name: str) -> Kind | None:
    if is_outlook_message(data):
        return None
    for stream, kind in _OLE_STREAMS.items():
        if stream.encode("utf-16-le") in data:
            return kind
    return _OLE_ENDINGS.get(_suffix(name), _WORD)


def _of_archive(data: bytes, name: str) -> Kind | None:
    if found := _MIMETYPE.match(data, 30):
        kind = found[1].decode()
        return None if kind == "text" else _OPEN_DOCUMENTS.get(kind, Kind("an OpenDocument drawing", _AS_TEXT))
    paths = paths_of(data)
    if paths is None:
        return None if any(sign in data for sign in _SIGNS_OF_READ) else _DAMAGED
    if any(part in paths for part in _IWORK_PARTS):
        return _IWORK.get(_suffix(name), _IWORK[".pages"])
    for part, kind in _PARTS.items():
        if any(path.startswith(part) for path in paths):
            return kind
    if any(sign.decode() in paths for sign in _SIGNS_OF_READ) or any(map(is_of_daisy, paths)):
        return None
    return _of_documents([path for path in paths if not path.endswith("/") and "__MACOSX/" not in path])


def is_of_daisy(path: str) -> bool:
    """Return whether an entry of an archive is the head of a DAISY book: its contents (2.02), or its package (3)."""
    return path.rpartition("/")[2].lower() == "ncc.html" or path.lower().endswith(".opf")


def paths_of(data: bytes) -> list[str] | None:
    """Return the paths of an archive's entries; None if it can't be read, or has more than a document has."""
    if data.count(b"PK\x01\x02") > _MOST_ENTRIES:
        return None
    import zipfile  # here: plain text needs none of it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError):
        return None


def document_in(paths: list[str]) -> str:
    """Return the path of the one document in an archive; empty if it holds none or several. The frames of a saved page
    lie in a folder beside it, and are not counted."""
    documents = _documents(paths)
    if len(documents) > 1:
        page = min(documents, key=lambda path: (path.count("/"), len(path)))
        stem = page.rpartition(".")[0]
        inner = tuple(f"{stem}{mark}{word}" for mark in "_-." for word in _FRAMES)
        documents = [path for path in documents if path == page or not path.startswith(inner)]
    return documents[0] if len(documents) == 1 else ""


def _documents(paths: list[str]) -> list[str]:
    return [path for path in paths if _suffix(path) in _READ and not path.endswith("/") and "__MACOSX/" not in path]


def _of_documents(paths: list[str]) -> Kind | None:
    """Return the kind of an archive of files: web pages, as Notion exports them, pictures…; None if it holds one
    document."""
    if document_in(paths):
        return None
    documents = _documents(paths)
    named = ", ".join(f"“{in_brief(path)}”" for path in documents[:_MOST_NAMED])
    if documents:
        more = ", …" * (len(documents) > _MOST_NAMED)
        return Kind(f"a ZIP archive with {len(documents)} documents in it", f"Unpack it, and give them: {named}{more}.")
    inside = [path for path in paths if _suffix(path) in _ENDINGS]
    if inside:
        return Kind(
            f"a ZIP archive that holds {_ENDINGS[_suffix(inside[0])].what}", _ENDINGS[_suffix(inside[0])].remedy
        )
    if paths and all(_suffix(path) in _PICTURES for path in paths):
        return Kind("a ZIP archive of pictures", _RECOGNISE)
    return Kind("a ZIP archive without a document that can be read", _UNPACK)


_ENDINGS = {
    ".doc": _WORD,
    ".srt": _CAPTIONS,
    ".vtt": _CAPTIONS,
}
"""Endings of files that are often packed and can't be read unpacked either."""
