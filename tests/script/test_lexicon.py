"""Lexicons: what is read from them, what is said of faults, which words they find, and where these end up."""

from __future__ import annotations

import random
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.errors import ScriptError
from audio_edition.model import Article, Paragraph, Pauses, Role, Script, Text
from audio_edition.script import script_from_json, script_to_json, write_script
from audio_edition.script.lexicon import Entry, Lexicon, Matcher, Spoken, applies_to, beside, read_lexicon, said_with
from audio_edition.script.lexicon.plain import read_plain
from audio_edition.script.lexicon.pls import read_pls
from audio_edition.script.normalisation import spoken_form

PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
%s
</lexicon>"""


def _pls(lexemes: str) -> Lexicon:
    return read_pls((PLS % lexemes).encode(), "names.pls")


def _plain(*lines: str) -> Lexicon:
    return read_plain("\n".join(lines), "names.txt")


def _faults(lexicon: Lexicon) -> list[str]:
    return [f"{fault.line} {fault.level}: {fault.message}" for fault in lexicon.faults]


def _said(text: str, *lines: str, language: str = "en", role: Role = "body") -> Spoken:
    lexicon = _plain(*lines)
    assert not lexicon.errors
    return said_with(Matcher([lexicon], language), text, role, language)


def _marked(spoken: Spoken) -> str:
    """The spoken text with each pronunciation behind its words."""
    text, done = "", 0
    for part in spoken.pronunciations:
        text += f"{spoken.text[done : part.start]}<{spoken.text[part.start : part.end]}|{part.ipa}>"
        done = part.end
    return text + spoken.text[done:]


# --- the plain file


def test_a_line_says_a_word_in_letters_in_ipa_or_both() -> None:
    """What a volunteer writes: comments, spaces, a language for the lines below it."""
    lexicon = _plain(
        "\ufeff# names".lstrip("\ufeff"),
        "",
        "Kyiv = keev",
        "  Xi   Jinping=/ʃiː dʒɪnˈpɪŋ/  # he is",
        "Baghouz = buh gooze, /bəˈɡuːz/",
        "C# = see sharp",
        "A/C = air con",
        "[fr]",
        "Kyiv = kiève",
        "[en-GB]",
        "Z = zed",
    )
    assert lexicon.faults == ()
    assert lexicon.entries == (
        Entry("Kyiv", "keev", "", "", 3),
        Entry("Xi Jinping", "", "ʃiː dʒɪnˈpɪŋ", "", 4),
        Entry("Baghouz", "buh gooze", "bəˈɡuːz", "", 5),
        Entry("C#", "see sharp", "", "", 6),
        Entry("A/C", "air con", "", "", 7),
        Entry("Kyiv", "kiève", "", "fr", 9),
        Entry("Z", "zed", "", "en-GB", 11),
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Kyiv", "error: “Kyiv” has no equals sign."),
        ("= keev", "error: there is no word here whose pronunciation could change."),
        ("… = dots", "error: “…” has no letter or digit."),
        ("Kyiv =", "error: “Kyiv” has nothing that is said for it."),
        ("Kyiv = ...", "error: “Kyiv” is to be said “...”, which has no sound."),
        ("Kyiv = //", "error: “Kyiv”: there is nothing between the slashes."),
        ("Kyiv = /kiːv", "error: “/kiːv” has a slash too many or too few."),
        ("Kyiv = keev /kiːv", "error: “keev /kiːv” has a slash too many or too few."),
        ("Kyiv = /kiːv/ /kiːf/", "error: “/kiːv/ /kiːf/” has a slash too many or too few."),
        ("Kyiv = /k5v/", "error: “Kyiv”: “5” is not a letter of the International Phonetic Alphabet."),
        ("Kyiv = /ˈ/", "error: “Kyiv”: “ˈ” is not a letter of the International Phonetic Alphabet."),
        ("Kyiv = /[[ki:v]]/", "error: “Kyiv”: “[” is not a letter of the International Phonetic Alphabet."),
        ("Kyiv = [[ki:v]]", "error: “Kyiv”: double brackets are no way to write a sound."),
        ("Ky\u202eiv = keev", "error: “Ky\u202eiv”: here is the invisible character U+202E."),
        ("[french please]", "error: “french please” is not a language tag."),
        ("[]", "error: “” is not a language tag."),
        ("x" * 101 + " = y", "error: “" + "x" * 39 + "…” is longer than 100 characters."),
        ("y = " + "x" * 201, "error: “" + "x" * 39 + "…” is longer than 200 characters."),
        ("y = /" + "a" * 101 + "/", "error: “y”: the IPA is longer than 100 characters."),
        ("y" * 1001, "error: this line is longer than 1000 characters."),
        ("Kyiv = Kyiv", "note: “Kyiv” is to be said as it is written."),
    ],
)
def test_each_fault_of_a_line_is_named(line: str, fault: str) -> None:
    """The line's number, what is wrong, and what to write instead; the lines beside it count."""
    lexicon = _plain("Xi = shee", line, "Qom = comb")
    assert f"2 {fault}" in _faults(lexicon)
    assert all(one.remedy for one in lexicon.errors)
    assert [entry.written for entry in lexicon.entries if entry.written != "Kyiv"] == ["Xi", "Qom"]


