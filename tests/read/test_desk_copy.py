"""What agencies send with a text for other desks is told and not read, and what readers should get is read."""

from __future__ import annotations

import json
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import Article
from audio_edition.read import read
from support.sketch import texts
from support.soundness import read_whole

FERRY = "The ferry will not sail before May, its operator said on Tuesday, after a storm broke its ramp."
HURT = "Nobody was hurt, and the shop has bread for three days."
DATELINE = "WHITBY, March 5 (Reuters) - "

BEHIND = """
    NNNN | Enditem | -0- | -0-dim | ENDS | (END) | end | /afp | (ANSA) | ==Kyodo | /ritzau/ | (©NTB) | TT | TASS
    (anp) | (PAP)
    --IANS | -- BERNAMA | RED-ROS | AD/JR/ | JRAY // AD | Lusa/Fim | jr/ ad/ mk/ | PTI JR AD AD | UNI JR AD 1145
    (jr/ad)
    dpa jo yyn a3 al | dpa jo yyn a3 al 051045 Mrz 24 | 051045 Mrz 24 | 05-MAR-24 11:45 NNNN | APA0123 2024-03-05/11:45
    (Schluss) jo/al | sda/ats jo/al | BELGA 051145 MAR 24 | AP-WF-03-05-24 1145GMT | (Red/Adnkronos) | ISSN 2465 - 1222
    (Reporting by Ann Holt in Whitby; Editing by Al Dee) | Reporting by Ann Holt; Editing by Al Dee
    (Additional reporting by Ann Holt and Jo Ray in London) | Our Standards: The Thomson Reuters Trust Principles.
    (Reportage Ann Holt, édité par Al Dee) | (Reporte de Ann Holt; Editado por Al Dee) | (Skrevet af Ann Holt)
    (Verslag door Ann Holt; bewerkt door Al Dee) | (Redazione Milano, Ann Holt)
    (Reportagem de Ann Holt; Edição de Al Dee)
    (Bericht von Ann Holt, redigiert von Al Dee) | To contact the reporter on this story: Ann Holt at aholt@example.net
    Autorin: Jo Ray, +49 40 0000 0000, <ray.jo@example.com> | ray.jo@example.com
    Contact presse : Jo Ray, 01 23 45 67 89
    Keywords: FERRY/STORM | STRICTLY EMBARGOED UNTIL 0001 GMT Tuesday 5 March | Source: Reuters
    EDITORS' NOTE: pictures follow.
    ATTENTION EDITORS: a graphic is available. | Note aux rédactions : photos à suivre
    Hinweis an die Redaktionen: Bild folgt.
"""
CLOSING = "Enditem | NNNN | -0- | (ANSA). | EFE | (END) | ENDS | /afp | (Reuters) | /ritzau/ | (ats/jr) | ==Kyodo"
IN_FRONT = """
    (Adds quotes, background in paragraphs 4-6) | (Updates with details) | (Recasts, adds quote) | (Ajoute citations)
    (Actualiza con detalles) | (Neu: Details) | (Aggiunge dettagli) | (Lägger till citat)
    ATTENTION - AJOUTE détails ///
    Eds: Updates with quotes. | Source: Xinhua | Editor: huaxia | EMBARGO: 5 March 2024, 10:00 | Keywords: ferry, storm
    Sperrfrist: 5. März, 10.00 Uhr | Sous embargo jusqu'au 5 mars 2024 | Embargado hasta el 5 de marzo
    Onder embargo tot 10.00 uur, 5 maart | For immediate release | PRESSEMITTEILUNG | Para publicación inmediata
"""
ABOVE = """
    BC-EU--Ferry, 1st Ld-Writethru,0123 | bdt0123 4 vm 234 dpa 0123 | SLUG: ferry-stop
    EMBARGOED UNTIL 0001 GMT MARCH 5
    Wetter/Verkehr/Schleswig-Holstein/ | (Adds quotes) | URGENT | EILMELDUNG | (ATTENTION EDITORS: hold until Tuesday.)
    FOR IMMEDIATE RELEASE | Press release | Zur sofortigen Veröffentlichung | Comunicato stampa
"""
NOTEBOOKS = """
    dpa-Notizblock | Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt | NOT FOR PUBLICATION
    Notes to editors: | Noot voor de redactie (niet voor publicatie): | Note aux rédactions
    Non destiné à la publication
    Nota para los editores: | Non per la pubblicazione | Til redaktionen (ikke til offentliggørelse)
    Ej för publicering
"""
FOR_READERS = """
    Notes to editors are not read by many, she said. | The report was not for publication. | It was the end. | The end
    Der Bericht war nicht zur Veröffentlichung bestimmt. | Diese Worte sind nicht zur Veröffentlichung bestimmt.
    Correction: The ferry carries 20 people, not 30. | Editor's note: This story contains descriptions of violence.
    EDITOR'S NOTE: This story is about suicide. | Reporting by the newspaper showed that it was so. | He works for AP.
    Write to letters@example.org by Friday. | Contact us on 01234 567890. | Kontakt: 01234 567890
    The embargo until May hurts.
    Source: Office for National Statistics | (Información sujeta a cambios sin previo aviso) | ($1 = 0.7853 pounds)
    Associated Press writer Jo Ray in London contributed to this report. | (Corrects the number in paragraph 3)
    The editors were asked to hold the story. | ANSA reported it first, and nobody doubted it (AFP).
    He wrote END in capitals.
"""


