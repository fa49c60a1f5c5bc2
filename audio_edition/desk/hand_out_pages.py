"""Step 5: the edition is handed out: onto sticks, as a ZIP file, and into the site."""

from __future__ import annotations

import contextlib
import os
import shutil
import string
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from audio_edition.desk.making import Progress, StickOrder
from audio_edition.desk.making_pages import Shown, edition_named, editions_of, far
from audio_edition.desk.visit import Told, Visit
from audio_edition.errors import AudioEditionError, DeskError
from audio_edition.model import StickProfile
from audio_edition.pack import pack
from audio_edition.site import SiteOptions, publish_site
from audio_edition.stick import WrittenStick, lacking, profile_named, profiles
from audio_edition.translations import Words


@dataclass(frozen=True, slots=True)
class Drive:
    """A stick that is in this computer, and how much room it has, in words."""

    path: str
    free: str


@dataclass(frozen=True, slots=True)
class _Players:
    """A profile of sticks, what it is called here, and the formats that an edition lacks for it, in words."""

    name: str
    label: str
    lacks: str


@dataclass(frozen=True, slots=True)
class _HandedOut:
    """An edition that can be handed out; `zip` is the address of its ZIP file, if there is one."""

    edition: Shown
    zip: str
    players: tuple[_Players, ...]

    @property
    def name(self) -> str:
        return self.edition.name

    @property
    def title(self) -> str:
        return self.edition.title

    @property
    def facts(self) -> str:
        return self.edition.facts

    @property
    def is_new(self) -> bool:
        return self.edition.is_new


def hand_out(visit: Visit) -> Response:
    """Return the page of the ways to hand editions out; while a stick is written, how far that is."""
    progress = visit.desk.maker.progress(visit.issue)
    progress = progress if progress and progress.stick else None
    if progress and progress.at_work:
        return visit.issue_page("hand-out", "/hand-out", progress=progress, far=far(progress, visit.words))
    shown, _ = editions_of(visit)
    own = visit.desk.paper.settings().sticks
    there = [
        _HandedOut(each, _zip_address(visit, each.folder), tuple(_players(visit, each, own)))
        for each in shown if each.page
    ]  # fmt: skip
    return visit.issue_page("hand-out", "/hand-out", progress=progress, editions=there, **_around(visit, progress))


def _around(visit: Visit, progress: Progress | None) -> dict[str, Any]:
    """Return what the page shows besides editions: sticks that are in the computer, those that were written, and what
    was chosen for the last one."""
    site, sticks = visit.desk.paper.site, visit.desk.maker.sticks(visit.issue)
    return {
        "site": str(site), "site_there": (site / "site.json").is_file(), "may_name": visit.desk.is_local,
        "drives": list(drives()), "chosen": progress.stick if progress else None, "busy": visit.desk.maker.at_work_on(),
        "sticks": [_Stick(written, visit.words) for written in sticks],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stick:
    """A stick that was written, in words."""

    written: WrittenStick
    words: Words

    @property
    def told(self) -> str:
        """What was written where."""
        files = self.words.counted("files_on_stick", len(self.written.files))
        return self.words["did_stick"].format(
            place=self.written.place, files=files, size=_size(self.written.size_bytes)
        )


def _players(visit: Visit, shown: Shown, own: Mapping[str, StickProfile]) -> Iterator[_Players]:
    """Yield the profiles for which an edition could be made."""
    labels = {"stick": visit.words["players_simple"], "daisy": visit.words["players_daisy"]}
    for name, profile in profiles(own).items():
        yield _Players(name, labels.get(name, name), ", ".join(lacking(shown.formats, profile)))


def make_zip(visit: Visit) -> Response:
    """Pack an edition into a ZIP file beside it."""
    packed = pack(edition_named(visit))
    return visit.go(f"{visit.at}/hand-out", Told(visit.words["did_zip"].format(size=_size(packed.stat().st_size))))


def zip_file(request: Request) -> Response:
    """Return a ZIP file, to be saved."""
    visit = Visit(request)
    name = request.path_params["name"]
    try:
        path = visit.issue.editions / f"{name}.zip"
        if name.startswith(".") or "/" in name or "\\" in name or path.is_symlink() or not path.is_file():
            raise DeskError("There is no such ZIP file.", "Make it first.")
    except AudioEditionError as error:
        return visit.trouble(error, 404)
    return FileResponse(path, media_type="application/zip", filename=path.name)


def publish(visit: Visit) -> Response:
    """Put an edition into the site in the desk's folder."""
    folder = edition_named(visit)
    options = SiteOptions(base_url=visit.sent("address").strip() or None)
    done = publish_site(visit.desk.paper.site, [folder], (), options)
    told = visit.words["did_publish"].format(site=visit.desk.paper.site, number=len(done.site.entries))
    return visit.go(f"{visit.at}/hand-out", Told(told))


def stick(visit: Visit) -> Response:
    """Begin to write an edition onto a stick, unless something else is being done."""
    place, name = _place(visit), visit.sent("players") or "stick"
    profile = profile_named(name, visit.desk.paper.settings().sticks)
    order = StickOrder(edition_named(visit), place, name, profile, visit.sent("beside") == "yes")
    visit.desk.maker.start_stick(visit.issue, order)
    return visit.go(f"{visit.at}/hand-out#work")


def _place(visit: Visit) -> Path:
    """Return the stick that was chosen, or the folder that was named. On a network only sticks can be chosen: who is
    there need not get at the disk of this computer."""
    named, chosen = visit.sent("other").strip(), visit.sent("place")
    if named and visit.desk.is_local:
        place = Path(named).expanduser()
        if not place.is_absolute():
            raise DeskError(f"“{named[:60]}” is not the whole path of a folder.", "Write it from its beginning.")
        return place
    if chosen in [drive.path for drive in drives()]:
        return Path(chosen)
    raise DeskError("No stick was chosen, or it was pulled out.", "Put it in, and open the page again.")


def drives() -> Iterator[Drive]:
    """Yield the sticks and other drives that were put into this computer."""
    for path in sorted(_removable()):
        with contextlib.suppress(OSError):
            yield Drive(str(path), _size(shutil.disk_usage(path).free))


def _removable() -> Iterator[Path]:
    """Yield where each system shows drives that come and go."""
    if sys.platform == "win32":
        letters = (Path(f"{letter}:\\") for letter in string.ascii_uppercase[3:])
        yield from (path for path in letters if path.exists() and _is_removable(path))
        return
    user = os.environ.get("USER", "")
    places = [Path("/Volumes")] if sys.platform == "darwin" else [Path("/media", user), Path("/run/media", user)]
    for place in places:
        with contextlib.suppress(OSError):
            yield from (path for path in place.iterdir() if path.is_mount())


def _is_removable(path: Path) -> bool:
    """Return whether Windows calls a drive removable."""
    if sys.platform != "win32":
        return False
    import ctypes

    removable = 2
    return bool(ctypes.windll.kernel32.GetDriveTypeW(str(path)) == removable)


def _zip_address(visit: Visit, folder: Path) -> str:
    there = folder.with_name(f"{folder.name}.zip").is_file()
    return f"{visit.at}/zip/{quote(folder.name)}.zip" if there else ""


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e9:,.1f} GB" if size_bytes >= 1e9 else f"{size_bytes / 1e6:,.1f} MB"
