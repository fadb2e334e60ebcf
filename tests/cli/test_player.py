"""The player keeps the time of every step, and obeys the keyboard."""

from collections import deque
from dataclasses import dataclass

import pytest

from evenstride.app.routine import routine_words
from evenstride.cli.player import play

WORDS = routine_words()


@dataclass
class Step:
    """A timed step."""

    seconds: int
    cue: str = ""


class FakeClock:
    """Time that passes at once; types one line at each of these waits, counted from 1."""

    def __init__(self, typed=()):
        self.typed = dict(typed)
        self.waits = deque()

    def wait(self, seconds):
        """Note the wait, and type what was planned for it."""
        self.waits.append(seconds)
        return self.typed.get(len(self.waits))


def test_every_second_of_every_step_passes():
    """Played to the end it takes exactly as long as the steps say."""
    clock = FakeClock()

    assert (True, 9.0) == play([Step(4, "Go"), Step(5)], WORDS, clock)
    assert [1] * 9 == list(clock.waits)


def test_each_cue_is_said_once(capsys):
    """What to do stands on the screen as the step begins."""
    play([Step(2, "Lift"), Step(1, "Rest")], WORDS, FakeClock())

    said = capsys.readouterr().err
    assert said.index("Lift") < said.index("Rest")
    assert 1 == said.count("Lift")


def test_s_goes_on_to_the_next_step():
    """A skipped step takes no more time; the others are whole."""
    assert (True, 4.0) == play([Step(10), Step(3)], WORDS, FakeClock({2: "s"}))


def test_enter_pauses_and_the_time_stands_still(capsys):
    """During the pause no second is lost."""
    ended, seconds = play([Step(3)], WORDS, FakeClock({2: "", 3: ""}))

    assert (True, 3.0) == (ended, seconds)
    assert WORDS["paused"] in capsys.readouterr().err


@pytest.mark.parametrize("typed", [{2: "q"}, {2: "", 3: "q"}])
def test_q_stops_and_tells_how_far_it_came(typed):
    """Stopping early is not the same as done."""
    ended, seconds = play([Step(5)], WORDS, FakeClock(typed))

    assert ended is False
    assert 1.0 == seconds
