"""Simulators, contracts and fakes that users of the library may use too."""

from evenstride.testing.diary import SimulatedPerson
from evenstride.testing.ground import GroundErrors, SimulatedGround, simulate_ground
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
    "GroundErrors",
    "Sensor",
    "SimulatedGround",
    "SimulatedPerson",
    "SimulatedWalk",
    "Walker",
    "random_rotation",
    "simulate",
    "simulate_ground",
    "simulate_walk",
]
