"""Braille: what is written can be read back, fits on the page, and leaves nothing out."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from audio_edition.errors import MissingTool, PublishError, SettingsError
from audio_edition.formats import PACKAGES, chosen, libraries_of
from audio_edition.formats.braille import liblouis
from audio_edition.formats.braille.braille_ascii import in_ascii
from audio_edition.formats.braille.lines import Indent, broken, with_number
from audio_edition.formats.braille.tables import table_of
from audio_edition.formats.braille.transcription import Transcriber
from audio_edition.model import Block, BrailleForm, Item, List, PageBreak, Paragraph, Passage, Recording, Script
from audio_edition.model.settings import braille_size
from support.liblouis import needs_liblouis, read_back
from support.recordings import article, chapter, of_texts, passage
from support.structured import everything

pytestmark = needs_liblouis

ENGLISH = (
    "The ferry left the harbour at noon on Wednesday.", "Nobody was on board, and everybody knew why.",
    "“We have been wet before,” my grandmother said.", "It's 3.5 metres; last year it was 2.75.",
    "MPs of the EU met in OSLO and Washington.", "Children shouldn't go there alone — not ever.",
    "Which of these receives the greatest blessing?", "She paid £4, €5 and $6 (50% off).",
    "The fisherman's quick brown fox jumps over the lazy dog.", "Mr. O’Neill’s friend, Dr. Knight, would rather wait.",
    "Read chapter 12, pages 3-7 and 10/12.", "A café, a naïve façade and a résumé.",
    "Myself, themselves and ourselves, oneself.", "x² is more than y³.", "Such as these: under, over, through, every.",
    "Write to desk@example.org at once.", "To be, or not to be: that is the question!",
    "He said: “She told me so.”", "The year 1984 was 40 years before 2024.", "Seeing is believing; being is doing.",
)  # fmt: skip
GERMAN = (
    "Die Fähre verließ den Hafen am Mittag.", "Niemand war an Bord, sagte die Bürgermeisterin.",
    "Das Schiff ist 12 Meter lang und 3,5 Meter breit.", "Übermorgen wird das Wetter schöner.",
    "Der alte Müller aß Äpfel und Öl.", "Wer nicht wagt, der nicht gewinnt!", "Ist das alles?",
    "Am 22. November schneite es in Zürich.", "Die Straße zum Schloss ist gesperrt.", "Eis, Schnee und Stein.",
    "Er kam aus Österreich; sie aus Schweden.", "Das ist ein langer Satz mit vielen Wörtern darin.",
    "Zwischen Ebbe und Flut liegen sechs Stunden.", "Die Kinder spielten auf der Mauer.", "Es regnet seit gestern.",
)  # fmt: skip
DANISH = (
    "Færgen forlod havnen ved middagstid.", "Ingen var om bord, sagde borgmesteren.", "Åen løber ud i havet.",
    "Det koster 12 kroner og 50 øre.", "Hvor er du henne?", "Vi venter på vejret!", "Ærø er en ø i Danmark.",
    "Hun kom fra Norge; han fra Sverige.", "Børnene legede på muren.", "Det har regnet siden i går.",
    "Rødgrød med fløde er godt.", "Skibet er 12,5 meter langt.", "Den 22. november sneede det.",
    "Alle ved, hvad han mente.", "Sæt dig ned, og lyt.",
)  # fmt: skip
FRENCH = (
    "Le bac a quitté le port à midi.", "Personne n’était à bord, dit la maire.", "Où êtes-vous, mes amis ?",
    "L’œuvre coûte 12 euros.", "Ça va très bien, merci !", "« Tout est perdu », a-t-elle dit.",
    "Les élèves jouaient près du mur.", "Il a plu depuis hier – sans arrêt.", "Noël tombe un jeudi.",
    "Le garçon naïf mangeait.", "Elle vient de Genève…", "C’est l’été à Nîmes.", "Deux mètres, c’est peu.",
    "Le 22 novembre, il neigea.", "À bientôt !", "Un œil, des yeux.", "Je ne sais pas.",
)  # fmt: skip
SPANISH = (
    "El barco salió del puerto a mediodía.", "¿Quién estaba a bordo?", "¡Nadie lo sabía!", "El niño comió una piña.",
    "La alcaldesa dijo que no.", "Cuesta 12 euros y 50 céntimos.", "Mañana lloverá en el norte.", "El pingüino nada.",
    "Está lejos — muy lejos.", "«Así es», dijo ella.", "Los niños jugaban en el muro.", "Ha llovido desde ayer.",
    "El 22 de noviembre nevó.", "Dos metros son pocos.", "Hasta luego, amigos.", "El árbol está seco.", "No sé.",
)  # fmt: skip
SWEDISH = (
    "Färjan lämnade hamnen vid middagstid.", "Ingen var ombord, sade borgmästaren.", "Ån rinner ut i havet.",
    "Det kostar 12 kronor.", "Var är du?", "”Vi väntar”, sade hon.", "Barnen lekte på muren.", "Öl och äpplen – tack.",
    "Det har regnat sedan i går.", "Skeppet är 12 meter långt.", "Den 22 november snöade det.", "Alla vet det.",
    "Sätt dig ned.", "Ett år till.", "Nej tack!", "Hon kom från Norge.",
)  # fmt: skip
TO_THE_LETTER = [
    *(("en", grade, text) for grade in (1, 2) for text in ENGLISH),
    *(("de", 1, text) for text in GERMAN),
    *(("da", 1, text) for text in DANISH),
]
OTHERS = [
    (language, grade, text)
    for language, texts in (("fr", FRENCH), ("es", SPANISH), ("sv", SWEDISH), ("de", GERMAN), ("da", DANISH))
    for grade in (1, 2)
    for text in texts
]
_ALIKE = str.maketrans("“”„‘’–", '"""\'\'—')
_WIDE, _NARROW = BrailleForm(), BrailleForm(28, 12, 1)


