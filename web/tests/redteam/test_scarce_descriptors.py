# SPDX-License-Identifier: Apache-2.0
"""A node that may open few files, as in a plain shell, against many strangers: people still come in."""

import shlex

import pytest

from measures import descriptors, totals
from party import Party
from raw_websocket import connect
from server import Server, free_port
from test_half_open_connections import address, room_for_descriptors


@pytest.mark.parametrize("limit", ["-Sn 300", "-n 300", "-n 1024"])
def test_strangers_cannot_use_up_the_files(binary, tmp_path, limit):
    """With -Sn the node may help itself to more; with -n it must make do."""
    room_for_descriptors()
    program = tmp_path / "limited"
    program.write_text(f'#!/bin/sh\nulimit {limit}\nexec {shlex.quote(str(binary))} "$@"\n')
    program.chmod(0o755)
    metrics_port = free_port()
    with Server(program, options=["--metrics-port", str(metrics_port)], log=tmp_path / "log") as node, Party(node) as party:
        node.metrics_port = metrics_port
        strangers = []
        for number in range(1100):
            strangers.append(connect(node.port, source=address(number)))
        party.found("Host", source=address(0))
        for number in range(1, 20):
            party.come("Person", source=address(number))
        assert totals(node)["vigil_connections_evicted_total"] > 0, "nobody waits for strangers to time out"
        if limit != "-Sn 300":
            assert descriptors(node.pid) < int(limit.split()[1]), "some are left for what comes next"
        for client in strangers:
            client.close()
