"""`python -m helpers`: the command line."""

from helpers.cli import run

if __name__ == "__main__":
    run()
