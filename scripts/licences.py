"""The licences of what an installation of audio-edition brings, as the packages' own metadata tell them.

python scripts/licences.py [EXTRA...] prints a table of this environment, and ends with an error where a package tells
no licence, or one that is not known to go with GPL-3.0-or-later.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

COMPATIBLE = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "GPL-2.0-or-later", "GPL-3.0-or-later",
    "LGPL-2.0-or-later", "LGPL-2.1-or-later", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib",
}  # fmt: skip
SPELLINGS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Other ways in which metadata write licences of the list."""

LOOKED_UP = {
    "pypandoc-binary": "MIT AND GPL-2.0-or-later",  # the second is of the pandoc that it holds
    "espeakng-loader": "GPL-3.0-or-later",  # no metadata; it holds eSpeak NG, whose COPYING says so
    "imageio-ffmpeg": "BSD-2-Clause AND GPL-3.0-or-later",  # the second is of the FFmpeg that it holds
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",  # metadata add "dependency licenses": those of PDFium's own parts
}
"""What a person found out where metadata say too little."""

EXCEPTIONS = {"regex": "Apache-2.0 AND CNRI-Python"}
"""Licences that are not in the list, of packages that only an extra brings and that we hand out with nothing:
docs/licences.md says why they stay."""


def installed(name: str, extras: Iterable[str] = ()) -> dict[str, Distribution]:
    """Return the packages that this one asks for, with what they ask for, by name."""
    found: dict[str, Distribution] = {}
    asked: set[tuple[str, str]] = set()
    waiting = [(name, extra) for extra in ("", *extras)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in asked:
            continue
        asked.add((name, extra))
        found[name] = distribution(name)
        for text in found[name].requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                wanted = canonicalize_name(requirement.name)
                waiting += [(wanted, each) for each in ("", *requirement.extras)]
    return found


def licence_of(package: Distribution) -> str:
    """Return the licence as SPDX writes it, as far as it is known; "" if the package tells none."""
    name = canonicalize_name(package.metadata["Name"])
    if name in LOOKED_UP:
        return LOOKED_UP[name]
    told = package.metadata["License-Expression"] or _classified(package) or package.metadata["License"] or ""
    return SPELLINGS.get(told, told.partition("\n")[0])


def _classified(package: Distribution) -> str:
    """The licences of the classifiers. Where there are several, one may choose."""
    names = [each for each in package.metadata.get_all("Classifier", []) if each.startswith("License :: ")]
    licences = [name.rpartition(" :: ")[2] for name in names]
    return " OR ".join(SPELLINGS.get(licence, licence) for licence in licences)


def is_compatible(licence: str) -> bool:
    """Whether an expression such as "MIT AND (Apache-2.0 OR GPL-1.0-only)" leaves a choice that goes with ours."""
    parts = re.split(r" AND ", licence)
    return all(any(choice.strip("() ") in COMPATIBLE for choice in part.split(" OR ")) for part in parts)


def problems(packages: dict[str, Distribution]) -> Iterator[str]:
    """Yield a sentence for each package whose licence is unknown or does not go with ours."""
    for name, package in packages.items():
        licence = licence_of(package)
        if not is_compatible(licence) and EXCEPTIONS.get(name) != licence:
            told = f"is under {licence!r}, which is not in the list" if licence else "tells no licence"
            yield f"{name} {told}. Look at it, then at COMPATIBLE and LOOKED_UP in scripts/licences.py."


def main(extras: list[str]) -> int:
    try:
        packages = installed("audio-edition", extras)
    except PackageNotFoundError as error:
        print(f"{error.name} is not installed here, so its licence can't be told.", file=sys.stderr)
        return 1
    for name, package in sorted(packages.items()):
        exception = ", an exception" if name in EXCEPTIONS else ""
        print(f"{name:32} {package.version:16} {licence_of(package)}{exception}")
    wrong = list(problems(packages))
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
