"""Which voice speaks: the one named, or the one that suits the language; otherwise an error that names the nearest."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from audio_edition.errors import SpeakError
from audio_edition.model import Voice
from audio_edition.speak.engine import Engine

ANY_LANGUAGE = "mul"
"""The language of a voice that speaks them all (ISO 639-2)."""

PREFERRED = {
    "en": "en-us", "fr": "fr-fr", "zh": "cmn", "no": "nb", "nn": "nb",
    **{f"en-{region}": "en-029" for region in ("bb", "bs", "gd", "gy", "jm", "lc", "tt")},
}  # fmt: skip
"""For a language: the tag of the voice to take where an engine has several, or calls it otherwise."""

_VARIED = frozenset(["en", "es", "fr", "pt"])
"""Languages whose varieties sound so unlike that a voice is one for one of them."""

_AS_IN_BRITAIN = re.compile("au|bd|bw|gb|gh|hk|ie|in|ke|lk|mt|my|ng|nz|pk|sg|tz|ug|za|zm|zw")
_IN_SPAIN = frozenset(["ea", "es", "gq", "ic"])
_LIKE = {"es": "es-419", "pt": "pt-pt"}
"""For a region of a language: the variety that is nearest, where it is not in the tables above."""

_HOME = {"es": "es-es", "fr": "fr-fr", "pt": "pt-pt"}
"""What a voice speaks whose tag names no region."""

_WIDEST = "espeak"
_OF_MANY_LANGUAGES = f"Take an engine that speaks a hundred languages: --engine {_WIDEST}. "


def choose_voice(engine: Engine, wanted: str, language: str) -> Voice:
    """Return the voice named `wanted`; if that is empty, a voice for `language`. Raises SpeakError if none fits."""
    if wanted:
        return engine.voice(wanted) or _unknown_voice(engine, wanted)
    spoken = voices_for(engine.voices(), language)
    if not spoken:
        raise SpeakError(
            f"The engine {engine.name} has no voice for the language “{language}”.",
            f"{_to_be_had(engine, language) or _nearest(language, {voice.language for voice in engine.voices()})}"
            f"{_OF_MANY_LANGUAGES if engine.name != _WIDEST else ''}"
            f"See them all with: audio-edition voices --engine {engine.name}; or name another language: --language en",
        )
    return spoken[0]


def voices_for(voices: tuple[Voice, ...], language: str) -> list[Voice]:
    """Return the voices of a language, the most fitting first, and of those the one that the engine names first: `en`
    gives those of every kind of English."""
    wanted = language.casefold()
    primary, _, region = wanted.partition("-")
    liked = [wanted, PREFERRED.get(wanted, ""), PREFERRED.get(primary, ""), primary]

    def rank(voice: Voice) -> tuple[int, int, str]:
        tag = voice.language.casefold()
        is_near = bool(region) and _variety(tag) == _variety(wanted)
        return (0 if tag == wanted else 2 - is_near, liked.index(tag) if tag in liked else len(liked), tag)

    return sorted((voice for voice in voices if voice.language and speaks(voice, language)), key=rank)


def asked_for(part: str, voices: Mapping[str, str]) -> str:
    """Return the voice that is set for a part or a language; for `fr-CA` that of `fr` will do (RFC 4647, 3.4)."""
    by_part = {name.casefold(): voice for name, voice in voices.items()}
    tag = part.casefold()
    while tag and tag not in by_part:
        tag = tag.rpartition("-")[0]
    return by_part.get(tag, "")


def is_of_another_variety(voice: Voice, language: str) -> bool:
    """Return whether a language tag names a region in which the language sounds otherwise than the voice says it: a
    Brazilian voice for pt-PT, an American or British one for en-AU."""
    wanted, own = language.casefold(), language_of(voice, language).casefold()
    primary, _, region = wanted.partition("-")
    if not region or primary not in _VARIED or not speaks(voice, language):
        return False
    is_near = _variety(wanted) == _variety(own)
    # Of English, Canada and Australia have voices of their own, which are not those of their neighbours.
    return own != wanted and not (is_near and primary != "en")


def _variety(tag: str) -> str:
    """Return the variety of a language to which a tag in small letters belongs: es-419 for es-mx."""
    primary, _, region = tag.partition("-")
    if primary == "en":
        return "en-gb" if _AS_IN_BRITAIN.match(region) else "en-us"
    if not region or (primary == "es" and region in _IN_SPAIN):
        return _HOME.get(primary, primary)
    return tag if tag == "pt-br" else _LIKE.get(primary, tag)


def speaks(voice: Voice, language: str) -> bool:
    """Return whether the voice is one for the language, of whatever region."""
    return share_voices(language_of(voice, language), language)


def language_of(voice: Voice, wanted: str) -> str:
    """Return the language of the voice: `wanted` for one that speaks them all, or names none and is believed."""
    return wanted if voice.language in ("", ANY_LANGUAGE) else voice.language


def share_voices(one: str, other: str) -> bool:
    """Return whether a voice for one language tag speaks the other: en and en-GB, zh and cmn."""
    return not _aliases(one).isdisjoint(_aliases(other))


def _aliases(language: str) -> set[str]:
    primary = language.casefold().partition("-")[0]
    return {primary, PREFERRED.get(primary, primary).partition("-")[0]}


def _to_be_had(engine: Engine, language: str) -> str:
    """Return how to get a voice of the engine for a language; nothing where none can be had."""
    from audio_edition.speak.store.catalogue import available

    own = (item for item in available(language) if item.engine == engine.name and item.speaks)
    names = [item.name for item in own if not item.is_installed]
    return f"Get one: audio-edition voices get {names[0]}. " if names else ""


def _unknown_voice(engine: Engine, wanted: str) -> Voice:
    from audio_edition.speak.store.catalogue import items

    own = (item for item in items() if item.engine == engine.name)
    named = wanted.casefold().partition("+")[0]
    if item := next((each for each in own if each.name.casefold() == named), None):
        if not item.speaks:
            raise SpeakError(
                f"{item.name} can't be spoken with: for “{item.language}” {engine.name} has no phonemes.",
                f"Take another; see them with: audio-edition voices --engine {engine.name}",
            )
        raise SpeakError(f"The voice {item.name} is not installed.", f"Get it: audio-edition voices get {item.name}")
    # A bare language (fr) is answered with its voices, anything else with what is spelled alike.
    spoken = [] if "-" in wanted else voices_for(engine.voices(), wanted)
    speakers = [voice.id for voice in spoken if voice.language != ANY_LANGUAGE][:3]
    names = {name for voice in engine.voices() for name in (voice.id, voice.name)}
    hint = _did_you_mean(speakers) or _nearest(wanted, names)
    raise SpeakError(
        f"The engine {engine.name} has no voice “{wanted}”.",
        f"{hint}See them all with: audio-edition voices --engine {engine.name}",
    )


def _nearest(wanted: str, names: set[str]) -> str:
    by_fold = {name.casefold(): name for name in sorted(names)}
    near = difflib.get_close_matches(wanted.casefold(), by_fold, n=3, cutoff=0.4)
    return _did_you_mean([by_fold[name] for name in near])


def _did_you_mean(names: list[str]) -> str:
    return f"Did you mean {' or '.join(names)}? " if names else ""
