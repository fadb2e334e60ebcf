"""Makes the validation package and the tools, which are not installed, importable."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
