# SPDX-License-Identifier: Apache-2.0
"""Session descriptions that no WebRTC stack stands behind."""

import os


def offer(ufrag, password) -> str:
    """A session description that publishes Opus, with an ICE ufrag and password of one's own."""
    fingerprint = ":".join(f"{byte:02X}" for byte in os.urandom(32))
    return "\r\n".join([
        "v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=group:BUNDLE 0", "a=msid-semantic:WMS *",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111", "c=IN IP4 0.0.0.0", "a=mid:0", "a=sendonly", "a=rtcp-mux",
        "a=rtpmap:111 opus/48000/2", f"a=ice-ufrag:{ufrag}", f"a=ice-pwd:{password}",
        f"a=fingerprint:sha-256 {fingerprint}", "a=setup:actpass", "a=ssrc:1234 cname:x", ""])
