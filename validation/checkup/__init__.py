"""How far the check-up can be trusted: development cases, laws, mutants, simulated people.

``python -m validation.checkup`` prints the section; it needs no recordings.
"""
