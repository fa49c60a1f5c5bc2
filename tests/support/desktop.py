"""A desktop that nobody sees or hears: a screen, a window manager, a session bus, a sound server, accessibility."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

INSTALL = "apt install --no-install-recommends xvfb dbus-x11 xdotool openbox pulseaudio pulseaudio-utils at-spi2-core"
NEEDED = ("Xvfb", "dbus-daemon", "xdotool", "openbox", "pulseaudio", "pactl")

# The window manager's own keys would take those of the screen reader.
_NO_KEYS = '<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard/><mouse/></openbox_config>'
_SOUND = ("pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", "-L", "module-native-protocol-unix")
_TURN_SECONDS = 0.1


def until(is_so: Callable[[], bool], seconds: float = 60) -> bool:
    """Look again and again until something is so; return whether it became so in time."""
    end = time.monotonic() + seconds
    nothing = threading.Event()
    while time.monotonic() < end:
        if is_so():
            return True
        nothing.wait(_TURN_SECONDS)
    return False


class Desktop:
    """A desktop on which programs run; what they start with is in `environment`."""

    def __init__(self, folder: Path, running: contextlib.ExitStack) -> None:
        self.folder = folder
        self.environment = _surroundings(folder)
        self._running = running

    def start(self, *command: str, told: bool = False) -> subprocess.Popen[bytes]:
        """Start a program that ends with the desktop. `told` keeps what it writes for the caller."""
        out = subprocess.PIPE if told else subprocess.DEVNULL
        process = subprocess.Popen(
            command, env=self.environment, stdout=out, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self._running.callback(_end, process)
        return process

    def start_sound(self) -> None:
        """Start a sound server that has no device yet."""
        self.start(*_SOUND)
        assert until((self.folder / "run" / "pulse" / "native").exists), "no sound server"

    def connect_device(self) -> None:
        """Connect a device whose sound goes nowhere."""
        assert until(lambda: self.run("pactl", "load-module", "module-null-sink")), "no sound device"

    def is_sounding(self) -> bool:
        """Return whether a program's sound reaches the device."""
        command = ("pactl", "list", "sink-inputs")
        heard = subprocess.run(command, env=self.environment, capture_output=True, check=True, timeout=30)
        return b"Corked: no" in heard.stdout

    def run(self, *command: str) -> bool:
        """Run a program to its end; return whether it succeeded."""
        done = subprocess.run(command, env=self.environment, capture_output=True, check=False, timeout=30)
        return done.returncode == 0


@contextlib.contextmanager
def desktop(folder: Path, *, device: bool = True) -> Iterator[Desktop]:
    """A desktop whose files lie in `folder`; without a sound device until `connect_device` if it is to have none."""
    with contextlib.ExitStack() as running:
        made = Desktop(folder, running)
        screen = made.start("Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", told=True)
        made.environment["DISPLAY"] = f":{_line(screen)}"
        bus = made.start("dbus-daemon", "--session", "--nofork", "--print-address=1", told=True)
        made.environment["DBUS_SESSION_BUS_ADDRESS"] = _line(bus)
        made.start("openbox")
        made.start_sound()
        if device:
            made.connect_device()
        made.start("/usr/libexec/at-spi-bus-launcher", "--launch-immediately")
        for schema, key in (("interface", "toolkit-accessibility"), ("a11y.applications", "screen-reader-enabled")):
            made.run("gsettings", "set", f"org.gnome.desktop.{schema}", key, "true")
        yield made


def _line(process: subprocess.Popen[bytes]) -> str:
    """Return the next line that a program writes."""
    assert process.stdout is not None
    return process.stdout.readline().decode().strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _surroundings(folder: Path) -> dict[str, str]:
    run = folder / "run"
    run.mkdir(mode=0o700)
    settings = folder / "home" / ".config" / "openbox"
    settings.mkdir(parents=True)
    (settings / "rc.xml").write_text(_NO_KEYS)
    return os.environ | {
        "HOME": str(folder / "home"), "XDG_RUNTIME_DIR": str(run), "LANG": "C.UTF-8", "MOZ_ENABLE_WAYLAND": "0",
        "GTK_MODULES": "gail:atk-bridge", "NO_AT_BRIDGE": "0", "ACCESSIBILITY_ENABLED": "1", "GNOME_ACCESSIBILITY": "1",
        "PULSE_SERVER": f"unix:{run}/pulse/native",
    }  # fmt: skip
