"""The language of an article: what is said goes over what it looks like, and doubt changes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audio_edition.model import (
    Article,
    Block,
    Code,
    Heading,
    Item,
    List,
    Note,
    Paragraph,
    Quote,
    Row,
    Span,
    Table,
    Text,
    leaves,
)
from audio_edition.read import read
from audio_edition.read.language import with_languages
from audio_edition.speak.loudness import PASSAGES
from support.cells import cell_of
from support.places import ROOT

BRIDGE = {
    "cs": "Nový most byl otevřen v úterý ráno. Starosta přestřihl pásku a pršelo celý den.",
    "da": "Den nye bro blev åbnet tirsdag morgen. Borgmesteren klippede snoren over, og det regnede hele dagen. "
    "Færgen sejlede, som den altid har gjort, og ingen ville sige, hvad det hele har kostet kommunen.",
    "el": "Η νέα γέφυρα άνοιξε το πρωί της Τρίτης. Ο δήμαρχος έκοψε την κορδέλα και έβρεχε όλη μέρα.",
    "fi": "Uusi silta avattiin tiistaiaamuna. Pormestari leikkasi nauhan, ja koko päivän satoi vettä.",
    "he": "הגשר החדש נפתח ביום שלישי בבוקר. ראש העיר גזר את הסרט, וירד גשם כל היום.",
    "ja": "新しい橋は火曜日の朝に開通した。市長がテープを切り、一日中雨が降っていた。",
    "ko": "새 다리는 화요일 아침에 개통되었다. 시장이 테이프를 끊었고 하루 종일 비가 내렸다.",
    "nl": "De nieuwe brug is dinsdagochtend geopend. De burgemeester knipte het lint door en het regende de hele dag.",
    "pl": "Nowy most otwarto we wtorek rano. Burmistrz przeciął wstęgę, a deszcz padał przez cały dzień.",
    "tr": "Yeni köprü salı sabahı açıldı. Belediye başkanı kurdeleyi kesti ve bütün gün yağmur yağdı.",
    "uk": "Новий міст відкрили у вівторок уранці. Міський голова перерізав стрічку, і весь день ішов дощ.",
}
TEXTS = {**BRIDGE, **PASSAGES}


def _article(*texts: str, language: str = "") -> Article:
    return Article("", tuple(Paragraph(Text(text)) for text in texts), language=language)


def _languages(article: Article) -> tuple[str, list[str]]:
    return article.language, [text.language for text in leaves(article.blocks)]


@pytest.mark.parametrize("language", TEXTS)
def test_an_article_is_in_the_language_it_looks_like(language: str) -> None:
    """Two sentences are enough, and a note says that it is a guess; English is what was there before, and no news."""
    article = with_languages(_article(TEXTS[language]))
    assert _languages(article) == (language, [""])
    expected = [] if language == "en" else [("language-guessed", "note", f"“{language}”")]
    assert [
        (finding.id, finding.level, quoted)
        for finding in article.findings
        for quoted in re.findall("“[^”]+”", finding.message)
    ] == expected


@pytest.mark.parametrize("language", sorted(TEXTS.keys() - {"en", "da"}))
def test_a_paragraph_in_another_language_is_marked(language: str) -> None:
    """In an English article. (Three sentences of Danish are not beyond doubt: they might be Norwegian.)"""
    article = with_languages(_article(PASSAGES["en"], TEXTS[language], PASSAGES["en"]))
    assert _languages(article) == ("en", ["", language, ""])
    assert [finding.id for finding in article.findings] == ["paragraph-language"]
    assert f"1 paragraph looks like “{language}”" in article.findings[0].message


def test_an_english_paragraph_in_a_french_article_is_marked() -> None:
    """What is foreign depends on the article; one note counts the paragraphs of a language."""
    article = with_languages(_article(PASSAGES["fr"] * 2, PASSAGES["en"], PASSAGES["fr"], PASSAGES["en"]), "fr-CA")
    assert _languages(article) == ("fr-CA", ["", "en", "", "en"])
    assert [finding.message for finding in article.findings] == ["2 paragraphs look like “en” and will be spoken so."]


@pytest.mark.parametrize(("said", "by_caller", "taken"), [("sv", "", "sv"), ("sv", "da", "da"), ("", "da", "da")])
def test_what_is_said_goes_over_what_it_looks_like(said: str, by_caller: str, taken: str) -> None:
    """Nobody who names a language is overruled: neither for the article nor for the paragraphs it is made of."""
    article = with_languages(_article(PASSAGES["fr"], PASSAGES["fr"], language=said), by_caller)
    assert _languages(article) == (taken, ["", ""])
    assert [finding.id for finding in article.findings] == ["language-mismatch"] * (not by_caller)


def test_a_paragraph_that_says_its_language_keeps_it() -> None:
    """What the document marks is not guessed at."""
    marked = Article("", (Paragraph(Text(PASSAGES["en"])), Paragraph(Text(PASSAGES["fr"], language="oc"))))
    assert _languages(with_languages(marked))[1] == ["", "oc"]


@pytest.mark.parametrize("tag", ["und", "mul", "zxx", "mis", "UND", "und-Latn"])
def test_a_tag_that_names_no_language_says_nothing(tag: str) -> None:
    """Of an article, a paragraph or a phrase: what it looks like is taken, or what is around it."""
    phrase = Text(PASSAGES["fr"], (Span(0, 4, "language", tag), Span(0, 4, "emphasis")), tag)
    article = with_languages(Article("", (Paragraph(phrase), Paragraph(Text(PASSAGES["fr"]))), language=tag))
    assert _languages(article) == ("fr", ["", ""])
    assert [finding.id for finding in article.findings] == ["language-guessed"]
    assert next(leaves(article.blocks)).spans == (Span(0, 4, "emphasis"),)


def test_texts_are_marked_wherever_they_stand() -> None:
    """Items, quotations and cells too; headings and programs are in no other language."""
    foreign = Text(PASSAGES["fr"])
    inside: list[Block[Text]] = [
        List((Item((Paragraph(foreign),)),)),
        Quote((Paragraph(foreign),), foreign),
        Note("n1", "1", (Paragraph(foreign),)),
        Table((Row((cell_of(foreign),)),)),
    ]
    others: list[Block[Text]] = [Heading(foreign), Code((foreign,)), Quote((Heading(foreign),))]
    english = [Paragraph(Text(PASSAGES["en"]))] * 3
    for block in inside:
        marked = with_languages(Article("", (*english, block)), "en")
        assert {text.language for text in leaves(marked.blocks[3:])} == {"fr"}, block
    for block in others:
        marked = with_languages(Article("", (*english, block)), "en")
        assert {text.language for text in leaves(marked.blocks[3:])} == {""}, block


NAMES = [
    "Macron, Scholz, Sánchez and Meloni met Zelenskyy in Reykjavík before the talks with Erdoğan and Mitsotakis.",
    "Juan Manuel Santos, Álvaro Uribe, Iván Duque, Gustavo Petro and Francia Márquez all came to Cartagena de Indias.",
    "Paris Saint-Germain 3, Borussia Mönchengladbach 1; Real Sociedad 2, Bayer Leverkusen 2; Ajax 0, Inter 1.",
    "São Paulo; Rio de Janeiro; Belo Horizonte; Porto Alegre; Salvador da Bahia; Florianópolis; Curitiba; Manaus.",
    "Le Monde, La Repubblica, El País, Die Zeit, Der Spiegel, Corriere della Sera and Süddeutsche Zeitung led with it.",
    "Angela Merkel, Frank-Walter Steinmeier, Ursula von der Leyen, Annalena Baerbock, Wolfgang Schäuble, Olaf Scholz.",
    "Jean-Luc Mélenchon, Marine Le Pen, François Fillon, Benoît Hamon, Nicolas Dupont-Aignan, Philippe Poutou.",
    "Mohammed bin Salman, Recep Tayyip Erdogan, Abdel Fattah al-Sisi and Benjamin Netanyahu did not come.",
    "Nguyen Van Thieu, Ho Chi Minh, Vo Nguyen Giap, Le Duc Tho, Pham Van Dong and Ngo Dinh Diem.",
    "Rue du Faubourg Saint-Honoré, Avenue des Champs-Élysées, Boulevard Haussmann, Quai d'Orsay, Place Vendôme.",
    "1. e4 e5 2. Nf3 Nc6 3. Bb5 a6 4. Ba4 Nf6 5. O-O Be7 6. Re1 b5 7. Bb3 d6 8. c3 O-O 9. h3 Nb8 10. d4 Nbd7",
    "0dcee791dfdcfacddaaec79b29f30a347a147413 and 420f42a5752e90a8b27d58ffa1ddfe6e4ab341e8",
]
MIXED = [
    "“Nous avons gagné, c’est magnifique et nous sommes très fiers,” said the mayor on the steps of the palace.",
    "“Wir schaffen das,” Merkel said in 2015. “Das ist unsere Aufgabe und unsere Verantwortung.”",
    "He shouted “¡Viva la revolución! ¡Hasta la victoria siempre!” and left the room with his followers.",
    "The headline in Le Monde read: « La France retient son souffle avant le vote décisif de dimanche ».",
    "The sign on the door said 「本日休業」, and 明日は営業します below it, in smaller letters.",
]


@pytest.mark.parametrize("text", [*NAMES, *MIXED, "Bonjour à tous.", "", "…", "\ud83d" * 100, "5" * 1000])
def test_foreign_names_and_quotations_make_no_foreign_paragraph(text: str) -> None:
    """A list of names, a quotation in an English sentence, a few words: all stay with the article's voice."""
    article = with_languages(_article(PASSAGES["en"], text))
    assert _languages(article) == ("en", ["", ""])
    assert article.findings == ()


