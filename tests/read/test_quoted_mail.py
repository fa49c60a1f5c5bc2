"""Messages that answer others or send them on, as the mail programs of eight languages and more write them."""

from __future__ import annotations

import pytest

from audio_edition.model import Article
from support.sketch import texts
from support.soundness import read_whole

FERRY = "The ferry to the island stopped on Monday after a strong wind broke its ramp, and nobody knows when it sails."
SHOP = "Mara Holt, who runs the only shop, said that she had bread for three days and flour for ten."
HEADS = {
    "en": "From: Jo Ray <jo@example.org>|Sent: Monday, March 4, 2024 10:00 AM|To: Ann Holt|Subject: Ferry",
    "de": "Von: Jo Ray <jo@example.org>|Gesendet: Montag, 4. März 2024 10:00|An: Ann Holt|Betreff: Fähre",
    "fr": "De : Jo Ray <jo@example.org>|Envoyé : lundi 4 mars 2024 10:00|À : Ann Holt|Objet : Bac",
    "es": "De: Jo Ray|Enviado el: lunes, 4 de marzo de 2024 10:00|Para: Ann Holt|Asunto: Barco",
    "it": "Da: Jo Ray|Inviato: lunedì 4 marzo 2024 10:00|A: Ann Holt|Oggetto: Traghetto",
    "nl": "Van: Jo Ray|Verzonden: maandag 4 maart 2024 10:00|Aan: Ann Holt|CC: Bo|Onderwerp: Veer",
    "da": "Fra: Jo Ray|Sendt: 4. marts 2024 10:00|Til: Ann Holt|Emne: Færge",
    "sv": "Från: Jo Ray|Skickat: den 4 mars 2024 10:00|Till: Ann Holt|Ämne: Färja",
    "pt": "De: Jo Ray|Enviada em: segunda-feira, 4 de março de 2024 10:00|Para: Ann Holt|Assunto: Barco",
    "pl": "Od: Jo Ray|Wysłano: poniedziałek, 4 marca 2024 10:00|Do: Ann Holt|Temat: Prom",
    "fi": "Lähettäjä: Jo Ray|Lähetetty: maanantai 4. maaliskuuta 2024 10.00|Vastaanottaja: Ann Holt|Aihe: Lautta",
    "ru": "От: Jo Ray|Отправлено: 4 марта 2024 г. 10:00|Кому: Ann Holt|Тема: Паром",
    "ja": "差出人: Jo Ray|送信日時: 2024年3月4日 10:00|宛先: Ann Holt|件名: フェリー",
}
ATTRIBUTIONS = [
    "On Mon, Mar 4, 2024 at 10:00 AM Jo Ray <jo@example.org> wrote:",
    "On Monday, March 4th, 2024 at 10:00 AM, Jo Ray <jo@example.org> wrote:",
    "Am Mo., 4. März 2024 um 10:00 Uhr schrieb Jo Ray <jo@example.org>:",
    "Am Montag, 4. März 2024 um 10:00:00 MEZ hat Jo Ray <jo@example.org> Folgendes geschrieben:",
    "Le lun. 4 mars 2024 à 10:00, Jo Ray <jo@example.org> a écrit :",
    "El lun, 4 mar 2024 a las 10:00, Jo Ray (<jo@example.org>) escribió:",
    "Il giorno lun 4 mar 2024 alle ore 10:00 Jo Ray <jo@example.org> ha scritto:",
    "Op ma 4 mrt 2024 om 10:00 schreef Jo Ray <jo@example.org>:",
    "Op 4 mrt 2024, om 10:00 heeft Jo Ray <jo@example.org> het volgende geschreven:",
    "Den man. 4. mar. 2024 kl. 10.00 skrev Jo Ray <jo@example.org>:",
    "4 mars 2024 kl. 10:00 skrev Jo Ray <jo@example.org>:",
    "Em seg., 4 de mar. de 2024 às 10:00, Jo Ray <jo@example.org> escreveu:",
    "pon., 4 mar 2024 o 10:00 Jo Ray <jo@example.org> napisał(a):",
    "ma 4. maalisk. 2024 klo 10.00 Jo Ray (jo@example.org) kirjoitti:",
    "po 4. 3. 2024 v 10:00 odesílatel Jo Ray <jo@example.org> napsal:",
    "Jo Ray <jo@example.org> ezt írta (időpont: 2024. márc. 4., H, 10:00):",
    "Jo Ray <jo@example.org>, 4 Mar 2024 Pzt, 10:00 tarihinde şunu yazdı:",
    "пн, 4 мар. 2024 г. в 10:00, Jo Ray <jo@example.org>:",
    "2024年3月4日(月) 10:00 Jo Ray <jo@example.org>:",
    "Jo Ray <jo@example.org> 于2024年3月4日周一 10:00写道：",
]
FORWARDED = [
    f"---------- {words} ----------"
    for words in (
        "Forwarded message", "Weitergeleitete Nachricht", "Message transféré", "Mensaje reenviado",
        "Messaggio inoltrato", "Doorgestuurd bericht", "Videresendt besked", "Vidarebefordrat meddelande",
    )
]  # fmt: skip


