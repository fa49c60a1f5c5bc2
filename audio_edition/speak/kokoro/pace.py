"""How quickly Kokoro's voices speak, and the model's speed for a rate in words a minute.

Each token lasts a whole number of frames, so that twice the speed is not half the length: the table is measured.
"""

from __future__ import annotations

import itertools

_LENGTHS = (
    (0.541, 2.0),
    (0.599, 1.75),
    (0.646, 1.5),
    (0.692, 1.35),
    (0.842, 1.25),
    (0.88, 1.2),
    (0.945, 1.1),
    (1.0, 1.0),
    (1.065, 0.9),
    (1.23, 0.8),
    (1.43, 0.7),
    (1.65, 0.6),
    (2.0, 0.5),
    (2.6, 0.4),
    (3.4, 0.3),
)
"""How long speech is, and the model's speed that makes it so; 296 words of news by af_heart."""
_SHORTEST = _LENGTHS[0][0]
_LONGEST = _LENGTHS[-1][0]


def fastest_wpm(natural_wpm: int) -> int:
    """Return the words a minute above which a voice swallows its sounds."""
    return int(natural_wpm / _SHORTEST)


def speed(natural_wpm: int, rate_wpm: int) -> float:
    """Return the model's speed at which a voice says so many words a minute, for a rate up to `fastest_wpm`."""
    wanted = min(max(natural_wpm / rate_wpm, _SHORTEST), _LONGEST)
    pairs = itertools.pairwise(_LENGTHS)
    (low, low_speed), (high, high_speed) = next(pair for pair in pairs if wanted <= pair[1][0])
    return low_speed + (wanted - low) / (high - low) * (high_speed - low_speed)
