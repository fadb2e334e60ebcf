"""How often self-experiments mislead, and how often they find what is there.

``python -m validation.trials`` writes RESULTS-trials.md.
"""
