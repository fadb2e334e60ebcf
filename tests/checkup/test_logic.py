"""Conditions in three-valued logic: what is not known never makes one true."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.checkup.logic import AtLeast, Atom, atoms, parse

YES, NO, OPEN = {"a": True}, {"a": False}, {}


@pytest.mark.parametrize(
    ("data", "answer", "expected"),
    [
        ({"is": True}, True, True),
        ({"is": True}, False, False),
        ({"is": True}, "not_sure", None),
        ({"is": "both"}, "both", True),
        ({"is": "both"}, "one", False),
        ({"is": "both"}, "unknown", None),
        ({"in": ["one", "both"]}, "one", True),
        ({"in": ["one", "both"]}, "none", False),
        ({"gte": 50}, 50, True),
        ({"gte": 50}, 49.5, False),
        ({"gte": 50}, "not_sure", None),
        ({"lt": 42}, 41, True),
        ({"lt": 42}, 42, False),
        ({"lt": 42}, "not_sure", None),
        ({"not_sure": True}, "not_sure", True),
        ({"not_sure": True}, True, True),
        ({"not_sure": True}, False, False),
    ],
)
def test_one_answer_is_compared(data, answer, expected):
    """Each comparison is true, false or not known."""
    condition = parse({"f": "a", **data}, {"a": ("unknown",)})
    assert expected is condition.judge({"a": answer})


@pytest.mark.parametrize(
    "data", [{"is": True}, {"in": [1]}, {"gte": 0}, {"lt": 9}, {"not_sure": True}]
)
def test_a_missing_answer_is_not_known(data):
    """A question that was not asked makes no comparison true or false, "not sure" included."""
    assert parse({"f": "a", **data}).judge({}) is None


@pytest.mark.parametrize("n", [1, 2, 3])
def test_at_least_follows_kleene(n):
    """Over all 27 cases: true or false exactly when the open parts cannot change it."""
    whole = AtLeast(n, tuple(Atom(name, among=(True,)) for name in "abc"))
    for values in product((True, False, None), repeat=3):
        given_ = {name: v for name, v in zip("abc", values, strict=True) if v is not None}
        filled = {
            sum(one) >= n
            for one in product(*((True, False) if v is None else (v,) for v in values))
        }
        assert (filled.pop() if len(filled) == 1 else None) is whole.judge(given_)


@given(
    st.recursive(
        st.sampled_from("abcdef").map(lambda name: {"f": name, "is": True}),
        lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
            lambda parts: st.sampled_from(
                [{"all": parts}, {"any": parts}, {"at_least": {"n": len(parts), "of": parts}}]
            )
        ),
        max_leaves=8,
    ),
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([True, False, "not_sure"])),
    st.sampled_from("abcdef"),
)
def test_one_more_answer_never_turns_what_is_settled(data, answers, name):
    """Answering a missing question, or a yes for a no, keeps what is true true."""
    condition = parse(data)
    if condition.judge(answers) is True:
        assert condition.judge({**answers, name: True}) is True
    if name not in answers and condition.judge(answers) is False:
        assert condition.judge({**answers, name: False}) is False


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"f": "a"},
        {"not": {"f": "a", "is": True}},
        {"f": "a", "not_sure": False},
        {"any_of": []},
        {"at_least": {"of": []}},
    ],
)
def test_what_is_no_condition_is_refused(data):
    """There is no negation, and a slip in a file does not pass as a condition."""
    with pytest.raises(ValueError, match=r"no condition|nothing to compare"):
        parse(data)


def test_atoms_are_all_comparisons():
    """Every comparison is found, at any depth."""
    data = {"any": [{"f": "a", "is": True}, {"all": [{"f": "b", "lt": 2}, {"f": "c", "gte": 1}]}]}
    assert ["a", "b", "c"] == [atom.finding for atom in atoms(parse(data))]
