r"""Formulas in TeX as MathML that holds it: `$a^2$`, `$$…$$`, `\(…\)`, `\[…\]`, ``$`a^2`$``, environments, fences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from audio_edition.read.markdown.boxes import Rules, line_of
from audio_edition.read.markdown.left_out import Environment

_IN_BRACKETS = re.compile(r"\\\((?=[^\n]{0,2000}?\\\))(.{1,2000}?)\\\)|\\\[(.{1,4000}?)\\\]", re.DOTALL)
_IN_BACKTICKS = re.compile(r"\$`([^`\n]{1,2000})`\$")
_TEX_SIGNS = re.compile(r"\\[a-zA-Z]|[\^_=<>+]|^\s*[a-zA-Z]\s*$|\d\s*[*/-]\s*\w")
"""What brackets hold that someone has escaped for another reason seldom has."""

_DISPLAYED = frozenset({"math_inline_double", "math_block", "math_block_label", "math_block_eqno", "amsmath"})


def maths(parser: MarkdownIt) -> None:
    """Let the parser read formulas."""
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_blank_lines=False, double_inline=True)
    parser.use(amsmath_plugin)
    parser.inline.ruler.before("escape", "math_in_brackets", _in_brackets)
    parser.inline.ruler.before("math_inline", "math_in_backticks", _in_backticks)
    for kind in ("math_inline", *sorted(_DISPLAYED)):
        parser.add_render_rule(kind, _formula)


def _in_brackets(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\" or state.src[state.pos + 1 : state.pos + 2] not in ("(", "["):
        return False
    found = _IN_BRACKETS.match(state.src, state.pos, state.posMax)
    if found is None or not _TEX_SIGNS.search(found[1] or found[2]):
        return False
    return _push(state, silent, found, "math_inline" if found[1] else "math_inline_double", found[1] or found[2])


def _in_backticks(state: StateInline, silent: bool) -> bool:
    found = _IN_BACKTICKS.match(state.src, state.pos, state.posMax)
    return found is not None and _push(state, silent, found, "math_inline", found[1])


def _push(state: StateInline, silent: bool, found: re.Match[str], kind: str, tex: str) -> bool:
    if not silent:
        state.push(kind, "math", 0).content = tex
    state.pos = found.end()
    return True


def _block_in_brackets(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""Lines between `\[` and `\]`."""
    if line_of(state, start, "\\[").rstrip() != "\\[":
        return False
    last = start + 1
    while last < end and not state.isEmpty(last) and line_of(state, last).strip() != "\\]":
        last += 1
    if last >= end or state.isEmpty(last):
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content, token.map = state.getLines(start + 1, last, state.blkIndent, False), [start, last + 1]
        state.line = last + 1
    return True


def _formula(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, environment: Environment
) -> str:
    tex = escape(" ".join(tokens[at].content.split()))
    display = ' display="block"' if tokens[at].type in _DISPLAYED else ""
    return (
        f"<math{display}><semantics><mtext>{tex}</mtext>"
        f'<annotation encoding="application/x-tex">{tex}</annotation></semantics></math>'
    )


FORMULAS: Rules = {"\\": (_block_in_brackets,)}
"""The rule that reads formulas between brackets, by the character that they begin with."""
