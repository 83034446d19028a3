// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import Transport

private let identity = try? DTLSIdentity.make()

fuzz { input in
    guard let identity, let local = ICECredentials(ufrag: "abcd", password: "abcdefghijklmnopqrstuvwx"),
        let session = try? PeerSession(
            PeerSession.Configuration(ice: .lite(local), identity: identity, dtlsRole: .server),
            now: Moment(nanoseconds: 0)
        )
    else { preconditionFailure("no session could be made") }
    session.setRemote(credentials: local, fingerprint: identity.fingerprint)
    // The input is a row of datagrams, each behind its length; they come from two addresses.
    var now = Moment(nanoseconds: 0)
    var framing = TCPFraming()
    try? framing.receive(input) { datagram in
        now = now + .milliseconds(200)
        let from = TransportAddress(ipv4: 0xC000_0200 | UInt32(datagram.count % 4 / 3), port: 9)
        if case .none = session.receive(datagram, from: from, now: now) {} else { preconditionFailure("media") }
        session.handleTimeout(now: now)
        while session.pollEvent() != nil {}
    }
    var answers = 0
    while let transmit = session.pollTransmit() {
        precondition(transmit.bytes.count <= 1_500)
        answers += 1
    }
    precondition(answers <= 1_024 && !session.isConnected)
}
