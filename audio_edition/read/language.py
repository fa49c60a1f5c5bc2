"""Determines the language of an article, and of paragraphs in other languages.

The caller's choice overrides the document's statement, which overrides a guess from the text; a guess is a finding. In
doubt a fallback applies: English for an article, the article's language for a paragraph.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audio_edition.model import (
    LANGUAGE_GUESSED,
    Article,
    Block,
    Code,
    Finding,
    Formula,
    Heading,
    Table,
    Text,
    every,
    leaves,
    with_leaves,
)

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNSAID = "en"
"""The language of an article that neither states nor shows its own."""

_SURE_OF_ARTICLE = 0.9
_SURE_OF_PARAGRAPH = 0.95
_SURE_IT_IS_NOT_ENGLISH = 0.75
"""Enough for sentences with letters that English lacks, or of many words, none of which only English has."""
_MANY_SMALL_WORDS = 8
_SURE_OF_WRONG_TAG = 0.99
_LIKELIEST_OF_NEIGHBOURS = 0.4
_LONG_ENOUGH_TO_CONTRADICT = 120
"""Characters of a text that may show its language to be another than it says."""

_SHORTEST_BYTES = 60
"""In UTF-8: a Chinese character says as much as three letters do."""
_LONGEST_SAMPLE = 3000
_SHORTEST_PART = 10
_QUOTATION_MARK = re.compile('["“”„«»「」『』]')
_WORD = re.compile(r"[^\W\d_]+")
_PLAINLY_ENGLISH, _PARTLY_ENGLISH = 1 / 6, 1 / 25
_ONLY_ENGLISH = frozenset(
    _WORD.findall(
        "the and of that with from his her they their there are has have had were been which would said this its who "
        "what when while where after before about into than could should will you"
    )
)
_VARIETIES = {
    "ary": "ar", "arz": "ar", "ext": "es", "gcf": "fr", "gcr": "fr", "hbo": "he", "lij": "it", "nn": "no", "pcm": "en",
    "sdh": "ku", "vec": "it", "wa": "fr", "wuu": "zh",
}  # fmt: skip
"""Languages that are hard to tell from a neighbour, or lack a voice that the neighbour has."""
_NEIGHBOURS = tuple(
    frozenset(group.split()) for group in ("da no sv", "cs sk", "bs hr sr sh hbs", "id ms", "es gl", "gl pt", "af nl")
)
"""Languages that a short text may be in either of, and that voices of each other can just be followed in."""
_NO_LANGUAGE = "zxx"
_NONE_SAID = frozenset({"mis", "mul", "und", _NO_LANGUAGE})
"""ISO 639-2: uncoded, multiple, undetermined, none."""


def with_languages(article: Article, language: str = "") -> Article:
    """Return the article in `language`, else in its own, with findings for guesses."""
    article = _without_unsaid(article)
    seems = _language_of_article(article)
    own = language or article.language or seems or UNSAID
    guessed = list(_findings_of_article(article, language, seems, own))
    # If the caller disagrees, the article's apparent language says nothing about its paragraphs.
    known = {tag.partition("-")[0].lower() for tag in (own, seems)}
    foreign = _foreign(article.blocks, known)
    blocks = _changed(article.blocks, {at: replace(text, language=tag) for at, (text, tag) in foreign.items()})
    guessed += [_guessed_paragraphs(*found) for found in Counter(tag for _, tag in foreign.values()).items()]
    return replace(article, language=own, blocks=blocks, findings=(*article.findings, *guessed))


def _findings_of_article(article: Article, named: str, seems: str, own: str) -> Iterator[Finding]:
    """Yield what to tell of the article's language where nobody named it: a guess, a doubt, a contradiction."""
    if named:
        return
    beginning = list(_beginning(article))
    text = " ".join(beginning)
    if not article.language and seems != UNSAID:
        if own != UNSAID:
            yield _guessed_article(own)
        elif _is_in_sentences(text) and (likeliest := _best_guess(text)[0]) != UNSAID:
            yield _unclear(likeliest)
    elif article.language and _is_contradicted(article.language, seems, beginning):
        yield _contradicted(article.language, seems)


