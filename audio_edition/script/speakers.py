"""Find who speaks: the names before the lines of a dialogue, and those to whom the text gives its quotations.

Only what the text says is taken: `"We row," said Mara Holt.`, `Q: Who rows?`, a quotation with who is quoted below it.
A quotation without a name stays with the narrator, and so do words in quotation marks that nobody says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from audio_edition.model import Role
from audio_edition.script.dialogue import lines_of_dialogue
from audio_edition.script.names import NAME, NAME_WORD, as_name, full_names
from audio_edition.script.plan import Draft, Voiced

SAYING = {
    "en": "said|says|asked|asks|added|adds|told|tells|replied|replies|wrote|writes|recalled|recalls|explained|explains"
    "|argued|argues|warned|warns|insisted|insists|noted|notes|continued|continues|answered|answers|whispered|shouted"
    "|cried|joked|jokes|remembered|remembers|admitted|admits|concluded|concludes|muttered|murmured|stated|declared"
    "|claimed|claims|announced|promised|confirmed|suggested|suggests|observed|remarked|sighed|screamed|yelled|repeated"
    "|protested|went on",
    "fr": "dit|déclare|affirme|explique|ajoute|demande|répond|confie|raconte|souligne|estime|précise|conclut"
    "|a dit|a déclaré|a affirmé|a expliqué|a ajouté|a demandé|a répondu|a souligné|a estimé|a précisé"
    "|demanda|répondit|ajouta|expliqua|murmura|cria|s'écria|s’écria|déclara|affirma|lança|reprit|répliqua",
    "de": "sagte|sagt|erklärte|erklärt|fragte|fragt|antwortete|antwortet|meinte|meint|betonte|betont|ergänzte|ergänzt"
    "|erzählte|erzählt|berichtete|berichtet|schrieb|schreibt|rief|ruft|so|erwiderte|entgegnete|flüsterte|murmelte"
    "|versicherte|versichert|kritisierte|kritisiert",
    "es": "dijo|dice|afirmó|afirma|explicó|explica|señaló|señala|añadió|añade|preguntó|pregunta|respondió|responde"
    "|contó|cuenta|aseguró|asegura|declaró|declara|recordó|recuerda|contestó|murmuró|exclamó|replicó|gritó",
    "it": "ha detto|dice|disse|ha spiegato|spiega|ha affermato|afferma|ha aggiunto|aggiunge|ha chiesto|chiede"
    "|ha risposto|risponde|racconta|ha raccontato|ha dichiarato|dichiara|ricorda|rispose|chiese|aggiunse|mormorò",
    "pt": "disse|diz|afirmou|afirma|explicou|explica|acrescentou|acrescenta|perguntou|pergunta|respondeu|responde"
    "|contou|conta|declarou|declara|lembrou|lembra|murmurou|exclamou|gritou",
    "nl": "zei|zegt|vroeg|vraagt|antwoordde|antwoordt|vertelde|vertelt|schreef|schrijft|riep|roept|aldus",
    "sv": "sade|sa|säger|frågade|frågar|svarade|svarar|berättade|berättar|skrev|skriver|ropade",
    "da": "sagde|siger|spurgte|spørger|svarede|svarer|fortalte|fortæller|skrev|skriver|råbte",
    "pl": "powiedział|powiedziała|mówi|zapytał|zapytała|pyta|odpowiedział|odpowiedziała|odpowiada|dodał|dodała|dodaje",
}
"""Verbs that give a quotation to somebody, by language."""

SOURCES = {
    "en": "according to", "fr": "selon|d['’]après", "de": "laut", "es": "según", "it": "secondo",
    "pt": "segundo|de acordo com", "nl": "volgens", "sv": "enligt", "da": "ifølge", "pl": "według|zdaniem",
}  # fmt: skip
"""What names somebody as the source of a quotation, by language."""

_ASIDE = r"(?:, [^,\"“”«»„]{1,60},)?"
_QUOTATION = re.compile(
    r"[“«„][^“”«»„]{1,2000}(?:[”“»]|$)|»[^“”«»„]{1,2000}«|”[^“”«»„]{1,2000}”|\"[^\"]{1,2000}\"|[「『][^「」『』]{1,2000}[」』]"
    # In single marks, which are apostrophes too, only what ends with a mark of its own.
    r"|(?<![\w'’])‘[^‘“”\"]{1,500}?[,.!?…—–]’(?!\w)|(?<![\w'’])'(?! )[^“”\"]{1,500}?[,.!?…—–]'(?!\w)"
)
_DASHED = re.compile(r"[—–―] ?(?=\S)")
_SAID_IN_FULL = re.compile(r"[,.!?…—–。！？][\"”“»«」』'’]?$")
_AND = "and|but|as|et|mais|und|aber|y|pero|e|ma|mas"
_AROUND = 140
_FEWEST_WORDS = 5
"""Words of a quotation without a full stop that is no word or two in quotation marks."""

_FULL_NAME = re.compile(rf"(?<!\w)(?=({NAME_WORD} (?:(?:de|van|von|bin|al|da) )?[^\W\d_a-zß-öø-ÿ][\w'’-]+))")
_SPEAKING: frozenset[Role] = frozenset({"body", "quote", "list_item", "verse", "definition", "cell"})


def with_speakers(drafts: Sequence[Draft], language: str) -> None:
    """Note in each draft what of it somebody says."""
    speaking = [draft for draft in drafts if draft.role in _SPEAKING]
    labelled = lines_of_dialogue(speaking)
    goes_on = ""
    for place, draft in enumerate(speaking):
        text = draft.text.text
        if place in labelled:
            draft.voices, goes_on = (labelled[place],), ""
        elif draft.quoted:
            draft.voices = (Voiced(0, len(text), draft.quoted, 0),)
        else:
            spoken = (draft.language or language).partition("-")[0].lower()
            draft.voices = tuple(_dashed(text, spoken)) or tuple(_quoted(text, spoken, goes_on))
            goes_on = draft.voices[-1].name if draft.voices and _is_open(text) else ""
    _in_full(speaking, "\n".join(draft.text.text for draft in drafts))
    _opened_before(speaking)


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


def _dashed(text: str, language: str) -> Iterator[Voiced]:
    """Yield what somebody says in a line that begins with a dash and names who says it: "— Oui, dit Marie, j'y vais."
    Behind a full stop the narration may go on, and nobody is named."""
    opening, verbs = _DASHED.match(text), SAYING.get(language)
    if not opening or not verbs:
        return
    aside = re.compile(rf"[,!?…]?[ \u00a0]?[—–]?(?<=[ —–])(?:{verbs}) {NAME}[^.!?,—–\"“«]{{0,60}}(?P<end>[.,:—–]|$)")
    if (found := aside.search(text, opening.end())) and (name := as_name(found["name"])):
        yield Voiced(opening.end(), found.start() + found[0].startswith(("!", "?", "…", ",")), name, 0)
        if found["end"] in tuple(",:—–") and found.end() < len(text):
            yield Voiced(found.end(), len(text), name, found.end())


def _name_beside(text: str, span: tuple[int, int], language: str) -> str:
    """Return who is named as saying a quotation, right behind or right before it."""
    verbs = SAYING.get(language)
    if not verbs:
        return ""
    before, behind = text[max(0, span[0] - _AROUND) : span[0]], text[span[1] : span[1] + _AROUND]
    sources = SOURCES[language]
    for found in (
        re.match(rf"(?:[,.]?\s?|\s[–—]\s)(?:{verbs}) {NAME}", behind),
        re.match(rf"[,.]?\s?{NAME}{_ASIDE} (?:{verbs})\b(?![^.!?]{{0,60}}:\s?[\"“«„»‘'])", behind),
        re.search(rf"(?:^|[.!?…;,\"”»] |\b(?:{_AND}) ){NAME}{_ASIDE} (?:{verbs})(?: \w+){{0,5}}\s?[:,]?\s$", before),
        re.search(rf"\b(?:{verbs}) {NAME}{_ASIDE}\s?:\s$", before),
        _is_said(text[slice(*span)])
        and (re.search(rf"\b(?i:{sources}) {NAME},?\s$", before) or re.match(rf"[,.]?\s(?i:{sources}) {NAME}", behind)),
    ):
        if found and (name := as_name(found["name"])):
            return name
    return ""


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
    full = full_names(names | {name for found in _FULL_NAME.finditer(text) if (name := as_name(found[1]))})
    for draft in drafts:
        draft.voices = tuple(
            voiced._replace(name=full.get(voiced.name.casefold(), voiced.name)) for voiced in draft.voices
        )
