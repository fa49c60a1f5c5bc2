"""Markup: what a page shows is read with its structure, and told where it is not read; what it hides is neither."""

from __future__ import annotations

import base64
import dataclasses
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image as Pillow

from audio_edition.errors import ReadError
from audio_edition.model import (
    DEEPEST,
    EMPTY_KINDS,
    Block,
    Code,
    Figure,
    Heading,
    List,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Span,
    Table,
    Text,
    every,
    leaves,
)
from audio_edition.model.finding_kinds import OF_DOCUMENTS
from audio_edition.read.markup import (
    Body,
    as_words,
    body_of,
    plain,
    read_body,
    seen_texts,
    titled,
    tree_of,
    words_of,
)
from audio_edition.read.markup.left_out import MESSAGES, WORDLESS
from audio_edition.read.markup.parse import MOST_CHARACTERS, MOST_TAGS
from support.cells import text_in
from support.sketch import sketch_of
from support.work import growth

CASES: dict[str, tuple[str, list[str], dict[str, str]]] = {
    "white space collapses, and blocks part paragraphs": (
        "<p>One\n  <b>t</b>wo <i> three</i>.</p>loose<div>four</div> tail <br>line",
        ["One two three.", "loose", "four", "tail / line"],
        {},
    ),
    "headings open chapters, those inside other blocks do not": (
        "<p>Lead.</p><h2>A <em>b</em></h2><p>c</p><blockquote><h4>D</h4><p>e</p></blockquote>",
        ["Lead.", "## A b", "c", "> #### D", "> e"],
        {},
    ),
    "subheadings of agencies are found": (
        "<p>Lead.</p><p>- Blood stains -</p><p>Text.</p>",
        ["Lead.", "## Blood stains", "Text."],
        {"heading-marks": "--"},
    ),
    "lists keep their levels and numbers": (
        "<ul><li>a<li><p>b</p><ol type=a start=3><li>c<li value=7><p>d</p><p>e</p></ol>f</ul><ol reversed><li>g"
        "<li><li>h</ol>",
        ["- a", "- b", "  3. c", "  7. d", "     e", "  f", "3. g", "1. h"],
        {},
    ),
    "a list inside a list belongs to the item before it": (
        "<ul><li>a</li><ul><li>b</li></ul>text<li>c</ul><menu><li>d</menu><li>stray<li>items<p>e",
        ["- a", "  - b", "  text", "- c", "- d", "- stray", "- items", "  e"],
        {},
    ),
    "terms and what they mean": (
        "<dl><div><dt>Bora<dt>Bura<dd>A cold wind.<p>From the north.</p></div><dt>Scirocco<dd>A warm one.<dd>"
        "Or a hot one.</dl>",
        ["Bora:", "Bura:", "  A cold wind.", "  From the north.", "Scirocco:", "  A warm one.", "  Or a hot one."],
        {},
    ),
    "quotations know who is quoted": (
        "<blockquote><p>q</p><ul><li>i</ul><footer>— Ann, <cite>Log</cite></footer></blockquote><figure>"
        "<blockquote><p>r</p></blockquote><figcaption>Bob</figcaption></figure><blockquote><p>s</p><p><cite>Cy"
        "</cite></p></blockquote>",
        ["> q", "> - i", "> — — Ann, Log", "> r", "> — Bob", "> s", "> — Cy"],
        {},
    ),
    "figures hold what they show and their captions": (
        "<figure><img alt='A cat'><figcaption>Our <b>cat</b></figcaption></figure><figure><table><tr><th>a<th>b"
        "<tr><td>1<td>2</table><figcaption>T</figcaption></figure><figure><pre>x</pre><figcaption>C"
        "</figcaption></figure><figure><img alt='The mill'><figcaption>The mill in 1920</figcaption></figure>"
        "<figure></figure>",
        [
            "figure",
            "  ![A cat]",
            "  caption: Our cat",
            "figure",
            "  | ^a | ^b",
            "  | 1 | 2",
            "  caption: T",
            "figure",
            "  ` x",
            "  caption: C",
            "figure",
            "  caption: The mill in 1920",
        ],
        {},
    ),
    "figures that blogs write": (
        "<div class='wp-caption'><img alt='A pier'><p class='wp-caption-text'>The pier. Photo: A. Roe</p></div>",
        ["figure", "  ![A pier]", "  caption: The pier. Photo: A. Roe"],
        {},
    ),
    "a picture in a sentence stays in it, others stand beside it": (
        "<p>Press <img alt='Enter'>, then <img alt='the green arrow'> twice, and <img alt='🙂'>.</p><p>"
        "<img alt='A boat on the slip'>It was launched.</p><p>It sank. <img alt='A wreck'></p><p>"
        "<img alt='One'> <img alt='Two'></p>",
        [
            "Press «Enter», then «the green arrow» twice, and 🙂.",
            "![A boat on the slip]",
            "It was launched.",
            "It sank.",
            "![A wreck]",
            "![One]",
            "![Two]",
        ],
        {},
    ),
    "pictures of letters are letters": (
        "<p><img alt=T class=initial>he gale blew.</p><p>彼は<img alt=喰>い殺された。</p><p>the <img alt='Æ'>gir</p>",
        ["«T»he gale blew.", "彼は«喰»い殺された。", "the «Æ»gir"],
        {},
    ),
    "drop caps belong to their words": (
        "<p><span class=dropcap>T</span><span>HE</span> storm.</p><div class='drop-cap'>A</div><p>"
        "fter it, calm.</p><p><span aria-hidden=true>S</span>ilence.</p><p>W<small>ILLIAM</small>"
        " re&#8203;lit it. Be&#8288;cause.</p><p>har<wbr>bour</p>",
        ["THE storm.", "After it, calm.", "Silence.", "WILLIAM relit it. Because.", "harbour"],
        {},
    ),
    "code keeps its lines": (
        "<pre class='language-py'>\n\nif x:\n    <b>y</b>  = 1\n\nend  \n</pre><p>a <code>b\nc</code></p>",
        ["` if x:", "`     y  = 1", "` ", "` end", "a b c"],
        {},
    ),
    "lines of addresses and of text": (
        "<address>Holt &amp; Son<br>12 Quay Street<div>Whitby</div></address><p>a<br>b<br> <br>c</p>"
        "<p style='white-space: pre-line'>d\ne</p>",
        ["Holt & Son / 12 Quay Street / Whitby", "a / b", "c", "d / e"],
        {},
    ),
    "verse keeps its lines and stanzas": (
        "<div class=poem><h3>Sea</h3><p>Wide<br>and blue<br><br>Cold</p><p>Deep</p></div><div class=stanza>"
        "<div class=verse>Row,</div><div class=verse>row</div></div><blockquote class=verse><p class=line>till"
        "</p><p class=line>light</p></blockquote><pre class='wp-block-verse'>One\nTwo\n\nThree</pre>",
        [
            "### Sea",
            "/ Wide",
            "/ and blue",
            "/ Cold",
            "/ Deep",
            "/ Row,",
            "/ row",
            "> / till",
            "> / light",
            "/ One",
            "/ Two",
            "/ Three",
        ],
        {},
    ),
    "boxes beside the text": (
        "<aside><h2>Box</h2><p>a</p></aside><div class='admonition warning'><p>b</p></div>"
        "<div class='markdown-alert markdown-alert-tip'><p>c</p></div><div role=note>d</div>"
        "<section epub:type=sidebar>e</section>",
        [
            "aside",
            "  ## Box",
            "  a",
            "aside warning",
            "  b",
            "aside tip",
            "  c",
            "aside note",
            "  d",
            "aside sidebar",
            "  e",
        ],
        {},
    ),
    "scenes change where a line or stars say so": (
        "<p>a</p><hr><p>b</p><p>* * *</p><p>c</p><p class=sb>&nbsp;</p><p>d</p><p class='scene-break'>e</p><p>"
        "<img src='fleuron.png' alt=''></p><p>f</p><p>⁂</p><hr><p>g</p><p>#</p><h2>H</h2><hr><p>i</p><hr>",
        ["a", "***", "b", "***", "c", "***", "d", "***", "e", "***", "f", "***", "g", "***", "## H", "***", "i"],
        {},
    ),
    "an empty paragraph changes the scene only where it is alone": (
        "<p>a</p><p>&nbsp;</p><p>b</p><p>c</p>",
        ["a", "***", "b", "c"],
        {},
    ),
    "empty paragraphs everywhere are for the looks": (
        "<p>a</p><p>&nbsp;</p><p>b</p><p>&nbsp;</p><p>c</p><p>&nbsp;</p><p>d</p>",
        ["a", "b", "c", "d"],
        {},
    ),
    "pages are marked": (
        "<div role=doc-pagebreak aria-label=' Page 12. '></div><p>One <span epub:type=pagebreak title=13>"
        "</span>two.<span class=pagenum>[Pg 14]</span> Three.</p>",
        ["{12}", "One {13}two.{14} Three."],
        {"page-numbers": "[Pg ]"},
    ),
    "words that are struck, inserted, raised": (
        "<p>The fare is <s>4</s> <del>5</del> <ins>6</ins> <span style='text-decoration: line-through'>7</span>"
        "; 10<sup>3</sup>.</p>",
        ["The fare is ~~4~~ ~~5~~ ++6++ ~~7~~; 103."],
        {},
    ),
    "ruby keeps its readings": (
        "<p>The <ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp>京<rt>きょう</rt></ruby>.</p><p><ruby><rb>旧</rb><rb>金</rb>"
        "<rt>jiù</rt><rt>jīn</rt></ruby></p><p><ruby><ruby>A<rt>a</rt></ruby><rt>b</rt></ruby></p>",
        ["The 東(とう)京(きょう).", "旧(jiù)金(jīn)", "A(a)(b)"],
        {},
    ),
    "formulas are read as they are told": (
        "<p>So <math alttext='a squared'><mi>a</mi></math>.</p><math display=block><mi>b</mi><mo>=</mo><mn>1"
        "</mn></math>",
        ["So a squared.", "$ b = 1 $"],
        {},
    ),
    "formulas of TeX are read from their signs": (
        "<p>So <span class=katex><span class=katex-mathml><math><semantics><mrow><msup><mi>x</mi><mn>2</mn>"
        "</msup><mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac><msqrt><mn>2</mn>"
        "</msqrt></mrow><annotation encoding='application/x-tex'>x^2</annotation></semantics></math></span>"
        "<span class=katex-html aria-hidden=true>x2</span></span> holds.</p><p>"
        "<span style='display:none' class='mwe-math-mathml-inline mwe-math-mathml-a11y'>"
        "<math alttext='{\\displaystyle y_1}'><msub><mi>y</mi><mn>1</mn></msub></math></span>"
        "<img aria-hidden=true alt='{y_1}'></p><p><mjx-container><mjx-math aria-hidden=true>z</mjx-math>"
        "<mjx-assistive-mml><math><mi>z</mi></math></mjx-assistive-mml></mjx-container><script type='math/tex'>"
        "z</script></p><table><tr><td>1<td><math><mi>w</mi><annotation>w</annotation></math></table>",
        ["So x² = (a + 1)/b√2 holds.", "y_1", "z", "| 1 | w"],
        {},
    ),
    "what is hidden or runs is not read, what is seen is told": (
        "<p>a<script>x</script><!-- y --><span hidden>z</span><span style='color:red; DISPLAY: none'>w</span>b"
        "<template>t</template><button>Share</button></p><style>p{}</style><noscript>n</noscript>"
        "<p aria-hidden=true>Decor</p><select><option>One</select><h3><button>Answer</button></h3><p>c</p>",
        ["ab", "### Answer", "c"],
        {"hidden-text": "Decor", "form-controls": "Share One"},
    ),
    "headings by role have their level": (
        "<div role=heading aria-level=3>A</div><p>b</p><p role=heading>C</p><p role=heading aria-level=x>D</p>"
        "<h2>E <a class=headerlink href='#e'>¶</a></h2>",
        ["### A", "b", "## C", "## D", "## E"],
        {},
    ),
    "tables keep cells that are empty, and what heads which": (
        "<table><caption>Towns <b>here</b></caption><tr><th>Town<th>People<tr><td>Ahe<td>5<tr><td><td>7<tr>"
        "<td rowspan=2>Bo<td>8<tr><td>9</table>",
        ["caption: Towns here", "| ^Town | ^People", "| Ahe | 5", "| | 7", "| Bo | 8", "| 9"],
        {},
    ),
    "a cell holds blocks": (
        "<table><tr><td><b>a</b><h4>b</h4><p>c</p><ul><li>d<li>e</ul><td>f<tr><td>1<td>2</table>",
        ["| {a; #### b; c; - d; - e} | f", "| 1 | 2"],
        {},
    ),
    "a table for looks is no table": (
        "<table role=presentation><tr><td>a<td>b</table><table><tr><td>c<tr><td>d</table><table><tr><td><h2>e"
        "</h2><p>f</p><td><p>g</p></table>",
        ["a", "b", "c", "d", "## e", "f", "g"],
        {},
    ),
    "a table in a table is read where it stands": (
        "<table><tr><th>Day<th>Trains<tr><td>Monday<td><table><tr><td>8:00<td>9:00</table></table><table><tr>"
        "<td>left<td><table><tr><td>a<td>1<tr><td>b<td>2</table></table>",
        ["| ^Day | ^Trains", "| Monday | {| 8:00 | 9:00}", "left", "| a | 1", "| b | 2"],
        {},
    ),
    "drawings are read by their descriptions": (
        "<p>See</p><svg role=img><title>Rain by month</title><desc>Most in May.</desc><text>May</text></svg>"
        "<div role=img aria-label='A map of the coast'><span>x</span></div><p><a href=x><svg><title>Facebook"
        "</title></svg></a>ok <span role=img aria-label='smiling face'>🙂</span></p><svg><path d=''/></svg><svg>"
        "<text>North</text></svg>",
        ["See", "![Rain by month Most in May.]", "![A map of the coast]", "ok 🙂", "![North]"],
        {"drawn-text": "May x"},
    ),
    "what has no words is told": (
        "<p>a</p><img src=x><img src='IMG_2847.jpg' alt='IMG_2847.jpg'><img alt='image'><iframe src=y>old"
        "</iframe><video></video>",
        ["a"],
        {"picture-without-text": "", "played-without-text": ""},
    ),
    "details and abbreviations are read as they stand": (
        "<p>The <abbr title='World Health Organization'>WHO</abbr>.</p><details><summary>More</summary>"
        "Hidden until opened.</details>end",
        ["The WHO.", "More", "Hidden until opened.", "end"],
        {},
    ),
    "requests of editors are told": (
        "<p>It stands.<sup class='noprint Inline-Template'>[<i>citation needed</i>]</sup></p><h2>A"
        "<span class='mw-editsection'>[edit]</span></h2>",
        ["It stands.", "## A"],
        {"form-controls": "[edit]", "editors-marks": "[citation needed]"},
    ),
    "numbers of lines are told": (
        "<div class=stanza><p>Row,<span class=lnum>5</span></p><p>row<span class=linenum> 10 </span></p></div>"
        "<pre><span class=lineno>1</span>x = 1</pre><p class=ln>Ln 5</p>",
        ["/ Row,", "/ row", "` x = 1", "Ln 5"],
        {"line-numbers": "5 10 1"},
    ),
    "paragraphs that stand nowhere else": (
        "<ul>a<p>b</p><hr><li>c<table><tr><th>d<th>e<tr><td>1<td>2</table></ul><table>f<tr><td>3<td>4</table>"
        "<dl>g<dt>h</dl><figure>i<img alt=j><p>k</p></figure>",
        ["- a", "  b", "- c", "  | ^d | ^e", "  | 1 | 2", "f", "| 3 | 4", "  g", "h:", "i«j»", "k"],
        {},
    ),
    "what is in a figure": (
        "<figure><ul><li>a</ul><img alt='A boat'><blockquote>b</blockquote><figcaption><p>c</p><ul><li>d</ul>"
        "</figcaption></figure>",
        ["figure", "  - a", "  ![A boat]", "  > b", "  caption: c", "           - d"],
        {},
    ),
}

