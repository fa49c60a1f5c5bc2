"""The braille of whole editions: nothing is found in what is as it was made, and a word that is another is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audio_edition.check import check_edition
from audio_edition.check.report import as_text
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.model import Speech
from support.liblouis import needs_liblouis
from support.twins import seal

pytestmark = needs_liblouis

TEXTS = {
    "en": "The ferry\n\nNobody said that; it sank (they say). It did so; what else?\n\n- After -\n\nIt's 3.5 metres.\n",
    "de": "Die Fähre\n\nDie Fähre verließ den Hafen. Niemand war an Bord.\n\n- Danach -\n\nEs regnete.\n",
    "fr": "Le bac\n\nLe bac a quitté le port. Personne n’était à bord.\n\n- Après -\n\nIl a plu.\n",
    "da": "Færgen\n\nFærgen forlod havnen. Hvem var om bord?\n\n- Bagefter -\n\nDet regnede.\n",
    "es": "El barco\n\nEl barco salió. ¿Quién lo sabía?\n\n- Luego -\n\nHa llovido.\n",
    "it": "Il battello\n\nIl battello partì – e basta. Non c’era nessuno.\n\n- Dopo -\n\nPiove.\n",
    "ru": "Паром\n\nПаром вышел из порта. Никого не было.\n\n- Потом -\n\nШёл дождь.\n",
    "pl": "Prom\n\nProm wypłynął z portu. Nikogo nie było.\n\n- Potem -\n\nPadało.\n",
}


def _edition(folder: Path, language: str, grade: int) -> Path:
    settings = Settings(
        Speech(engine="tone", language=language),
        formats=("braille", "pef", "ebraille"),
        braille_grade=grade,
        braille_size="30x15",
    )
    return make_edition(make_script(TEXTS[language].encode(), settings, "article"), folder, settings).folder


@pytest.mark.parametrize("language", ["fr", "da", "es", "de"])
def test_letters_that_a_table_lacks_are_no_mistake(tmp_path: Path, language: str) -> None:
    """What stands for them depends on how they are written around: it is not looked for letter by letter."""
    settings = Settings(
        Speech(engine="tone", language=language), formats=("braille", "pef", "ebraille"), braille_size="20x10"
    )
    text = "Rain 北北北\n\nNobody \u3164 said.\n\n- Привет ferry -\n\nOf ﬁsh.\n"
    folder = make_edition(make_script(text.encode(), settings, "article"), tmp_path, settings).folder
    assert as_text([check_edition(folder, programs=False)]) == f"{folder}: nothing is wrong."


def _found(folder: Path) -> set[str]:
    return {finding.id for finding in check_edition(folder, programs=False).findings}


@pytest.mark.parametrize("grade", [1, 2])
@pytest.mark.parametrize("language", TEXTS)
def test_nothing_is_found_in_a_good_one(tmp_path: Path, language: str, grade: int) -> None:
    """In each language, also where it can't be read back or has figures of its own."""
    folder = _edition(tmp_path, language, grade)
    assert as_text([check_edition(folder, programs=False)]) == f"{folder}: nothing is wrong."


@pytest.mark.parametrize(("language", "grade"), [("en", 1), ("en", 2), ("de", 1), ("de", 2), ("fr", 2), ("ru", 1)])
def test_a_line_that_was_lost_is_found(tmp_path: Path, language: str, grade: int) -> None:
    """Also in codes that can't be read back. The page is as long as before."""
    folder = _edition(tmp_path, language, grade)
    (path,) = folder.glob("*.brf")
    front, page = path.read_bytes().decode("ascii").split("\f")[:2]
    lines = page.split("\r\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("  ") and line[2:3].strip())
    lines[at] = ""
    path.write_bytes(f"{front}\f{chr(13) + chr(10)}".encode()[:-2] + "\r\n".join(lines).encode() + b"\f")
    seal(folder)
    assert _found(folder) == {"text-differs"}


def test_a_table_elsewhere_is_not_opened(tmp_path: Path) -> None:
    """edition.json may come from anybody."""
    folder = _edition(tmp_path, "en", 2)
    manifest = json.loads((folder / "edition.json").read_text("utf-8"))
    manifest["settings"]["braille"]["table"] = "../own.ctb"
    (folder / "edition.json").write_text(json.dumps(manifest), "utf-8")
    assert _found(folder) == {"file-unreadable"}