def listed(lines: str) -> list[str]:
    return [said.strip() for line in lines.strip().splitlines() for said in line.split(" | ")]


def article_of(text: str) -> Article:
    (article,) = read_whole(text.encode(), "the test").articles
    return article


def told_of(article: Article) -> str:
    return "\n".join(finding.text for finding in article.findings)


@pytest.mark.parametrize("line", listed(BEHIND))
def test_what_a_desk_writes_behind_a_text_is_told(line: str) -> None:
    """Sign-offs, credits of editors, contacts, notes, in many agencies' ways."""
    article = article_of(f"Ferry stops\n\n{DATELINE}{FERRY}\n\n{HURT}\n\n{line}\n")
    assert texts(article) == [FERRY, HURT]
    assert line in told_of(article)


@pytest.mark.parametrize("mark", listed(CLOSING))
def test_what_a_desk_writes_behind_the_last_sentence_is_told(mark: str) -> None:
    """The sentence stays whole."""
    article = article_of(f"Ferry stops\n\n{DATELINE}{FERRY} {mark}\n")
    assert texts(article) == [FERRY]
    assert told_of(article) == mark


@pytest.mark.parametrize("line", listed(IN_FRONT))
def test_what_a_desk_writes_below_the_headline_is_told(line: str) -> None:
    """The dateline behind it is one all the same."""
    article = article_of(f"Ferry stops\n\n{line}\n\n{DATELINE}{FERRY}\n")
    assert texts(article) == [FERRY]
    assert [credit.text for credit in article.credits] == [DATELINE.strip()]
    assert line in told_of(article)


@pytest.mark.parametrize("line", listed(ABOVE))
def test_what_a_desk_writes_above_the_headline_is_no_headline(line: str) -> None:
    """The headline is the next line."""
    article = article_of(f"{line}\n\nFerry stops\n\n{DATELINE}{FERRY}\n")
    assert article.title == "Ferry stops"
    assert line in told_of(article)


@pytest.mark.parametrize("mark", ["UPDATE 2-", "RPT-", "WRAPUP 1-", ">ANSA/ ", "(LEAD) ", "UPDATE1: "])
def test_which_take_it_is_stands_in_no_headline(mark: str) -> None:
    """What sort of text it is does: EXCLUSIVE-"""
    assert article_of(f"{mark}Ferry stops\n\n{FERRY}").title == "Ferry stops"
    assert article_of(f"EXCLUSIVE-Ferry stops\n\n{FERRY}").title == "EXCLUSIVE-Ferry stops"


