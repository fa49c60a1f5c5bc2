"""HTML in Markdown, and the components of JSX that MDX has beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from audio_edition.read.markdown.arguments import arguments_of
from audio_edition.read.markdown.boxes import Rules, box_of, line_of
from audio_edition.read.markdown.left_out import Environment, leave_out
from audio_edition.read.markdown.shortcodes import figure

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
_BEGIN, _END = re.compile(r"<([a-z][\w.-]*)"), re.compile(r"</([a-z][\w.-]*)")
_ALIKE_NAMES = """
    a blockquote br code dd del details dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr ins li ol p pre strong sub
    summary sup table tbody td th thead tr ul
"""
_ALIKE = frozenset(_ALIKE_NAMES.split())
"""Components that are what the elements called so are."""

_PICTURES = frozenset({"Figure", "Image", "Img", "Picture", "ThemedImage"})
_HIDING = frozenset({"iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"})
"""Elements whose text is none of the page's: where they have no end, all that follows would be hidden."""

_COMMENT = re.compile(
    r"<!--(.*?)(?:-->|\Z)|<\?(.*?)(?:\?>|\Z)|<!\[CDATA\[(.*?)(?:\]\]>|\Z)|<!([A-Za-z][^>]*)(?:>|\Z)", re.DOTALL
)
_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*)([^<>]{0,2000})>")
_COMPONENT = (
    r"<(/?)([A-Z][\w.]*)((?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}){0,2000}?)(/?)>"
)
_COMPONENTS = re.compile(rf"(?:\s*{_COMPONENT})+\s*")
_TEXTS = ("title", "label", "summary", "caption", "header", "text")
_MOST_LINES = 40
"""Of the tags of a component."""

_MOST_BETWEEN = 1_000


def components(parser: MarkdownIt) -> None:
    """Let the parser read components, and HTML as pages show it."""
    parser.inline.ruler.before("html_inline", "component", _inline)
    parser.add_render_rule("html_block", _html)
    parser.add_render_rule("html_inline", _html)


def elements_of(text: str) -> set[str]:
    """Return the names of all elements that have a beginning and an end."""
    text = text.lower()
    return set(_BEGIN.findall(text)) & set(_END.findall(text))


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Tags of components on lines of their own. What stands between them is Markdown, as in MDX."""
    text = line_of(state, start, "<")
    if not text.lstrip("</")[:1].isupper():
        return False
    last = start + 1
    while _COMPONENTS.fullmatch(text) is None:
        if last >= min(end, start + _MOST_LINES) or state.isEmpty(last) or (last > start + 1 and text.endswith(">")):
            return False
        text += "\n" + line_of(state, last)
        last += 1
    if not silent:
        token = state.push("html_block", "", 0)
        token.content, token.map = text + "\n", [start, last]
        state.line = last
    return True


def _inline(state: StateInline, silent: bool) -> bool:
    found = _ONE_COMPONENT.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if found is None or not _is_one(found[2], state.env):
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0]
    state.pos = found.end()
    return True


_ONE_COMPONENT = re.compile(_COMPONENT)


def _is_one(name: str, environment: Environment) -> bool:
    return name.lower() in _NAMES or name.lower() in environment["elements"] or len(name) > 1


def _html(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, environment: Environment
) -> str:
    """Return HTML without its comments, with components as the elements that they stand for."""
    written = tokens[at].content
    for comment in _COMMENT.finditer(written):
        leave_out(environment, "comments-left-out", next(filter(None, comment.groups()), ""))
    written = _COMMENT.sub("", written)
    is_inline = tokens[at].type == "html_inline"
    following = "".join(each.content for each in islice(tokens, at + 1, at + _MOST_BETWEEN)) if is_inline else written
    written = _TAG.sub(lambda found: _tag(found, environment, following), written)
    return _ONE_COMPONENT.sub(lambda found: _component(found, environment, is_inline), written)


def _tag(found: re.Match[str], environment: Environment, following: str) -> str:
    """Return a tag, or the text that only looks like one: `<name>`, which no page knows and nothing closes, and what
    would hide all that follows."""
    is_end, name = found[1], found[2].lower()
    if name in _HIDING and not is_end and f"</{name}" not in following.lower():
        return escape(found[0], quote=False)
    is_known = name in _NAMES or name in environment["elements"] or (found[2][:1].isupper() and found[3].strip() != "")
    return found[0] if is_known or found[3].strip() else escape(found[0], quote=False)


def _component(found: re.Match[str], environment: Environment, is_inline: bool) -> str:
    is_end, name, written, is_empty = found.groups()
    if name.lower() in _ALIKE or (name.isupper() and name.lower() in _NAMES):
        return found[0]
    arguments = arguments_of(written)
    if name in _PICTURES and is_empty and arguments.named.keys() & {"alt", "caption", "src"}:
        return figure(arguments)
    said = arguments.first(*_TEXTS)
    if is_empty and not said:
        leave_out(environment, "embedded-left-out", found[0])
        return ""
    box = box_of(name, arguments)
    # The end does not know its beginning's arguments, so what is folded or quoted is a part as others are.
    tag = "aside" if box.tag == "aside" else "span" if is_inline else "div"
    if is_end:
        return f"</{tag}>"
    title = escape(box.title or said if tag == "aside" else said)
    if title and tag != "span":
        title = f"<p>{title}</p>"
    elif title and not is_empty:
        title += ": "
    return f'<{tag} class="{escape(box.kind)}">{title}' + f"</{tag}>" * bool(is_empty)


COMPONENTS: Rules = {"<": (_block,)}
"""The rule that reads tags on lines of their own, by the character that they begin with."""
