"""Simulators, contracts and fakes that users of the library may use too."""

from evenstride.testing.diary import SimulatedPerson
from evenstride.testing.simulator import (
    Activity,
    Sensor,
    SimulatedWalk,
    Walker,
    random_rotation,
    simulate,
    simulate_walk,
)

__all__ = [
    "Activity",
    "Sensor",
    "SimulatedPerson",
    "SimulatedWalk",
    "Walker",
    "random_rotation",
    "simulate",
    "simulate_walk",
]
