"""Write words with IPA as eSpeak NG's phonemes, `[[b@gh'u:z]]`, in the text that it gets.

eSpeak NG takes no IPA: inside its brackets it says what it knows of it and silently drops the rest. So each word is
written in its own notation by the table here, told back in IPA by the voice that is to say it, and compared; where the
two differ, what is written is said. Only the table's own characters ever stand inside brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from audio_edition.speak.ipa import decomposed, same_sound

VERSION = 1
"""To be raised with each change that is heard: clips are kept under it."""

LONGEST = 120
"""Characters of IPA; eSpeak NG drops what is too much for one word."""

_TABLE = """
p p · b b · t t · d d · k k · ɡ g · q q · ʔ ? · c c · ɟ J · ʈ t. · ɖ d. · ɢ G
m m · n n · ŋ N · ɲ n^ · ɳ n. · ɴ N"
f f · v v · θ T · ð D · s s · z z · ʃ S · ʒ Z · ç C · ʝ J^ · x x · ɣ Q · χ X · ʁ r Q" r" R · ʀ r" R · ħ H · ʕ A · h h
ɸ F · β B · ʂ s. · ʐ z. · ɕ S; · ʑ Z; · ɬ l# · tʃ tS · dʒ dZ · tɕ tS; · dʑ dZ; · ts ts · dz dz
l l · ɫ L · ɭ l. · ʎ l^ · r R r · ɹ r · ɻ r · ɾ * r · ɽ r. · j j · w w · ʍ w# w · ʋ v# v · ɥ w/ j. y
a a a# aa · aː a: aa A: · æ a · æː &: aa a · ɐ a# a · ɑ A A: A# a · ɑː A: a: · ɒ 0 O A: · ɒː A@ A:
ɔ O O2 · ɔː O: O · o o o: · oː o: oU O: · ɤ o- · ʌ V · ə @ · əː 3: @ · ɜ 3: E · ɜː 3: · ɞ W 3: · ɘ @ · ɵ 8 @
ɛ E E# · ɛː E: e@ E · e e E · eː e: eI e · i i i: · iː i: i · ɪ I I2 i · ᵻ I# I2 I · ɨ i" i · ʉ u" u: u
y y · yː y: y · ʏ y I · ø Y · øː Y: Y · œ W · œː W: W · ɯ u" u- u · u u u: · uː u: u · ʊ U u
aɪ aI · aʊ aU · eɪ eI · oʊ oU · əʊ oU · ɔɪ OI · oɪ OI oI
ɑːɹ A@ · ɔːɹ O@ o@ · oːɹ o@ O@ · ɛɹ e@ · ɪɹ i@3 · ʊɹ U@ · aɪɚ aI3 · ɚ 3 · ɝ 3: · ɜːɹ 3: · ɜɹ 3: · əɹ 3
ɪə i@ · eə e@ · ɛə e@ · ʊə U@
ɑ̃ A~ · ɔ̃ O~ · ɛ̃ E~ · œ̃ W~ W · ã a~ A~ · õ o~ O~ · ẽ e~ E~ · ĩ i~ · ũ u~
tʰ t# t · pʰ p# p · kʰ k# k · bʰ b# · dʰ d# · ɡʰ g# · ʈʰ t.# · ɖʰ d.#
tʲ t; · dʲ d; · nʲ n; n^ · sʲ s; · zʲ z; · lʲ l^ l · rʲ R; R · pʲ p; · bʲ b; · mʲ m; · fʲ f; · vʲ v; · kʲ k; · ɡʲ g;
tˤ t[ · dˤ dH · sˤ s[ · ðˤ D
"""
"""A sound, and the names that eSpeak NG's voices have for it, the one to try first leading."""

_NAMES: dict[str, tuple[str, ...]] = {
    decomposed(sound): tuple(names)
    for sound, *names in (entry.split() for line in _TABLE.strip().splitlines() for entry in line.split(" · "))
}
_LONGEST_SOUND = max(map(len, _NAMES))
_SIGNS = {"ˈ": "'", "'": "'", "ˌ": ",", " ": "||", "‿": "", ".": "", "|": "", "ː": "", "ˑ": ""}
_UNWRITTEN = re.compile("[\u035c\u0361\u0329\u032f\u030a\u0325]")
_RHOTIC = re.compile(r"(?:[ɜ]ː?|[ɑɔo]ː|[ɛɪʊə])ɹ(?=[aæɐɑɒɔoʌəɜɛeiɪuʊ])")
_BRACKETS = str.maketrans("[]", "()")

Tell = Callable[[str], str]
"""What the voice says of a text in which `[[...]]` holds phonemes, in IPA."""


class Pronunciation(Protocol):
    """As in `model`, of which the process that speaks imports nothing: it is to start quickly."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def ipa(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text with phonemes in it; `places[i]` is the character of the spoken text that character i stands for, and
    `said` are the pronunciations that are in it."""

    text: str
    places: tuple[int, ...]
    said: tuple[Pronunciation, ...]


def rendered(spoken: str, pronunciations: Iterable[Pronunciation], language: str, tell: Tell) -> Rendered:
    """Return the spoken text with those pronunciations that the voice says as wished. Nothing else in it opens
    phonemes."""
    text, places, said, done = "", [], [], 0
    for part in pronunciations:
        if phonemes := mnemonics(part.ipa, language, tell):
            # The space keeps a quotation mark or bracket before it from swallowing the phonemes.
            inside = f" [[{phonemes}]]"
            text += _as_text(spoken[done : part.start]) + inside
            places += [*range(done, part.start), *[part.start] * len(inside)]
            said.append(part)
            done = part.end
    text += _as_text(spoken[done:])
    return Rendered(text, (*places, *range(done, len(spoken))), tuple(said))


def mnemonics(ipa: str, language: str, tell: Tell) -> str:
    """Return the IPA in eSpeak NG's notation, or "" where this voice would say something else."""
    if len(ipa) > LONGEST:
        return ""
    words = [list(_sounds(word)) for word in decomposed(ipa).split()]
    if not words or not all(map(_is_sayable, words)):
        return ""
    phonemes = "||".join("".join(_stressed([_name(sound, tell) for sound in word])) for word in words)
    return phonemes if same_sound(ipa, tell(f"[[{phonemes}]]"), language) else ""


def _is_sayable(word: list[str]) -> bool:
    """Return whether there is a sound in it, and nothing that is neither sound nor sign."""
    return not _NAMES.keys().isdisjoint(word) and all(sound in _NAMES or sound in _SIGNS for sound in word)


def _as_text(spoken: str) -> str:
    """Return the text with round brackets for square ones: they sound alike, and square ones could open phonemes."""
    return spoken.translate(_BRACKETS)


def _sounds(word: str) -> Iterator[str]:
    """Yield the sounds and signs of a word in IPA, the longest that the table knows first."""
    word = _UNWRITTEN.sub("", word).replace("g", "ɡ")
    place = 0
    while place < len(word):
        longest = range(min(_LONGEST_SOUND, len(word) - place), 0, -1)
        size = next((size for size in longest if word[place : place + size] in _NAMES), 1)
        if _RHOTIC.match(word, place) and word[place + size - 1] == "ɹ":
            size -= 1  # an r before a vowel belongs to that
        yield word[place : place + size]
        place += size


def _name(sound: str, tell: Tell) -> str:
    """Return what this voice calls a sound: the first name by which it says it, else the first."""
    names = _NAMES.get(sound) or (_SIGNS[sound],)
    if len(names) == 1:
        return names[0]
    return next((name for name in names if tell(f"[[p{name}p]]") == f"p{sound}p"), names[0])


def _stressed(names: list[str]) -> list[str]:
    """Return the names of the sounds of a word of one syllable with a stress, which is often not written."""
    return names if "'" in names or "," in names else ["'", *names]
