"""Documents that other programs convert: old Word documents by LibreOffice, other markup by pandoc."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Item, List, Paragraph, Table, Text, leaves
from audio_edition.read import converters, old_word, read
from support.open_documents import flat_document
from support.sketch import sketch
from support.soundness import read_whole

needs_pandoc = pytest.mark.skipif(not converters.pandoc(), reason="pip install 'audio-edition[pandoc]'")
MARKUP: dict[str, bytes] = {
    "a.rst": b"The quay\n========\n\nIt *opened*.\n\nCosts\n-----\n\n1. Oak\n2. Elm\n",
    "a.org": b"#+TITLE: The quay\n\nIt /opened/.\n\n* Costs\n\n1. Oak\n2. Elm\n",
    "a.tex": b"\\documentclass{article}\\title{The quay}\\begin{document}\\maketitle It \\emph{opened}.\n\n"
    b"\\section{Costs}\\begin{enumerate}\\item Oak\\item Elm\\end{enumerate}\\end{document}\n",
    "packages.tex": b"% Options for packages\n\\PassOptionsToPackage{unicode}{hyperref}\n\\RequirePackage{x}\n"
    b"\\documentclass[\n  british,\n]{article}\\title{The quay}\\begin{document}\\maketitle It \\emph{opened}.\n\n"
    b"\\section{Costs}\\begin{enumerate}\\item Oak\\item Elm\\end{enumerate}\\end{document}\n",
    "a.textile": b"h1. The quay\n\nIt _opened_.\n\nh2. Costs\n\n# Oak\n# Elm\n",
    "a.wiki": b"= The quay =\n\nIt ''opened''.\n\n== Costs ==\n\n# Oak\n# Elm\n",
    "a.xml": b'<article xmlns="http://docbook.org/ns/docbook"><title>The quay</title>'
    b"<para>It <emphasis>opened</emphasis>.</para><section><title>Costs</title><orderedlist><listitem><para>Oak</para>"
    b"</listitem><listitem><para>Elm</para></listitem></orderedlist></section></article>",
    "a.ipynb": b'{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# The quay\\n", "\\n", '
    b'"It *opened*.\\n", "\\n", "## Costs\\n", "\\n", "1. Oak\\n", "2. Elm\\n"]}], "metadata": {}, "nbformat": 4, '
    b'"nbformat_minor": 5}',
}  # fmt: skip


@needs_pandoc
@pytest.mark.parametrize("name", MARKUP)
def test_other_markup_is_read_by_pandoc(name: str) -> None:
    """Title, headings, lists; a finding says who converted it."""
    article = read_whole(MARKUP[name], name=name).articles[0]
    assert article.title == "The quay"
    assert sketch(article) == ["It opened.", "## Costs", "1. Oak", "2. Elm"]
    assert any(finding.id == "converted" for finding in article.findings)


@needs_pandoc
def test_values_between_commas_are_a_table() -> None:
    """Each cell is behind the name of its column."""
    article = read_whole(b'Port,Tide\nHalvoy,"06:14, 18:40"\n', name="tides.csv").articles[0]
    (table,) = article.blocks
    assert isinstance(table, Table)
    assert [leaf.text for leaf in leaves([table])] == ["Port", "Tide", "Halvoy", "06:14, 18:40"]


@needs_pandoc
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.rst", b"The quay\n========\n\nIt opened.\n\n.. include:: {}\n"),
        ("a.tex", b"\\documentclass{{article}}\\begin{{document}}It opened. \\input{{{}}}\\end{{document}}"),
        ("a.org", b"* The quay\n\nIt opened.\n\n#+INCLUDE: \"{}\"\n"),
    ],
)  # fmt: skip
def test_no_other_file_is_included(name: str, data: bytes, tmp_path: Path) -> None:
    """pandoc works in its sandbox."""
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody reads this.\n")
    document = data.replace(b"{{", b"{").replace(b"}}", b"}").replace(b"{}", str(secret).encode())
    try:
        said = " ".join(sketch(read(document, name=name).articles[0]))
    except ReadError as refused:
        said = refused.message
    assert "Nobody reads this" not in said


def test_without_the_programs_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install, or in which format to save it."""
    monkeypatch.setattr(converters, "pandoc", lambda: "")
    monkeypatch.setattr(converters, "office", lambda: "")
    for name, data in MARKUP.items():
        with pytest.raises(ReadError) as refused:
            read(data, name=name)
        assert "audio-edition[pandoc]" in refused.value.remedy
    with pytest.raises(ReadError, match="old Word document") as missing:
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le"), name="a.doc")
    assert "LibreOffice" in missing.value.remedy


