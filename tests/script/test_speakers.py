"""Who speaks: only what the text says, noted in the script, and cut from the narration for those with a voice."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.errors import ScriptError
from audio_edition.model import Article, Block, Paragraph, Pauses, Quote, Script, Span, Text
from audio_edition.script import Choices, script_from_json, script_to_json, write_script
from audio_edition.script.exchange import LIMIT_BYTES


def script_of(*paragraphs: str, language: str = "en", speakers: tuple[str, ...] = ()) -> Script:
    blocks = tuple(Paragraph(Text(text)) for text in paragraphs)
    return write_script(Article("T", blocks, language=language), Pauses(), choices=Choices(speakers=speakers))


def said(*paragraphs: str, language: str = "en", speakers: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Who says what under the title."""
    utterances = script_of(*paragraphs, language=language, speakers=speakers).utterances[1:]
    return [(utterance.speaker, utterance.text) for utterance in utterances]


INTERVIEW = (
    "We asked.",
    "Q: How much bread have you?",
    "A: Enough. We bake.",
    "We row, too.",
    "Q: Why?",
    "A: It is far.",
)


def test_question_and_answer_are_two_speakers() -> None:
    """What stands between two lines is of the one before; what stands before the first and behind the last is not."""
    assert said(*INTERVIEW, "The ferry sails in May.") == [
        ("", "We asked."),
        ("Q", "Q: How much bread have you?"),
        ("A", "A: Enough."),
        ("A", "We bake."),
        ("A", "We row, too."),
        ("Q", "Q: Why?"),
        ("A", "A: It is far."),
        ("", "The ferry sails in May."),
    ]


def test_names_before_lines_are_one_person_however_they_are_written() -> None:
    """In capitals, by surname alone; "Note:", which stands once, is nobody."""
    lines = (
        "JO RAY: Have you bread?",
        "Mara Holt: Enough.",
        "RAY: And flour?",
        "HOLT: For a week.",
        "Note: it was cut.",
    )
    assert [who for who, _ in said(*lines)] == ["Jo Ray", "Mara Holt", "Jo Ray", "Mara Holt", ""]


@pytest.mark.parametrize(
    "lines",
    [
        ("Serves: 4", "Time: one hour", "Cost: little"),
        ("Note: it rains.", "Note: it rains again."),
        ("Monday: soup.", "Tuesday: fish."),
        ("He said: go.", "She said: stay."),
    ],
)
def test_a_colon_alone_makes_no_dialogue(lines: tuple[str, ...]) -> None:
    """Two names have to come again."""
    assert {who for who, _ in said(*lines)} == {""}


def test_titles_articles_and_initials_lead_to_one_name() -> None:
    """THE CHAIR is somebody, MS. JONES is Jones, and LQ and M. L. are the two whose initials they are."""
    hearing = ("MR SMITH: Who saw it?", "MS. JONES: Two of us.", "THE CHAIR: Go on.", "SMITH: When?", "JONES: At noon.")
    assert [who for who, _ in said(*hearing, "THE CHAIR: Good.")] == [
        "Smith", "Jones", "The Chair", "Smith", "Jones", "The Chair",
    ]  # fmt: skip
    interview = ("Le Quai : Depuis quand ?", "Marie Leroy : Trente ans.", "LQ : Et lui ?", "M. L. : Aussi.")
    assert [who for who, _ in said(*interview, language="fr")] == ["Le Quai", "Marie Leroy"] * 2


@pytest.mark.parametrize(
    ("language", "lines", "speakers"),
    [
        ("de", ("Frage: Gibt es Brot?", "Antwort: Nein."), ["Frage", "Antwort"]),
        ("fr", ("Question : Où est-il ?", "Réponse : Ici."), ["Question", "Réponse"]),
        ("fr", ("Q. Où est-il ?", "R. Ici."), ["Q", "R"]),
        ("es", ("P: ¿Dónde está?", "R: Aquí."), ["P", "R"]),
        ("en", ("Q. It rained.", "A. It did."), ["", ""]),
        ("en", ("A. Smith wrote it.", "R. Jones read it.", "A. Smith again.", "R. Jones again."), [""] * 4),
    ],
)
def test_question_and_answer_have_their_words_in_each_language(
    language: str, lines: tuple[str, ...], speakers: list[str]
) -> None:
    """Letters with a full stop are initials, unless one of them asks."""
    assert [who for who, _ in said(*lines, language=language)] == speakers


