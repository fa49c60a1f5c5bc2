"""E-mails as programs send them: the text is read once, in its letters, and what is none of it is told."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.errors import ReadError
from audio_edition.model import Article
from audio_edition.read import mail, read
from support.sketch import sketch, texts
from support.soundness import read_or_refused, read_whole

FERRY = "The ferry to the island stopped on Monday after a strong wind broke its ramp, and nobody knows when it sails."
SHOP = "Mara Holt, who runs the only shop, said that she had bread for three days and flour for ten."
HEAD = (
    "From: Ann Holt <ann@example.org>\nTo: jo@example.org\nSubject: Ferry stops\n"
    "Date: Tue, 05 Mar 2024 07:00:00 +0000\nMIME-Version: 1.0\n"
)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def of(head: str, body: str | bytes = "", encoding: str = "utf-8") -> bytes:
    return f"{HEAD}{head}\n\n".encode() + (body if isinstance(body, bytes) else body.encode(encoding))


def plain(body: str) -> bytes:
    return of("Content-Type: text/plain; charset=utf-8", body)


def page(body: str) -> bytes:
    return of("Content-Type: text/html; charset=utf-8", f"<html><body>{body}</body></html>")


def article_of(data: bytes) -> Article:
    (article,) = read_whole(data, "a.eml").articles
    return article


def told_of(article: Article, kind: str) -> str:
    return "\n".join(finding.text for finding in article.findings if finding.id == kind)


CAFE = "Le café où l’on parle français est fermé, a dit Mme Élodie, car l’été n’a pas été bon."
PAROM = "Паром на остров остановился в понедельник, и никто не знает, когда он пойдёт снова."


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize(
    ("charset", "text"),
    [("iso-8859-1", CAFE.replace("’", "'")), ("windows-1252", CAFE), ("utf-8", CAFE), ("koi8-r", PAROM)],
)
@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_each_letter_of_each_encoding_is_read(kind: str, charset: str, text: str, encoding: str) -> None:
    """Plain texts and pages, in the charset that the message names, whatever the page itself says."""
    data = (f"<html><head><meta charset=utf-16></head><p>{text}" if kind == "html" else text).encode(charset)
    if encoding == "base64":
        data = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data)
    head = f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {encoding}"
    assert texts(article_of(of(head, data))) == [text]


@pytest.mark.parametrize("charset", ["", "; charset=x-nonsense", "; charset=us-ascii", '; charset="'])
def test_a_charset_that_is_not_told_or_wrong_is_seen(charset: str) -> None:
    """UTF-8 where the bytes are, else what most mails without it are in."""
    for encoding in ("utf-8", "cp1252"):
        assert texts(article_of(of(f"Content-Type: text/plain{charset}", CAFE.encode(encoding)))) == [CAFE]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?Q?F=C3=A4hre?= =?iso-8859-1?Q?_f=E4hrt?=", "Fähre fährt"), ("=?utf-8?B?UGFy?=\n =?utf-8?B?b20=?=",
        "Parom"),
        ("Ferry: stops", "Ferry: stops"), ("Fwd: Ferry stops", "Ferry stops"), ("AW: WG: Fähre", "Fähre"),
        ("=?utf-8?B?!!?=", "=?utf-8?B?!!?="), ("=?x-nonsense?Q?caf=E9?=", "café"),
    ],
)  # fmt: skip
def test_the_subject_is_the_headline(subject: str, title: str) -> None:
    """Decoded, and without what says that it was sent on."""
    data = f"From: Ann <a@example.org>\nSubject: {subject}\nMIME-Version: 1.0\n\n{FERRY}\n".encode()
    assert article_of(data).title == title


def test_the_head_becomes_metadata() -> None:
    """Who wrote it and when; the address is told and never read."""
    article = article_of(plain(FERRY))
    assert (article.byline, article.published) == ("Ann Holt", "2024-03-05")
    assert [creator.name for creator in article.metadata.creators] == ["Ann Holt"]
    assert "ann@example.org" in told_of(article, "mail-head")
    assert "@" not in " ".join(texts(article))


def test_a_page_says_no_tags() -> None:
    """Its headline, where that is not the subject, is a heading below it."""
    article = article_of(page(f"<h1>Bread for three days</h1><p>{FERRY}</p><p>{SHOP}</p>"))
    assert article.title == "Ferry stops"
    assert sketch(article) == ["## Bread for three days", FERRY, SHOP]


def test_a_text_that_is_there_twice_is_read_once() -> None:
    """As a page, unless that says nothing; what the plain text alone says is told."""
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann <ann@example.org>", "Ferry stops"
    message.set_content(f"{FERRY}\n\nOnly here.")
    message.add_alternative(f"<p>{FERRY}</p>", subtype="html")
    article = article_of(bytes(message))
    assert texts(article) == [FERRY]
    assert "here" in told_of(article, "mail-alternative")
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann <ann@example.org>", "Ferry stops"
    message.set_content(FERRY)
    message.add_alternative("<p>See text.</p>", subtype="html")
    assert texts(article_of(bytes(message))) == [FERRY]


def test_messages_in_a_message_follow_under_their_subjects() -> None:
    """And attachments are named, each."""
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "Jo <jo@example.org>", "Bread for three days"
    inner.set_content(SHOP)
    inner.add_attachment(b"x", maintype="image", subtype="jpeg", filename="ramp.jpg")
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "Ann <ann@example.org>", "Ferry stops"
    outer.set_content(FERRY)
    outer.add_attachment(inner)
    outer.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="fähre.pdf")
    article = article_of(bytes(outer))
    assert sketch(article) == [FERRY, "## Bread for three days", SHOP]
    assert told_of(article, "attachments").split("\n") == ["fähre.pdf", "ramp.jpg"]


def test_pictures_that_a_page_brings_along_are_kept() -> None:
    """By the ids that the page names them by."""
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann <ann@example.org>", "Ferry stops"
    message.set_content(f'<p>{FERRY}</p><p><img src="cid:ramp@x" alt="The ramp"></p><p>{SHOP}</p>', subtype="html")
    message.add_related(PIXEL, maintype="image", subtype="png", cid="<ramp@x>")
    article = article_of(bytes(message))
    assert [image.data for image in article.images] == [PIXEL]
    assert texts(article) == [FERRY, "The ramp", SHOP]


ANSWERED = "On Mon, 4 Mar 2024 at 10:00, Jo Ray <jo@example.org> wrote:"
FORWARD = (
    "---------- Forwarded message ---------\nFrom: Jo Ray <jo@example.org>\nDate: Mon, 4 Mar 2024\nSubject: Bread\n\n"
)


@pytest.mark.parametrize(
    ("body", "lines", "told"),
    [
        (f"{FERRY}\n\n-- \nAnn\nTel. 01234 567890", [FERRY], {"mail-signature": "--\nAnn\nTel. 01234 567890"}),
        (f"{FERRY}\n\n{ANSWERED}\n> Will it?\n> Jo", [FERRY], {"mail-answered": f"{ANSWERED}\n> Will it?\n> Jo"}),
        (f"{FERRY}\n\n{ANSWERED}\n> Will it?\n\n-- \nAnn", [FERRY], {"mail-signature": "--\nAnn"}),
        (f"{FERRY}\n\nAm 4.3.24 schrieb Jo:\n\n> Wird es?",
        [FERRY], {"mail-answered": "Am 4.3.24 schrieb Jo:\n> Wird es?"}),
        (f"Hi\n\n{FORWARD}{FERRY}", ["Hi", FERRY], {"mail-head": FORWARD.strip()}),
        (f"{FERRY}\n\nSent from my iPhone", [FERRY], {"mail-signature": "Sent from my iPhone"}),
        (f"{FERRY}\n\nUnsubscribe: https://example.org/u",
        [FERRY], {"mail-notices": "Unsubscribe: https://example.org/u"}),
        (f"View this email in your browser\n\n{FERRY}", [FERRY], {"mail-notices": "View this email in your browser"}),
        (f"> He said so.\n\n{FERRY}", ["He said so.", FERRY], {}),
        (f"{FERRY}\n\nShe wrote:\n\n{SHOP}", [FERRY, "She wrote:", SHOP], {}),
        (f"{FERRY}\n\nTo unsubscribe is easy, she said, and many did.\n\n{SHOP}\n\na\n\nb\n\nc\n\nd",
         [FERRY, "To unsubscribe is easy, she said, and many did.", SHOP, *"abcd"], {}),
    ],
)  # fmt: skip
def test_what_is_none_of_a_plain_text_is_told(body: str, lines: list[str], told: dict[str, str]) -> None:
    """Signatures, messages that are answered, heads of those sent on, notices of lists; and nothing that looks so."""
    article = article_of(plain(body))
    assert texts(article) == lines
    for kind, text in told.items():
        assert text in told_of(article, kind)
    said = " ".join(texts(read(plain(body), name="a.eml", keep_all=True).articles[0]))
    assert all(line in said for text in told.values() for line in text.split() if any(map(str.isalnum, line)))


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ('<div class="gmail_signature">Ann, Tel. 01234 567890</div>', "mail-signature", "Ann, Tel. 01234 567890"),
        ('<div class="moz-signature">-- <br>Ann</div>', "mail-signature", "-- Ann"),
        ('<div class="gmail_quote"><div class="gmail_attr">Jo wrote:</div><blockquote>Will it?</blockquote></div>',
         "mail-answered", "Jo wrote: Will it?"),
        ('<div class="moz-cite-prefix">Jo wrote:</div><blockquote type="cite">Will it?</blockquote>',
         "mail-answered", "Jo wrote: Will it?"),
    ],
)  # fmt: skip
def test_what_is_none_of_a_page_is_told(body: str, kind: str, text: str) -> None:
    """As Gmail and Thunderbird write it."""
    article = article_of(page(f"<div>{FERRY}</div>{body}"))
    assert texts(article) == [FERRY]
    assert text in told_of(article, kind)


def test_a_page_that_was_sent_on_is_read() -> None:
    """Gmail writes it into the same box as what it answers."""
    head = '<div class="gmail_attr">-- Forwarded message --<br>From: Jo</div>'
    quoted = f'<div class="gmail_quote">{head}<p>{FERRY}</p></div>'
    article = article_of(page(f"<div>{SHOP}</div>{quoted}"))
    assert texts(article) == [SHOP, FERRY]
    assert "From: Jo" in told_of(article, "mail-head")


@pytest.mark.parametrize(
    ("label", "codec"),
    [("x-mac-roman", "mac-roman"), ("macintosh", "mac-roman"), ("cp850", "cp850"), ("ibm437", "cp437"),
     ("x-unknown", "utf-8"), ("us-ascii", "utf-8"), ("utf-16", "utf-16")],
)  # fmt: skip
def test_odd_names_of_charsets_are_known(label: str, codec: str) -> None:
    """Of old Macintoshes and of DOS; one that is wrong is seen through."""
    data = of(f"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: base64")
    assert texts(article_of(data + base64.encodebytes("cet été".encode(codec)))) == ["cet été"]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("On Mon, 4 Mar 2024, Jo <jo@example.org> wrote:\n> Does it sail?\nNo.\n\n> When then?\n\nIn May.",
         ["On Mon, 4 Mar 2024, Jo <jo@example.org> wrote:", "> Does it sail?", "No.", "> When then?", "In May."]),
        (f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{FERRY}\n\n- - Bread\n-----BEGIN PGP SIGNATURE-----\n\n"
         "iQEzBAEBCAAdFiEE\n-----END PGP SIGNATURE-----", [FERRY, "- Bread"]),
        (f"{FERRY}\n\nbegin 644 gull.png\n#0V%T\n`\nend\n", [FERRY]),
    ],
)  # fmt: skip
def test_a_plain_text_is_what_its_writer_wrote(body: str, lines: list[str]) -> None:
    """Answers between quotations stand apart; proofs and files within the text are told."""
    assert sketch(article_of(plain(body))) == lines


def test_quotations_flow_too() -> None:
    """At each depth."""
    head = "Content-Type: text/plain; charset=utf-8; format=flowed"
    assert sketch(article_of(of(head, "> The ferry \n> stopped.\n>> Did \n>> it?\n\nYes, \nit did.\n"))) == [
        "> The ferry stopped.", "> > Did it?", "Yes, it did.",
    ]  # fmt: skip


def test_lines_that_flow_are_whole() -> None:
    """RFC 3676: a space ends a line that goes on."""
    body = "The ferry to the island \nstopped on Monday.\n\nMara Holt has bread.\n"
    article = article_of(of("Content-Type: text/plain; charset=utf-8; format=flowed", body))
    assert texts(article) == ["The ferry to the island stopped on Monday.", "Mara Holt has bread."]


def _nested(depth: int) -> bytes:
    return of(
        "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(depth)), f"\n{FERRY}"
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (of("Content-Type: application/pdf\nContent-Disposition: attachment; filename=x.pdf",
        "x"), "without a text, with “x.pdf”"),
        (of("Content-Type: application/pkcs7-mime", "x"), "encrypted"),
        (of("Content-Type: multipart/encrypted; boundary=b", "--b\n\nx\n--b--"), "encrypted"),
        (plain("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"), "encrypted"),
        (of("Content-Type: application/ms-tnef; name=winmail.dat", "x"), "with “winmail.dat”"),
        (of("Content-Type: text/calendar; method=REQUEST", "BEGIN:VCALENDAR"), "with “text/calendar”"),
        (of("", b"\n"), "without a text"),
        (_nested(3000), "more nested parts"),
        (of("", "") + b"Content-Type: message/rfc822\n\n" * 3000, "more nested parts"),
        (b"From a Tue\n" + plain(FERRY) + b"\n\nFrom b Tue\n" + plain(SHOP), "mailbox of several"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    """One sentence, whatever the message is made of; depth and number of parts are bounded."""
    refused = read_or_refused(data, "a.eml")
    assert isinstance(refused, ReadError)
    assert says in refused.message


def test_forty_parts_in_parts_are_read() -> None:
    """More than any message has."""
    assert FERRY in texts(article_of(_nested(40)))


@pytest.mark.parametrize(
    "text",
    [
        "Subject: A matter of taste\n\nText.", "Note: this\nDate: 5\n\nText.", "To: be\nFrom: Not\n\nText.",
        "Content-Type: a play\n\nText.",
    ],
)  # fmt: skip
def test_lines_with_colons_are_no_message(text: str) -> None:
    """It takes what people and what programs write into a head."""
    assert not mail.recognises(text.encode(), "a.txt")


_PIECES = [
    "--b\n", "--b--\n", "\n", "\n\n", "Content-Type: text/html\n", "Content-Type: text/plain; charset=utf-7\n",
    "Content-Type: multipart/alternative; boundary=c\n", "--c\n", "Content-Transfer-Encoding: base64\n",
    "Content-Type: ;;;\n",
    "Content-Transfer-Encoding: quoted-printable\n", "=E9=\n=", "VGhl", "!!", "Content-Type: message/rfc822\n",
    "Content-Disposition: attachment; filename*=utf-8''%E9%\n", "<p>the ferry", "> so\n", "-- \n", "On x wrote:\n",
    "=?utf-8?Q?=",
    "Content-Transfer-Encoding: uuencode\n", "begin 644 x\n", "From: x@y\n", "Subject: =?\n",
    "Content-Type: message/delivery-status\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=30).map("".join))
def test_no_message_makes_the_reader_fail(rest: str) -> None:
    """Whatever is in it: a sound article, or a refusal with its remedy."""
    read_or_refused(f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{rest}".encode(errors="replace"), "a.eml")
    read_or_refused(f"{HEAD}{rest}".encode(errors="replace"), "a.eml")


_LINES = st.lists(
    st.sampled_from([FERRY, SHOP, "> so", "-- ", ANSWERED, FORWARD, "Sent from my iPhone", "NNNN", ""]), max_size=9
)


@given(_LINES.map("\n".join), st.sampled_from(["8bit", "base64", "quoted-printable"]), st.booleans())
def test_no_word_of_a_message_is_lost(body: str, encoding: str, is_page: bool) -> None:
    """Read, or quoted in a finding; the same in each encoding."""
    text = "".join(f"<p>{line}</p>" for line in body.split("\n")) if is_page else body
    data = text.encode()
    packed = {"8bit": data, "base64": base64.encodebytes(data), "quoted-printable": quopri.encodestring(data)}[encoding]
    kind = "html" if is_page else "plain"
    read_or_refused(
        of(f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: {encoding}", packed), "a.eml"
    )