NOTES: dict[str, tuple[str, list[str], dict[str, str]]] = {
    "Pandoc": (
        "<p>The boat left<a href='#fn1' class='footnote-ref' id='fnref1' role='doc-noteref'><sup>1</sup></a>."
        "</p><p>Next.</p>"
        "<section id='footnotes' class='footnotes footnotes-end-of-document' role='doc-endnotes'><hr><ol>"
        "<li id='fn1'><p>Para one.</p><p>Para two.<a href='#fnref1' class='footnote-back' role='doc-backlink'>"
        "↩︎</a></p></li></ol></section>",
        ["The boat left[^1].", "[^1]: Para one.", "      Para two.", "Next."],
        {},
    ),
    "markdown-it": (
        "<p>The boat left<sup class='footnote-ref'><a href='#fn1' id='fnref1'>[1]</a></sup>.</p><p>More"
        "<sup class='footnote-ref'><a href='#fn1' id='fnref1:1'>[1:1]</a></sup>.</p><hr class='footnotes-sep'>"
        "<section class='footnotes'><ol class='footnotes-list'><li id='fn1' class='footnote-item'><p>"
        "Note text. <a href='#fnref1' class='footnote-backref'>↩︎</a> "
        "<a href='#fnref1:1' class='footnote-backref'>↩︎</a></p></li></ol></section>",
        ["The boat left[^1].", "[^1]: Note text.", "More[^1]."],
        {"note-marks": "[1:1]"},
    ),
    "kramdown": (
        "<p>The boat left<sup id='fnref:1' role='doc-noteref'><a href='#fn:1' class='footnote' rel='footnote'>1"
        "</a></sup>.</p><div class='footnotes' role='doc-endnotes'><ol><li id='fn:1' role='doc-endnote'><p>"
        "Note text. <a href='#fnref:1' class='reversefootnote' role='doc-backlink'>&#8617;</a> "
        "<a href='#fnref:1:1' class='reversefootnote' role='doc-backlink'>&#8617;<sup>2</sup></a></p></li></ol>"
        "</div>",
        ["The boat left[^1].", "[^1]: Note text."],
        {"note-marks": "↩2"},
    ),
    "Python-Markdown": (
        "<p>The boat left<sup id='fnref:1'><a class='footnote-ref' href='#fn:1'>1</a></sup>.</p><p>B"
        "<sup id='fnref:2'><a class='footnote-ref' href='#fn:2'>2</a></sup>.</p><div class='footnote'><hr><ol>"
        "<li id='fn:1'><p>Note one.&#160;<a class='footnote-backref' href='#fnref:1' title='Jump back'>&#8617;"
        "</a></p></li><li id='fn:2'><p>Note two.&#160;"
        "<a class='footnote-backref' href='#fnref:2' title='Jump back'>&#8617;</a></p></li></ol></div>",
        ["The boat left[^1].", "[^1]: Note one.", "B[^2].", "[^2]: Note two."],
        {},
    ),
    "Asciidoctor": (
        "<div class=paragraph><p>The boat left<sup class='footnote'>["
        "<a id='_footnoteref_1' class='footnote' href='#_footnotedef_1' title='View footnote.'>1</a>]</sup>."
        "</p></div><div id='footnotes'><hr><div class='footnote' id='_footnotedef_1'><a href='#_footnoteref_1'>"
        "1</a>. Note text.</div><div class='footnote' id='_footnotedef_2'><a href='#_footnoteref_2'>2</a>"
        ". Nobody's.</div></div>",
        ["The boat left[^1].", "[^1]: Note text.", "***", "2. Nobody's."],
        {"note-marks": "1"},
    ),
    "Docutils, with tables": (
        "<p>The boat left <a class='footnote-reference' href='#id2' id='id1'>[1]</a>.</p>"
        "<table class='docutils footnote' frame='void' id='id2' rules='none'><colgroup><col class='label'><col>"
        "</colgroup><tbody><tr><td class='label'><a class='fn-backref' href='#id1'>[1]</a></td><td>Note text."
        "</td></tr></tbody></table>",
        ["The boat left[^1].", "[^1]: Note text."],
        {"note-marks": "[1]"},
    ),
    "Docutils, with definitions": (
        "<p>The boat left <a class='footnote-reference brackets' href='#id2' id='id1'>1</a>.</p>"
        "<dl class='footnote brackets'><dt class='label' id='id2'><span class='brackets'>"
        "<a class='fn-backref' href='#id1'>1</a></span></dt><dd><p>Note text.</p></dd>"
        "<dt class='label' id='id3'><span class='brackets'>2</span></dt><dd><p>Unreferred.</p></dd></dl>",
        ["The boat left[^1].", "[^1]: Note text.", "2:", "  Unreferred."],
        {"note-marks": "1"},
    ),
    "Docutils, with asides": (
        "<p>The boat left <a class='footnote-reference brackets' href='#id2' id='id1' role='doc-noteref'>"
        "<span class='fn-bracket'>[</span>1<span class='fn-bracket'>]</span></a>.</p>"
        "<aside class='footnote-list brackets'><aside class='footnote brackets' id='id2' role='doc-footnote'>"
        "<span class='label'><span class='fn-bracket'>[</span><a role='doc-backlink' href='#id1'>1</a>"
        "<span class='fn-bracket'>]</span></span><p>Note text.</p></aside></aside>",
        ["The boat left[^1].", "[^1]: Note text."],
        {"note-marks": "[1]"},
    ),
    "TeX4ht": (
        "<p>The boat left<span class='footnote-mark'><a href='#fn1x0' id='fn1x0-bk'>"
        "<sup class='textsuperscript'>1</sup></a></span><a id='x1-2f1'></a>.</p><div class='footnotes'>"
        "<a id='x1-3r1'></a><p class='noindent'><span class='footnote-mark'><a href='#fn1x0-bk' id='fn1x0'>"
        "<sup class='textsuperscript'>1</sup></a></span><span class='cmr-8'>Note text.</span></p></div>",
        ["The boat left[^1].", "[^1]: Note text."],
        {"note-marks": "1"},
    ),
    "LaTeXML": (
        "<p>The boat left<span id='footnote1' class='ltx_note ltx_role_footnote'><sup class='ltx_note_mark'>1"
        "</sup><span class='ltx_note_outer'><span class='ltx_note_content'><sup class='ltx_note_mark'>1</sup>"
        "<span class='ltx_tag ltx_tag_note'>1</span>Note text is here.</span></span></span>. And more.</p>",
        ["The boat left[^1]. And more.", "[^1]: Note text is here."],
        {"note-marks": "1 1 1"},
    ),
    "Google Docs, whose comments are left out": (
        "<p>The boat left<sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup>.<sup>"
        "<a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup></p><hr><div><p class='c4'>"
        "<a href='#ftnt_ref1' id='ftnt1'>[1]</a><span>&nbsp;Note text.</span></p></div><div><p>"
        "<a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>Jo, can we check the day?</span></p></div>",
        ["The boat left[^1].", "[^1]: Note text."],
        {"note-marks": "[1]", "comments-left-out": "[a] [a]Jo, can we check the day?"},
    ),
    "books made from MOBI": (
        "<div><p>The boat left<a id='filepos10' href='#filepos99'><sup>[1]</sup></a>.</p><p>Body two.</p></div>"
        "<div><p><a id='filepos99' href='#filepos10'>[1]</a> Note text.</p></div>",
        ["The boat left[^1].", "[^1]: Note text.", "Body two."],
        {"note-marks": "[1]"},
    ),
    "lines of one paragraph": (
        "<p>The boat left<a name='r1' href='#f1'>[1]</a>. It sank<a name='r2' href='#f2'>[2]</a>.</p><p>Body."
        "</p><p><a name='f1' href='#r1'>[1]</a> Note one.<br>More of one.<br><a name='f2' href='#r2'>[2]</a>"
        " Note two.</p>",
        ["The boat left[^1]. It sank[^2].", "[^1]: Note one. / More of one.", "[^2]: Note two.", "Body."],
        {"note-marks": "[1] [2]"},
    ),
    "sidenotes amid a sentence": (
        "<p>The boat left<label for='sn-1' class='margin-toggle sidenote-number'></label>"
        "<input type='checkbox' id='sn-1' class='margin-toggle'><span class='sidenote'>Note text is here."
        "</span> in the rain.</p>",
        ["The boat left[^1] in the rain.", "[^1]: Note text is here."],
        {},
    ),
    "LessWrong": (
        "<p>The boat left<span class='footnote-reference' role='doc-noteref' id='fnrefx'><sup><a href='#fnx'>"
        "[1]</a></sup></span>.</p><ol class='footnote-section footnotes' role='doc-endnotes'>"
        "<li class='footnote-item' role='doc-endnote' id='fnx'><span class='footnote-back-link'><sup><strong>"
        "<a href='#fnrefx'>^</a></strong></sup></span><div class='footnote-content'><p>Note text.</p></div>"
        "</li></ol>",
        ["The boat left[^1].", "[^1]: Note text."],
        {},
    ),
    "Pressbooks": (
        "<p>The boat left<a class='footnote' title='Note text.' id='return-footnote-35-1' "
        "href='#footnote-35-1' aria-label='Footnote 1'><sup class='footnote'>[1]</sup></a>.</p>"
        "<hr class='before-footnotes clear'><div class='footnotes'><ol><li id='footnote-35-1'>Note text. "
        "<a href='#return-footnote-35-1' class='return-footnote' aria-label='Return to footnote 1'>↵</a></li>"
        "</ol></div>",
        ["The boat left[^1].", "[^1]: Note text."],
        {},
    ),
    "DocBook": (
        "<p>The boat left<a href='#ftn.id1' class='footnote' id='id1'><sup class='footnote'>[1]</sup></a>.</p>"
        "<div class='footnotes'><br><hr style='width:100; text-align:left;'><div id='ftn.id1' class='footnote'>"
        "<p><a href='#id1' class='para'><sup class='para'>[1] </sup></a>Note text.</p><p>Second.</p></div>"
        "</div>",
        ["The boat left[^1].", "[^1]: Note text.", "      Second."],
        {"note-marks": "[1]"},
    ),
    "HTMLBook": (
        "<p>The boat left<sup><a data-type='noteref' id='m1' href='#i1'>1</a></sup>.</p><p>Body.</p>"
        "<div data-type='footnotes'><p data-type='footnote' id='i1'><sup><a href='#m1'>1</a></sup> Note text."
        "</p></div>",
        ["The boat left[^1].", "[^1]: Note text.", "Body."],
        {"note-marks": "1"},
    ),
    "blogs": (
        "<p>The boat left.<sup id='fnr1-2026'><a href='#fn1-2026'>1</a></sup></p><div class='footnotes'><hr>"
        "<ol><li id='fn1-2026'><p>Note text. <a href='#fnr1-2026' class='footnoteBackLink' title='Jump back to "
        "footnote 1 in the text.'>↩︎</a></p></li></ol></div>",
        ["The boat left.[^1]", "[^1]: Note text."],
        {},
    ),
    "Substack's feeds": (
        "<p>The boat left<a class='footnote-anchor' data-component-name='FootnoteAnchorToDOM' "
        "id='footnote-anchor-1-99' href='https://x.example/p/y#footnote-1-99' target='_self'>1</a>.</p>"
        "<div class='footnote' data-component-name='FootnoteToDOM'><a id='footnote-1-99' "
        "href='https://x.example/p/y#footnote-anchor-1-99' class='footnote-number' contenteditable='false' "
        "target='_self'>1</a><div class='footnote-content'><p>Note one.</p><p>More.</p></div></div>",
        ["The boat left[^1].", "[^1]: Note one.", "      More."],
        {"note-marks": "1"},
    ),
    "Wikipedia, by Parsoid": (
        "<p>The boat left.<sup about='#mwt1' class='mw-ref reference' id='cite_ref-1' rel='dc:references'>"
        "<a href='./Page#cite_note-1' style='counter-reset: mw-Ref 1;'><span class='mw-reflink-text'>[1]</span>"
        "</a></sup></p><div class='mw-references-wrap'><ol class='mw-references references'>"
        "<li about='#cite_note-1' id='cite_note-1'><span rel='mw:referencedBy'><a href='./Page#cite_ref-1'>"
        "<span class='mw-linkback-text'>↑ </span></a></span> "
        "<span id='mw-reference-text-cite_note-1' class='mw-reference-text'>Note text.</span></li></ol></div>",
        ["The boat left.[^1]", "[^1]: Note text."],
        {},
    ),
    "Wikipedia, with words to press": (
        "<p>The boat left.<sup id='cite_ref-1' class='reference'><a href='#cite_note-1'>"
        "<span class='cite-bracket'>[</span>1<span class='cite-bracket'>]</span></a></sup></p><h2>Literature"
        "</h2><ol class='references'><li id='cite_note-1'><span class='mw-cite-backlink'>"
        "<span class='cite-accessibility-label'>Jump up to: </span>^ <a href='#cite_ref-1'><sup><i><b>a</b></i>"
        "</sup></a></span> <span class='reference-text'>Note text.</span></li></ol>",
        ["The boat left.[^1]", "[^1]: Note text."],
        {"note-marks": "Jump up to: ^ a", "notes-heading": "Literature"},
    ),
    "a mark with the id of its note": (
        "<p>The boat left<sup id='fn1'><a href='#fn1'>1</a></sup>.</p><ol><li id='fn1'>Note text. "
        "<a href='#fn1'>↩</a></li></ol>",
        ["The boat left[^1].", "[^1]: Note text."],
        {},
    ),
    "several marks in brackets": (
        "<p>It is known [<a href='#ref1'>1</a>, <a href='#ref2'>2</a>] and old <sup><a href='#ref1'>1</a>–"
        "<a href='#ref2'>2</a></sup>.</p><h2>References</h2><ol><li id='ref1'>Holt, A. Boats.</li>"
        "<li id='ref2'>Ray, B. Ships.</li></ol>",
        ["It is known[^1][^2] and old[^1][^2].", "[^1]: Holt, A. Boats.", "[^2]: Ray, B. Ships."],
        {"notes-heading": "References"},
    ),
    "a link that speaks of a note": (
        "<p>As said (see note <a href='#n1'>1</a>), the boat left.<sup><a href='#n1'>1</a></sup></p><p id='n1'>"
        "1. Note text.</p>",
        ["As said (see note 1), the boat left.[^1]", "[^1]: Note text."],
        {},
    ),
    "notes that refer to each other": (
        "<p>a<sup><a href='#n1'>1</a></sup></p><p id='n1'>b<sup><a href='#n2'>2</a></sup></p><p id=n2>c<sup>"
        "<a href='#n1'>1</a></sup></p>",
        ["a[^1]", "[^1]: b[^2]", "[^2]: c"],
        {"note-marks": "1"},
    ),
    "notes that no text refers to": (
        "<p>Body.</p><p id='fn1'>1. b<sup><a href='#fn2'>2</a></sup></p><p id=fn2>2. c<sup><a href='#fn1'>1</a>"
        "</sup></p>",
        ["Body.", "1. b[^2]", "[^2]: c"],
        {"note-marks": "1"},
    ),
    "numbered paragraphs are no notes": (
        "<p id=p1>[<a href='#p1'>1</a>] The court finds.</p><p id=p2>[<a href='#p2'>2</a>] As said in ["
        "<a href='#p1'>1</a>], and in para <a href='#p3'>[3]</a> below.</p><p id=p3>[3] It is so.</p>",
        ["[1] The court finds.", "[2] As said in [1], and in para [3] below.", "[3] It is so."],
        {},
    ),
    "an index leads to no notes": (
        "<p id=n12>Body of page twelve.</p><p>harbour, <a href='#n12'>12</a>, <a href='#p13'>13</a></p><p>"
        "<a id=p13></a>Thirteen body.</p>",
        ["Body of page twelve.", "harbour, 12, 13", "Thirteen body."],
        {},
    ),
    "a note that is hidden": (
        "<p>The boat left<a epub:type='noteref' href='#x1'>*</a>.</p>"
        "<aside epub:type='footnote' id='x1' hidden><p>Note text.</p></aside>",
        ["The boat left[^*].", "[^*]: Note text."],
        {},
    ),
    "a note before its mark": (
        "<aside id='f1' class='footnote'><p>Note text.</p></aside><p>The boat left<sup><a href='#f1'>1</a></sup>.</p>",
        ["The boat left[^1].", "[^1]: Note text."],
        {},
    ),
    "notes of a table": (
        "<table><tr><th>Boat<th>Year<tr><td>Yacht<sup><a href='#t1'>a</a></sup><td>1987</table><p id='t1'><sup>"
        "a</sup> Rebuilt.</p><p>Body.</p>",
        ["| ^Boat | ^Year", "| Yacht[^a] | 1987", "[^a]: Rebuilt.", "Body."],
        {"note-marks": "a"},
    ),
    "notes of an item": (
        "<ul><li>One<sup><a href='#fn1'>1</a></sup></li><li>Two</li></ul><p id=fn1><sup>1</sup> Note text.</p>",
        ["- One[^1]", "  [^1]: Note text.", "- Two"],
        {"note-marks": "1"},
    ),
    "notes in rows": (
        "<p>The boat left<sup><a href='#tn1' id='b1'>1</a></sup>.</p><table><tr><td><a id='tn1' href='#b1'>1"
        "</a></td><td>Note one text.</td></tr><tr><td><a id='tn2' href='#b2'>2</a></td><td>Note two text.</td>"
        "</tr></table>",
        ["The boat left[^1].", "[^1]: Note one text.", "| 2 | Note two text."],
        {"note-marks": "1"},
    ),
    "contents lead to no notes": (
        "<ul><li><a href='#c1'>1</a> Storm</li><li><a href='#c2'>2</a> Calm</li></ul><p id=c1><a href='#top'>1"
        "</a> Storm body.</p><p id=c2>2 Calm body.</p>",
        ["- 1 Storm", "- 2 Calm", "1 Storm body.", "2 Calm body."],
        {},
    ),
    "places before their notes": (
        "<div><p>The boat left<a href='#note1'>[1]</a>.</p><p>Body.</p><a name='note1'></a><p>[1] Note text."
        "</p><a name=note2></a><p>[2] Nobody's.</p></div>",
        ["The boat left[^1].", "[^1]: Note text.", "Body.", "[2] Nobody's."],
        {},
    ),
    "endnotes of Word": (
        "<p>The boat left<sup><a href='#edn1' name='ednref1'>[i]</a></sup>.</p><div id=edn1>"
        "<p class=MsoEndnoteText><a href='#ednref1' name='edn1'>[i]</a> Note text.</p><p class=MsoEndnoteText>"
        "More text.</p></div>",
        ["The boat left[^i].", "[^i]: Note text.", "      More text."],
        {"note-marks": "[i]"},
    ),
    "words that lead back": (
        "<p>The boat left<a href='#a1' id='b1'>*</a>.</p><p>Body</p><p id='a1'>* Note text. <a href='#b1'>"
        "Back to text</a></p>",
        ["The boat left[^*].", "[^*]: Note text.", "Body"],
        {"note-marks": "Back to text"},
    ),
    "French notes": (
        "<p>Le bateau est parti<sup><a href='#nbp1' id='appel1'>1</a></sup>.</p><h2>Notes</h2><p id='nbp1'>"
        "<a href='#appel1'>1</a>. Texte.</p><p>Suite du texte.</p>",
        ["Le bateau est parti[^1].", "[^1]: Texte.", "## Notes", "Suite du texte."],
        {"note-marks": "1"},
    ),
    "words that are the mark": (
        "<p>The <a epub:type=noteref href='#g1'>slipway of the harbour</a> broke.</p>"
        "<aside epub:type=footnote id=g1><p>Where boats go down.</p></aside>",
        ["The slipway of the harbour[^1] broke.", "[^1]: Where boats go down."],
        {},
    ),
    "a plug-in of WordPress, with its notes over the marks": (
        "<p>The boat left<span class=footnote_referrer><a role=button href='#f+1' class='footnote_hard_link'>"
        "<sup id=t1 class='footnote_plugin_tooltip_text'>[1]</sup></a><span class='footnote_referrer_base'>"
        "<span id='r+1'></span></span><span class='footnote_tooltip'>Note text.</span></span>. It was late.</p>"
        "<p>Body.</p><table class='footnotes_table'><caption>Notes</caption><tbody>"
        "<tr class='footnotes_plugin_reference_row'><th scope=row><a href='#r+1' class='footnote_backlink'>"
        "<span id='f+1'></span><span>↑</span>1</a></th><td>Note text.</td></tr></tbody></table>",
        ["The boat left[^1]. It was late.", "[^1]: Note text.", "Body."],
        {"note-marks": "↑1", "notes-heading": "Notes", "tooltips": "Note text."},
    ),
    "a note in an article of its own": (
        "<p>The boat left<a href='#footnote-1' id='footnote-1-backlink'>[1]</a>.</p><p>Body.</p>"
        "<aside id=footnotes><article id='footnote-1'><hr><p class=footnotes>["
        "<a href='#footnote-1-backlink' id='footnote-1-link'>1</a>] Note text.</p></article></aside>",
        ["The boat left[^1].", "[^1]: Note text.", "Body."],
        {"note-marks": "1"},
    ),
    "words that lead to a glossary": (
        "<p>See <a href='#term.note'>注</a> and <a href='#fn'>in</a> the end<a href='#term.endnote'>後注</a>.</p>"
        "<table><tr><th>Term<th>Meaning<tr id='term.note'><td>注<td>A note.<tr id='term.endnote'><td>後注<td>"
        "An endnote.</table><p id=fn>In is a word.</p>",
        ["See 注 and in the end後注.", "| ^Term | ^Meaning", "| 注 | A note.", "| 後注 | An endnote.", "In is a word."],
        {},
    ),
    "a number that no element holds": (
        "<p>The boat left<a epub:type=noteref href='#ft1'>1</a>.</p><aside epub:type=note id=ft1><p>"
        "1 According to the log.</p></aside>",
        ["The boat left[^1].", "[^1]: According to the log."],
        {},
    ),
    "a raised link to a paragraph of the text": (
        "<p id=p3>The boat left in the night, and nobody saw it go.</p><p>As said<sup><a href='#p3'>3</a></sup>"
        ", it left. See <a href='#note-on-method'>[1]</a>.</p><p id=note-on-method>The method is old.</p>"
        "<p id=z>It was<sup><a href='#p3'>a</a></sup> late.</p>",
        [
            "The boat left in the night, and nobody saw it go.",
            "As said3, it left. See [1].",
            "The method is old.",
            "It wasa late.",
        ],
        {},
    ),
    "a raised link to a box": (
        "<p>One<sup><a href='#box'>1</a></sup> two.</p><div id=box class=sidebar><h3>Box</h3><p>Three.</p>"
        "</div><p>Four.</p>",
        ["One1 two.", "### Box", "Three.", "Four."],
        {},
    ),
    "a note that is a link as a whole": (
        "<p>One<a href='#e1' id='s1'><sup>1</sup></a> two.</p><p id=e1><a href='#s1'>1. Note as a link.</a></p>",
        ["One[^1] two.", "[^1]: Note as a link."],
        {},
    ),
    "Sphinx calls links references": (
        "<p>See <a class='reference internal' href='#intro'>the introduction</a> and "
        "<a class='reference internal' href='#f1'>f</a>.</p><p id=intro>It begins.</p><dl><dt id=f1>f(x)</dt>"
        "<dd>Does it.</dd></dl>",
        ["See the introduction and f.", "It begins.", "f(x):", "  Does it."],
        {},
    ),
}


