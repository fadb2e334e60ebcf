"""Random diaries for the laws of the plan."""

from datetime import date, timedelta

from hypothesis import strategies as st
from validation.plan.people import at_ns, check_up_of

from evenstride.model.outing import REACHES, Outing, PainRatings
from evenstride.plan import History, Refused, plan

FIRST = date(2026, 2, 2)
ZONES = ("UTC", "Europe/London", "Pacific/Auckland", "America/Los_Angeles", "No/Where")

pain = st.one_of(st.none(), st.integers(0, 10).map(float))
mild = st.one_of(st.none(), st.integers(0, 3).map(float))


@st.composite
def ratings(draw, values=pain):
    """Draw pain around a walk."""
    return PainRatings(draw(values), draw(values), draw(values), draw(values))


@st.composite
def histories(draw, most_days=80):
    """Draw walks on random days: mostly mild ones, so that the plan gets somewhere."""
    days = sorted(draw(st.lists(st.integers(0, most_days), max_size=45, unique=True)))
    found = []
    for number, day in enumerate(days):
        calm = draw(st.integers(0, 3)) > 0
        back = PainRatings(1, 2, 1, 1) if calm else draw(ratings())
        leg = PainRatings() if calm else draw(st.one_of(st.just(PainRatings()), ratings(mild)))
        found.append(
            Outing(
                f"w{number}",
                at_ns(FIRST + timedelta(days=day), draw(st.integers(5, 20))),
                time_zone=draw(st.sampled_from(ZONES)),
                minutes=draw(st.one_of(st.none(), st.integers(1, 90).map(float))),
                back=back,
                leg=leg,
                reach=None if calm else draw(st.one_of(st.none(), st.sampled_from(REACHES))),
                minutes_to_rise=draw(st.one_of(st.none(), st.integers(0, 60).map(float))),
                kind=draw(st.sampled_from(("outdoor", "treadmill", "outdoor", "cycling"))),
            )
        )
    return tuple(found)


def planned(outings, today, starts=FIRST, lifts=None, **more):
    """Return the plan of a day with a fresh check-up."""
    checkup, _ = check_up_of(today, lifts)
    late = at_ns(today + timedelta(days=1), 11)  # after every walk of this day, in any zone
    history = History(outings, starts, late, time_zone="Etc/GMT+12", **more)
    return plan(history, checkup, today)


def day_of(number):
    """Return a day of the plan."""
    return FIRST + timedelta(days=number)


def longest(found):
    """Return the minutes of a walk of the week, and of what is left of it.

    No plan is nothing; a usual week has no upper end.
    """
    if isinstance(found, Refused):
        return 0, 0
    if found.phase == "baseline":
        return 99, 99
    left = max((session.minutes for session in found.sessions), default=None)
    return found.week.session_min, found.week.session_min if left is None else left


def walked(day, minutes, back=PainRatings(1, 2, 1, 1)):  # noqa: B008 - frozen
    """Return a green walk at noon."""
    return Outing(f"d{day}", at_ns(day_of(day), 12), minutes=minutes, back=back)
