"""Make a rule that says web and e-mail addresses and hashtags, from a language's words for their signs.

Of a web address the site is said, without "https", "www" and the path: those are for the eye, and in the transcript.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.rules import Rule, in_order, replacing
from audio_edition.script.tables import words

ENDINGS = words(
    """
    com org net info int edu gov eu tv io fr be ch de at es mx ar cl co it pt br nl pl se dk ru ua by kz
    uk us ca au in cn hk tw jp kr
    sa eg ae ma dz tn lb sy
    """
)
"""What an address without "https" or "www" ends with."""

_SITE = r"[A-Za-z0-9][A-Za-z0-9\-]{0,62}(?:\.[A-Za-z0-9][A-Za-z0-9\-]{0,62}){1,6}"
_PATH = r"(?::\d{1,5})?(?:[/?#][^\s<>\"“”«»、。，；）]*[^\s<>\"“”«»、。，；）.,;:!?)\]'’])?/?"
_WEB = rf"(?<![A-Za-z0-9@./\-])(?P<scheme>(?:https?://)?(?:www\.)?)(?P<site>{_SITE}){_PATH}"
_MAIL = rf"(?<![\w.+\-])(?P<name>[A-Za-z0-9][A-Za-z0-9._+\-]{{0,63}})@(?P<site>{_SITE})"
# Vowel signs are no part of a word to Python.
_HASHTAG = (
    r"(?<![A-Za-z0-9_&#/])[#＃](?=[^\W\d_])(?P<tag>[\w\u0300-\u036f\u064b-\u065f\u0900-\u0963\u200c\u200d]{1,100})"
)
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_NUMERIC = (
    rf"(?<![\w.]){_BYTE}(?!(?:\.\d{{3}}){{3}}(?!\d))(?:\.{_BYTE}){{3}}(?![\w]|\.\d)"
    rf"|(?<!\w)v\d{{1,3}}(?:\.\d{{1,4}}){{1,3}}(?!\w)"
)
"""An address of the internet's protocol, or a version: points that others take for those of thousands, or drop."""

_COUNTRY = re.compile(r"[a-z]{2}")


def addresses(dot: str, at: str, hashtag: str, *, spell_countries: bool = False) -> Rule:
    """Return a rule that says "lemonde.fr" with the word for the dot, spelling "fr" if asked to."""

    def spoken(site: str) -> str:
        *names, ending = site.split(".")
        if spell_countries and _COUNTRY.fullmatch(ending):
            ending = "-".join(ending.upper())
        return f" {dot} ".join([*names, ending])

    def web(match: re.Match[str]) -> str:
        is_address = match["scheme"] or match["site"].rpartition(".")[2] in ENDINGS
        return spoken(match["site"]) if is_address else match[0]

    def mail(match: re.Match[str]) -> str:
        return f"{match['name'].replace('.', f' {dot} ')} {at} {spoken(match['site'])}"

    return in_order(
        replacing(_NUMERIC, lambda match: match[0].replace(".", f" {dot} ")),
        replacing(_MAIL, mail),
        replacing(_WEB, web),
        replacing(_HASHTAG, lambda match: f"{hashtag} {match['tag'].replace('_', ' ').strip()}"),
    )