def _body(markup: str, own: str = "en") -> Body:
    return read_body(body_of(markup, "it"), own)


def _told(body: Body) -> dict[str, str]:
    return {finding.id: finding.text for finding in body.findings}


def _texts(markup: str, own: str = "en") -> list[Text]:
    return list(leaves(_body(markup, own).blocks))


def _spans(text: Text) -> list[tuple[str, str, str]]:
    """Each span as its kind, its characters and its value."""
    return [(span.kind, text.text[span.start : span.end], span.value) for span in text.spans]


@pytest.mark.parametrize("name", CASES)
def test_markup_is_read_as_a_page_shows_it(name: str) -> None:
    """Each case is what it says."""
    markup, expected, told = CASES[name]
    body = _body(markup)
    assert sketch_of(body.blocks) == expected
    assert _told(body) == told


@pytest.mark.parametrize("name", NOTES)
def test_notes_follow_what_refers_to_them(name: str) -> None:
    """As many programs write them; what only looks like a note stays where it is."""
    markup, expected, told = NOTES[name]
    body = _body(markup)
    assert sketch_of(body.blocks) == expected
    assert _told(body) == told


# --- inline


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<p>He said <i lang=fr>c’est  la vie</i>, twice.",
            [("language", "c’est la vie", "fr"), ("emphasis", "c’est la vie", "")],
        ),
        ("<p lang=de>Guten <b lang=en-GB>my own</b> Tag.", [("language", "my own", "en"), ("strong", "my own", "")]),
        ("<p lang=en-GB>Own.", []),
        ("<p><em>a <strong>b</strong></em> c", [("emphasis", "a b", ""), ("strong", "b", "")]),
        ("<p><a href=' https://example.org/?a=1\n2 '>a</a>", [("link", "a", "https://example.org/?a=12")]),
        ("<p><a href='mailto:jo@example.org'>a</a>", [("link", "a", "mailto:jo@example.org")]),
        ("<p><a href='javascript:x()'>a</a> <a href='page.html'>b</a> <a href=#nowhere>c</a>", []),
        (f"<p><a href='https://example.org/{'x' * 100_000}'>a</a>", []),
        (
            "<p><code>x</code><sup>2</sup><sub>3</sub>",
            [("code", "x", ""), ("superscript", "2", ""), ("subscript", "3", "")],
        ),
        ("<p>a <br> b", [("break", " ", "")]),
        ("<p><b style='font-weight:normal'>a</b> <span style='font-weight:700'>b</span>", [("strong", "b", "")]),
        ("<p>a <b> </b>b<i></i>", []),
        (
            "<p>see <math alttext=x><mi>x</mi></math>",
            [("math", "x", '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x"><mi>x</mi></math>')],
        ),
    ],
)  # fmt: skip
def test_spans_say_what_characters_are(markup: str, expected: list[tuple[str, str, str]]) -> None:
    """Emphasis, links that lead somewhere, languages that are not the document's own."""
    (text,) = _texts(markup)
    assert _spans(text) == expected


