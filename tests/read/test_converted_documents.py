"""Documents that other programs convert: old Word documents by LibreOffice, other markup by pandoc."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from audio_edition.errors import ReadError
from audio_edition.read import converters, read
from support.open_documents import flat_document
from support.sketch import sketch
from support.soundness import read_whole

needs_pandoc = pytest.mark.skipif(not converters.pandoc(), reason="pip install 'audio-edition[pandoc]'")
MARKUP: dict[str, bytes] = {
    "a.rst": b"The quay\n========\n\nIt *opened*.\n\nCosts\n-----\n\n1. Oak\n2. Elm\n",
    "a.org": b"#+TITLE: The quay\n\nIt /opened/.\n\n* Costs\n\n1. Oak\n2. Elm\n",
    "a.tex": b"\\documentclass{article}\\title{The quay}\\begin{document}\\maketitle It \\emph{opened}.\n\n"
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


@pytest.mark.tool("soffice", "apt-get install libreoffice-writer")
def test_an_old_word_document_is_read_by_libreoffice(tmp_path: Path) -> None:
    """As the .docx that it becomes."""
    body = "<text:p text:style-name='Title'>The quay</text:p><text:p>It opened.</text:p>"
    (tmp_path / "a.fodt").write_bytes(flat_document(body))
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc", "a.fodt"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    article = read_whole(tmp_path / "a.doc").articles[0]
    assert (article.title, sketch(article)) == ("The quay", ["It opened."])


@pytest.mark.tool("soffice", "apt-get install libreoffice-writer")
def test_a_damaged_old_document_is_refused() -> None:
    """LibreOffice opens nothing then."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(600)
    with pytest.raises(ReadError, match=r"LibreOffice|nothing to say"):
        read(data, name="a.doc")


def test_a_program_that_fails_or_hangs_is_ended(tmp_path: Path) -> None:
    """With all that it started; the reason is told in a sentence."""
    with pytest.raises(ReadError, match="broken input"):
        converters.run([sys.executable, "-c", "import sys; sys.exit('broken input')"], tmp_path, 60, "a.rst")
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import signal; signal.pause()'])"
    with pytest.raises(ReadError, match="longer than 1 seconds"):
        converters.run([sys.executable, "-c", child], tmp_path, 1, "a.rst")
