"""Small good documents in formats without a writer of their own here, with a little of all that each can hold."""

from __future__ import annotations

import base64

from support.archives import archive

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
PAGE = (
    "<!doctype html><title>The quay</title><h1>The quay</h1><p>It opened on Monday after a strong wind, and nobody "
    "knows when it will close again.</p><ol><li>Oak<li>Elm</ol><p><img src='img/a.png' alt='A gull'></p>"
)  # fmt: skip

FICTION_BOOK = (
    "<FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0' xmlns:l='http://www.w3.org/1999/xlink'>"
    "<description><title-info><author><first-name>Mara</first-name><last-name>Holt</last-name></author>"
    "<book-title>The quay</book-title><lang>en</lang><sequence name='Harbours' number='2'/></title-info></description>"
    "<body><title><p>The quay</p></title><epigraph><p>Wood floats.</p><text-author>Ray</text-author></epigraph>"
    "<section><title><p>Old wood</p></title><p>Old<a l:href='#n1' type='note'>[1]</a> <emphasis>wood</emphasis>.</p>"
    "<poem><stanza><v>One line</v><v>and another</v></stanza></poem><image l:href='#a.png' alt='A gull'/>"
    "<table><tr><th>Tree</th></tr><tr><td colspan='2'>Oak</td></tr></table><subtitle>* * *</subtitle><p>It fell.</p>"
    "</section></body><body name='notes'><section id='n1'><title><p>1</p></title><p>Since 1871.</p></section></body>"
    f"<binary id='a.png' content-type='image/png'>{PIXEL}</binary></FictionBook>"
).encode()  # fmt: skip

DTBOOK = (
    b"<dtbook xmlns='http://www.daisy.org/z3986/2005/dtbook/' version='2005-3' xml:lang='en'><book><frontmatter>"
    b"<doctitle>The quay</doctitle><docauthor>Mara Holt</docauthor></frontmatter><bodymatter><level1>"
    b"<pagenum page='normal' id='p7'>7</pagenum><h1>Old wood</h1><p><sent>It <em>grew</em><noteref idref='#n1'>1"
    b"</noteref>.</sent></p><level2><h2>Oak</h2><list type='ol' start='3'><li>Three</li><li>Four</li></list><imggroup>"
    b"<img src='a.png' alt='A gull'/><caption>The gull</caption></imggroup><table><tr><th>Tree</th></tr><tr><td>Oak"
    b"</td></tr></table><sidebar render='optional'><hd>Box</hd><p>Inside.</p></sidebar><linegroup><line>One</line>"
    b"</linegroup></level2></level1><note id='n1'><p>Since 1871.</p></note></bodymatter></book></dtbook>"
)  # fmt: skip

DAISY_3 = archive(
    {
        "book.opf": "<package xmlns='http://openebook.org/namespaces/oeb-package/1.0/'><metadata><dc-metadata "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:Title>The quay</dc:Title><dc:Language>en</dc:Language>"
        "</dc-metadata></metadata><manifest><item id='t' href='text.xml' media-type='application/x-dtbook+xml'/>"
        "</manifest><spine/></package>",
        "text.xml": DTBOOK,
    }
)


def daisy_2(more: str = "") -> bytes:
    """A DAISY 2.02 book, with more elements at the end of its text."""
    return archive(
        {
            "ncc.html": "<html><head><title>The quay</title><meta name='dc:language' content='en'/></head><body><h1 "
            "class='title'><a href='a.smil#x'>The quay</a></h1><h1><a href='b.smil#x'>Old wood</a></h1></body></html>",
            "a.smil": "<smil><body><seq><par><text src='text.html#t'/></par></seq></body></smil>",
            "b.smil": "<smil><body><seq><par><text src='text.html#u'/></par></seq></body></smil>",
            "text.html": "<html><body><h1 id='t'>The quay</h1><span class='page-normal' id='p'>7</span><h1 id='u'>Old "
            "wood</h1><p>It grew<span class='noteref' bodyref='text.html#n'>1</span>.</p><div class='notebody' id='n'>"
            f"<p>Since 1871.</p></div>{more}</body></html>",
        }
    )


DAISY_2 = daisy_2()

JATS = (
    b"<article xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:mml='http://www.w3.org/1998/Math/MathML' xml:lang='en'>"
    b"<front><article-meta><title-group><article-title>The quay</article-title></title-group><contrib-group><contrib "
    b"contrib-type='author'><name><surname>Holt</surname><given-names>Mara</given-names></name></contrib>"
    b"</contrib-group><pub-date><day>2</day><month>11</month><year>2026</year></pub-date><abstract><p>Oak lasts.</p>"
    b"</abstract></article-meta></front><body><sec><label>1</label><title>Oak</title><p>It lasts<xref ref-type='fn' "
    b"rid='f1'>a</xref>, <xref ref-type='bibr' rid='r3'>[3]</xref>.</p><fig><label>Figure 1</label><caption><p>A gull"
    b"</p></caption><graphic xlink:href='a.png'/></fig><table-wrap><table><tr><th>Tree</th></tr><tr><td>Oak</td></tr>"
    b"</table></table-wrap><disp-formula><alternatives><mml:math><mml:mi>x</mml:mi></mml:math><tex-math>x</tex-math>"
    b"</alternatives></disp-formula></sec></body><back><fn-group><fn id='f1'><label>a</label><p>Often.</p></fn>"
    b"</fn-group><ref-list><ref id='r3'><label>3</label>Ray 2020</ref></ref-list></back></article>"
)  # fmt: skip


def _parts(*parts: tuple[str, str]) -> str:
    return "".join(f"--b\r\n{head}\r\n\r\n{body}\r\n" for head, body in parts) + "--b--\r\n"


WEB_PAGE = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/quay\r\nSubject: The quay\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    + _parts(
        ("Content-Type: text/html; charset=utf-8\r\nContent-Location: https://example.org/quay", PAGE),
        (
            "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
            "Content-Location: https://example.org/img/a.png",
            PIXEL,
        ),
    )
).encode()

MAIL = (
    "From: Ann Holt <ann@example.org>\r\nTo: jo@example.org\r\nSubject: =?utf-8?q?The_qu=61y?=\r\n"
    "Date: Tue, 05 Mar 2024 07:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    + _parts(
        (
            "Content-Type: text/plain; charset=utf-8; format=flowed",
            "It opened on \r\nMonday.\r\n\r\n> Did it?\r\n-- \r\nAnn",
        ),
        (
            "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable",
            PAGE.replace("=", "=3D"),
        ),
        ("Content-Type: message/rfc822", "From: Tom <tom@example.org>\r\nSubject: Costs\r\n\r\nThey rise."),
        ('Content-Type: application/pdf; name="a.pdf"\r\nContent-Disposition: attachment', "x"),
    )
).encode()  # fmt: skip

PACKED_PAGE = archive({"The quay.html": PAGE, "img/a.png": base64.b64decode(PIXEL)})

_STORIES = (("The roof is mended", "Ann Hill"), ("Bell ringers wanted", "Tom Lee"), ("A walk", "Joan Reed"))
MAGAZINE = (
    "<!doctype html><title>St Anne's News</title><h1>St Anne's News</h1>"
    + "".join(
        f"<h1>{head}</h1><p>By {by}</p><p>It happened in May, and {by} was there to see it, as were many others.</p>"
        for head, by in _STORIES
    )
).encode()
"""Several articles in one page, which is divided."""
