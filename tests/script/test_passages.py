"""What is no plain sentence: pictures, tables, lists, notes, code, verse, quotations, phrases in another language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.errors import ScriptError
from audio_edition.model import (
    Article,
    Block,
    Cell,
    Code,
    Credit,
    Definition,
    DefinitionList,
    Figure,
    Formula,
    Heading,
    Item,
    List,
    Note,
    PageBreak,
    Paragraph,
    Pause,
    Pauses,
    Picture,
    Quote,
    Row,
    SceneBreak,
    Script,
    Span,
    SpanKind,
    Struck,
    Table,
    Text,
    Utterance,
    Verse,
    every,
)
from audio_edition.script import Choices, write_script
from support.cells import cell_of, text_in


def p(text: str, *spans: Span) -> Paragraph[Text]:
    return Paragraph(Text(text, spans))


def script_of(*blocks: Block[Text], language: str = "en", struck: Struck = "said") -> Script:
    return write_script(Article("T", blocks, language=language), Pauses(), choices=Choices(struck=struck))


def spoken(*blocks: Block[Text], language: str = "en") -> list[str]:
    """The spoken form of each utterance under the title."""
    return [utterance.spoken for utterance in script_of(*blocks, language=language).utterances[1:]]


def parts(*blocks: Block[Text]) -> list[str | tuple[int, str]]:
    """What is heard under the title, with the pauses between."""
    heard = script_of(*blocks).chapters[0].parts[2:-1]
    return [part.spoken if isinstance(part, Utterance) else (part.milliseconds, part.reason) for part in heard]


@pytest.mark.parametrize(
    ("block", "language", "expected"),
    [
        (Picture(Text("A cat on a mat")), "en", "Picture: A cat on a mat"),
        (Picture(Text("Un chat")), "fr", "Image : Un chat"),
        (Picture(Text("A cat")), "en-GB", "Picture: A cat"),
        (Picture(Text("Paka")), "sw", "Paka"),
        (Figure((), (p("Am Hafen."),)), "de", "Bildunterschrift: Am Hafen."),
        (Note("n", "1", (p("So it is"),)), "en", "Note 1: So it is. End of note."),
        (Note("n", "*", (p("So it is"),)), "en", "Note: So it is. End of note."),
        (Note("n", "2", (p("So ist es."),)), "de", "Anmerkung 2: So ist es. Ende der Anmerkung."),
        (Code((Text("x = y"),)), "en", "Code: x = y. End of code."),
        (Formula(Text("a más b")), "es", "Fórmula: a más b"),
        (Quote((p("It rained."),)), "en", "Quote: It rained. End of quote."),
        (Quote((p("“It rained.”"),)), "en", "“It rained.”"),
        (List((Item((p("Go home"),)),)), "en", "Go home"),
        (List((Item((p("Go home"),)),), ordered=True, start=7), "en", "7. Go home"),
        (List((Item((p("Go home"),)),), ordered=True, start=4, style="i"), "en", "iv. Go home"),
        (p("Plain."), "en", "Plain."),
    ],
)
def test_what_it_is_is_said_where_the_words_do_not(block: Block[Text], language: str, expected: str) -> None:
    """A listener can't see a frame around a picture: it is said, and told apart from what is written."""
    (utterance,) = script_of(block, language=language).utterances[1:]
    assert utterance.spoken == expected
    said = utterance.spoken.removeprefix(utterance.announces).removesuffix(utterance.concludes).strip()
    assert said.removesuffix(".") == utterance.text.removesuffix(".")


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [("Ada Finch", "en", "By Ada Finch"), ("By Ada Finch", "en", "By Ada Finch"), ("Ada Finch", "fr", "Par Ada Finch")],
)
def test_a_name_alone_is_said_to_be_the_writers(text: str, language: str, said: str) -> None:
    """Documents give a name, wires a byline."""
    article = Article("T", (p("Text."),), (Credit(text, "byline"),), language=language)
    assert write_script(article, Pauses()).utterances[1].spoken.removesuffix(".") == said


def test_only_the_ends_of_a_quotation_are_announced() -> None:
    """However many sentences and paragraphs it has; who is quoted follows its end."""
    quote = Quote((p("One went. Two came."), p("All left.")), Text("Ann Lee"))
    assert spoken(quote, p("After.")) == [
        "Quote: One went.", "Two came.", "All left. End of quote.", "Ann Lee", "After.",
    ]  # fmt: skip


def test_two_quotations_in_a_row_are_two() -> None:
    """They are blocks of their own, not paragraphs of one kind that follow each other."""
    assert spoken(Quote((p("One."),)), Quote((p("Two."),))) == [
        "Quote: One. End of quote.", "Quote: Two. End of quote.",
    ]  # fmt: skip


