"""Measure ten years of daily walks and 3,000 recordings; run by hand, never by the tests."""

import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from evenstride.diary import Diary, Entry
from evenstride.model import Measure, Outing, PainRatings

DAY_NS = 86_400 * 10**9
MEASURES = {
    f"measure_{n}": Measure(1.0 + n, 0.9, 1.1, "1", "firm", "Long enough for this.", 900)
    for n in range(15)
}
WALK = Outing("", 0, "Europe/London", minutes=30.0, back=PainRatings(1, 3, 2, 1), measures=MEASURES)


@contextmanager
def timed(what):
    """Print how long something took."""
    begin = time.perf_counter()
    yield
    print(f"{what}: {(time.perf_counter() - begin) * 1000:.1f} ms")


with tempfile.TemporaryDirectory() as folder:
    home = Path(folder) / "home"
    last = datetime(2026, 11, 23, tzinfo=UTC)
    source = Path(folder) / "walk.csv"
    with Diary.open(home) as diary, timed("fill"):
        for n in range(3650):
            sha256 = None
            if n >= 650:
                source.write_text(f"{n}\n" * 1000)
                sha256 = diary.keep_recording(source, "csv").sha256
                diary.keep_derived(sha256, "1", {"steps": list(range(2000))})
            start = int(last.timestamp()) * 10**9 - n * DAY_NS
            diary.add_outing(replace(WALK, id=f"w{n}", start_utc_ns=start, recording=sha256))
            diary.keep_entry(Entry("routine", f"r{n}", start, {"done": True}))
    print(f"diary.sqlite: {(home / 'diary.sqlite').stat().st_size / 1e6:.1f} MB")
    for _ in range(3):
        with timed("open"):
            diary = Diary.open(home)
        with diary:
            with timed("today (eight weeks, check-up, plan, trial, shoes, person)"):
                diary.outings(date(2026, 11, 23) - timedelta(weeks=8))
                diary.last_checkup(), diary.last_entry("plan"), diary.last_entry("trial")
                diary.shoes(), diary.person()
            with timed("all walks"):
                diary.outings()
            with timed("one late rating"):
                diary.rate("w1", "back", "next_morning", float(time.time_ns() % 10))
