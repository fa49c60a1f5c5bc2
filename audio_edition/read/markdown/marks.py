"""Reads inline marks that are not CommonMark's, as each flavour of Markdown shows them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.subscript import tokenize as subscript

from audio_edition.read.markdown.arguments import arguments_of
from audio_edition.read.markdown.left_out import leave_out
from audio_edition.read.markdown.shortcodes import (
    LINK,
    SHORTCODE,
    VARIABLE,
    link_by_program,
    picture,
    shortcode,
    write_html,
    write_text,
)

Rule = Callable[[StateInline, bool], bool]
Write = Callable[[StateInline, re.Match[str]], None]

_PICTURE = re.compile(r"\.(?:apng|avif|bmp|gif|jpe?g|png|svg|tiff?|webp)$", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:x\d+)?|(?:left|right|center|inline|small|medium|large)$")


def marks(parser: MarkdownIt) -> None:
    """Make the parser read the marks."""
    parser.inline.ruler.before("escape", "marks", _mark)
    parser.add_render_rule("sub", lambda _self, tokens, at, *_: f"<sub>{escape(tokens[at].content)}</sub>")


def _mark(state: StateInline, silent: bool) -> bool:
    """Apply the rules for the character at the current position."""
    return any(rule(state, silent) for rule in _BY_CHARACTER.get(state.src[state.pos], ()))


def _rule(pattern: str, write: Write) -> Rule:
    """Return a parser rule for a pattern."""
    compiled = re.compile(pattern, re.DOTALL)

    def rule(state: StateInline, silent: bool) -> bool:
        found = compiled.match(state.src, state.pos, state.posMax)
        if found is None:
            return False
        if not silent:
            write(state, found)
        state.pos = found.end()
        return True

    return rule


def _around(mark: str, tag: str) -> Rule:
    """Return a parser rule for text between two equal marks, with further marks inside."""
    sign = re.escape(mark[0])
    pattern = re.compile(rf"{sign}{sign}(?![\s{sign}])(.{{0,499}}?[^\s\\{sign}]){sign}{sign}(?!{sign})", re.DOTALL)

    def rule(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith(mark, state.pos):
            return False
        found = pattern.match(state.src, state.pos, state.posMax)
        if found is None or (state.pos and state.src[state.pos - 1] == mark[0]):
            return False
        if not silent:
            _inside(state, tag, found.start(1), found.end(1))
        state.pos = found.end()
        return True

    return rule


def _inside(state: StateInline, tag: str, start: int, end: int) -> None:
    """Write an element that holds the text from `start` to `end`."""
    before = state.pos, state.posMax
    state.push(f"{tag}_open", tag, 1)
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.push(f"{tag}_close", tag, -1)
    state.pos, state.posMax = before


def _below(state: StateInline, silent: bool) -> bool:
    """Read H~2~O; a text on its own between single tildes is struck out, as on GitHub."""
    if state.src[state.pos] != "~" or not state.pos or not state.src[state.pos - 1].isalnum():
        return False
    return subscript(state, silent)


def _leaving_out(kind: str) -> Write:
    return lambda state, found: leave_out(state.env, kind, found[0])


# --- Obsidian, and wikis


def _embed(state: StateInline, found: re.Match[str]) -> None:
    """Read a picture with its text; another note or a recording is only named."""
    target, *said = found[1].split("|")
    if not _PICTURE.search(target.partition("#")[0].strip()):
        leave_out(state.env, "embedded-left-out", found[1])
        return
    words = [each.strip() for each in said if not _SIZE.match(each.strip())]
    write_html(state, picture(target.strip(), " ".join(words)))


def _wiki_link(state: StateInline, found: re.Match[str]) -> None:
    """Write the label of a link to another note, or the note's name."""
    target, _, label = found[1].partition("|")
    page, _, place = target.strip().partition("#")
    shown = label.strip() or ": ".join(filter(None, (page, place.lstrip("^").replace("#", ": "))))
    if not page and place and not place.startswith("^"):
        state.push("link_open", "a", 1).attrSet("href", f"#{slug(place)}")
        write_text(state, label.strip() or place)
        state.push("link_close", "a", -1)
    elif place.startswith("^") and not label:
        write_text(state, page) if page else leave_out(state.env, "marks-left-out", found[0])
    else:
        write_text(state, shown)


