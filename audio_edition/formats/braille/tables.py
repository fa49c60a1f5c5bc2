"""Which of liblouis's tables writes a language, uncontracted (grade 1) and contracted (grade 2)."""

from __future__ import annotations

from audio_edition.errors import PublishError

_TABLES = {
    "af": ("afr-za-g1.ctb", "afr-za-g2.ctb"),
    "ar": ("ar-ar-g1.utb", "ar-ar-g2.ctb"),
    "bn": ("be-in-g1.utb",),
    "ca": ("ca-g1.ctb",),
    "cs": ("cs-g1.ctb",),
    "cy": ("cy-cy-g1.utb", "cy-cy-g2.ctb"),
    "da": ("da-dk-g16.ctb", "da-dk-g26.ctb"),
    "de": ("de-g1-detailed.ctb", "de-g2.ctb"),
    "en": ("en-ueb-g1.ctb", "en-ueb-g2.ctb"),
    "eo": ("eo-g1.ctb",),
    "es": ("es-g1.ctb",),
    "fa": ("fa-ir-g1.utb",),
    "fi": ("fi.utb",),
    "fr": ("fr-bfu-comp6.utb", "fr-bfu-g2.ctb"),
    "ga": ("ga-g1.utb", "ga-g2.ctb"),
    "gu": ("gu-in-g1.utb",),
    "he": ("he-IL.utb",),
    "hi": ("hi-in-g1.utb",),
    "hr": ("hr-g1.ctb",),
    "hu": ("hu-hu-g1.ctb", "hu-hu-g2.ctb"),
    "it": ("it-it-comp6.utb",),
    "ko": ("ko-g1.ctb", "ko-g2.ctb"),
    "lt": ("lt-6dot.utb",),
    "lv": ("Lv-Lv-g1.utb",),
    "ml": ("ml-in-g1.utb",),
    "mr": ("mr-in-g1.utb",),
    "nb": ("no-no-g0.utb", "no-no-g2.ctb"),
    "nl": ("nl-NL-g0.utb",),
    "nn": ("no-no-g0.utb", "no-no-g2.ctb"),
    "no": ("no-no-g0.utb", "no-no-g2.ctb"),
    "pa": ("pu-in-g1.utb",),
    "pl": ("Pl-Pl-g1.utb",),
    "pt": ("pt-pt-g1.utb",),
    "ru": ("ru-litbrl.ctb",),
    "sk": ("sk-g1.ctb",),
    "sl": ("sl-si-g1.utb",),
    "sr": ("sr-g1.ctb",),
    "sv": ("sv-g0.utb", "sv-g2.ctb"),
    "ta": ("ta-ta-g1.ctb",),
    "te": ("te-in-g1.utb",),
    "tr": ("tr-g1.ctb", "tr-g2.ctb"),
    "uk": ("uk.utb",),
    "vi": ("vi-vn-g1.ctb",),
    "zh": ("zhcn-g1.ctb",),
}
"""By language; a second where its readers know contractions. Spanish and Portuguese books are printed without. Left out
are languages whose tables write in eight dots, or without punctuation."""


def table_of(language: str, grade: int) -> str:
    """Return the table of a language in that grade, or its only one; "" if it has none."""
    tables = _TABLES.get(language.partition("-")[0].lower(), ("",))
    return tables[min(grade, len(tables)) - 1]


def main_table(language: str, grade: int) -> str:
    """Return the table of an edition's language. Raises PublishError if the language has none."""
    if table := table_of(language, grade):
        return table
    raise PublishError(
        f"There is no six-dot braille table for the language {language!r}.",
        f"Leave out the format braille; it is there for: {', '.join(_TABLES)}.",
    )