def test_a_word_that_stands_twice_is_named_and_the_later_counts() -> None:
    """Nobody searches a file of a thousand lines for it."""
    lexicon = _plain("Xi = zi", "Qom = comb", "Xi = shee")
    assert _faults(lexicon) == ["3 warning: “Xi” stands on line 1 already."]
    assert {entry.written: entry.said for entry in lexicon.entries} == {"Xi": "shee", "Qom": "comb"}


# --- PLS


def test_a_pls_lexicon_is_read() -> None:
    """Several graphemes, alias and phoneme, examples, comments, entities of XML itself."""
    lexicon = _pls(
        """<meta name="x" content="y"/>
<lexeme><grapheme>Kyiv</grapheme><grapheme>Kiev</grapheme><!-- c --><alias>keev</alias><phoneme>ˈkiːv</phoneme></lexeme>
<lexeme>
  <grapheme>AT&amp;T</grapheme><alias>A T<!-- x --> and T</alias><example>AT&amp;T said</example>
</lexeme>"""
    )
    assert lexicon.faults == ()
    assert lexicon.entries == (
        Entry("Kyiv", "keev", "ˈkiːv", "en", 4),
        Entry("Kiev", "keev", "ˈkiːv", "en", 4),
        Entry("AT&T", "A T and T", "", "en", 5),
    )


@pytest.mark.parametrize(
    ("pronunciations", "said", "ipa"),
    [
        ("<phoneme>a</phoneme><phoneme>e</phoneme>", "", "a"),
        ('<phoneme>a</phoneme><phoneme prefer="true">e</phoneme><phoneme prefer="true">i</phoneme>', "", "e"),
        ('<phoneme>a</phoneme><alias prefer="true">ay</alias>', "ay", ""),
        ('<alias>x</alias><alias prefer="true">ay</alias>', "ay", ""),
        ('<alias>ay</alias><phoneme prefer="true">a</phoneme>', "ay", "a"),
        ('<phoneme alphabet="IPA">a</phoneme>', "", "a"),
    ],
)
def test_the_preferred_pronunciation_counts(pronunciations: str, said: str, ipa: str) -> None:
    """PLS 4.6 and 4.7: the first preferred one, else the first."""
    (entry,) = _pls(f"<lexeme><grapheme>A</grapheme>{pronunciations}</lexeme>").entries
    assert (entry.said, entry.ipa) == (said, ipa)


@pytest.mark.parametrize(
    ("lexeme", "fault"),
    [
        (
            '<lexeme><grapheme>A</grapheme>\n<phoneme alphabet="x-sampa">A</phoneme></lexeme>',
            "4 error: the alphabet “x-s",
        ),
        ("<lexeme><alias>a</alias></lexeme>", "3 error: a <lexeme> has no <grapheme>."),
        ("<lexeme><grapheme>A</grapheme></lexeme>", "3 error: “A” has nothing that is said for it."),
        ("<lexeme><grapheme>A</grapheme><alias> </alias></lexeme>", "3 error: <alias> is empty."),
        ("<lexeme><grapheme>A</grapheme><alias>[[x]]</alias></lexeme>", "3 error: “A”: double brackets are no way"),
        ("<lexeme><grapheme>A</grapheme><alias>a<b/></alias></lexeme>", "3 warning: <b> is not known here"),
        ('<lexeme role="x"><grapheme>A</grapheme><alias>a</alias></lexeme>', "3 note: the role is not looked at"),
        ("<lexem/>", "3 warning: <lexem> is not known here, and left out."),
        ("<lexeme>", "4 error: this is not sound XML: Opening and ending tag mismatch"),
        (
            "<lexeme><grapheme>A&nbsp;</grapheme><alias>a</alias></lexeme>",
            "3 error: this is not sound XML: Entity 'nbsp'",
        ),
    ],
)
def test_each_fault_of_a_pls_lexicon_is_named(lexeme: str, fault: str) -> None:
    """With the line on which it stands."""
    assert any(one.startswith(fault) for one in _faults(_pls(lexeme))), _faults(_pls(lexeme))


