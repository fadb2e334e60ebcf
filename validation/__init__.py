"""Accuracy and speed of evenstride against reference events and against other engines.

Run ``python -m validation`` from the root of the repository. It needs the development recordings,
which never enter the repository.
"""
