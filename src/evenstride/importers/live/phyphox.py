"""phyphox over its remote access: a walk while it is recorded, or a finished one.

The phone keeps all samples, so a lost connection loses nothing as long as phyphox runs: each
question names the last time stamp that is known, and the answer begins after it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import DamagedFile, NotARecording
from evenstride.importers.live.phone import NoAnswer, Phone, TooLong, phone_at
from evenstride.importers.live.wiring import Answer, Wiring, answer_of, number_of, wiring_of
from evenstride.importers.start import start_of_epoch
from evenstride.importers.tables.align import Follower, Piece
from evenstride.model import LONGEST_BRIDGED_GAP_S, Left, Placement, RawBlock, Recording, Start

__all__ = ["fetch", "phyphox_recording"]

_MOST_FACTS = 1 << 20
_MOST_ROWS = 16 << 20
_MOST_EXPORT = 256 << 20
_CSV = 1  # comma and decimal point
_GIVE_UP_S = 120.0
_QUIET_ROUNDS = 5
_MOST_REFUSED = 3
_LONGEST_WAIT_S = 5.0  # for a turning rate that lags behind
_Pauses: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Terms:
    """How a pass goes on and ends; see ``phyphox_recording``."""

    stop: Callable[[], bool]
    every_s: float
    give_up_s: float
    stop_phone: bool


def fetch(address: str, patience_s: float = 60.0) -> bytes:
    """Return a finished experiment as phyphox exports it: a zip for ``evenstride.read``.

    Args:
        address: As the app shows it under “Allow remote access”.
        patience_s: How long the export may take, in seconds.

    Raises:
        OptionError: If the address is not in a private network.
        NotARecording: If the phone does not answer, or has nothing to export.
    """
    data = phone_at(address, patience_s).ask(f"/export?format={_CSV}", _MOST_EXPORT)
    if not data or data.lstrip()[:1] in (b"{", b"<"):
        raise NotARecording(
            "The phone has nothing to export.", "Open the experiment in phyphox and record a walk."
        )
    return data


def phyphox_recording(
    address: str,
    *,
    stop: Callable[[], bool] = lambda: False,
    start: bool = False,
    every_s: float = 2.0,
    give_up_s: float = _GIVE_UP_S,
    placement: Placement | None = None,
) -> Recording:
    """Return the walk that a phone is recording, whose blocks arrive as it goes on.

    A pass begins with what the phone already holds and ends when ``stop`` says so, when the
    experiment is stopped on the phone, or when the phone cannot be reached for ``give_up_s``.
    Each pass asks the phone anew, so phyphox must stay open until the last one is done.

    Args:
        address: As the app shows it under “Allow remote access”.
        stop: Asked again and again; True ends the pass.
        start: Whether to start the experiment, and to stop it in the end.
        every_s: How often the phone is asked, in seconds.
        give_up_s: How long a lost connection is waited for, in seconds.
        placement: Where the phone is worn, if known.

    Raises:
        OptionError: If the address is not in a private network.
        NotARecording: If the phone does not answer, or measures no acceleration.
    """
    phone = phone_at(address)
    wiring = wiring_of(phone.ask_json("/config", _MOST_FACTS))
    if start:
        phone.ask("/control?cmd=start", _MOST_FACTS)
    begun = _events(phone)
    terms = _Terms(stop, every_s, give_up_s, stop_phone=start)
    return Recording(
        format="phyphox, live",
        open=lambda: _Listener(phone, wiring, terms).blocks(),
        placement=placement,
        gravity_included=wiring.gravity_included,
        source=phone.host,
        start=_start(begun),
    )


class _Queue:
    """Pieces of the turning rate that have arrived, for the follower."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    def __iter__(self) -> Iterator[Piece]:
        return self

    def __next__(self) -> Piece:
        if not self.pieces:
            raise StopIteration
        return self.pieces.pop(0)


