"""Say places of the Bible and the Koran in English: "Ps. 23:1-3" as "Psalm 23, verses 1 to 3".

"John 3:16" is read as a time, which is how people say it; with one figure behind the colon, or three, engines say
"colon".
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.times import SCRIPTURE

SHORT = {
    "Ps": "Psalm", "Pss": "Psalms", "Gen": "Genesis", "Ex": "Exodus", "Exod": "Exodus", "Lev": "Leviticus",
    "Num": "Numbers", "Deut": "Deuteronomy", "Josh": "Joshua", "Judg": "Judges", "Sam": "Samuel", "Kgs": "Kings",
    "Chr": "Chronicles", "Chron": "Chronicles", "Neh": "Nehemiah", "Prov": "Proverbs", "Eccl": "Ecclesiastes",
    "Isa": "Isaiah", "Jer": "Jeremiah", "Lam": "Lamentations", "Ezek": "Ezekiel", "Dan": "Daniel", "Hos": "Hosea",
    "Mic": "Micah", "Hab": "Habakkuk", "Zech": "Zechariah", "Mal": "Malachi", "Matt": "Matthew", "Mt": "Matthew",
    "Mk": "Mark", "Lk": "Luke", "Jn": "John", "Rom": "Romans", "Cor": "Corinthians", "Gal": "Galatians",
    "Eph": "Ephesians", "Phil": "Philippians", "Col": "Colossians", "Thess": "Thessalonians", "Tim": "Timothy",
    "Tit": "Titus", "Heb": "Hebrews", "Jas": "James", "Pet": "Peter", "Rev": "Revelation",
}  # fmt: skip
"""Books by their abbreviations, which are nothing else before a chapter and a verse."""

_BOOKS = "|".join(sorted({*SHORT, *SCRIPTURE}, key=lambda book: (-len(book), book)))
_PLACE = re.compile(
    rf"(?<![\w.])(?P<book>{_BOOKS})"
    r"\.?[ \u00a0](?P<chapter>\d{1,3}):(?P<verse>\d{1,3})"
    r"(?:[-–](?:(?P<last_chapter>\d{1,3}):)?(?P<last>\d{1,3}))?(?![\w:]|[.,]\d|[-–]\d)"
)


def as_verses(text: str) -> str:
    """Return the text with chapters and verses in words."""
    return _PLACE.sub(_in_words, text)


def _in_words(match: re.Match[str]) -> str:
    written, chapter, verse, last = match["book"], match["chapter"], match["verse"], match["last"]
    book = f"{SHORT.get(written, written)} {chapter}"
    if match["last_chapter"]:
        return f"{book}, verse {verse}, to {match['last_chapter']}, verse {last}"
    if last:
        return f"{book}, verses {verse} to {last}"
    reads_as_time = len(verse) == 2 and verse < "60" and int(chapter) < 24
    return f"{book}:{verse}" if reads_as_time else f"{book}, verse {verse}"
