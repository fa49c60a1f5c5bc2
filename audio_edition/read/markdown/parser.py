"""Markdown becomes HTML that says as much: notes as notes, boxes as asides, pictures without text as such.

The parser is markdown-it-py with what the flavours in use add to CommonMark. Findings quote what it does not show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.superscript import superscript_plugin

from audio_edition.errors import ReadError
from audio_edition.model import Finding
from audio_edition.read.markdown.boxes import BOXES, Rule, Rules
from audio_edition.read.markdown.components import COMPONENTS, components, elements_of
from audio_edition.read.markdown.left_out import Environment, findings, leave_out
from audio_edition.read.markdown.lines import LINES, OTHER_LINES
from audio_edition.read.markdown.marks import marks
from audio_edition.read.markdown.maths import FORMULAS, maths
from audio_edition.read.markdown.tables import GRIDS, tables
from audio_edition.read.markdown.tokens import tokens

_DEEPEST = 20
"""Levels of blocks, a list's item counting two. The parser leaves out what is deeper, and is slower by as much."""

_INTERRUPTED = ["paragraph", "reference", "blockquote", "list", "footnote_def"]
_EXAMPLE = re.compile(r"^([ ]{0,3})\(@([\w-]{0,60})\)[ \t]+(?=\S)", re.MULTILINE)
_EXAMPLE_MARK = re.compile(r"\(@([\w-]{1,60})\)")
_COMPONENTS = re.compile(r"^[ \t]*</?[A-Z][\w.]*", re.MULTILINE)
_IMPORTS = re.compile(r"^import [^\n]{0,200} from ['\"]", re.MULTILINE)


class Page(NamedTuple):
    """A document as HTML, and what it does not show."""

    html: str
    findings: tuple[Finding, ...]


def page_of(text: str, name: str) -> Page:
    """Return the document as HTML. Raises ReadError where it is nested too deep."""
    text = with_examples_numbered(text)
    environment: Environment = {"elements": elements_of(text)}
    is_mdx = name.endswith(".mdx") or bool(_IMPORTS.search(text) and _COMPONENTS.search(text))
    parsed = (_MDX_PARSER if is_mdx else _PARSER).parse(text, environment)
    for token in parsed:
        if token.level >= _DEEPEST - 1 and token.nesting == 1 and token.map:
            raise ReadError(
                f"{name} has quotations or lists deeper than {_DEEPEST // 2} levels near line {token.map[0] + 1}.",
                "Write it with fewer levels.",
            )
    html = str(_PARSER.renderer.render(parsed, _PARSER.options, environment)) + _inline_notes(environment)
    _leave_out_unused_links(parsed, environment)
    return Page(html, tuple(findings(environment)))


# --- Pandoc's examples


def with_examples_numbered(text: str) -> str:
    """Return the text with the numbers of examples, which count through a document: "(@)", "(@good)"."""
    numbers: dict[str, int] = {}
    count = 0

    def number(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        numbers.setdefault(found[2], count)
        return f"{found[1]}{count}. "

    numbered = _EXAMPLE.sub(number, text)
    if not count:
        return text
    return _EXAMPLE_MARK.sub(lambda found: f"({numbers[found[1]]})" if found[1] in numbers else found[0], numbered)


# --- notes


def _inline_notes(environment: Environment) -> str:
    """Return the notes that were written where they are referred to."""
    notes = environment.get("footnotes", {}).get("list", {})
    return "".join(
        f'<aside role="doc-footnote" id="fn-{number}">'
        f"{_PARSER.renderer.render([_inline(note)], _PARSER.options, environment)}</aside>"
        for number, note in notes.items()
        if "tokens" in note
    )


def _inline(note: dict[str, Any]) -> Token:
    return Token("inline", "", 0, children=note["tokens"], content=note["content"])


def _mark(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, environment: Environment
) -> str:
    number = tokens[at].meta["id"]
    return f'<a role="doc-noteref" href="#fn-{number}">{number + 1}</a>'


def _note(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, environment: Environment
) -> str:
    """A note stands where it was written until it is known who refers to it; one that nobody does is read there."""
    number = environment["footnotes"]["refs"].get(f":{tokens[at].meta['label']}", -1)
    return f'<aside role="doc-footnote" id="fn-{number}">' if number >= 0 else "<aside>"


def _end_of_note(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, environment: Environment
) -> str:
    return "</aside>"


# --- pictures, and addresses


def _picture(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, environment: Environment
) -> str:
    """Who writes `![](map.png)` has forgotten the alternative text, and did not mean that there is nothing to say."""
    written: str = renderer.image(tokens, at, options, environment)
    return written.replace(' alt=""', "", 1) if not tokens[at].content.strip() else written


def _leave_out_unused_links(parsed: Sequence[Token], environment: Environment) -> None:
    """Addresses that no link uses, among them comments that are written as such: `[//]: # (a comment)`."""
    used = {address for token in parsed for each in (token.children or ()) for address in _addresses(each)}
    for label, reference in environment.get("references", {}).items():
        if reference["href"] not in used or label.startswith("//") or reference["href"] == "#":
            is_comment = reference["href"] in ("#", "<>", "") or label.startswith("//")
            said = [reference["title"] if is_comment else f"{label}: {reference['href']} {reference['title']}"]
            text = said[0] or label
            leave_out(environment, "comments-left-out" if is_comment else "links-left-out", text)


def _addresses(token: Token) -> list[str]:
    inside = [address for each in token.children or () for address in _addresses(each)]
    return [*inside, *(str(token.attrs[name]) for name in ("href", "src") if name in token.attrs)]


def _parser(is_mdx: bool) -> MarkdownIt:
    options = {"html": True, "maxNesting": _DEEPEST, "strikethrough_single_tilde": True}
    parser = MarkdownIt("commonmark", options)
    parser.enable(["table", "strikethrough"]).use(deflist_plugin).use(footnote_plugin, move_to_end=False)
    parser.use(superscript_plugin)
    parser.use(maths).use(marks).use(tables).use(tokens).use(components)
    parser.add_render_rule("footnote_ref", _mark)
    parser.add_render_rule("footnote_reference_open", _note)
    parser.add_render_rule("footnote_reference_close", _end_of_note)
    parser.add_render_rule("image", _picture)
    parser.block.ruler.before("table", "other_lines", _any_of(OTHER_LINES))
    rules = _any_of(BOXES, LINES, GRIDS, FORMULAS, COMPONENTS)
    parser.block.ruler.before("table", "flavours", rules, {"alt": _INTERRUPTED})
    if is_mdx:  # there indents only show what is in which component
        parser.disable("code")
    return parser


def _any_of(*tables: Rules) -> Rule:
    """Return a rule that asks those which a line's first character calls for; most lines call for none."""
    by_character: dict[str, tuple[Rule, ...]] = {}
    for table in tables:
        for character, rules in table.items():
            by_character[character] = by_character.get(character, ()) + rules

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first = state.bMarks[start] + state.tShift[start]
        if first >= state.eMarks[start]:
            return False
        return any(each(state, start, end, silent) for each in by_character.get(state.src[first], ()))

    return rule


_PARSER, _MDX_PARSER = _parser(is_mdx=False), _parser(is_mdx=True)
