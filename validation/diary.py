"""How long a full diary takes to open and to answer, and whether it outlives kill -9.

Run `python -m validation.diary`. It makes ten years of daily entries with 3,000 recordings in a
folder of its own, measures, kills a program that writes ten times, and removes the folder.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TextIO, cast

from evenstride.app.today import show_today
from evenstride.checkup import check_up
from evenstride.checkup.knowledge import knowledge
from evenstride.diary import Diary, Entry
from evenstride.model import Measure, Outing, PainRatings
from evenstride.model.checkup import Answer

DAYS = 3650
RECORDINGS = 3000
ROUNDS = 10
LAST = date(2026, 11, 23)
DAY_NS = 86_400 * 10**9
MEASURES = {
    f"measure_{n}": Measure(1.0 + n, 0.9, 1.1, "1", "firm", "Long enough for this.", 900)
    for n in range(15)
}
DONE = {
    "routine": "ten_minutes_base",
    "felt": "fine",
    "pain_before": 1,
    "pain_after": 1,
    "leg_further": False,
}
WALK = Outing("", 0, "Europe/London", minutes=30.0, back=PainRatings(1, 3, 2, 1), measures=MEASURES)


def main() -> int:
    """Measure and print; return 1 if something that was confirmed was lost."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill(home, Path(folder) / "walk.csv")
        print(f"diary.sqlite: {(home / 'diary.sqlite').stat().st_size / 1e6:.1f} MB")
        for _ in range(3):
            # In a process of its own: what filling needed does not count.
            subprocess.run([sys.executable, "-m", __spec__.name, "read", str(home)], check=True)
            subprocess.run([sys.executable, "-m", __spec__.name, "today", str(home)], check=True)
        lost = sum(killed(Path(folder) / f"round{n}", n) for n in range(ROUNDS))
        print(f"kill -9, {ROUNDS} rounds: {lost} confirmed entries lost")
    return int(lost > 0)


def fill(home: Path, source: Path) -> None:
    """Make ten years of daily walks, routines and steps, most walks with a recording."""
    first_ns = int(datetime(LAST.year, LAST.month, LAST.day, tzinfo=UTC).timestamp()) * 10**9
    with Diary.open(home) as diary, timed("fill"):
        diary.keep_day_steps({LAST - timedelta(days=n): 8000 + n for n in range(DAYS)})
        for n in range(DAYS):
            sha256 = None
            if n < RECORDINGS:
                source.write_text(f"{n}\n" * 1000)
                sha256 = diary.keep_recording(source, "csv").sha256
                diary.keep_derived(sha256, "1", {"steps": list(range(2000))})
            start = first_ns - n * DAY_NS
            diary.add_outing(replace(WALK, id=f"w{n}", start_utc_ns=start, recording=sha256))
            done = DONE | {"day": (LAST - timedelta(days=n)).isoformat()}
            diary.keep_entry(Entry("routine", f"r{n}", start, done))
        diary.add_checkup("checkup", first_ns - 3 * DAY_NS, check_up(calm_answers()))


def calm_answers() -> dict[str, Answer]:
    """Return answers to every safety question that worry nobody."""
    known = knowledge()
    answers = {name: known.findings[name].least_worrying for name in known.first_tier}
    answers |= {"age": 45, "sex": "male", "duration_days": 14, "onset": "gradual", "pain_worst": 4}
    return {name: answer for name, answer in answers.items() if answer is not None}


def today(home: Path) -> None:
    """Answer `evenstride today`, with a plan of today and with one of the first day."""
    now = int(datetime(LAST.year, LAST.month, LAST.day, 12, tzinfo=UTC).timestamp()) * 10**9
    for began in (LAST, LAST - timedelta(days=DAYS)):
        with Diary.open(home) as diary:
            diary.keep_entry(Entry("plan", "walking", now, {"started_on": began.isoformat()}))
        # The first one in a process loads the knowledge; a person waits for that, too.
        with timed(f"evenstride today, plan begun on {began}, with its words"):
            show_today(home, now=now).as_text(width=80, color=False)
    with timed("evenstride today, as a command of its own"):
        command = [sys.executable, "-m", "evenstride", "today", "--home", str(home)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def read(home: Path) -> None:
    """Open the diary, and read what `evenstride today` needs."""
    with timed("open"):
        diary = Diary.open(home)
    with diary:
        with timed("today: eight weeks, steps, check-up, plan, trial, shoes, person"):
            since = LAST - timedelta(weeks=8)
            diary.outings(since), diary.day_steps(since)
            diary.last_checkup(), diary.last_entry("plan"), diary.last_entry("trial")
            diary.shoes(), diary.shoe_distances_m(), diary.person()
        with timed("all walks"):
            diary.outings()
        with timed("one late rating, onto the disk"):
            diary.rate("w1", "back", "next_morning", float(time.time_ns() % 10))
    unit = 1024 if sys.platform == "linux" else 1
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6:.0f} MB")


def write(home: Path) -> None:
    """Add walks without end, and confirm each."""
    with Diary.open(home) as diary:
        for n in range(10**9):
            diary.add_outing(replace(WALK, id=f"w{n}"))
            print(f"w{n}", flush=True)


def killed(home: Path, seed: int) -> int:
    """Kill a program that writes at a moment of no plan; return how many walks were lost."""
    writer = subprocess.Popen(
        [sys.executable, "-m", __spec__.name, "write", str(home)], stdout=subprocess.PIPE, text=True
    )
    told = cast("TextIO", writer.stdout)
    confirmed = [told.readline().strip()]
    time.sleep(random.Random(seed).uniform(0.05, 0.5))  # noqa: S311 - any moment will do
    os.kill(writer.pid, signal.SIGKILL)
    # The last line may be cut: what was not told whole was not confirmed.
    confirmed += [line.strip() for line in told if line.endswith("\n")]
    writer.wait()
    with Diary.open(home) as diary:
        return len(set(confirmed) - {walk.id for walk in diary.outings()})


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something took."""
    begin = time.perf_counter()
    yield
    print(f"{what}: {(time.perf_counter() - begin) * 1000:.1f} ms", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        {"read": read, "today": today, "write": write}[sys.argv[1]](Path(sys.argv[2]))
    else:
        sys.exit(main())