def test_a_text_all_of_another_language_is_in_that() -> None:
    """Whatever element says so."""
    texts = _texts("<p lang=de>Guten Tag.<p><span lang=fr>Tout</span>.<section lang=it><h2>Uno</h2><p>due</section>")
    assert [(text.text, text.language, text.spans) for text in texts] == [
        ("Guten Tag.", "de", ()), ("Tout.", "fr", ()), ("Uno", "it", ()), ("due", "it", ()),
    ]  # fmt: skip


def test_links_lead_to_places_in_the_text() -> None:
    """To the first words at the place; twice to one, and to none where it is hidden."""
    texts = _texts(
        "<p><a href=#here>a</a> <a href=#here>b</a> <a href=#row>c</a> <a href=#gone>d</a></p>"
        "<section id=here><h2>H</h2></section><table><tr id=row><td>x<td>y<tr><td>1<td>2</table>"
        "<p hidden id=gone>z</p><p id=unlinked>e"
    )
    links = [span for text in texts for span in _spans(text) if span[0] == "link"]
    assert links == [("link", "a", "#here"), ("link", "b", "#here"), ("link", "c", "#row")]
    assert {text.text: [span.value for span in text.of("anchor")] for text in texts if any(text.of("anchor"))} == {
        "H": ["here"],
        "x": ["row"],
    }


