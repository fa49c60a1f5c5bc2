"""An article becomes a script: chapters, roles, ids, pauses, findings."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.errors import ScriptError
from audio_edition.model import (
    Article,
    Aside,
    Block,
    Credit,
    Finding,
    Heading,
    Item,
    List,
    Note,
    Paragraph,
    Pause,
    Pauses,
    Quote,
    Script,
    Text,
    Utterance,
    leaves,
)
from audio_edition.script import Choices, write_script
from audio_edition.script.speakable import is_speakable
from support.places import BESIDE

SEEDS = sorted((BESIDE / "seeds").glob("*.txt"))
ID = re.compile(r"c\d{2,}-p\d{3,}-s\d{2,}")


def body(text: str, language: str = "") -> Paragraph[Text]:
    return Paragraph(Text(text, language=language))


ARTICLE = Article(
    title="Storm hits the coast",
    credits=(Credit("BREST (France) (AFP)", "dateline"), Credit("By Jane Doe", "byline")),
    blocks=(
        body("Rain fell. Wind blew."),
        body("It was dark."),
        Heading(Text("The harbour"), 3),
        body("Ships sank."),
        body("“We prayed all night.”"),
        Heading(Text("Empty")),
        Heading(Text("Aftermath")),
        body("Il pleut.", "fr"),
    ),
    published="2019-03-02",
    source="Coast News",
)


def script_of(*texts: str, language: str = "en") -> Script:
    return write_script(Article("Title", tuple(map(body, texts)), language=language), Pauses())


def outline_of(script: Script) -> list[tuple[str, str, int, list[tuple[str, str] | tuple[int, str]]]]:
    return [
        (
            chapter.id,
            chapter.title,
            chapter.level,
            [(p.id, p.role) if isinstance(p, Utterance) else (p.milliseconds, p.reason) for p in chapter.parts],
        )
        for chapter in script.chapters
    ]


def test_headline_credits_and_lead_open_and_each_subheading_begins_a_chapter() -> None:
    """Ids, roles and pauses stand as the design has them."""
    assert outline_of(write_script(ARTICLE, Pauses())) == [
        ("c01", "Storm hits the coast", 1, [
            ("c01-p001-s01", "title"), (800, "after title"),
            ("c01-p002-s01", "dateline"), (600, "after dateline"),
            ("c01-p003-s01", "byline"), (600, "after byline"),
            ("c01-p004-s01", "body"), (250, "sentence"), ("c01-p004-s02", "body"), (650, "paragraph"),
            ("c01-p005-s01", "body"), (900, "before heading"),
        ]),
        ("c02", "The harbour", 3, [
            ("c02-p001-s01", "heading"), (600, "after heading"),
            ("c02-p002-s01", "body"), (650, "paragraph"),
            ("c02-p003-s01", "quote"), (900, "before heading"),
        ]),
        ("c03", "Empty", 2, [("c03-p001-s01", "heading"), (900, "before heading")]),
        ("c04", "Aftermath", 2, [
            ("c04-p001-s01", "heading"), (600, "after heading"), ("c04-p002-s01", "body"), (1000, "end"),
        ]),
    ]  # fmt: skip


def test_text_stays_as_written_and_spoken_is_as_said() -> None:
    """The transcript shows the dateline as the agency wrote it; the voice says it as a newsreader would."""
    utterances = {utterance.id: utterance for utterance in write_script(ARTICLE, Pauses()).utterances}
    assert utterances["c01-p002-s01"].text == "BREST (France) (AFP)"
    assert utterances["c01-p002-s01"].spoken == "Brest, France. A-F-P."


def test_what_the_article_knows_is_in_the_script() -> None:
    """Title, language, date, source and credits are handed on; a paragraph keeps its own language."""
    script = write_script(ARTICLE, Pauses())
    assert (script.title, script.language, script.published, script.source, script.byline, script.dateline) == (
        "Storm hits the coast", "en", "2019-03-02", "Coast News", "By Jane Doe", "BREST (France) (AFP)",
    )  # fmt: skip
    assert [utterance.language for utterance in script.utterances][-1] == "fr"
    assert script.utterances[0].language == ""


def test_pauses_are_those_asked_for() -> None:
    """Each place takes its own setting, zero included."""
    pauses = Pauses(sentence=1, paragraph=3, before_heading=5, after_heading=6, after_title=7, after_credit=8, end=0)
    parts = [part for chapter in write_script(ARTICLE, pauses).chapters for part in chapter.parts]
    found = {part.reason: part.milliseconds for part in parts if isinstance(part, Pause)}
    assert found == {
        "sentence": 1, "paragraph": 3, "before heading": 5, "after heading": 6, "after title": 7, "after dateline": 8,
        "after byline": 8, "end": 0,
    }  # fmt: skip


def test_credits_keep_the_order_they_were_written_in() -> None:
    """A byline above the dateline is said first."""
    article = Article("Title", (), (Credit("By Jane", "byline"), Credit("ROME (AFP)", "dateline")))
    assert [utterance.role for utterance in write_script(article, Pauses()).utterances] == [
        "title",
        "byline",
        "dateline",
    ]


def test_a_headline_is_one_utterance_however_many_full_stops_it_has() -> None:
    """Titles, headings and credits are not cut into sentences."""
    article = Article("War. Peace. Rain.", (Heading(Text("Now? Yes. Now.")), body("One.")))
    texts = [utterance.text for utterance in write_script(article, Pauses()).utterances]
    assert texts == ["War. Peace. Rain.", "Now? Yes. Now.", "One."]


def test_only_headings_outside_other_blocks_open_chapters() -> None:
    """One in a quotation or list is a heading there: its block goes on with the chapter."""
    inner = Quote((Heading(Text("Inner")), body("b")))
    article = Article("T", (Heading(Text("A")), inner, List((Item((Heading(Text("Item"), 3), body("c"))),))))
    script = write_script(article, Pauses())
    assert [[(each.text, each.role) for each in chapter.utterances] for chapter in script.chapters] == [
        [("T", "title")],
        [("A", "heading"), ("Inner", "heading"), ("b", "quote"), ("Item", "heading"), ("c", "list_item")],
    ]


def test_an_article_without_title_begins_with_what_there_is() -> None:
    """No chapter is empty or nameless: the lead names the first one, or the first heading opens it."""
    lead = write_script(Article("", (body("Rain fell over " + "many " * 20 + "lands."),)), Pauses())
    assert lead.chapters[0].title.startswith("Rain fell over many")
    assert len(lead.chapters[0].title) <= 60
    heading = write_script(Article(" ", (Heading(Text("Storm")), body("Rain."))), Pauses())
    assert [(chapter.id, chapter.title) for chapter in heading.chapters] == [("c01", "Storm")]


def test_what_cannot_be_said_is_told_and_shown_where_it_stands() -> None:
    """Lines of marks become a note with the place and the text; blank ones are nothing; the article's notes stay."""
    article = Article(
        "Title",
        (Heading(Text("***")), body("Yes."), body("* * *"), body("  "), body("No.")),
        findings=(Finding("odd", "note", "Odd."),),
    )
    script = write_script(article, Pauses())
    assert [utterance.text for utterance in script.utterances] == ["Title", "Yes.", "No."]
    assert [passage.text for passage in script.passages()] == ["Title", "Yes.", "* * *", "No."]
    assert [(finding.id, finding.level, finding.place, finding.text) for finding in script.findings] == [
        ("odd", "note", "", ""),
        ("nothing-to-say", "note", "c01-p002", "***"),
        ("nothing-to-say", "note", "c01-p003", "* * *"),
    ]