def _brf(folder: Path, recording: Recording, form: BrailleForm = _WIDE) -> list[list[str]]:
    """The pages of a recording's BRF, each as lines."""
    PACKAGES["braille"].write(replace(recording, braille=form), folder, "book")
    *pages, rest = (folder / "book.brf").read_bytes().decode("ascii").split("\f")
    assert rest == ""
    return [page.split("\r\n")[:-1] for page in pages]


@pytest.mark.parametrize(("language", "grade", "text"), TO_THE_LETTER)
def test_it_can_be_read_back_to_the_letter(language: str, grade: int, text: str) -> None:
    """Where the code allows it: English, German with capitals, Danish. Quotation marks and dashes are made alike."""
    cells = in_ascii(Transcriber(language, grade).cells(text))
    told = read_back(table_of(language, grade), cells)
    assert told.translate(_ALIKE) == text.translate(_ALIKE)


@pytest.mark.parametrize(("language", "grade", "text"), OTHERS)
def test_every_word_is_there_and_no_escape(language: str, grade: int, text: str) -> None:
    """Where a code can't be read back: as many words as in the text, each of cells, none an escape."""
    cells = in_ascii(Transcriber(language, grade).cells(text))
    assert "'\\" not in cells
    assert re.fullmatch(r"[ -_]+", cells)
    if grade == 1:
        assert len(cells.split()) == len(text.split())


def test_what_no_table_knows_is_told_by_its_name() -> None:
    """A sign in words, letters of another script in that script's braille; never an escape, never nothing."""
    english = Transcriber("en", 1)
    assert "SHIP" in in_ascii(english.cells("a 🚢 sank"))
    for language in ("en", "fr", "de", "es", "sv"):
        writer = Transcriber(language, 2)
        for text in ("a 🚢 b", "a Привет b", "a 東 b", "x⁻⁹", "a\u200b\u00adb", "₂", "•", "ﬁ"):
            cells = in_ascii(writer.cells(text))
            assert cells.strip()
            assert "'\\" not in cells
            assert re.fullmatch(r"[ -_]+", cells), (language, text, cells)


def test_a_phrase_is_written_in_its_own_language() -> None:
    """Uncontracted, by the table of that language."""
    writer = Transcriber("en", 2)
    assert writer.cells("Été", "fr") == Transcriber("fr", 1).cells("Été") != writer.cells("Été")
    assert writer.cells("the", "en-GB") == writer.cells("the") == "⠮"


@pytest.mark.parametrize(
    "size", ["forty", "40x", "x25", "400x25", "19x25", "40x9", "40 x 25", "-40x25", "40x25x2", "", 40]
)
def test_a_size_that_is_none_is_refused_in_one_sentence(size: object) -> None:
    """Which says what was given, and how a size is written."""
    with pytest.raises(
        SettingsError, match=r"^braille-size is .*Write cells and lines, 20x10 to 99x99, such as 40x25\.$"
    ):
        braille_size("braille-size", size)


