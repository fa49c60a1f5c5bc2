"""What flavours of Markdown write with the marks of CommonMark: blocks are changed before their text is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from audio_edition.read.markdown.arguments import Arguments, arguments_of
from audio_edition.read.markdown.boxes import OPTION, box_of
from audio_edition.read.markdown.left_out import leave_out
from audio_edition.read.markdown.marks import slug
from audio_edition.read.markdown.shortcodes import FIGURE_END, figure

_CALLOUT = re.compile(r"\[!([^\[\]\n|]{1,60})(?:\|[^\[\]\n]{0,60})?\][+-]?[ \t]*([^\n]*)(?:\n|$)")
_BOLD_CALLOUT = re.compile(
    r"(?:\*\*|__)(Note|Tip|Important|Warning|Caution):?(?:\*\*|__)[ \t]*:?[ \t]*\n", re.IGNORECASE
)
_TASK = re.compile(r"\[([ xX/<>!?~-])\][ \t\n]+(?=\S)")
_TASKS = {" ": "☐", "x": "☑", "X": "☑", "-": "☒"}
_HEADING_ATTRIBUTES = re.compile(
    r"[ \t]*#*[ \t]+\{(?::[ \t]*|/\*[ \t]*)?([#.][^{}]*?|-|[\w-]+=[^{}]*?)(?:\*/)?[ \t]*\}[ \t]*$"
)
_BLOCK_ID = re.compile(r"(?:^|(?<=[\s.,;:!?…”\"')\]*_]))\s*\^([A-Za-z][\w-]{0,60}|[0-9a-f]{6})$")
_TAGS = re.compile(
    r"(?:^|(?<=[.!?…:;”\"')\]*_>\n]))\s*"
    r"(?:(?:(?:[Tt]ags?|[Kk]eywords):[ \t]*)?(?:^|(?<=\s))#[^\W\d_][\w/-]{0,60}(?:[,;]?\s+|$)){1,30}+$"
)
_PROPERTY = re.compile(r"[^\W\d_][\w /-]{0,30}:[ \t]+\S")
_QUERIES = frozenset({"base", "dataview", "dataviewjs", "query", "tasks", "tracker"})
"""Code that a program for notes puts its answer in the place of."""

_WORDS = frozenset({"code_inline", "text"})
_ADDRESS = re.compile(r"(?<![\w/])https?://[^\s<>\"|`]{1,2000}+")
_CAPTION = re.compile(r"(?:Table)?:[ \t]+(?=\S)")
_DIRECTIVE = re.compile(r"\{([\w:-]+)\}[ \t]*(.*)$")
_CODE_OF_R = re.compile(r"\{\.?([A-Za-z][\w+-]*)")
_RAW = re.compile(r"\{=(\w+)\}$")

_CODE = frozenset({"code", "code-block", "code-cell", "sourcecode", "literalinclude", "eval-rst", "parsed-literal"})
_LANGUAGES = """
    asis awk bash block c cat coffee cpp css d3 diff dot fortran gawk go groovy haskell html java javascript js julia
    lemon mathematica mermaid mysql node observable octave ojs perl php psql python r rcpp ruby rust sas scala sed sh
    sql stan stata tikz typescript zsh
