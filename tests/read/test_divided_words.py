"""No word is lost, and none doubled, where a document is divided into its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import (
    Article,
    Aside,
    Block,
    Credit,
    Figure,
    Heading,
    Issue,
    Item,
    List,
    Metadata,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Row,
    SceneBreak,
    Span,
    Table,
    Text,
    every,
    leaves,
)
from audio_edition.read.account import words
from audio_edition.read.divided import divided, divided_where_clear
from support.cells import cell_of

FORMS = [
    "{}", "{}.", "By Ann {}", "by Ann {}", "By Ann {} and Tom {}", "BY ANN {}", "Words: Ann {}", "Text: {}",
    "Photos by Ann {}", "LONDON, 4 March 2024 (Reuters) - {}", "Berlin (dpa) – {}", "Von Ann {}", "4 March 2024",
    "Ann {}", "— {}", "Wh{}", "", "Interview by Ann {}. Pictures by Tom {}", "{} | {}", "Published 4 March 2024 by {}",
]  # fmt: skip
PIECES = st.lists(
    st.tuples(
        st.sampled_from(["head", "head", "paragraph", "paragraph", "note", "list", "quote", "table", "figure", "aside",
                         "page", "scene"]),
        st.integers(2, 5), st.sampled_from(FORMS), st.lists(st.integers(0, 5), max_size=2),
    ),
    max_size=14,
)  # fmt: skip


class _Writer:
    """Writes blocks, each word of which is its own."""

    def __init__(self) -> None:
        self._count = 0

    def text(self, form: str = "{}", notes: tuple[int, ...] = ()) -> Text:
        written = form
        while "{}" in written:
            self._count += 1
            written = written.replace("{}", f"Word{self._count}", 1)
        return Text(written, tuple(Span(len(written), len(written), "note", f"n{note}") for note in notes))

    def block(self, kind: str, level: int, form: str, notes: tuple[int, ...], number: int) -> Block[Text]:
        text = self.text(form, notes)
        inside = (Paragraph(text),)
        match kind:
            case "head":
                return Heading(text, level)
            case "note":
                return Note(f"n{number % 6}", f"{number}", inside)
            case "list":
                return List(
                    (Item((*inside, Note(f"n{number % 6}", f"{number}", (Paragraph(self.text()),)))), Item(inside))
                )
            case "quote":
                return Quote(inside, self.text("By Ann {}"))
            case "table":
                return Table((Row((cell_of(text), cell_of(self.text()))),), (Paragraph(self.text()),))
            case "figure":
                return Figure(inside, (Paragraph(self.text()),))
            case "aside":
                return Aside((Heading(self.text(), level), *inside), "box")
            case "page":
                return PageBreak(self.text().text)
            case "scene":
                return SceneBreak()
        return Paragraph(text)


def _without_same_notes(blocks: list[Block[Text]]) -> tuple[Block[Text], ...]:
    seen, kept = set[str](), []
    for block in blocks:
        ids = {each.id for each in every([block]) if isinstance(each, Note)}
        if not ids & seen:
            kept.append(block)
            seen |= ids
    return tuple(kept)


def _texts(issue: Issue) -> Iterator[str]:
    yield issue.title
    for article in issue.articles:
        yield from (article.title, article.category, *(credit.text for credit in article.credits))
        yield from (leaf.text for leaf in leaves(article.blocks))
        yield from (block.label for block in every(article.blocks) if isinstance(block, PageBreak))
        yield from (finding.text for finding in article.findings)
    yield from (finding.text for finding in issue.findings)


def _of_notes(issue: Issue) -> set[str]:
    blocks = [block for article in issue.articles for block in every(article.blocks) if isinstance(block, Note)]
    return set(words(" ".join(leaf.text for leaf in leaves(blocks))))


@given(PIECES, st.integers(1, 4), st.booleans(), st.booleans(), st.integers(0, 2))
def test_the_words_of_the_articles_are_those_of_the_document(
    pieces: list[tuple[str, int, str, list[int]]], level: int, is_titled: bool, is_credited: bool, lowered: int
) -> None:
    """Whatever stands in it; a note may be read in each article that refers to it, a section's name before each."""
    writer = _Writer()
    blocks = [
        writer.block(kind, at_level, form, tuple(notes), number)
        for number, (kind, at_level, form, notes) in enumerate(pieces)
    ]
    article = Article(
        writer.text().text,
        _without_same_notes(blocks),
        credits=(Credit(writer.text("By Ann {}").text, "byline"),) if is_credited else (),
        metadata=Metadata(),
        lowered=lowered,
        is_titled=is_titled,
    )
    whole = Issue((article,))
    before = Counter(words(" ".join(_texts(whole))))
    for parted in (divided(whole, level), divided_where_clear(whole)):
        after = Counter(words(" ".join(_texts(parted))))
        assert not {word for word in before - after if word.startswith(("word", "wh"))}
        may_repeat = _of_notes(whole) | set(
            words(" ".join([article.title, *(each.category for each in parted.articles)]))
        )
        assert not {word for word in after - before if word.startswith("word")} - may_repeat
