"""Simulators, contracts and fakes that users of the library may use too."""
