# SPDX-License-Identifier: Apache-2.0
"""After all attacks (this runs last), at the most talkative level: the node's log knows nobody."""

import re

from call import NAMES
from vigil_member import base64url

ADDRESS = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"  # IPv4
    r"|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-fA-F]{1,4}:)*::[0-9a-fA-F:]*")
LONG_SECRET = re.compile(r"(?<![A-Za-z0-9_-])(?:[A-Za-z0-9_-]{22}|[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])")


def test_the_log_has_no_address_no_name_no_meeting_and_no_token(party, fortress, call):
    # One more story with words that can't be there by chance.
    client = party.found("Zebulon Unmistakable", source="127.77.66.55")
    secrets = {client.seat.alias, party.invitation.link_secret, client.welcome["resume"]}
    client.wish("say", id="a", text="Unmistakable words", to=None)
    client.wish("rename", name="Zebulon Unmistakably")
    client.wish("resetLink")
    party.attend(lambda: client.seat.secret != party.invitation.secret)
    secrets |= {client.seat.alias, base64url(client.seat.secret)}
    client.ask({"type": "publish", "request": 1, "sdp": "v=0 Unmistakable", "tracks": []})
    client.wish("end")
    client.close_code()
    log = fortress.log()
    assert "meeting-" in log, "at the level trace it says at least that meetings end"
    for name in (*NAMES, "Unmistakabl", "Zebulon", "Somebody", "Talker", "Snail", "Mallory"):
        assert name not in log, name
    for fact in ("alias", "secret", "resume", "server_ufrag", "server_pwd", "client_ufrag"):
        value = call.facts[fact]
        assert not re.search(rf"(?<![\w/+]){re.escape(value)}(?![\w/+])", log), fact
    assert not [secret for secret in secrets if secret in log]
    for participant in [*call.facts["participants"], client.id]:
        assert participant not in log
    assert not (found := ADDRESS.findall(log)), found[:5]
    assert not (found := LONG_SECRET.findall(log)), found[:5]
    for line in log.splitlines():
        # The alias in a log is cut to where it says nothing.
        for word in re.findall(r"meeting-(\S+)", line):
            assert len(word) <= 4, line