@pytest.mark.parametrize("article", [Article("", ()), Article("...", (Heading(Text("—")), body("?!")))])
def test_an_article_without_anything_to_say_is_refused(article: Article) -> None:
    """The error says what is missing and what to check."""
    with pytest.raises(ScriptError, match="holds no letter") as caught:
        write_script(article, Pauses())
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("language", "text", "example"),
    [
        ("en", "مرحبا بكم في سوريا", "ar"),
        ("en-US", "Москва стоит", "ru"),
        ("fr", "北京欢迎你", "zh"),
        ("en", "東京は日本の首都です", "ja"),
        ("en", "नमस्ते दुनिया", "hi"),
        ("ar", "Damascus is in Syria", "en"),
        ("ru", "Αθήνα", "el"),
    ],
)
def test_letters_of_another_language_are_warned_of(language: str, text: str, example: str) -> None:
    """The warning names the option to use, with an example language of that writing system."""
    article = Article(text, (), language=language)
    (finding,) = write_script(article, Pauses()).findings
    assert (finding.id, finding.level) == ("language-mismatch", "warning")
    assert f"--language {example}" in finding.remedy


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Storm in Київ"), ("ar", "مرحبا AFP"), ("fa", "سلام دنیا"), ("uk", "Київ"), ("sr", "Beograd"),
        ("sr", "Београд"), ("ja", "東京"), ("ja", "とうきょう"), ("zh-TW", "臺北"), ("ko", "서울"), ("vi", "Hà Nội"),
        ("en", "2019 £ 👍"), ("tlh", "nuqneH"),
    ],
)  # fmt: skip
def test_letters_of_the_language_itself_are_not_warned_of(language: str, text: str) -> None:
    """A few foreign names, digits, and languages with two writing systems are in order."""
    assert write_script(Article(text, (), language=language), Pauses()).findings == ()


