"""Tests of the Apple Health importer."""
