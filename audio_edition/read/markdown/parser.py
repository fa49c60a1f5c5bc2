"""Markdown becomes HTML that says as much: notes as notes, boxes as asides, pictures without text as such.

The parser is markdown-it-py with what the flavours in use add to CommonMark. Findings quote what it does not show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.superscript import superscript_plugin

from audio_edition.errors import ReadError
from audio_edition.model import DEEPEST, Finding
from audio_edition.read.markdown.arguments import arguments_of
from audio_edition.read.markdown.boxes import box_of, boxes
from audio_edition.read.markdown.left_out import Environment, findings, leave_out
from audio_edition.read.markdown.lines import lines
from audio_edition.read.markdown.marks import marks, slug
from audio_edition.read.markdown.maths import maths
from audio_edition.read.markdown.tokens import tokens

_DEEPEST = 2 * DEEPEST
"""Levels of blocks, a list's item counting two. The parser leaves out what is deeper."""

_ATTRIBUTES = ("id", "class", "lang", "alt", "title", "start")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_HTML_NAMES = """
    a abbr acronym address applet area article aside audio b base bdi bdo big blink blockquote body br button canvas
    caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset
    figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input
    ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noscript object ol optgroup option
    output p param picture pre progress q rb rp rt rtc ruby s samp script search section select slot small source span
    strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul
    var video wbr xmp
"""
_NAMES = frozenset(_HTML_NAMES.split())
_BEGIN_TAG, _END_TAG = re.compile(r"<([a-z][\w.-]*)"), re.compile(r"</([a-z][\w.-]*)")
_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*)>")
_COMPONENT = re.compile(r"<(/?)([A-Z][\w.]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_TEXTS = ("title", "label", "summary", "caption", "header", "text")


class Page(NamedTuple):
    """A document as HTML, and what it does not show."""

    html: str
    findings: tuple[Finding, ...]


def page_of(text: str, name: str) -> Page:
    """Return the document as HTML. Raises ReadError where it is nested too deep."""
    elements = set(_BEGIN_TAG.findall(text.lower())) & set(_END_TAG.findall(text.lower()))
    environment: Environment = {"elements": elements}
    parsed = _PARSER.parse(text, environment)
    for token in parsed:
        if token.level >= _DEEPEST - 1 and token.nesting == 1 and token.map:
            raise ReadError(
                f"{name} has quotations or lists deeper than {DEEPEST} levels near line {token.map[0] + 1}.",
                "Write it with fewer levels.",
            )
    html = str(_PARSER.renderer.render(parsed, _PARSER.options, environment)) + _inline_notes(environment)
    _leave_out_unused_links(parsed, environment)
    return Page(html, tuple(findings(environment)))


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


def _mark(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, environment: Environment) -> str:
    number = tokens[at].meta["id"]
    return f'<a role="doc-noteref" href="#fn-{number}">{number + 1}</a>'


def _note(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, environment: Environment) -> str:
    """A note stands where it was written until it is known who refers to it; one that nobody does is read there."""
    number = environment["footnotes"]["refs"].get(f":{tokens[at].meta['label']}", -1)
    return f'<aside role="doc-footnote" id="fn-{number}">' if number >= 0 else "<aside>"


def _end_of_note(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, environment: Environment
) -> str:
    return "</aside>"


# --- pictures, and HTML in the document


def _picture(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, environment: Environment) -> str:
    """Who writes `![](map.png)` has forgotten the alternative text, and did not mean that there is nothing to say."""
    written: str = renderer.image(tokens, at, options, environment)
    return written.replace(' alt=""', "", 1) if not tokens[at].content.strip() else written


def _html(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, environment: Environment) -> str:
    """HTML without its comments; components of JSX as the elements that they stand for."""
    written = tokens[at].content
    for comment in _COMMENT.finditer(written):
        leave_out(environment, "comments-left-out", comment[1])
    written = _TAG.sub(lambda found: _tag(found, environment), _COMMENT.sub("", written))
    return _COMPONENT.sub(lambda found: _component(found, environment), written)


def _tag(found: re.Match[str], environment: Environment) -> str:
    """A tag, or what only looks like one: `<name>`, which no page knows and nothing closes, is meant to be read."""
    name = found[2].lower()
    return found[0] if name in _NAMES or name in environment["elements"] else _escaped(found[0])


def _component(found: re.Match[str], environment: Environment) -> str:
    is_end, name, written, is_empty = found.groups()
    arguments = arguments_of(written)
    said = arguments.first(*_TEXTS)
    if is_empty and not said:
        leave_out(environment, "embedded-left-out", found[0])
        return ""
    box = box_of(name, arguments)
    # The end does not know its beginning's arguments, so what is folded or quoted is a part as others are.
    tag = "aside" if box.tag == "aside" else "div"
    if is_end:
        return f"</{tag}>"
    title = f"<p>{_escaped(box.title or said)}</p>" if box.title or (said and tag == "div") else ""
    return f'<{tag} class="{_escaped(box.kind)}">{title}' + f"</{tag}>" * bool(is_empty)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


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


def _parser() -> MarkdownIt:
    options = {"html": True, "maxNesting": _DEEPEST, "strikethrough_single_tilde": True}
    parser = MarkdownIt("commonmark", options)
    parser.enable(["table", "strikethrough"]).use(deflist_plugin).use(footnote_plugin, move_to_end=False)
    parser.use(attrs_plugin, after=(), spans=True, allowed=_ATTRIBUTES)
    parser.use(superscript_plugin)
    parser.use(maths).use(marks).use(boxes).use(lines).use(tokens)
    parser.use(anchors_plugin, max_level=6, slug_func=slug)
    parser.add_render_rule("footnote_ref", _mark)
    parser.add_render_rule("footnote_reference_open", _note)
    parser.add_render_rule("footnote_reference_close", _end_of_note)
    parser.add_render_rule("image", _picture)
    parser.add_render_rule("html_block", _html)
    parser.add_render_rule("html_inline", _html)
    return parser


_PARSER = _parser()
