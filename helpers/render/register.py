"""Registers the report's nbconvert settings with the Jupyter of this virtual environment."""

from __future__ import annotations

import sys
from pathlib import Path

from helpers import store

NAME = "jupyter_nbconvert_config.py"


def register_config(root: Path) -> Path | None:
    """Copies `root`/jupyter_nbconvert_config.py to where Jupyter reads it; None outside a virtual environment.

    Jupyter reads no settings from the folder it runs in. The copy does nothing outside a checkout of this project.
    """
    if sys.prefix == sys.base_prefix:
        return None
    wanted = (root / NAME).read_bytes()
    path = Path(sys.prefix) / "etc" / "jupyter" / NAME
    if not path.is_file() or path.read_bytes() != wanted:
        store.write_bytes(path, wanted)
    return path
