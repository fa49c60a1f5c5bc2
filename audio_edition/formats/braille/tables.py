"""Which of liblouis's tables writes a language, uncontracted (grade 1) and contracted (grade 2)."""

from __future__ import annotations

from audio_edition.errors import PublishError

_TABLES = {
    "af": ("Afrikaans", "afr-za-g1.ctb", "afr-za-g2.ctb"),
    "ar": ("Arabic", "ar-ar-g1.utb", "ar-ar-g2.ctb"),
    "bn": ("Bharati", "be-in-g1.utb"),
    "ca": ("Catalan", "ca-g1.ctb"),
    "cs": ("Czech", "cs-g1.ctb"),
    "cy": ("Welsh", "cy-cy-g1.utb", "cy-cy-g2.ctb"),
    "da": ("Danish-6dot-2022", "da-dk-g16.ctb", "da-dk-g26.ctb"),
    "de": ("German", "de-g1-detailed.ctb", "de-g2.ctb"),
    "en": ("UEB", "en-ueb-g1.ctb", "en-ueb-g2.ctb"),
    "eo": ("Esperanto", "eo-g1.ctb"),
    "es": ("Spanish", "es-g1.ctb"),
    "fa": ("Persian", "fa-ir-g1.utb"),
    "fi": ("Finnish", "fi.utb"),
    "fr": ("French", "fr-bfu-comp6.utb", "fr-bfu-g2.ctb"),
    "ga": ("Irish", "ga-g1.utb", "ga-g2.ctb"),
    "gu": ("Bharati", "gu-in-g1.utb"),
    "he": ("Hebrew", "he-IL.utb"),
    "hi": ("Bharati", "hi-in-g1.utb"),
    "hr": ("Croatian", "hr-g1.ctb"),
    "hu": ("Hungarian", "hu-hu-g1.ctb", "hu-hu-g2.ctb"),
    "it": ("Italian", "it-it-comp6.utb"),
    "ko": ("Korean", "ko-g1.ctb", "ko-g2.ctb"),
    "lt": ("Lithuanian", "lt-6dot.utb"),
    "lv": ("Latvian", "Lv-Lv-g1.utb"),
    "ml": ("Bharati", "ml-in-g1.utb"),
    "mr": ("Bharati", "mr-in-g1.utb"),
    "nb": ("Norwegian", "no-no-g0.utb", "no-no-g2.ctb"),
    "nl": ("Dutch", "nl-NL-g0.utb"),
    "nn": ("Norwegian", "no-no-g0.utb", "no-no-g2.ctb"),
    "no": ("Norwegian", "no-no-g0.utb", "no-no-g2.ctb"),
    "pa": ("Bharati", "pu-in-g1.utb"),
    "pl": ("Polish", "Pl-Pl-g1.utb"),
    "pt": ("Portuguese", "pt-pt-g1.utb"),
    "ru": ("Russian", "ru-litbrl.ctb"),
    "sk": ("Slovak", "sk-g1.ctb"),
    "sl": ("Slovenian", "sl-si-g1.utb"),
    "sr": ("Serbian", "sr-g1.ctb"),
    "sv": ("Swedish", "sv-g0.utb", "sv-g2.ctb"),
    "ta": ("Bharati", "ta-ta-g1.ctb"),
    "te": ("Bharati", "te-in-g1.utb"),
    "tr": ("Turkish", "tr-g1.ctb", "tr-g2.ctb"),
    "uk": ("Ukrainian", "uk.utb"),
    "vi": ("Vietnamese", "vi-vn-g1.ctb"),
    "zh": ("Mandarin-with-tones", "zhcn-g1.ctb"),
}
"""By language, the name of its code in DAISY's registry of braille codes, its table, and a second one where its readers
know contractions. Spanish and Portuguese books are printed without. Left out are languages whose tables write in eight
dots, or without punctuation."""
_OTHER_SYSTEMS = {
    "de-g1-detailed.ctb": "German-capitals grade1",
    "no-no-g0.utb": "Norwegian-6dot grade1",
    "sv-g0.utb": "Swedish grade0",
}
"""By table, where the registry tells apart what is contracted or capitalised otherwise."""


def table_of(language: str, grade: int) -> str:
    """Return the table of a language in that grade, or its only one; "" if it has none."""
    _, *tables = _TABLES.get(_primary(language), ("", ""))
    return tables[min(grade, len(tables)) - 1]


def system_of(language: str, grade: int) -> str:
    """Return the name of a language's braille in that grade, such as "UEB grade2"; "" if there is none."""
    code, *tables = _TABLES.get(_primary(language), ("", ""))
    table = table_of(language, grade)
    return _OTHER_SYSTEMS.get(table) or (f"{code} grade{tables.index(table) + 1}" if code else "")


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def main_table(language: str, grade: int) -> str:
    """Return the table of an edition's language. Raises PublishError if the language has none."""
    if table := table_of(language, grade):
        return table
    raise PublishError(
        f"There is no six-dot braille table for the language {language!r}.",
        f"Leave out the format braille; it is there for: {', '.join(_TABLES)}.",
    )
