"""Say in full what eSpeak NG's German voice reads badly.

It reads "3. Oktober" as "drei", a pause, "Oktober", "2014-2019" with "Strich", "Karl III." as "römisch drei", "z. B."
and "Dr." by their letters. Percentages, decimals, "10:30 Uhr", "§ 5" and most initials it reads well.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.amounts import measures, money
from audio_edition.script.normalisation.coordinates import coordinates
from audio_edition.script.normalisation.digits import dates, ranges
from audio_edition.script.normalisation.letters import initialisms
from audio_edition.script.normalisation.one_by_one import one_by_one
from audio_edition.script.normalisation.roman_numerals import NUMERAL, SEVERAL_LETTERS, value
from audio_edition.script.normalisation.rules import (
    AT_END,
    SPACE,
    Rule,
    full_stop,
    in_order,
    one_is_singular,
    replacing,
)
from audio_edition.script.normalisation.signs import signs
from audio_edition.script.tables import row, words

MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
CURRENCIES = {
    "€": ("Euro",), "EUR": ("Euro",), "$": ("Dollar",), "US$": ("Dollar",), "US-$": ("Dollar",), "USD": ("Dollar",),
    "£": ("Pfund",), "CHF": ("Franken",), "Fr.": ("Franken",), "SFr.": ("Franken",),
}  # fmt: skip
MAGNITUDES = {
    "Tsd.": ("tausend",), "Mio.": ("Million", "Millionen"), "Mio": ("Million", "Millionen"),
    "Mill.": ("Million", "Millionen"), "Mrd.": ("Milliarde", "Milliarden"), "Mrd": ("Milliarde", "Milliarden"),
    "Bio.": ("Billion", "Billionen"), "Million": ("Million",), "Millionen": ("Millionen",),
    "Milliarde": ("Milliarde",), "Milliarden": ("Milliarden",),
}  # fmt: skip
PER = {"kg": "pro Kilogramm", "l": "pro Liter", "m²": "pro Quadratmeter", "kWh": "pro Kilowattstunde",
"MWh": "pro Megawattstunde",
       "h": "pro Stunde", "t": "pro Tonne", "Std.": "pro Stunde", "Monat": "pro Monat", "Jahr": "pro Jahr",
       "Tag": "pro Tag",
       "Nacht": "pro Nacht", "Person": "pro Person"}  # fmt: skip
UNITS = {
    "km/h": ("Kilometer pro Stunde",), "m/s": ("Meter pro Sekunde",), "°C": ("Grad Celsius",), "° C": ("Grad Celsius",),
    "km²": ("Quadratkilometer",), "km2": ("Quadratkilometer",), "m²": ("Quadratmeter",), "m2": ("Quadratmeter",),
    "m³": ("Kubikmeter",), "m3": ("Kubikmeter",), "km": ("Kilometer",), "m": ("Meter",), "cm": ("Zentimeter",),
    "mm": ("Millimeter",), "kg": ("Kilogramm",), "g": ("Gramm",), "t": ("Tonne", "Tonnen"), "l": ("Liter",),
    "ha": ("Hektar",), "kWh": ("Kilowattstunde", "Kilowattstunden"), "MWh": ("Megawattstunde", "Megawattstunden"),
    "µg/m³": ("Mikrogramm pro Kubikmeter",), "mg/l": ("Milligramm pro Liter",), "mg/dl": ("Milligramm pro Deziliter",),
    "g/l": ("Gramm pro Liter",), "kg/m³": ("Kilogramm pro Kubikmeter",),
    "Einw./km²": ("Einwohner pro Quadratkilometer",),
    "EW/km²": ("Einwohner pro Quadratkilometer",), "ct": ("Cent",), "Ct": ("Cent",), "Rp.": ("Rappen",),
    "kW": ("Kilowatt",), "MW": ("Megawatt",), "GW": ("Gigawatt",), "Mbit/s": ("Megabit pro Sekunde",),
    "s": ("Sekunde", "Sekunden"), "h": ("Stunde", "Stunden"), "min": ("Minute", "Minuten"),
    "Std.": ("Stunde", "Stunden"), "Min.": ("Minute", "Minuten"), "Sek.": ("Sekunde", "Sekunden"),
    **{short: forms for short, forms in MAGNITUDES.items() if short not in ("Mill.",)},
}  # fmt: skip
ANYWHERE = {
    "z. B.": "zum Beispiel", "d. h.": "das heißt", "u. a.": "unter anderem", "usw.": "und so weiter",
    "bzw.": "beziehungsweise", "ca.": "circa", "etc.": "et cetera", "evtl.": "eventuell", "vgl.": "vergleiche",
    "i. d. R.": "in der Regel", "u. U.": "unter Umständen", "o. ä.": "oder ähnliches", "o. Ä.": "oder Ähnliches",
    "bspw.": "beispielsweise", "ggf.": "gegebenenfalls", "inkl.": "inklusive", "v. Chr.": "vor Christus",
    "n. Chr.": "nach Christus", "Mio.": "Millionen", "Mrd.": "Milliarden", "s. o.": "siehe oben",
    "s. u.": "siehe unten", "z. T.": "zum Teil", "z. Zt.": "zurzeit", "a. D.": "außer Dienst",
    "m. E.": "meines Erachtens", "u. v. m.": "und vieles mehr", "i. A.": "im Auftrag", "exkl.": "exklusive",
    "p. a.": "pro Jahr", "h. c.": "honoris causa", "i. V. m.": "in Verbindung mit",
    "einschl.": "einschließlich", "zzgl.": "zuzüglich", "abzgl.": "abzüglich", "u. Ä.": "und Ähnliches",
}  # fmt: skip
BEFORE_NAME = {
    "Dr.": "Doktor", "Prof.": "Professor", "Hr.": "Herr", "Fr.": "Frau", "St.": "Sankt", "geb.": "geboren",
    "Prof. Dr.": "Professor Doktor", "Dr. med.": "Doktor", "a. d.": "an der",
}  # fmt: skip
BEFORE_FIGURE = {
    "Nr.": "Nummer", "Str.": "Straße", "Abs.": "Absatz", "Art.": "Artikel", "S.": "Seite", "Tel.": "Telefon",
    "mind.": "mindestens", "max.": "maximal", "geb.": "geboren", "gest.": "gestorben", "Kap.": "Kapitel",
    "Anm.": "Anmerkung", "Ziff.": "Ziffer", "Rn.": "Randnummer", "Rz.": "Randziffer",
    "rd.": "rund", "Bd.": "Band", "Abb.": "Abbildung", "Tab.": "Tabelle",
}  # fmt: skip
SPELLED = words("AfD OSZE IAEA ADHS AKP OECD EuGH MdB MdL StGB SEK OB AFP ISBN ISSN")
SAID = {
    "BAföG": "Bafög", "DAX": "Dax", "UNO": "Uno", "TÜV": "Tüf", "BVerfG": "Bundesverfassungsgericht",
}  # fmt: skip
GENDERS = {
    "masculine": words(
        MONTHS,
        "FC Weltkrieg Platz Rang Spieltag Wahlgang Geburtstag Jahrestag Todestag Tag Stock Senat Bezirk Monat Advent",
    ),
    "feminine": words(
        "Bundesliga Liga Minute Runde Halbzeit Klasse Lesung Auflage Etage Kammer Etappe Amtszeit Welle "
        "Legislaturperiode"
    ),
    "neuter": words(
        "Jahrhundert Jahrtausend Mal Lebensjahr Viertel Quartal Halbjahr Drittel Obergeschoss OG UG Kapitel"
    ),
}
"""What is counted in ordinals; behind other words a figure with a full stop may end a sentence."""

_GENDER = {noun: gender for gender, nouns in GENDERS.items() for noun in nouns}
_NOMINATIVE = {("der", "masculine"), ("die", "feminine"), ("das", "neuter"), ("eine", "feminine")}
_INDEFINITE = words("ein kein mein dein sein ihr unser")
_AND = {"-": "bis", "–": "bis", "/": "/", "bzw.": "beziehungsweise"}
_WEEKDAYS = {
    "Mo": "Montag", "Di": "Dienstag", "Mi": "Mittwoch", "Do": "Donnerstag", "Fr": "Freitag", "Sa": "Samstag",
    "So": "Sonntag",
}  # fmt: skip
_DAYS = "|".join(_WEEKDAYS)
_HALVES = row("einein zweiein dreiein vierein fünfein sechsein siebenein achtein neunein")
_WITHOUT_ARTICLE = {"masculine": "er", "feminine": "e", "neuter": "es"}
_STEMS = row(
    "nullt erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt "
    "sechzehnt "
    "siebzehnt achtzehnt neunzehnt"
)
_ONES = ("", *row("ein zwei drei vier fünf sechs sieben acht neun"))
_TENS = row("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_BEFORE_DATIVE = words("aus bei mit nach seit unter von vor zu")
_FEMININE = ("ung", "heit", "keit", "schaft", "tion", "tät", "ik", "ur", "enz", "anz", "ei", "in")
_BEGINNINGS = words(
    "Der Die Das Den Dem Des Ein Eine Einen Er Sie Es Wir Ich Ihr Man Am Im In An Auf Aus Bei Mit Nach Seit Von Vor Zu"
    " Zum Zur Als Wenn Da Dann Doch Aber Und Oder Denn Auch Nur So Wie Was Wer Wo Dort Hier Heute Morgen Gestern Damit"
    " Dabei Diese Dieser Dieses Alle Viele Danach Davor Zuvor Später Nun Jetzt Für Über Unter Um Trotz Wegen Laut"
)
"""Words that begin a sentence behind a figure and a full stop."""
_MEN = (
    "Albert|Albrecht|Alexander|Alfons|Benedikt|Carl Gustaf|Charles|Christian|Clemens|Eduard|Ernst August|Felipe"
    "|Ferdinand|Franz|Franz Joseph|Franziskus|Friedrich|Friedrich Wilhelm|Georg|George|Gregor|Gustav|Hassan"
    "|Heinrich|Iwan|Jakob|Johann|Johannes|Johannes Paul|Joseph|Juan Carlos|Karl|Konrad|Leo|Leopold|Ludwig"
    "|Maximilian|Mohammed|Napoleon|Nikolaus|Otto|Paul|Peter|Philipp|Philippe|Pius|Ramses|Richard|Rudolf|Wilhelm"
    "|Willem"
)
_WOMEN = "Beatrix|Elisabeth|Elizabeth|Isabella|Katharina|Margarethe|Margrethe|Maria|Victoria|Viktoria"
_NAMES_IN_S = words("Charles Franziskus Johannes Nikolaus Pius Clemens Ramses Carlos")
_MONTH_NAMES = {
    "Jan": "Januar", "Feb": "Februar", "Febr": "Februar", "Apr": "April", "Aug": "August", "Sep": "September",
    "Sept": "September", "Okt": "Oktober", "Nov": "November", "Dez": "Dezember",
}  # fmt: skip


def ordinal(number: int) -> str:
    """Return the stem of an ordinal from 0 to 99: "dritt", "einundzwanzigst"."""
    if number < len(_STEMS):
        return _STEMS[number]
    tens, ones = _TENS[number // 10 - 2], _ONES[number % 10]
    return f"{ones}und{tens}st" if ones else f"{tens}st"


def _counted(match: re.Match[str]) -> str:
    before, gender = match["before"], _GENDER[match["noun"]]
    ending = _ending(before.strip().lower(), gender, is_first=match.start("numbers") == 0)
    joint = f" {_AND.get(match['and'] or '', match['and'])} ".replace(" /", ",")
    first = f"{ordinal(int(match['first']))}{ending}{joint}" if match["first"] else ""
    return f"{before}{first}{ordinal(int(match['number']))}{ending} {match['noun']}{match['case'] or ''}"


def _in_a_row(match: re.Match[str]) -> str:
    """Return an ordinal before a noun whose gender is not known, by its article; what may begin a sentence stays."""
    article, noun = match["article"].lower(), match["noun"]
    if noun in _BEGINNINGS:
        return match[0]
    is_dative = (match["before"] or "").strip().lower() in _BEFORE_DATIVE | {"in", "an", "auf"}
    is_weak = article in ("die", "das", "eine", "ihre", "seine") or (
        article == "der" and not is_dative and not noun.endswith(_FEMININE)
    )
    return f"{match['before'] or ''}{match['article']} {ordinal(int(match['number']))}{'e' if is_weak else 'en'}"


def _according_to(match: re.Match[str]) -> str:
    return "Laut" if match[0][0] == "L" else "laut"


def _named_above(match: re.Match[str]) -> str:
    is_weak = match["article"].lower() in ("das", "die", "der")
    return f"{match['article']} oben genannte{'' if is_weak else 'n'}"


def _decided(match: re.Match[str]) -> str:
    """Return how a game was decided."""
    said = {"nV": "nach Verlängerung", "iE": "im Elfmeterschießen", "nE": "nach Elfmeterschießen"}
    return f" {said[match['how'].replace('.', '').replace(' ', '')]}{full_stop(match, match['how'])}"


def _ending(article: str, gender: str, *, is_first: bool) -> str:
    """Return the ordinal's ending behind its article; behind a word that is none, as behind "am"."""
    if is_first or (article in _INDEFINITE and gender != "feminine"):
        return _WITHOUT_ARTICLE[gender]
    return "e" if (article, gender) in _NOMINATIVE else "en"


