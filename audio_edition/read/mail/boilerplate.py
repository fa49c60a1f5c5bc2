"""Separates a plain message's text from its signature, the quoted message and a newsletter's notices.

In: its lines. Out: those to read, and the others by kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_MOST_OF_SIGNATURE = 15
_LONGEST_NOTICE = 300
_MOST_NOTICES_BEHIND = 4
_ATTRIBUTION = re.compile(
    r"""
    (?:On|Am|Le|El|Il(?:\ giorno)?|Op|Den|Em|På|Dnia|W\ dniu|Dne)\ .{5,200}(?:wrote|schrieb|a\ écrit|escribió
    |ha\ scritto|schreef|skrev|escreveu|napisał(?:\(a\))?|napsal(?:\(a\))?|kirjoitti).{0,80}:
    |.{3,120}(?:\ wrote|\ schrieb|\ a\ écrit|\ schreef|\ skrev):
    |-{2,}\ ?(?:Original\ Message|Ursprüngliche\ Nachricht|Message\ d'origine|Mensaje\ original|Messaggio\ originale
    |Oorspronkelijk\ bericht|Oprindelig\ meddelelse|Original\ meddelande)\ ?-{2,}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"""
    [-_\ ]{0,20}(?:Forwarded\ message|Begin\ forwarded\ message:|Weitergeleitete\ Nachricht
    |Anfang\ der\ weitergeleiteten\ Nachricht:|Message\ transféré|Début\ du\ message\ réexpédié\ ?:
    |Mensaje\ reenviado|Messaggio\ inoltrato|Inizio\ messaggio\ inoltrato:
    |Doorgestuurd\ bericht|Videresendt\ (?:besked|melding)|Vidarebefordrat\ meddelande)[-_\ ]{0,20}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIELD = re.compile(r"\*?[A-ZÀ-Þ][\wÀ-ÿ -]{1,20}\s?:\*?\s.{1,300}")
_NOTICE = re.compile(
    r"""
    (?:(?:click|here|to|if|you|don[’']t|no\ longer|want|wenn|falls|sie|um|hier|pour|si|vous|se|para|puede|om|als|klik
    |per)\b.{0,80})?(?:unsubscribe|update\ (?:your\ )?preferences|manage\ (?:your\ )?(?:subscription|preferences)
    |view\ (?:this\ (?:e-?mail|message|newsletter)\ )?in\ (?:your\ |a\ )?browser
    |you(?:[’']re|\ are)\ (?:receiving|getting)\ this|you\ received\ this\ (?:e-?mail|message)\ because
    |newsletter\ ab(?:bestellen|melden)|vom\ newsletter\ abmelden|abbestellen|im\ browser\ (?:ansehen|anzeigen|öffnen)
    |se\ désabonner|se\ désinscrire|vous\ recevez\ ce|afficher\ (?:dans|ce\ message\ dans)\ (?:le|votre)\ navigateur
    |darse\ de\ baja|cancelar\ (?:la\ )?suscripción|ver\ en\ (?:el|su)\ navegador|annulla\ (?:l[’'])?iscrizione
    |disiscriv|uitschrijven|afmelden\ voor|bekijk\ in\ (?:de|je)\ browser|afmeld(?:e)?\ nyhedsbrev|avprenumerera
    |meld\ deg\ av).{0,200}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(?:Sent from (?:my|Outlook|Mail|Yahoo)|Get Outlook for|Von meinem .{2,40} gesendet|Envoyé de mon|Enviado desde mi"
    r"|Inviato da(?:l mio)?|Verzonden vanaf|Sendt fra min|Skickat från min).{0,80}",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Parted:
    """The lines of a message, with blank lines in place of those left out."""

    lines: list[str]
    signature: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def parted(text: str) -> Parted:
    """Return the lines of a plain message, and the parts left out."""
    found = Parted([line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")])
    _take_heads(found)
    _take_signature(found)
    _take_answered(found)
    _take_signature(found)
    told = [at for at, line in enumerate(found.lines) if line.strip()]
    ends = {*told[:1], *told[-_MOST_NOTICES_BEHIND:]}
    for at in told:
        line = found.lines[at]
        said = line.strip()
        is_short = len(said) <= _LONGEST_NOTICE
        # Alone at an end, or with an address: a sentence that merely mentions such words is neither.
        if is_short and (at in ends or "http" in line) and _NOTICE.fullmatch(said):
            _take(found.lines, range(at, at + 1), found.notices)
        elif is_short and _SENT_FROM.fullmatch(said):
            _take(found.lines, range(at, at + 1), found.signature)
    return found


def _take(lines: list[str], places: Sequence[int], into: list[str]) -> None:
    into += [lines[at].strip() for at in places if lines[at].strip()]
    for at in places:
        lines[at] = ""


def _take_heads(found: Parted) -> None:
    """Remove the header of a forwarded message; its text stays."""
    for at, line in enumerate(found.lines):
        if not _FORWARDED.fullmatch(line.strip(" >")):
            continue
        end = at + 1
        while end < len(found.lines) and not found.lines[end].strip(" >"):
            end += 1
        while end < len(found.lines) and _FIELD.fullmatch(found.lines[end].strip(" >")):
            end += 1
        _take(found.lines, range(at, end), found.heads)
        if any(line.startswith(">") for line in found.lines[end : end + 2]):
            found.lines[end:] = [line.lstrip("> ") for line in found.lines[end:]]
        return


def _take_answered(found: Parted) -> None:
    """Remove the quoted message if it stands below the answer."""
    lines = found.lines
    told = [at for at, line in enumerate(lines) if line.strip()]
    start = len(told)
    while start and lines[told[start - 1]].startswith(">"):
        start -= 1
    for index, at in enumerate(told[1:], start=1):
        said = lines[at].strip()
        if len(said) > _LONGEST_NOTICE:
            continue
        two = f"{said} {lines[told[index + 1]].strip()}" if index + 1 < len(told) else said
        is_one = _ATTRIBUTION.fullmatch(said) is not None
        if not is_one and (said.endswith(".") or not _ATTRIBUTION.fullmatch(two)):
            continue
        behind = index + (1 if is_one else 2)
        if said.startswith("--") or start <= behind < len(told):
            _take(lines, range(at, len(lines)), found.answered)
            return
    if 0 < start < len(told):
        _take(lines, range(told[start], len(lines)), found.answered)


def _take_signature(found: Parted) -> None:
    """Remove what follows a line of two dashes, if it is short."""
    for at in range(len(found.lines) - 1, 0, -1):
        if found.lines[at].strip() == "--":
            below = [line for line in found.lines[at + 1 :] if line.strip()]
            above = any(line.strip() for line in found.lines[:at])
            if above and len(below) <= _MOST_OF_SIGNATURE and not any(line.startswith(">") for line in below):
                _take(found.lines, range(at, len(found.lines)), found.signature)
            return
