"""Removes what feed programs append to a text: where it first appeared, “continue reading”, share buttons.

Covers WordPress, Medium, Substack, Ghost, Blogger and Reddit, in their interface languages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audio_edition.model import Block, Heading, List, Paragraph, SceneBreak, Text, leaves

_MOST_BLOCKS = 12
_LONGEST = 400

_MORE = r"""
    (?:continue|keep)\ reading|read\ (?:more|on)|read\ the\ rest(?:\ of\ th(?:is|e)\ (?:entry|post|article|story))?
    |(?:read|view|see)\ (?:the\ )?(?:full|whole|original|entire)\ (?:article|story|post|entry)
    |weiter\ ?lesen|mehr\ lesen|(?:den\ )?(?:ganzen|vollständigen)\ (?:artikel|beitrag)\ lesen
    |zum\ (?:ganzen\ |vollständigen\ )?(?:artikel|beitrag)
    |lire\ (?:la\ suite|plus|l[’']article)|(?:continuer|poursuivre)\ la\ lecture|en\ savoir\ plus
    |(?:seguir|continuar|continúa|sigue)\ leyendo|leer\ más|leer\ (?:el\ )?artículo\ completo|continua\ llegint
    |llegeix\ més|continua\ (?:a\ leggere|la\ lettura)|leggi\ (?:tutto|ancora|di\ più|l[’']articolo)
    |(?:continue|continuar)\ (?:lendo|a\ ler)|(?:ler|leia|saiba)\ mais|lees\ (?:verder|meer)|verder\ lezen
    |läs\ (?:mer|vidare)|fortsätt\ (?:att\ )?läsa|læs\ (?:mere|videre)|fortsæt\ (?:med\ at\ læse|læsning(?:en)?)
    |les\ (?:mer|videre)|fortsett\ å\ lese|lue\ lisää|jatka\ lukemista|czytaj\ (?:dalej|więcej)
    |číst\ (?:dále?|více)|celý\ článek|pokračovat\ ve\ čtení|olvass?\ tovább|tovább\ (?:olvasom|a\ cikkhez)
    |cite[șşs]te\ mai\ (?:mult|departe)|continuă\ (?:să\ citești|lectura)
    |читать\ (?:далее|дальше|полностью)|читати\ далі|devamını\ oku(?:yun)?|okumaya\ devam\ et
    |διαβάστε\ περισσότερα|συνεχίστε\ την\ ανάγνωση
    |続きを読む|もっと読む|阅读(?:全文|更多)|閱讀(?:全文|更多)|继续阅读|繼續閱讀|더\ 보기|계속\ 읽기
    |اقرأ\ المزيد|متابعة\ القراءة|קרא(?:ו)?\ עוד|המשך\ לקרוא
"""
_MORE_LINKED = r"more|mehr|suite|más|continua|mais|meer|mer|mere|więcej|tovább|далее|подробнее|детальніше|περισσότερα"
_OPENS_MORE = re.compile(rf"[\W_]*(?:{_MORE})(?!\w)", re.IGNORECASE | re.VERBOSE)
_IS_MORE = re.compile(rf"[\W_]*(?:{_MORE_LINKED})[\W_]*", re.IGNORECASE)
_ENDS_MORE = re.compile(rf"(?<=[.!?…\])\"”’»])\s(?=[\W_]*(?:{_MORE})[\W_]*\Z)", re.IGNORECASE | re.VERBOSE)
_LONGEST_MORE = 80

_APPEARED = re.compile(
    r"""
    \b(?:appeared\ first|first\ appeared|was\ (?:originally|first)\ (?:published|posted))\ (?:on|in|at)\b
    |erschien\ zuerst\ (?:auf|bei)|est\ apparu\ en\ premier\ sur|(?:se\ publicó|aparece|apareció)\ primero\ en
    |\bproviene\ da\b|sembra\ essere\ il\ primo\ su|(?:apareceu|aparece)\ primeiro\ em|ha\ aparegut\ primer\ a
    |verscheen\ eerst\ op|(?:dök\ först\ upp|publicerades\ först|först\ publicerades)\ på
    |(?:blev\ først\ udgivet|dukkede\ først\ op|dukket\ først\ opp|ble\ først\ publisert)\ (?:på|i)
    |julkaistiin\ ensimmäisen\ kerran|(?:ilmestyi|julkaistiin)\ ensin|pochodzi\ z\ (?:serwisu|bloga)
    |pojawił\ się\ po\ ?raz\ pierwszy|pochází\ z\b|(?:появил(?:ись|ась|ся)\ сначала|впервые\ появил(?:ась|ся|ись))
    |[зс][’'ʼ]?явив?ся\ спочатку|ilk\ önce\ .{1,100}\ üzerinde\ ortaya\ çıktı|apare\ prima\ dată
    |először\ .{1,100}\ jelent\ meg|εμφανίστηκε\ πρώτα|xuất\ hiện\ đầu\ tiên
    |最先出现在|最早出现在|最先出現在|に最初に表示されました|أولاً\ على|הופיע\ לראשונה
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CALLS = re.compile(
    r"""
    thanks\ for\ reading\ .{1,150}[.!]\ ?(?:subscribe|this\ post\ is\ public).*
    |.{1,100}\ is\ a\ reader-supported\ publication\..*
    |subscribe(?:\ now)?|sign\ up|share(?:\ .{1,80})?|leave\ a\ comment|get\ the\ app|upgrade\ to\ paid|listen\ now
    |get\ more\ from\ .{1,80}\ in\ the\ substack\ app.*|available\ for\ ios\ and\ android
    |this\ post\ is\ for\ (?:paying\ |paid\ )?(?:subscribers|members)(?:\ only)?
    |already\ have\ an\ account\?\ ?sign\ in
    |submitted\ by\ /?u/\S+(?:\ to\ /?r/\S+)?(?:\ \[?link\]?)?(?:\ \[?comments\]?)?|\[link\](?:\ \[comments\])?
    |read\ more\ of\ this\ story\ at\ .{1,80}|comments(?:\ \(\d+\))?|permalink|email\ this|tweet|like\ loading
    |(?:share|like)\ this|teilen\ mit|gefällt\ mir|partager|j[’']aime\ ça|compart(?:e|ir)\ esto|me\ gusta\ esto
    |condividi(?:\ su)?|mi\ piace(?:\ caricamento)?|compartilhe\ isso|curtir\ isso|dit\ delen|vind-ik-leuk
    |vind\ ik\ leuk|dela\ detta|gilla\ detta
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SHARED_WITH = re.compile(
    r"click to (?:share|print|email).*|facebook|twitter|x|e-?mail|print|linkedin|reddit|pinterest|whatsapp|telegram"
    r"|tumblr|mastodon|bluesky|pocket|more|tweet|share",
    re.IGNORECASE,
)
_LITTLE_WORDS = """
    a about an and at article auf bei de del der die das du el en entry here i il in la le l medium na of on op post på
    story su sur the this über um w z
"""
_LITTLE = frozenset(_LITTLE_WORDS.split())
_WORD = re.compile(r"\w+")
_OPENING = " \u00a0([{"


@dataclass(frozen=True, slots=True)
class Tail:
    """The blocks before a program's addition, the addition, and whether it says that the text continues elsewhere."""

    blocks: tuple[Block[Text], ...]
    left_out: tuple[str, ...] = ()
    goes_on: bool = False


def without_tail(blocks: Sequence[Block[Text]], title: str, source: str) -> Tail:
    """Return a text without the additions of its feed's program. `source` is the feed's name."""
    left = list(blocks)
    found: list[str] = []
    goes_on = False
    known = frozenset(_words(f"{title} {source}"))
    for _ in range(_MOST_BLOCKS):
        while left and isinstance(left[-1], SceneBreak):
            left.pop()
        last = left[-1] if left else None
        if last is None:
            break
        text = " ".join(leaf.text for leaf in leaves((last,)))
        more = _more(last.text, known) if isinstance(last, Paragraph) else None
        if more is not None and isinstance(last, Paragraph):
            goes_on = True
            found.append(text[len(more.text) :].strip())
            left[-1:] = [replace(last, text=more)] if more.text else []
        elif _is_tail(last, text, title, source):
            found.append(text)
            left.pop()
        else:
            break
    if not found:
        return Tail(tuple(blocks))
    return Tail(tuple(left), tuple(reversed(found)), goes_on)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _more(text: Text, known: frozenset[str]) -> Text | None:
    """Return the text before a phrase that says there is more elsewhere; None if it does not end with one."""
    if len(text.text) <= _LONGEST and _says_more(text.text, known):
        return Text("")
    start = _start_of_link(text, known)
    if start is None:
        ending = _ENDS_MORE.search(text.text, max(0, len(text.text) - _LONGEST_MORE))
        start = ending.start() if ending else None
    return None if start is None else text.part(0, len(text.text[:start].rstrip(_OPENING)))


def _start_of_link(text: Text, known: frozenset[str]) -> int | None:
    """Return where a final “read more” link begins."""
    link = next((span for span in reversed(text.spans) if span.kind == "link"), None)
    if link is None or _WORD.search(text.text, link.end):
        return None
    said = text.text[link.start : link.end]
    return link.start if _says_more(said, known) or _IS_MORE.fullmatch(said) else None


def _says_more(text: str, known: frozenset[str]) -> bool:
    """Return whether a text only says that there is more elsewhere."""
    opening = _OPENS_MORE.match(text)
    return opening is not None and all(word in known or word in _LITTLE for word in _words(text[opening.end() :]))


def _is_tail(block: Block[Text], text: str, title: str, source: str) -> bool:
    if isinstance(block, List):
        return all(_SHARED_WITH.fullmatch(leaf.text) for leaf in leaves((block,)))
    if not isinstance(block, Paragraph | Heading) or len(text) > _LONGEST + len(title) + len(source):
        return False
    if _CALLS.fullmatch(text.strip(" .:!»→")):
        return True
    if isinstance(block, Heading):
        return False
    words = f" {' '.join(_words(text))} "
    names = [f" {' '.join(_words(name))} " for name in (title, source) if _words(name)]
    if _APPEARED.search(text) and (any(name in words for name in names) or any(block.text.of("link"))):
        return True
    return _links_to(block.text, title) and _links_to(block.text, source)


def _links_to(text: Text, name: str) -> bool:
    """Return whether the words of a link are a name, or its beginning."""
    meant = _words(name)
    links = (_words(text.text[span.start : span.end]) for span in text.of("link"))
    return bool(meant) and any(said and (said == meant or said == meant[: len(said)]) for said in links)