def test_paragraphs_in_a_language_of_their_own_do_not_count_for_the_articles() -> None:
    """An Arabic quotation marked as such in a short English article is no mismatch."""
    arabic = body("مرحبا بكم في سوريا اليوم", "ar")
    assert write_script(Article("Hi", (arabic,)), Pauses()).findings == ()


def test_pieces_of_a_very_long_word_join_without_spaces() -> None:
    """The passage's text is the word, and Chinese sentences too."""
    script = script_of("w" * 20_000, "你好。世界。")
    assert [passage.text for passage in script.passages()][1:] == ["w" * 20_000, "你好。世界。"]
    assert max(len(utterance.text) for utterance in script.utterances) <= 600


def test_no_word_given_to_an_engine_is_longer_than_it_reads() -> None:
    """Spoken words stay under the length from which eSpeak NG drops the rest."""
    assert max(len(word) for utterance in script_of("w" * 20_000).utterances for word in utterance.spoken.split()) <= 50


def test_the_library_of_sentences_is_loaded_late() -> None:
    """--help does not wait for sentencex."""
    import subprocess

    code = "import sys, audio_edition.script; sys.exit('sentencex' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


TEXTS = st.lists(
    st.sampled_from(
        ["Rain", "fell.", "...", "* * *", "U.S.", '"No."', "he said.", "中文。", "—", "a\u00a0b", "w" * 800]
    )
    | st.text(max_size=8),
    max_size=12,
).map(" ".join)
PARAGRAPHS = st.builds(body, TEXTS, st.sampled_from(["", "fr", "zh-CN"]))
INNER = st.lists(PARAGRAPHS, max_size=3).map(tuple)
LISTS = st.lists(st.builds(Item, INNER), max_size=3).map(tuple)
BLOCKS: st.SearchStrategy[Block[Text]] = st.one_of(
    PARAGRAPHS,
    st.builds(Heading, st.builds(Text, TEXTS), st.integers(1, 6)),
    st.builds(Quote, INNER),
    st.builds(List, LISTS, st.booleans()),
    st.builds(Note, st.just("n1"), st.just("1"), INNER),
)
CREDITS = st.lists(st.builds(Credit, TEXTS, st.sampled_from(["dateline", "byline"])), max_size=2).map(tuple)
ARTICLES = st.builds(
    Article, TEXTS, st.lists(BLOCKS, max_size=6).map(tuple), CREDITS, language=st.sampled_from(["en", "fr-CA", "zh"])
)


def passages(article: Article) -> list[str]:
    """Every text of the article, in order, with single spaces."""
    texts = [article.title, *(credit.text for credit in article.credits), *(t.text for t in leaves(article.blocks))]
    return [re.sub(r"[ \t\n\r\f\v]+", " ", text).strip(" ") for text in texts]


@given(ARTICLES)
def test_every_text_is_in_the_script_or_in_a_finding(article: Article) -> None:
    """The utterances of each passage join to its text exactly, in the order of the article; the rest is found."""
    said = [text for text in passages(article) if is_speakable(text)]
    unsaid = [text for text in passages(article) if text and not is_speakable(text)]
    if not said:
        with pytest.raises(ScriptError):
            write_script(article, Pauses())
        return
    script = write_script(article, Pauses())
    assert [passage.text for passage in script.passages() if passage.utterances] == said
    assert [finding.text for finding in script.findings if finding.id == "nothing-to-say"] == unsaid