def table() -> Table[Text]:
    head = Row((cell_of(Text("Town"), "column"), cell_of(Text("People"), "column")), "head")
    first = Row((cell_of(Text("Ahe"), "row", headers=((0, 0),)), cell_of(Text("5"), headers=((0, 1), (1, 0)))))
    second = Row((cell_of(Text("Bo"), "row", headers=((0, 0),)), cell_of(Text("–"), headers=((0, 1), (2, 0)))))
    return Table((head, first, second), (p("Towns"),))


def test_a_table_is_said_with_its_size_cell_by_cell_with_its_headers() -> None:
    """Each cell names its column, the end of the table is told, and a dash is passed over."""
    assert parts(table(), p("After.")) == [
        "Table with 2 columns and 3 rows. Towns", (650, "paragraph"),
        "Columns: Town", (250, "cell"), "People", (400, "row"),
        "Town: Ahe", (250, "cell"), "People: 5", (400, "row"),
        "Town: Bo. End of table.", (650, "paragraph"),
        "After.",
    ]  # fmt: skip


def test_what_a_cell_holds_is_heard_part_by_part() -> None:
    """Its column is named once, before all that is in it; a list says where it begins and ends."""
    items = tuple(Item((p(text),)) for text in ("Museum", "Café"))
    inner = Table((Row((cell_of(Text("Monday")), cell_of(Text("Friday")))),))
    cells: tuple[Cell[Text], ...] = (
        Cell((List(items),), headers=((0, 0),)),
        Cell((p("A rock."), p("Nobody lives there.")), headers=((0, 1),)),
        Cell((p("Two ways"), List((Item((p("Swim"),)),), ordered=True)), headers=((0, 2),)),
        Cell((inner,), headers=((0, 3),)),
        Cell(headers=((0, 4),)),
    )
    heads = tuple(cell_of(Text(name), "column") for name in ("Has", "Is", "By", "At", "Why"))
    assert parts(Table((Row(heads, "head"), Row(cells))))[10:] == [
        "Has: List: Museum", (400, "list item"), "Café. End of list.", (400, "list item"),
        "Is: A rock.", (250, "cell"), "Nobody lives there.", (250, "cell"),
        "By: Two ways", (250, "cell"), "List: 1. Swim. End of list.", (400, "list item"),
        "At: Table with 2 columns and 1 row. Monday", (250, "cell"), "Friday. End of table. End of table.",
    ]  # fmt: skip


def test_a_cell_that_can_not_be_said_stays_where_it_is() -> None:
    """The text has all cells of the table, in their places."""
    (block,) = (block for block in script_of(table()).chapters[0].blocks if isinstance(block, Table))
    assert [[text_in(cell).text for cell in row.cells] for row in block.rows] == [
        ["Town", "People"], ["Ahe", "5"], ["Bo", "–"],
    ]  # fmt: skip


def test_a_list_in_a_list_is_heard_as_one() -> None:
    """Its begin and end are said; the numbers of the outer one go on."""
    inner = List((Item((p("Salt"),)), Item((p("Pepper"),))))
    outer = List((Item((p("Fish"),)), Item((p("Spices"), inner)), Item((p("Bread"),))), ordered=True)
    assert spoken(outer) == [
        "1. Fish", "2. Spices", "Nested list: Salt", "Pepper. End of nested list.", "3. Bread",
    ]  # fmt: skip


def test_numbers_of_a_list_are_those_that_it_shows() -> None:
    """Backwards, and with a number of its own for an item."""
    items = (Item((p("a"),)), Item((p("b"),), value=9), Item((p("c"),)))
    assert spoken(List(items, ordered=True, start=3, reversed=True)) == ["3. a", "9. b", "8. c"]


def test_a_list_of_terms_is_said_term_by_term() -> None:
    """A short pause behind a term, a longer one behind what is said of it."""
    terms = DefinitionList((Definition((Text("Tern"),), (p("A bird."),)), Definition((Text("Yawl"),), (p("A boat."),))))
    assert parts(terms) == [
        "Tern", (350, "line"), "A bird.", (650, "paragraph"), "Yawl", (350, "line"), "A boat.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "block",
    [
        Verse((Text("The sea is high,"), Text("the boat is small."))),
        p("The sea is high, the boat is small.", Span(16, 17, "break")),
    ],
)
def test_lines_of_verse_and_addresses_have_a_pause(block: Block[Text]) -> None:
    """A line is an utterance, however a document writes that it ends."""
    assert parts(block, p("After."))[:3] == ["The sea is high,", (350, "line"), "the boat is small."]


