// SPDX-License-Identifier: Apache-2.0

import Base

/// What a peer session needs of an ICE agent, lite or full.
protocol ICEEndpoint: Sendable {
    mutating func setRemote(_ credentials: ICECredentials, candidates: [ICECandidate], now: Moment)
    mutating func restart(local: ICECredentials, now: Moment)
    mutating func receive(_ datagram: UnsafeRawBufferPointer, from: TransportAddress, now: Moment) throws(ICERefusal)
    mutating func handleTimeout(now: Moment)
    mutating func pollTransmit() -> Transmit?
    mutating func pollEvent() -> ICEEvent?
    var nextDeadline: Moment? { get }
    /// Whether a check from or to this address has passed, so that DTLS may be believed to come from the peer.
    func hasValidated(_ address: TransportAddress) -> Bool
    /// Where to send: the selected address, before nomination the one that was proved last.
    var destination: TransportAddress? { get }
}
