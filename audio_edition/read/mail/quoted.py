"""Recognises by their words the lines with which mail programs introduce the message that is answered or sent on.

Outlook, Gmail, Apple Mail, Thunderbird, Yahoo, Proton Mail and GMX write them in the language of whoever answers.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Field = Literal["from", "sent", "to", "subject", "other"]

_LABELS: dict[Field, str] = {
    "from": """
        From Von De Da Van Fra Från Lähettäjä Od Feladó Kimden Gönderen От Від Від_кого Από 差出人 发件人 寄件者 寄件人
        보낸_사람 보낸사람 من प्रेषक Remitente Remetente Mittente Expéditeur Avsender Afzender Absender Avsändare Nadawca
    """,
    "sent": """
        Sent Date Gesendet Datum Envoyé Envoyé_le Enviado Enviado_el Enviada_em Enviado_em Enviada Fecha Inviato Data
        Verzonden Sendt Dato Skickat Lähetetty Päivämäärä Päiväys Wysłano Wysłane Odesláno Elküldve Dátum Gönderildi
        Gönderme_Tarihi Tarih Отправлено Дата Надіслано Στάλθηκε Ημερομηνία 送信日時 日付 日時 发送时间 發送時間 日期
        寄件日期 傳送時間 보낸_날짜 날짜 تم_الإرسال تاريخ_الإرسال التاريخ दिनांक Enviat
    """,
    "to": """
        To An À A Para Aan Til Till Vastaanottaja Do Komu Címzett Kime Alıcı Кому Προς 宛先 收件人 收件者 받는_사람
        받는사람 إلى प्रति Per_a
    """,
    "subject": """
        Subject Betreff Objet Sujet Asunto Assunto Oggetto Onderwerp Emne Ämne Aihe Temat Předmět Tárgy Konu Тема Θέμα
        件名 主题 主題 主旨 제목 الموضوع विषय Assumpte Tema
    """,
    "other": """
        Cc Bcc CC Kopie Kopi Kopia Copie Копия Копія Κοιν. 抄送 副本 참조 نسخة Bilgi Másolatot_kap Attachments Anlagen
        Anlage Pièces_jointes Adjuntos Datos_adjuntos Allegati Bijlagen Vedhæftede_filer Bifogade_filer Importance
        Wichtigkeit Priorität Importancia Reply-To Antwort_an Répondre_à Resent-From Organization
    """,
}
_FIELDS: dict[str, Field] = {
    label.replace("_", " ").casefold(): kind for kind, labels in _LABELS.items() for label in labels.split()
}
_FIELD = re.compile(r"[*_\s]{0,3}([^\W\d_][^:：@<>\n]{0,24}?)[*_\s]{0,3}[:：][*_]{0,2}(.{0,2000})", re.DOTALL)
_CLOCK = re.compile(r"(?<![\d./])\d{1,2}\s?[:.h]\s?\d{2}(?!\d|[./]\d)")
_LONGEST_LINE = 400
_OPEN_ENDS = (":", "：", "-")
_MOST_LINES = 30
"""Lines of a copied header."""

_MOST_CONTINUED = 4
"""Further lines of a field with many addresses."""

_FORWARDING = re.compile(
    r"(?:(?:re|aw|sv|antw)\s?:\s*){0,3}(?:fwd?|wg|tr|rv|i|vs|vb|vl|doorst|enc|pd|továbbítás|i̇lt|ilt|пересл|fs|转发|轉寄|転送)"
    r"\s?[:：]",
    re.IGNORECASE,
)
_VERB = r"""
    wrote|schrieb|folgendes\ geschrieben|a\ écrit|escribió|ha\ scritto|schreef|(?:het\ volgende\ )?geschreven|skrev
    |escreveu|va\ escriure|napisał(?:\(a\)|a)?|pisze|napsala?|kirjoitti|ezt\ írta(?:\ \(.{3,60}\))?
    |(?:tarihinde\ )?(?:şunu|şunları)\ yazdı|написала?|пишет|пише|έγραψε|写道|寫道|님이\ 작성|كتب|ने\ लिखा
