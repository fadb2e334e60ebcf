"""One report model, then one renderer per medium."""
