"""Orca, a screen reader, with Chromium on a desktop that nobody sees: keys go in, what is said comes out."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

INSTALL = (
    "apt install --no-install-recommends orca at-spi2-core speech-dispatcher speech-dispatcher-espeak-ng xvfb dbus-x11 "
    "xdotool openbox pulseaudio python3-pyatspi gir1.2-wnck-3.0 chromium"
)
NEEDED = ("orca", "Xvfb", "dbus-daemon", "xdotool", "openbox", "pulseaudio", "chromium")

_SAID = re.compile(r"^[\d:.]+ - SPEECH OUTPUT: '(.*)'\{", re.MULTILINE)
_SOUND = (
    "pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", "-L", "module-native-protocol-unix",
    "-L", "module-null-sink",
)  # fmt: skip
"""Sound that nobody hears; without any, the speech of the screen reader waits for ever."""

_NO_KEYS = '<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard/><mouse/></openbox_config>'
"""The window manager's own keys would take those of the screen reader."""
_QUIET_SECONDS = 0.8
_LONGEST_SECONDS = 15.0
_TURN_SECONDS = 0.1
_SOCKETS = "/tmp/.X11-unix/X"  # noqa: S108 - where X has them


class ScreenReader:
    """A running Orca, and the browser that it reads."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = environment
        self._log = log

    def press(self, *keys: str) -> str:
        """Press keys one after the other, and return what is said to the last, on one line."""
        said = ""
        for key in keys:
            begin = self._log.stat().st_size
            command = ["xdotool", "key", "--clearmodifiers", key]
            subprocess.run(command, env=self._environment, check=True, timeout=30)
            said = self._said_since(begin)
        return said

    def wait_for(self, words: str) -> bool:
        """Return whether something is said with these words in it, once the browser is there."""
        return _until(lambda: words in self._spoken(0), 60)

    def _said_since(self, begin: int) -> str:
        """What is said until the log has not grown for a while."""
        grown = [time.monotonic(), self._log.stat().st_size]

        def is_quiet() -> bool:
            size = self._log.stat().st_size
            if size != grown[1]:
                grown[:] = time.monotonic(), size
            return time.monotonic() - grown[0] > _QUIET_SECONDS and bool(self._spoken(begin))

        _until(is_quiet, _LONGEST_SECONDS)
        return self._spoken(begin)

    def _spoken(self, begin: int) -> str:
        with self._log.open("rb") as log:
            log.seek(begin)
            return " | ".join(_SAID.findall(log.read().decode("utf-8", "replace")))


def _until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Look again and again until something is so; return whether it became so in time."""
    end = time.monotonic() + seconds
    nothing = threading.Event()
    while time.monotonic() < end:
        if is_so():
            return True
        nothing.wait(_TURN_SECONDS)
    return False


@contextlib.contextmanager
def reading(folder: Path, address: str) -> Iterator[ScreenReader]:
    """Orca reading a page in Chromium; its files lie in `folder`."""
    environment = _surroundings(folder)
    log = folder / "orca.debug"
    browser = (
        "chromium", "--no-sandbox", "--force-renderer-accessibility", "--no-first-run",
        f"--user-data-dir={folder / 'profile'}", "--autoplay-policy=no-user-gesture-required", address,
    )  # fmt: skip
    with contextlib.ExitStack() as running:
        _start(
            running, environment, ("Xvfb", environment["DISPLAY"], "-screen", "0", "1280x900x24", "-nolisten", "tcp")
        )
        bus = _start(running, environment, ("dbus-daemon", "--session", "--nofork", "--print-address=1"), told=True)
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        ready = ("xdotool", "getdisplaygeometry")
        assert _until(
            lambda: subprocess.run(ready, env=environment, capture_output=True, check=False).returncode == 0, 30
        )
        _start(running, environment, ("openbox",))
        _start(running, environment, _SOUND)
        _start(running, environment, ("/usr/libexec/at-spi-bus-launcher", "--launch-immediately"))
        for schema, key in (("interface", "toolkit-accessibility"), ("a11y.applications", "screen-reader-enabled")):
            command = ["gsettings", "set", f"org.gnome.desktop.{schema}", key, "true"]
            subprocess.run(command, env=environment, check=False, capture_output=True, timeout=30)
        running.callback(_end_speech, folder / "run")
        _start(running, environment, ("orca", "--replace", "--debug", f"--debug-file={log}"))
        assert _until(lambda: log.exists() and b"SPEECH OUTPUT" in log.read_bytes(), 60), "Orca says nothing"
        _start(running, environment, browser)
        yield ScreenReader(environment, log)


def _end_speech(run: Path) -> None:
    """End the speech server, which Orca starts and leaves behind."""
    for pid in run.rglob("speech-dispatcher.pid"):
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(pid.read_text()), signal.SIGTERM)


def _surroundings(folder: Path) -> dict[str, str]:
    run = folder / "run"
    run.mkdir(mode=0o700)
    settings = folder / "home" / ".config" / "openbox"
    settings.mkdir(parents=True)
    (settings / "rc.xml").write_text(_NO_KEYS)
    return os.environ | {
        "DISPLAY": f":{_free_display()}", "HOME": str(folder / "home"), "XDG_RUNTIME_DIR": str(run), "LANG": "C.UTF-8",
        "GTK_MODULES": "gail:atk-bridge", "NO_AT_BRIDGE": "0", "ACCESSIBILITY_ENABLED": "1", "GNOME_ACCESSIBILITY": "1",
        "PULSE_SERVER": f"unix:{run}/pulse/native",
    }  # fmt: skip


def _free_display() -> int:
    return next(number for number in range(80, 200) if not Path(f"{_SOCKETS}{number}").exists())


def _start(
    running: contextlib.ExitStack, environment: dict[str, str], command: Sequence[str], *, told: bool = False
) -> subprocess.Popen[bytes]:
    """Start a program that ends with the block."""
    out = subprocess.PIPE if told else subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.DEVNULL, start_new_session=True)

    def end() -> None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    running.callback(end)
    return process