def test_bold_questions_are_asked_and_what_follows_answers() -> None:
    """Three of them, all that is bold; otherwise bold is bold."""
    lines = (
        "We met.",
        "*Why?*",
        "It fell.",
        "Nobody saw.",
        "*When?*",
        "At noon.",
        "*Who?*",
        "Two of us.",
        "It was far.",
    )

    def speakers(*lines: str) -> list[str]:
        texts = [Text(line.strip("*"), (Span(0, len(line) - 2, "strong"),) * line.startswith("*")) for line in lines]
        article = Article("T", tuple(Paragraph(text) for text in texts), language="en")
        return [utterance.speaker for utterance in write_script(article, Pauses()).utterances[1:]]

    assert speakers(*lines) == ["", "Q", "A", "A", "Q", "A", "Q", "A", ""]
    assert set(speakers(*lines[:6])) == {""}
    assert set(speakers(*lines, "*Not a question.*", "No.")) == {""}


QUOTATIONS = [
    ("en", "“We row,” said Mara Holt. The ferry had left.", ["“Mara Holt”", "", ""]),
    ("en", "'We row,' said Mara Holt. 'It's the dogs' home.'", ["“Mara Holt”", "", "“Mara Holt”"]),
    ("en", "The dogs' home, he said, is Mara Holt's.", [""]),
    ("en", "According to Mara Holt, “the bread will last a week”.", ["", "“Mara Holt”"]),
    ("en", "According to Mara Holt, “rusk” lasts.", [""]),
    ("fr", "— Très bien, répondit Mara Holt. Le vent soufflait.", ["“Mara Holt”", "", ""]),
    ("fr", "— Oui, dit Mara Holt, j'y vais.", ["“Mara Holt”", "", "“Mara Holt”"]),
    ("fr", "— L'hiver aussi, dit-elle.", [""]),
    ("fr", "Selon Mara Holt, « le phare fermera en mai ».", ["", "“Mara Holt”"]),
    ("de", "»Brot«, meinte Mara Holt weiter, »haben wir nie.«", ["“Mara Holt”", "", "“Mara Holt”"]),
    ("de", "Laut Mara Holt „haben wir alle genug Brot“.", ["", "“Mara Holt”"]),
    ("es", "—Muy bien —respondió Mara Holt—. El viento me mece.", ["“Mara Holt”", "", "“Mara Holt”"]),
    ("nl", "„We hebben brood”, zei Mara Holt.", ["“Mara Holt”", ""]),
    ("sv", "”Vi har bröd”, sade Mara Holt.", ["“Mara Holt”", ""]),
    ("da", "»Vi har brød,« sagde Mara Holt.", ["“Mara Holt”", ""]),
    ("pl", "„Mamy chleb” – powiedziała Mara Holt.", ["“Mara Holt”", ""]),
    ("en", '"We have bread," said Mara Holt. "And flour."', ["“Mara Holt”", "", "“Mara Holt”"]),
    ("en", "“We have bread,” Mara Holt, who runs the shop, said.", ["“Mara Holt”", ""]),
    ("en", "Mara Holt said: “We have bread. It will do.”", ["", "“Mara Holt”"]),
    ("en", "“We have bread,” Dr. Mara Holt told reporters.", ["“Mara Holt”", ""]),
    ("en", "“We have bread,” she said.", [""]),
    ("en", "“We have bread,” said the owner.", [""]),
    ("en", 'The "new" ferry is late, said Mara Holt.', [""]),
    ("fr", "« Nous avons du pain », a déclaré Mara Holt. « Et de la farine. »", ["“Mara Holt”", "", "“Mara Holt”"]),
    ("fr", "Mara Holt explique : « Nous avons du pain. »", ["", "“Mara Holt”"]),
    ("de", "„Wir haben Brot“, sagte Mara Holt. „Und Mehl.“", ["“Mara Holt”", "", "“Mara Holt”"]),
    ("de", "Mara Holt erklärte: „Wir haben Brot.“", ["", "“Mara Holt”"]),
    ("es", "«Tenemos pan», dijo Mara Holt. «Y harina.»", ["“Mara Holt”", "", "“Mara Holt”"]),
    ("it", "«Abbiamo pane», ha detto Mara Holt. «E farina.»", ["“Mara Holt”", "", "“Mara Holt”"]),
    ("pt", "“Temos pão”, disse Mara Holt. “E farinha.”", ["“Mara Holt”", "", "“Mara Holt”"]),
]