def _reigning(match: re.Match[str]) -> str:
    """Ludwig der Vierzehnte, von Ludwig dem Vierzehnten, Ludwigs des Vierzehnten."""
    preposition, name, end = match["preposition"], match["name"], match["end"]
    stem = ordinal(value(match["numeral"])).capitalize()
    is_genitive = match["genitive"] and name.split()[-1] not in _NAMES_IN_S
    if re.fullmatch(_WOMEN, name):
        said = f"der {stem}en" if preposition or is_genitive else f"die {stem}e"
    elif preposition:
        said = f"dem {stem}en"
    else:
        said = f"des {stem}en" if is_genitive else f"der {stem}e"
    return f"{preposition}{name}{match['genitive']} {said}" + ("." if end is not None else "")


def _clock(match: re.Match[str]) -> str:
    minutes = int(match["minutes"])
    return f"{match['hours']} Uhr {minutes}" if minutes else f"{match['hours']} Uhr"


def _weekday(match: re.Match[str]) -> str:
    return _WEEKDAYS[match[1]]


def _following(match: re.Match[str]) -> str:
    """Return what "S. 12 f." and "§§ 5 ff." mean: one page behind it, or several."""
    return f" {'folgende' if match['pages'] == 'f' else 'fortfolgende'}{full_stop(match, match[0])}"


