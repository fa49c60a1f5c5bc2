"""The level of a voice: measured once, on a passage of its own language, and kept. Those of eSpeak NG's voices at their
usual rate are measured when the program is released (scripts/levels.py).

One gain for all a voice says, so that no sentence jumps; measured on a fixed passage, not on the article, so that a
changed sentence changes nothing but itself.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from audio_edition import audio
from audio_edition.cache import key_of
from audio_edition.errors import SpeakError
from audio_edition.model import Clip, Pauses, Utterance, Voice
from audio_edition.speak.engine import RetryableSpeechError
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.prefetch import Say, ahead

if TYPE_CHECKING:
    from pydub import AudioSegment

TARGET_LUFS = -19.0
"""Mono; heard as loud as the -16 LUFS stereo of podcasts."""

LEVELS = Path(__file__).with_name("levels.json")
"""Gains by the keys under which a cache keeps them; a key no longer fits where the voice, its engine or FFmpeg is
another."""
KEY_LETTERS = 16

_LONGEST_NUMBER = 40
_LARGEST_GAIN_DB = 60

# A voice of another language reads the English one, which comes nearer to its level than figures do.
PASSAGES = {
    "ar": "اجتمع المجلس يوم الثلاثاء في المدينة القديمة. قال العمدة إن الجسر الجديد سيفتح قبل الشتاء. "
    "وسأل الصحفيون عن الكلفة. أعلنت الحكومة يوم الخميس زيادة الضرائب، بحسب مصدر مطلع على الملف. "
    "عادت القوارب إلى البيت تحت المطر. لم يصطد أحد شيئا، ولم يهتم أحد.",
    "de": "Der Stadtrat kam am Dienstag im alten Rathaus zusammen. Die neue Brücke soll noch vor dem Winter öffnen. "
    "Viele Leute fragten, was das alles kosten wird. Die Regierung kündigte am Donnerstag höhere Steuern an. "
    "Die Boote kamen im Regen nach Hause. Niemand hatte etwas gefangen, und keinen kümmerte es.",
    "en": "The council met on Tuesday evening in the old town hall. The new bridge, they said, will open before "
    "winter. Many people asked how much it would cost, and who was going to pay for it. "
    "The government announced a rise in taxes on Thursday, according to a source close to the matter. "
    "The boats came home in the rain. Nobody had caught a thing, and nobody cared.",
    "es": "El consejo se reunió el martes en el antiguo ayuntamiento. El nuevo puente se abrirá antes del invierno. "
    "Mucha gente preguntó cuánto iba a costar. El gobierno anunció el jueves una subida de los impuestos. "
    "Los barcos volvieron a casa bajo la lluvia. Nadie había pescado nada, y a nadie le importaba.",
    "fr": "Le conseil s'est réuni mardi dans l'ancienne mairie. Le nouveau pont ouvrira avant l'hiver. "
    "Beaucoup de gens ont demandé combien cela coûterait. Le gouvernement a annoncé jeudi une hausse des impôts. "
    "Les bateaux sont rentrés sous la pluie. Personne n'avait rien pris, et personne ne s'en souciait.",
    "hi": "परिषद की बैठक मंगलवार को पुराने भवन में हुई। नया पुल सर्दी से पहले खुल जाएगा। "
    "बहुत लोगों ने पूछा कि इस पर कितना खर्च होगा। सरकार ने गुरुवार को कर बढ़ाने की घोषणा की। "
    "नावें बारिश में घर लौट आईं। किसी ने कुछ नहीं पकड़ा, और किसी को परवाह नहीं थी।",
    "it": "Il consiglio si è riunito martedì nel vecchio municipio. Il nuovo ponte aprirà prima dell'inverno. "
    "Molte persone hanno chiesto quanto costerà. Il governo ha annunciato giovedì un aumento delle tasse. "
    "Le barche sono tornate a casa sotto la pioggia. Nessuno aveva preso niente, e a nessuno importava.",
    "pt": "O conselho reuniu-se na terça-feira na antiga câmara. A nova ponte abrirá antes do inverno. "
    "Muitas pessoas perguntaram quanto vai custar. O governo anunciou na quinta-feira um aumento dos impostos. "
    "Os barcos voltaram para casa à chuva. Ninguém tinha pescado nada, e ninguém se importava.",
    "ru": "Совет собрался во вторник в старой ратуше. Новый мост откроют до зимы. "
    "Многие спрашивали, сколько это будет стоить. Правительство объявило в четверг о повышении налогов. "
    "Лодки вернулись домой под дождём. Никто ничего не поймал, и никому не было дела.",
    "sv": "Kommunfullmäktige möttes på tisdagen i det gamla rådhuset. Den nya bron öppnar före vintern. "
    "Många frågade vad den kommer att kosta. Regeringen meddelade i torsdags att skatterna höjs. "
    "Båtarna kom hem i regnet. Ingen hade fångat något, och ingen brydde sig.",
    "zh": "市议会星期二在老市政厅开会。新桥将在冬天以前开放。很多人问，这要花多少钱。"
    "政府星期四宣布加税。船在雨中回家，谁也没有捕到鱼，谁也不在乎。",
}


_SENTENCE = re.compile(r"[^\s.。।][^.。।]*[.。।]")


def passage_for(language: str) -> str:
    """Return the passage that a voice of the language is measured on."""
    return PASSAGES.get(language.partition("-")[0].replace("cmn", "zh"), PASSAGES["en"])


def gain_of(narrator: Narrator) -> float:
    """Return the gain in dB that brings the narrator's voice to TARGET_LUFS: as it was measured before a release, as it
    was kept in the cache, or measured now."""
    key = level_key(narrator)
    if (known := _released().get(key[:KEY_LETTERS])) is not None:
        return known
    if (known := _kept(narrator, key)) is not None:
        return known
    gain_db = measured_gain(narrator)
    if narrator.cache:
        narrator.cache.put(key, [json.dumps(gain_db).encode()])
    return gain_db


def measured_gain(narrator: Narrator) -> float:
    """Return the gain in dB that brings the narrator's voice to TARGET_LUFS, measured on the passage of its language.
    Raises SpeakError, StitchError."""
    return audio.gain_for(_sounds(narrator, _passage(narrator)), TARGET_LUFS)


def level_key(narrator: Narrator) -> str:
    """Return the name of everything that the gain depends on."""
    keys = [narrator.key(utterance) for utterance in _passage(narrator)]
    return key_of("level", keys, TARGET_LUFS, audio.recipe("mp3", 0, narrator.engine.rate_hz))


def _passage(narrator: Narrator) -> list[Utterance]:
    sentences = _SENTENCE.findall(passage_for(narrator.delivery.voice.language))
    return [Utterance(f"calibration-{number}", text, text) for number, text in enumerate(sentences, start=1)]


@functools.cache
def _released() -> dict[str, float]:
    """Return the gains that were measured for the release, by the first KEY_LETTERS of their keys."""
    gains: dict[str, float] = json.loads(LEVELS.read_bytes())
    return gains


def _kept(narrator: Narrator, key: str) -> float | None:
    kept = narrator.cache.open(key) if narrator.cache else None
    if not kept:
        return None
    with kept:
        return _number(kept.read(_LONGEST_NUMBER))


def _number(data: bytes) -> float | None:
    """Return the gain that an entry of the cache holds; None where it is another kind of entry."""
    try:
        value = json.loads(data)
    except ValueError:
        return None
    is_gain = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST_GAIN_DB
    return float(value) if is_gain else None


def _sounds(narrator: Narrator, passage: list[Utterance]) -> Iterator[AudioSegment]:
    """Yield the passage as an edition would have it, sentence by sentence."""
    with ahead(lambda _: narrator, passage) as say:
        for utterance in passage:
            clip = _clip(narrator.voice, say, utterance)
            yield audio.segment(clip)
            yield audio.silence(audio.samples_in(Pauses().sentence, clip.rate_hz), clip.rate_hz)


def _clip(voice: Voice, say: Say, utterance: Utterance) -> Clip:
    try:
        return say(utterance)
    except SpeakError as error:
        if not isinstance(error.__cause__, RetryableSpeechError):
            raise
        raise SpeakError(
            f"The voice {voice.id} of {voice.engine} does not speak: a test sentence gave no whole sound.",
            "Take another one; see them with: audio-edition voices",
        ) from error
