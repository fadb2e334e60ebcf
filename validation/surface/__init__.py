"""Surface and kind of way: simulated walks along the ways of a real map, ours against others."""