def test_links_lead_to_notes_too() -> None:
    """Though a note loses the number at which its place is."""
    body = _body("<p>See note <a href=#n1>1</a>. It left.<sup><a href=#n1>1</a></sup></p><p id=n1>1. Note text.")
    (link,) = (span for leaf in leaves(body.blocks) for span in leaf.of("link"))
    (note,) = (block for block in every(body.blocks) if isinstance(block, Note))
    (text,) = leaves(note.blocks)
    assert (text.text, [span.value for span in text.of("anchor")]) == ("Note text.", [link.value[1:]])


def test_a_page_that_was_saved_under_a_dialogue_is_read() -> None:
    """Its text is hidden from screen readers only while that is open."""
    markup = "<div aria-hidden=true><main><p>Text</p></main></div><article aria-hidden=true>More</article>"
    assert sketch_of(_body(f"{markup}<dialog>Yes?</dialog>").blocks) == ["Text", "More"]


def test_signs_in_lists_and_cells_are_signs() -> None:
    """Only between paragraphs do they part scenes."""
    markup = "<ul><li>+<li>-</ul><table><tr><th>a<th>b<tr><td>*<td>—</table><dl><dt>~<dd>#</dl>"
    assert sketch_of(_body(markup).blocks) == ["- +", "- -", "| ^a | ^b", "| * | —", "~:", "  #"]