@pytest.mark.parametrize("line", listed(NOTEBOOKS))
def test_nothing_behind_a_notebooks_heading_is_read(line: str) -> None:
    """Whatever stands there, it is quoted."""
    behind = f"{line}\n\nThe ramp is in Hafenstr. 1.\n\nAnn Holt, +49 40 0000 0000, holt@example.com"
    article = article_of(f"Ferry stops\n\n{FERRY}\n\n{HURT}\n\n{behind}\n")
    assert texts(article) == [FERRY, HURT]
    (finding,) = [finding for finding in article.findings if finding.id == "not-for-publication"]
    assert finding.text == behind.replace("\n\n", "\n")


@pytest.mark.parametrize("mark", ["ENDS", "-ends-", "###", "- Ende -", "(FIN)", "-30-"])
@pytest.mark.parametrize(
    "contact",
    ["Notes for editors", "Media contact: Jo Ray, Tel. +49 40 111 222, press@halvoy.example", "press@halvoy.example"],
)
def test_nothing_behind_the_end_of_a_press_release_is_read(mark: str, contact: str) -> None:
    """Notes, names and numbers for journalists; an end without them is only a mark."""
    behind = f"{contact}\n\n1. The trees are oak and rowan.\n\nThe council, 1 Quay Street"
    article = article_of(f"Council plants trees\n\n{FERRY}\n\n{HURT}\n\n{mark}\n\n{behind}\n")
    assert texts(article) == [FERRY, HURT]
    assert [finding.id for finding in article.findings if "oak and rowan" in finding.text] == ["not-for-publication"]
    article = article_of(f"Council plants trees\n\n{FERRY}\n\n{mark}\n\n{HURT}\n")
    assert texts(article)[-1] == HURT


def test_an_agency_that_only_its_dateline_names_signs_off_too() -> None:
    """The town in small letters, with a date."""
    article = article_of(f"Ferry stops\n\nHalvoy, March 5 (HNA) - {FERRY}\n\n{HURT}\n\nHNA jo/al 051145 Mar 24\n")
    assert [credit.text for credit in article.credits] == ["Halvoy, March 5 (HNA) -"]
    assert texts(article) == [FERRY, HURT]
    assert "HNA jo/al" in told_of(article)


@pytest.mark.parametrize("line", listed(FOR_READERS))
def test_what_is_for_readers_stays(line: str) -> None:
    """Sentences that mention such words, corrections, warnings, rates: first, amid the text and last."""
    for body in ([line, FERRY], [FERRY, line, HURT], [FERRY, line]):
        assert texts(article_of("Ferry stops\n\n" + "\n\n".join(body))) == body


@pytest.mark.parametrize(
    "title",
    [
        "Embargo on oil to last until May", "EMBARGO UNTIL MAY ANGERS FARMERS", "Sperrfrist: Wie Medien damit umgehen",
        "Keywords: what they mean", "Notes to editors", "Priority: schools", "END", "Enditem", "Update 2: The ferry",
    ],
)  # fmt: skip
def test_a_headline_with_such_words_stays(title: str) -> None:
    """A text needs one."""
    assert article_of(f"{title}\n\n{FERRY}\n\n{HURT}").title == title


def test_wrapped_copy_is_cut_by_its_paragraphs() -> None:
    """A note over two lines is one; a mark behind the last line goes alone."""
    text = (
        "Ferry stops until May after a storm\n\n(Adds quotes from the operator, and what the islanders in the north\n"
        "said of it)\n\nWHITBY, March 5 (Xinhua) -- The ferry will not sail before May, its\noperator said on Tuesday, "
        "after a storm broke its ramp. The people of\nthe island have bread for three days, and nobody was hurt at all."
        "\nEnditem\n\n(Reporting by Ann Holt in Whitby and by Jo Ray, who was in London;\nEditing by Al Dee)\n"
    )
    article = article_of(text)
    assert texts(article) == [
        f"{FERRY} The people of the island have bread for three days, and nobody was hurt at all."
    ]
    assert [finding.place for finding in article.findings if finding.id == "desk-marks"] == ["lines 9 and 11"]


# --- formats that carry such copy

