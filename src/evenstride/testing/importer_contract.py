"""What every importer must keep, as tests that third-party importers can inherit.

    from evenstride.testing.importer_contract import ImporterContract

    class TestMine(ImporterContract):
        importer = Mine()

        def sample(self, seconds, missing=None):
            return ...  # the bytes of a file of this format, without the rows of ``missing``

pytest collects the inherited tests; they need nothing but the sample.
"""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator

import numpy as np

from evenstride.errors import EvenstrideError
from evenstride.importers.contract import NO_OPTIONS, Importer
from evenstride.importers.source import Source
from evenstride.model import Recording, Track

__all__ = ["ImporterContract"]

_MOST_MEMORY = 48 << 20
_LONG_S = 1200.0


class ImporterContract:
    """Tests of the importer contract; subclasses give an importer and a sample.

    Attributes:
        importer: The importer under test.
        gravity_included: Whether the samples hold the pull of the earth.
        lists_gaps: False for formats without time stamps or counters, which cannot show a gap.
        rate_hz: Samples per second in the samples.
    """

    importer: Importer
    gravity_included = True
    lists_gaps = True
    rate_hz = 100.0

    def sample(self, seconds: float, missing: tuple[float, float] | None = None) -> bytes:
        """Return a file of the format: a sensor that moves a little, without real data.

        Args:
            seconds: Length of the recording.
            missing: From when to when no row was written.
        """
        raise NotImplementedError

    def test_it_recognises_its_own_files(self) -> None:
        """It is sure about its own sample, and says why."""
        sniff = self.importer.sniff(Source.of(self.sample(5.0)))
        _check(0 < sniff.score <= 100, f"score {sniff.score}")
        _check(sniff.reason != "", "no reason given")

    def test_it_goes_by_content_not_by_name(self) -> None:
        """The name of the file changes nothing."""
        data = self.sample(5.0)
        sniffs = {self.importer.sniff(Source.of(data, name)) for name in ("a.csv", "b.jpg", "c")}
        _check(len(sniffs) == 1, f"names change the result: {sniffs}")

    def test_it_does_not_claim_what_is_not_its_own(self) -> None:
        """Noise, text and emptiness are nobody's recording."""
        noise = random.Random(1).randbytes(5000)  # noqa: S311 - only noise
        for data in (b"", noise, b"Dear diary,\nmy back hurts.\n" * 40, b"1\n2\n3\n"):
            sniff = self.importer.sniff(Source.of(data))
            _check(sniff.score == 0, f"claims {data[:20]!r}")

    def test_time_rises_and_units_are_si(self) -> None:
        """Blocks have strictly rising seconds, m/s2 and rad/s."""
        recording = self._recording(self.sample(20.0))
        for block in recording.blocks():
            _check(bool(np.all(np.diff(block.time_s) > 0)), "time does not rise")
            length = float(np.median(np.linalg.norm(block.acceleration_m_s2, axis=1)))
            _check(not self.gravity_included or 8.5 < length < 11.5, f"gravity is {length}")
            turning = block.angular_velocity_rad_s
            _check(turning is None or float(np.median(np.abs(turning))) < 8, "not in rad/s")
        _check(recording.gravity_included is self.gravity_included, "gravity flag is wrong")
        clock = recording.clock
        _check(abs(clock.rate_hz / self.rate_hz - 1) < 0.02, f"rate is {clock.rate_hz}")
        _check(abs(clock.duration_s - 20.0) < 0.5, f"duration is {clock.duration_s}")

    def test_gaps_are_listed(self) -> None:
        """A stretch without rows is a gap at its true place, not a shift."""
        if not self.lists_gaps:
            return
        clock = self._recording(self.sample(20.0, missing=(5.0, 7.0))).clock
        _check(len(clock.gaps) == 1, f"gaps: {clock.gaps}")
        gap = clock.gaps[0]
        _check(abs(gap.start_s - 5.0) < 0.1, f"the gap starts at {gap.start_s}")
        _check(abs(gap.end_s - 7.0) < 0.1, f"the gap ends at {gap.end_s}")
        _check(abs(clock.duration_s - 20.0) < 0.5, f"duration is {clock.duration_s}")

    def test_a_second_pass_gives_the_same(self) -> None:
        """Reading again gives identical data."""
        recording = self._recording(self.sample(20.0))
        first, second = list(recording.open()), list(recording.open())
        _check(len(first) == len(second) > 0, "passes differ in length")
        for one, two in zip(first, second, strict=True):
            _check(np.array_equal(one.time_s, two.time_s), "times differ")
            _check(np.array_equal(one.acceleration_m_s2, two.acceleration_m_s2), "values differ")

    def test_a_file_cut_anywhere_survives_or_says_so(self) -> None:
        """What is whole is kept, or one clear error comes; never another exception."""
        data = self.sample(10.0)
        for cut in np.linspace(0, len(data), 25).astype(int):
            self._survives(data[:cut])

    def test_a_cut_file_keeps_what_is_whole(self) -> None:
        """A file that was cut at nine tenths still gives at least half of its samples."""
        data = self.sample(20.0)
        whole = self._recording(data).clock.samples
        try:
            kept = self._recording(data[: int(len(data) * 0.9)]).clock.samples
        except EvenstrideError:
            kept = 0
        _check(kept > 0.5 * whole, f"kept {kept} of {whole} samples")

    def test_flipped_bits_never_break_it(self) -> None:
        """A damaged file gives what can be read, or one clear error."""
        dice = random.Random(2)  # noqa: S311 - only noise
        data = self.sample(5.0)
        for _ in range(25):
            damaged = bytearray(data)
            for _ in range(dice.choice((1, 10, 200))):
                damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
            self._survives(bytes(damaged))

    def test_memory_is_bounded(self) -> None:
        """A long file is read in pieces."""
        recording = self._recording(self.sample(_LONG_S))
        tracemalloc.start()
        try:
            samples = sum(block.time_s.size for block in recording.open())
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        _check(samples > 0.9 * _LONG_S * self.rate_hz, f"only {samples} samples")
        _check(peak < _MOST_MEMORY, f"held {peak >> 20} MB at once")

    def _items(self, data: bytes) -> Iterator[object]:
        source = Source.of(data)
        if self.importer.sniff(source).score > 0:
            yield from self.importer.read(source, self.importer.plan(source, NO_OPTIONS))

    def _recording(self, data: bytes) -> Recording:
        found = [item for item in self._items(data) if isinstance(item, Recording)]
        _check(len(found) > 0, "no recording was found")
        return found[0]

    def _survives(self, data: bytes) -> None:
        try:
            for item in self._items(data):
                if isinstance(item, Recording):
                    for block in item.blocks():
                        _check(bool(np.all(np.diff(block.time_s) > 0)), "time does not rise")
                elif isinstance(item, Track):
                    _check(bool(np.all(np.diff(item.time_s) >= 0)), "track is not sorted")
        except EvenstrideError as error:
            _check(error.sentence != "", "an error without a sentence")


def _check(condition: bool, message: str) -> None:
    if not condition:
        raise AssertionError(message)
