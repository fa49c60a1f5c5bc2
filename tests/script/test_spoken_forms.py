"""What is said for what is written: the table of English cases, other languages, and what holds for every text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audio_edition.model import Role, Utterance
from audio_edition.script.normalisation import spoken_form
from audio_edition.script.normalisation.en.capitals import ACRONYMS, SHORT_WORDS, SPELLED, SPELLED_WORDS, TITLES
from audio_edition.script.speakable import is_speakable
from support.work import growth

DASHES = {
    "belongings -- one with a toothbrush": "belongings — one with a toothbrush",
    "belongings — one with a toothbrush": "belongings — one with a toothbrush",
    "belongings – one with a toothbrush": "belongings — one with a toothbrush",
    "belongings - one with a toothbrush": "belongings — one with a toothbrush",
    "belongings—one with a toothbrush": "belongings — one with a toothbrush",
    "belongings--one with a toothbrush": "belongings — one with a toothbrush",
    "belongings --- one": "belongings — one",
    "belongings - - one": "belongings — one",
    '"It is dramatic -- you know that," he says.': '"It is dramatic — you know that," he says.',
    '"You know that -- " he said': '"You know that" he said',
    '"You know that--" he said': '"You know that" he said',
    "“Wait—” he said": "“Wait” he said",
    '"Yes" -- he said -- "no"': '"Yes" — he said — "no"',
    "he said, -- and left": "he said, and left",
    "he said --, and left": "he said, and left",
    "he left. -- She stayed": "he left. She stayed",
    "(-- or so they say --)": "(or so they say)",
    "— Nobody came": "Nobody came",
    "- Nobody came": "Nobody came",
    "–Nobody came": "Nobody came",
    "Nobody came -": "Nobody came",
    "Nobody came —": "Nobody came",
    "Nobody came --.": "Nobody came.",
    "a well-known two- and three-year-old": "a well-known two- and three-year-old",
    "the Paris–Dakar rally": "the Paris–Dakar rally",
    "-5 degrees, then –5": "-5 degrees, then –5",
    "in 2014 -- 10 years ago": "in twenty fourteen — 10 years ago",
}
INITIALISMS = {
    "exodus from dying IS 'caliphate'": "exodus from dying I-S 'caliphate'",
    "mainly IS fighters": "mainly I-S fighters",
    "IS said it was there": "I-S said it was there",
    "He IS guilty": "He IS guilty",
    "SDF spokesman Adnan Afrin": "S-D-F spokesman Adnan Afrin",
    "the US-backed fighter": "the U-S-backed fighter",
    "a US NAVY ship": "a U-S NAVY ship",
    "US-NATO talks": "U-S-NATO talks",
    "between the US and the UK": "between the U-S and the U-K",
    "the UN's envoy and IS's men": "the U-N's envoy and I-S's men",
    "the UN’s envoy": "the U-N's envoy",
    "MPs and NGOs": "M-P's and N-G-O's",
    "the NGOs' offices": "the N-G-O's' offices",
    "the UAE and the IAEA": "the U.A.E and the I.A.E.A",
    "the UAE.": "the U.A.E.",
    "UAVs over the UAE's coast": "U.A.V's over the U.A.E's coast",
    "the CIA-backed RAF": "the C.I.A-backed R.A.F",
    "AFP and AP": "A-F-P and A-P",
    "(AFP)": "(A-F-P)",
    "US, UK, EU": "U-S, U-K, E-U",
    "the WHO says who": "the W-H-O says who",
    "WHO says so": "W-H-O says so",
    "an AU and ETA meeting on an ICBM": "an A-U and E.T.A meeting on an I-C-B-M",
    "the IT sector": "the I-T sector",
    "IT was a cold day": "IT was a cold day",
    "THE man who came": "THE man who came",
    "THE US army": "THE U-S army",
    "the U.S. Army said": "the U-S Army said",
    "left the U.S.": "left the U-S.",
    'left the U.S."': 'left the U-S."',
    "the U.S.-led force": "the U-S-led force",
    "the U.N.'s envoy": "the U-N's envoy",
    "the U.S, he said": "the U-S, he said",
    "in Washington, D.C., on Monday": "in Washington, D-C, on Monday",
    '"I love the U.S. We stay," he said': '"I love the U-S. We stay," he said',
    "George W. Bush and J.K. Rowling": "George W Bush and J-K Rowling",
    "J. R. R. Tolkien": "J R R Tolkien",
    "Samuel A. Jackson": "Samuel A. Jackson",
    "at 9 a.m. and 5 p.m.": "at 9 a.m. and 5 p.m.",
    "the UNHCR and UNDP": "the U-N-H-C-R and U-N-D-P",
    "the OSCE, the ICC, the ANC": "the O-S-C-E, the I-C-C, the A-N-C",
    "an unknown QWX and EBGD": "an unknown Q-W-X and E-B-G-D",
    "an unknown OQX": "an unknown O-Q-X",
    "an unknown VELMAR": "an unknown VELMAR",
    "an unknown ZORB": "an unknown ZORB",
    "HIV and AIDS": "H-I-V and AIDS",
    "anti-IS and non-EU": "anti-I-S and non-E-U",
    "AT&T, R&B and H1N1": "AT&T, R&B and H1N1",
    "AK-47 and F-16 fire": "A-K-47 and F-16 fire",
    "the @BBC and Q&A": "the @BBC and Q&A",
    "the MIX and the DIM": "the MIX and the DIM",
    "O'NEILL and DON'T": "O'NEILL and DON'T",
    "on BBC.com": "on B-B-C.com",
    'a sign said "THIS IS WAR"': 'a sign said "THIS IS WAR"',
    "he shouted STOP THE WAR NOW": "he shouted STOP THE WAR NOW",
    "MR Smith and DR Jones": "MR Smith and DR Jones",
    "COVID-19 and SARS": "COVID-19 and SARS",
    **{f"the {word} report": f"the {word} report" for word in ("NATO", "UNESCO", "OPEC", "UNICEF", "NASA", "AIDS")},
    **{f"the {word} report": f"the {word} report" for word in ("ASEAN", "FIFA", "UEFA", "INTERPOL", "BRICS", "ISIL")},
}
IN_CAPITALS = {
    "SYRIA TALKS FAIL": "SYRIA TALKS FAIL",
    "WHO IS IT": "WHO IS IT",
    "TELL US WHO DID IT": "TELL US WHO DID IT",
    "US TROOPS LEAVE SYRIA": "U-S TROOPS LEAVE SYRIA",
    "TROOPS LEAVE THE US": "TROOPS LEAVE THE U-S",
    "UN AND EU ENVOYS MEET": "U-N AND E-U ENVOYS MEET",
    "UN'S ENVOY LEAVES SYRIA": "U-N's ENVOY LEAVES SYRIA",
    "VELM OQX ZORB FALL": "VELM OQX ZORB FALL",
    "BBC STAFF ON STRIKE": "B-B-C STAFF ON STRIKE",
}
HARMLESS = {
    "[[b@gh'u:z]] is a village": "[b@gh'u:z] is a village",
    "[[[[x]]]] y": "[x] y",
    "[\x00[x]\x00] y": "[ [x] ] y",
    "[\u200e[x]\u200e] y": "[x] y",
    '<break time="5s"/> & more > less': '<break time="5s"/> & more > less',
    "bell\x07 and \x1b[31m red": "bell and [31m red",
    "line\u2028end\x85": "line end",
    "half \ud800 pair": "half pair",
    "soft\u00adhyphen": "softhyphen",
    "*** Update ***": "Update",
    "* * * Update": "Update",
    "Contents ............ 12": "Contents ... 12",
    "bread & 50 %": "bread & 50 %",
}
DATELINES = {
    "Baghuz (Syria) (AFP)": "Baghuz, Syria. A-F-P.",
    "LONDON (Reuters) -": "London. Reuters.",
    "LONDON (REUTERS)": "London. Reuters.",
    "PARIS, March 3 (AFP) –": "Paris, March 3. A-F-P.",
    "SÃO PAULO, Nov 22 (EFE)": "São Paulo, November 22. EFE.",
    "KABUL, 3 Sept. (AP) --": "Kabul, 3 September. A-P.",
    "NEW YORK": "New York.",
    "RIO DE JANEIRO": "Rio de Janeiro.",
    "LA PAZ (AP)": "La Paz. A-P.",
    "WASHINGTON, DC": "Washington, D-C.",
    "UNITED NATIONS — Reuters": "United Nations. Reuters.",
    "ABU DHABI (UAE) (AFP)": "Abu Dhabi, U.A.E. A-F-P.",
    "Baghdad": "Baghdad.",
}
BYLINES = {
    "By Jane Doe": "By Jane Doe",
    "BY JANE DOE": "By Jane Doe",
    "By JEAN O'NEILL, AFP": "By Jean O'Neill, A-F-P",
}
CASES: list[tuple[Role, str, str]] = [
    *(("body", *case) for table in (DASHES, INITIALISMS, IN_CAPITALS, HARMLESS) for case in table.items()),
    *(("dateline", *case) for case in DATELINES.items()),
    *(("byline", *case) for case in BYLINES.items()),
]
OTHER_LANGUAGES = [
    ("fr", "L'ONU -- dit-il -- [[x]]", "L'ONU — dit-il — [x]"),
    ("fr", "— Bonjour !", "Bonjour !"),
    ("de", "Die UN in den USA", "Die UN in den USA"),
    ("ar", "قال — نعم", "قال — نعم"),
    ("zh", "他说——好", "他说 — 好"),
]
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from([
            "US", "IS", "NGOs", "UAE's", "U.S.", "W.", "Bush", "(AFP)", "--", "—", "-", "–", '"', "'", ",", ".",
            "[[", "]]", "LONDON", "Nov 22", "word", "\x00", "\u00a0", "é", "سلام", "。", "42", "***", "x" * 60, "İ",
        ])
        | st.text(max_size=4),
        max_size=14,
    ).map(" ".join),
)  # fmt: skip
ROLES: st.SearchStrategy[Role] = st.sampled_from(["title", "byline", "dateline", "heading", "body", "quote"])


def sounds(text: str) -> str:
    """The letters and digits, one like the other whether small or capital."""
    return "".join(character for character in text.casefold() if character.isalnum())


@pytest.mark.parametrize(("role", "written", "said"), CASES, ids=[written for _, written, _ in CASES])
def test_english_is_said_as_the_table_has_it(role: Role, written: str, said: str) -> None:
    """Each written form gets the spoken form that eSpeak NG reads right."""
    assert spoken_form(written, role, "en-GB") == said


@pytest.mark.parametrize(("language", "written", "said"), OTHER_LANGUAGES)
def test_other_languages_get_only_the_rules_that_hold_everywhere(language: str, written: str, said: str) -> None:
    """Dashes and brackets are seen to in every language; capitals are left alone where nothing is known of them."""
    assert spoken_form(written, "body", language) == said


@given(TEXTS, ROLES, st.sampled_from(["fi", "ja"]))
@example("İSTANBUL (AFP) ŉ", "dateline", "en")
def test_no_letter_or_digit_is_lost(text: str, role: Role, language: str) -> None:
    """Whatever the text, its letters and digits are in the spoken form, in order; rules only add some."""
    said = iter(sounds(spoken_form(text, role, language)))
    assert all(letter in said for letter in sounds(text))


@given(TEXTS, ROLES, st.sampled_from(["en", "fr"]))
def test_what_can_be_said_is_never_empty_and_commands_no_engine(text: str, role: Role, language: str) -> None:
    """A speakable text stays speakable, without phoneme brackets, control characters or halves of characters."""
    spoken = spoken_form(text, role, language)
    if is_speakable(text):
        assert is_speakable(spoken)
        assert "[[" not in spoken
        assert "]]" not in spoken
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in spoken)


@given(TEXTS, ROLES)
def test_words_of_the_spoken_form_point_into_the_text(text: str, role: Role) -> None:
    """The model can map every character of the spoken form back to the written words."""
    utterance = Utterance("c01-p001-s01", text, spoken_form(text, role, "en"), role)
    length = len(utterance.spoken)
    for start, end in utterance.as_written([(place, place + 1) for place in range(length)]):
        assert 0 <= start <= end <= max(len(text), length)


@pytest.mark.parametrize("letter", ["a", "é", "ا", "1", "e\u0301", "👩‍🚀"])
def test_long_words_are_broken_without_parting_a_letter(letter: str) -> None:
    """No piece of a word of 20,000 letters is longer than an engine reads, and accents stay with their letters."""
    pieces = spoken_form(letter * 20_000, "body", "fr").split()
    assert "".join(pieces) == letter * 20_000
    assert max(map(len, pieces)) <= 50
    assert not any(piece[0] in "\u0301\u200d" or piece[-1] == "\u200d" for piece in pieces)


def test_a_word_of_fifty_letters_and_unspaced_writing_stay_whole() -> None:
    """Long German words and sentences of Chinese or Thai are not broken."""
    for text in ("Donaudampfschifffahrtsgesellschaftskapitän", "中" * 60, "ก" * 80):
        assert spoken_form(text, "body", "de") == text


@pytest.mark.parametrize(
    "run", ["か" * 90, "中" * 200, "12." * 30, "a," * 150, "word'" * 50, "Paris?London!" * 20, "Ａ" * 60, "𐌰" * 50]
)
def test_what_an_engine_would_cut_short_is_parted(run: str) -> None:
    """Runs of which eSpeak NG was measured to drop the end reach it in pieces, with nothing lost."""
    spoken = spoken_form(run, "body", "fr")
    assert spoken.replace(" ", "") == unicodedata.normalize("NFKC", run)
    assert max(map(len, spoken.split())) <= 50


def test_the_tables_of_capitals_do_not_contradict_each_other() -> None:
    """What is spelled is no acronym, title or plain word, and what is both is marked as such."""
    assert not SPELLED & (ACRONYMS | TITLES | SHORT_WORDS)
    assert not ACRONYMS & (TITLES | SHORT_WORDS)
    assert SPELLED_WORDS <= SPELLED
    assert all(entry.isascii() and entry.isupper() for entry in SPELLED | ACRONYMS | SHORT_WORDS | TITLES)


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize(
    "unit", ["- ", "U.S. ", "[[", "A.", "a—", "* ", "Nov 2 (", "www.", "'s", "\u00a0-", "“ -- ", "IS "]
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    """Four times as many characters of a hostile text take some four times as long."""
    roles: list[Role] = ["body", "dateline", "byline"]

    def spoken(text: str) -> None:
        for role in roles:
            spoken_form(text, role, "en")

    assert growth(lambda characters: unit * (characters // len(unit)) + "a", spoken, 50_000, 200_000) < 10