"""
_ATTRIBUTION = re.compile(
    rf"""
    (?=.{{0,300}}\d)(?:-{{2,}}\ )?
    (?:.{{5,250}}?\s?(?:{_VERB})\b.{{0,120}}[:：]?(?<=[:：\-])
    |.{{5,200}}<[^<>@\s]{{1,80}}@[^<>\s]{{1,80}}>\s?[:：]
    |.{{5,200}}のメール[:：])
    |.{{3,120}}\ (?:wrote|schrieb|a\ écrit|escribió|ha\ scritto|schreef|skrev)\s?:
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"""
    [-‐–—_]{2,}\ ?(?:Original\ Message|Original\ Appointment|Ursprüngliche\ Nachricht|Original-?Nachricht
    |Message\ d['’]origine|Message\ original|Mensaje\ original|Messaggio\ originale|Mensagem\ original
    |Oorspronkelijk\ bericht|Oprindelig\ meddelelse|Opprinnelig\ melding|Original\ ?meddelande
    |Ursprungligt\ meddelande|Alkuperäinen\ viesti|Oryginalna\ wiadomość|Wiadomość\ oryginalna|Původní\ zpráva
    |Eredeti\ üzenet|Orijinal\ [İI]leti|Исходное\ сообщение|元のメッセージ|原始邮件|原始郵件|원본\ 메시지)\ ?[-‐–—_]{2,}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"""
    [-‐–—_\ ]{0,20}(?:Forwarded\ (?:message|e-?mail)(?:\ from\ .{1,100}?)?|Begin\ forwarded\ message:?
    |(?:Weitergeleitete|Umgeleitete)\ (?:Nachricht|E-?Mail)|Anfang\ der\ weitergeleiteten\ (?:Nachricht|E-?Mail):?
    |(?:Message|Courriel)\ (?:transféré|réexpédié)|Début\ du\ message\ (?:réexpédié|transféré)\ ?:?
    |Mensaje\ reenviado|Inicio\ del\ mensaje\ reenviado\ ?:?|Messaggio\ inoltrato
    |Inizio\ (?:del\ )?messaggio\ inoltrato:?
    |Mensagem\ (?:encaminhada|reencaminhada)|Início\ da\ mensagem\ (?:re)?encaminhada:?
    |Doorgestuurd\ bericht|Begin\ doorgestuurd\ bericht:?|Videresendt\ (?:besked|meddelelse|melding|e-?post)
    |Start\ på\ videresendt\ besked:?|Begynnelse\ på\ videresendt\ melding:?
    |Vidarebefordrat\ (?:meddelande|brev)|Vidarebefordrat\ mejl:?|Välitetty\ viesti|Edelleenlähetetty\ viesti
    |Przekazana\ wiadomość|Treść\ przekazanej\ wiadomości:?|Přeposlaná\ zpráva|Továbbított\ (?:üzenet|levél)
    |[İI]letilen\ (?:ileti|mesaj)|Пересылаемое\ сообщение|Переслане\ повідомлення|Προωθημένο\ μήνυμα
    |転送(?:された)?メッセージ|转发的邮件|轉寄郵件|전달된 ?메시지)[-‐–—_\ ]{0,20}
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_forwarding(subject: str) -> bool:
    """Return whether a subject says that the message was sent on."""
    return _FORWARDING.match(subject.strip()) is not None


def is_attribution(line: str) -> bool:
    """Return whether a line says who wrote the message quoted below."""
    said = line.strip(" >")
    is_open = len(said) <= _LONGEST_LINE and said.endswith(_OPEN_ENDS)
    return is_open and _ATTRIBUTION.fullmatch(said) is not None


def is_original(line: str) -> bool:
    """Return whether a line says that the message that is answered follows."""
    return _ORIGINAL.fullmatch(line.strip(" >*")[:_LONGEST_LINE]) is not None


def is_dated(line: str) -> bool:
    """Return whether a line has an address, or the time of day."""
    return "@" in line or _CLOCK.search(line) is not None


def is_forwarded(line: str) -> bool:
    """Return whether a line says that a message that was sent on follows."""
    return _FORWARDED.fullmatch(line.strip(" >*")[:_LONGEST_LINE]) is not None


@functools.lru_cache(256)  # a line is asked for from each of the lines above it
def field_of(line: str) -> Field | None:
    """Return which field of a message's header a line is, as mail programs copy it into the text."""
    found = _FIELD.fullmatch(line.strip(" >"))
    return _FIELDS.get(" ".join(found[1].split()).casefold()) if found else None


class Head(NamedTuple):
    """The lines of a copied header, and whether the message below it was sent on rather than answered."""

    start: int
    end: int
    is_sent_on: bool


def heads_in(lines: Sequence[str], *, is_sent_on: bool, needs_fields: bool) -> Iterator[Head]:
    """Yield the headers that mail programs copied into a text, up to the first whose message is answered.

    `is_sent_on` if the subject says so. Only the first header can be of a message that was sent on. The line "Original
    message" counts alone unless a header `needs_fields`.
    """
    at, is_first = 0, True
    while at < len(lines):
        is_told_as_sent_on, is_told_as_original = is_forwarded(lines[at]), is_original(lines[at])
        is_told = is_told_as_sent_on or is_told_as_original
        end = fields_end(lines, at + 1) if is_told else head_end(lines, at)
        is_bare = is_told and not is_told_as_sent_on and end == at + 1
        if end == at or (needs_fields and is_bare):
            at += 1
            continue
        head = Head(at, end, is_first and (is_sent_on or at == 0 or is_told_as_sent_on))
        yield head
        if not head.is_sent_on:
            return
        at, is_first = end, False


def head_end(lines: Sequence[str], start: int) -> int:
    """Return where the copied header that begins at a line ends; `start` if none begins there.

    It has the writer, the subject, and an address or the time of day: a memo, or a journey, has neither.
    """
    if field_of(lines[start]) is None:
        return start
    end = fields_end(lines, start)
    head = lines[start:end]
    kinds = {field_of(line) for line in head}
    is_told = any(map(is_dated, head))
    return end if kinds >= {"from", "subject"} and kinds & {"sent", "to"} and is_told else start


def fields_end(lines: Sequence[str], start: int) -> int:
    """Return where the fields that begin at a line end; a field may go on over several lines."""
    end = start
    while end < min(len(lines), start + _MOST_LINES) and (ahead := _next_field(lines, end)) < len(lines):
        end = ahead + 1
    return end


def _next_field(lines: Sequence[str], start: int) -> int:
    """Return the line of the next field, `start` or the one behind the further addresses of the last; else the end."""
    for at in range(start, min(start + _MOST_CONTINUED, len(lines))):
        if field_of(lines[at]):
            return at
        if not ("@" in lines[at] or ";" in lines[at]):
            break
    return len(lines)
