# SPDX-License-Identifier: Apache-2.0
"""What a process holds, and the node's own totals."""

import os
import re
import urllib.request

from server import PATIENCE


def resident(pid) -> int:
    """Bytes of memory that the process occupies now."""
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+) kB", status.read())[1]) * 1024


def descriptors(pid) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


def totals(node) -> dict[str, float]:
    """The metrics page, by name with labels."""
    with urllib.request.urlopen(f"http://127.0.0.1:{node.metrics_port}/metrics", timeout=PATIENCE) as page:
        lines = page.read().decode().splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}
