"""Recording -> Gait: one module per step of the science."""