def test_what_is_no_pls_is_told_how_it_begins() -> None:
    """Another vocabulary, a missing namespace, a lexicon that does not say its language."""
    for root in ('<html xmlns="x"/>', "<lexicon/>"):
        (fault,) = read_pls(root.encode(), "x").faults
        assert fault.message.endswith("is not a PLS lexicon.")
        assert "http://www.w3.org/2005/01/pronunciation-lexicon" in fault.remedy
    nameless = (PLS % "").replace(' xml:lang="en"', "").replace(' version="1.0" xmlns', " xmlns")
    assert _faults(read_pls(nameless.encode(), "x")) == [
        "2 error: the lexicon does not say its language.",
        "2 warning: the lexicon does not say that it is PLS 1.0.",
    ]


# --- hostile files


def _hostile(tmp_path: Path, name: str) -> bytes:
    (tmp_path / "secret").write_text("top secret")
    lexeme = "<lexeme><grapheme>A</grapheme><alias>%s</alias></lexeme>"
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    return {
        "xxe": (PLS % (lexeme % "&x;"))
        .replace("<lexicon", f'<!DOCTYPE lexicon [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><lexicon', 1)
        .encode(),
        "laughs": (PLS % (lexeme % "&l12;"))
        .replace("<lexicon", f'<!DOCTYPE lexicon [<!ENTITY l0 "ha">{laughs}]><lexicon', 1)
        .encode(),
        "deep": (PLS % ("<metadata>" * 20_000)).encode(),
        "long text": (PLS % (lexeme % ("a" * 12_000_000))).encode(),
        "attributes": b"<lexicon " + b" ".join(b'a%d="x"' % n for n in range(50_000)) + b"/>",
        "binary": random.Random(1).randbytes(100_000),
        "half a character": b"Kyiv = keev\nM\xfcnchen = moonshen\n",
        "nul": b"Kyiv = keev\nQom\0 = comb\n",
        "utf-16 without a mark": "Kyiv = keev".encode("utf-16-le"),
        "brackets": b"[[[[[[[[\n]]]]]]]]" * 10_000,
        "equals": b"=" * 900 + b"\n" + b"/" * 900,
        "one line": b"a = b " * 1_000_000,
        "just xml": b"<",
    }[name]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("xxe", 3), ("laughs", 1), ("deep", 3), ("long text", 3), ("attributes", 1), ("binary", 1), ("nul", 2),
        ("half a character", 2), ("utf-16 without a mark", 1), ("brackets", 1), ("equals", 1), ("one line", 1),
        ("just xml", 1),
    ],
)  # fmt: skip
def test_a_hostile_file_is_an_error_with_its_line(tmp_path: Path, name: str, line: int) -> None:
    """Nothing is resolved, expanded or loaded; nothing hangs; the message is short, and quotes no secret."""
    path = tmp_path / "lexicon.txt"
    path.write_bytes(_hostile(tmp_path, name))
    lexicon = read_lexicon(path)
    assert lexicon.errors, name
    assert lexicon.errors[0].line in (line, line + 1)
    assert not any("secret" in fault.message + fault.remedy for fault in lexicon.faults if name == "xxe")
    assert all(len(fault.message + fault.remedy) < 400 for fault in lexicon.faults)


def test_a_file_too_large_missing_or_no_file_is_an_error(tmp_path: Path) -> None:
    """100 MB are not read; a folder and a missing file are named."""
    large = tmp_path / "large.pls"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    for path, message in (
        (large, "is larger than 20 MB"),
        (tmp_path, "is a folder"),
        (tmp_path / "none", "can't be read"),
    ):
        with pytest.raises(ScriptError, match=message):
            read_lexicon(path)


