"""Other engines, each in its own environment, driven through one small worker script.

Their dependencies never meet ours: arrays go in as .npz, results come back as .json.
"""
