# SPDX-License-Identifier: Apache-2.0
"""After all attacks (this runs last), at the most talkative level: the node's log knows nobody."""

import re

from call import NAMES
from raw_websocket import RawWebSocket
from vigil_client import alias

ADDRESS = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"  # IPv4
    r"|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-fA-F]{1,4}:)*::[0-9a-fA-F:]*")
LONG_SECRET = re.compile(r"(?<![A-Za-z0-9_-])(?:[A-Za-z0-9_-]{22}|[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])")


def test_the_log_has_no_address_no_name_no_meeting_and_no_token(fortress, call, secret, host_token):
    # One more story with words that can't be there by chance.
    with RawWebSocket(fortress, source="127.77.66.55") as client:
        client.join(alias(secret), "Zebulon Unmistakable", create=True, hostToken=host_token)
        client.send({"type": "chat", "id": "a", "text": "Unmistakable words"})
        client.send({"type": "rename", "name": "Zebulon Unmistakably"})
        client.ask({"type": "publish", "request": 1, "sdp": "v=0 Unmistakable", "tracks": []})
        client.send({"type": "end"})
        client.close_code()
    log = fortress.log()
    assert "meeting-" in log, "at the level trace it says at least that meetings end"
    for name in (*NAMES, "Unmistakabl", "Zebulon", "Somebody", "Talker", "Snail", "Mallory"):
        assert name not in log, name
    for fact in ("alias", "secret", "host_token", "resume", "server_ufrag", "server_pwd", "client_ufrag"):
        value = call.facts[fact]
        assert not re.search(rf"(?<![\w/+]){re.escape(value)}(?![\w/+])", log), fact
    assert alias(secret) not in log and secret not in log and host_token not in log
    for participant in call.facts["participants"]:
        assert participant not in log
    assert not (found := ADDRESS.findall(log)), found[:5]
    assert not (found := LONG_SECRET.findall(log)), found[:5]
    for line in log.splitlines():
        # The alias in a log is cut to where it says nothing.
        for word in re.findall(r"meeting-(\S+)", line):
            assert len(word) <= 4, line