def test_an_empty_file_is_a_lexicon_without_words(tmp_path: Path) -> None:
    """And a finding says that nothing in it is used."""
    path = tmp_path / "names.txt"
    path.write_bytes(b"")
    (finding,) = _script("Kyiv fell.", read_lexicon(path)).findings
    assert (finding.id, finding.place) == ("lexicon-not-used", "names.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_lexicon_is_known_by_its_content(tmp_path: Path, encoding: str) -> None:
    """PLS in a .txt, plain lines in a .pls, with any byte order mark and line ends."""
    path = tmp_path / "names.txt"
    path.write_bytes((PLS % "").replace("UTF-8", "utf-16" if encoding == "utf-16" else "utf-8").encode(encoding))
    assert read_lexicon(path).faults == ()
    path = tmp_path / "names.pls"
    path.write_bytes("Kyiv = keev\r\nMünchen = moonshen\r\n".encode(encoding))
    assert [entry.written for entry in read_lexicon(path).entries] == ["Kyiv", "München"]


# --- matching

NAMES = (
    "Baghouz = bagooze", "Xi = shee", "Xi Jinping = shee jinping", "Houthi = hoothy", "Gomez = gomezz", "coup = coo",
    "IS = eye ess", "Ira = eye-ra", "a.b* = ay bee", "Qur'an = koran", "G20 = gee twenty", "3.5 = three and a half",
    "'Ndrangheta = drangetta",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("In Baghouz, they said", "In bagooze, they said"),
        ("(Baghouz) “Baghouz” Baghouz-based 'Baghouz'", "(bagooze) “bagooze” bagooze-based 'bagooze'"),
        ("Baghouzi and baghouz and xBaghouz and Baghouz_1", "Baghouzi and baghouz and xBaghouz and Baghouz_1"),
        ("Xi Jinping met Xi", "shee jinping met shee"),
        ("Xi\u00a0Jinping", "shee jinping"),
        ("Xi, Jinping", "shee, Jinping"),
        ("Baghouz's and Baghouz’s end", "bagooze's and bagooze's end"),
        ("the Houthis' Houthi’s Houthis", "the hoothy's' hoothy's hoothy's"),
        ("the Gomezes but not Gomezs", "the gomezz's but not Gomezs"),
        ("BAGHOUZ FALLS", "bagooze FALLS"),
        ("in BAGHOUZ today", "in bagooze today"),
        ("THE HOUTHIS AND XI", "THE hoothy's AND shee"),
        ("the IRA and XI", "the I.R.A and eleven"),
        ("IS is here, is it", "eye ess is here, is it"),
        ("Coup leaders and a coup, no Coup", "coo leaders and a coo, no Coup"),
        ("“Coup” he said", "“coo” he said"),
        ("a.b* and a.bb", "ay bee and a.bb"),
        ("the Qur’an", "the koran"),
        ("O'Xi and Xi'an", "O'Xi and Xi'an"),
        ("the G20 and G200", "the gee twenty and G200"),
        ("the ’Ndrangheta", "the drangetta"),
        ("3.5 but not 13.5 or 3.51 or 3.5.1", "three and a half but not 13.5 or 3.51 or 3.5.1"),
        ("www.Xi.com, a@Xi.org and @Xi", "Xi.com, a@Xi.org and @Xi"),
    ],
)
def test_words_are_found_whole_longest_first_and_as_written(text: str, said: str) -> None:
    """Case counts, but for headlines and the start of a sentence; English endings follow."""
    assert _said(text, *NAMES).text == said


@pytest.mark.parametrize(
    ("language", "text", "line", "said"),
    [
        ("fr", "l’Iran et d'Iran", "Iran = irane", "l’irane et d'irane"),
        ("fr", "les Irans", "Iran = irane", "les Irans"),
        ("de", "Macrons Plan, Marx' Buch", "Macron = makrong", "makrongs Plan, Marx' Buch"),
        ("zh", "他在北京大学说", "北京 = 白京", "他在白京大学说"),
        ("ja", "東京都に", "東京 = とうきょう", "とうきょう都に"),
        ("hi", "मोदी मोदीजी मोद", "मोद = मोढ", "मोदी मोदीजी मोढ"),
        ("ar", "في قطر وقطر", "قطر = قطار", "في قطار وقطر"),
        ("ru", "Киев и Киева", "Киев = Кыев", "Кыев и Киева"),
        ("th", "ไปกรุงเทพแล้ว", "กรุงเทพ = บางกอก", "ไปบางกอกแล้ว"),
        ("en-US", "the Z end", "[en-GB]\nZ = zed", "the Z end"),
        ("en-GB", "the Z end", "[en-GB]\nZ = zed", "the zed end"),
        ("en", "the Z end", "[en-GB]\nZ = zed", "the zed end"),
        ("fr", "le Z", "[en]\nZ = zed", "le Z"),
    ],
)
def test_languages_have_their_own_words_and_endings(language: str, text: str, line: str, said: str) -> None:
    """Elision, genitives, writing without spaces, marks that belong to letters, sections of a file."""
    assert _said(text, *line.split("\n"), language=language).text == said