def mail(body: str, kind: str, subject: str = "Re: Ferry") -> Article:
    head = f"From: Ann Holt <ann@example.org>\nSubject: {subject}\nMIME-Version: 1.0\nContent-Type: text/{kind}; "
    (article,) = read_whole(f"{head}charset=utf-8\n\n{body}".encode(), "a.eml").articles
    return article


def told(article: Article, kind: str) -> str:
    return "\n".join(finding.text for finding in article.findings if finding.id == kind)


def escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def bold(head: str, between: str = "<br>") -> str:
    """A header as programs write it, each label in bold."""
    fields = (field.partition(":") for field in head.split("|"))
    return between.join(f"<b>{label.rstrip()}:</b> {escaped(value.strip())}" for label, _, value in fields)


RULE = (
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal>{}</p></div>'
)


@pytest.mark.parametrize(
    "answer",
    [
        "<div class=WordSection1><p class=MsoNormal>{0}</p><p class=MsoNormal>&nbsp;</p><div>" + RULE.format("{1}")
        + "</div><p class=MsoNormal>{2}</p></div>",
        "<div>{0}</div><div id=appendonsend></div><hr style='display:inline-block;width:98%' tabindex=-1>"
        "<div id=divRplyFwdMsg dir=ltr><font face=Calibri>{1}</font><div>&nbsp;</div></div><div>{2}</div>",
        "<div>{0}<br><br><div>{3}</div><br>{2}</div>",
    ],
)  # fmt: skip
def test_outlooks_answers_end_above_the_header(answer: str) -> None:
    """Under a grey rule, a line, or only the fields; on the web, on telephones, and in a text without markup."""
    for head in HEADS.values():
        article = mail(answer.format(FERRY, bold(head), SHOP, bold(head, "</div><div>")), "html")
        assert texts(article) == [FERRY], head
        assert SHOP in told(article, "mail-answered")
        assert "Ann Holt" in told(article, "mail-answered")
        rule = "_" * 32 + "\n" if "hr" in answer else ""
        article = mail(f"{FERRY}\n\n{rule}{head.replace('|', chr(10))}\n\n{SHOP}\n", "plain")
        assert texts(article) == [FERRY], head
        assert SHOP in told(article, "mail-answered")


@pytest.mark.parametrize(
    "answer",
    [
        "<div dir=ltr>{0}</div><br><div class=gmail_quote><div dir=ltr class=gmail_attr>{1}<br></div>"
        "<blockquote class=gmail_quote style='margin:0'>{2}</blockquote></div>",
        "{0}<br><div><br><blockquote type=cite><div>{1}</div><br class=Apple-interchange-newline><div>{2}</div>"
        "</blockquote></div>",
        "<p>{0}</p><div class=moz-cite-prefix>{1}<br></div><blockquote type=cite><p>{2}</p></blockquote>",
        "<div>{0}</div><div id=yahoo_quoted_1 class=yahoo_quoted><div><div>{1}</div><div>{2}</div></div></div>",
        "<div>{0}</div><div class=protonmail_quote>{1}<br><blockquote class=protonmail_quote type=cite>{2}"
        "</blockquote></div>",
        "<div>{0}</div><div>{1}<br></div><blockquote type=cite id=qt><div>{2}</div></blockquote>",
        "<p>{0}</p><p>{1}</p><blockquote style='border-left:1px solid'><div>{2}</div></blockquote>",
    ],
)  # fmt: skip
def test_what_an_answer_quotes_is_told(answer: str) -> None:
    """Of Gmail, Apple Mail, Thunderbird, Yahoo, Proton Mail, Fastmail and programs that mark nothing."""
    for line in ATTRIBUTIONS:
        article = mail(answer.format(FERRY, escaped(line), SHOP), "html")
        assert texts(article) == [FERRY], line
        assert SHOP in told(article, "mail-answered")


