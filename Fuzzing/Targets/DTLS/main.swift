// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import Transport

private let identity = try? DTLSIdentity.make()

fuzz { input in
    guard let identity else { preconditionFailure("no certificate could be made") }
    for role in [DTLSRole.server, .client] {
        guard let endpoint = try? DTLSEndpoint(identity: identity, role: role) else { return }
        var now = Moment(nanoseconds: 0)
        endpoint.start(now: now)
        // The input is a row of datagrams, each behind its length.
        var framing = TCPFraming()
        try? framing.receive(input) { datagram in
            now = now + .milliseconds(150)
            endpoint.receive(UnsafeRawBufferPointer(datagram), now: now)
            endpoint.handleTimeout(now: now)
        }
        precondition(endpoint.takeDatagrams().count <= 128, "answers pile up")
        if case .established = endpoint.state { preconditionFailure("a handshake without a peer") }
        endpoint.close()
    }
}
