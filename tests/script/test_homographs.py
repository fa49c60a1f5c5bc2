"""English words that are written alike: certain ones get their sounds, and `proof` lists the others."""

from __future__ import annotations

import pytest

from audio_edition.model import Article, Paragraph, Pauses, Text
from audio_edition.script import write_script
from audio_edition.script.lexicon import Lexicon, lexicon_in
from audio_edition.script.lexicon.homographs import HOMOGRAPHS, is_sure


def sounds(text: str, language: str = "en-US", lexicons: tuple[Lexicon, ...] = ()) -> list[tuple[str, str]]:
    """The words of a paragraph that have IPA, and their IPA."""
    article = Article("T", (Paragraph(Text(text)),), language=language)
    utterances = write_script(article, Pauses(), lexicons).utterances
    return [(each.spoken[part.start : part.end], part.ipa) for each in utterances for part in each.pronunciations]


CERTAIN = {
    "Yesterday we read the will aloud.": "ˈɹɛd",
    "The pipes were made of lead.": "ˈlɛd",
    "Please close the door.": "ˈkloʊz",
    "Farmers use the land.": "ˈjuːz",
    "The soldiers desert the camp.": "dɪˈzɜːt",
    "Residents protest the plan.": "pɹəˈtɛst",
    "Separate the eggs.": "ˈsɛpəɹeɪt",
    "Excuse me.": "ɪkˈskjuːz",
    "A delegate spoke.": "ˈdɛlɪɡət",
    "The three advocates agreed.": "ˈædvəkəts",
    "She read the report.": "ˈɹɛd",
    "He then read it aloud.": "ˈɹɛd",
    "They read it last week.": "ˈɹɛd",
    'The sign read: "Keep out".': "ˈɹɛd",
    "Mara Holt read the letter.": "ˈɹɛd",
    "The lead pipe leaked.": "ˈlɛd",
    "Traces of lead were found.": "ˈlɛd",
    "Zinc and lead are mined.": "ˈlɛd",
    "It is lead-free.": "ˈlɛd",
    "She wound the rope round the post.": "ˈwaʊnd",
    "The firm was wound up.": "ˈwaʊnd",
    "A calf tear ended it.": "ˈtɛɹ",
    "There was a tear in the old sail.": "ˈtɛɹ",
    "He took a bow.": "ˈbaʊ",
    "At the bow of the ferry it was wet.": "ˈbaʊ",
    "They agreed in minute detail.": "maɪˈnuːt",
    "A diplomatic row followed.": "ˈɹaʊ",
    "They are content with it.": "kənˈtɛnt",
    "We ate sea bass.": "ˈbæs",
    "They sell fresh produce.": "ˈpɹoʊduːs",
    "The bass swam under the pier.": "ˈbæs",
    "They landed a ten-pound bass.": "ˈbæs",
    "Cod and bass are scarce.": "ˈbæs",
    "The dove dove for cover.": "ˈdoʊv",
    "The plane dove into the sea.": "ˈdoʊv",
    "The actors bow at the end.": "ˈbaʊ",
    "A wave swept over the bow.": "ˈbaʊ",
    "The old sow grunted.": "ˈsaʊ",
    "The row over fish quotas goes on.": "ˈɹaʊ",
    "The roads wind through the hills.": "ˈwaɪnd",
    "Shops close at six.": "ˈkloʊz",
    "The year drew to a close.": "ˈkloʊz",
    "It was as heavy as lead.": "ˈlɛd",
    "Lead is poisonous.": "ˈlɛd",
    "The judge read the verdict.": "ˈɹɛd",
    "The effect was minute.": "maɪˈnuːt",
    "Polish the shoes.": "ˈpɑːlɪʃ",
    "He was an invalid for years.": "ˈɪnvəlɪd",
    "Refuse collectors are on strike.": "ˈɹɛfjuːs",
    "The dancers entrance the crowd.": "ɪnˈtɹæns",
    "Two does crossed the road.": "ˈdoʊz",
    "She is a keen sewer of quilts.": "ˈsoʊɚ",
    "His hands grew number.": "ˈnʌmɚ",
    "He moped about all day.": "ˈmoʊpt",
    "The august assembly met.": "ɔːˈɡʌst",
}


@pytest.mark.parametrize(("text", "ipa"), CERTAIN.items())
def test_what_is_certain_gets_its_sounds(text: str, ipa: str) -> None:
    """By the words beside it."""
    assert [sound for _, sound in sounds(text)] == [ipa]


@pytest.mark.parametrize(
    "text",
    [
        "I will read it.", "Did she read it?", "They read every day.", "Let him read it.", "Children read the book.",
        "They stood close to it.", "a tear in her eye", "so close the crew saw it",
        "The use of it grew.", "in its use the boat is slow",
        "This use the law forbids.", "They delegate the work.", "a poor excuse", "two separate reports",
        "They lead the way.", "a lead role", "He took the lead.", "gold, silver and lead the table",
        "The wound was deep.",
        "He shed a tear.", "a bow and arrow", "He took a bow and arrow.", "A minute later.", "a five-minute scale",
        "The front row was full.", "The content is good.", "a bass guitar", "They produce it.", "live music",
        "a close race",
        "He caught a bass solo on tape.", "The singer caught the bass note.", "A fisherman sang bass in the choir.",
        "He released a dove into the sky.", "The hawk and the dove agreed.",
        "He tied the ribbon into a bow and left.", "He refused to wear a bow tie.", "They sow oats in March.",
        "They won four in a row over the summer.", "The boys row over to the island.",
        "The wind through the trees sighed.",
        "The shops close by are shut.", "She went to a close friend.", "They lead in the polls.",
        "He took the lead in it.",
        "The people read the papers.", "Did the captain read the order?", "The best part is the minute after.",
        "Polish firms build ships.", "The invalid ballot was thrown out.", "Some of them refuse to pay.",
        "The entrance was shut.", "What the company does and says matters.", "Only one of the two does and it shows.",
        "An experienced sewer engineer came.", "They got number one.", "He sold his car and moped.",
        "We met last August in Rome.",
    ],
)  # fmt: skip
def test_the_other_reading_and_doubt_stay_with_the_engine(text: str) -> None:
    """No sound is given where it would be wrong."""
    assert sounds(text) == []


def test_british_english_has_its_own_sounds_and_other_languages_none() -> None:
    """By the article's language."""
    assert sounds("in minute detail", "en-GB") == [("minute", "maɪˈnjuːt")]
    assert sounds("The lead pipe", "de") == []


def test_a_lexicon_goes_over_them() -> None:
    """Who says how a word sounds is taken at the word."""
    own = lexicon_in("lead pipe = led pipe\n[en]\nminute = /ˈmɪnɪt/\n".encode(), "own.txt")
    assert sounds("The lead pipe, in minute detail.", "en", (own,)) == [("minute", "ˈmɪnɪt")]


def test_what_engines_say_right_is_no_risk() -> None:
    """By the words beside; each word is a homograph of the list."""
    for text, word in (
        ("I have read it", "read"), ("live music", "live"), ("very close to it", "close"), ("in tears", "tears"),
        ("a bow and arrow", "bow"), ("the wind blew", "wind"), ("to object to it", "object"),
    ):  # fmt: skip
        assert word in HOMOGRAPHS
        start = text.index(word)
        assert is_sure(text, start, start + len(word)), text
    assert not is_sure("They live read it", 10, 14)