@pytest.mark.parametrize(("language", "text", "speakers"), QUOTATIONS)
def test_quotations_go_to_who_is_named_beside_them(language: str, text: str, speakers: list[str]) -> None:
    """With a voice for the name, quotation and narration are apart; a word in quotation marks is nobody's."""
    found = said(text, language=language, speakers=("mara holt",))
    assert [f"“{who}”" if who else "" for who, _ in found] == speakers
    assert " ".join(words for _, words in found) == text


def test_without_a_voice_nothing_is_cut() -> None:
    """Sentences stay as they are; who says a whole one is noted."""
    assert said('"We have bread," said Mara Holt. "And flour."') == [
        ("", '"We have bread," said Mara Holt.'),
        ("Mara Holt", '"And flour."'),
    ]


def test_two_who_speak_in_a_paragraph_keep_their_own() -> None:
    """And by surname: the text has one of each."""
    text = "“We row,” said Jo Ray. “We bake,” said Mara Holt. “It is far.” Ray added: “It is cold.”"
    found = {words: who for who, words in said(text, speakers=("Jo Ray", "Mara Holt"))}
    assert (found["“We row,”"], found["“We bake,”"], found["“It is cold.”"]) == ("Jo Ray", "Mara Holt", "Jo Ray")
    assert found["“It is far.”"] == ""


def test_a_quotation_of_several_paragraphs_is_of_one() -> None:
    """Each begins with a mark, and only the last ends with one."""
    paragraphs = (
        "Mara Holt came.",
        "“We waited all night. It was cold.",
        "“Nobody spoke.",
        "“Then it came,” said Holt.",
    )
    assert [who for who, _ in said(*paragraphs)] == ["", *["Mara Holt"] * 3, ""]


def test_a_quotation_is_of_who_is_named_below_it() -> None:
    """Up to the first comma."""
    quote: Block[Text] = Quote((Paragraph(Text("We row. We bake.")),), Text("— Mara Holt, owner of the shop"))
    script = write_script(Article("T", (quote,), language="en"), Pauses())
    assert [utterance.speaker for utterance in script.utterances[1:]] == ["Mara Holt", "Mara Holt", ""]


def test_speakers_can_be_edited() -> None:
    """They are in the script's JSON, come back as they went, and an endless name is refused."""
    text = script_to_json(script_of(*INTERVIEW))
    assert '"text": "A: Enough.", "speaker": "A"' in text
    edited = script_from_json(text.replace('"speaker": "A"', '"speaker": "Mara Holt"'), "said.json")
    assert [utterance.speaker for utterance in edited.utterances].count("Mara Holt") == 4
    assert script_to_json(script_from_json(text, "said.json")) == text
    with pytest.raises(ScriptError, match="too many for a name"):
        script_from_json(text.replace('"speaker": "A"', f'"speaker": {json.dumps("A" * 201)}'), "said.json")
    assert len(text) < LIMIT_BYTES


PIECES = st.lists(
    st.sampled_from(
        ['"', "“", "”", "«", "»", "„", "Q: ", "A: ", "Mara Holt", " said ", "said ", ". ", ", ", "We row", ":"]
    )
    | st.text(max_size=4),
    max_size=20,
).map("".join)


@given(st.lists(PIECES, min_size=1, max_size=5), st.sampled_from(["en", "fr", "de", "xx"]))
def test_whoever_speaks_no_word_is_lost(texts: list[str], language: str) -> None:
    """The script with voices for speakers says the same words in the same order as the one without."""
    texts = ["Here.", *(" ".join(text.split()) for text in texts)]
    alone = [utterance.text for utterance in script_of(*texts, language=language).utterances]
    voiced = [
        utterance.text for utterance in script_of(*texts, language=language, speakers=("mara holt", "q")).utterances
    ]
    assert "".join("".join(voiced).split()) == "".join("".join(alone).split())
