"""What is known of Kokoro's model and voices without opening them."""

from __future__ import annotations

from dataclasses import dataclass

MODEL_NAME = "kokoro-v1.0.int8.onnx"
MODEL_BYTES = 92_361_271
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
LICENCE = "Apache-2.0"
"""Of the model and of its voices."""

ROWS, COLUMNS = 510, 256
VOICE_BYTES = ROWS * COLUMNS * 4
"""Of the file of a voice: numbers of four bytes."""

USUAL_WPM = 180
LANGUAGES = {"a": "en-US", "b": "en-GB", "e": "es", "f": "fr", "h": "hi", "i": "it", "p": "pt-BR"}
"""By the first letter of a voice's name. j and z, Japanese and Chinese, are not put into phonemes by eSpeak NG."""
FURTHER = {"e": "es-419"}
"""By the same letter: another variety of the language, in whose phonemes the voices are listed as well."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a voice: words a minute at its own pace, and how good the model's makers call it, from A to F.

    Paces are measured for English. For other languages, whose words are longer or shorter, 180 is what is usual there.
    """

    natural_wpm: int = USUAL_WPM
    grade: str = ""
    note: str = ""


KNOWN = {
    "af_heart": Known(181, "A", "warm and clear: news, books"),
    "af_bella": Known(175, "A-", "lively: features, stories"),
    "af_nicole": Known(150, "B-", "whispers"),
    "af_aoede": Known(178, "C+"),
    "af_kore": Known(174, "C+"),
    "af_sarah": Known(179, "C+", "even: news"),
    "af_alloy": Known(183, "C"),
    "af_nova": Known(188, "C"),
    "af_sky": Known(185, "C-"),
    "af_jessica": Known(201, "D"),
    "af_river": Known(204, "D"),
    "am_fenrir": Known(178, "C+", "firm: news"),
    "am_michael": Known(165, "C+", "calm: books"),
    "am_puck": Known(180, "C+"),
    "am_echo": Known(184, "D"),
    "am_eric": Known(202, "D"),
    "am_liam": Known(198, "D"),
    "am_onyx": Known(187, "D"),
    "am_santa": Known(172, "D-"),
    "am_adam": Known(185, "F+"),
    "bf_emma": Known(192, "B-", "clear: news, books"),
    "bf_isabella": Known(195, "C"),
    "bf_alice": Known(184, "D"),
    "bf_lily": Known(189, "D"),
    "bm_george": Known(166, "C", "calm: books"),
    "bm_fable": Known(192, "C"),
    "bm_lewis": Known(173, "D+"),
    "bm_daniel": Known(195, "D"),
    "ef_dora": Known(182),
    "em_alex": Known(180),
    "em_santa": Known(178),
    "ff_siwis": Known(195, "B-", "quick by nature"),
    "hf_alpha": Known(180, "C"),
    "hf_beta": Known(190, "C"),
    "hm_omega": Known(175, "C"),
    "hm_psi": Known(172, "C"),
    "if_sara": Known(185, "C"),
    "im_nicola": Known(172, "C"),
    "pf_dora": Known(184),
    "pm_alex": Known(180),
    "pm_santa": Known(176),
}
"""The voices whose text eSpeak NG puts into phonemes, the best of each language and gender first."""