def test_a_scene_break_is_a_clear_pause() -> None:
    """Longer than any between paragraphs, also behind a list or table."""
    assert parts(p("One."), SceneBreak(), table(), SceneBreak(), p("Two."))[1] == (1500, "scene break")
    assert parts(p("One."), table(), SceneBreak(), p("Two."))[-2:] == [(1500, "scene break"), "Two."]


@pytest.mark.parametrize(
    ("text", "struck", "expected"),
    [
        ("The fare is 4 pounds 6 pounds.", (12, 20), "The fare is 4 pounds, struck out, 6 pounds."),
        ("The fare is £4 £6.", (12, 14), "The fare is 4 pounds, struck out, 6 pounds."),
        ("It costs 4 pounds.", (9, 17), "It costs 4 pounds, struck out."),
        ("Old news. New news.", (0, 9), "Old news, struck out."),
        ("All of it", (0, 9), "All of it, struck out"),
    ],
)
def test_what_is_struck_out_is_said_to_be(text: str, struck: tuple[int, int], expected: str) -> None:
    """A price that no longer holds is not heard as valid."""
    assert spoken(p(text, Span(*struck, "struck")))[0] == expected


def test_what_is_struck_out_can_be_left_out_and_is_told() -> None:
    """Then it is in neither sound nor text, and a finding quotes it."""
    script = script_of(p("The fare is 4 pounds 6 pounds.", Span(12, 20, "struck")), struck="left-out")
    assert [utterance.text for utterance in script.utterances][1:] == ["The fare is 6 pounds."]
    assert [(finding.id, finding.text) for finding in script.findings] == [("struck-left-out", "4 pounds")]


def test_what_has_a_reading_is_said_by_it() -> None:
    """The text keeps its characters."""
    (utterance,) = script_of(p("東京は大きい。", Span(0, 2, "ruby", "とうきょう")), language="ja").utterances[1:]
    assert (utterance.text, utterance.spoken) == ("東京は大きい。", "とうきょうは大きい。")


def test_a_program_keeps_its_indents_and_its_brackets() -> None:
    """What can't be said is shown in its place."""
    script = script_of(Code((Text("if (wet) {"), Text("    leave();"), Text("}")), "js"))
    assert [passage.text for passage in script.passages()][1:] == ["if (wet) {", "    leave();", "}"]
    assert [utterance.spoken for utterance in script.utterances[1:]] == ["Code: if (wet) {", "leave(); End of code."]


def test_notes_can_be_read_at_the_end() -> None:
    """Under a heading, wherever they were; their marks stay."""
    article = Article("T", (List((Item((p("A", Span(1, 1, "note", "n")), Note("n", "1", (p("N."),)))),)), p("B")))
    script = write_script(article, Pauses(), choices=Choices(notes="end"))
    assert [utterance.text for utterance in script.utterances] == ["T", "A", "B", "Notes", "N."]
    assert script.utterances[1].spans == (Span(1, 1, "note", "n"),)


def test_a_mark_belongs_to_one_sentence() -> None:
    """That of a note to the one before it, that of a page to the one behind."""
    text = p("One went. Two came.", Span(9, 9, "note", "n"), Span(10, 10, "page", "7"), Span(4, 13, "link", "#a"))
    first, second = script_of(text).utterances[1:]
    assert first.spans == (Span(9, 9, "note", "n"), Span(4, 9, "link", "#a"))
    assert second.spans == (Span(0, 0, "page", "7"), Span(0, 3, "link", "#a"))


def test_a_phrase_in_another_language_is_an_utterance_of_its_own() -> None:
    """Its voice can then be another, after hardly any pause; the marks stay with the words before them."""
    text = "He said c’est la vie, twice. Then he left."
    script = script_of(p(text, Span(8, 20, "language", "fr")))
    heard = script.chapters[0].parts[2:-1]
    assert [
        (part.text, part.language) if isinstance(part, Utterance) else (part.milliseconds, part.reason)
        for part in heard
    ] == [
        ("He said", ""),
        (60, "phrase"),
        ("c’est la vie,", "fr"),
        (60, "phrase"),
        ("twice.", ""),
        (250, "sentence"),
        ("Then he left.", ""),
    ]
    assert [passage.text for passage in script.passages()][1:] == [text]