"""
_PROGRAMS = frozenset(_LANGUAGES.split())
_FILLED_IN = frozenset(
    {"bibliography", "contents", "footbibliography", "genindex", "include", "index", "tableofcontents", "toctree"}
)
_DEEPEST = 8
"""Levels of directives inside directives; what is deeper is read as code."""

Rebuild = Callable[[StateCore, list[Token]], Iterator[Token]]


def tokens(parser: MarkdownIt) -> None:
    """Let the parser change what it found."""
    for name, rebuild in (
        ("directives", _directives),
        ("callouts", _callouts),
        ("tasks", _tasks),
        ("attributes_at_ends", _ends),
        ("captions", _captions),
        ("properties", _properties),
    ):
        parser.core.ruler.before("inline", name, _core(rebuild))
    parser.core.ruler.push("addresses", _core(_addresses))
    parser.core.ruler.push("anchors", _core(_anchors))


def _core(rebuild: Rebuild) -> Callable[[StateCore], None]:
    def rule(state: StateCore) -> None:
        state.tokens = list(rebuild(state, state.tokens))

    return rule


def _properties(state: StateCore, found: list[Token]) -> Iterator[Token]:
    """Notion: the lines of a paragraph that are all names with their values stay lines."""
    for token in found:
        lines = token.content.split("\n") if token.type == "inline" else []
        if len(lines) > 1 and all(map(_PROPERTY.match, lines)):
            token.content = "\\\n".join(line.rstrip(" \\") for line in lines)
        yield token


# --- MyST, R Markdown, Quarto


def _directives(state: StateCore, found: list[Token], depth: int = 0) -> Iterator[Token]:
    for token in found:
        if token.type == "fence" and token.info.strip() == "math":
            yield Token("math_block", "math", 0, content=token.content, block=True)
        elif token.type == "fence" and token.info.strip().lower() in _QUERIES:
            leave_out(state.env, "embedded-left-out", f"{token.info.strip()} {token.content}")
        elif token.type == "fence" and token.info.strip().startswith("{") and depth < _DEEPEST:
            yield from _of_fence(state, token, depth)
        else:
            yield token


def _of_fence(state: StateCore, fence: Token, depth: int) -> Iterator[Token]:
    info = fence.info.strip()
    if raw := _RAW.match(info):
        if raw[1].lower().startswith("html"):
            yield _html(fence.content)
        else:
            leave_out(state.env, "marks-left-out", fence.content)
        return
    directive = _DIRECTIVE.match(info)
    name = directive[1].rpartition(":")[2].lower() if directive else ""
    if not directive or name in _PROGRAMS or name in _CODE:
        program = _CODE_OF_R.match(info)
        fence.info = (directive[2].split() or [""])[0] if directive and name in _CODE else program[1] if program else ""
        if name in _CODE:
            fence.content = _with_options(fence.content)[1]
        yield fence
        return
    options, content = _with_options(fence.content)
    if name in _FILLED_IN:
        leave_out(state.env, "marks-left-out", f"{info} {fence.content}")
    elif name == "math":
        yield Token("math_block", "math", 0, content=content or directive[2], block=True)
    elif name in ("figure", "image"):
        options.setdefault("src", directive[2])
        yield _html(figure(Arguments(named=options)).removesuffix(FIGURE_END))
        yield from _parsed(state, content, depth)
        yield _html(FIGURE_END)
    else:
        yield from _box(state, name, options, directive[2], content, depth)


def _box(state: StateCore, name: str, options: dict[str, str], title: str, content: str, depth: int) -> Iterator[Token]:
    arguments = Arguments(classes=options.pop("class", "").split(), named=options)
    box = box_of(name, arguments, title if name not in ("list-table", "table", "csv-table") else "")
    yield _token("box_open", box.tag, 1, {"class": box.kind} if box.kind else None)
    if title := box.title or (title if box.tag == "div" else ""):
        yield from _paragraph(title, "summary" if box.tag == "details" else "p")
    yield from _parsed(state, content, depth)
    yield _token("box_close", box.tag, -1)


def _with_options(content: str) -> tuple[dict[str, str], str]:
    """Return the options at the beginning of a directive, `:alt: A boat`, and what follows."""
    options: dict[str, str] = {}
    lines = content.split("\n")
    while lines and (option := OPTION.match(lines[0].strip())):
        if option[1] != "name":
            options.setdefault(option[1], option[2].strip())
        lines.pop(0)
    return options, "\n".join(lines).strip("\n")


def _parsed(state: StateCore, content: str, depth: int) -> Iterator[Token]:
    inside: list[Token] = []
    state.md.block.parse(content, state.md, state.env, inside)
    yield from _directives(state, inside, depth + 1)


def _html(written: str) -> Token:
    return Token("html_block", "", 0, content=written, block=True)


def _token(
    kind: str, tag: str, nesting: Literal[-1, 0, 1], attributes: dict[str, str | int | float] | None = None
) -> Token:
    return Token(kind, tag, nesting, attrs=attributes or {}, block=True)


def _paragraph(text: str, tag: str = "p") -> Iterator[Token]:
    yield _token("paragraph_open", tag, 1)
    yield Token("inline", "", 0, content=text, children=[], block=True)
    yield _token("paragraph_close", tag, -1)


# --- GitHub, Obsidian


def _callouts(state: StateCore, found: list[Token]) -> Iterator[Token]:
    """A quotation that begins with `[!NOTE]` becomes a box, with its title as its first paragraph."""
    boxes: list[str] = []  # what each open quotation has become
    passed = 0
    for at, token in enumerate(found):
        if at < passed:
            continue
        if token.type == "blockquote_open":
            callout = _callout_of(found, at)
            box = (
                box_of(callout[1], Arguments(), callout[2].strip() if callout.re is _CALLOUT else "")
                if callout
                else None
            )
            boxes.append(box.tag if box and box.tag != "div" else "aside" if box else "blockquote")
            token.tag = boxes[-1]
            if callout and box:
                kind = box.kind or callout[1].strip().lower()
                token.attrSet("class", kind)
                yield token
                if box.title:
                    yield from _paragraph(box.title, "summary" if token.tag == "details" else "p")
                rest = found[at + 2].content[callout.end() :]
                found[at + 2].content = rest
                passed = at + 1 if rest.strip() else at + 4
                continue
        elif token.type == "blockquote_close":
            token.tag = boxes.pop()
        yield token


def _callout_of(found: list[Token], at: int) -> re.Match[str] | None:
    if at + 2 >= len(found) or found[at + 1].type != "paragraph_open" or found[at + 2].type != "inline":
        return None
    content = found[at + 2].content
    return _CALLOUT.match(content) or _BOLD_CALLOUT.match(content)


def _tasks(state: StateCore, found: list[Token]) -> Iterator[Token]:
    """An item says first whether it is done, as a page shows it: ☑ done, ☐ not done, ☒ given up."""
    for at, token in enumerate(found):
        opens_item = token.type == "inline" and at > 1 and found[at - 2].type == "list_item_open"
        if opens_item and (task := _TASK.match(token.content)):
            token.content = f"{_TASKS.get(task[1], '☐')} {token.content[task.end() :]}"
        yield token


# --- attributes and names at the end


def _ends(state: StateCore, found: list[Token]) -> Iterator[Token]:
    """Headings without their attributes, `{#id .class}`, and paragraphs without Obsidian's names and tags, `^block1`,
    `#sea/news`."""
    for at, token in enumerate(found):
        if token.type == "inline" and at:
            opened = found[at - 1]
            if opened.type == "heading_open" and (end := _HEADING_ATTRIBUTES.search(token.content)):
                token.content = token.content[: end.start()]
                if name := arguments_of(end[1]).named.get("id"):
                    opened.attrSet("id", name)
            elif opened.type == "paragraph_open":
                for pattern in (_BLOCK_ID, _TAGS):
                    if end := pattern.search(token.content):
                        token.content = token.content[: end.start()]
                        leave_out(state.env, "marks-left-out", end[0])
        yield token


# --- addresses


def _addresses(state: StateCore, found: list[Token]) -> Iterator[Token]:
    """Addresses that stand in the text lead where they say."""
    for token in found:
        if token.children and "://" in token.content:
            token.children = list(_with_links(token.children))
        yield token


def _with_links(children: list[Token]) -> Iterator[Token]:
    inside = 0
    for child in children:
        inside += child.nesting if child.type.startswith("link_") else 0
        if inside or child.type != "text":
            yield child
            continue
        start = 0
        for address in _ADDRESS.finditer(child.content):
            shown = address[0].rstrip("?!.,:*_~'\"")
            while shown.endswith(")") and shown.count(")") > shown.count("("):
                shown = shown[:-1]
            yield Token("text", "", 0, content=child.content[start : address.start()])
            yield Token("link_open", "a", 1, attrs={"href": shown}, markup="linkify")
            yield Token("text", "", 0, content=shown)
            yield Token("link_close", "a", -1, markup="linkify")
            start = address.start() + len(shown)
        yield Token("text", "", 0, content=child.content[start:])


def _anchors(state: StateCore, found: list[Token]) -> Iterator[Token]:
    """Headings by the names that GitHub gives them, each its own."""
    counts: Counter[str] = Counter()
    for at, token in enumerate(found):
        if token.type == "heading_open" and not token.attrGet("id"):
            words = "".join(each.content for each in found[at + 1].children or () if each.type in _WORDS)
            name = slug(words)
            token.attrSet("id", f"{name}-{counts[name]}" if counts[name] else name)
            counts[name] += 1
        yield token


# --- captions of tables


def _captions(state: StateCore, found: list[Token]) -> Iterator[Token]:
    """A paragraph beside a table that begins with `Table:` or `:` is its caption (Pandoc)."""
    captioned: dict[int, str] = {}
    moved: set[int] = set()
    for at, token in enumerate(found):
        if token.type != "table_open":
            continue
        end = next((place for place in range(at, len(found)) if found[place].type == "table_close"), at)
        for first in (end + 1, at - 3):
            if at not in captioned and first not in moved and (caption := _caption(found, first)):
                captioned[at] = caption
                moved |= {first, first + 1, first + 2}
    for at, token in enumerate(found):
        if at in moved:
            continue
        yield token
        if at in captioned:
            yield from _paragraph(captioned[at], "caption")


def _caption(found: list[Token], first: int) -> str:
    if first < 0 or first + 1 >= len(found) or found[first].type != "paragraph_open":
        return ""
    content = found[first + 1].content
    mark = _CAPTION.match(content)
    return content[mark.end() :] if mark else ""
