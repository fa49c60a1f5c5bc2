"""Spoken forms of thirteen languages: a table of cases for each, what the engine makes of them, what holds for all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import Role, Utterance
from audio_edition.script.normalisation import spoken_form
from audio_edition.script.speakable import is_speakable
from support.places import environment

TABLES = {path.stem: path for path in sorted((Path(__file__).parent / "tables").glob("*.txt"))}
VOICES = {"fr": "fr-fr", "zh": "cmn"}
"""The voice's tag where it is not the language's."""


def cases(language: str) -> list[tuple[str, str]]:
    """What is written and what is said; a line without an arrow must stay as it is."""
    lines = [line for line in TABLES[language].read_text("utf-8").splitlines() if line and not line.startswith("# ")]
    return [(written, said or written) for written, _, said in (line.partition(" => ") for line in lines)]


ALL = [(language, *case) for language in TABLES for case in cases(language)]


@pytest.mark.parametrize(("language", "written", "said"), ALL, ids=[f"{case[0]} {case[1]}" for case in ALL])
def test_it_is_said_as_the_table_has_it(language: str, written: str, said: str) -> None:
    """Each written form gets the spoken form of its language's table."""
    assert spoken_form(written, "body", language) == said


DATELINES = [
    ("fr", "PARIS, 5 mars 2019 (AFP) -", "Paris, 5 mars 2019. A.F.P."),
    ("fr", "AIX-EN-PROVENCE (Reuters) –", "Aix-en-Provence. Reuters."),
    ("de", "BERLIN, 5. März (dpa) -", "Berlin, fünften März. dpa."),
    ("de", "Frankfurt am Main", "Frankfurt am Main."),
    ("es", "MADRID, 5 mar (EFE).-", "Madrid, 5 de marzo. Efe."),
    ("es", "RÍO DE JANEIRO (AFP) —", "Río de Janeiro. A.F.P."),
    ("it", "ROMA (ANSA) -", "Roma. ANSA."),
    ("pt", "LISBOA (Lusa) -", "Lisboa. Lusa."),
]


@pytest.mark.parametrize(("language", "written", "said"), DATELINES)
def test_datelines_are_short_sentences(language: str, written: str, said: str) -> None:
    """Places in capitals are read as names, and what stands in brackets as a sentence of its own."""
    assert spoken_form(written, "dateline", language) == said


@pytest.mark.parametrize("language", TABLES)
def test_a_fifth_of_each_table_must_stay_as_it_is(language: str) -> None:
    """Rules are tried on what the engine reads right as well as on what it reads badly."""
    table = cases(language)
    assert len(table) >= 40
    assert sum(written == said for written, said in table) >= len(table) / 5


@pytest.fixture(scope="module")
def phonemes() -> dict[tuple[str, str], str]:
    """The IPA that eSpeak NG says for every written and spoken form, by language and text."""
    wanted = {language: sorted({text for case in cases(language) for text in case}) for language in TABLES}
    by_tag = {VOICES.get(language, language): texts for language, texts in wanted.items()}
    finished = subprocess.run(
        [sys.executable, "-m", "support.phonemes_by_espeak"],
        env=environment(),
        input=json.dumps(by_tag),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = json.loads(finished.stdout)
    return {
        (language, text): said
        for language, texts in wanted.items()
        for text, said in zip(texts, answers[VOICES.get(language, language)], strict=True)
    }


HEARD = [
    ("fr", "le XXIe siècle", "vɛ̃teynjɛm"),
    ("fr", "M. Macron a reçu MM. Dupont et Durand", "məsjø makʁɔ̃"),
    ("de", "am 3. Oktober 1990", "dɾɪtən ɔktoːbɜ nɔøntseːn hʊndɜt nɔøntsɪç"),
    ("de", "Karl III. sagte", "kaɾl dɛɾ dɾɪtə"),
    ("es", "Felipe VI", "felipe seksto"),
    ("it", "l'80%", "lotːanta"),
    ("it", "la II guerra mondiale", "sekonda"),
    ("pt", "R$ 50", "ʁiaɪʃ"),
    ("ru", "в 2019 году", "ttsʌtʌm ɡodu"),
    ("ru", "5 ₽", "rubɭʲej"),
    ("ar", "25%", "fiː ʔalmiʔat"),
    ("hi", "₹ 500", "ɾʊpjeː"),
    ("zh", "你好世界", "ni2χɑu2 s.i.5"),
    ("zh", "10,000人", "wɑ5n ʐəɜn"),
    ("zh", "25%", "pai2 fə5n ts.i.5"),
]


@pytest.mark.parametrize(("language", "written", "heard"), HEARD, ids=[" ".join(case[:2]) for case in HEARD])
def test_the_engine_says_the_spoken_form_right(
    phonemes: dict[tuple[str, str], str], language: str, written: str, heard: str
) -> None:
    """What the rules write is heard as meant, in the language's own voice."""
    said = phonemes[language, dict(cases(language))[written]]
    assert heard in re.sub("[ˈˌ]", "", said)


@pytest.mark.parametrize("language", TABLES)
def test_every_change_is_heard(phonemes: dict[tuple[str, str], str], language: str) -> None:
    """No rule rewrites what the engine says the same without it: what it reads right is left alone."""
    unheard = [
        written
        for written, said in cases(language)
        if written != said and _sounds(phonemes[language, written]) == _sounds(phonemes[language, said])
    ]
    assert not unheard


@pytest.mark.parametrize("language", TABLES)
def test_no_form_is_silent(phonemes: dict[tuple[str, str], str], language: str) -> None:
    """Each spoken form has a sound in its language's voice."""
    for _, said in cases(language):
        assert phonemes[language, said].strip(), said


def _sounds(ipa: str) -> str:
    return re.sub(r"[ˈˌ \-]", "", ipa)


PIECES = sorted({piece for table in TABLES for case in cases(table) for piece in case[0].split(" ")})
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map(" ".join)
)
LANGUAGES = st.sampled_from(sorted(TABLES))
ROLES: st.SearchStrategy[Role] = st.sampled_from(["title", "byline", "dateline", "heading", "body", "quote"])


