"""The walking plan, walked week by week by simulated people.

``python -m validation.plan`` prints the section; it needs no recordings. Nobody here is a person:
it shows what the rules do, not whether they help.
"""
