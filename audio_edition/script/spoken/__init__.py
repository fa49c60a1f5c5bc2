"""In: the text of an utterance as written, its role and language. Out: the text as an engine should get it.

Each module is one kind of rule, a function from text to text; the tables here say which rules a language has, in which
order, and for which roles. What an engine reads right is left alone.
"""

from __future__ import annotations

from collections.abc import Callable

from audio_edition.model import Role
from audio_edition.script.spoken import ar, datelines, de, es, fr, hi, it, pt, ru, zh
from audio_edition.script.spoken.characters import harmless
from audio_edition.script.spoken.credits import as_byline, as_dateline
from audio_edition.script.spoken.dashes import as_breaks
from audio_edition.script.spoken.initialisms import as_letters
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
    "en": (as_letters,),
    "es": (es.RULE,),
    "fr": (fr.RULE,),
    "hi": (hi.RULE,),
    "it": (it.RULE,),
    "pt": (pt.RULE,),
    "ru": (ru.RULE,),
    "zh": (zh.RULE,),
}
LAST_RULES: tuple[Rule, ...] = (in_pieces,)


def spoken_form(text: str, role: Role, language: str) -> str:
    """The text as it will be said; never empty, and no word of it lost."""
    subtag = language.partition("-")[0].lower()
    credit_rule = CREDIT_RULES.get(subtag, {}).get(role)
    rules = [*FIRST_RULES, *([credit_rule] if credit_rule else []), *LANGUAGE_RULES.get(subtag, ()), *LAST_RULES]
    spoken = text
    for rule in rules:
        spoken = rule(spoken)
    spoken = " ".join(word for word in spoken.split(" ") if word).strip()
    return spoken or text
