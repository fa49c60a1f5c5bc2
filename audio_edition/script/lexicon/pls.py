"""Read a W3C Pronunciation Lexicon (PLS 1.0).

https://www.w3.org/TR/pronunciation-lexicon/. Where a lexeme has several pronunciations, the preferred one counts, else
the first alias and the first phoneme both. An alias is said as it stands: it does not lead on to other lexemes. No
entity is resolved and nothing is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audio_edition.model import is_language_tag
from audio_edition.script.lexicon.entries import Draft, Entry, Lexicon, short

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_OPENING = f'<lexicon version="1.0" xmlns="{NAMESPACE}" alphabet="ipa" xml:lang="en">'
_IPA = "ipa"


def read_pls(data: bytes, name: str) -> Lexicon:
    """Return the lexicon that an XML document holds."""
    draft = Draft()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = (error.msg or "it ends too early").partition(", line")[0]
        draft.error(error.lineno or 1, f"this is not sound XML: {message}.", "Mend it with an XML editor.")
        return draft.finished(name)
    except ValueError as error:
        draft.error(1, f"this can't be read as XML: {error}.", "Save it as UTF-8.")
        return draft.finished(name)
    _read(root, draft)
    return draft.finished(name)


def _read(root: etree._Element, draft: Draft) -> None:
    if root.tag != _tag("lexicon"):
        draft.error(_line(root), f"<{short(_name(root))}> is not a PLS lexicon.", f"Begin with {_OPENING}")
        return
    language = root.get(_LANGUAGE, "")
    if not is_language_tag(language):
        draft.error(_line(root), "the lexicon does not say its language.", f"Begin with {_OPENING}")
        language = ""
    if root.get("version") != "1.0":
        draft.warning(_line(root), "the lexicon does not say that it is PLS 1.0.", f"Begin with {_OPENING}")
    for child in _elements(root, draft):
        if child.tag == _tag("lexeme"):
            _read_lexeme(child, language, root.get("alphabet", ""), draft)
        elif child.tag not in (_tag("meta"), _tag("metadata")):
            _unknown(child, draft)


def _read_lexeme(lexeme: etree._Element, language: str, alphabet: str, draft: Draft) -> None:
    if lexeme.get("role"):
        draft.note(_line(lexeme), "the role is not looked at: the word is said so wherever it stands.")
    graphemes: list[str] = []
    found: dict[str, tuple[bool, str]] = {}
    for child in _elements(lexeme, draft):
        if child.tag == _tag("grapheme"):
            graphemes.append(_text(child, draft))
        elif child.tag in (_tag("phoneme"), _tag("alias")):
            kind = _name(child)
            if kind == "phoneme" and not _is_ipa(child, alphabet, draft):
                return
            preferred = child.get("prefer") == "true"
            if kind not in found or (preferred and not found[kind][0]):
                found[kind] = preferred, _spoken_text(child, draft)
        elif child.tag != _tag("example"):
            _unknown(child, draft)
    if not graphemes:
        draft.error(_line(lexeme), "a <lexeme> has no <grapheme>.", "Say which word it is about.")
    wanted = _preferred(found)
    for grapheme in graphemes:
        draft.add(Entry(grapheme, wanted.get("alias", ""), wanted.get("phoneme", ""), language, _line(lexeme)))


def _spoken_text(element: etree._Element, draft: Draft) -> str:
    text = _text(element, draft)
    if not text.strip():
        draft.error(_line(element), f"<{_name(element)}> is empty.", "Write what is said.")
    return text


def _preferred(found: dict[str, tuple[bool, str]]) -> dict[str, str]:
    """Return what a lexeme says: an alias preferred to phonemes stands alone; preferred phonemes have use for an
    alias."""
    if found.get("alias", (False,))[0] and not found.get("phoneme", (False,))[0]:
        found = {"alias": found["alias"]}
    return {kind: text for kind, (_, text) in found.items()}


def _is_ipa(phoneme: etree._Element, alphabet: str, draft: Draft) -> bool:
    used = phoneme.get("alphabet", alphabet)
    if used.casefold() == _IPA:
        return True
    what = f"the alphabet “{short(used)}” is not known here" if used else "no alphabet is named"
    draft.error(_line(phoneme), f"{what}.", 'Write the phonemes in IPA, with alphabet="ipa".')
    return False


def _elements(parent: etree._Element, draft: Draft) -> Iterator[etree._Element]:
    for child in parent:
        if isinstance(child, etree._Entity):
            _entity(child, parent, draft)
        elif isinstance(child.tag, str):
            yield child


def _text(element: etree._Element, draft: Draft) -> str:
    """Return the element's text without comments; an entity or element inside it is a fault."""
    text = element.text or ""
    for child in element:
        if isinstance(child, etree._Entity):
            _entity(child, element, draft)
        elif isinstance(child.tag, str):
            _unknown(child, draft)
        text += child.tail or ""
    return text


def _entity(entity: etree._Entity, parent: etree._Element, draft: Draft) -> None:
    draft.error(
        _line(parent),
        f"the entity {short(entity.text)} is not resolved.",
        "Write the characters that it stands for.",
    )


def _unknown(element: etree._Element, draft: Draft) -> None:
    draft.warning(_line(element), f"<{short(_name(element))}> is not known here, and left out.", "Remove it.")


def _line(element: etree._Element) -> int:
    return element.sourceline or 1


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
