# SPDX-License-Identifier: Apache-2.0
"""The client's folder for pages that measure, and how rows are shown."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "web" / "tests"))
import browsers  # noqa: E402, F401
from page_files import PageFiles, handler, serving  # noqa: E402


class Files(PageFiles):
    """The client's folder, with this one below /bench/ and the fixtures below /fixtures/."""

    # An isolated page gets a clock of 5 microseconds; other pages one of 100.
    fields = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
    fixtures = pathlib.Path()

    def translate_path(self, path):
        for prefix, folder in [("/bench/", pathlib.Path(__file__).parent), ("/fixtures/", self.fixtures)]:
            if path.startswith(prefix):
                return str(folder / pathlib.PurePosixPath(path[len(prefix):]).name)
        return super().translate_path(path)


def show(row, as_json):
    if as_json:
        print(json.dumps(row), flush=True)
    else:
        print("  ".join(f"{name}={value}" for name, value in row.items() if value is not None), flush=True)


def served(fixtures):
    """The origin at which the client's folder and the fixtures are."""
    return serving(handler(Files, fixtures=fixtures))
