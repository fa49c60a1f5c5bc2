"""What the name of a style says of a paragraph, in Word, LibreOffice and programs that write their formats.

Programs write the names of built-in styles in English or in the user's language (ECMA-376 1, 17.7.4).
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "", "title", "quote", "caption", "code", "contents", "continued", "subtitle", "author", "term", "definition"
]

_HEADING = (
    "heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|naslov|címsor|titlu|заголовок|"
    "επικεφαλίδα|başlık|عنوان|כותרת|标题|標題|見出し|제목|título|cabeçalho"
)
_NUMBERED_HEADING = re.compile(rf"(?:{_HEADING})[ _-]?([1-9])", re.IGNORECASE)
_KINDS: dict[Kind, str] = {
    "title": "title, titel, titre, título, titolo, tytuł, název, название, заголовок документа, 表題, 标题, 標題, 제목",
    "subtitle": "subtitle, untertitel, sous-titre, subtítulo, sottotitolo, ondertitel, undertitel, underrubrik, "
    "undertittel, podtytuł, podtitul, подзаголовок, 副題, 副标题, 副標題, 부제",
    "author": "author, autor, auteur, autore, byline, verfasser, forfatter, författare, автор, 作者",
    "term": "definition term, list heading",
    "definition": "definition, definition list, list contents",
    "quote": "quote, intense quote, block text, quotations, zitat, intensives zitat, citation, citation intense, cita, "
    "cita destacada, citazione, citaat, citat, cytat, citát, цитата, citação, 引用, 引用文",
    "caption": "caption, beschriftung, légende, leyenda, epígrafe, didascalia, bijschrift, billedtekst, legenda, "
    "podpis, название объекта, 図表番号, 题注, image caption, table caption, figure, illustration, drawing",
    "code": "html preformatted, preformatted text, source code, html vorformatiert, code, code block, codeblock, "
    "listing, macro, program listing, verbatim char, html code, html typewriter, html sample, source text, inline code",
    "contents": "toc heading, inhaltsverzeichnisüberschrift, en-tête de table des matières, table of figures, "
    "abbildungsverzeichnis, table des illustrations, tabla de ilustraciones, indice delle figure, "
    "table of authorities, contents heading, index heading",
    "continued": "list continue, list continue 2, list continue 3, list continue 4, list continue 5, "
    "listenfortsetzung, list paragraph, listenabsatz, paragraphe de liste, párrafo de lista, "
    "paragrafo elenco, lijstalinea",
}
_BY_NAME: dict[str, Kind] = {name: kind for kind, names in _KINDS.items() for name in names.split(", ")}
_CONTENTS = re.compile(r"(?:toc|contents|verzeichnis|tm) ?\d", re.IGNORECASE)


def kind_named(name: str) -> Kind:
    """Return the role of paragraphs in a style of this name; empty for running text."""
    return "contents" if _CONTENTS.fullmatch(name) else _BY_NAME.get(name.casefold(), "")


def level_named(name: str) -> int:
    """Return the level of a heading in a style of this name; 0 if it is none."""
    found = _NUMBERED_HEADING.fullmatch(name)
    return int(found[1]) if found else 0
