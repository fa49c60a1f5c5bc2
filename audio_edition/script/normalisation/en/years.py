"""Say years in English: "2014" as "twenty fourteen", "'80s" as "eighties".

Engines say "two thousand fourteen" and "nineteen hundred ninety-nine". News writes other numbers above a thousand with
a comma, so that four bare figures are a year unless a word beside them counts with them.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.numbers import cardinal, plural, year
from audio_edition.script.tables import words

SURE_BEFORE = words(
    "in since until till during by before after of from to between and through circa early late mid spring summer"
    " autumn fall winter year years January February March April May June July August September October November"
    " December AD c ca born established founded"
)
"""Words that a year of any century may follow."""

IN_BEFORE = words("in In since Since until Until during During")
"""Words after which "2014 people" is a year and people."""

NUMBER_BEFORE = words(
    "about almost approximately nearly roughly some over exactly least most than up Room Flight Route Highway"
    " Resolution No Nos number Number numbers Article Section page pages Page Channel Windows Office Building"
    " Suite Apartment Box Unit Gate Bus Train Platform Model Area Form Road Street Chapter Line ISO Error Peugeot"
    " Case minus plus times"
)
"""Words after which four figures are no year."""

COUNTED = words(
    "people men women children troops soldiers civilians fighters militants rebels prisoners refugees migrants"
    " victims deaths cases votes seats jobs homes houses students pupils workers employees members staff officers"
    " police passengers families residents villagers voters protesters demonstrators delegates athletes miles"
    " metres meters kilometres kilometers feet yards acres hectares tonnes tons pounds dollars euros yen rupees"
    " kilos kilograms kilogrammes grams litres liters gallons barrels hours minutes seconds days weeks months"
    " years times points runs degrees percent per megawatts watts volts pages words copies units items cars"
    " vehicles aircraft tanks missiles bombs dead wounded injured others billion million hundred square cubic GMT"
    " calories"
)
"""Words before which four figures count."""

NO_PLURAL = words("as has his is its this was")

_YEAR = re.compile(
    r"(?<![\w.,:/$£€¥₹@#+°])(?<!\d[-–])(?<![^\W_][-–])(?P<year>1\d{3}|20\d\d)(?![\w%°$€£]|[.,:/]\d|[-–]\w)"
    r"(?P<of> [^\W\d_]+)?"
    r"|(?<=[-–])(?P<joined>1\d{3}|20\d\d)(?![\w%°-]|[.,:/]\d)"
)
_PREFIX = re.compile(r"\b(?:pre|post|mid|early|late|non|then)[-–]$", re.IGNORECASE)
_WITH_SUFFIX = re.compile(
    r"(?<![\w.,:/$£€@#+\-–])(?P<year>19\d\d|20\d\d)(?=-(?:born|era|style|model|vintage|based|only)\b)"
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[.,]? $")
_TO_YEAR = re.compile(r" to (?P<year>1\d{3}|20\d\d)(?![\w%°$€£]|[.,:/]\d)(?: (?P<of>[^\W\d_]+))?")
_ERA_BEHIND = re.compile(r",? (?:AD|BC|BCE|CE)\b")
_DECADE = re.compile(r"(?<![\w.,:/$£€@#+])(?P<century>1[1-9]|20)(?P<decade>\d0)['’]?s(?!\w)")
_SHORT_DECADE = re.compile(r"(?<![\w.,:/$£€@#+&])(?<!\d['’])['’‘]?(?P<decade>(?<=['’‘])[01]0|[2-9]0)['’]?s(?!\w)")
_SHORT_YEAR = re.compile(r"(?<=\b(?:of|in) )['’‘](?P<year>\d\d)(?![\w'’‘]|[.,:/%]\d)")


def as_years(text: str) -> str:
    """Return the text with its years and decades in words."""
    text = _SHORT_DECADE.sub(_short_decade, _DECADE.sub(_decade, text))
    text = _SHORT_YEAR.sub(
        lambda short: f"oh {cardinal(int(short['year']))}" if short["year"] < "10" else cardinal(int(short["year"])),
        text,
    )
    text = _WITH_SUFFIX.sub(lambda match: year(int(match["year"])), text)
    return _YEAR.sub(_year, text)


def _year(match: re.Match[str]) -> str:
    start = match.start()
    if match["joined"]:
        is_year = _PREFIX.search(match.string, max(0, start - 8), start)
        return year(int(match["joined"])) if is_year else match[0]
    figures, behind = match["year"], match["of"] or ""
    found = _WORD_BEFORE.search(match.string, max(0, start - 20), start)
    before = found[1] if found else ""
    return (year(int(figures)) if _is_year(int(figures), before, behind.strip(), match) else figures) + behind


def _is_year(number: int, before: str, behind: str, match: re.Match[str]) -> bool:
    counts = behind in COUNTED or (number < 1900 and behind.endswith("s") and behind not in NO_PLURAL)
    if (counts and before not in IN_BEFORE) or before in NUMBER_BEFORE:
        return False
    if 1900 <= number < 2100 or before in SURE_BEFORE or before.lower() in SURE_BEFORE:
        return True
    if _ERA_BEHIND.match(match.string, match.end("year")):
        return True
    to = _TO_YEAR.match(match.string, match.end("year"))
    if to and 1100 <= number < int(to["year"]):
        return to["of"] not in COUNTED and not (to["of"] or "").endswith("s")
    return before in ("the", "The") and number >= 1100


def _decade(match: re.Match[str]) -> str:
    century, decade = int(match["century"]), int(match["decade"])
    if decade == 0:
        return "two thousands" if century == 20 else f"{cardinal(century)} hundreds"
    return f"{cardinal(century)} {plural(cardinal(decade))}"


def _short_decade(match: re.Match[str]) -> str:
    decade = int(match["decade"])
    return plural(cardinal(decade)) if decade else "two thousands"
