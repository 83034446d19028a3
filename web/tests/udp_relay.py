# SPDX-License-Identifier: Apache-2.0
"""A stretch of network between one browser and the node's media port that a test can cut and mend."""

import selectors
import socket
import threading

# Datagrams to the node go through the relay; TCP would go around it.
DETOUR = """
(([from, to]) => {
    const real = RTCPeerConnection.prototype.setRemoteDescription;
    RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
        const lines = sdp.split("\\r\\n").filter((line) => !/^a=candidate:.* tcp /i.test(line))
            .map((line) => line.replace(new RegExp(`^(a=candidate:.* )${from} typ `), `$1${to} typ `));
        return real.call(this, { type, sdp: lines.join("\\r\\n") });
    };
})
"""


class UDPRelay:
    """Carries datagrams of any number of clients to one port and back, each from a socket of its own."""

    def __init__(self, address, port):
        self.target = (address, port)
        self.whole = True
        self.selector = selectors.DefaultSelector()
        self.near = self.open(("0.0.0.0", 0))
        self.clients = {}
        self.ends, self.stopper = socket.socketpair()
        self.selector.register(self.ends, selectors.EVENT_READ)
        self.thread = threading.Thread(target=self.run, daemon=True)

    @property
    def port(self) -> int:
        return self.near.getsockname()[1]

    def open(self, address):
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.bind(address)
        made.setblocking(False)
        self.selector.register(made, selectors.EVENT_READ)
        return made

    def detour(self, page):
        """Leads this page's media through here, from its next load on."""
        page.add_init_script(f"{DETOUR}([{self.target[1]}, {self.port}])")

    def cut(self):
        self.whole = False

    def mend(self):
        self.whole = True

    def run(self):
        far = {}
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.ends:
                    return
                try:
                    data, source = key.fileobj.recvfrom(65_536)
                    if key.fileobj is self.near:
                        if source not in self.clients:
                            self.clients[source] = self.open(("0.0.0.0", 0))
                            far[self.clients[source]] = source
                        if self.whole:
                            self.clients[source].sendto(data, self.target)
                    elif self.whole:
                        self.near.sendto(data, far[key.fileobj])
                except OSError:
                    # A full buffer, or nobody there: a datagram is lost, as in any network.
                    continue

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopper.send(b"x")
        self.thread.join(5)
        for made in (self.near, *self.clients.values(), self.ends, self.stopper):
            made.close()
        self.selector.close()
