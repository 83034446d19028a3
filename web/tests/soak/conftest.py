# SPDX-License-Identifier: Apache-2.0
"""Soaks run only when asked for: VIGIL_SOAK=1, as `./test --full` does. VIGIL_SOAK_SECONDS makes them shorter or longer."""

import os
import pathlib
import sys

import pytest

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "redteam"))


def pytest_collection_modifyitems(items):
    if os.environ.get("VIGIL_SOAK"):
        return
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="a soak: set VIGIL_SOAK"))
