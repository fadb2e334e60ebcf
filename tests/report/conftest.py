"""The hand-made walk that the report is tested with."""

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location(
    "example_gait", Path(__file__).with_name("example_gait.py")
)
assert _SPEC is not None
assert _SPEC.loader is not None
_EXAMPLE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_EXAMPLE)


@pytest.fixture
def example():
    """Return the module that builds example walks."""
    return _EXAMPLE


@pytest.fixture
def gait(example):
    """Return a whole walk."""
    return example.example_gait()
