"""Find who speaks: the names before the lines of a dialogue, and those to whom the text gives its quotations.

Only what the text says is taken: `"We row," said Mara Holt.`, `Q: Who rows?`, a quotation with who is quoted below it.
A quotation without a name stays with the narrator, and so do words in quotation marks that nobody says.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from audio_edition.model import Role
from audio_edition.script.plan import Draft, Voiced
from audio_edition.script.tables import words

SAYING = {
    "en": "said|says|asked|asks|added|adds|told|tells|replied|replies|wrote|writes|recalled|recalls|explained|explains"
    "|argued|argues|warned|warns|insisted|insists|noted|notes|continued|continues|answered|answers|whispered|shouted"
    "|cried|joked|jokes|remembered|remembers|admitted|admits|concluded|concludes",
    "fr": "dit|déclare|affirme|explique|ajoute|demande|répond|confie|raconte|souligne|estime|précise|conclut"
    "|a dit|a déclaré|a affirmé|a expliqué|a ajouté|a demandé|a répondu|a souligné|a estimé|a précisé",
    "de": "sagte|sagt|erklärte|erklärt|fragte|fragt|antwortete|antwortet|meinte|meint|betonte|betont|ergänzte|ergänzt"
    "|erzählte|erzählt|berichtete|berichtet|schrieb|schreibt|rief|ruft|so",
    "es": "dijo|dice|afirmó|afirma|explicó|explica|señaló|señala|añadió|añade|preguntó|pregunta|respondió|responde"
    "|contó|cuenta|aseguró|asegura|declaró|declara|recordó|recuerda",
    "it": "ha detto|dice|disse|ha spiegato|spiega|ha affermato|afferma|ha aggiunto|aggiunge|ha chiesto|chiede"
    "|ha risposto|risponde|racconta|ha raccontato|ha dichiarato|dichiara|ricorda",
    "pt": "disse|diz|afirmou|afirma|explicou|explica|acrescentou|acrescenta|perguntou|pergunta|respondeu|responde"
    "|contou|conta|declarou|declara|lembrou|lembra",
}
"""Verbs that give a quotation to somebody, by language."""

NO_NAMES = words(
    "A An The He She It They We You I His Her Their This That These Those There Then But And Or So If When Who What Il"
    " Elle Ils On Le La Les Un Une Er Sie Es Wir Ich Der Die Das Ein Eine El Él Ella Lo Los Las Una Lui Lei Ele Ela O"
    " Os As Um Uma Mr Mrs Ms Dr"
)
"""Words with a capital that begin a sentence rather than a name."""

_TITLE = re.compile(r"(?:(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Sir|Dame|M|Mme|Mlle|Herr|Frau|Sr|Sra|Dra|Dott|Sig)\.? )+")
_NAME_WORD = r"[^\W\d_a-zß-öø-ÿ][\w'’]*(?:-[\w'’]+)*\.?"
_NAME = rf"(?P<name>{_NAME_WORD}(?: (?:(?:de|del|della|da|di|du|la|le|van|von|der|bin|al|el|of) )?{_NAME_WORD}){{0,3}})"
_ASIDE = r"(?:, [^,\"“”«»„]{1,60},)?"
_LABEL = re.compile(
    rf"(?P<label>{_NAME_WORD}(?: (?:{_NAME_WORD}|de|von|van|da|di)){{0,3}})\s?:\s+(?=\S)"
    r"|(?P<letter>[QAF])\. (?=[^\W\d_a-z])"
)
_QUOTATION = re.compile(r"[“«„][^“”«»„]{1,2000}(?:[”“»]|$)|\"[^\"]{1,2000}\"|[「『][^「」『』]{1,2000}[」』]")
_SAID_IN_FULL = re.compile(r"[,.!?…—–。！？][\"”“»」』]?$")
_AND = "and|but|as|et|mais|und|aber|y|pero|e|ma|mas"
_LONGEST_LABEL = 40
_AROUND = 140
_FEWEST_WORDS = 5
"""Words of a quotation without a full stop that is no word or two in quotation marks."""

_FULL_NAME = re.compile(rf"(?<!\w)(?=({_NAME_WORD} (?:(?:de|van|von|bin|al|da) )?[^\W\d_a-zß-öø-ÿ][\w'’-]+))")
_SPEAKING: frozenset[Role] = frozenset({"body", "quote", "list_item", "verse", "definition", "cell"})


def with_speakers(drafts: Sequence[Draft], language: str) -> None:
    """Note in each draft what of it somebody says."""
    speaking = [draft for draft in drafts if draft.role in _SPEAKING]
    labelled = _dialogue(speaking)
    goes_on = ""
    for place, draft in enumerate(speaking):
        text = draft.text.text
        if place in labelled:
            draft.voices, goes_on = (labelled[place],), ""
        elif draft.quoted:
            draft.voices = (Voiced(0, len(text), draft.quoted, 0),)
        else:
            draft.voices = tuple(_quoted(text, (draft.language or language).partition("-")[0].lower(), goes_on))
            goes_on = draft.voices[-1].name if draft.voices and _is_open(text) else ""
    _in_full(speaking, "\n".join(draft.text.text for draft in drafts))
    _opened_before(speaking)


# --- lines of a dialogue


def _dialogue(drafts: Sequence[Draft]) -> dict[int, Voiced]:
    """Return the lines of a dialogue by their places: those behind a name, and what stands between two of them; behind
    the last anybody may speak. A dialogue has two names that come again, or question and answer."""
    lines = {place: found for place, draft in enumerate(drafts) if (found := _labelled(draft.text.text))}
    full = _full_names({line.name for line in lines.values()})
    lines = {place: line._replace(name=full.get(line.name.casefold(), line.name)) for place, line in lines.items()}
    counts = Counter(line.name for line in lines.values())
    again = {name for name, count in counts.items() if count > 1}
    if len(again) < 2 and not {"Q", "A"} <= counts.keys():
        return {}
    # "Note:", which stands once, is nobody; a name in full is.
    lines = {place: line for place, line in lines.items() if line.name in again | {"Q", "A"} or " " in line.name}
    for place, following in itertools.pairwise(sorted(lines)):
        for between in range(place + 1, following):
            lines[between] = Voiced(0, len(drafts[between].text.text), lines[place].name, 0)
    return lines


def _labelled(text: str) -> Voiced | None:
    """Return what is said behind the name that a line begins with."""
    found = _LABEL.match(text)
    name = _as_name(found["label"] or found["letter"]) if found and found.end() <= _LONGEST_LABEL else ""
    return Voiced(found.end(), len(text), name, 0) if found and name else None


def _full_names(names: Collection[str]) -> dict[str, str]:
    """Return the full name for a first name or surname, in small letters, that only one of the names has."""
    by_part: dict[str, set[str]] = {}
    for name in names:
        if " " in name:
            for part in {name.split(" ")[0].casefold(), name.split(" ")[-1].casefold()}:
                by_part.setdefault(part, set()).add(name)
    return {part: next(iter(found)) for part, found in by_part.items() if len(found) == 1}


# --- quotations


def _quoted(text: str, language: str, goes_on: str) -> Iterator[Voiced]:
    """Yield the quotations of a paragraph that are given to somebody: each to who is named beside it; all to one who
    alone is named. `goes_on` is whose quotation of the paragraph before has not ended."""
    quotations = list(_QUOTATION.finditer(text))
    names = [_name_beside(text, quotation.span(), language) for quotation in quotations]
    if quotations and goes_on and quotations[0].start() == 0 and not names[0]:
        names[0] = goes_on
    only = next(iter({name for name in names if name}), "") if len({name for name in names if name}) == 1 else ""
    for quotation, name in zip(quotations, names, strict=True):
        said = name or (only if _is_said(quotation[0]) else "")
        if said:
            yield Voiced(quotation.start(), quotation.end(), said, quotation.start())


def _name_beside(text: str, span: tuple[int, int], language: str) -> str:
    """Return who is named as saying a quotation, right behind or right before it."""
    verbs = SAYING.get(language)
    if not verbs:
        return ""
    before, behind = text[max(0, span[0] - _AROUND) : span[0]], text[span[1] : span[1] + _AROUND]
    for found in (
        re.match(rf"[,.]?\s?(?:{verbs}) {_NAME}", behind),
        re.match(rf"[,.]?\s?{_NAME}{_ASIDE} (?:{verbs})\b(?![^.!?]{{0,60}}:\s?[\"“«„])", behind),
        re.search(rf"(?:^|[.!?…;,\"”»] |\b(?:{_AND}) ){_NAME}{_ASIDE} (?:{verbs})(?: \w+){{0,5}}\s?[:,]?\s$", before),
        re.search(rf"\b(?:{verbs}) {_NAME}{_ASIDE}\s?:\s$", before),
    ):
        if found and (name := _as_name(found["name"])):
            return name
    return ""


def _as_name(written: str) -> str:
    """Return a name without titles, in small letters but for the first of each word where all were capitals; empty for
    a word that is no name."""
    name = _TITLE.sub("", f"{written} ").strip().rstrip(".") if " " in written else written.rstrip(".")
    if name.isupper() and len(name) > 3:
        name = " ".join(word.capitalize() for word in name.split())
    return "" if name.split(" ")[0] in NO_NAMES - {"A"} else name


def _is_said(quotation: str) -> bool:
    """Return whether a quotation is a sentence or part of one, rather than a word in quotation marks."""
    return _SAID_IN_FULL.search(quotation) is not None or len(quotation.split()) >= _FEWEST_WORDS


def _is_open(text: str) -> bool:
    """Return whether a paragraph ends inside a quotation."""
    return max(map(text.rfind, "“«「『")) > max(map(text.rfind, "”»」』"))


def _opened_before(drafts: Sequence[Draft]) -> None:
    """Give a quotation of several paragraphs that is named in its last one to that name from its beginning."""
    for draft, following in reversed(list(itertools.pairwise(drafts))):
        text = draft.text.text
        if not draft.voices and following.voices and following.voices[0].start == 0 and _is_open(text):
            start = max(map(text.rfind, "“«「『"))
            draft.voices = (Voiced(start, len(text), following.voices[0].name, start),)


def _in_full(drafts: Sequence[Draft], text: str) -> None:
    """Call each by the full name, where the text has only one of that surname or first name."""
    names = {voiced.name for draft in drafts for voiced in draft.voices}
    if not names:
        return
    full = _full_names(names | {name for found in _FULL_NAME.finditer(text) if (name := _as_name(found[1]))})
    for draft in drafts:
        draft.voices = tuple(
            voiced._replace(name=full.get(voiced.name.casefold(), voiced.name)) for voiced in draft.voices
        )