_BODY = [
    "(Adds quotes)", f"{DATELINE}{FERRY}", HURT, "(Reporting by Ann Holt; Editing by Al Dee)",
    "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt", "Autorin: Jo Ray, ray.jo@example.com",

    "NNNN",
]  # fmt: skip
_AS_HTML = "".join(f"<p>{escape(line)}</p>" for line in _BODY)
_ESCAPED = escape(_AS_HTML)
FORMATS = {
    "a.nitf": "<nitf><body><body.head><hedline><hl1>Ferry stops</hl1></hedline></body.head><body.content>"
    f"{_AS_HTML}</body.content></body></nitf>",
    "a.xml": '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a" version="1"><itemMeta/><contentMeta>'
    '<headline>Ferry stops</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">'
    f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{_AS_HTML}</body></html></inlineXML></contentSet></newsItem>',
    "a.json": json.dumps(
        {"uri": "a", "headline": "Ferry stops", "body_xhtml": _AS_HTML, "versioncreated": "2024-03-05"}
    ),
    "b.json": json.dumps(
        {"uri": "a", "headline": "Ferry stops", "body_text": "\n\n".join(_BODY), "versioncreated": "2024-03-05"}
    ),
    "a.rss": f'<rss version="2.0"><channel><title>C</title><item><title>Ferry stops</title><description>{_ESCAPED}'
    "</description></item></channel></rss>",
    "a.html": f"<!doctype html><title>Ferry stops</title><article><h1>Ferry stops</h1>{_AS_HTML}</article>",
    "a.md": "# Ferry stops\n\n" + "\n\n".join(_BODY),
    "a.eml": "From: Ann <a@example.org>\nTo: b@example.org\nSubject: Ferry stops\nMIME-Version: 1.0\n"
    "Content-Type: text/html; charset=utf-8\n\n" + f"<html><body>{_AS_HTML}</body></html>",
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_leaves_out_what_is_for_desks(name: str) -> None:
    """It is the copy, not the wrapping."""
    (article,) = read_whole(FORMATS[name].encode(), name).articles
    assert (article.title, texts(article)) == ("Ferry stops", [FERRY, HURT])
    assert DATELINE.strip() in [credit.text for credit in article.credits]
    told = " ".join(finding.text for finding in article.findings)
    for line in (_BODY[0], *_BODY[3:]):
        assert line in told, line


@pytest.mark.parametrize("name", FORMATS)
def test_keep_all_reads_what_is_for_desks(name: str) -> None:
    """All of it, in each format."""
    (article,) = read(FORMATS[name].encode(), name=name, keep_all=True).articles
    said = " ".join(texts(article))
    for line in (_BODY[0], *_BODY[3:]):
        assert line in said, line


@pytest.mark.parametrize(
    ("byline", "left"),
    [
        ("By Jo Ray, jo@example.org", "By Jo Ray"), ("By Jo Ray (jo@example.org)", "By Jo Ray"),
        ("By Jo Ray | +49 40 0000 0000", "By Jo Ray"), ("By Jo Ray <jo@example.org>", "By Jo Ray"),
    ],
)  # fmt: skip
def test_nobody_hears_how_to_reach_who_wrote_it(byline: str, left: str) -> None:
    """An address in a byline is told, and the name is read."""
    data = json.dumps(
        {"uri": "a", "headline": "Ferry", "byline": byline, "body_text": FERRY, "versioncreated": "2024-03-05"}
    )
    (article,) = read_whole(data.encode(), "a.json").articles
    assert [credit.text for credit in article.credits] == [left]
    assert article.findings[0].id == "contacts"


_ALL = listed(BEHIND) + listed(IN_FRONT) + listed(ABOVE) + listed(NOTEBOOKS) + listed(FOR_READERS) + [FERRY, HURT]


@given(st.lists(st.sampled_from(_ALL), min_size=1, max_size=12), st.sampled_from(["\n\n", "\n"]))
def test_no_word_of_any_such_copy_is_lost(lines: list[str], between: str) -> None:
    """In whatever order it comes: read, or quoted in a finding."""
    read_whole(between.join(lines).encode(), "the test")
    read_whole(
        f"<h1>Ferry</h1><p>It left on Monday.</p>{''.join(f'<p>{escape(line)}</p>' for line in lines)}".encode(),
        "a.html",
    )