@pytest.mark.parametrize("size", ["20x10", "38x27", "28x25", "32x28", "99x99"])
def test_sizes_of_displays_and_paper_are_kept(tmp_path: Path, size: str) -> None:
    """To the cell and the line, from the smallest to the largest."""
    width, height = map(int, braille_size("braille-size", size).split("x"))
    pages = _brf(tmp_path, of_texts(tmp_path, everything()), BrailleForm(width, height, 2))
    assert {len(page) for page in pages} == {height}
    assert {len(page[-1]) for page in pages} == {width}
    assert max(len(line) for page in pages for line in page) == width


@pytest.mark.parametrize("form", [_WIDE, _NARROW])
def test_pages_are_as_long_and_wide_as_asked(tmp_path: Path, form: BrailleForm) -> None:
    """Of each script; the numbers stand at the right of the last line, those of the contents behind a P."""
    for script in (everything(), article()):
        pages = _brf(tmp_path, of_texts(tmp_path, script), form)
        assert {len(page) for page in pages} == {form.height}
        assert max(len(line) for page in pages for line in page) <= form.width
        numbers = [page[-1].strip() for page in pages]
        front = [number for number in numbers if number.startswith("P")]
        assert front
        assert numbers[len(front) :][:3] == ["#A", "#B", "#C"][: len(numbers) - len(front)]
        assert all(len(page[-1]) == form.width for page in pages)


def test_nothing_is_dropped(tmp_path: Path) -> None:
    """Each word of every kind of block is read back: lists, tables, notes, pictures' descriptions, captions, code."""
    pages = _brf(tmp_path, of_texts(tmp_path, everything()), BrailleForm(40, 25, 1))
    lines = [line.lstrip("-") for page in pages for line in page[1:-1]]
    told = re.sub(r"\W", "", read_back("en-ueb-g1.ctb", " ".join(" ".join(lines).split())))
    for words in (
        "Count the gates", "Both", "What shuts", "Rosa Leith harbour master", "The bell at sea", "In short",
        "Bring a coat",
        "for gate in gates", "h squared over two", "A chart of two bars", "The north bar is taller", "Gates in 2026",
        "Table with 3 columns", "Gates North 212", "None yet", "Two are shut", "Printed in May", "Page 13",
    ):  # fmt: skip
        assert words.replace(" ", "").casefold() in told.casefold(), words


def test_blocks_stand_where_the_conventions_have_them(tmp_path: Path) -> None:
    """Paragraphs at cell 3, headings in the middle or at cell 5, lists at cell 1, lists in them at 3."""
    text = "\n".join("\n".join(page) for page in _brf(tmp_path, of_texts(tmp_path, everything())))
    assert re.search(r"^ {2,}\S.*REPORT$", text, re.MULTILINE)
    assert "\n    ,! GATES\n" in text
    assert "\n  ,SEE ! REPORT" in text
    assert "\n#C4 ,C.T ! BOATS4\n" in text
    assert "\n#D4 ,C.T ! GATES3\n  NOR?1\n" in text
    assert "\n  NOR?1\n" in text
    assert f"\n{'7' * 40}\n      ,9 %ORT\n" in text
    assert f",BR+ A COAT4\n{'G' * 40}\n" in text


def test_printed_pages_are_told(tmp_path: Path) -> None:
    """By a rule with the number of the page that begins, and on the first line of the pages that follow."""
    pages = _brf(tmp_path, of_texts(tmp_path, everything()))
    lines = [line for page in pages for line in page]
    assert any(re.fullmatch(r"-+XI", line) for line in lines) or any(line.endswith(" XI") for line in lines)
    assert any(line.endswith("#AB") for line in lines)
    assert any(re.fullmatch(r"-+,PAGE #AC", line) for line in lines)


def test_contents_name_the_pages_of_chapters(tmp_path: Path) -> None:
    script = everything()
    chapters = tuple(chapter(number, f"Part {number}", ["It rained."] * 30) for number in range(1, 5))
    pages = _brf(tmp_path, of_texts(tmp_path, replace(script, chapters=chapters, images=())))
    contents = [line for line in pages[0] if '""' in line]
    assert len(contents) == 4
    front = [page for page in pages if page[-1].strip().startswith("P")]
    for number, line in enumerate(contents, start=1):
        page = pages[len(front) - 1 + "ABCDEFGHIJ".index(line[-1]) + 1]
        heading = read_back("en-ueb-g2.ctb", " ".join(each.strip() for each in page))
        assert f"Part {number}" in heading