def test_what_is_only_a_string_keeps_its_figures_raised() -> None:
    """10³ is not 103."""
    words = words_of(body_of("10<sup>3</sup> and 21<sup>st</sup>, 5·10<sup>−2</sup>", "it"))
    assert plain(words) == "10³ and 21st, 5·10⁻²"
    assert as_words(" a\u00ad\u200bb \n c ").text == "ab c"


def test_words_are_given_without_those_of_some_elements() -> None:
    """On one line, whatever blocks they stand in."""
    root = body_of("<h2>A</h2><p>b <img alt=c><sup>1</sup></p><ul><li>d<br>e</ul>", "it")
    (mark,) = root.iter("sup")
    assert words_of(root, without=[mark]).text == "A b c d e"


# --- blocks


def test_a_reversed_list_counts_down_from_its_length() -> None:
    """And letters, Roman figures and values of its own are kept."""
    (one, two, three) = [
        block
        for block in _body(
            "<ol reversed><li>a<li>b</ol><ol style='list-style-type: upper-roman' start=-1><li>c<li value=9>d</ol>"
            "<ol style='list-style: none'><li>e</ol>"
        ).blocks
        if isinstance(block, List)
    ]
    assert list(one.numbers()) == [2, 1]
    assert (list(two.numbers()), two.style) == ([-1, 9], "I")
    assert not three.ordered


def _table(markup: str) -> Table[Text]:
    (table,) = (block for block in every(_body(markup).blocks) if isinstance(block, Table))
    return table


def _headed(table: Table[Text]) -> dict[str, list[str]]:
    """The headers of each cell that holds something."""
    return {
        text_in(cell).text: [text_in(table.rows[at].cells[place]).text for at, place in cell.headers]
        for row in table.rows
        for cell in row.cells
        if text_in(cell)
    }


