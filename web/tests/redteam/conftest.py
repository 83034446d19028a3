# SPDX-License-Identifier: Apache-2.0
"""What all attacks share: one node under attack, and a call on it that must not notice."""

import pathlib

import pytest

from call import Call
from party import Party
from server import Server, free_port
from vigil_member import Invitation


def pytest_collection_modifyitems(items):
    """Attacks come after everything else, since the call that goes on beside them takes half a core; the log is read after them."""
    here = pathlib.Path(__file__).parent
    items.sort(key=lambda item: (here in item.path.parents, item.path.name == "test_log_privacy.py"))


@pytest.fixture(scope="session")
def fortress(binary, tmp_path_factory):
    """The node that is attacked. It logs all it can, so that its silence about people means something."""
    metrics_port = free_port()
    log = tmp_path_factory.mktemp("fortress") / "log"
    options = ["--log-level", "trace", "--metrics-port", str(metrics_port)]
    with Server(binary, options=options, log=log) as server:
        server.metrics_port = metrics_port
        yield server
        assert server.process.poll() is None, f"the node fell:\n{server.log()[-4000:]}"


@pytest.fixture(scope="session")
def call(fortress):
    """Two people talking on the attacked node, from the first attack to the last."""
    with Call(fortress) as running:
        yield running


@pytest.fixture(autouse=True)
def still_standing(request):
    yield
    if "fortress" in request.fixturenames:
        fortress = request.getfixturevalue("fortress")
        assert fortress.process.poll() is None, f"the node fell:\n{fortress.log()[-4000:]}"


@pytest.fixture
def party(fortress):
    """Whoever meets on the attacked node."""
    with Party(fortress) as party:
        yield party


@pytest.fixture
def invitation(fortress):
    """To a meeting that isn't there yet, for the one who founds it."""
    return Invitation.to_new_meeting(fortress.url)
