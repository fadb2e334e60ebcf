"""Fuzz targets: readers of files that people have, searched for inputs that break them."""
