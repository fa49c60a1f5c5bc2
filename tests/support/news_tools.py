"""Documents of agencies and feeds, built from known words, for the tests of their readers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from support.random_documents import Shape

WORDS = ["tide", "goat", "Ahe", "été", "ferry", "наш", "橋", "naïve", "&amp", "<b>", "7", "O’Neill"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
KINDS = st.sampled_from(["p", "h2", "ul", "ol", "table", "blockquote", "inline", "lang"])
BLOCKS = st.lists(st.tuples(KINDS, TEXTS), max_size=8)

Block = tuple[str, str]


def html(blocks: list[Block]) -> str:
    """The blocks as XHTML."""
    return "".join(_block(kind, escape(text)) for kind, text in blocks)


def nitf_body(blocks: list[Block]) -> str:
    """The blocks with NITF's names."""
    markup = html(blocks).replace("h2>", "hl2>").replace("blockquote>", "bq>")
    return re.sub(r'<span lang="(\w+)">(.*?)</span>', r'<lang iso="\1">\2</lang>', markup)


def _block(kind: str, text: str) -> str:
    if kind in ("ul", "ol"):
        return f"<{kind}>" + "".join(f"<li>{word}</li>" for word in text.split()) + f"</{kind}>"
    if kind == "table":
        return "<table><tr><th>x1</th><th>x2</th></tr><tr><td>y1</td><td>" + text + "</td></tr></table>"
    if kind == "blockquote":
        return f"<blockquote><p>{text}</p></blockquote>"
    if kind == "inline":
        first, *others = text.split()
        return f"<p><em>{first}</em> {' '.join(others)}</p>"
    return f'<p>x <span lang="fi">{text}</span></p>' if kind == "lang" else f"<{kind}>{text}</{kind}>"


def told(blocks: list[Block]) -> list[Shape]:
    """What of the blocks is to be read, in order, as `shapes` has it."""
    return [_told(kind, text) for kind, text in blocks]


def _told(kind: str, text: str) -> Shape:
    words = text.split()
    match kind:
        case "h2":
            return ("heading", 2, _plain(words))
        case "ul" | "ol":
            items = [[("paragraph", _plain([word]))] for word in words]
            return ("list" if kind == "ul" else "numbered", 1, items)
        case "table":
            heads = [_plain(["x1"]), _plain(["x2"])]
            row = [("", _plain(["y1"]), (heads[0],)), ("", _plain(words), (heads[1],))]
            return ("table", [[("column", head, ()) for head in heads], row])
        case "blockquote":
            return ("quote", [("paragraph", _plain(words))])
        case "inline":
            return ("paragraph", ((words[0], "i"), *_plain(words[1:])))
        case "lang":
            return ("paragraph", (("x", ""), *((word, "l") for word in words)))
        case _:
            return ("paragraph", _plain(words))


def _plain(words: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((word, "") for word in words)


def as_nitf(title: str, blocks: list[Block]) -> bytes:
    head = f"<body.head><hedline><hl1>{escape(title)}</hl1></hedline></body.head>"
    return f"<nitf xml:lang='en'><body>{head}<body.content>{nitf_body(blocks)}</body.content></body></nitf>".encode()


def as_g2(title: str, blocks: list[Block]) -> bytes:
    body = f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{html(blocks)}</body></html>"
    meta = f"<contentMeta><language tag='en'/><headline>{escape(title)}</headline></contentMeta>"
    content = f"<contentSet><inlineXML contenttype='application/xhtml+xml'>{body}</inlineXML></contentSet>"
    return f"<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'>{meta}{content}</newsItem>".encode()


def as_g1(title: str, blocks: list[Block]) -> bytes:
    lines = f"<NewsLines><HeadLine>{escape(title)}</HeadLine></NewsLines>"
    content = f"<ContentItem><DataContent>{html(blocks) or 'x1'}</DataContent></ContentItem>"
    return f"<NewsML><NewsItem><NewsComponent>{lines}{content}</NewsComponent></NewsItem></NewsML>".encode()


def as_ninjs(title: str, blocks: list[Block]) -> bytes:
    return json.dumps(
        {"uri": "x", "headline": escape(title), "language": "en", "body_html": html(blocks)}, ensure_ascii=False
    ).encode()


def as_rss(title: str, blocks: list[Block]) -> bytes:
    encoded = f"<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>{escape(html(blocks))}</c:encoded>"
    item = f"<item><title>{escape(escape(title))}</title>{encoded}</item>"
    return f"<rss version='2.0'><channel><language>en</language>{item}</channel></rss>".encode()


def as_atom(title: str, blocks: list[Block]) -> bytes:
    content = f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{html(blocks)}</div></content>"
    entry = f"<entry><title>{escape(title)}</title>{content}</entry>"
    return f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'>{entry}</feed>".encode()


def as_json_feed(title: str, blocks: list[Block]) -> bytes:
    item = {"id": "1", "title": escape(title), "content_html": html(blocks)}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "language": "en", "items": [item]}
    return json.dumps(feed).encode()


FORMATS: dict[str, Callable[[str, list[Block]], bytes]] = {
    "nitf": as_nitf, "newsml-g2": as_g2, "newsml-1": as_g1, "ninjs": as_ninjs, "rss": as_rss, "atom": as_atom,
    "json-feed": as_json_feed,
}  # fmt: skip