def test_what_a_plain_answer_quotes_is_told() -> None:
    """Under the line that says whose it is, which may be broken."""
    for line in ATTRIBUTIONS:
        written = line.replace(" <", "\n<") if len(line) > 60 else line
        article = mail(f"{FERRY}\n\n{written}\n\n> {SHOP}\n>\n> Jo\n", "plain")
        assert texts(article) == [FERRY], line
        assert "2024" in told(article, "mail-answered")
        assert SHOP in told(article, "mail-answered")


@pytest.mark.parametrize("subject", ["Fwd: Ferry", "FW: Ferry", "WG: Ferry", "TR: Ferry", "RV: Ferry", "I: Ferry"])
def test_what_is_sent_on_is_read_without_its_header(subject: str) -> None:
    """Whoever sends it on may have written above it; the message that it answers is told."""
    head = HEADS["de"] if subject.startswith("WG") else HEADS["en"]
    older = RULE.format(bold(head)) + "<p>We wait.</p>"
    for above in (f"<p>{SHOP}</p>", ""):
        article = mail(f"{above}{RULE.format(bold(head))}<p>{FERRY}</p>{older}", "html", subject)
        assert texts(article) == ([SHOP, FERRY] if above else [FERRY])
        assert "Ann Holt" in told(article, "mail-head")
        assert told(article, "mail-answered").endswith("We wait.")
    fields = head.replace("|", "\n")
    article = mail(f"{SHOP}\n\n{fields}\n\n{FERRY}\n\n{fields}\n\nWe wait.\n", "plain", subject)
    assert texts(article) == [SHOP, FERRY]
    assert article.title == "Ferry"


@pytest.mark.parametrize(
    "page",
    [
        "<div>{0}</div><div class=gmail_quote><div class=gmail_attr>{1}<br>{2}<br></div>{3}</div>",
        "<p>{0}</p><div class=moz-forward-container><br>{1}<table class=moz-email-headers-table><tbody>{4}</tbody>"
        "</table><br>{3}</div>",
        "<div>{0}</div><div class=yahoo_quoted><div>{1}</div><div>{2}</div><div>{3}</div></div>",
        "<div>{0}</div><div class=protonmail_quote>{1}<br>{2}<br><blockquote type=cite class=protonmail_quote>{3}"
        "</blockquote></div>",
    ],
)  # fmt: skip
def test_a_message_under_a_line_that_says_so_is_read(page: str) -> None:
    """Whatever the subject."""
    rows = "".join(f"<tr><th>{field.partition(':')[0]}: </th><td>Ann</td></tr>" for field in HEADS["en"].split("|"))
    for mark in FORWARDED:
        article = mail(page.format(SHOP, mark, bold(HEADS["en"]), f"<p>{FERRY}</p>", rows), "html", "Ferry")
        assert texts(article) == [SHOP, FERRY], mark
        assert mark in told(article, "mail-head")


@pytest.mark.parametrize(
    "mark",
    [
        "Begin forwarded message:", "Anfang der weitergeleiteten Nachricht:", "Début du message réexpédié :",
        "Inicio del mensaje reenviado:", "Inizio messaggio inoltrato:", "Begin doorgestuurd bericht:",
        "Start på videresendt besked:", "Vidarebefordrat mejl:",
    ],
)  # fmt: skip
def test_what_apple_mail_sends_on_is_read(mark: str) -> None:
    """It stands in a quotation."""
    fields = "".join(f"<div><span>{bold(field)}<br></span></div>" for field in HEADS["en"].split("|"))
    page = (
        f"<div>{SHOP}<br><blockquote type=cite><div>{mark}</div><br>{fields}<br><div>{FERRY}</div></blockquote></div>"
    )
    article = mail(page, "html", "Ferry")
    assert texts(article) == [SHOP, FERRY]
    assert "Sent: Monday" in told(article, "mail-head")


