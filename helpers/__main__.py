"""`python -m helpers`: the command line."""

import gc

# The word lists are hundreds of thousands of objects that all stay: looking through them again and again for
# rubbish, as the default of 700 new objects does, is a tenth of the start.
gc.set_threshold(50_000, 20, 50)

from helpers.cli import run  # noqa: E402

if __name__ == "__main__":
    run()