def slug(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


# --- MultiMarkdown's CriticMarkup


def _critic(state: StateInline, found: re.Match[str]) -> None:
    if found["added"] is not None:
        _inside(state, "ins", found.start("added"), found.end("added"))
    elif found["deleted"] is not None:
        _inside(state, "s", found.start("deleted"), found.end("deleted"))
    elif found["marked"] is not None:
        _inside(state, "mark", found.start("marked"), found.end("marked"))
    elif found["comment"] is not None:
        leave_out(state.env, "comments-left-out", found["comment"])
    else:
        _inside(state, "s", found.start("old"), found.end("old"))
        _inside(state, "ins", found.start("new"), found.end("new"))


_CRITIC = (
    r"\{\+\+(?P<added>.{1,2000}?)\+\+\}|\{--(?P<deleted>.{1,2000}?)--\}|\{==(?P<marked>.{1,2000}?)==\}"
    r"|\{>>(?P<comment>.{1,2000}?)<<\}|\{~~(?P<old>.{0,1000}?)~>(?P<new>.{0,1000}?)~~\}"
)


# --- Pandoc, MyST


def _role(state: StateInline, found: re.Match[str]) -> None:
    """Write what a role shows of its text: `` {ref}`the harbour <harbour>` ``."""
    name, text = found[1].lower().rpartition(":")[2], found[3].strip()
    label, _, target = text.partition("<")
    text = label.strip() if target.endswith(">") and label.strip() else text
    if name == "math":
        state.push("math_inline", "math", 0).content = text
    elif name in ("sub", "subscript", "sup", "superscript"):
        tag = name[:3]
        write_html(state, f"<{tag}>{escape(text)}</{tag}>")
    elif name.startswith("cite") or name in ("footcite", "eq", "numref", "index", "target"):
        kind = "citations-left-out" if "cite" in name else "marks-left-out"
        leave_out(state.env, kind, found[0])
    elif name in ("code", "literal", "kbd", "file", "command", "samp", "program"):
        write_html(state, f"<code>{escape(text)}</code>")
    else:
        write_text(state, text)


def _raw(state: StateInline, found: re.Match[str]) -> None:
    """Leave out text for output formats other than HTML: `` `<b>`{=tex} ``."""
    if found[3].lower().startswith("html"):
        write_html(state, found[2])
    else:
        leave_out(state.env, "marks-left-out", found[2])


def _emoji(state: StateInline, found: re.Match[str]) -> None:
    """Write an emoji's short name as an alternative text."""
    name = _EMOJI.get(found[1], found[1].replace("_", " ").replace("-", " "))
    write_html(state, f'<img class="emoji" alt="{escape(name.strip())}">')


_EMOJI = {"+1": "thumbs up", "-1": "thumbs down", "ok_hand": "OK", "100": "hundred"}


def _span(state: StateInline, found: re.Match[str]) -> None:
    """Read Pandoc's words with attributes: `[bonjour]{lang=fr}`."""
    arguments = arguments_of(found[2])
    at = len(state.tokens)
    _inside(state, "span", found.start(1), found.end(1))
    opened = next(each for each in state.tokens[at:] if each.type == "span_open")
    for name in ("id", "lang"):
        if value := arguments.named.get(name):
            opened.attrSet(name, value)


def _attributes(state: StateInline, silent: bool) -> bool:
    """Leave out attributes, but keep an id and a language: `![A boat](boat.png){width=50%}`, `[the
    harbour](a.md){#one}`."""
    found = _ATTRIBUTES.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if found is None or state.pending or not state.tokens or state.tokens[-1].type not in _WITH_ATTRIBUTES:
        return False
    if not silent:
        arguments = arguments_of(found[1])
        last = state.tokens[-1]
        opened = next(each for each in reversed(state.tokens) if each.level == last.level and each.nesting >= 0)
        for name in ("id", "lang", "alt"):
            if value := arguments.named.get(name):
                opened.attrSet(name, value)
    state.pos = found.end()
    return True


_ATTRIBUTES_PATTERN = r"\{[ \t]*((?:(?:[#.][\w:.-]+|[\w:-]+=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s{}\"']+))[ \t\n]*){1,20}+)\}"
_ATTRIBUTES = re.compile(_ATTRIBUTES_PATTERN)
_WITH_ATTRIBUTES = frozenset({"code_inline", "image", "link_close", "math_inline", "em_close", "strong_close"})


_BY_CHARACTER: dict[str, tuple[Rule, ...]] = {
    "\\": (_rule(r"\\@ref\([^()\s]{1,100}\)", _leaving_out("marks-left-out")),),
    "`": (_rule(r"(`+)(?!`)(.{1,2000}?)(?<!`)\1\{=(\w+)\}", _raw),),
    "=": (_around("==", "mark"),),
    "+": (_around("++", "ins"),),
    "~": (_below,),
    "%": (_rule(r"(?<!\d)(?<!\d )%%(?!\s*%%).{1,10000}?%%", _leaving_out("comments-left-out")),),
    ":": (_rule(r"(?<![\w:]):([a-z][a-z0-9_+-]{1,40}|\+1|-1|100):(?![\w:])", _emoji),),
    "!": (_rule(r"!\[\[([^\[\]\n]{1,500})\]\]", _embed),),
    "[": (
        _rule(r"\[((?:[^\[\]\\]|\\.){1,1000})\](?=\{[ \t]*[#.\w][^{}]*\})" + _ATTRIBUTES_PATTERN, _span),
        _rule(LINK, link_by_program),
        _rule(r"\[\[([^\[\]\n]{1,500})\]\](?![(\[:])", _wiki_link),
        _rule(r"\[(?:[^\[\]]{0,200}[\s;(])?-?@[\w{][^\[\]]{0,500}\](?![(\[{])", _leaving_out("citations-left-out")),
    ),
    "{": (
        _attributes,
        _rule(r"\{([A-Za-z][\w:+-]*)\}(`+)(?!`)(.{1,2000}?)(?<!`)\2(?!`)", _role),
        _rule(_CRITIC, _critic),
        _rule(r"\{\s*/\*.{0,10000}?\*/\s*\}", _leaving_out("comments-left-out")),
        _rule(r"\{::comment\}.{0,10000}?\{:/(?:comment)?\}", _leaving_out("comments-left-out")),
        _rule(r"\{:(?::|/)[^{}\n]{0,200}\}", _leaving_out("marks-left-out")),
        _rule(r"\{:[^{}\n]{0,500}\}", lambda _state, _found: None),
        _rule(SHORTCODE, shortcode),
        _rule(VARIABLE, _leaving_out("marks-left-out")),
    ),
}
"""The marks by first character."""