HEADED = {
    "over columns, and before rows": (
        "<tr><td><th>Men<th>Women<tr><th>Ahe<td>1<td>2",
        {"Men": [], "Women": [], "Ahe": [], "1": ["Men", "Ahe"], "2": ["Women", "Ahe"]},
    ),
    "over several columns and rows": (
        "<tr><th rowspan=2>Town<th colspan=2>People<tr><th>Men<th>Women<tr><th>Ahe<td>1<td>2",
        {
            "Town": [], "People": [], "Men": ["People"], "Women": ["People"], "Ahe": ["Town"],
            "1": ["People", "Men", "Ahe"], "2": ["People", "Women", "Ahe"],
        },
    ),
    "by name, where the cell says so": (
        "<tr><td><th id=a>A<th id=b>B<tr><td>x<td headers=b>1<td headers='a z'>2",
        {"A": [], "B": [], "x": [], "1": ["B"], "2": ["A"]},
    ),
    "later ones in the place of those above": (
        "<tr><th>Town<th>Men<tr><td>Ahe<td>1<tr><th>Isle<th>Women<tr><td>Bo<td>2",
        {"Town": [], "Men": [], "Ahe": ["Town"], "1": ["Men"], "Isle": [], "Women": [], "Bo": ["Isle"], "2": ["Women"]},
    ),
    "over groups of rows": (
        "<tr><th>Town<th>Men<tr><th colspan=2>North<tr><td>Ahe<td>1<tr><th colspan=2>South<tr><td>Bo<td>2",
        {
            "Town": [], "Men": [], "North": ["Town", "Men"], "Ahe": ["Town", "North"], "1": ["Men", "North"],
            "South": ["Town", "Men"], "Bo": ["Town", "South"], "2": ["Men", "South"],
        },
    ),
    "but not the title of a table": (
        "<tr><th colspan=2>Results<tr><th>Town<th>Votes<tr><td>Ahe<td>5",
        {"Results": [], "Town": [], "Votes": [], "Ahe": ["Town"], "5": ["Votes"]},
    ),
    "by their looks, where none is named": (
        "<tr><td><b>Town</b><td><strong>Votes</strong><tr><td>Ahe<td>5",
        {"Town": [], "Votes": [], "Ahe": ["Town"], "5": ["Votes"]},
    ),
    "by roles": (
        "<tr><td role=columnheader>Town<td role=columnheader>Votes<tr><td role=rowheader>Ahe<td>5",
        {"Town": [], "Votes": [], "Ahe": ["Town"], "5": ["Votes", "Ahe"]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADED)
def test_cells_know_what_heads_them(name: str) -> None:
    """As HTML says."""
    markup, expected = HEADED[name]
    assert _headed(_table(f"<table>{markup}</table>")) == expected


def test_rows_are_of_the_part_that_holds_them() -> None:
    """A foot is read last, wherever it is written; a first row of headers is a head."""
    table = _table(
        "<table><tfoot><tr><td>Sum<td>6</tfoot><thead><tr><td>a<td>b</thead><tbody><tr><td>1<td>5<tr><td><td></table>"
    )
    assert [(row.part, [text_in(cell).text for cell in row.cells]) for row in table.rows] == [
        ("head", ["a", "b"]), ("body", ["1", "5"]), ("foot", ["Sum", "6"]),
    ]  # fmt: skip
    assert all(cell.header == "column" for cell in table.rows[0].cells)
    table = _table("<table><tr><th>a<th>b<tr><td>1<td>2</table>")
    assert [row.part for row in table.rows] == ["head", "body"]


def test_spans_of_cells_end_with_their_table() -> None:
    """Whatever they claim."""
    table = _table("<table><tr><td rowspan=0 colspan=2>a<td rowspan=99999>b<tr><td colspan=1000000000>c<td>d</table>")
    assert [(text_in(cell).text, cell.columns, cell.rows) for row in table.rows for cell in row.cells] == [
        ("a", 2, 2), ("b", 1, 2), ("c", 1, 1), ("d", 1, 1),
    ]  # fmt: skip


def test_formulas_keep_their_source() -> None:
    """Without what is no mathematics, and with the TeX that they were written in."""
    (formula,) = _body(
        "<math display=block onclick='x()'><semantics><mrow href='javascript:x'><mi>a</mi><script>x</script></mrow>"
        "<annotation encoding='application/x-tex'>a</annotation></semantics></math>"
    ).blocks
    assert formula.__class__.__name__ == "Formula"
    assert formula.mathml == (  # type: ignore[union-attr]
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><semantics><mrow><mi>a</mi></mrow>'
        "</semantics></math>"
    )
    assert formula.tex == "a"  # type: ignore[union-attr]


def test_code_says_what_it_is_written_in() -> None:
    """By the classes of several programs."""
    found = [
        block.language
        for block in _body(
            "<pre><code class='language-rust'>a</code></pre><pre class='sourceCode haskell'>b</pre>"
            "<div class='highlight-source-c'><pre>c</pre></div><pre class='brush: js'>d</pre><pre>e</pre>"
        ).blocks
        if isinstance(block, Code)
    ]
    assert found == ["rust", "haskell", "c", "js", ""]


# --- pictures


def _picture(kind: str = "PNG", size: tuple[int, int] = (3, 2)) -> bytes:
    written = io.BytesIO()
    Pillow.new("RGB", size, "red").save(written, kind)
    return written.getvalue()


def _as_data(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def test_pictures_in_the_page_are_kept() -> None:
    """Once, however often they are shown, and whatever their size; what is none, or may run, is not."""
    large = _picture("JPEG", (900, 900))
    body = _body(
        f"<p><img alt='A red boat' src='{_as_data(_picture())}'></p>"
        f"<p>x <img alt=small src='{_as_data(_picture())}'> y</p>"
        f"<figure><img alt='' src='{_as_data(large, 'jpeg')}'><figcaption>C</figcaption></figure>"
        f"<img alt='No picture' src='{_as_data(b'GIF89a no')}'>"
        f"<img alt='A drawing' src='data:image/svg+xml;base64,{base64.b64encode(b'<svg/>' * 99).decode()}'>"
    )
    assert [(image.media_type, image.width, image.height) for image in body.images] == [
        ("image/png", 3, 2), ("image/jpeg", 900, 900),
    ]  # fmt: skip
    png, jpeg = (image.name for image in body.images)
    assert re.fullmatch(r"[0-9a-f]{16}\.png", png)
    assert body.images[1].data == large
    pictures = {block.text.text: block.image for block in every(body.blocks) if isinstance(block, Picture)}
    assert pictures == {"A red boat": png, "": jpeg, "No picture": "", "A drawing": ""}
    assert [span.value for leaf in leaves(body.blocks) for span in leaf.of("image")] == [png]


def test_pictures_that_the_document_holds_are_kept() -> None:
    """Its reader gives them; no name is asked for twice."""
    asked = []

    def pictures(source: str) -> bytes | None:
        asked.append(source)
        return _picture("GIF") if source == "a.gif" else None

    markup = "<img src=a.gif alt=One><img src=b.gif alt=Two><img src=a.gif alt=Three><img src=b.gif alt=Four>"
    root = body_of(markup, "it")
    body = read_body(root, "en", pictures)
    assert asked == ["a.gif", "b.gif"]
    assert [block.image for block in body.blocks if isinstance(block, Picture)] == [body.images[0].name, ""] * 2


def test_a_drawing_around_a_picture_is_that_picture() -> None:
    """As programs write pages that show one."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink"'
    markup = f'<body><svg {names}><image l:href="a"/></svg>'
    body = read_body(etree.fromstring(f"{markup}<p>x</p></body>"), "en", {"a": _picture()}.get)
    (picture,) = (block for block in body.blocks if isinstance(block, Picture))
    assert picture.image == body.images[0].name
    assert "picture-without-text" in _told(body)


DESCRIBED = {
    "hidden": "<img alt=Chart aria-describedby=d><p>x</p><div id=d hidden><p>Rain <b>falls</b>.</p></div>",
    "in its figure": "<figure><img alt=Chart aria-details=d><div id=d><p>Rain <b>falls</b>.</p></div></figure><p>x</p>",
    "right behind": "<p><img alt=Chart longdesc='#d'></p><p id=d>Rain <b>falls</b>.</p><p>x</p>",
    "to be opened": "<img alt=Chart aria-details=d><p>x</p><details id=d>Rain <b>falls</b>.</details>",
}


@pytest.mark.parametrize("name", DESCRIBED)
def test_a_long_description_is_read_with_its_picture(name: str) -> None:
    """And nowhere else."""
    body = _body(DESCRIBED[name])
    (picture,) = (block for block in every(body.blocks) if isinstance(block, Picture))
    assert sketch_of(picture.description) == ["Rain falls."]
    assert [leaf.text for leaf in leaves(body.blocks)].count("Rain falls.") == 1


def test_what_describes_a_picture_and_is_the_text_stays_in_it() -> None:
    """So do captions."""
    lines = sketch_of(
        _body(
            "<figure><img alt=A aria-describedby=c><figcaption id=c>Cap</figcaption></figure><p>x</p><p id=t>Text</p>"
            "<p>y</p><p>z</p><img alt=B aria-describedby=t>"
        ).blocks
    )
    assert lines == ["figure", "  ![A]", "  caption: Cap", "x", "Text", "y", "z", "![B]"]


# --- the whole


def test_headings_are_given_with_their_elements() -> None:
    """Those that open chapters, for who knows what the contents call them."""
    root = body_of("<h1 id=a>A</h1><aside><h2>B</h2></aside><p>- C -</p><h2 id=d>D</h2><h2><!-- none --></h2>", "it")
    found = read_body(root).headings
    assert [None if each is None else each.get("id") for each in found] == ["a", None, "d"]


@pytest.mark.parametrize(
    ("markup", "title", "expected"),
    [
        ("<h1>Rain</h1><p>It fell.</p>", "", ("Rain", ["It fell."])),
        ("<h1>Rain</h1><p>It fell.</p>", "RAIN ", ("RAIN ", ["It fell."])),
        ("<h1>Rain</h1><p>It fell.</p>", "Storm", ("Storm", ["## Rain", "It fell."])),
        ("<h1>Rain</h1><hr><p>It fell.</p>", "", ("Rain", ["It fell."])),
        ("<p>It fell.</p><h1>Rain</h1>", "", ("", ["It fell.", "## Rain"])),
        ("<div role=doc-pagebreak title=1></div><h1>10<sup>3</sup></h1><h1>A</h1>", "", ("10³", ["{1}", "## A"])),
    ],
)
def test_a_title_stands_in_one_place(markup: str, title: str, expected: tuple[str, list[str]]) -> None:
    """A heading that is the title, or says it again, opens no chapter."""
    found, blocks = titled(_body(markup).blocks, title)
    assert (found, sketch_of(blocks)) == expected


def test_what_can_be_seen_is_given_before_it_is_changed() -> None:
    """Each text that a browser displays: readings, buttons and what screen readers are not told; not what is hidden."""
    root = body_of(
        "<p>a<b>b</b><ruby>c<rp>(</rp><rt>d</rt></ruby><button>e</button><i aria-hidden=true>f</i><img alt=g>"
        "<span hidden>h</span><span style='display:none'>i</span><script>j</script><sup><a href=#n>1</a></sup></p>"
        "<math><mi>k</mi></math><!-- l --><svg><title>m</title><text>n</text></svg><p> </p><p id=n>1. o",
        "it",
    )
    assert list(seen_texts(root)) == ["a", "b", "c", "d", "e", "f", "1", "k", "n", "1. o"]


def _depth(nodes: Iterator[Any]) -> int:
    deepest, waiting = 0, [(node, 1) for node in nodes]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        for name in (field.name for field in dataclasses.fields(node)):
            for part in value if isinstance(value := getattr(node, name), tuple) else (value,):
                if hasattr(part, "__dataclass_fields__") and not isinstance(part, Text):
                    is_block = type(part).__name__ not in ("Item", "Definition", "Row", "Cell")
                    waiting.append((part, depth + is_block))
    return deepest


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<ul><li>", "</ul>"), ("<blockquote>", "</blockquote>"), ("<dl><dd>", "</dl>"), ("<aside>", "</aside>"),
        ("<figure><figcaption>", "</figcaption></figure>"), ("<table><tr><th>a<td>", "</table>"), ("<li>", "</li>"),
    ],
)  # fmt: skip
def test_what_is_too_deep_is_read_all_the_same(opening: str, closing: str) -> None:
    """No level is lost, and none is deeper than the model allows; not with notes in it either."""
    levels = "".join(f"{opening}level {number} " for number in range(150))
    note = "<p id=fn1>1. Note<img alt=P aria-details=d></p><p id=d>D"
    body = _body(f"{levels}end<sup><a href=#fn1>1</a></sup>{closing * 150}{note}")
    said = " ".join(leaf.text for leaf in leaves(body.blocks))
    assert all(f"level {number}" in said for number in range(150))
    assert said.count("Note") == 1
    assert _depth(iter(body.blocks)) <= DEEPEST


def test_deep_nesting_is_read_without_end() -> None:
    """Neither the depth of elements nor of lists stops the reader."""
    root = element = etree.Element("div")
    for _ in range(5000):
        element = etree.SubElement(etree.SubElement(element, "ul"), "li")
    element.text = "deep"
    assert [leaf.text for leaf in leaves(read_body(root).blocks)] == ["deep"]


LONG = {
    "paragraphs": "<p>One <b>two</b> <a href='#x'>three</a>.</p>",
    "rows": "<table><tr><th>a<th>b</tr>|<tr><td>1<td>2</tr>|</table>",
    "items": "<ul>|<li>One</li>|</ul>",
    "stray items": "<li>One</li>",
    "definitions": "<dl>|<dt>One<dd>two|</dl>",
    "marks of one note": "<p>|One<sup><a href='#fn1'>1</a></sup> |</p><p id=fn1>1. Note</p>",
    "ways back": "<p>|<sup id=r1><a href='#fn1'>1</a></sup> <a href='#r1'>↩</a>|</p>"
    "<p id=fn1>1. <a href='#r1'>↩</a></p>",
    "notes in one paragraph": "<p>a<sup><a href='#n1'>1</a></sup></p>"
    "<p>|<a id=n1>1</a> Note <a href='#n1'>1</a><br>|</p>",
    "bracketed marks": "<p>|One [<a role=doc-noteref href='#fn1'>1</a>] |</p><p id=fn1>1. Note</p>",
    "breaks": "<p>|One<br>|</p>",
    "verse": "<div class=stanza>|<p>One</p>|</div>",
    "pictures": "<p>|<img alt='A boat'> |</p>",
    "pictures in a sentence": "<p>One |<img alt=x> two |</p>",
    "lines of code": "<pre>|One <b>two</b>\n|</pre>",
    "readings": "<p><ruby>|A<rt>a</rt>|</ruby></p>",
    "scenes": "<hr>",
    "headings of notes": "<h2>Notes</h2><p id=fn1>1. a</p>",
    "same ids": "<p id=a>x<a href='#a'>y</a><sup><a href='#a'>1</a></sup></p>",
    "empty brackets": "<p>|[] () |</p>",
    "anchors": "<a href='#b'>a</a><i id=b></i>",
}


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize("name", LONG)
def test_time_grows_with_the_length_only(name: str) -> None:
    """Eight times as much takes some eight times the work of the processor."""
    before, _, rest = LONG[name].partition("|")
    repeated, _, behind = rest.partition("|")
    if not repeated:
        before, repeated, behind = "", before, ""
    assert (
        growth(
            lambda count: body_of(before + repeated * count + behind, "it"),
            lambda root: read_body(root, "en"),
            1_000,
            8_000,
        )
        < 20
    )


# --- the account, for any tree

WORD = re.compile(r"x\d+x")
"""A word of the property's own. Alternative texts have others: nobody sees them."""

TAG_NAMES = """
    a a a address aside b blockquote br button caption cite code dd del details div dl dt em figcaption figure footer
    h1 h2 h4 hr i iframe img ins li math mi ol p p pre q rb rp rt rtc ruby script section small span sub summary sup svg
    table tbody td text tfoot th thead title tr ul
"""
TAGS = TAG_NAMES.split()
NAMES = ("id0", "id1", "fn1", "fnref1", "cmnt1", "p1")
CLASSES = (
    "", "footnote", "footnotes", "footnote-ref", "footnote-backref", "mw-cite-backlink", "poem", "stanza", "dropcap",
    "pagenum", "sidenote", "admonition", "wp-caption", "caption", "noprint", "scene-break", "reference", "attribution",
)  # fmt: skip
ROLES = (
    "", "doc-backlink", "doc-endnotes", "doc-footnote", "doc-noteref", "doc-pagebreak", "heading", "note",
    "presentation",
)  # fmt: skip
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "id": NAMES, "class": CLASSES, "href": ("", *(f"#{name}" for name in NAMES)), "role": ROLES,
    "alt": ("", "a boat", "T"),
    "aria-describedby": NAMES, "aria-hidden": ("true",), "colspan": ("2",), "display": ("block",), "headers": ("id0",),
    "hidden": ("hidden",), "lang": ("en", "fr", "de"), "reversed": ("reversed",), "rowspan": ("0", "3"),
    "scope": ("row", "col"), "start": ("3",), "style": ("display:none", "font-style: italic"), "value": ("7",),
}  # fmt: skip
OFTEN = frozenset({"class", "href", "id"})


@st.composite
def _trees(draw: st.DrawFn) -> etree._Element:
    """A tree of elements in which each word stands once."""
    count = iter(range(10_000))
    root = etree.Element("body")
    places = [root]

    def text() -> str:
        shape = draw(st.sampled_from(["", "", "{}", "{} ", " {}", "{}. {}", "1", "[", "]", " ", "* * *", "\n"]))
        while "{}" in shape:
            shape = shape.replace("{}", f"x{next(count)}x", 1)
        return shape

    root.text = text()
    for _ in range(draw(st.integers(0, 24))):
        parent = places[draw(st.integers(max(0, len(places) - 6), len(places) - 1))]
        element = etree.SubElement(parent, draw(st.sampled_from(TAGS)))
        for name, values in ATTRIBUTES.items():
            if draw(st.integers(0, 5 if name in OFTEN else 24)) == 0:
                element.set(name, draw(st.sampled_from(values)))
        element.text, element.tail = text(), text()
        places.append(element)
    return root


def _said(body: Body) -> Counter[str]:
    """The words that are read, and those that are told as left out."""
    texts = [leaf.text for leaf in leaves(body.blocks)]
    texts += [span.value for leaf in leaves(body.blocks) for span in leaf.of("ruby", "page")]
    texts += [block.label for block in every(body.blocks) if isinstance(block, Note | PageBreak)]
    texts += [finding.text for finding in body.findings]
    return Counter(word for text in texts for word in WORD.findall(text))


@settings(suppress_health_check=list(HealthCheck))
@given(_trees())
def test_no_word_is_lost_and_none_is_said_twice(root: etree._Element) -> None:
    """In any tree: what can be seen is read or told, once; spans are in order, nested and within their text."""
    seen = Counter(word for text in seen_texts(root) for word in WORD.findall(text))
    assert set(seen.values()) <= {1}
    body = read_body(root, "en")
    said = _said(body)
    assert not seen - said, "lost"
    assert not [word for word, times in said.items() if times > 1], "said twice"
    referred = {span.value for leaf in leaves(body.blocks) for span in leaf.of("note")}
    assert referred <= {block.id for block in every(body.blocks) if isinstance(block, Note)}
    lines_of_code = {id(line) for block in every(body.blocks) if isinstance(block, Code) for line in block.lines}
    for leaf in leaves(body.blocks):
        _assert_sound(leaf, is_code=id(leaf) in lines_of_code)
    for block in every(body.blocks):
        _assert_sound_block(block)


def _assert_sound(text: Text, *, is_code: bool) -> None:
    assert "\n" not in text.text
    assert is_code or text.text == " ".join(text.text.split())
    around: list[Span] = []
    before = (0, -len(text.text))
    for span in text.spans:
        assert before <= (span.start, -span.end), text
        before = (span.start, -span.end)
        assert 0 <= span.start <= span.end <= len(text.text)
        assert (span.start == span.end) == (span.kind in EMPTY_KINDS)
        if span.kind not in EMPTY_KINDS:
            while around and around[-1].end <= span.start:
                around.pop()
            assert not around or span.end <= around[-1].end, text
            around.append(span)


def _assert_sound_block(block: Block[Text]) -> None:
    if isinstance(block, Table):
        for cell in (cell for row in block.rows for cell in row.cells):
            assert all(block.rows[at].cells[place].header for at, place in cell.headers)
    elif isinstance(block, Figure):
        assert block.blocks or block.caption
    elif isinstance(block, Heading | Paragraph):
        assert block.text


def test_every_reason_is_explained() -> None:
    """What is left out is told by an id that the documents explain."""
    assert {*MESSAGES, *WORDLESS} <= set(OF_DOCUMENTS)


# --- parsing


def test_a_tree_has_all_that_a_page_shows() -> None:
    """Neither what stands behind the end, nor control characters, nor names with colons stop the parser or are lost."""
    root = tree_of("<html lang=fr><p>a&#1;\x02b<o:p>c</o:p></body></html><p xml:lang=de onclick=x>d</p>\0e", "it")
    assert etree.tostring(root, encoding="unicode") == (
        '<html lang="fr"><body><p>ab<span>c</span></p><p xml:lang="de">d</p>e</body></html>'
    )


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<title>a</title><main>b", "<html><head><title>a</title></head><body><main>b</main></body></html>"),
        ("<head><base><main>b</head><body>c", "<html><head><base/></head><body><main>b</main>c</body></html>"),
        ("a<p>b", "<html><body>a<p>b</p></body></html>"),
        ("<picture><source><img></picture>b", "<html><body><picture><source/><img/></picture>b</body></html>"),
        ("a<wbr>b", "<html><body>a<wbr/>b</body></html>"),
        (
            "<dl><dt>a<dt>b<dd>c<dd>d</dl>e",
            "<html><body><dl><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd></dl>e</body></html>",
        ),
        (
            "<ruby>a<rp>(<rt>b<rp>)<rt>c</ruby>d",
            "<html><body><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp><rt>c</rt></ruby>d</body></html>",
        ),
        ("<!-- nothing -->", "<html/>"),
    ],
)  # fmt: skip
def test_a_tree_is_that_of_a_browser(markup: str, expected: str) -> None:
    """Where the parser, older than these elements, would make another."""
    assert etree.tostring(tree_of(markup, "it"), encoding="unicode") == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 25_001,
        "<p>" * (MOST_TAGS + 1),
        "a" * (MOST_CHARACTERS + 1),
        "<p id=a class=b lang=c title=d>" * 150_000,
    ],
    ids=["deep", "tags", "long", "attributes"],
)
def test_a_trap_is_refused(markup: str) -> None:
    """What no page has is an error that names the document."""
    with pytest.raises(ReadError, match=r"^it (has|nests)"):
        tree_of(markup, "it")


def test_what_is_written_into_a_page_for_looks_does_not_count() -> None:
    """Pictures and styles in the page itself may be larger than any article; only pictures that can be shown are
    kept."""
    data = "A" * MOST_CHARACTERS
    markup = (
        f"<style>{data}</style><img alt=x src='data:image/png;base64,{data}'><img alt=y src='data:text/html,{data}'>"
        f"<p style='background: url(data:image/gif;base64,{data})'>a"
    )
    root = tree_of(markup, "it")
    assert [len(image.get("src", "")) for image in root.iter("img")] == [len("data:image/png;base64,") + len(data), 6]
    assert len(etree.tostring(root)) < len(data) + 300