def _day(match: re.Match[str]) -> str:
    """Return "24. Dezember" for "24.12."; the case is left to the rule for what is counted."""
    month = int(match["month"])
    if not (1 <= month <= 12 and 1 <= int(match["day"]) <= 31):
        return match[0]
    year = f" {match['year']}" if match["year"] else ""
    return f"{match['before']}{match['day']}. {row(MONTHS)[month - 1]}{year}{full_stop(match, match[0]) * (not year)}"


def _century(match: re.Match[str]) -> str:
    """1990 as 19 hundred 90, as years are said; sums and numbers of people may be said so too."""
    rest = int(match["rest"])
    return f"{match['hundreds']}hundert{rest or ''}"


_NOUNS = "|".join(sorted(_GENDER, key=lambda noun: (-len(noun), noun)))
_NAME = r"[A-ZÄÖÜ][a-zäöüßé]{1,30}"
_END = r"(?=[\"'”’“»)\]]*$)"
RULE: Rule = in_order(
    addresses("Punkt", "ät", "Hashtag", spell_countries=True),
    signs("de"),
    replacing(rf"(?<![\w.,:])(?P<hours>[01]?\d|2[0-4])[.:](?P<minutes>[0-5]\d){SPACE}(?:Uhr|h)(?!\w)", _clock),
    replacing(r"(?<![\w.,:])(?P<hours>[01]?\d|2[0-4])h(?P<minutes>[0-5]\d)(?!\w)", _clock),
    replacing(rf"(?<!\w)v\.(?={SPACE}\d\d?\.{SPACE}?(?:\d|[A-Z]))", "vom"),
    replacing(rf"(?<!\w)(?:lt\.|Lt\.(?={SPACE}(?:§|Polizei|Angabe|Bericht|Gesetz|Artikel|Art\.)))", _according_to),
    replacing(r"(?<!\w)lit\.(?= ?[a-z](?!\w))", "Buchstabe"),
    replacing(rf"(?<![\w.])Dr\.(?={SPACE}(?:med|phil|jur|iur|rer|theol|habil|h)\.)", "Doktor"),
    replacing(r"(?<![\w.])(?P<article>[Dd](?:as|ie|er|en|em|es)|[Ii]m|[Zz]um|[Vv]om|[Bb]eim) o\. ?g\.", _named_above),
    replacing(rf"(?<=[\d)]){SPACE}(?P<how>n\. ?V\.|i\. ?E\.|n\. ?E\.){AT_END}", _decided),
    coordinates("de"),
    replacing(rf"(?<!\w)({_DAYS})\.(?=,{SPACE}|{SPACE}?[–-]{SPACE}?(?:{_DAYS})\.)", _weekday),
    replacing(rf"(?<=tag){SPACE}?[–-]{SPACE}?({_DAYS})\.(?!\w)", lambda match: f" bis {_WEEKDAYS[match[1]]}"),
    replacing(rf"(?<![\w.,])([1-9]){SPACE}?½", lambda match: f"{_HALVES[int(match[1]) - 1]}halb"),
    dates(MONTHS, "{day}. {month} {year}"),
    one_by_one("plus"),
    replacing(
        rf"(?P<before>\b(?:[Aa]m|[Vv]om|[Zz]um|[Bb]is|[Aa]b|[Ss]eit|[Dd]en|[Dd]em|und){SPACE})(?P<day>\d\d?)\.{SPACE}?"
        rf"(?P<month>1[0-2]|0?[1-9])\.(?P<year>\d\d(?![\w]|[.,]\d))?(?!\d){AT_END}",
        _day,
    ),
    replacing(rf"(?<=\d\.)({SPACE})({'|'.join(_MONTH_NAMES)})\.(?!\w)", lambda match: f" {_MONTH_NAMES[match[2]]}"),
    replacing(rf"(?<![\w.])({NUMERAL})\.(?={SPACE}(?:{_NOUNS})(?!\w))", lambda match: f"{value(match[1])}."),
    replacing(rf"(?<=\d\.{SPACE})Jh\.{AT_END}", lambda match: "Jahrhundert" + full_stop(match, match[0])),
    replacing(
        rf"(?P<before>\b[^\W\d_]{{1,30}}{SPACE}|)(?<![\w.,])(?P<numbers>"
        rf"(?:(?P<first>\d\d?)\.{SPACE}?(?P<and>und|oder|bzw\.|bis|bis zum|sowie|[-–/]){SPACE}?)?(?P<number>\d\d?)\.)"
        rf"{SPACE}(?P<noun>{_NOUNS})(?P<case>e?s)?(?!\w)",
        _counted,
    ),
    money(CURRENCIES, MAGNITUDES, one_is_singular, cents=" {}", per=PER),
    measures(UNITS, one_is_singular),
    replacing(
        rf"(?P<before>\b[^\W\d_]{{1,30}}{SPACE})?\b(?P<article>[Dd]er|[Dd]ie|[Dd]as|[Dd]en|[Dd]em|[Dd]es|[Ii]m|[Aa]m|[Vv]om"
        rf"|[Zz]um|[Zz]ur|[Bb]eim|[Ee]ine|[Ee]inen|[Ee]inem|[Ee]iner|[Ii]hre|[Ss]eine){SPACE}(?P<number>\d\d?)\."
        rf"(?={SPACE}(?P<noun>[A-ZÄÖÜ][a-zäöüß]{{2,}}))",
        _in_a_row,
    ),
    replacing(r"(?<![\w.,:])(\d\d?):(\d)(?![\d:]|\.\d)", r"\1 zu \2"),
    ranges("bis", "zu"),
    replacing(
        rf"(?P<preposition>\b(?:{'|'.join(sorted(_BEFORE_DATIVE))}){SPACE}(?:{_NAME}{SPACE}){{0,2}}?|)"
        rf"(?<![\w-])(?P<name>{_MEN}|{_WOMEN})(?P<genitive>s?){SPACE}(?P<numeral>{NUMERAL})\.(?P<end>{_END})?",
        _reigning,
    ),
    replacing(
        rf"(?<![\w.'’])(Hartz-)?({SEVERAL_LETTERS})(?=\.{_END}|(?![\w'’.]))",
        lambda match: f"{match[1] or ''}{value(match[2])}",
    ),
    replacing(r"(?<![\w.,:/+-])(?P<hundreds>1[1-9])(?P<rest>\d\d)(?=er\b|\b(?![.,:]\d))", _century),
    replacing(rf"(?<=\d){SPACE}(?P<pages>ff?)\.(?!\w){AT_END}", _following),
    replacing(rf"†{SPACE}(?=\d)", "gestorben "),
    replacing(r"§§(?=[ \u00a0]?\d)", "Paragraphen"),
    replacing(r"(?<=[a-zß])str\.(?=\s?\d)", "straße"),
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE),
    initialisms(SPELLED, SAID, between="-"),
)