def _is_contradicted(stated: str, seems: str, texts: Sequence[str]) -> bool:
    """Return whether texts are surely in another language than is said, none of them in that or in a neighbour of
    it."""
    text = " ".join(texts)
    tag = stated.partition("-")[0].lower()
    tag = _VARIETIES.get(tag, tag)
    if not seems or tag == seems or len(text) < _LONG_ENOUGH_TO_CONTRADICT or _are_neighbours(tag, seems):
        return False
    if any(_best_guess(each)[0] == tag for each in texts if len(each) >= _SHORTEST_PART):
        return False
    if seems == "en":
        return _english_words(text) >= _PLAINLY_ENGLISH
    language, probability = _best_guess(text)
    is_partly_stated = tag == "en" and _english_words(text) >= _PARTLY_ENGLISH
    return language == seems and probability >= _SURE_OF_WRONG_TAG and not is_partly_stated


def _are_neighbours(one: str, other: str) -> bool:
    return any({one, other} <= group for group in _NEIGHBOURS)


def language_seen_in(text: str) -> str:
    """Return the ISO 639 code of the language that a text seems to be in; empty in doubt."""
    beginning = text[:_LONGEST_SAMPLE]
    return "en" if _english_words(beginning) >= _PLAINLY_ENGLISH else _language_of(beginning, _SURE_OF_ARTICLE)


def _foreign(blocks: tuple[Block[Text], ...], known: set[str]) -> dict[int, tuple[Text, str]]:
    """Return the texts in languages other than the known ones, by identity, each with its language.

    Headings are too short to judge, and code has no language.
    """
    found = {
        id(text): (text, tag)
        for text in leaves(blocks)
        if not text.language and (tag := _foreign_language(text.text, known))
    }
    passed = (block for block in every(blocks) if isinstance(block, Heading | Code | Formula)) if found else ()
    for text in leaves(passed):
        found.pop(id(text), None)
    return found


def _changed(blocks: tuple[Block[Text], ...], changed: Mapping[int, Text]) -> tuple[Block[Text], ...]:
    """Return the blocks with some texts replaced, found by identity."""
    if not changed:
        return blocks
    return tuple(with_leaves(block, lambda text: changed.get(id(text), text)) for block in blocks)


def _without_unsaid(article: Article) -> Article:
    """Return the article without tags that state no language."""
    tagged = (text for text in leaves(article.blocks) if text.language or text.spans)
    changed = {id(text): said for text in tagged if (said := _as_said(text)) != text}
    return replace(article, language=_stated(article.language), blocks=_changed(article.blocks, changed))


def _stated(tag: str) -> str:
    """Return the tag; empty if it states no language (`und`, `mul`)."""
    return "" if tag.partition("-")[0].lower() in _NONE_SAID else tag


def _as_said(text: Text) -> Text:
    spans = tuple(span for span in text.spans if span.kind != "language" or _stated(span.value))
    return replace(text, spans=spans, language=_stated(text.language))


def _language_of_article(article: Article) -> str:
    """Return the language of most of its beginning, without the credits, which are names. It is judged by paragraph, so
    that a long quotation in another language counts by its letters, not its bytes."""
    beginning = list(_beginning(article))
    if _english_words(" ".join(beginning)) >= _PLAINLY_ENGLISH:
        return "en"
    texts: dict[str, str] = {}
    for text in beginning:
        language, _ = _best_guess(text)
        texts[language] = texts.get(language, "") + f"{text}\n"
    most = max(texts.values(), key=len, default="")
    return _language_of(most, _SURE_OF_ARTICLE) or _likely_language(" ".join(beginning))


def _beginning(article: Article) -> Iterator[str]:
    missing = _LONGEST_SAMPLE
    for text in itertools.chain([article.title], _paragraphs(article.blocks)):
        yield text[:missing]
        missing -= len(text)
        if missing <= 0:
            return


