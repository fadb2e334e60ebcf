"""Self-experiments: from a question to a design, walk by walk, to an answer.

``asking`` and ``new`` begin one, ``running`` shows the next walk and what was found, ``join`` takes
walks in and out by name, ``around`` tells what stands beside it. Below them: ``course`` moves an
experiment on, ``walks`` finds its walks, ``kept`` keeps it in the diary, ``outlook`` looks ahead.
"""
