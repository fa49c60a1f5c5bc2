"""Say each emoji by a short English name, parted by commas, and a row of one once.

eSpeak NG says "red" for a red heart and "thumbs medium" for a thumb: it failures over the signs of colour and form.
"""

from __future__ import annotations

import re
import unicodedata

NAMES = {
    "❤": "red heart", "♥": "red heart", "🧡": "orange heart", "💔": "broken heart", "😂": "tears of joy",
    "🤣": "rolling with laughter", "😊": "smiling face", "☺": "smiling face", "🙂": "smiling face",
    "😃": "smiling face", "😄": "smiling face", "😁": "beaming face", "😅": "nervous laugh", "😍": "heart eyes",
    "🥰": "smiling face with hearts", "😘": "blowing a kiss", "😎": "sunglasses face", "😢": "crying face",
    "😭": "sobbing face", "😡": "angry face", "😠": "angry face", "🤔": "thinking face", "😱": "screaming face",
    "😉": "winking face", "🙄": "rolling eyes", "😴": "sleeping face", "🤷": "shrug", "🤦": "face palm",
    "👍": "thumbs up", "👎": "thumbs down", "👏": "clapping hands", "🙏": "folded hands", "🙌": "raised hands",
    "👋": "waving hand", "💪": "flexed arm", "✌": "victory sign", "🤝": "handshake", "👌": "okay sign",
    "✊": "raised fist", "🔥": "fire", "🎉": "party popper", "✨": "sparkles", "⭐": "star", "🌟": "star", "★": "star",
    "💯": "hundred points", "✅": "tick", "✔": "tick", "✓": "tick", "❌": "cross", "⚠": "warning", "❗": "",
    "‼": "", "❓": "", "☆": "", "♪": "", "♫": "", "☀": "sun", "☎": "telephone", "📞": "telephone",
    "📱": "mobile phone", "✈": "aeroplane", "⚽": "football", "🏆": "trophy", "🌍": "globe", "🌎": "globe",
    "🌏": "globe", "👇": "", "👉": "", "👈": "", "👆": "", "➡": "",
}  # fmt: skip
"""Where the Unicode name is not what one would say; signs that only point or shout are silent."""

_SHAPES = "\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff"
_PICTURE = (
    "[\u203c\u231a\u231b\u23e9-\u23f3\u2600-\u2757\u2763\u2764\u2795-\u2797\u27a1\u27b0\u2b50\u2b55"
    "\U0001f300-\U0001f3fa\U0001f400-\U0001faff]"
)
_ONE = rf"(?:[\U0001f1e6-\U0001f1ff]{{2}}|{_PICTURE}[{_SHAPES}]*(?:\u200d{_PICTURE}[{_SHAPES}]*)*)"
_EMOJI = re.compile(rf"[ \u00a0]{{0,2}}(?P<signs>{_ONE}(?:[ \u00a0]?{_ONE})*+)[ \u00a0]{{0,2}}")
_SIGN = re.compile(_ONE)
_STARS = re.compile(r"(?<![★☆])(?P<full>★{2,5})☆{0,4}(?![★☆])")
_MARKS = ",;:.!?…"
_REGIONAL_A = 0x1F1E6


def as_pictures(text: str) -> str:
    """Return the text with names for its pictures."""
    text = _STARS.sub(lambda stars: f"{len(stars['full'])} stars", text)
    return _EMOJI.sub(_named, text)


def _named(match: re.Match[str]) -> str:
    names = ", ".join(dict.fromkeys(name for name in map(_name, _SIGN.findall(match["signs"])) if name))
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if not names:
        return " " * bool(before and after.isalnum() and match[0])
    comma_before = "" if not before or before in _MARKS + "([“\"'‘" else ","
    comma_after = "" if not after or after in _MARKS + ")]”\"'’—" else ","
    return (
        comma_before
        + " " * bool(before) * (before not in "([“\"'‘")
        + names
        + comma_after
        + " " * bool(comma_after or after == "—")
    )


def _name(sign: str) -> str:
    """Return a name for one emoji: of a flag its letters, of several joined into one the first."""
    first = sign[0]
    if ord(first) >= _REGIONAL_A and len(sign) == 2 and ord(sign[1]) >= _REGIONAL_A and ord(first) <= _REGIONAL_A + 25:
        return "flag " + "-".join(chr(ord(letter) - _REGIONAL_A + ord("A")) for letter in sign)
    if first in NAMES:
        return NAMES[first]
    return unicodedata.name(first, "").lower().replace("-", " ")
