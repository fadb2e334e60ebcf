"""Long work runs in processes of its own, and ends in a result or a sentence."""

import os
import signal
import time
from pathlib import Path

import pytest

from evenstride.app.passphrase import VARIABLE, ask_with
from evenstride.app.shown import Shown
from evenstride.diary import Diary, encrypt
from evenstride.errors import DamagedFile
from evenstride.report.sheet import Sheet
from evenstride.web.jobs import Jobs, Order
from evenstride.web.jobs.process import WorkProcess
from evenstride.web.jobs.tasks import measure_again, over_all

PATIENCE_S = 120.0  # also on a machine that is busy with other things


def counts(tell, upto):
    """Count, and say which process did."""
    for n in range(upto):
        tell(n + 1, upto, f"number {n}")
    return Shown({"schema": "test", "process": os.getpid()}, Sheet(f"Counted to {upto}"))


def waits(tell):
    """Wait for ever, unless stopped; then put things in order as an import does."""
    tell(1, 100, "waiting")
    while True:
        time.sleep(0.01)


def touches(_tell, path):
    """Leave a trace."""
    path.touch()
    return Shown({}, Sheet("Touched"))


def is_deaf(tell):
    """Take no notice of the wish to stop."""
    tell(1, 2, "deaf")
    while True:
        try:
            time.sleep(100)
        except KeyboardInterrupt:
            continue


def is_refused(_tell):
    """Fail as a use case does."""
    raise DamagedFile("Nothing in it could be read.", "Export it again.")


def breaks(_tell):
    """Fail as a mistake of ours does."""
    raise ZeroDivisionError


def dies(_tell):
    """Die as when the system runs out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def prints(_tell):
    """Print, as a library may."""
    print("hello")
    return Shown({}, Sheet("Said"))


@pytest.fixture
def jobs(tmp_path, monkeypatch):
    """Return the long work of a server over a new folder; its processes know the functions here."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    found = Jobs(tmp_path / "home")
    yield found
    found.close()


def ended(job):
    """Return the last state of a job."""
    return until(job, lambda state: state.has_ended)


def until(job, fits):
    """Return the state of a job once it fits."""
    end_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < end_s:
        if fits(job.state):
            return job.state
        time.sleep(0.01)
    raise AssertionError(f"still {job.state}")


def test_work_is_done_in_another_process(jobs):
    """The result comes back whole, and was not made here."""
    state = ended(jobs.start(Order("test"), counts, 3))

    assert "done" == state.phase
    assert Sheet("Counted to 3") == state.shown.sheet
    assert os.getpid() != state.shown.document["process"]


def test_progress_is_seen_while_it_runs(jobs):
    """How far it is, and what is being done, can be read at any moment."""
    job = jobs.start(Order("test", about="x", name="export.zip"), waits)
    until(job, lambda state: state.done)
    document = job.document()

    assert ("running", 1, 100, 1) == tuple(
        document[name] for name in ("phase", "done", "total", "percent")
    )
    assert ("waiting", "export.zip", "x") == tuple(
        document[name] for name in ("what", "name", "about")
    )
    jobs.stop(job)
    assert "stopped" == ended(job).phase


def test_a_process_that_cannot_be_started_is_told(jobs, monkeypatch):
    """Where the system has no room for one more, nobody waits for ever, and the next one runs."""

    def refuse(_work):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as full:
        full.setattr("evenstride.web.jobs.jobs.WorkProcess", refuse)
        failed = ended(jobs.start(Order("test"), counts, 1))

    assert ("failed", True) == (failed.phase, bool(failed.problem))
    assert "done" == ended(jobs.start(Order("test"), counts, 1)).phase


def test_what_is_stopped_while_its_process_starts_does_not_go_on(jobs, monkeypatch):
    """Nobody waits for the start of a process, and a wish to stop that comes meanwhile counts."""

    def stopped_meanwhile(work):
        (job,) = jobs.all()
        jobs.stop(job)
        return WorkProcess(work)

    monkeypatch.setattr("evenstride.web.jobs.jobs.WorkProcess", stopped_meanwhile)

    assert "stopped" == ended(jobs.start(Order("test"), waits)).phase


def test_what_is_forgotten_tells_nothing_any_more(jobs):
    """What runs is stopped, and what has ended is not remembered."""
    done = jobs.start(Order("test"), counts, 1)
    ended(done)
    going = jobs.start(Order("test"), waits)
    until(going, lambda state: state.done)
    jobs.forget_all()

    assert () == jobs.all()
    assert jobs.get(done.id) is None
    assert "stopped" == ended(going).phase