@given(TEXTS, ROLES, LANGUAGES)
def test_any_text_gets_a_form_that_can_be_said(text: str, role: Role, language: str) -> None:
    """Rules of every language take every text: a speakable one stays speakable and commands no engine."""
    spoken = spoken_form(text, role, language)
    if is_speakable(text):
        assert is_speakable(spoken)
        assert "[[" not in spoken
        assert "]]" not in spoken


@given(TEXTS, LANGUAGES)
def test_words_of_the_spoken_form_point_into_the_text(text: str, language: str) -> None:
    """Read-along finds the written words of every part of the spoken form."""
    utterance = Utterance("c01-p001-s01", text, spoken_form(text, "body", language))
    length = len(utterance.spoken)
    for start, end in utterance.as_written([(place, place + 1) for place in range(length)]):
        assert 0 <= start <= end <= max(len(text), length)


PROSE = {
    "fr": "les élèves regardent tranquillement la mer, puis rentrent chez leurs parents",
    "de": "am Abend gingen die Kinder zum Fluss und warteten dort auf ihre Eltern",
    "es": "los niños miran el mar con calma y después vuelven a casa de sus padres",
    "it": "i bambini guardano il mare con calma e poi tornano dai genitori",
    "pt": "as crianças olham o mar com calma e depois voltam para casa dos pais",
    "nl": "de kinderen kijken rustig naar de zee en gaan daarna weer naar huis",
    "sv": "barnen ser lugnt ut över havet och går sedan hem till sina föräldrar",
    "da": "børnene ser roligt ud over havet og går så hjem til deres forældre",
    "pl": "dzieci patrzą spokojnie na morze, a potem wracają do domu do rodziców",
    "ru": "дети спокойно смотрят на море и потом возвращаются домой к родителям",
    "ar": "ينظر الأطفال إلى البحر بهدوء ثم يعودون إلى بيوتهم مع آبائهم",
    "hi": "बच्चे शांति से समुद्र को देखते हैं और फिर घर लौट जाते हैं",
    "zh": "孩子们 安静地 看着 大海 然后 回家 去 见 父母",
}


@given(st.data(), LANGUAGES)
def test_words_of_plain_prose_stay(data: st.DataObject, language: str) -> None:
    """Without figures, capitals and signs there is nothing to change, in whichever order the words come."""
    text = " ".join(data.draw(st.lists(st.sampled_from(PROSE[language].split()), min_size=1, max_size=20)))
    assert spoken_form(text, "body", language) == text


@pytest.mark.parametrize("language", TABLES)
@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "1 000 ",
        "1.",
        "1,",
        "1-",
        "12:",
        "$",
        "I",
        "X",
        "M. ",
        "a.",
        "a@",
        "a.a@",
        "http://a",
        "#a",
        "«)",
        "usw.)",
    ],
)
def test_a_long_hostile_text_ends(language: str, unit: str) -> None:
    """No rule takes more than a look at each character of a row of its own signs."""
    assert spoken_form(unit * (40_000 // len(unit)) + "b", "body", language)
