"""Cleans alternative texts of pictures: removes what Word adds to those it generates."""

from __future__ import annotations

import re

_AUTOMATIC = "automa|autom[aá]t|otomatik|автомат|自动|自動|자동|αυτόματ|אוטומט|تلقائي"
_DESCRIPTION = (
    "description|descripción|descrizione|descrição|descriere|descripció|beschreibung|beschrijving|beskriv|opis|popis|"
    "kuvaus|leírás|açıklama|описан|опис|説明|描述|说明|說明|설명|περιγραφ|תיאור|وصف"
)
_MADE = "gener|génér|created|luotu|vytvoř|созда|создан|створен|oluştur|生成|產生|产生|생성|δημιουργ|נוצר|إنشاء"
_MACHINE = (
    r"\b[aik]i\b|\bia\b|artificial|künstliche|umělou|sztuczn|tekoäly|yapay zeka|mesterséges|искусственн|штучн|\bии\b|"
    r"\bші\b|ai|人工智|τεχνητ|בינה מלאכותית|الذكاء"
)
_CONTENT = (
    "content|inhalt|contenu|contenido|contenuto|inhoud|conteúdo|conținut|contingut|innehåll|indhold|innhold|sisältö|"
    "zawartość|treść|obsah|содерж|контент|вміст|içerik|tartalom|コンテンツ|内容|內容|콘텐츠|περιεχόμεν|תוכן|محتوى"
)
_DOUBT = (
    "corre[ct]|korrekt|fehler|falsch|onjuist|felaktig|feil|virheelli|niepopraw|nieprawid|nesprávn|неверн|неправильн|"
    "yanlış|helytelen|誤|不正确|不正確|有误|부정확|εσφαλμέν|שגוי|صحيح|incorect"
)
_WORDS_OF_WORD = re.compile(
    rf"(?=.*(?:{_AUTOMATIC}))(?=.*(?:{_DESCRIPTION}))(?=.*(?:{_MADE})).{{1,120}}"
    rf"|(?=.*(?:{_MACHINE}))(?=.*(?:{_CONTENT}))(?=.*(?:{_DOUBT})).{{1,120}}",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_ALONE = 9
"""Words of an addition by Word that is the whole text."""

_ON_ONE_LINE = re.compile(
    r"\s*\b(?:Description (?:automatically )?generated(?: with (?:very )?(?:low|medium|high) confidence)?\.?"
    r"|AI-generated content may be incorrect\.?)\s*\Z"
)
_LONGEST = 20_000


def alternative(told: str | None) -> str | None:
    """Return the alternative text by an author or by Word; None if nothing useful is left."""
    if told is None:
        return None
    lines = [line for line in told[:_LONGEST].splitlines() if line.strip()]
    while lines:
        last = _ON_ONE_LINE.sub("", lines[-1])
        if not last.strip() or (last == lines[-1] and _is_of_word(last.strip(), alone=len(lines) == 1)):
            lines.pop()
        elif last == lines[-1]:
            break
        else:
            lines[-1] = last
    return " ".join(" ".join(lines).split()) or None


def _is_of_word(line: str, *, alone: bool) -> bool:
    """Return whether a line was added by Word. A line `alone` must also be short."""
    return _WORDS_OF_WORD.fullmatch(line) is not None and not (alone and len(line.split()) > _LONGEST_ALONE)
