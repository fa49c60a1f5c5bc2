"""In: Markdown. Out: HTML that says as much: notes as notes, pictures without alternative text as such."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from audio_edition.errors import ReadError

_DEEPEST = 20
"""Levels of blocks, a list's item counting two. The parser leaves out what is deeper."""


def as_html(text: str, name: str) -> str:
    """The HTML of a document. What is nested too deep is refused."""
    environment: dict[str, Any] = {}
    tokens = _PARSER.parse(text, environment)
    for token in tokens:
        if token.level >= _DEEPEST - 1 and token.nesting == 1 and token.map:
            raise ReadError(
                f"{name} has quotations or lists deeper than {_DEEPEST // 2} levels near line {token.map[0] + 1}.",
                "Write it with fewer levels.",
            )
    return str(_PARSER.renderer.render(tokens, _PARSER.options, environment)) + _inline_notes(environment)


def _inline_notes(environment: MutableMapping[str, Any]) -> str:
    """The notes that were written where they are referred to."""
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
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, environment: MutableMapping[str, Any]
) -> str:
    number = tokens[at].meta["id"]
    return f'<a role="doc-noteref" href="#fn-{number}">{number + 1}</a>'


def _note(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, environment: MutableMapping[str, Any]
) -> str:
    """A note stands where it was written until it is known who refers to it; one that nobody does is read there."""
    number = environment["footnotes"]["refs"].get(f":{tokens[at].meta['label']}", -1)
    return f'<aside role="doc-footnote" id="fn-{number}">' if number >= 0 else "<aside>"


def _end_of_note(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, environment: MutableMapping[str, Any]
) -> str:
    return "</aside>"


def _picture(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, environment: MutableMapping[str, Any]
) -> str:
    """Who writes `![](map.png)` has forgotten the alternative text, and did not mean that there is nothing to say."""
    if not tokens[at].content.strip():
        return "<img>"
    return renderer.image(tokens, at, options, environment)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"]).use(deflist_plugin).use(footnote_plugin, move_to_end=False)
    parser.add_render_rule("footnote_ref", _mark)
    parser.add_render_rule("footnote_reference_open", _note)
    parser.add_render_rule("footnote_reference_close", _end_of_note)
    parser.add_render_rule("image", _picture)
    return parser


_PARSER = _parser()
