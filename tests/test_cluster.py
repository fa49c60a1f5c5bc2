"""The same jobs on a Dask cluster, and editions at addresses: what is made, and what befalls workers and networks."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audio_edition.batch import cluster
from audio_edition.batch.cluster import TASKS_A_THREAD, make_on_cluster
from audio_edition.batch.destinations import Bundle, unpack
from audio_edition.batch.local import Job, Plan, Report, documents_at, jobs_of, make_batch, make_one
from audio_edition.cache import Cache
from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.build import put_edition
from audio_edition.edition.issue import Source
from audio_edition.errors import AudioEditionError, ClusterError, EditionError, MissingTool, SettingsError
from audio_edition.model import Speech
from audio_edition.sources.storage import load_remote

HUM = Settings(Speech(engine="tone"), formats=("mp3", "transcript"))
THREADS = 4


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A scheduler, and two workers of two threads each, in processes of their own. A task over which two workers die
    is given up."""
    if importlib.util.find_spec("distributed") is None:
        reason = 'Dask is not installed; install it with: pip install -e ".[cluster]"'
        (pytest.fail if os.environ.get("AUDIO_EDITION_REQUIRE_TOOLS") == "1" else pytest.skip)(reason)
    import dask
    from distributed import LocalCluster

    settings = {
        "distributed.scheduler.allowed-failures": 1,
        "temporary-directory": str(tmp_path_factory.mktemp("dask")),
    }
    kept = {"AUDIO_EDITION_CACHE": str(tmp_path_factory.mktemp("workers"))}
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=2, threads_per_worker=THREADS // 2, dashboard_address=":0", env=kept, silence_logs=50
        ) as running,
    ):
        yield running