def test_a_region_narrows_a_language() -> None:
    """`en` is for all English, `en-GB` for British and for English of no region."""
    assert [applies_to(mine, "en-US") for mine in ("", "en", "EN-us", "en-GB", "fr")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_later_lexicon_goes_over_an_earlier_one() -> None:
    """That is how an option goes over what lies beside the article, and that over the program's own."""
    lexicons = [_plain("Xi = zi", "Qom = comb"), _plain("Xi = shee")]
    assert said_with(Matcher(lexicons, "en"), "Xi in Qom", "body", "en").text == "shee in comb"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("“Baghouz” -- Xi’s", "“<bagooze|bəˈɡuːz>” — <Xi’s|ʃiːz>"),
        ("Kuwait's, Qatars, the Houthis", "<Kuwait's|kuːˈweɪts>, <Qatars|kəˈtɑːɹz>, the <hoothy's|ˈhuːθiz>"),
        ("Baghouz's", "<bagooze's|bəˈɡuːzɪz>"),
    ],
)
def test_ipa_stays_with_its_words(text: str, marked: str) -> None:
    """The place is that of the letters that stand in for it; an English ending is added to both."""
    lines = (
        "Baghouz = bagooze, /bəˈɡuːz/",
        "Xi = /ʃiː/",
        "Kuwait = /kuːˈweɪt/",
        "Qatar = /kəˈtɑːɹ/",
        "Houthi = hoothy, /ˈhuːθi/",
    )
    assert _marked(_said(text, *lines)) == marked


@pytest.mark.parametrize(
    ("text", "role", "lines", "said"),
    [
        (
            "the IS and the SDF said",
            "body",
            ["SDF = S D F", "IS = Islamic State"],
            "the Islamic State and the S D F said",
        ),
        ("BAGHOUZ, Syria (AFP)", "dateline", ["Baghouz = bagooze"], "bagooze, Syria. A-F-P."),
        ("By XI JINPING and JANE DOE", "byline", ["Xi Jinping = Shee JINping"], "By Shee JINping and Jane Doe"),
        ("1 AFP and 1 afp", "body", ["AFP = the agency -- AFP"], "1 the agency -- AFP and 1 afp"),
    ],
)
def test_no_rule_touches_a_word_of_the_lexicon(text: str, role: Role, lines: list[str], said: str) -> None:
    """What an editor wrote is final: it is not spelled, expanded or looked up again."""
    assert _said(text, *lines, role=role).text == said


def test_words_that_say_each_other_do_not_go_in_circles() -> None:
    """An alias is not a grapheme, even where it looks like one."""
    assert _said("Kiev, Kyiv, Kiev", "Kiev = Kyiv", "Kyiv = Kiev", "Kiew = Kiew").text == "Kyiv, Kiev, Kyiv"


def test_an_alias_steers_no_engine() -> None:
    """What lexicons may not hold does not reach one by another way either."""
    lexicon = Lexicon("x", (Entry("Xi", "[[Si:]]\x01 shee"),))
    assert said_with(Matcher([lexicon], "en"), "Xi", "body", "en").text == "[Si:]  shee"


def test_a_word_in_a_long_run_keeps_its_place() -> None:
    """Spaces that part what is too long for an engine move the places behind them."""
    run = "他" * 70 + "北京" + "他" * 70
    spoken = _said(run, "北京 = 白京, /peɪtɕɪŋ/", language="zh")
    (part,) = spoken.pronunciations
    assert spoken.text[part.start : part.end].replace(" ", "") == "白京"
    assert max(map(len, spoken.text.split())) < 70


def test_a_text_that_holds_a_stand_in_gets_another() -> None:
    """The word that stands in for a lexicon's while rules run is not one of the text's."""
    text = "Quxbababa met Xi"
    assert _said(text, "Xi = shee").text == "Quxbababa met shee"


WORDS = st.sampled_from(
    ["Xi", "Baghouz", "coup", "the", "SDF", "3.5", "--", "IS", "“", "’s", "é", "北京", "[[", "Gen."]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join) | st.text(max_size=60)


@given(TEXTS, st.sampled_from(["body", "title", "byline", "dateline", "heading"]), st.sampled_from(["en", "fr", "zh"]))
def test_a_text_without_lexicon_words_is_said_as_without_a_lexicon(text: str, role: Role, language: str) -> None:
    """A lexicon changes its own words, and nothing else."""
    matcher = Matcher([_plain("Zyxgrad = zix grad, /zɪksɡɹæd/")], language)
    assert said_with(matcher, text, role, language) == Spoken(spoken_form(text, role, language))


