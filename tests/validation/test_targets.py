"""When a target counts as reached."""

from __future__ import annotations

import pytest
from validation.targets import Target, dig

AT_MOST = Target("x", ("a", "b"), "ms", 1e3, 1, "at most", 11.0, None, (("cover",), 0.95))
AT_LEAST = Target("y", ("f1",), "", 1, 3, "at least", 0.975, 0.82)


@pytest.mark.parametrize(
    ("value", "cover", "reached"),
    [(0.0109, 0.96, True), (0.0111, 0.96, False), (0.0109, 0.90, False), (float("nan"), 1, False)],
)
def test_an_error_needs_its_coverage(value: float, cover: float, *, reached: bool) -> None:
    """A small error on too few strides does not reach the target, and neither does none."""
    assert AT_MOST.reached({"a": {"b": value}, "cover": cover}, "H") is reached


def test_sets_have_their_own_limits() -> None:
    """The limit depends on the set; without a limit there is no verdict."""
    assert AT_LEAST.reached({"f1": 0.9}, "H") is False
    assert AT_LEAST.reached({"f1": 0.9}, "L") is True
    assert AT_MOST.reached({"a": {"b": 0.0}, "cover": 1.0}, "L") is None


def test_absent_numbers_are_absent() -> None:
    """A number that no engine gave is None, not zero."""
    assert dig({"a": {}}, ("a", "b")) is None
    assert AT_LEAST.value({}) is None