def test_gmx_answers_above_or_below_its_quotation() -> None:
    """It names it, and its header begins with the day."""
    sent, *rest = HEADS["de"].split("|")[1:2] + HEADS["de"].split("|")[:1] + HEADS["de"].split("|")[2:]
    head = bold("|".join([sent, *rest]))
    quotation = f"<div name='quote' style='border-left:2px solid #C3D9E5'><div>{head}</div><div name='quoted-content'>"
    page = f"<div>{FERRY}</div><div>&nbsp;{quotation}{SHOP}</div></div></div><p>And it rains.</p>"
    article = mail(page, "html")
    assert texts(article) == [FERRY, "And it rains."]
    assert SHOP in told(article, "mail-answered")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Sent from my iPhone", "mail-signature"),
        ("Von meinem iPhone gesendet", "mail-signature"),
        ("Envoyé depuis mon iPhone", "mail-signature"),
        ("Get Outlook for Android", "mail-signature"),
        ("Sent with Proton Mail secure email.", "mail-signature"),
        ("This e-mail and any attachments are confidential and intended only for the addressee.", "mail-notices"),
        ("Confidentiality notice: The information contained in this message may be privileged.", "mail-notices"),
        ("Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der Adressat sind, löschen Sie sie.",
         "mail-notices"),
        ("Ce message et ses pièces jointes sont confidentiels et établis pour leur destinataire.", "mail-notices"),
        ("Este mensaje y sus anexos son confidenciales y van dirigidos a su destinatario.", "mail-notices"),
        ("Questo messaggio contiene informazioni riservate.", "mail-notices"),
        ("Dit bericht kan vertrouwelijke informatie bevatten.", "mail-notices"),
        ("Denne e-mail kan indeholde fortrolige oplysninger.", "mail-notices"),
        ("Detta meddelande kan innehålla konfidentiell information.", "mail-notices"),
        ("Please consider the environment before printing this e-mail.", "mail-notices"),
        ("CAUTION: This email originated from outside of the organization. Do not click links.", "mail-notices"),
    ],
)  # fmt: skip
def test_what_programs_and_offices_add_is_told(line: str, kind: str) -> None:
    """As a last line."""
    for article in (mail(f"<p>{FERRY}</p><p>{line}</p>", "html"), mail(f"{FERRY}\n\n{line}\n", "plain")):
        assert texts(article) == [FERRY]
        assert line in told(article, kind)


@pytest.mark.parametrize(
    "page",
    [
        f"<p>Hi Jo,</p><div><p>{FERRY}</p></div><div>Thanks</div><div>Ann</div>",
        f"<div><div>Hi Jo,</div><div><br></div><div>{FERRY}</div><div>Thanks</div></div><div>Ann</div>",
    ],
)
def test_a_letter_is_read_whole(page: str) -> None:
    """Its greeting and its end are no page's furniture."""
    assert texts(mail(page, "html", "Ferry")) == ["Hi Jo,", FERRY, "Thanks", "Ann"]


def test_a_signature_under_two_dashes_is_told() -> None:
    """Whether a class names it or not."""
    article = mail(f"<div>{FERRY}<br><br>-- <br>Ann Holt<br>Tel. 01234 567890</div>", "html")
    assert texts(article) == [FERRY]
    assert told(article, "mail-signature") == "-- Ann Holt Tel. 01234 567890"


@pytest.mark.parametrize(
    "body",
    [
        f"{FERRY}|To: all staff|From: the council|Date: 4 March|Subject: Ferry|{SHOP}",
        f"{FERRY}|From: Oban at 10:00|To: Mull|Date: 4 March|{SHOP}",
        f"{FERRY}|She wrote at 10:00:|{SHOP}",
        f"This message was not confidential, said the council of its letter of 4 March.|{FERRY}",
        f"{FERRY}|Sent from my island, the bread came late.|{SHOP}|a|b|c|d|e|f",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_read(body: str) -> None:
    """Memos, journeys, and sentences."""
    lines = body.split("|")
    assert texts(mail("".join(f"<p>{line}</p>" for line in lines), "html")) == lines
    assert texts(mail("\n\n".join(lines), "plain")) == lines
