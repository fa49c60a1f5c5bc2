"""Reads an old Word document (.doc, Word 97 to 2003) by LibreOffice, where that is installed."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from audio_edition.errors import ReadError
from audio_edition.model import Block, List, Text
from audio_edition.read.document import Document, Reading

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAM = "WordDocument".encode("utf-16-le")
_SECONDS = 120
_MEMORY_BYTES = 2_000_000_000
"""Of addresses: LibreOffice alone takes some 700 MB of them."""

_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    *(
        ("Inet/Settings", f"ooInet{kind}Proxy{part}", said)
        for kind in ("HTTP", "HTTPS", "FTP")
        for part, said in (("Name", "127.0.0.1"), ("Port", "9"))
    ),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
"""LibreOffice's own: no macros, no links followed, and all that asks the network anyway goes to a port where nobody
listens, for macOS and Windows give no program an empty network."""


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
    articles = (replace(article, blocks=with_whole_lists(article.blocks)) for article in reading.issue.articles)
    issue = replace(reading.issue, articles=tuple(articles), findings=(*reading.issue.findings, finding))
    return replace(reading, issue=issue)


def with_whole_lists(blocks: tuple[Block[Text], ...]) -> tuple[Block[Text], ...]:
    """Return the blocks with lists whole whose first item is a list of its own: LibreOffice parts those that restart,
    and numbers both items 1."""
    joined: list[Block[Text]] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if isinstance(block, List) and isinstance(before, List) and _is_first_item(before, block):
            joined[-1] = replace(block, items=(*before.items, *block.items))
        else:
            joined.append(block)
    return tuple(joined)


def _is_first_item(before: List[Text], rest: List[Text]) -> bool:
    is_same = (before.ordered, before.start, before.style) == (rest.ordered, rest.start, rest.style)
    return is_same and rest.ordered and len(before.items) == 1


def _as_docx(program: str, document: Document) -> bytes:
    """Return the document as LibreOffice saves it. Raises ReadError."""
    from audio_edition.read.converters import bytes_of, run

    with tempfile.TemporaryDirectory(prefix="audio-edition-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source, result = place / "document.doc", place / "document.docx"
        source.write_bytes(document.data)
        _write_profile(place / "profile")
        command = [
            program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(place), str(source),
        ]  # fmt: skip
        run(command, place, _SECONDS, _MEMORY_BYTES, document.name)
        if not result.is_file():
            raise ReadError(
                f"{document.name} can't be opened by LibreOffice: it is damaged, or has a password.",
                "Open it in Word, save it as .docx without a password, and give that file.",
            )
        return bytes_of(result, document.name)


def _write_profile(folder: Path) -> None:
    """Write the settings of a user of LibreOffice who trusts no document."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    settings = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    (folder / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
