"""What a self-experiment has found, as a person reads it."""

from __future__ import annotations

from evenstride.checkup.knowledge.spoken import counted
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Table
from evenstride.report.trial.sheets import State, names_of
from evenstride.trials import Answer, Effect, TrialResult
from evenstride.trials.design import Outcome
from evenstride.trials.words import BANDS

__all__ = ["answer_sections", "percent", "size_said", "walks_section"]

_EIGHTHS = "▏▎▍▌▋▊▉█"
_BAR_WIDTH = 20


def percent(share: float) -> str:
    """Return a probability as people say it, never as certain."""
    whole = round(100 * share)
    if whole == 0:
        return "< 1 %"
    return "> 99 %" if whole == 100 else f"{whole} %"


def answer_sections(
    result: TrialResult, state: State, *, gone: int, left_out: int, seed: int | None
) -> tuple[Section, ...]:
    """Return what an experiment has found, at a look or at its end.

    Args:
        result: Of the latest look.
        state: How the experiment stands.
        gone: How many of its walks are no longer in the diary.
        left_out: How many walks the person took out.
        seed: What the order was drawn from; None while it must not be known.
    """
    words = screen_words("trial")["show"]
    title = words["answer"].format(look=result.walks_looked_at)
    if result.as_assigned is None:
        return (Section(title, (words["too_few"],)),)
    outcome = result.design.outcome
    sections = _answer(title, result.as_assigned, outcome)
    if result.changed and result.as_done is not None:
        changed = words["changed"].format(changed=result.changed, of=result.walks_looked_at)
        sections += _answer(words["as_done"], result.as_done, outcome, changed)
    about = {"stopped": (words["stopped"],), "running": (words["may_change"],)}.get(state, ())
    sections += [
        Section(words["cautions"], (), (*about, *result.cautions)),
        Section(words["rests"], (), tuple(_rests_on(result, gone, left_out, seed))),
    ]
    return tuple(sections)


def _answer(title: str, answer: Answer, outcome: Outcome, *first: str) -> list[Section]:
    return [
        Section(title, (*first, effect.sentence, size_said(effect, outcome)), (), _bands(effect))
        for effect in answer.effects
    ]


def walks_section(result: TrialResult) -> Section:
    """Return the walks that an answer rests on, in order: how each was walked, and how it was."""
    words, design = screen_words("trial")["plot"], result.design
    points = result.points[: result.walks_looked_at]
    rows = tuple(
        (
            str(point.number + 1),
            words["as_drawn" if point.done == point.assigned else "not_as_drawn"].format(
                way=names_of([f.arms[a] for f, a in zip(design.factors, point.done, strict=True)])
            ),
            words["missing"] if point.value is None else f"{point.value:g}",
        )
        for point in points
    )
    columns = tuple(one.format(what=words["axis"][design.outcome]) for one in words["columns"])
    return Section(words["walks"].format(n=len(points)), (), (), Table(columns, rows))


def size_said(effect: Effect, outcome: Outcome) -> str:
    """Return how far apart the two ways are on average, and how sure that is."""
    words = screen_words("trial")["show"]
    b = effect.names[1]
    if effect.ratio is not None:
        ratio, low, high = (f"{value:.2f}" for value in effect.ratio)
        return str(words["mean_ratio"].format(ratio=ratio, b=b, low=low, high=high))
    direction = words["lower" if effect.mean < 0 else "higher"]
    size = f"{abs(effect.mean):.1f}"
    near, far = sorted((effect.low, effect.high), key=abs)
    what = screen_words("trial")["outcomes"][outcome]
    return str(
        words["mean"].format(
            b=b, what=what, size=size, direction=direction, low=_points(near), high=_points(far)
        )
    )


def _points(value: float) -> str:
    words = screen_words("trial")["show"]
    direction = words["lower" if value < 0 else "higher"]
    return str(words["points"].format(size=f"{abs(value):.1f}", direction=direction))


def _bands(effect: Effect) -> Table:
    words = screen_words("trial")["show"]
    a, b = effect.names
    columns = tuple(column.format(a=a, b=b) for column in words["bands"])
    rows = tuple(
        (band, percent(share), _bar(share)) for band, share in zip(BANDS, effect.bands, strict=True)
    )
    return Table(columns, rows)


def _bar(share: float) -> str:
    whole, eighths = divmod(round(share * _BAR_WIDTH * 8), 8)
    return "█" * whole + (_EIGHTHS[eighths - 1] if eighths else "")


def _rests_on(result: TrialResult, gone: int, left_out: int, seed: int | None) -> list[str]:
    words = screen_words("trial")["show"]
    known = counted(result.n, "walk")
    says = [words["counts"].format(known=known, of=result.walks_looked_at)]
    if gone:
        says.append(words["gone"].format(gone=gone))
    if left_out:
        says.append(words["left_out"].format(left_out=left_out))
    says += [
        words["second"].format(p=f"{effect.randomisation_p:.2f}")
        for effect in (result.as_assigned.effects if result.as_assigned else ())
        if effect.randomisation_p is not None
    ]
    if seed is not None:
        says.append(words["seed"].format(seed=seed))
    return says
