"""Say English titles and abbreviations in full: "Lt. Col. Smith", "No. 10", "Calif.".

Engines pause at their full stops or spell them. "Mr.", "Dr.", "St." before a name, "etc." and "e.g." are read right.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.full_stops import goes_on
from audio_edition.script.normalisation.roman_numerals import SEVERAL_LETTERS

TITLES = {
    "Adm": "Admiral", "Amb": "Ambassador", "Ald": "Alderman", "Atty": "Attorney", "Brig": "Brigadier",
    "Capt": "Captain", "Cdr": "Commander", "Cmdr": "Commander", "Cmdre": "Commodore", "Col": "Colonel",
    "Const": "Constable", "Cpl": "Corporal", "Cllr": "Councillor", "Det": "Detective", "Fr": "Father",
    "Gen": "General", "Gov": "Governor", "Govs": "Governors", "Hon": "Honourable", "Insp": "Inspector",
    "Lt": "Lieutenant", "Maj": "Major", "Messrs": "Messers", "Mlle": "Mademoiselle", "Mme": "Madame", "Ms": "Miz",
    "Mx": "Mux", "Pfc": "Private first class", "Pres": "President", "Prof": "Professor", "Profs": "Professors",
    "Pte": "Private", "Pvt": "Private", "Rep": "Representative", "Reps": "Representatives", "Rev": "Reverend",
    "Revd": "Reverend", "Sec": "Secretary", "Sen": "Senator", "Sens": "Senators", "Sgt": "Sergeant",
    "Supt": "Superintendent", "Spc": "Specialist", "Ven": "Venerable",
}  # fmt: skip
"""What stands before a name or another title, with or without a full stop."""

ONLY_WITH_STOP = frozenset(["Ald", "Const", "Det", "Hon", "Pres", "Rep", "Reps", "Sec", "Ven"])
"""Titles that are other words or initials without a full stop."""

STATES = {
    "Ala": "Alabama", "Ariz": "Arizona", "Ark": "Arkansas", "Calif": "California", "Colo": "Colorado",
    "Conn": "Connecticut", "Del": "Delaware", "Fla": "Florida", "Ga": "Georgia", "Ill": "Illinois", "Ind": "Indiana",
    "Kan": "Kansas", "Kans": "Kansas", "Ky": "Kentucky", "La": "Louisiana", "Mass": "Massachusetts",
    "Md": "Maryland", "Mich": "Michigan", "Minn": "Minnesota", "Miss": "Mississippi", "Mo": "Missouri",
    "Mont": "Montana", "Neb": "Nebraska", "Nev": "Nevada", "Okla": "Oklahoma", "Ore": "Oregon", "Pa": "Pennsylvania",
    "Penn": "Pennsylvania", "Tenn": "Tennessee", "Tex": "Texas", "Va": "Virginia", "Vt": "Vermont",
    "Wash": "Washington", "Wis": "Wisconsin", "Wyo": "Wyoming", "N.C": "North Carolina", "N.D": "North Dakota",
    "N.H": "New Hampshire", "N.J": "New Jersey", "N.M": "New Mexico", "N.Y": "New York", "R.I": "Rhode Island",
    "S.C": "South Carolina", "S.D": "South Dakota", "W.Va": "West Virginia", "W. Va": "West Virginia",
    "Ont": "Ontario", "Que": "Quebec", "Alta": "Alberta", "Sask": "Saskatchewan",
}  # fmt: skip
"""What stands behind a town and a comma, with its full stop."""

POSTAL = {
    "AK": "Alaska", "AR": "Arkansas", "AZ": "Arizona", "CA": "California", "CT": "Connecticut",
    "FL": "Florida", "GA": "Georgia", "IA": "Iowa", "IL": "Illinois", "KS": "Kansas", "KY": "Kentucky",
    "MI": "Michigan", "MN": "Minnesota", "MO": "Missouri", "NC": "North Carolina", "NE": "Nebraska",
    "NJ": "New Jersey", "NM": "New Mexico", "NV": "Nevada", "NY": "New York", "OH": "Ohio",
    "SC": "South Carolina", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VA": "Virginia",
    "WI": "Wisconsin", "WV": "West Virginia",
}  # fmt: skip
"""The same in two capitals; not those that are also something else behind a comma (LA, PA, MD, WA)."""

BEFORE_NUMBER = {
    "No": "number", "no": "number", "Nos": "numbers", "nos": "numbers", "p": "page", "pp": "pages",
    "pg": "page", "vol": "volume", "vols": "volumes", "ch": "chapter", "chap": "chapter", "fig": "figure",
    "figs": "figures", "art": "article", "sec": "section", "para": "paragraph", "approx": "approximately",
    "c": "circa", "ca": "circa", "est": "established", "b": "born", "temp": "temperature", "ext": "extension",
    "apt": "apartment",
    "rte": "route", "hwy": "highway", "ver": "version", "ed": "edition", "eq": "equation", "eqs": "equations",
    "rm": "room", "bldg": "building", "tab": "table", "tel": "telephone", "flr": "floor",
    "Ps": "Psalm",
}  # fmt: skip
"""What stands before a number, with its full stop; each also with a capital."""

BEHIND_NAME = {
    "Jr": "Junior", "Sr": "Senior", "Inc": "Incorporated", "Corp": "Corporation", "Co": "Company",
    "Bros": "Brothers", "Cos": "Companies", "Ave": "Avenue", "Rd": "Road", "Blvd": "Boulevard", "St": "Street",
    "Ln": "Lane", "Sq": "Square", "Hwy": "Highway", "Pkwy": "Parkway", "Univ": "University", "Assn": "Association",
    "Assoc": "Association", "Dept": "Department", "Mfg": "Manufacturing", "Intl": "International",
}  # fmt: skip
"""What stands behind a name, with its full stop; Jr, Sr, Ave, Rd, Blvd and St also without."""

BEFORE_PLACE = {"Mt": "Mount", "Mts": "Mounts", "Ft": "Fort", "Pt": "Point", "Univ": "University", "U": "University"}
"""What stands before a name of a place."""

ANYWHERE = {
    "vs": "versus", "approx": "approximately", "govt": "government", "Govt": "Government", "dept": "department",
    "incl": "including", "excl": "excluding", "max": "maximum", "min": "minimum", "avg": "average",
    "assn": "association", "a.k.a": "also known as", "Ph.D": "PhD", "D.Phil": "DPhil", "B.Sc": "BSc", "M.Sc": "MSc",
    "Ed.D": "E-D-D", "cf": "compare", "misc": "miscellaneous", "Xmas": "Christmas", "tel": "telephone",
    "Tel": "Telephone",
}  # fmt: skip
"""What is the same wherever it stands, with its full stop."""

WITHOUT_STOP = {
    "vs": "versus", "govt": "government", "Govt": "Government", "aka": "also known as", "ie": "i.e.",
    "approx": "approximately", "tsp": "teaspoon", "tbsp": "tablespoon",
    "Xmas": "Christmas", "Ft Lauderdale": "Fort Lauderdale", "Ft Worth": "Fort Worth",
    "Mt Everest": "Mount Everest",
}  # fmt: skip


_ALSO_OTHERWISE = {"LA": "Louisiana", "MA": "Massachusetts", "MD": "Maryland", "ME": "Maine", "OR": "Oregon",
                   "PA": "Pennsylvania", "WA": "Washington", "ID": "Idaho", "IN": "Indiana", "DE": "Delaware",
                   "HI": "Hawaii", "CO": "Colorado", "OK": "Oklahoma", "AL": "Alabama", "MS": "Mississippi",
                   "MT": "Montana", "ND": "North Dakota", "SD": "South Dakota", "NH": "New Hampshire",
                   "RI": "Rhode Island", "VT": "Vermont", "WY": "Wyoming"}  # fmt: skip
"""States that are something else behind a comma, and sure behind a party."""


def _any(table: dict[str, str] | frozenset[str]) -> str:
    return "|".join(re.escape(entry) for entry in sorted(table, key=lambda entry: (-len(entry), entry)))


_TITLE_STOPPED = re.compile(
    rf"(?<![\w.])(?P<title>{_any(TITLES)})\.(?! [XYZ](?![\w.]))"
    r"(?=[ \u00a0-][\"“(]?(?:[A-Z]|\d(?:st|nd|rd)\b)| \(| ?(?:of [A-Z]|(?:van|von|de|al|bin)\b))"
)
_TITLE = re.compile(
    rf"(?<![\w.])(?P<title>{_any(frozenset(TITLES) - ONLY_WITH_STOP)})(?=[ \u00a0-][A-Z]"
    rf"(?:[a-z'’]+[A-Za-z]*|\.? [A-Z])[\w.'’-]*)(?! (?:[XYZ](?:ers?)?|Alpha|Con)\b)"
)
_STATE = re.compile(rf"(?<=[a-z.)é]), (?P<state>{_any(STATES)})\.(?P<comma>,?)")
_PARTY = re.compile(rf"\b(?P<party>[DRI])-(?P<state>{_any(STATES)})\.")
_PARTY_POSTAL = re.compile(rf"(?<=\()(?P<party>[DRI])-(?P<state>{_any(POSTAL | _ALSO_OTHERWISE)})(?=\))")
_POSTAL = re.compile(rf"(?P<town>[A-Z][a-z]+), (?P<state>{_any(POSTAL)})(?=[ ,.;)]|$)(?! [a-z]+ing\b)")
_BEFORE_NUMBER = frozenset([*BEFORE_NUMBER, *(word.capitalize() for word in BEFORE_NUMBER if len(word) > 1)])
_NUMBERED = re.compile(rf"(?<![\w.@-])(?P<word>{_any(_BEFORE_NUMBER)})\.[ \u00a0]?(?=#?\d|{SEVERAL_LETTERS}(?![\w.]))")
_DIED = re.compile(r"(?<![\w.])d\. ?(?=1\d{3}(?!\d)|20\d\d(?!\d))")
_YEAR_BEHIND = re.compile(r"[12]\d{3}(?!\d)")
_NO = re.compile(
    r"(?<![\w.-])(?:(?P<word>No)[ \u00a0](?=\d{1,3}(?![\w,]|\.\d))|(?P<many>Nos)[ \u00a0](?=\d{1,3}(?!\w|[.,]\d)))"
)
_NUMERO = re.compile(r"№[ \u00a0]?(?=\d)")
_BEHIND = re.compile(
    rf"(?<=[\w'’),])(?P<gap>,? )(?P<word>{_any(BEHIND_NAME)})(?P<stop>\.)(?P<possessive>['’]s)?"
    r"|(?<=[a-z])(?P<gap2>,? )(?P<word2>Jr|Sr|Ave|Rd|Blvd)(?![\w.])"
)
_NAME_BEHIND = re.compile(r"[ \u00a0][A-Z]")
_STREET = re.compile(r"(?<=[a-z]) St(?P<stop>\.?)(?! ?[A-Z][a-z]+['’]s\b)(?=[,;:.!?)\"”’]|$|\s[a-z])")
_BEFORE_PLACE = re.compile(rf"(?<![\w.])(?P<word>{_any(BEFORE_PLACE)})\.(?=[ \u00a0](?:of )?[A-Z][a-z])")
_ANYWHERE = re.compile(rf"(?<![\w.])(?P<word>{_any(ANYWHERE)})\.(?!\w)")
_WITHOUT_STOP = re.compile(rf"(?<![\w.@-])(?P<word>{_any(WITHOUT_STOP)})(?![\w@-]|\.\w)")
_AT_END = re.compile(r"[\"'”’)\]]*$")
_CASE = re.compile(r"(?<=[a-z]) v\.? (?=[A-Z])")
_CAPITALIZED_BEFORE = re.compile(r"(?:^|[ (“\"'‘])(?:[A-Z][\w'’&-]*|\d+(?:st|nd|rd|th)|&),?$")


def in_full(text: str) -> str:
    """Return the text with its abbreviations in full."""
    text = states_in_full(text)
    text = _TITLE.sub(
        lambda match: TITLES[match["title"]], _TITLE_STOPPED.sub(lambda match: TITLES[match["title"]], text)
    )
    text = _DIED.sub("died ", text)
    text = _NUMERO.sub("number ", _NO.sub(_numbered_no, _NUMBERED.sub(_numbered, text)))
    text = _BEFORE_PLACE.sub(lambda match: BEFORE_PLACE[match["word"]], text)
    text = _STREET.sub(_street, _BEHIND.sub(_behind, text))
    text = _ANYWHERE.sub(_anywhere, text)
    return _CASE.sub(" v ", _WITHOUT_STOP.sub(lambda match: WITHOUT_STOP[match["word"]], text))


def states_in_full(text: str) -> str:
    """Towns with their state: "Sacramento, Calif." as "Sacramento, California"."""
    text = _PARTY.sub(lambda match: f"{match['party']}-{STATES[match['state']]}", _STATE.sub(_state, text))
    text = _PARTY_POSTAL.sub(lambda match: f"{match['party']}-{(POSTAL | _ALSO_OTHERWISE)[match['state']]}", text)
    return _POSTAL.sub(lambda match: f"{match['town']}, {POSTAL[match['state']]}", text)


def _state(match: re.Match[str]) -> str:
    stop = "" if match["comma"] or goes_on(match.string, match.end()) else "."
    return f", {STATES[match['state']]}{match['comma']}{stop}"


def _numbered(match: re.Match[str]) -> str:
    word = match["word"]
    if word.lower() == "est" and not _YEAR_BEHIND.match(match.string, match.end()):
        return "estimated "
    return f"{BEFORE_NUMBER.get(word) or BEFORE_NUMBER[word.lower()]} "


def _numbered_no(match: re.Match[str]) -> str:
    return "numbers " if match["many"] else "number "


def _behind(match: re.Match[str]) -> str:
    word = match["word"] or match["word2"]
    if not _CAPITALIZED_BEFORE.search(match.string, max(0, match.start() - 40), match.start()):
        return match[0]
    if word == "St" and _NAME_BEHIND.match(match.string, match.end()):
        return match[0]
    gap = match["gap"] or match["gap2"]
    if word in ("Jr", "Sr"):
        gap = " "
    ends = match["stop"] and not match["possessive"] and not goes_on(match.string, match.end())
    return f"{gap}{BEHIND_NAME[word]}{match['possessive'] or ''}{'.' * bool(ends)}"


def _street(match: re.Match[str]) -> str:
    if not _CAPITALIZED_BEFORE.search(match.string, max(0, match.start() - 40), match.start()):
        return match[0]
    ends = match["stop"] and not goes_on(match.string, match.end())
    return " Street" + "." * bool(ends)


def _anywhere(match: re.Match[str]) -> str:
    return ANYWHERE[match["word"]] + "." * (_AT_END.match(match.string, match.end()) is not None)
