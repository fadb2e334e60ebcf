"""A diary of eight simulated weeks, for trying everything; every screen can say that it is one."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from evenstride.app.analyse import Request
from evenstride.app.demo_days import SHOES, Days, at
from evenstride.app.moments import day_of, now_utc_ns
from evenstride.app.own import SIMULATED, Own
from evenstride.app.trial.kept import KeptTrial, all_trials, keep_trial, running_trial
from evenstride.app.trial.running import next_walk
from evenstride.errors import OptionError
from evenstride.model import CheckUp, Outing, Person, Shoe
from evenstride.model.checkup import Answer

if TYPE_CHECKING:
    from evenstride.plan import Plan
    from evenstride.plan.routines.nouns import Felt

__all__ = ["DAYS", "SEED", "SHOE_POINTS", "DemoDiary", "make_demo"]

DAYS = 55
"""Days before the last one, which is the sixth day of the eighth week: a walk is due on it."""

SEED = 9
SHOE_POINTS = (0.8, -0.4)
"""Points of pain that the old and the new pair add to a walk: the truth that the trial looks for.

The new shoes are 1.2 points better."""

_ZONE = "Europe/London"
_PERSON = Person("Simulated person", 1980, 1.68, 71.0, _ZONE, country="GB")
_EARLY = time(7)
_OLD = Shoe(SHOES[0], "Old trainers", earlier_m=620_000.0)
_NEW = Shoe(SHOES[1], "New walking shoes", earlier_m=4_000.0)
_AGE = {_OLD.id: timedelta(days=420), _NEW.id: timedelta(days=9)}
_TRIAL_FROM_DAY = 7
_TRIAL_WALKS = 28
_EXERCISES_EVERY = 3
_RECORDED_S, _RATE_HZ = 70.0, 50.0
_HEADER = "time_s,acc_x_m_s2,acc_y_m_s2,acc_z_m_s2,gyro_x_rad_s,gyro_y_rad_s,gyro_z_rad_s"

_ANSWERS: Mapping[str, Answer] = {
    "age": 46,
    "sex": "female",
    "onset": "gradual",
    "loc_back": True,
    "walk_worse": True,
    "standing_worse": True,
    "sit_relieves": True,
    "bend_fwd_relieves": True,
    "bend_back_worse": True,
    "loc_groin": False,
    "cough_leg": False,
    "limp": False,
}
"""Besides "no" to every warning sign: a back that is stiff when it arches, a common pattern."""


@dataclass(frozen=True, slots=True)
class DemoDiary:
    """What was made.

    Attributes:
        home: Its folder.
        first: The first day.
        last: The day on which it stops, in the morning.
        walks: How many walks are in it.
    """

    home: Path
    first: date
    last: date
    walks: int

    @property
    def says(self) -> str:
        """What it is, in plain words."""
        days = " to ".join(f"{day.day} {day:%B %Y}" for day in (self.first, self.last))
        return f"Eight weeks of a simulated person, {days}: {self.walks} walks. None of it is real."


def make_demo(
    home: Path, *, seed: int = SEED, last: date | None = None, now: int | None = None
) -> DemoDiary:
    """Make a diary of eight simulated weeks.

    The same seed and last day give the same diary, apart from the moments at which it was kept.

    Args:
        home: A folder that does not exist yet, or is empty.
        seed: What is drawn from it: the days of the person, and the order of their trial.
        last: The day on which it stops; None: today, in London, where the person lives.
        now: The moment, in nanoseconds UTC.

    Raises:
        DiaryError: If something is in the folder, or it cannot be written; nothing is left then.
    """
    from evenstride.diary import Diary
    from evenstride.diary.files import new_folder, refuse_occupied
    from evenstride.diary.trouble import explaining
    from evenstride.testing import SimulatedPerson

    refuse_occupied(home)
    last = last or day_of(now or now_utc_ns(), _ZONE)
    first = last - timedelta(days=DAYS)
    shoes = dict(zip(SHOES, SHOE_POINTS, strict=True))
    body = SimulatedPerson(shoes=shoes, days=DAYS, seed=seed)
    with explaining(home), new_folder(home.absolute().parent) as part:
        with Diary.open(part, who=SIMULATED) as diary:
            mine = Own(diary, _PERSON, at(first, _EARLY, _ZONE), simulated=True)
            _begin(mine, seed)
            days = Days(mine, body, first, random.Random(seed))  # noqa: S311
            for number in range(DAYS):
                _live(days, number, seed)
            _wake(days, DAYS)
        part.replace(home)
    return DemoDiary(home, first, last, days.walks)


def _begin(mine: Own, seed: int) -> None:
    """Keep who it is, that it is simulated, and what there is before the first walk."""
    from evenstride.app.routine import tell_limits
    from evenstride.diary import Entry
    from evenstride.plan.routines import open_limits

    mine.diary.keep_person(mine.person)
    mark = {SIMULATED: True, "seed": seed}
    mine.diary.keep_entry(Entry("setting", SIMULATED, mine.now, mark))
    for shoe in (_OLD, _NEW):
        worn = mine.today - _AGE[shoe.id]
        mine.diary.keep_shoe(replace(shoe, first_worn=worn.isoformat()))
    found = _check_up(mine, 0)
    limits = {limit.id: False for limit in open_limits(found, {})}
    tell_limits(mine.diary.home, limits, now=mine.now)


def _wake(days: Days, number: int) -> Plan | None:
    """Return the plan of a morning; when a new check-up is asked for, that is done at once."""
    found = days.morning(number)
    if found is None or found.check_up_again:
        _check_up(days.mine, number)
        found = days.morning(number)
    return found


def _live(days: Days, number: int, seed: int) -> None:
    """Live through one day."""
    today = _wake(days, number)
    if today is None:
        return
    if number == _TRIAL_FROM_DAY:
        _begin_trial(days.mine, seed)
    if number % _EXERCISES_EVERY == 1:
        _exercise(days)
    walked = days.walk(number, today, _pair(days.mine))
    if walked is not None and walked[1].recorded:
        _record(days.mine, walked[0], days.walks)


def _check_up(mine: Own, number: int) -> CheckUp:
    """Do the check-up and keep it: calm answers, with less pain as the weeks go by."""
    from evenstride.checkup import check_up
    from evenstride.checkup.knowledge import knowledge

    known = knowledge()
    calm = {name: known.findings[name].least_worrying for name in known.first_tier}
    course = {"duration_days": 20 + number, "pain_worst": max(2, 5 - number // 14)}
    answers = {**calm, **_ANSWERS, **course}
    found = check_up({name: answer for name, answer in answers.items() if answer is not None})
    mine.diary.add_checkup(f"{mine.today}", mine.now, found)
    return found


def _begin_trial(mine: Own, seed: int) -> None:
    from evenstride.trials import Factor, plan_trial

    shoes = Factor("shoe", (_OLD.name, _NEW.name))
    design = plan_trial([shoes], seed=seed, walks=_TRIAL_WALKS)
    keep_trial(mine, KeptTrial(f"shoes-{mine.today}", mine.now, design, (SHOES,)))


def _pair(mine: Own) -> int:
    """Return which of ``SHOES`` to wear: the old pair, what the trial draws, then the new pair."""
    if running_trial(mine) is None:
        return 1 if all_trials(mine) else 0
    drawn = next_walk(mine.diary.home, now=mine.now).document.get("next")
    return drawn["arms"][0] if drawn else 1


def _exercise(days: Days) -> None:
    """Do today's exercises, unless there are none today."""
    from evenstride.app.routine import note_after, note_done

    mine, pain = days.mine, days.chance.choice((1, 1, 1, 2))
    felt: Felt = days.chance.choice(("fine", "fine", "easy", "hard"))
    with suppress(OptionError):
        note_done(mine.diary.home, felt, pain_before=pain, leg_further=False, now=mine.now)
        note_after(mine.diary.home, pain, now=mine.now)


def _record(mine: Own, walk: Outing, seed: int) -> None:
    """Keep a simulated recording of the first minute of a walk."""
    import numpy as np

    from evenstride.app.importing import Wanted, import_paths
    from evenstride.testing import Sensor, Walker, simulate_walk

    sensor = Sensor(rate_hz=_RATE_HZ)
    made = simulate_walk(_RECORDED_S, Walker(cadence_spm=108), sensor, seed=seed).recording
    (block,) = made.blocks()
    sensed = [block.acceleration_m_s2, block.angular_velocity_rad_s]
    rows = np.column_stack([block.time_s, *(part for part in sensed if part is not None)])
    with tempfile.TemporaryDirectory(prefix="evenstride-") as folder:
        path = Path(folder) / f"simulated-{walk.id}.csv"
        np.savetxt(path, rows, "%.3f", ",", header=_HEADER, comments="")
        wanted = Wanted(Request(placement="lower back"), walk=walk.id)
        import_paths(mine.diary.home, [path], wanted, now=mine.now)