@given(st.data())
def test_spans_lose_no_character(data: st.DataObject) -> None:
    """Wherever a document puts them, and whatever they say."""
    text = " ".join(data.draw(st.text("aé.,;“”!? ", min_size=1, max_size=60)).split())
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    kinds: st.SearchStrategy[SpanKind] = st.sampled_from(["language", "link", "struck", "ruby", "emphasis"])
    values: dict[SpanKind, str] = {"language": "fr", "link": "#a", "ruby": "a"}
    spans = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        kind = data.draw(kinds)
        spans.append(Span(start, end, kind, values.get(kind, "")))
    spans += [Span(at, at + 1, "break") for at, letter in enumerate(text) if letter == " " and data.draw(st.booleans())]
    spans.sort(key=lambda span: (span.start, -span.end))
    if any(map(str.isalnum, text)):
        script = script_of(Paragraph(Text(text, tuple(spans))), Heading(Text("End")))
        assert [passage.text for passage in script.passages()][1:] == [text, "End"]
        for utterance in script.utterances:
            assert all(0 <= span.start <= span.end <= len(utterance.text) for span in utterance.spans)


def test_the_reasons_of_pauses_are_words() -> None:
    """They stand in scripts that people edit."""
    reasons = {
        part.reason for part in script_of(table(), SceneBreak(), p("a b")).chapters[0].parts if isinstance(part, Pause)
    }
    assert reasons == {"after title", "paragraph", "cell", "row", "scene break", "end"}


_PAGED: tuple[Block[Text], ...] = (
    p("It rained and stopped.", Span(9, 9, "page", "12")),
    List((Item((p("A coat.", Span(0, 0, "page", "xiii")),)), Item((p("A hat."),)))),
    PageBreak("14"),
    Heading(Text("Sun")),
    p("It shone."),
)


def test_pages_are_marks_in_silence_by_default() -> None:
    """Where they begin; one that begins before a heading is a mark in the heading, since chapters begin with theirs."""
    script = script_of(*_PAGED)
    marks = [(passage.text, [span.value for span in passage.spans]) for passage in script.passages() if passage.spans]
    assert marks == [("It rained and stopped.", ["12"]), ("A coat.", ["xiii"]), ("Sun", ["14"])]
    assert not any(isinstance(block, PageBreak) for chapter in script.chapters for block in every(chapter.blocks))


def test_pages_can_be_spoken() -> None:
    """Each behind the paragraph or item in which it begins, and before a heading that it comes before."""
    script = write_script(Article("T", _PAGED, language="en"), Pauses(), choices=Choices(pages="spoken"))
    said = [utterance.spoken for utterance in script.utterances]
    assert said[1:] == [
        "It rained and stopped.", "Page 12", "A coat.", "Page xiii", "A hat.", "Page 14", "Sun", "It shone.",
    ]  # fmt: skip
    pages = [utterance for utterance in script.utterances if utterance.role == "page"]
    assert [(page.text, page.announces) for page in pages] == [("12", "Page"), ("xiii", "Page"), ("14", "Page")]
    assert not any(span.kind == "page" for passage in script.passages() for span in passage.spans)


def test_pages_can_be_left_out() -> None:
    """No mark, and no word."""
    script = write_script(Article("T", _PAGED, language="en"), Pauses(), choices=Choices(pages="none"))
    assert not any(passage.spans for passage in script.passages())
    assert len(script.utterances) == 6


_BOOK: tuple[Block[Text], ...] = (
    p("Before all pages."),
    PageBreak("iv"),
    p("On four."),
    PageBreak("1"),
    p("On one, and then on two.", Span(8, 8, "page", "2")),
    PageBreak("A-3"),
    p("On the last."),
)


@pytest.mark.parametrize(
    ("wanted", "read"),
    [
        ("iv", ["On four."]),
        ("iv-1", ["On four.", "On one, and then on two."]),
        ("2", ["On one, and then on two."]),
        ("1 – 2", ["On one, and then on two."]),
        ("2-A-3", ["On one, and then on two.", "On the last."]),
        ("A-3", ["On the last."]),
    ],
)
def test_only_some_pages_are_read(wanted: str, read: list[str]) -> None:
    """Named as they are printed; a paragraph on two pages is read with either; a finding counts the others."""
    script = write_script(Article("T", _BOOK, language="en"), Pauses(), choices=Choices(only_pages=wanted))
    assert [said.text for said in script.utterances[1:]] == read
    assert "pages-left-out" in [finding.id for finding in script.findings]


@pytest.mark.parametrize("wanted", ["7", "1-iv", "iv-7", "-", "iv-"])
def test_pages_that_are_not_there_are_refused(wanted: str) -> None:
    """With the first and the last that are."""
    article = Article("T", _BOOK, language="en")
    with pytest.raises(ScriptError, match="from iv to A-3"):
        write_script(article, Pauses(), choices=Choices(only_pages=wanted))
    with pytest.raises(ScriptError, match="has no page numbers"):
        write_script(Article("T", _BOOK[:1], language="en"), Pauses(), choices=Choices(only_pages="1"))
