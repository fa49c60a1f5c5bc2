"""Write the text of an utterance as an engine should get it, by its role and language.

Each module is one kind of rule, a function from text to text; the tables here say which rules a language has, in which
order, and for which roles. What an engine reads right is left alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from audio_edition.model import Role
from audio_edition.plugins import broken_plugin, load_plugin, plugins
from audio_edition.script.normalisation import ar, da, datelines, de, en, es, fr, hi, it, nl, pl, pt, ru, sv, zh
from audio_edition.script.normalisation.characters import harmless, without_phonemes
from audio_edition.script.normalisation.dashes import as_breaks
from audio_edition.script.normalisation.en.credits import as_byline, as_dateline
from audio_edition.script.normalisation.long_words import in_pieces
from audio_edition.script.normalisation.parts import parts

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Rule = Callable[[str], str]
_MOST_REMEMBERED = 8192
"""Sentences: some megabytes."""
_LONGEST_REMEMBERED = 2_000
"""Letters. What is longer is no sentence."""

FIRST_RULES: tuple[Rule, ...] = (harmless, as_breaks)
CREDIT_RULES: dict[str, dict[Role, Rule]] = {
    "en": {"dateline": as_dateline, "byline": as_byline},
    **{language: {"dateline": datelines.as_dateline} for language in ("de", "es", "fr", "it", "pt")},
}
LANGUAGE_RULES: dict[str, tuple[Rule, ...]] = {
    "ar": (ar.RULE,),
    "da": (da.RULE, parts("da")),
    "de": (de.RULE, parts("de")),
    **en.RULES,
    "es": (es.RULE, parts("es")),
    "fr": (fr.RULE, parts("fr")),
    "hi": (hi.RULE,),
    "it": (it.RULE, parts("it")),
    "nl": (nl.RULE, parts("nl")),
    "pl": (pl.RULE,),
    "pt": (pt.RULE, parts("pt")),
    "pt-br": (pt.BRAZILIAN, parts("pt")),
    "ru": (ru.RULE, parts("ru")),
    "sv": (sv.RULE, parts("sv")),
    "zh": (zh.RULE,),
}
"""By language tag, in small letters: a region without an entry has its language's. Other packages add theirs by the
entry point group `audio_edition.languages`."""


def spoken_form(text: str, role: Role, language: str) -> str:
    """Return the text as it will be said; never empty. All of it is said, but for the paths of web addresses."""
    return in_pieces(by_rules(text, role, language)).strip() or text


def by_rules(text: str, role: Role, language: str) -> str:
    """Return the text after all rules but the last, which parts what is too long for an engine."""
    credit_rule = CREDIT_RULES.get(language.partition("-")[0].lower(), {}).get(role)
    rules = (*FIRST_RULES, *([credit_rule] if credit_rule else []), *_language_rules(language))
    return _remembered(rules, text) if len(text) <= _LONGEST_REMEMBERED else _after(rules, text)


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _remembered(rules: tuple[Rule, ...], text: str) -> str:
    """Return a text after rules, as last time: of an issue that is worked on, most sentences stay as they are."""
    return _after(rules, text)


def _after(rules: tuple[Rule, ...], text: str) -> str:
    for rule in rules:
        text = rule(text)
    # Once more: what stood between two brackets may be gone.
    return without_phonemes(" ".join(word for word in text.split(" ") if word).strip())


def _language_rules(language: str) -> tuple[Rule, ...]:
    """Return the rules of the longest part of the tag that has some (RFC 4647, section 3.4); a plug-in's come first."""
    added = plugins("language")
    tag = language.lower()
    while tag and tag not in LANGUAGE_RULES and tag not in added:
        tag = tag.rpartition("-")[0]
    return (_plugin_rule(added[tag]),) if tag in added else LANGUAGE_RULES.get(tag, ())


@functools.cache
def _plugin_rule(point: EntryPoint) -> Rule:
    """Return the rule of another package, which says so where it fails. Raises MissingTool."""
    rule: Rule = load_plugin("language", point, lambda part: "" if callable(part) else "it is not a function")

    def guarded(text: str) -> str:
        try:
            said = rule(text)
        except Exception as error:  # a stranger's code can raise anything
            raise broken_plugin("language", point, error) from error
        if not isinstance(said, str):
            raise broken_plugin("language", point, f"it gave {type(said).__name__}, not text")
        return said

    return guarded
