"""Self-experiments: a question -> a randomised order; entries -> what is known so far."""