@given(ARTICLES.filter(lambda article: any(map(is_speakable, passages(article)))))
def test_ids_and_pauses_are_in_order_whatever_the_article(article: Article) -> None:
    """Ids are unique; utterance and pause take turns; a chapter ends with the pause that its place asks for."""
    script = write_script(article, Pauses())
    ids = [utterance.id for utterance in script.utterances]
    assert len(set(ids)) == len(ids)
    assert all(ID.fullmatch(name) for name in ids)
    assert all(utterance.spoken for utterance in script.utterances)
    for number, chapter in enumerate(script.chapters, start=1):
        assert chapter.id == f"c{number:02d}"
        assert chapter.title
        assert [isinstance(part, Pause) for part in chapter.parts] == [False, True] * (len(chapter.parts) // 2)
        assert {utterance.id[:3] for utterance in chapter.utterances} == {chapter.id}
    last = [chapter.parts[-1] for chapter in script.chapters]
    assert [pause.reason for pause in last if isinstance(pause, Pause)] == ["before heading"] * (len(last) - 1) + [
        "end"
    ]


@pytest.mark.skipif(not SEEDS, reason="the wire article is not part of the repository")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_word_of_the_real_article_is_said_in_order(path: Path) -> None:
    """The words of the wire's file are the words of the script, and each spoken form holds their letters."""
    from audio_edition.read import read

    script = write_script(read(path).articles[0], Pauses())
    words = re.findall(r"\w+", path.read_text("utf-8"))
    assert re.findall(r"\w+", " ".join(utterance.text for utterance in script.utterances)) == words
    spoken = " ".join(utterance.spoken for utterance in script.utterances)
    assert "I-S" in spoken
    assert "--" not in spoken
    assert [chapter.level for chapter in script.chapters] == [1, 2, 2]
    assert not [finding for finding in script.findings if finding.id in ("nothing-to-say", "language-mismatch")]


@pytest.mark.parametrize(
    "text",
    [
        '"Nobody slept. That was never the point."',
        "“It’s the boats’ own ‘ferry’ now!”",
        "“It is over”.",
        "‘It’s over.’",
        "« On verra bien. »",
        "„Es ist vorbei.“",
        "„To już koniec.”",
        "»Es ist vorbei!«",
        "”Det är slut.”",
        "«لم نتأخر.»",
        "「もう終わった。」",
    ],
)
def test_a_paragraph_that_is_one_quotation_is_said_as_one(text: str) -> None:
    """By its marks, whichever its language has: the voice for quotations says it, if one is wished for."""
    assert {utterance.role for utterance in script_of(text).utterances[1:]} == {"quote"}


@pytest.mark.parametrize(
    "text",
    [
        '"Nobody slept," said the conductor. "That was never the point."',
        '"The camp. Many wounded," he says.',
        '"Casablanca"',
        "“First of two paragraphs.",
        "“One.” “Two.”",
        "‘He’s the boys’ friend.’",
        "'Tis over.'",
        '"',
        '""',
        '"."',
        "«»",
    ],
)
def test_a_paragraph_that_may_be_more_than_a_quotation_is_body(text: str) -> None:
    """Who tells what was said stays with the main voice, and so does whatever leaves a doubt."""
    assert {utterance.role for utterance in script_of(text, f"One. {text}").utterances[1:]} == {"body"}


@pytest.mark.parametrize(("language", "said"), [("en", "Read by a synthetic voice."), ("de", None), ("xx", None)])
def test_a_synthetic_voice_says_so_where_that_is_asked_for(language: str, said: str | None) -> None:
    """Once, behind title and credits, in the article's language or in English; the text is the same otherwise."""
    article = replace(ARTICLE, language=language)
    plain = write_script(article, Pauses())
    spoken = write_script(article, Pauses(), choices=Choices(disclosure="spoken"))
    told = [place for place, utterance in enumerate(spoken.utterances) if utterance.role == "announcement"]
    assert told == [3]
    sentence = spoken.utterances[3]
    assert said is None or sentence.text == said
    assert sentence.language == ("en" if language == "xx" else "")
    rest = [utterance.text for utterance in spoken.utterances if utterance is not sentence]
    assert rest == [utterance.text for utterance in plain.utterances]
    assert ("announcements-in-english" in {finding.id for finding in spoken.findings}) == (language == "xx")


def test_an_article_without_title_says_it_first() -> None:
    """There is no credit to wait for."""
    article = Article("", (body("Rain fell."),), language="en")
    spoken = write_script(article, Pauses(), choices=Choices(disclosure="spoken"))
    assert [utterance.role for utterance in spoken.utterances] == ["announcement", "body"]


@pytest.mark.parametrize(
    ("kind", "first", "said"),
    [
        ("warning", "The deck is slippery.", "Warning: The deck is slippery."),
        ("Hint", "Bring a torch.", "Tip: Bring a torch."),
        ("note", "Note that the gate is shut.", "Note: Note that the gate is shut."),
        ("caution", "Caution: wet paint.", "Caution: wet paint."),
        ("warning", "On the pier", "On the pier"),
        ("sidebar", "The deck is slippery.", "The deck is slippery."),
    ],
)
def test_the_kind_of_a_box_is_said_where_no_title_says_it(kind: str, first: str, said: str) -> None:
    """A reader sees it by colour or sign. A box of any other kind is only beside the text."""
    script = write_script(
        Article("Title", blocks=(Aside((body(first), body("Ask the crew.")), kind),), language="en"), Pauses()
    )
    assert [utterance.spoken for utterance in script.utterances][1:] == [said, "Ask the crew."]


def test_the_kind_of_a_box_is_said_in_its_language() -> None:
    """A box of one sentence has no title."""
    script = write_script(
        Article("Titre", blocks=(Aside((body("Pont glissant"),), "warning"),), language="fr"), Pauses()
    )
    assert script.utterances[-1].spoken == "Avertissement : Pont glissant"