class _Listener:
    """One pass: asks again and again for what came after the last sample it knows."""

    def __init__(self, phone: Phone, wiring: Wiring, terms: _Terms) -> None:
        self.phone, self.wiring, self.terms = phone, wiring, terms
        self.last_s = self.last_turn_s = -1.0
        self.queue = _Queue()
        self.follower = Follower(self.queue)
        self.lost_at: float | None = None
        self.came_back = False
        self.quiet = self.refused = 0
        self.any = False
        self.left: tuple[Left, ...] = ()

    def blocks(self) -> Iterator[RawBlock]:
        """Yield what arrives until the end of the pass."""
        pauses = _pauses(_events(self.phone))
        while True:
            last_round = self.terms.stop()
            if last_round and self.terms.stop_phone:
                _stop(self.phone)
            answer = self._ask()
            if answer is not None:
                block = self._block(answer, pauses, last_round or not answer.measuring)
                if block is not None:
                    self.any = True
                    yield block
            if last_round or self._over(answer):
                break
            time.sleep(self.terms.every_s)
        if not self.any:
            raise DamagedFile("The phone sent no sample.", "Start the experiment in phyphox.")
        if self.left:
            yield RawBlock(np.empty(0), np.empty((0, 3)), left=self.left)

    def _over(self, answer: Answer | None) -> bool:
        """Tell whether the experiment was stopped on the phone, or the phone is gone."""
        if answer is not None:
            # Right after the start, or while it counts down, the phone does not measure yet.
            waited = not self.terms.stop_phone or self.any or self.quiet >= _QUIET_ROUNDS
            return not answer.measuring and waited
        gone = self.lost_at is not None and time.monotonic() - self.lost_at > self.terms.give_up_s
        if gone or self.refused >= _MOST_REFUSED:
            self.left += (Left("what came after", "the phone could not be reached any more"),)
            return True
        return False

    def _ask(self) -> Answer | None:
        """Ask for what is new; a lost connection is waited for."""
        question = self.wiring.acceleration.question(self.last_s)
        if self.wiring.angular is not None:
            question += "&" + self.wiring.angular.question(self.last_turn_s)
        try:
            answer = answer_of(self.phone.ask_json(f"/get?{question}", _MOST_ROWS))
        except TooLong:
            self.refused += 1
            self._skip_to_now()
            return None
        except NoAnswer:
            answer = None
        if answer is None:
            self.lost_at = time.monotonic() if self.lost_at is None else self.lost_at
            return None
        self.came_back = self.came_back or self.lost_at is not None
        self.lost_at = None
        return answer

    def _newest(self) -> float:
        """Return the last stamp on the phone, or -1 if there is none."""
        clock = self.wiring.acceleration.time
        try:
            answer = answer_of(self.phone.ask_json(f"/get?{quote(clock, safe='')}", _MOST_FACTS))
        except NoAnswer:
            return -1.0
        values = np.empty(0) if answer is None else answer.buffers.get(clock, np.empty(0))
        return float(values[-1]) if values.size and np.isfinite(values[-1]) else -1.0

    def _skip_to_now(self) -> None:
        self.last_s = self.last_turn_s = self._newest()
        reason = "it was too much to fetch; export the experiment in the app"
        self.left += (Left("what the phone had recorded before", reason),)

    def _block(self, answer: Answer, pauses: _Pauses, final: bool) -> RawBlock | None:
        rows, bad = answer.rows(self.wiring.acceleration, self.last_s)
        turning = self._turning(answer)
        newest_turn = self.last_turn_s
        if turning and not final and rows.size and rows[-1, 0] - newest_turn < _LONGEST_WAIT_S:
            rows = rows[rows[:, 0] <= newest_turn]  # the rest is asked for again
        if not rows.size:
            self._nothing(answer)
            return None
        self.quiet = self.refused = 0
        if bad:
            self.left += (Left(f"{bad} rows", "they were broken or held no numbers"),)
        if self.came_back and self.last_s >= 0:
            gap_s = float(rows[0, 0]) - self.last_s
            if gap_s > LONGEST_BRIDGED_GAP_S:
                reason = "the connection was lost and the phone had not kept them"
                self.left += (Left(f"{gap_s:.1f} seconds", reason),)
        self.came_back = False
        self.last_s = float(rows[-1, 0])
        angular = self.follower.at(rows[:, 0]) if turning else None
        left, self.left = self.left, ()
        return RawBlock(_with_pauses(rows[:, 0], pauses), rows[:, 1:], angular, left)

    def _turning(self, answer: Answer) -> bool:
        """Queue what came from the gyroscope; tell whether there is one that works."""
        if self.wiring.angular is None:
            return False
        rows, _ = answer.rows(self.wiring.angular, self.last_turn_s)
        if rows.size:
            self.queue.pieces.append(Piece(rows[:, 0], rows[:, 1:]))
            self.last_turn_s = float(rows[-1, 0])
        return self.last_turn_s >= 0

    def _nothing(self, answer: Answer) -> None:
        """After some quiet rounds look whether the experiment was cleared and began again."""
        self.quiet += 1
        if self.quiet % _QUIET_ROUNDS or not answer.measuring:
            return
        if -1.0 < self._newest() < self.last_s:
            self.last_s = self.last_turn_s = -1.0
            self.queue = _Queue()
            self.follower = Follower(self.queue)


def _stop(phone: Phone) -> None:
    with suppress(NoAnswer):  # then the person stops it on the phone
        phone.ask("/control?cmd=stop", _MOST_FACTS)


def _events(phone: Phone) -> list[tuple[float, float]]:
    """Return (experiment time, time since 1970) of each start; older versions do not tell."""
    try:
        said = phone.ask_json("/time", _MOST_FACTS)
    except NoAnswer:
        return []
    pairs = [
        (number_of(event.get("experimentTime")), number_of(event.get("systemTime")))
        for event in (said if isinstance(said, list) else [])
        if isinstance(event, dict) and event.get("event") == "START"
    ]
    return [pair for pair in pairs if np.isfinite(pair).all()]


def _pauses(events: list[tuple[float, float]]) -> _Pauses:
    """Return from which experiment time on how much must be added for the pauses so far."""
    zero = events[0][1] - events[0][0] if events else 0.0
    pairs = [(experiment, system - experiment - zero) for experiment, system in events]
    return np.array(pairs, dtype=np.float64).reshape(-1, 2)


def _with_pauses(time_s: NDArray[np.float64], pauses: _Pauses) -> NDArray[np.float64]:
    if len(pauses) < 2:
        return time_s
    added = pauses[np.searchsorted(pauses[1:, 0], time_s, side="right"), 1]
    return np.asarray(time_s + added, dtype=np.float64)


def _start(events: list[tuple[float, float]]) -> Start | None:
    return start_of_epoch(events[0][1] - events[0][0]) if events else None