needs_office = pytest.mark.tool("soffice", "apt-get install libreoffice-writer")


@needs_office
def test_an_old_word_document_is_read_by_libreoffice(tmp_path: Path) -> None:
    """As the .docx that it becomes."""
    document = _old_word(tmp_path, "<text:p text:style-name='Title'>The quay</text:p><text:p>It opened.</text:p>")
    article = read_whole(document).articles[0]
    assert (article.title, sketch(article)) == ("The quay", ["It opened."])


def _numbered(*texts: str, start: int = 1) -> List[Text]:
    return List(tuple(Item((Paragraph(Text(text)),)) for text in texts), ordered=True, start=start)


def test_a_list_that_restarts_is_whole() -> None:
    """LibreOffice writes its first item as a list of its own; two lists, or one that goes on, stay as they are."""
    again = Paragraph(Text("Again:"))
    lists = (_numbered("bread"), _numbered("flour"), again, _numbered("oak"), _numbered("elm", "ash"))
    whole = (_numbered("bread", "flour"), again, _numbered("oak", "elm", "ash"))
    assert old_word.with_whole_lists(lists) == whole
    assert old_word.with_whole_lists(whole) == whole
    others = (_numbered("oak"), _numbered("elm", start=2), _numbered("oak", "elm"), _numbered("ash", "yew"))
    assert old_word.with_whole_lists(others) == others


def _old_word(folder: Path, body: str) -> Path:
    (folder / "a.fodt").write_bytes(flat_document(body))
    _convert(folder, "a.fodt", "doc")
    return folder / "a.doc"


def _convert(folder: Path, name: str, ending: str) -> None:
    """As somebody would who trusts the document."""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending, name]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What a server on this machine is asked for; the first is its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.append(self.path)
            self.send_error(404)

        def __getattr__(self, name: str) -> Callable[[], None]:
            if name.startswith("do_"):
                return self.do_GET
            raise AttributeError(name)

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found = [f"http://127.0.0.1:{server.server_port}"]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()


