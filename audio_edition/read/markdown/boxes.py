"""Reads boxes and other multi-line containers in the many flavours of Markdown.

`::: tip Title` (Docusaurus, Pandoc, MyST, VuePress), `!!! note "Title"` (MkDocs), `{{% notice tip %}}` (Hugo), `{% hint
style="info" %}` (GitBook, Jekyll) and `{::comment}` (kramdown) are read by parser rules; `> [!NOTE]` (GitHub, Obsidian)
and ```` ```{note} ```` (MyST) are converted from the parser's tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

from audio_edition.read.markdown.arguments import Arguments, arguments_of
from audio_edition.read.markdown.left_out import leave_out
from audio_edition.read.markdown.shortcodes import FIGURE_END, figure

_ASIDES_NAMES = """
    abstract aside attention bug caution check cite danger definition done error example exercise fail failure faq
    good help hint important info lemma missing note note-box proof proposition question remark see-also seealso sidebar
    solution success summary theorem tip tldr todo version-added versionadded versionchanged deprecated warn warning
"""
_ASIDES = frozenset(_ASIDES_NAMES.split())
_OF_ANY_KIND = frozenset({"admonition", "alert", "box", "callout", "hint", "infobox", "message", "notice", "panel"})
"""Names of boxes whose kind is an argument."""

_FOLDED = frozenset(
    {"accordion", "collapse", "collapsible", "details", "detail", "dropdown", "expand", "foldout", "spoiler", "toggle"}
)
_QUOTES = frozenset({"blockquote", "cite-block", "epigraph", "highlights", "pull-quote", "pullquote", "quote"})
_CODE = frozenset({"code", "highlight", "mermaid"})
_COMMENTS = frozenset({"comment"})
_SHOWN = frozenset({"kind", "status", "style", "type", "variant", "title", "summary", "header", "heading"})
"""Arguments of a box that are read as its kind or its title."""

_NAMED = re.compile(r"[\w-]+=")
_TITLES = ("title", "summary", "header", "heading", "label", "name", "caption")

_COLONS = re.compile(r"(?P<fence>:{3,})[ \t]*(?P<written>[^\s:].*?)?[ \t:]*$")
_BRACED = re.compile(
    r"\{\{[<%]-?[ \t]*(?P<end>/?)[ \t]*(?P<name>[\w/.-]+)(?P<written>[^\n]*?)[ \t]*-?[>%]\}\}[ \t]*$"
    r"|\{%-?[ \t]*(?P<liquid_end>end)?(?P<liquid>[\w-]+)(?P<liquid_written>[^\n]*?)[ \t]*-?%\}[ \t]*$"
    r"|\{::(?P<kramdown>[\w-]+)(?P<kramdown_written>[^\n]*?)\}[ \t]*$|\{:(?P<kramdown_end>/)[\w-]*\}[ \t]*$"
)
_INDENTED = re.compile(
    r"(?:(?P<kind>!!!|\?\?\?\+?)[ \t]+(?P<name>[\w-]+)|(?P<tab>===[!+]?)(?=[ \t]+[\"“]))(?P<written>[^\n]*)$"
)
OPTION = re.compile(r":([\w-]+):[ \t]*(.*?)[ \t]*$")
"""An option of a MyST directive, on a line of its own."""

_QUOTED = re.compile(r"[\"“](.*)[\"”]")
_EXTRAS = re.compile(r"(?:[ \t]+[\w|-]+)*[ \t]*(?:[\"“].*[\"”])?[ \t]*")
_CODE_FENCE = re.compile(r"(`{3,}|~{3,})")


Rule = Callable[[StateBlock, int, int, bool], bool]
Rules = Mapping[str, tuple[Rule, ...]]


@dataclass(frozen=True, slots=True)
class Box:
    """A container: the element that it becomes, its kind and its title."""

    tag: str
    kind: str = ""
    title: str = ""


def box_of(name: str, arguments: Arguments, title: str = "") -> Box:
    """Return the box with this name: an aside for a note, a tip or a warning; ordinary text if the name is unknown."""
    name = name.lower().strip("+-/")
    called = [name, *(each.lower() for each in arguments.classes)]
    called += [each.removeprefix(f"{any_kind}-") for any_kind in _OF_ANY_KIND for each in called]
    said = [arguments.first("type", "kind", "style", "variant", "status").lower(), *map(str.lower, arguments.words[:1])]
    title = title or arguments.first(*_TITLES)
    if any(each in _FOLDED for each in called):
        return Box("details", title=title or _joined(arguments))
    if any(each in _QUOTES for each in called):
        return Box("blockquote", title=title)
    if kind := next((each for each in called if each in _ASIDES and each not in _OF_ANY_KIND), ""):
        return Box("aside", kind, _other_than(kind, title or _joined(arguments)))
    if any(each in _OF_ANY_KIND for each in called):
        kind = next((each for each in said if each in _ASIDES), "note")
        words = arguments.words[1:] if said[1:] and said[1] == kind else arguments.words
        return Box("aside", kind, _other_than(kind, title or " ".join(words)))
    if name == "figure":
        return Box("figure")
    return Box("div", name, title)


def _joined(arguments: Arguments) -> str:
    return " ".join(arguments.words)


def _other_than(kind: str, title: str) -> str:
    """Return the title; empty if it only repeats the kind, which is said anyway."""
    return "" if title.casefold().rstrip(":") == kind else title


def open_box(state: StateBlock, box: Box, line: int) -> None:
    """Open a box, with its title as its first paragraph."""
    token = state.push("box_open", box.tag, 1)
    token.map = [line, line + 1]
    if box.kind:
        token.attrSet("class", box.kind)
    if box.title:
        tag = "summary" if box.tag == "details" else "p"
        state.push("box_title_open", tag, 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.children, inline.map = box.title, [], [line, line + 1]
        state.push("box_title_close", tag, -1)


def close_box(state: StateBlock, box: Box) -> None:
    """Close a box."""
    state.push("box_close", box.tag, -1)


def line_of(state: StateBlock, line: int, begins: str | tuple[str, ...] = "") -> str:
    """Return a line without the marks of the blocks around it; empty if it is indented code, or does not start with
    `begins`."""
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(begins, start) or state.is_code_block(line):
        return ""
    return state.src[start : state.eMarks[line]]


def _fenced(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a container with an opening and a closing line."""
    text = line_of(state, start, (":::", "{{", "{%", "{:"))
    if not text:
        return False
    close = _pairs(state).get(start)
    found = _COLONS.match(text) or _BRACED.match(text)
    if found is None or close is None or close >= end or state.sCount[close] < state.blkIndent:
        return False
    if silent:
        return True
    _write(state, start, close, found)
    state.line = close + 1
    return True


