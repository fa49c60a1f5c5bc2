"""transcript.vtt: a cue for all that is heard, which browsers, FFmpeg and podcast apps read alike."""

from __future__ import annotations

import dataclasses
import html
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition import audio
from audio_edition.formats.clock import milliseconds, timestamp
from audio_edition.formats.transcript_vtt import escaped, vtt
from audio_edition.model import Recording, Script
from audio_edition.model.characters import one_line
from support.recordings import article, chapter, of_texts
from support.structured import everything

HOSTILE = [
    "<script>document.title = 'owned'</script>",
    "]]> --> & &amp; &lt; \"double\" 'single' <b>bold</b>",
    "00:00:01.000 --> 00:00:02.000",
    "NOTE\n\nSTYLE\x00\x1b ‮evil",
    "<lang fr>non</lang>",
]


def _cues(recording: Recording) -> list[list[str]]:
    """The lines of each cue, without the head and the notes under it."""
    return [block.split("\n") for block in "".join(vtt(recording)).strip("\n").split("\n\n")][3:]


def hostile() -> Script:
    return Script(HOSTILE[0], tuple(chapter(number, text, HOSTILE) for number, text in enumerate(HOSTILE, start=1)))


def test_a_cue_is_timed_from_the_start_of_the_edition(tmp_path: Path) -> None:
    """Chapter and cue add up in samples, and are rounded once."""
    recording = of_texts(tmp_path, article())
    cues = _cues(recording)
    expected = [
        [
            cue.utterance.id,
            f"{timestamp(milliseconds(part.start + cue.start))} --> {timestamp(milliseconds(part.start + cue.end))}",
        ]
        for part in recording.chapters
        for cue in part.cues
    ]
    assert [cue[:2] for cue in cues] == expected
    assert cues[3] == [expected[3][0], expected[3][1], "It sank at 4 p.m. &lt;today&gt;."]


def test_a_cue_of_no_length_still_ends_after_it_starts(tmp_path: Path) -> None:
    """WebVTT forbids an end that is not later, and readers drop such a cue."""
    recording = of_texts(tmp_path, article())
    first = recording.chapters[0]
    silent = dataclasses.replace(first.cues[0], end=first.cues[0].start)
    chapters = (dataclasses.replace(first, cues=(silent,)), *recording.chapters[1:])
    assert _cues(dataclasses.replace(recording, chapters=chapters))[0][1] == "00:00:00.104 --> 00:00:00.105"


def test_a_cue_is_what_is_heard(tmp_path: Path) -> None:
    """With the words that the sound adds, and without the marks of notes, which nobody says."""
    payloads = {cue[0]: cue[2] for cue in _cues(of_texts(tmp_path, everything()))}
    assert payloads["c01-p003-s01"] == "See the report at once, or the gates below."
    assert payloads["c01-p004-s01"] == "Note 1: Printed in May."
    assert payloads["c01-p006-s01"] == "It fell by 10-9~~, not by 8~~, in H2O; 東京 (とうきょう) said so."
    assert payloads["c01-p010-s01"] == "3. Count the boats."
    assert payloads["c02-p002-s01"] == "Picture: A chart of two bars."
    assert payloads["c02-p014-s01"] == "North, South: None yet End of table."


def test_a_cue_in_another_language_says_so(tmp_path: Path) -> None:
    """By the one element that WebVTT has for it; the edition's own language needs none."""
    payloads = {cue[0]: cue[2] for cue in _cues(of_texts(tmp_path, everything()))}
    assert payloads["c01-p007-s01"] == "<lang fr>« Tout va bien », a-t-on dit.</lang>"
    assert not [text for place, text in payloads.items() if "<" in text and place != "c01-p007-s01"]


@pytest.mark.parametrize("script", [article(), everything(), hostile()], ids=["article", "everything", "hostile"])
def test_ffmpeg_reads_every_cue(tmp_path: Path, script: Script) -> None:
    """A reader that is not ours finds as many cues as there are sentences, with their words."""
    (tmp_path / "transcript.vtt").write_text("".join(vtt(of_texts(tmp_path, script))), "utf-8", newline="\n")
    command = [audio.ffmpeg_path(), "-v", "error", "-i", str(tmp_path / "transcript.vtt"), "-f", "srt", "-"]
    read = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    cues = [block.split("\n") for block in read.strip("\n").split("\n\n")]
    assert [cue[0] for cue in cues] == [str(number) for number in range(1, len(script.utterances) + 1)]
    if script.title.startswith("Ferry"):
        assert [html.unescape(cue[2]) for cue in cues] == [utterance.text for utterance in script.utterances]


@given(st.text(st.characters(), max_size=80))
def test_any_text_is_only_text_in_a_cue(text: str) -> None:
    """One line, no tag, no time line, and the words come back unchanged."""
    payload = escaped(text)
    assert not re.search(r"[\r\n\0<>]", payload)
    assert html.unescape(payload) == html.unescape(html.escape(one_line(text)))