@needs_office
@pytest.mark.parametrize("has_own_network", [True, False])
def test_an_old_document_asks_for_nothing(
    has_own_network: bool, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a linked picture, nor a part of another document, nor a template, also where a program can't be given an
    empty network; LibreOffice with a user's own settings asks for the picture."""
    (address,) = asked
    document = _old_word(tmp_path, _linking(address, tmp_path))
    _convert(tmp_path, "a.doc", "docx")
    assert len(asked) > 1, "the document links to nothing"
    del asked[1:]
    if not has_own_network:
        monkeypatch.setattr(converters, "_limited", lambda command, *_: command)
    said = sketch(read(document).articles[0])
    assert asked == [address]
    assert any("It opened." in line for line in said)
    assert "Nobody reads this" not in " ".join(said)


def _linking(address: str, folder: Path) -> str:
    (folder / "secret.fodt").write_bytes(flat_document("<text:p>Nobody reads this.</text:p>"))
    sources = (f"{address}/part.odt", (folder / "secret.fodt").as_uri())
    sections = "".join(
        f"<text:section text:name='S{at}'><text:section-source xlink:href='{source}'/><text:p>Inside.</text:p>"
        "</text:section>"
        for at, source in enumerate(sources)
    )
    picture = (
        "<draw:frame svg:width='3cm' svg:height='3cm' text:anchor-type='as-char'><draw:image "
        f"xlink:href='{address}/a.png' xlink:type='simple' xlink:show='embed' xlink:actuate='onLoad'/></draw:frame>"
    )
    return f"<text:p>The quay</text:p><text:p>{picture} It opened.</text:p>{sections}"


@needs_office
def test_a_damaged_old_document_is_refused() -> None:
    """LibreOffice opens nothing then."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(600)
    with pytest.raises(ReadError, match=r"LibreOffice|nothing to say"):
        read(data, name="a.doc")


def _ran(code: str, folder: Path, seconds: int = 60, memory_bytes: int = 1_000_000_000) -> bytes:
    return converters.run([sys.executable, "-c", code], folder, seconds, memory_bytes, "a.rst")


def test_a_program_that_fails_or_hangs_is_ended(tmp_path: Path) -> None:
    """The reason is told in a sentence."""
    with pytest.raises(ReadError, match="broken input"):
        _ran("import sys; sys.exit('broken input')", tmp_path)
    with pytest.raises(ReadError, match="longer than 1 seconds"):
        _ran("import signal; signal.pause()", tmp_path, seconds=1)


_STARTS_ANOTHER = """
import os, subprocess, sys
reading, writing = os.pipe()
waits = f"import os, signal; os.write({writing}, b'.'); signal.pause()"
process = subprocess.Popen([sys.executable, "-c", waits], pass_fds=[writing])
os.read(reading, 1)
print(process.pid, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows the state of a process as a file")
@pytest.mark.parametrize("then", ["", "import signal; signal.pause()"])
def test_what_a_program_started_is_ended_with_it(then: str, tmp_path: Path) -> None:
    """At the limit of time, and where it ends itself and leaves others behind."""
    if then:
        with pytest.raises(ReadError, match="longer than 3 seconds"):
            _ran(_STARTS_ANOTHER + then, tmp_path, seconds=3)
    else:
        _ran(_STARTS_ANOTHER, tmp_path)
    child = int((tmp_path / "output").read_text())
    assert _is_over(child)


def _is_over(process: int) -> bool:
    """Whether a process has ended, or is about to: nobody but the system takes notice of it."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        waiting = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True
    killed = 1 << 8
    pending = int((re.search(r"^ShdPnd:\s*(\w+)", status, re.MULTILINE) or ["", "0"])[1], 16)
    return ") Z " in waiting or bool(pending & killed)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold all of these limits")
def test_a_program_has_limits(tmp_path: Path) -> None:
    """Of memory, of what it writes, and of the network: there is none."""
    with pytest.raises(ReadError, match="MemoryError"):
        _ran("bytes(2_000_000_000)", tmp_path)
    with pytest.raises(ReadError, match="can't be converted"):
        _ran("import sys; any(sys.stdout.write('x' * 1_000_000) == 0 for _ in range(250))", tmp_path)
    with pytest.raises(ReadError, match="larger than 50 MB"):
        _ran("import sys; any(sys.stdout.write('x' * 1_000_000) == 0 for _ in range(60))", tmp_path)


def test_a_program_has_an_empty_network(tmp_path: Path, asked: list[str]) -> None:
    """Where Linux lets every user make one; a program outside it reaches the server."""
    fetch = f"from urllib.request import urlopen; urlopen('{asked[0]}/a', timeout=30)"
    code = f"import sys\ntry: {fetch}\nexcept OSError as trouble: sys.exit(str(trouble))"
    subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert asked[1:] == ["/a"]
    if (
        not shutil.which("unshare")
        or subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("this system lets no user make a network")
    with pytest.raises(ReadError, match="unreachable"):
        _ran(code, tmp_path)
    assert asked[1:] == ["/a"]
