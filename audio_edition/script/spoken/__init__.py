"""In: the text of an utterance as written, its role and language. Out: the text as an engine should get it.

Each module is one kind of rule, a function from text to text; the tables here say which rules a language has, in which
order, and for which roles. What an engine reads right is left alone.
"""

from __future__ import annotations

from collections.abc import Callable

from audio_edition.model import Role
from audio_edition.script.spoken import ar, datelines, de, en, es, fr, hi, it, pt, ru, zh
from audio_edition.script.spoken.characters import harmless
from audio_edition.script.spoken.dashes import as_breaks
from audio_edition.script.spoken.en.credits import as_byline, as_dateline
from audio_edition.script.spoken.long_words import in_pieces

Rule = Callable[[str], str]

FIRST_RULES: tuple[Rule, ...] = (harmless, as_breaks)
CREDIT_RULES: dict[str, dict[Role, Rule]] = {
    "en": {"dateline": as_dateline, "byline": as_byline},
    **{language: {"dateline": datelines.as_dateline} for language in ("de", "es", "fr", "it", "pt")},
}
LANGUAGE_RULES: dict[str, tuple[Rule, ...]] = {
    "ar": (ar.RULE,),
    "de": (de.RULE,),
    **en.RULES,
    "es": (es.RULE,),
    "fr": (fr.RULE,),
    "hi": (hi.RULE,),
    "it": (it.RULE,),
    "pt": (pt.RULE,),
    "ru": (ru.RULE,),
    "zh": (zh.RULE,),
}
"""By language tag, in small letters: a region without an entry has its language's."""


def spoken_form(text: str, role: Role, language: str) -> str:
    """The text as it will be said; never empty. All of it is said, but for the paths of web addresses."""
    return in_pieces(by_rules(text, role, language)).strip() or text


def by_rules(text: str, role: Role, language: str) -> str:
    """The text after all rules but the last, which parts what is too long for an engine."""
    credit_rule = CREDIT_RULES.get(language.partition("-")[0].lower(), {}).get(role)
    for rule in (*FIRST_RULES, *([credit_rule] if credit_rule else []), *_language_rules(language)):
        text = rule(text)
    return " ".join(word for word in text.split(" ") if word).strip()


def _language_rules(language: str) -> tuple[Rule, ...]:
    """The rules of the longest part of the tag that has some (https://www.rfc-editor.org/rfc/rfc4647#section-3.4)."""
    tag = language.lower()
    while tag and tag not in LANGUAGE_RULES:
        tag = tag.rpartition("-")[0]
    return LANGUAGE_RULES.get(tag, ())