@given(TEXTS, st.sampled_from(["body", "title", "byline", "dateline", "heading"]), st.sampled_from(["en", "fr", "zh"]))
def test_places_always_point_at_the_alias(text: str, role: Role, language: str) -> None:
    """Whatever rules do around them: in order, apart, and on the letters that stand in for the IPA."""
    matcher = Matcher(
        [_plain("Xi = shee-one, /ʃiː/", "Baghouz = bag ooz, /bəˈɡuːz/", "北京 = bay jing, /beɪdʒɪŋ/")], language
    )
    spoken = said_with(matcher, text, role, language)
    done = 0
    for part in spoken.pronunciations:
        assert done <= part.start < part.end <= len(spoken.text)
        assert spoken.text[part.start : part.end].removesuffix("'s") in ("shee-one", "bag ooz", "bay jing")
        done = part.end
    assert "qux" not in spoken.text.casefold() or "qux" in text.casefold()


@given(st.text(max_size=200))
def test_any_text_is_a_lexicon_or_has_faults(text: str) -> None:
    """Reading never fails otherwise, and what it lets through can be said."""
    lexicon = read_plain(text, "x")
    assert all(entry.said or entry.ipa for entry in lexicon.entries)
    read_pls(text.encode("utf-8", "replace"), "x")
    said_with(Matcher([lexicon], "en"), text, "body", "en")


def test_a_hundred_thousand_entries_stay_fast(tmp_path: Path) -> None:
    """Read, compiled and looked up in one pass, also where all begin with the same word."""
    dice = random.Random(5)
    names = {"Al " + "".join(dice.choices(string.ascii_lowercase, k=8)).capitalize() for _ in range(100_000)}
    path = tmp_path / "names.txt"
    path.write_text("\n".join(f"{name} = said so" for name in sorted(names)), "utf-8")
    text = " ".join(sorted(names)[:20_000]) + " Al and nobody" * 5_000
    # A search for each entry would take hours here.
    assert len(Matcher([read_lexicon(path)], "en").matches(text)) == 20_000


# --- in a script


def _script(text: str, *lexicons: Lexicon) -> Script:
    return write_script(Article("T", (Paragraph(Text(text)),)), Pauses(), lexicons)


def test_a_script_holds_what_is_said_and_how_it_sounds() -> None:
    """The transcript keeps the text as written; JSON carries the IPA there and back."""
    script = _script("Xi left. The Xi of Xi left.", _plain("Xi = shee, /ʃiː/"))
    utterance = script.utterances[1]
    assert (utterance.text, utterance.spoken) == ("Xi left.", "shee left.")
    assert script_from_json(script_to_json(script), "said.json") == script
    assert '"pronunciations": [{"said": "shee", "ipa": "ʃiː"}]' in script_to_json(script)


def test_a_lexicon_with_an_error_stops_the_script() -> None:
    """With the file, the first line that is wrong, and where to see the others."""
    with pytest.raises(ScriptError) as caught:
        _script("Kyiv", _plain("Kyiv = keev", "Kyiv", "Qom"))
    assert str(caught.value) == (
        "names.txt, line 2: “Kyiv” has no equals sign. Write it as: word = said as. "
        "(1 more like it: audio-edition lexicon check names.txt)"
    )


def test_what_is_doubtful_in_a_lexicon_is_a_finding() -> None:
    """A word twice; a lexicon of another language."""
    doubtful = _plain("[en]", "Kyiv = keev", "Kyiv = keyev")
    french = _plain("[fr]", "Kyiv = kiève")
    assert [(finding.id, finding.place) for finding in _script("Kyiv", doubtful, french).findings] == [
        ("lexicon-fault", "names.txt, line 3"),
        ("lexicon-not-used", "names.txt"),
    ]


def test_lexicons_lie_beside_the_article(tmp_path: Path) -> None:
    """Those of the folder, then the article's own over them; an article that is called so is none."""
    article = tmp_path / "story.txt"
    for name in ("lexicon.txt", "lexicon.pls", "story.lexicon", "other.lexicon"):
        (tmp_path / name).touch()
    assert [path.name for path in beside(article)] == ["lexicon.pls", "lexicon.txt", "story.lexicon"]
    assert [path.name for path in beside(tmp_path / "lexicon.txt")] == ["lexicon.pls"]
