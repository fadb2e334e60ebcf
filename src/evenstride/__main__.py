"""``python -m evenstride``."""

from evenstride.cli import main

if __name__ == "__main__":
    main(prog_name="evenstride")