def _write(state: StateBlock, start: int, close: int, found: re.Match[str]) -> None:
    groups = found.groupdict()
    name = groups.get("name") or groups.get("liquid") or groups.get("kramdown") or ""
    first = start + 1
    if "fence" in groups:
        name, arguments, title = _colon_arguments(groups["written"] or "")
        while first < close and (option := OPTION.match(line_of(state, first))):
            if option[1] == "class":
                arguments.classes += option[2].split()
            elif option[1] != "name":
                arguments.named.setdefault(option[1], option[2])
            first += 1
    else:
        written = groups["written"] or groups["liquid_written"] or groups["kramdown_written"] or ""
        arguments, title = arguments_of(written), ""
    inside = state.getLines(first, close, state.blkIndent, True)
    if name in _COMMENTS:
        leave_out(state.env, "comments-left-out", inside)
        return
    if name in _CODE:
        code = state.push("fence", "code", 0)
        code.content, code.map = inside, [start, close]
        code.info = name if name == "mermaid" else next(iter(arguments.words), "")
        return
    if name == "figure":
        arguments.named.setdefault("src", title or next(iter(arguments.words), ""))
        _write_figure(state, arguments, start, first, close)
        return
    box = box_of(name, arguments, title)
    if "fence" not in groups and (box.tag == "div" or set(arguments.named) - _SHOWN):
        leave_out(state.env, "marks-left-out", f"{found[0]} {line_of(state, close)}")
    _write_inside(state, box, start, first, close)


def _write_inside(state: StateBlock, box: Box, start: int, first: int, end: int) -> None:
    open_box(state, box, start)
    parent, last, indent = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax = "container", end
    state.md.block.tokenize(state, first, end)
    state.parentType, state.lineMax, state.blkIndent = parent, last, indent
    close_box(state, box)


def _write_figure(state: StateBlock, arguments: Arguments, start: int, first: int, end: int) -> None:
    state.push("html_block", "", 0).content = figure(arguments).removesuffix(FIGURE_END)
    _write_inside(state, Box("div"), start, first, end)
    state.push("html_block", "", 0).content = FIGURE_END