@pytest.mark.parametrize("text", [*NAMES, "", "12 34 56", "Ok."])
def test_an_article_in_doubt_is_english(text: str) -> None:
    """Alone, what looks like many languages or none is what it was before: English, and nothing is said."""
    article = with_languages(_article(text))
    assert (article.language, article.findings) == ("en", ())


ENGLISH = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "articles").glob("*/article.txt")])


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.parent.name + "/" + path.stem)
def test_nothing_foreign_is_found_in_the_seeds_and_cases(path: Path) -> None:
    """No paragraph of them is marked, and all but the Arabic one are English."""
    language, paragraphs = _languages(read(path).articles[0])
    assert language == ("ar" if path.parent.name == "arabic" else "en")
    assert set(paragraphs) <= {""}


def test_nothing_foreign_is_found_in_the_real_article(wire_article: Path) -> None:
    """A page of Arabic and Kurdish names is English all the same."""
    language, paragraphs = _languages(read(wire_article).articles[0])
    assert (language, set(paragraphs)) == ("en", {""})


def test_a_long_article_is_judged_by_its_beginning() -> None:
    """Megabytes are not read through for this: 20 paragraphs of a megabyte take what their beginnings take."""
    long = PASSAGES["fr"] * 3000
    article = with_languages(_article(PASSAGES["en"] * 20, *[long] * 20))
    assert _languages(article) == ("en", ["", *["fr"] * 20])


