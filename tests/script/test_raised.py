"""Characters above and below the line are said for what they are: powers, ordinals, formulas, marks; and the signs of
tasks for what they tell."""

from __future__ import annotations

import pytest

from audio_edition.model import Article, Item, List, Paragraph, Pauses, Span, SpanKind, Text
from audio_edition.script import write_script

_MARKS: dict[str, SpanKind] = {"^": "superscript", "_": "subscript"}


def _text(marked: str) -> Text:
    """A text from one with `^{...}` and `_{...}` for what stands above and below the line."""
    written, spans = "", []
    for part in marked.replace("}", "{").split("{"):
        kind = _MARKS.get(written[-1:])
        if kind:
            written = written[:-1]
            spans.append(Span(len(written), len(written) + len(part), kind))
        written += part
    return Text(written, tuple(spans))


def _said(text: Text, language: str = "en") -> str:
    script = write_script(Article("T", (Paragraph(text),), language=language), Pauses())
    (utterance,) = script.utterances[1:]
    assert utterance.text == text.text
    assert utterance.spans == text.spans
    return utterance.spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It has 10^{3} grains.", "It has 10 cubed grains."),
        ("Some 5×10^{−6} metres.", "Some 5×10 to the power of minus 6 metres."),
        ("Not 10^{100} at all.", "Not 10 to the power of 100 at all."),
        ("We know E = mc^{2} well.", "We know E = mc squared well."),
        ("So (a+b)^{2} and 2^{n} grow.", "So (a+b) squared and 2 to the power of n grow."),
        ("The 1^{st} and the 22^{nd} of May.", "The 1st and the 22nd of May."),
        ("It is 50 m^{2} or 3 km^{2}.", "It is 50 square metres or 3 square kilometres."),
        ("It falls at 9.8 m/s^{2} here.", "It falls at 9.8 metres a second squared here."),
        ("Much H_{2}O is in it.", "Much H2O is in it."),
        ("See V_{max} and x_{1} below.", "See V max and x1 below."),
        ("In 101_{2} there is a five.", "In 101 2 there is a five."),
        ("Only ^{238}U is left.", "Only 238 U is left."),
        ("A word^{1} has notes.^{2}", "A word has notes."),
        ("The 2^{e} arrondissement.", "The 2e arrondissement."),
    ],
)
def test_what_stands_above_or_below_the_line_is_said_for_what_it_is(written: str, said: str) -> None:
    """10 and a raised 3 is not one hundred and three; what is no power is said as it stands, or is a silent mark."""
    assert _said(_text(written)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "10 أس ناقص 6 y تربيع"),
        ("de", "10 hoch minus 6 y zum Quadrat"),
        ("en", "10 to the power of minus 6 y squared"),
        ("es", "10 elevado a menos 6 y al cuadrado"),
        ("fr", "10 puissance moins 6 y au carré"),
        ("hi", "10 की घात माइनस 6 y का वर्ग"),
        ("it", "10 elevato a meno 6 y al quadrato"),
        ("fi", "10 -6 y 2"),
        ("pt", "10 elevado a menos 6 y ao quadrado"),
        ("ru", "10 в степени минус 6 y в квадрате"),
        ("zh", "10 的负 6次方 y 的平方"),
    ],
)
def test_powers_are_said_in_the_language_of_the_text(language: str, said: str) -> None:
    """In one without words for them, the exponent is at least apart from its base."""
    assert _said(_text("10^{-6} y^{2}"), language) == said


@pytest.mark.parametrize(
    ("language", "done", "to_do"),
    [("en", "Done: Buy bread", "To do: Sell it"), ("de", "Erledigt: Buy bread", "Zu tun: Sell it")],
)
def test_the_sign_of_a_task_is_said_in_words(language: str, done: str, to_do: str) -> None:
    """And stays in the text; elsewhere the sign is none of a task."""
    texts = ("☑ Buy bread", "☐ Sell it")
    tasks = List(tuple(Item((Paragraph(Text(text)),)) for text in texts))
    script = write_script(Article("T", (tasks, Paragraph(Text("☑ is a sign."))), language=language), Pauses())
    first, second, other = script.utterances[1:]
    assert [first.spoken, second.spoken] == [done, to_do]
    assert (first.text, second.text) == texts
    assert done.partition(":")[0] not in other.spoken
