"""Reads placeholders that a program would replace: shortcodes of Hugo, tags of Jekyll and GitBook."""

from __future__ import annotations

import re
from html import escape

from markdown_it.rules_inline import StateInline

from audio_edition.read.lines import speakable
from audio_edition.read.markdown.arguments import Arguments, arguments_of
from audio_edition.read.markdown.left_out import leave_out

SHORTCODE = r"\{\{[<%]-?(?!/\*)(.{1,4000}?)-?[>%]\}\}|\{%-?(.{1,4000}?)-?%\}"
VARIABLE = r"\{\{-?\s*(?:site|page|post|include|content|layout|[.$])[\w.|: '\"-]{0,200}-?\}\}"
LINK = r"\[([^\[\]]{1,500})\]\(\s*<?\{[{%][^\n]{1,500}?[}%]\}[^)\s]{0,500}\)"
"""A link whose address only a program can find."""

FIGURE_END = "</figcaption></figure>"
_FIGURES = frozenset({"figure", "fig", "img", "image", "imgproc", "imgcap", "photo", "picture"})


def write_html(state: StateInline, html: str) -> None:
    """Write HTML unchanged."""
    state.push("html_inline", "", 0).content = html


def write_text(state: StateInline, text: str) -> None:
    """Write text unchanged."""
    state.push("text", "", 0).content = text


def picture(address: str, said: str) -> str:
    """Return a picture as HTML, without alternative text if none is given."""
    return f'<img src="{escape(address)}" alt="{escape(said)}">' if said else f'<img src="{escape(address)}">'


def shortcode(state: StateInline, found: re.Match[str]) -> None:
    """Read a picture with its caption; any other shortcode is only named."""
    written = (found[1] or found[2] or "").strip().rstrip("/").strip()
    name, _, rest = written.partition(" ")
    name = name.lower()
    arguments = arguments_of(rest)
    if name == "include" and arguments.words and _FIGURES & {arguments.words[0].rpartition("/")[2].partition(".")[0]}:
        name, arguments.words = "figure", arguments.words[1:]
    if name in _FIGURES:
        write_html(state, figure(arguments))
        return
    shown = [arguments.first("text", "label", "title", "caption", "content"), *arguments.words]
    if name in ("button", "badge", "kbd", "tag", "icon", "abbr") and (text := next(filter(None, shown), "")):
        write_text(state, text)
    elif name.startswith(("end", "/")) or not any(map(speakable, (*arguments.words, *arguments.named.values()))):
        leave_out(state.env, "marks-left-out", found[0])
    else:
        kind = "marks-left-out" if name in _OF_PROGRAMS else "embedded-left-out"
        leave_out(state.env, kind, found[0])


_OF_PROGRAMS = frozenset({"assign", "capture", "case", "else", "elsif", "for", "if", "link", "post_url", "raw", "ref",
                          "relref", "tab", "tabs", "unless", "when"})  # fmt: skip


def figure(arguments: Arguments) -> str:
    """Return a picture with its caption, as HTML."""
    words = [*arguments.words, ""]
    address = arguments.first("src", "link", "url", "image", "path", "filename", "name")
    if not address:
        address = words.pop(0)
    caption = ". ".join(filter(None, (arguments.first("title"), arguments.first("caption", "description") or words[0])))
    shown = escape(caption)
    return f"<figure>{picture(address, arguments.first('alt'))}" + f"<figcaption>{shown}{FIGURE_END}"


def link_by_program(state: StateInline, found: re.Match[str]) -> None:
    """Read `[the report]({{< ref "report.md" >}})` as its text: only the program knows the address."""
    before = state.pos, state.posMax
    state.pos, state.posMax = found.start(1), found.end(1)
    state.md.inline.tokenize(state)
    state.pos, state.posMax = before
