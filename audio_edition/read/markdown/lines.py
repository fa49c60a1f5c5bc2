"""Reads lines that are instructions for a program, and lines of verse."""

from __future__ import annotations

import re
from bisect import bisect_right

from markdown_it.rules_block import StateBlock

from audio_edition.read.markdown.boxes import Rules, line_of
from audio_edition.read.markdown.left_out import leave_out

_CONTENTS = re.compile(r"(?:\[toc\]|\[\[_?toc_?\]\]|\{\{ ?toc ?\}\}|@\[toc\].*|\$\{toc\}|\{:toc\})\s*$", re.IGNORECASE)
_TOC_OF_KRAMDOWN = re.compile(r"\{:\s*toc\b[^{}]*\}\s*$", re.IGNORECASE)
_ITEM = re.compile(r"(?:[*+-]|1\.)\s+\S")
_ATTRIBUTES = re.compile(r"\{(?::|[#.][\w-])[^{}\n]*\}\s*$")
_ABBREVIATION = re.compile(r"\*\[([^\]\n]{1,100})\]:[ \t]*(.*)$")
_SNIPPET = re.compile(r"-{1,2}8<-{1,2}(?:\s+\S.*)?$|\{!.+!\}\s*$|<<<\s*@/\S+.*$|@import\s+[\"'].*$")
_IMPORTS = re.compile(
    r"(?:\s*import\s+(?:type\s+)?(?:[\w*{}\s,$]{1,500}?\s+from\s+)?(?:'[^'\n]*'|\"[^\"\n]*\")\s*;?\s*)+$"
)
_EXPORT = re.compile(r"export\s+(?:const|let|var|default|function|async|class|type)\s")
_LAYOUT_COMMANDS = """
    appendix backmatter bibliography bibliographystyle bigskip centering cleardoublepage clearpage def footnotesize
    frontmatter graphicspath hfill hspace include input label large listoffigures listoftables mainmatter maketitle
    medskip newcommand newpage noindent normalsize onehalfspacing pagebreak pagenumbering pagestyle raggedright
    renewcommand setcounter setlength singlespacing small smallskip tableofcontents thispagestyle usepackage vfill
    vspace
"""
_TEX = re.compile(
    rf"\\(?:{'|'.join(_LAYOUT_COMMANDS.split())})\b\*?(?:\[[^\]\n]*\]|\{{[^\n]*\}}|\d|\s)*$"
    r"|\\(?:begin|end)\{(?:center|flushleft|flushright|figure|table|landscape|multicols|minipage|titlepage)\}"
    r"(?:\[[^\]\n]*\]|\{[^\n]*\})*\s*$"
)
_OPENINGS = ("import", "export", "[", "{", "@", "$", "-", "<<<", "\\")
_TARGET = re.compile(r"\([A-Za-z][\w:.-]{0,100}\)=[ \t]*$")
_MYST = re.compile(
    r"^\([A-Za-z][\w:.-]{0,100}\)=[ \t]*$|^[:`]{3,}\{[a-z]|\{(?:ref|doc|term|numref|math|cite(?::\w+)?|eq|download)\}`",
    re.MULTILINE,
)
_VERSE = re.compile(r"\|(?:[ \t]|$)")


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read Obsidian's comments of several paragraphs."""
    text = line_of(state, start, "%%")
    if not text or "%%" in text[2:]:
        return False
    close = state.src.find("%%", state.eMarks[start]) if state.env.get("comments_end", True) else -1
    state.env["comments_end"] = close >= 0
    last = bisect_right(state.eMarks, close, start, end) if close >= 0 else end
    if last >= end:
        return False
    if not silent:
        leave_out(state.env, "comments-left-out", state.getLines(start, last + 1, state.blkIndent, False).strip("% \n"))
        state.line = last + 1
    return True


def _abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = _ABBREVIATION.match(line_of(state, start, "*["))
    if found and not silent:
        leave_out(state.env, "abbreviations-left-out", f"{found[1]}: {found[2]}")
        state.line = start + 1
    return found is not None


def _left_out(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out placeholders that a program would fill in, and what it loads."""
    text = line_of(state, start, _OPENINGS)
    if not text:
        return False
    last = start + 1
    if text.startswith(("import ", "export ", "import{")):
        while last < end and not state.isEmpty(last):
            last += 1
        block = state.getLines(start, last, state.blkIndent, False)
        is_meant = len(block) < 4000 and bool(_EXPORT.match(block) or _IMPORTS.match(block))
    else:
        is_meant = any(pattern.match(text) for pattern in (_CONTENTS, _SNIPPET, _TEX))
    if is_meant and not silent:
        kind = "embedded-left-out" if _SNIPPET.match(text) else "marks-left-out"
        leave_out(state.env, kind, state.getLines(start, last, state.blkIndent, False))
        state.line = last
    return is_meant


def _attributes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out a line of attributes for the block above or below (Pandoc, kramdown)."""
    found = _ATTRIBUTES.match(line_of(state, start, "{")) is not None
    if found and not silent:
        state.line = start + 1
    return found


def _contents_of_kramdown(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out the item that Jekyll replaces with the table of contents."""
    if start + 1 >= end or _TOC_OF_KRAMDOWN.match(line_of(state, start + 1, "{:")) is None:
        return False
    text = line_of(state, start)
    if _ITEM.match(text) is None:
        return False
    if not silent:
        leave_out(state.env, "marks-left-out", text)
        state.line = start + 2
    return True


def _verse(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read Pandoc's line blocks: lines that each begin with a bar."""
    last = start
    while last < end and _VERSE.match(text := line_of(state, last, "|")) and "|" not in text[1:]:
        last += 1
    if last < start + 2:
        return False
    if silent:
        return True
    stanza: list[str] = []
    for line in range(start, last + 1):
        text = line_of(state, line)[1:].strip() if line < last else ""
        if text:
            stanza.append(text)
        elif stanza:
            state.push("verse_open", "div", 1).attrSet("class", "verse")
            inline = state.push("inline", "", 0)
            inline.content, inline.children, inline.map = "\\\n".join(stanza), [], [start, last]
            state.push("verse_close", "div", -1)
            stanza = []
    state.line = last
    return True


def _target(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out MyST's label for the place below, "(harbour)="."""
    text = line_of(state, start, "(")
    if not text or _TARGET.match(text) is None:
        return False
    if not silent:
        leave_out(state.env, "marks-left-out", text)
        state.line = start + 1
    return True


def _remark(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out MyST's comments, lines that begin with a percent sign, if the document has other marks of MyST."""
    text = line_of(state, start, "%")
    if not text.startswith("% ") or not _is_myst(state):
        return False
    if not silent:
        leave_out(state.env, "comments-left-out", text[1:])
        state.line = start + 1
    return True


def _is_myst(state: StateBlock) -> bool:
    if "is_myst" not in state.env:
        state.env["is_myst"] = _MYST.search(state.src) is not None
    return bool(state.env["is_myst"])


LINES: Rules = {"|": (_verse,), "%": (_comment, _remark), "(": (_target,), "{": (_attributes,)}
"""The rules for lines that may interrupt a paragraph, by first character."""

OTHER_LINES: Rules = {
    "*": (_abbreviation, _contents_of_kramdown),
    **dict.fromkeys("+1", (_contents_of_kramdown,)),
    "-": (_contents_of_kramdown, _left_out),
    **dict.fromkeys("ie[{@$<\\", (_left_out,)),
}
"""The rules for lines that may not."""