def _paragraphs(blocks: Iterable[Block[Text]]) -> Iterator[str]:
    """Yield the texts under the headings, a table's by row: a single cell is too short."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield "; ".join(text.text for cell in row.cells for text in leaves(cell.blocks))
        elif not isinstance(block, Heading):
            yield from (text.text for text in leaves((block,)))


def _foreign_language(text: str, known: set[str]) -> str:
    """Return the language of a text that is not in a `known` one from beginning to end; empty in doubt."""
    if _is_short(text):
        return ""
    if "en" in known and _english_words(text[:_LONGEST_SAMPLE]) >= _PARTLY_ENGLISH:
        return ""
    language = _language_of(text[:_LONGEST_SAMPLE], _SURE_OF_PARAGRAPH)
    if not language or language in known:
        return ""
    # “C'est magnifique”, he said: the words around a quotation are in the article's language.
    return "" if any(_best_guess(part)[0] in known for part in _parts(text[:_LONGEST_SAMPLE])) else language


def _parts(text: str) -> Iterator[str]:
    """Return the beginning, the middle and the end, and the passages between quotation marks."""
    for third in range(3):
        yield text[len(text) * third // 3 : len(text) * (third + 1) // 3]
    yield from (part for part in _QUOTATION_MARK.split(text) if len(part) >= _SHORTEST_PART)


def _language_of(text: str, sure: float) -> str:
    """Return the text's ISO 639 code; empty if it is short or the guess is less certain than required."""
    if _is_short(text):
        return ""
    language, probability = _best_guess(text)
    return language if probability >= sure and language != _NO_LANGUAGE else ""


def _likely_language(text: str) -> str:
    """Return the language of sentences without an English word, by less certain a guess; empty in doubt."""
    if not _is_in_sentences(text):
        return ""
    language, probability = _best_guess(text)
    has_accents = any(letter.isalpha() and not letter.isascii() for letter in text)
    is_long = len(_small_words(text)) >= _MANY_SMALL_WORDS
    if (has_accents or is_long) and probability >= _SURE_IT_IS_NOT_ENGLISH and language != _NO_LANGUAGE:
        return language
    group = next((group for group in _NEIGHBOURS if language in group), frozenset())
    together = sum(share for tag, share in _guesses(text).items() if tag in group)
    return language if probability >= _LIKELIEST_OF_NEIGHBOURS and together >= _SURE_OF_ARTICLE else ""


def _is_in_sentences(text: str) -> bool:
    """Return whether a text is more than a few words or a list of names, and has no word that only English has."""
    small, all_words = _small_words(text), _WORD.findall(text)
    return not _is_short(text) and 3 * len(small) >= len(all_words) and not _english_words(text)


def _small_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.islower() and len(word) > 1]


def _is_short(text: str) -> bool:
    """Whether the text is too short to detect its language."""
    # A character is at least a byte: a long text need not be encoded.
    return len(text) < _SHORTEST_BYTES and len(text.encode("utf-8", "surrogatepass")) < _SHORTEST_BYTES


def _best_guess(text: str) -> tuple[str, float]:
    ((language, probability),) = _guesses(text).most_common(1)
    return language, probability


def _guesses(text: str) -> Counter[str]:
    """Return how probable each language is."""
    guesses: Counter[str] = Counter()
    for language, probability in _identifier().rank(text):
        guesses[_VARIETIES.get(language, language)] += probability
    return guesses


def _english_words(text: str) -> float:
    """Return the share of words that only English has. If it is large, no model needs to be loaded."""
    words = _WORD.findall(text.lower())
    return sum(word in _ONLY_ENGLISH for word in words) / max(1, len(words))


@functools.cache
def _identifier() -> LanguageIdentifier:
    # Imported when first needed: its model takes half a second to load.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _guessed_article(language: str) -> Finding:
    message = f"The article's language is not stated; it looks like “{language}”, so that was used."
    return Finding(LANGUAGE_GUESSED, "note", message, remedy="If it is another, name it, for example --language en.")


def _unclear(likeliest: str) -> Finding:
    message = f"The article's language is neither stated nor clear; English was taken. It may be “{likeliest}”."
    return Finding(
        "language-unclear", "warning", message, remedy=f"Name its language, for example --language {likeliest}."
    )


def _contradicted(stated: str, seems: str) -> Finding:
    message = f"The document says that its language is “{stated}”, and its text looks like “{seems}”."
    return Finding("language-mismatch", "warning", message, remedy=f"If it is “{seems}”, name it: --language {seems}.")


def _guessed_paragraphs(language: str, count: int) -> Finding:
    message = f"{count} paragraph{'s look' if count > 1 else ' looks'} like “{language}” and will be spoken so."
    remedy = "If that is wrong, remove `language` from the script: audio-edition script ARTICLE --format json"
    return Finding("paragraph-language", "note", message, remedy=remedy)