@pytest.fixture
def articles(tmp_path: Path) -> list[Job]:
    """An article with lexicons beside it, one without, a list of two, and one that is none."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "rain.txt").write_text("Rain again\n\nIt came to Slough, and it stayed.\n")
    (folder / "rain.lexicon").write_text("Slough = Slau\n")
    (folder / "ferry.txt").write_text("Ferry late\n\nNobody knew why. “The sea,” said Marta Novak.\n")
    (folder / "lexicon.txt").write_text("Novak = No-vack\n")
    (folder / "both.toml").write_text('articles = ["rain.txt", "ferry.txt"]\n')
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    return list(jobs_of(Source(folder / name) for name in ("rain.txt", "ferry.txt", "both.toml", "picture.txt")))


class Code(bytes):
    """A document over which something happens in the process that gets it: there, it is the value of an expression."""

    expression: str

    def __reduce__(self) -> tuple[Any, ...]:
        return eval, (self.expression,)


_KILL = "[__import__('os').kill(__import__('os').{}(), 9), __import__('signal').pause()]"


def _document(expression: str) -> Source:
    document = Code(b"It is not read here.")
    document.expression = expression
    return Source(document, "deadly")


def _statuses(reports: Iterator[Report]) -> list[tuple[str, str]]:
    return sorted((Path(report.source).name, report.status) for report in reports)


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _but_for_time_and_place(reports: Iterator[Report]) -> list[Report]:
    ours = [replace(report, seconds=0, edition=Path(report.edition).name) for report in reports]
    return sorted(ours, key=lambda report: (report.source, report.title))


# --- on a cluster


def test_a_cluster_makes_the_same_editions_as_this_machine(
    workers: Any, articles: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same reports and the same bytes: lexicons, settings and the date for what has none travel along."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (tmp_path / "more.txt").write_text("Marta = Mar-tah\n")
    settings = replace(HUM, lexicons=(tmp_path / "more.txt",))
    here, there = Plan(tmp_path / "here", settings), Plan(tmp_path / "there", settings, Cache(tmp_path / "cache"))
    expected = _but_for_time_and_place(make_batch(articles, here, 2))
    assert _but_for_time_and_place(make_on_cluster(articles, there, workers.scheduler_address)) == expected
    assert [report.status for report in expected] == ["made", "made", "made", "failed", "made"]
    assert _tree(tmp_path / "there") == _tree(tmp_path / "here")
    assert not (tmp_path / "cache").exists()


def test_what_is_up_to_date_is_kept_on_a_cluster_too(workers: Any, articles: list[Job], tmp_path: Path) -> None:
    """By content, whatever machine made it; each of the articles of one document for itself."""
    plan = Plan(tmp_path / "editions", HUM, resume=True)
    list(make_batch(articles, plan, 2))
    again = list(make_on_cluster(articles, plan, workers.scheduler_address))
    assert sorted(report.status for report in again) == ["failed", "kept", "kept", "kept", "kept"]
    assert all(Path(report.edition).is_dir() for report in again)
    (tmp_path / "articles/rain.lexicon").write_text("Slough = Slow\n")
    (tmp_path / "editions/both-2/transcript.txt").unlink()
    assert _statuses(make_on_cluster(articles, plan, workers.scheduler_address)) == [
        ("both.toml", "made"), ("both.toml", "made"), ("ferry.txt", "kept"), ("picture.txt", "failed"),
        ("rain.txt", "made"),
    ]  # fmt: skip


def test_an_article_that_kills_its_process_leaves_the_worker_standing(
    workers: Any, articles: list[Job], tmp_path: Path
) -> None:
    """It alone is reported; no worker is lost."""
    before = set(workers.scheduler.workers)
    deadly = Job(_document(_KILL.format("getpid")), "deadly")
    reports = _statuses(make_on_cluster([deadly, *articles[:2]], Plan(tmp_path / "e", HUM), workers.scheduler_address))
    assert reports == [("deadly", "failed"), ("ferry.txt", "made"), ("rain.txt", "made")]
    assert set(workers.scheduler.workers) == before


def test_workers_that_die_are_survived(workers: Any, articles: list[Job], tmp_path: Path) -> None:
    """A task whose worker is killed goes to another one; an article over which every worker dies is the only one that
    is reported, though others were on the same workers."""
    kill, mark = _KILL.format("getppid"), repr(str(tmp_path / "first-time"))
    once = f"b'Once is enough' if __import__('os').path.exists({mark}) else [open({mark}, 'x'), {kill}]"
    unlucky, deadly = Job(_document(once), "unlucky"), Job(_document(kill), "deadly")
    plan = Plan(tmp_path / "editions", HUM)
    reports = list(make_on_cluster([deadly, unlucky, *articles], plan, workers.scheduler_address))
    assert sorted((Path(report.edition).name, report.status) for report in reports) == [
        ("", "failed"), ("", "failed"), ("both-1", "made"), ("both-2", "made"), ("ferry", "made"), ("rain", "made"),
        ("unlucky", "made"),
    ]  # fmt: skip
    assert {Path(report.source).name for report in reports if report.status == "failed"} == {"deadly", "picture.txt"}


def test_no_more_tasks_are_under_way_than_workers_can_take(workers: Any, articles: list[Job], tmp_path: Path) -> None:
    """A million sources are taken as they are needed; closing the reports gives up the rest."""
    taken = 0

    def many() -> Iterator[Job]:
        nonlocal taken
        for taken in range(1, 100):
            yield replace(articles[taken % 2], folder=f"article-{taken}")

    reports = make_on_cluster(many(), Plan(tmp_path / "editions", HUM), workers.scheduler_address)
    next(reports)
    reports.close()
    assert 1 <= taken <= TASKS_A_THREAD * THREADS + 1


def test_editions_go_from_worker_to_address(workers: Any, articles: list[Job], tmp_path: Path) -> None:
    """And documents come from one to the worker; the client has only the reports. They are those of this machine."""
    lexicon = tmp_path / "articles/lexicon.txt"
    named, address = replace(HUM, lexicons=(lexicon,)), f"file://{tmp_path}/articles/ferry.txt"
    list(make_batch(jobs_of([Source(address)]), Plan(tmp_path / "here", named), 1))
    words = ["batch", address, f"file://{tmp_path}/articles/gone.txt", "--lexicon", str(lexicon), "--resume", "-q"]
    words += ["-o", f"file://{tmp_path}/there", "--dask", workers.scheduler_address]
    words += ["--engine", "tone", "--format", "mp3,transcript", "--no-cache"]
    first, second = CliRunner().invoke(main, words), CliRunner().invoke(main, words)
    assert (first.exit_code, first.stderr) == (1, "1 failed.\n")
    reports = [
        sorted(map(json.loads, run.stdout.splitlines()), key=lambda it: str(it["source"])) for run in (first, second)
    ]
    assert [[report["status"] for report in run] for run in reports] == [["made", "failed"], ["kept", "failed"]]
    assert reports[0][0]["edition"] == reports[1][0]["edition"] == f"file://{tmp_path}/there/ferry"
    assert "gone.txt: there is no such file" in reports[0][1]["error"]
    assert _tree(tmp_path / "there") == _tree(tmp_path / "here")


def test_a_batch_on_a_cluster_stops_at_the_first_error(workers: Any, articles: list[Job], tmp_path: Path) -> None:
    """If it is asked to."""
    names = [str(tmp_path / "articles/picture.txt"), *[str(tmp_path / "articles/rain.txt")] * 50]
    words = [
        "batch",
        *names,
        "-o",
        str(tmp_path / "editions"),
        "--engine",
        "tone",
        "--format",
        "mp3",
        "--stop-on-error",
    ]
    result = CliRunner().invoke(main, [*words, "--dask", workers.scheduler_address, "-q"])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) < 50


def test_workers_of_another_version_are_refused(
    workers: Any, articles: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their editions would be others."""
    monkeypatch.setattr(cluster, "__version__", "999.1")
    with pytest.raises(ClusterError, match=r"this machine has 999\.1"):
        list(make_on_cluster(articles[:1], Plan(tmp_path / "editions", HUM), workers.scheduler_address))


