"""The account tells exactly the words of a document that are neither read nor reported as left out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import (
    Article,
    Block,
    Finding,
    Formula,
    Issue,
    Item,
    List,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Span,
    Table,
    Text,
)
from audio_edition.read.account import accounted, doubled, words
from audio_edition.read.document import Reading
from support.cells import cell_of
from support.work import growth


def lost(seen: list[str], *blocks: Block[Text], title: str = "", findings: tuple[Finding, ...] = ()) -> list[str]:
    """The runs of words that the account quotes."""
    issue = accounted(Reading(Issue((Article(title, blocks, findings=findings),)), tuple(seen)))
    (quoted,) = [finding.text for finding in issue.findings] or [""]
    return quoted.splitlines()


def said(text: str, *spans: Span) -> Paragraph[Text]:
    return Paragraph(Text(text, spans))


def test_what_is_read_or_told_is_not_lost() -> None:
    """Words in the title, in cells, in lists, and in findings are all accounted for."""
    table = Table((Row((cell_of(Text("Boat")), cell_of(Text("Fare")))),))
    blocks = (List((Item((said("Bring a coat"),)),)), table, said("The ferry sails."))
    told = (Finding("page-furniture", "note", "Left out.", text="Sign up now"),)
    seen = ["Ferry news", "Bring a coat", "Boat", "Fare", "The ferry sails.", "Sign up now"]
    assert lost(seen, *blocks, title="Ferry News", findings=told) == []


def test_what_is_neither_is_quoted_as_it_is_written() -> None:
    """One warning quotes all runs in the order of the document, with what stands before the first."""
    seen = ["The ferry sails at nine.", "“Only” on Mondays, said Ms Ray;", "bring a coat.", "The END."]
    issue = accounted(Reading(Issue((Article("", (said("The ferry sails at nine. bring a coat"),)),)), tuple(seen)))
    (finding,) = issue.findings
    assert (finding.id, finding.level) == ("text-unaccounted", "warning")
    assert finding.text == "Only” on Mondays, said Ms Ray\nThe END"
    assert finding.place == "after “ferry sails at nine”"
    assert finding.message.startswith("8 words of the document are neither read nor reported")


def test_the_occurrence_that_is_lost_is_quoted_and_not_another() -> None:
    """Where a word is read once and shown twice, the one with other neighbours is the lost one."""
    seen = ["The ferry sails.", "The bus stands still.", "The ferry returns."]
    assert lost(seen, said("The ferry sails."), said("The ferry returns.")) == ["The bus stands still"]


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        (["T", "he ferry sails"], "The ferry sails"),
        (["The f", "er", "ry sails"], "The ferry sails"),
        (["f", "e", "r", "r", "y"], "ferry"),
        (["a T", "he man", "he said"], "a The man he said"),
        ([*"steuerboykott", "=", *"systemboykott", "s"], "Steuerboykott = Systemboykott s s s"),
        (["har-", "bour"], "harbour"),
        (["har\u00adbour and re\u200blit"], "harbour and relit"),
        (["harbour"], "har\u00adbour"),
        (["STRASSE"], "Straße"),
        (["mc", "2", "and one", "ﬁsh"], "mc² and one fish"),
        (["Anna", "and her boat"], "Anna™ and her boat"),
        (["İstanbul"], "İstanbul"),
        (["喰い", "殺された"], "喰い殺された"),
        (["می‌خواهم"], "می‌خواهم"),
        (["first_name"], "first name"),
    ],
)
def test_words_that_are_cut_otherwise_are_the_same(seen: list[str], read: str) -> None:
    """Drop caps, runs of a word, hyphens at ends of lines, and invisible characters lose nothing."""
    assert lost(seen, said(read)) == []


def test_a_drop_cap_that_is_lost_is_told() -> None:
    """A letter that is gone is a word that is gone."""
    assert lost(["T", "he ferry", "he said"], said("he ferry"), said("he said")) == ["T"]


def test_characters_of_languages_without_spaces_count_each() -> None:
    """Half of a Chinese sentence is not the whole, though it is one word for a machine."""
    assert lost(["渡轮中午离开了港口。"], said("渡轮中午离开了。")) == ["港口"]


def test_marks_of_notes_count_at_the_note_and_at_their_place() -> None:
    """A mark that stands at its word or apart, and again at the note, is told by the note's label."""
    note = Note("n1", "7", (said("A day later."),))
    for seen in (["The ferry", "7", "7", "A day later."], ["The ferry7 ", "7. A day later."]):
        assert lost(seen, said("The ferry", Span(9, 9, "note", "n1")), note) == []
    assert lost(["The ferry", "7", "A day later."], said("The ferry")) == ["7 A day later"]


