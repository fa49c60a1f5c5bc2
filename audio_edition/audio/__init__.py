"""Sound: samples, loudness, codecs and what FFmpeg says of a file. Nothing else touches samples or starts FFmpeg.

Samples are signed 16-bit mono. A `Clip` comes in at its engine's rate; encoded tracks go out at RATE_HZ.
"""

from audio_edition.audio.clips import (
    STREAM_RATES_HZ,
    at_rate,
    changed,
    decoded,
    peak_dbfs,
    samples_in,
    segment,
    silence,
    trimmed,
)
from audio_edition.audio.codecs import (
    AAC_FRAME_SAMPLES,
    AAC_KBITS,
    AAC_RATES_HZ,
    ADTS_HEADER_BYTES,
    CODECS,
    MP3_FRAME_BYTES,
    MP3_FRAME_SAMPLES,
    MP3_HEADER,
    MP3_KBITS,
    Codec,
    adts_frame_sizes,
    adts_rate_hz,
    encode,
    first_frames,
    recipe,
)
from audio_edition.audio.ffmpeg import ffmpeg_path, ffmpeg_version
from audio_edition.audio.loudness import PEAK_LIMIT_DBTP, at_volume, gain_for, loudness_lufs
from audio_edition.audio.probe import Levels, ListedChapter, chapters, excerpts, levels

__all__ = [
    "AAC_FRAME_SAMPLES",
    "AAC_KBITS",
    "AAC_RATES_HZ",
    "ADTS_HEADER_BYTES",
    "CODECS",
    "MP3_FRAME_BYTES",
    "MP3_FRAME_SAMPLES",
    "MP3_HEADER",
    "MP3_KBITS",
    "PEAK_LIMIT_DBTP",
    "STREAM_RATES_HZ",
    "Codec",
    "Levels",
    "ListedChapter",
    "adts_frame_sizes",
    "adts_rate_hz",
    "at_rate",
    "at_volume",
    "changed",
    "chapters",
    "decoded",
    "encode",
    "excerpts",
    "ffmpeg_path",
    "ffmpeg_version",
    "first_frames",
    "gain_for",
    "levels",
    "loudness_lufs",
    "peak_dbfs",
    "recipe",
    "samples_in",
    "segment",
    "silence",
    "trimmed",
]
