"""The drawings of the exercises."""

import re
from itertools import pairwise
from math import dist
from xml.etree import ElementTree as ET

import pytest
from people import KNOWN

from evenstride.checkup.knowledge import document
from evenstride.plan.routines import drawing
from evenstride.plan.routines.figure import LIMBS, NECK, ROOTS, SIDES, TRUNK, posed

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
POSES = [
    pytest.param(pose, figure, id=f"{name}{number}")
    for name, figure in document("figures")["figures"].items()
    for number, pose in enumerate(figure["poses"])
]


@pytest.mark.parametrize("name", KNOWN.exercises)
def test_a_drawing_is_small_and_can_be_read_out(name):
    """It parses, has a title and a description, no script, and lines in the colour of the text."""
    text = drawing(name)
    root = ET.fromstring(text)  # noqa: S314 - our own

    assert len(text) < 6000
    assert KNOWN.exercises[name].name == root.findtext(f"{SVG}title")
    assert len(root.findtext(f"{SVG}desc", "").split()) >= 5
    assert "currentColor" == root.get("stroke")
    assert {"svg", "title", "desc", "g", "path", "circle"} == {
        one.tag.removeprefix(SVG) for one in root.iter()
    } | {"g"}
    assert "href" not in text


@pytest.mark.parametrize("name", KNOWN.exercises)
def test_a_drawing_stays_inside_its_frame(name):
    """Every point, and the head with its line, lies inside the view box."""
    root = ET.fromstring(drawing(name))  # noqa: S314 - our own
    left, top, width, height = map(float, root.get("viewBox", "").split())
    groups = [(0.0, root), *((_shift(one), one) for one in root.iter(f"{SVG}g"))]
    points = [
        (shift + x, y, half)
        for shift, group in groups
        for one in group
        for x, y, half in _points(one)
    ]

    assert points
    for x, y, half in points:
        assert left <= x - half <= x + half <= left + width
        assert top <= y - half <= y + half <= top + height


def _shift(group):
    return float(NUMBER.findall(group.get("transform", ""))[0])


def _points(one):
    half = float(one.get("stroke-width", 5)) / 2
    if one.tag == f"{SVG}circle":
        x, y, r = (float(one.get(key)) for key in ("cx", "cy", "r"))
        yield from ((x - r, y, half), (x + r, y, half), (x, y - r, half), (x, y + r, half))
    elif one.tag == f"{SVG}path":
        numbers = [float(found) for found in NUMBER.findall(one.get("d"))]
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            yield x, y, half


@pytest.mark.parametrize(("pose", "figure"), POSES)
def test_limbs_keep_their_lengths(pose, figure):  # noqa: ARG001 - of the same list
    """However a figure is posed, its bones are as long as ever."""
    at = posed(pose)

    assert TRUNK == pytest.approx(dist(at["hip"], at["neck"]))
    assert NECK == pytest.approx(dist(at["neck"], at["head"]))
    for side in SIDES:
        for limb, parts in LIMBS.items():
            chain = [ROOTS[limb], *(joint for joint, _ in parts)]
            for (start, end), (_, length) in zip(pairwise(chain), parts, strict=True):
                assert length == pytest.approx(dist(at[f"{side}_{start}"], at[f"{side}_{end}"]))


@pytest.mark.parametrize(("pose", "figure"), POSES)
def test_nobody_floats_or_sinks_into_the_ground(pose, figure):
    """Something rests on the ground or on a step, and nothing lies below it."""
    lowest = min(up for _, up, _ in posed(pose).values())
    steps = [prop["height"] for prop in figure.get("props", ()) if prop["kind"] == "box"]

    if figure["view"] != "above":  # from above there is no ground to see
        assert any(-4 <= lowest - height <= 8 for height in (0, *steps))


def test_an_arm_that_cannot_reach_points_at_it():
    """Out of reach, elbow and hand lie on the line to the place."""
    pose = document("figures")["figures"]["bridge"]["poses"][0]
    at = posed(pose | {"near_arm": {"to": [400, 7], "bend": "left"}})
    (x0, y0, _), (x1, y1, _), (x2, y2, _) = (
        at[f"near_{joint}"] for joint in ("shoulder", "elbow", "hand")
    )

    assert x0 < x1 < x2
    assert (y1 - y0) * (x2 - x0) == pytest.approx((y2 - y0) * (x1 - x0), abs=1e-6)


def test_an_unknown_exercise_has_no_drawing():
    """A wrong id is an error, not an empty picture."""
    with pytest.raises(KeyError):
        drawing("handstand")