def test_a_word_around_a_mark_or_a_note_is_told_as_one() -> None:
    """A page begins, or a note stands, inside a word whose parts are told elsewhere too."""
    page = said("The quayside", Span(8, 8, "page", "7"))
    assert lost(["The quay", "7", "side"], page, title="quay") == []
    assert lost(["The quay", "7", "side"], said("The quay", Span(8, 8, "page", "7")), title="quay") == ["side"]
    note = Note("n1", "1", (said("A day later."),))
    seen = ["Old", "A day later.", "The quay", "the end"]
    assert lost(seen, said("OldThe quay"), note, said("the end")) == []
    assert lost(seen, said("Old quay"), note, said("the end")) == ["The"]


def test_readings_pages_and_formulas_count() -> None:
    """What stands in a span's value, in a page break or in a formula is told too."""
    blocks: tuple[Block[Text], ...] = (
        said("武蔵", Span(0, 2, "ruby", "たけぞう")),
        said("x", Span(0, 1, "ruby", "a<b>c")),
        PageBreak("12"),
        Formula(Text("x plus two"), "<mn>4</mn>"),
    )
    assert lost(["武", "蔵", "たけぞう", "x", "a", "b", "c", "12", "4"], *blocks) == []


def test_a_picture_of_a_letter_leaves_the_rest_of_its_word() -> None:
    """A picture is no text that can be seen, but what stands beside it is."""
    assert lost(["he gale", "he said"], said("The gale", Span(0, 1, "image")), said("he said")) == []
    assert lost(["he gale", "he said"], said("The gale", Span(0, 1, "image"))) == ["he said"]


def test_a_finding_without_text_tells_nothing() -> None:
    """A message that something is left out does not say what."""
    told = (Finding("page-furniture", "note", "Left out: the words Sign up now"),)
    assert lost(["Sign up now"], findings=told) == ["Sign up now"]


def test_what_is_read_twice_is_found() -> None:
    """The benchmark counts words that stand twice in the article and once in the document, but no alternative text."""
    sentence = "The ferry sails at nine and comes back at ten."
    once = Reading(Issue((Article("", (said(sentence), Picture(Text(sentence)))),)), (sentence,))
    twice = Reading(Issue((Article("", (said(sentence), said(sentence))),)), (sentence,))
    assert doubled(once) == ()
    assert doubled(twice)[:2] == ("the", "ferry")


PARTS = st.lists(st.sampled_from(["ferry", "tide", "Ray", "é", "橋", "7", "a"]), min_size=1, max_size=4).map(" ".join)


@given(st.lists(PARTS, max_size=8), st.lists(PARTS, max_size=3))
def test_just_as_many_words_are_quoted_as_are_lost(kept: list[str], dropped: list[str]) -> None:
    """Whatever is dropped, wherever it stood: the quotes hold as many words, and the same ones."""
    seen = [*kept, *dropped]
    random.Random(len(seen)).shuffle(seen)
    quoted = words("\n".join(lost(seen, *map(said, kept))))
    assert sorted(quoted) == sorted(word for part in dropped for word in words(part))


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize("hostile", ["a b ", "a" * 59 + " ", "x1", "橋", "a\u00ad"])
def test_time_grows_with_the_length(hostile: str) -> None:
    """An account of four times the words takes about four times as long, whatever was lost."""

    def seen(times: int) -> list[str]:
        return [hostile * 5] * times + [f"{hostile}{number}" for number in range(times)]

    def account(seen: list[str]) -> None:
        numbers = "".join(f" {number}" for number in range(len(seen) // 4))
        lost(seen, said(hostile * 3 + numbers), said("spare" + hostile))

    assert growth(seen, account, 3_000, 12_000) < 10


def test_a_word_that_is_cut_by_what_is_told_is_not_lost() -> None:
    """A chapter is one text and its paragraphs are told; what is told is no part of another word."""
    shown = "had it rained? " * 100
    told = tuple(Paragraph(Text(text)) for text in ("h", "it rained?" + " had it rained?" * 99))
    (article,) = (Article("T", (*told, Paragraph(Text("had")))),)
    assert accounted(Reading(Issue((article,)), (shown,))).findings == ()


def test_what_is_missing_amid_a_long_text_is_found() -> None:
    """Between two paragraphs that are told, before the first and behind the last."""
    first, last = "The ferry sailed. " * 40, "The rain stopped. " * 40
    article = Article("T", (Paragraph(Text(first.strip())), Paragraph(Text(last.strip()))))
    seen = f"Above {first}Between {last}Below"
    (finding,) = accounted(Reading(Issue((article,)), (seen,))).findings
    assert finding.text.split() == ["Above", "Between", "Below"]