SHORT_NOTICES = {
    "da": ("Dagens menu.", "Suppe med brød, 45 kr. Fisk, 80 kr. Is, 30 kr.", "Åbent kl. 9-17 mandag til fredag."),
    "de": ("Suppe mit Brot, 4 Euro. Fisch, 9 Euro. Eis, 3 Euro.", "Geöffnet montags bis freitags von 9 bis 17 Uhr."),
    "es": ("Sr. vecino: el agua se corta el 5 de mayo de 9 a 14 h.", "Tel. 91 123 45 67. Gracias."),
    "fr": ("Potage, 4 euros. Poisson, 9 euros. Glace, 3 euros.", "Ouvert du lundi au vendredi de 9 h à 17 h."),
    "it": ("Zuppa, 4 euro. Pesce, 9 euro. Gelato, 3 euro.", "Aperto dal lunedì al venerdì, è chiuso la domenica."),
    "sv": ("Soppa med bröd, 45 kr. Fisk, 80 kr. Glass, 30 kr.", "Öppet kl. 9-17 måndag till fredag."),
}


@pytest.mark.parametrize("language", SHORT_NOTICES)
def test_a_short_notice_is_known_by_its_accents(language: str) -> None:
    """What certainly is no English need not be as sure to be something else; a note says that it is a guess."""
    article = with_languages(_article(*SHORT_NOTICES[language]))
    assert article.language == language
    assert [finding.id for finding in article.findings] == ["language-guessed"]


def test_doubt_is_told_where_nothing_looks_english() -> None:
    """English is taken, and a warning says so, and names what it may be."""
    article = with_languages(_article("salta gorra linda minga tola ferna bisko lamer tuna gando pirel mondo"))
    assert article.language == "en"
    (finding,) = article.findings
    assert (finding.id, finding.level) == ("language-unclear", "warning")
    assert "--language" in finding.remedy


@pytest.mark.parametrize(
    ("stated", "written"), [("en", "de"), ("en-US", "fr"), ("de", "en"), ("fr", "es"), ("es", "it")]
)
def test_a_document_that_says_another_language_than_its_text_is_told_of(stated: str, written: str) -> None:
    """The tag stays, for it may be meant; a warning names both."""
    article = with_languages(_article(TEXTS[written], TEXTS[written], language=stated))
    assert article.language == stated
    warning = next(finding for finding in article.findings if finding.id == "language-mismatch")
    assert (f"“{stated}”" in warning.message, f"“{written}”" in warning.message) == (True, True)
    assert warning.remedy.endswith(f"--language {written}.")


@pytest.mark.parametrize(("stated", "written"), [("no", "da"), ("en-GB", "en"), ("de-AT", "de"), ("fr-CA", "fr")])
def test_a_neighbour_or_region_is_no_contradiction(stated: str, written: str) -> None:
    """Danish that is marked as Norwegian may be either."""
    article = with_languages(_article(TEXTS[written], TEXTS[written], language=stated))
    assert "language-mismatch" not in [finding.id for finding in article.findings]


def test_who_names_the_language_hears_nothing_of_it() -> None:
    """The caller's word is taken."""
    article = with_languages(_article(TEXTS["de"], TEXTS["de"], language="en"), "en")
    assert "language-mismatch" not in [finding.id for finding in article.findings]