def test_a_scheduler_that_does_not_answer_is_told(
    articles: list[Job], workers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a sentence, with what to do; an address that is none is told so too."""
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 1)
    for address in ("tcp://127.0.0.1:1", "no address"):
        result = CliRunner().invoke(main, ["batch", str(articles[0].source.document), "--dask", address, "-q"])
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"No scheduler answers at {address}." in result.stderr


def test_a_scheduler_without_workers_is_told(
    articles: list[Job], workers: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing waits for ever for workers that nobody starts."""
    from distributed import LocalCluster

    monkeypatch.setattr(cluster, "_WORKERS_SECONDS", 1)
    with (
        LocalCluster(n_workers=0, dashboard_address=":0", loop=workers.loop) as lonely,
        pytest.raises(ClusterError, match="has no workers"),
    ):
        list(make_on_cluster(articles, Plan(tmp_path / "editions", HUM), lonely.scheduler_address))


def test_a_scheduler_that_is_lost_is_told(
    articles: list[Job], workers: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the midst of a batch: what was made stays, and --resume goes on."""
    from distributed import LocalCluster

    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 5)
    many = (replace(articles[1], folder=f"ferry-{number}") for number in range(50))
    with LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=":0", loop=workers.loop, silence_logs=50
    ) as lost:
        reports = make_on_cluster(many, Plan(tmp_path / "editions", HUM), lost.scheduler_address)
        assert Path(next(reports).edition, "edition.json").exists()
        lost.close()
        with pytest.raises(ClusterError, match=r"was lost\. .* --resume"):
            list(reports)


def test_ctrl_c_gives_up_the_tasks(workers: Any, articles: list[Job], tmp_path: Path) -> None:
    """Nothing of them is left on the scheduler, and no half edition here."""
    names = [str(articles[1].source.document)] * 1000
    words = ["batch", *names, "-o", str(tmp_path / "editions"), "--engine", "tone", "--format", "mp3", "-q"]
    command = [sys.executable, "-m", "audio_edition", *words, "--dask", workers.scheduler_address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert json.loads(running.stdout.readline())["status"] == "made"
        running.send_signal(signal.SIGINT)
        running.communicate()
    assert running.returncode == 1
    assert all((place / "edition.json").exists() for place in (tmp_path / "editions").iterdir())
    list(make_on_cluster(articles[:1], Plan(tmp_path / "later", HUM), workers.scheduler_address))
    assert not [task for task in workers.scheduler.tasks.values() if task.state not in ("memory", "released")]


def test_dask_is_asked_for_by_name(articles: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is missing, the error says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingTool, match="pip install distributed fsspec"):
        list(make_on_cluster(articles, Plan(tmp_path / "editions", HUM), "tcp://127.0.0.1:1"))


def test_jobs_and_a_cluster_exclude_each_other() -> None:
    """The cluster has as many as its workers have threads."""
    result = CliRunner().invoke(main, ["batch", "x.txt", "--jobs", "2", "--dask", "tcp://127.0.0.1:1"])
    assert (result.exit_code, "--jobs is for this machine" in result.stderr) == (2, True)


# --- what comes back


def _parcel(**changes: bytes | None) -> Bundle:
    """An edition of one file, with files put in, changed or (None) taken out."""
    sha256 = "532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25"  # of "Test"
    listed = [{"path": path, "size": 4, "sha256": sha256, "type": "", "format": ""} for path in ("a.txt", "b/c.txt")]
    files: dict[str, bytes | None] = {"a.txt": b"Test", "b/c.txt": b"Test"}
    files |= {"edition.json": json.dumps({"files": listed}).encode()} | changes
    return Bundle({path: data for path, data in files.items() if data is not None})


def test_a_parcel_becomes_an_edition(tmp_path: Path) -> None:
    """Of the files that its edition.json lists."""
    put_edition(tmp_path, "rain", lambda folder: unpack(_parcel(), "rain", folder))
    assert sorted(_tree(tmp_path)) == ["rain/a.txt", "rain/b/c.txt", "rain/edition.json"]


def _listing(path: str) -> bytes:
    return (_parcel().files["edition.json"]).replace(b"b/c.txt", path.encode())


@pytest.mark.parametrize(
    "changes",
    [
        {"../evil.txt": b"Test"},
        {"../evil.txt": b"Test", "b/c.txt": None, "edition.json": _listing("../evil.txt")},
        {"/elsewhere/evil.txt": b"Test", "b/c.txt": None, "edition.json": _listing("/elsewhere/evil.txt")},
        {"a\\b.txt": b"Test", "b/c.txt": None, "edition.json": _listing("a\\\\b.txt")},
        {"a.txt/c.txt": b"Test", "b/c.txt": None, "edition.json": _listing("a.txt/c.txt")},
        {"A.txt": b"Test", "b/c.txt": None, "edition.json": _listing("A.txt")},
        {"more.txt": b"Test"},
        {"a.txt": None},
        {"a.txt": b"Tost"},
        {"a.txt": b"Test" * 1000},
        {"edition.json": None},
        {"edition.json": b"[" * 100_000},
        {"edition.json": b'{"files": 4}'},
    ],
    ids=lambda changes: " ".join(changes)[:30],
)
def test_nothing_but_a_whole_edition_comes_out_of_a_parcel(tmp_path: Path, changes: dict[str, bytes | None]) -> None:
    """Whatever is in it: no file lies elsewhere, and none is there in the end."""
    (tmp_path / "editions").mkdir()
    with pytest.raises(AudioEditionError):
        put_edition(tmp_path / "editions", "rain", lambda folder: unpack(_parcel(**changes), "rain", folder))
    assert _tree(tmp_path) == {}


# --- at addresses


@pytest.fixture
def bucket() -> Iterator[str]:
    """An address that is in memory, and its files gone in the end."""
    fsspec = pytest.importorskip("fsspec")
    yield "memory://bucket"
    fsspec.filesystem("memory").rm("/", recursive=True)


def _there() -> dict[str, bytes]:
    import fsspec

    system = fsspec.filesystem("memory")
    return {path.removeprefix("/bucket/"): system.cat_file(path) for path in system.find("/bucket")}


def _article(bucket: str, text: str) -> Job:
    import fsspec

    fsspec.filesystem("memory").pipe_file("/bucket/wire/rain.txt", text.encode())
    (job,) = jobs_of([Source(f"{bucket}/wire/rain.txt")])
    return job


def test_an_edition_at_an_address_is_that_of_a_folder(bucket: str, tmp_path: Path) -> None:
    """The same bytes; up to date it is kept, and a newer one takes all of its place."""
    job, plan = _article(bucket, "Rain again\n\nIt came."), Plan(f"{bucket}/editions/", HUM, resume=True)
    (report,) = make_one(job, plan)
    assert (report.status, report.edition) == ("made", f"{bucket}/editions/rain")
    list(make_one(job, Plan(tmp_path / "editions", HUM)))
    expected = _tree(tmp_path / "editions/rain")
    assert {
        path.removeprefix("editions/rain/"): data for path, data in _there().items() if "wire" not in path
    } == expected
    assert [again.status for again in make_one(job, plan)] == ["kept"]
    newer = replace(plan, settings=replace(HUM, formats=("mp3",)))
    assert [again.status for again in make_one(job, newer)] == ["made"]
    assert sorted(path for path in _there() if "wire" not in path) == [
        "editions/rain/edition.json",
        "editions/rain/rain-again.mp3",
    ]


def test_an_edition_that_was_not_finished_is_none(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its edition.json is not there, the older one's neither; the next run makes it whole."""
    from fsspec.implementations.memory import MemoryFileSystem

    plan = Plan(f"{bucket}/editions", HUM, resume=True)
    list(make_one(_article(bucket, "Rain again\n\nIt came."), plan))
    job = _article(bucket, "Rain again\n\nIt came, and it stayed.")
    with monkeypatch.context() as patch:
        put = MemoryFileSystem.put_file

        def full(self: Any, local: str, remote: str, **options: Any) -> None:
            if remote.endswith(".vtt"):
                raise OSError("the bucket is full")
            put(self, local, remote, **options)

        patch.setattr(MemoryFileSystem, "put_file", full)
        (report,) = make_one(job, plan)
        assert (report.status, "the bucket is full" in report.error) == ("failed", True)
    assert "editions/rain/edition.json" not in _there()
    assert [again.status for again in make_one(job, plan)] == ["made"]
    names = {path.removeprefix("editions/rain/") for path in _there() if "wire" not in path}
    listed = {file["path"] for file in json.loads(_there()["editions/rain/edition.json"])["files"]}
    assert names == listed | {"edition.json"}


def test_nothing_but_an_edition_is_replaced_at_an_address(bucket: str) -> None:
    """Neither files that were there before, nor what somebody put beside an edition's."""
    import fsspec

    job, plan = _article(bucket, "Rain again\n\nIt came."), Plan(f"{bucket}/editions", HUM)
    fsspec.filesystem("memory").pipe_file("/bucket/editions/rain/letter.txt", b"Dear")
    (report,) = make_one(job, plan)
    assert "holds files that are not part of an edition: letter.txt" in report.error
    assert _there()["editions/rain/letter.txt"] == b"Dear"


def test_the_documents_of_a_folder_at_an_address_are_found(bucket: str) -> None:
    """Also by a pattern; lexicons and hidden files are none, and editions are called as their documents are."""
    import fsspec

    for name in ("b.xml", "a.txt", "sport/c.txt", "lexicon.txt", ".hidden.txt"):
        fsspec.filesystem("memory").pipe_file(f"/bucket/wire/{name}", b"Rain")
    found = documents_at(f"{bucket}/wire/")
    assert [job.folder for job in jobs_of(map(Source, found))] == ["a", "b", "c"]
    assert len(documents_at(f"{bucket}/wire/*.txt")) == 1
    assert documents_at(f"{bucket}/wire/gone.txt") == [f"{bucket}/wire/gone.txt"]


@pytest.mark.parametrize(
    ("address", "kind", "remedy"),
    [
        ("foo://bucket", SettingsError, "no file system is called foo"),
        ("tar::memory://bucket", SettingsError, "is not an address that can be read"),
        ("https://example.org", SettingsError, "is not an address that can be read"),
        ("smb://host/share", MissingTool, "pip install smbprotocol"),
    ],
)
def test_an_address_that_nobody_knows_is_refused(address: str, kind: type[AudioEditionError], remedy: str) -> None:
    """Before anything is made, in a sentence that says what to install or write."""
    pytest.importorskip("fsspec")
    with pytest.raises(kind, match=remedy):
        load_remote(f"{address}/rain.txt")
    result = CliRunner().invoke(main, ["batch", "no-file.txt", "-o", address, "-q"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert remedy in result.stderr


def test_fsspec_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is missing, the error says what to install."""
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(MissingTool, match="pip install distributed fsspec"):
        load_remote("s3://bucket/rain.txt")


def test_keys_in_an_address_are_not_told(bucket: str) -> None:
    """Errors go to reports and logs."""
    with pytest.raises(AudioEditionError) as caught:
        load_remote("memory://user:secret@bucket/gone.txt")
    assert "secret" not in str(caught.value)


def test_a_damaged_edition_is_told(tmp_path: Path) -> None:
    """With its name, and what to do."""
    with pytest.raises(EditionError, match=r"rain: a\.txt was damaged in transit\. Run it again"):
        unpack(_parcel(**{"a.txt": b"Tost"}), "rain", tmp_path)
