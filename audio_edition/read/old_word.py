"""Reads an old Word document (.doc, Word 97 to 2003) by LibreOffice, where that is installed."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from audio_edition.errors import ReadError
from audio_edition.read.document import Document, Reading

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAM = "WordDocument".encode("utf-16-le")
_SECONDS = 120


def recognises(data: bytes, name: str) -> bool:
    """Return whether the bytes are a file of an older Office that holds a text."""
    return data.startswith(_OLE) and _STREAM in data


def read(document: Document) -> Reading:
    """Return the article of a document. Raises ReadError if LibreOffice is missing, or does not open it."""
    from audio_edition.read import docx
    from audio_edition.read.converters import converted, office

    program = office()
    if not program:
        raise ReadError(
            f"{document.name} is an old Word document (.doc).",
            "Install LibreOffice, which is then used to open it; or open it in Word, and save it as .docx.",
        )
    reading = docx.read(replace(document, data=_as_docx(program, document)))
    finding = converted("LibreOffice", "everything, such as languages and alternative texts")
    issue = replace(reading.issue, findings=(*reading.issue.findings, finding))
    return replace(reading, issue=issue)


def _as_docx(program: str, document: Document) -> bytes:
    """Return the document as LibreOffice saves it; it has a profile of its own, in which macros do not run."""
    from audio_edition.read.converters import run

    with tempfile.TemporaryDirectory(prefix="audio-edition-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source, result = place / "document.doc", place / "document.docx"
        source.write_bytes(document.data)
        command = [
            program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(place), str(source),
        ]  # fmt: skip
        run(command, place, _SECONDS, document.name)
        if not result.is_file():
            raise ReadError(
                f"{document.name} can't be opened by LibreOffice: it is damaged, or has a password.",
                "Open it in Word, save it as .docx without a password, and give that file.",
            )
        return result.read_bytes()
