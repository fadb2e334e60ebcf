"""What the diary holds for the page for a physiotherapist."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from evenstride.app.engine import engine
from evenstride.app.moments import NS
from evenstride.app.noted import concern_now
from evenstride.app.own import Own
from evenstride.app.phone import months_of
from evenstride.app.planning import basis_of, lights_of
from evenstride.app.questionnaires import filled
from evenstride.errors import OptionError
from evenstride.report.screens import screen_words

if TYPE_CHECKING:
    from evenstride.app.trial.kept import KeptTrial
    from evenstride.report.visit.nouns import DoneOn, Material, TrialSoFar

__all__ = ["material_of"]

_LOOKED_BACK = timedelta(weeks=12)
_YEAR_NS = 366 * 86_400 * NS
_EPOCH = date(1970, 1, 1)


def material_of(mine: Own, since: date | None = None) -> Material:
    """Return everything that the page is about; nothing is changed by it.

    Args:
        mine: The diary.
        since: First day of the walks on it; None: twelve weeks ago.

    Raises:
        OptionError: If that day is still to come.
    """
    from evenstride.checkup.knowledge import knowledge
    from evenstride.inventory import inventory
    from evenstride.plan import plan
    from evenstride.report.visit.nouns import Material

    begin = since or mine.today - _LOOKED_BACK
    if begin > mine.today:
        raise OptionError(screen_words("report")["future"])
    basis = basis_of(mine)
    walks, shoes = mine.diary.outings(), mine.diary.shoes()
    return Material(
        person=mine.person,
        now_utc_ns=mine.now,
        today=mine.today,
        since=begin,
        known=knowledge(),
        inventory=inventory(walks, shoes, mine.person, mine.today),
        plan=plan(basis.history, basis.checkup, mine.today),
        engine=engine(),
        checkup=basis.checkup,
        checked_up_utc_ns=basis.history.checked_up_utc_ns,
        walks=tuple(walk for walk in walks if begin <= walk.day <= mine.today),
        lights=lights_of(mine, begin),
        shoes=shoes,
        trials=_trials(mine),
        scores=filled(mine),
        routines=_routines(mine, begin),
        months=months_of(mine, mine.now - _YEAR_NS),
        concern=concern_now(mine).sentences,
        symptoms=tuple(one.document for one in mine.diary.entries("symptom", mine.now - _YEAR_NS)),
        simulated=mine.simulated,
    )


def _trials(mine: Own) -> tuple[TrialSoFar, ...]:
    from evenstride.app.trial.kept import all_trials

    return tuple(_trial(mine, one) for one in all_trials(mine))


def _trial(mine: Own, trial: KeptTrial) -> TrialSoFar:
    """Return an experiment as its last look left it; a look that is due is not taken here."""
    from evenstride.app.trial.walks import result_now, walks_by_id
    from evenstride.report.visit.nouns import TrialSoFar

    walks = walks_by_id(mine, trial)
    return TrialSoFar(
        id=trial.id,
        design=trial.design,
        state=trial.ending or "running",
        done=len(trial.log),
        result=result_now(mine, trial, walks),
        gone=sum(line.outing not in walks for line in trial.log[: trial.looked]),
        left_out=len(trial.left_out),
    )


def _routines(mine: Own, since: date) -> tuple[DoneOn, ...]:
    from evenstride.plan.routines.knowledge import routine_knowledge
    from evenstride.report.visit.nouns import DoneOn

    names = {one.id: one.name for one in routine_knowledge().routines.values()}
    found = []
    # No local day is further than that from its moment; SQLite knows no moment before 1677.
    first_utc_ns = ((since - _EPOCH).days - 2) * 86_400 * NS
    for entry in mine.diary.entries("routine", max(first_utc_ns, -(2**63))):
        day, id_ = date.fromisoformat(entry.document["day"]), str(entry.document["routine"])
        if day >= since:
            felt = entry.document.get("felt") or ""
            found.append(DoneOn(day, names.get(id_, id_.replace("_", " ")), felt))
    return tuple(found)