def test_one_after_the_other(jobs, tmp_path):
    """A second work waits for the first; what is quick does not."""
    first = jobs.start(Order("test"), waits)
    second = jobs.start(Order("test"), touches, tmp_path / "second")
    quick = jobs.start(Order("test", quick=True), touches, tmp_path / "quick")

    assert "done" == ended(quick).phase
    assert "waiting" == second.state.phase
    assert not (tmp_path / "second").exists()
    jobs.stop(first)
    assert "done" == ended(second).phase


def test_what_waits_can_be_stopped_before_it_begins(jobs, tmp_path):
    """It never runs."""
    first = jobs.start(Order("test"), waits)
    second = jobs.start(Order("test"), touches, tmp_path / "never")
    jobs.stop(second)
    jobs.stop(first)

    assert "stopped" == ended(second).phase
    assert not (tmp_path / "never").exists()


def test_what_does_not_stop_is_ended(jobs, monkeypatch):
    """A process that takes no notice is ended after a grace, and counts as stopped."""
    monkeypatch.setattr("evenstride.web.jobs.process._GRACE_S", 0.2)
    job = jobs.start(Order("test"), is_deaf)
    until(job, lambda state: state.done)
    jobs.stop(job)

    assert "stopped" == ended(job).phase


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        (is_refused, "Nothing in it could be read."),
        (breaks, "The work ended where it should not have."),
        (dies, "The work ended where it should not have."),
    ],
)
def test_every_failure_is_a_sentence(jobs, work, sentence):
    """Whatever happens to the process, a person can read what became of it."""
    state = ended(jobs.start(Order("test"), work))

    assert ("failed", sentence) == (state.phase, state.problem)
    assert state.hint


def test_what_a_library_prints_does_no_harm(jobs):
    """The line to the server carries messages only."""
    assert "done" == ended(jobs.start(Order("test"), prints)).phase


def test_what_follows_is_done_first(jobs):
    """The end is told to the server before anybody sees it; a mistake there does not hang."""
    seen = []

    def follows(state):
        seen.append((state.phase, job.state.has_ended))
        raise OSError("the folder cannot be removed")

    job = jobs.start(Order("test", ended=follows), counts, 1)
    ended(job)

    assert [("done", False)] == seen


def test_the_last_results_are_remembered(jobs, monkeypatch):
    """Older ones are forgotten, so that a server that runs for a year does not grow."""
    monkeypatch.setattr("evenstride.web.jobs.jobs._REMEMBERED", 2)
    many = [jobs.start(Order("test", quick=True), touches, Path(os.devnull)) for _ in range(4)]
    ended(many[-1])
    last = jobs.start(Order("test", about="me"), counts, 1)

    assert jobs.get(many[0].id) is None
    assert last is jobs.find("test", "me")
    assert last is jobs.all()[0]
    assert 3 == len(jobs.all())


def test_the_end_of_the_server_ends_its_processes(jobs):
    """Nothing runs on after a clean stop."""
    job = jobs.start(Order("test"), waits)
    until(job, lambda state: state.done)
    jobs.close()

    assert "stopped" == job.state.phase


def test_the_passphrase_is_handed_over_in_secret(tmp_path, monkeypatch):
    """An encrypted diary is opened in the process; its environment does not tell the passphrase."""
    monkeypatch.delenv(VARIABLE, raising=False)
    home = tmp_path / "home"
    Diary.open(home).close()
    encrypt(home, "correct horse battery")
    ask_with(lambda: "correct horse battery")
    jobs = Jobs(home)
    state = ended(jobs.start(Order("test"), measure_again, home))
    jobs.close()

    assert ("done", "") == (state.phase, state.problem)
    assert VARIABLE not in os.environ


def test_several_files_share_one_progress(tmp_path):
    """Bytes are counted over all that is brought, and never go back."""
    paths = [tmp_path / "a.bin", tmp_path / "folder"]
    paths[1].mkdir()
    for path, size in ((paths[0], 100), (paths[1] / "b.bin", 20), (paths[1] / "c.bin", 30)):
        path.write_bytes(bytes(size))
    told = []
    progress = over_all(paths, lambda *all_: told.append(all_))
    progress("a.bin", 40, 100)
    progress("a.bin", 100, 100)
    progress("folder", 50, 50)

    assert [(40, 150, "a.bin"), (100, 150, "a.bin"), (150, 150, "folder")] == told