def test_a_heading_is_not_left_alone(tmp_path: Path) -> None:
    """Two lines of text stay with it."""
    chapters = tuple(chapter(number, f"Part {number}", ["It rained."] * 9) for number in range(1, 12))
    pages = _brf(tmp_path, of_texts(tmp_path, replace(everything(), chapters=chapters, images=())))
    for page in pages:
        if page[-1].strip().startswith("P"):
            continue
        text = [line for line in page[1:-1] if line]
        assert not re.search(r",\"P #", text[-1])
        assert not re.search(r",\"P #", text[-2])


def _book(folder: Path, script: Script, form: BrailleForm) -> list[list[str]]:
    """The text of the pages behind the contents."""
    pages = _brf(folder, of_texts(folder, script), form)
    return [page[1:-1] for page in pages if not page[-1].strip().startswith("P")]


@pytest.mark.parametrize("height", range(10, 28))
def test_no_line_of_a_paragraph_stands_alone(tmp_path: Path, height: int) -> None:
    """Neither its first at the foot of a page, nor its last at the top; those of one line may."""
    text = " ".join(["The ferry left the harbour."] * 7)
    script = replace(everything(), chapters=(chapter(1, "One", [text] * 12),), images=())
    for before, after in pairwise(_book(tmp_path, script, BrailleForm(30, height, 1))):
        last, first = [line for line in before if line][-1], after[0]
        assert first.startswith("  ") or not last.startswith("  ")
        assert first.startswith("  ") or not after[1].startswith("  ")


@pytest.mark.parametrize("height", range(10, 28))
def test_the_line_of_a_printed_page_is_not_the_last(tmp_path: Path, height: int) -> None:
    """Text of the page that begins stands below it; at the top of a page of braille the first line says it."""
    part = chapter(1, "One", ["It rained all day."] * 40)
    first, *others = part.blocks
    ends: list[Block[Passage]] = [PageBreak(str(number)) for number in range(len(others))]
    blocks = [each for pair in zip(others, ends, strict=True) for each in pair]
    script = replace(everything(), chapters=(replace(part, blocks=(first, *blocks)),), images=())
    for lines in _book(tmp_path, script, BrailleForm(30, height, 1))[:-1]:
        assert not [line for line in lines if line][-1].startswith("---")


def test_runovers_stand_beyond_the_deepest_list(tmp_path: Path) -> None:
    """1-3 in a list; 1-5 and 3-5 where a list is in it; no blank line parts the two."""
    script, long = everything(), "a rope of forty metres and a lamp"
    inner = List((Item((Paragraph(passage("c01-p003", "list_item", long)),)),))
    outer = List((Item((Paragraph(passage("c01-p002", "list_item", long)), inner)),))
    flat = List((Item((Paragraph(passage("c01-p004", "list_item", long)),)),))
    one = replace(script, chapters=(replace(script.chapters[0], blocks=(outer, flat)),), images=())
    (page,) = _book(tmp_path, one, BrailleForm(30, 12, 1))
    indents = [len(line) - len(line.lstrip()) if line else None for line in page]
    assert [each for each in indents if each is not None] == [0, 4, 2, 4, 0, 2]
    assert indents[:6] == [0, 4, 2, 4, None, 0]


def test_signs_between_cells_of_a_table_are_those_of_a_text(tmp_path: Path) -> None:
    """A semicolon alone would be written as a letter is."""
    text = "\n".join(line for lines in _book(tmp_path, everything(), _WIDE) for line in lines)
    assert "  ,NOR?2 ,S\\?" in text
    assert "END OF" not in text


def test_words_that_are_too_long_go_on_in_the_next_line() -> None:
    assert broken("ABCDEFGH", Indent(0, 2), 5) == ["ABCD⠐", "  EF⠐", "  GH"]
    assert with_number("AB CD", "#A", Indent(0, 4), 12) == ["AB CD ⠐⠐⠐ #A"]


def test_braille_is_made_only_if_asked_for() -> None:
    assert chosen(("braille",)) == ("braille",)
    assert "braille" not in chosen(())


def test_a_language_without_six_dot_braille_is_named() -> None:
    with pytest.raises(PublishError, match=r"'ja'.*de, .*en"):
        libraries_of(("braille",), "ja")


def test_without_liblouis_a_line_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is spoken."""

    def none(name: str) -> Any:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", none)
    liblouis._library.cache_clear()
    try:
        with pytest.raises(MissingTool, match="apt install liblouis20 liblouis-data"):
            libraries_of(("braille",), "en")
    finally:
        liblouis._library.cache_clear()
    assert libraries_of(("mp3",), "ja") == {}