_DIRECTIVE = re.compile(r"\{?(?P<name>[\w-]+)\}?(?:\[(?P<label>[^\]]*)\])?(?P<braced>\{[^}]*\})?[ \t]*(?P<rest>.*)$")


def _colon_arguments(written: str) -> tuple[str, Arguments, str]:
    """Return the name, arguments and title of `tip Title`, `tip[Title]{#id}`, `{note} Title`, `{.callout-tip}`."""
    if written.startswith("{") and written[1:2] in (".", "#", "-"):
        arguments = arguments_of(written.strip("{}"))
        return next(iter(arguments.classes), ""), arguments, ""
    found = _DIRECTIVE.match(written)
    if found is None:
        return "", Arguments(words=[written]), ""
    arguments = arguments_of((found["braced"] or "").strip("{}"))
    rest = found["rest"].strip()
    if rest.startswith("{"):
        more = arguments_of(rest.strip("{}"))
        arguments = Arguments(more.words, more.named | arguments.named, more.classes + arguments.classes)
        rest = ""
    elif _NAMED.match(rest):
        arguments = arguments_of(rest)
        rest = ""
    return found["name"], arguments, (found["label"] or rest).strip("\"“”' ")


def _pairs(state: StateBlock) -> dict[int, int]:
    """Return the closing line of each container, by its opening line. All are found in one pass: one by one would take
    quadratic time."""
    known = state.env.setdefault("pairs", {})
    if state.src not in known:
        known[state.src] = _paired(state.src.split("\n"))
    pairs: dict[int, int] = known[state.src]
    return pairs


def _paired(lines: list[str]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    open_colons: list[int] = []
    open_named: list[tuple[str, int]] = []
    fence = ""
    for at, line in enumerate(lines):
        text = line.lstrip(" 	>")
        if fence or text[:3] in ("```", "~~~"):
            fence = _fence_after(fence, text)
        elif found := _COLONS.match(text):
            if found["written"]:
                open_colons.append(at)
            elif open_colons:
                pairs[open_colons.pop()] = at
        elif text[:1] == "{" and (found := _BRACED.match(text)):
            _pair(found, at, open_named, pairs)
    return pairs


def _fence_after(fence: str, text: str) -> str:
    """Return the code fence that is open after a line; empty if none is."""
    found = _CODE_FENCE.match(text)
    if not fence:
        return found[1] if found else ""
    return "" if found and found[1].startswith(fence) and not text[found.end() :].strip() else fence


def _pair(found: re.Match[str], at: int, open_named: list[tuple[str, int]], pairs: dict[int, int]) -> None:
    name = found["name"] or found["liquid"] or found["kramdown"] or ""
    if not (found["end"] or found["liquid_end"] or found["kramdown_end"]):
        if len(open_named) < 1000:
            open_named.append((name, at))
        return
    if found["kramdown_end"]:
        name = open_named[-1][0] if open_named else ""
    last = next((place for place in range(len(open_named) - 1, -1, -1) if open_named[place][0] == name), None)
    if last is not None:
        pairs[open_named[last][1]] = at
        del open_named[last:]


def _indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read MkDocs containers: the lines after the first are indented by four."""
    text = line_of(state, start, ("!!!", "???", "==="))
    if not text or (found := _INDENTED.match(text)) is None:
        return False
    last = first = start + 1
    while last < end and (state.isEmpty(last) or state.sCount[last] - state.blkIndent >= 4):
        last += 1
    while last > first and state.isEmpty(last - 1):
        last -= 1
    if last == first or _EXTRAS.fullmatch(found["written"]) is None:
        return False
    if silent:
        return True
    written = arguments_of(found["written"])
    if found["tab"]:
        box = Box("div", "tab", _joined(written))
    else:
        title = _QUOTED.search(found["written"])
        box = box_of(found["name"], Arguments(), title[1].strip() if title else "")
        box = box if box.tag != "div" else Box("aside", found["name"].lower(), box.title)
        box = Box("details", box.kind, box.title) if found["kind"] != "!!!" and box.title else box
    state.blkIndent += 4
    _write_inside(state, box, start, first, last)
    state.blkIndent -= 4
    state.line = last
    return True


BOXES: Rules = {":": (_fenced,), "{": (_fenced,), "!": (_indented,), "?": (_indented,), "=": (_indented,)}
"""The rules that read boxes, by first character."""
