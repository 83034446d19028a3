// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport

@testable import Transport

/// Two agents and the path between them, in virtual time.
final class AgentPair {
    static let clientAddress = TransportAddress(ipv4: 0xC000_0201, port: 5_000)
    static let serverAddress = TransportAddress(ipv4: 0xC633_6401, port: 3_478)

    var client: any ICEEndpoint
    var server: any ICEEndpoint
    var network: NetworkEmulator
    var now = Moment(nanoseconds: 0)
    /// The client's address as the server sees it; another one is a NAT that forgot.
    var clientAddress = AgentPair.clientAddress
    /// Where the server can be reached; to anything else, packets vanish.
    var serverAddresses: Set = [AgentPair.serverAddress]
    /// Where its answers come from.
    var serverSource = AgentPair.serverAddress
    private(set) var clientEvents: [ICEEvent] = []
    private(set) var serverEvents: [ICEEvent] = []
    /// Where the client's requests and answers went.
    private(set) var clientSent: [TransportAddress] = []
    private(set) var refusals: [ICERefusal] = []

    init(client: any ICEEndpoint, server: any ICEEndpoint, network: NetworkEmulator) {
        self.client = client
        self.server = server
        self.network = network
    }

    /// Runs until `done`, or until nothing happens before `limit`.
    /// - Returns: whether `done` came.
    @discardableResult
    func run(for limit: Interval, until done: (AgentPair) -> Bool = { _ in false }) -> Bool {
        let end = now + limit
        var steps = 0
        while steps < 200_000 {
            steps += 1
            drain()
            if done(self) { return true }
            let next = [network.nextDelivery, client.nextDeadline, server.nextDeadline].compactMap { $0 }.min()
            guard let next, next <= end else {
                now = end
                return false
            }
            now = max(now, next)
            deliver()
            if let due = client.nextDeadline, due <= now { client.handleTimeout(now: now) }
            if let due = server.nextDeadline, due <= now { server.handleTimeout(now: now) }
        }
        return false
    }

    private func drain() {
        while let transmit = client.pollTransmit() {
            clientSent.append(transmit.address)
            network.send(transmit.bytes, from: clientAddress, to: transmit.address, now: now)
        }
        while let transmit = server.pollTransmit() {
            network.send(transmit.bytes, from: serverSource, to: transmit.address, now: now)
        }
        while let event = client.pollEvent() { clientEvents.append(event) }
        while let event = server.pollEvent() { serverEvents.append(event) }
    }

    private func deliver() {
        while let delivery = network.receive(now: now) {
            let moment = now
            delivery.bytes.withUnsafeBytes { bytes in
                do throws(ICERefusal) {
                    if serverAddresses.contains(delivery.to) {
                        try server.receive(bytes, from: delivery.from, now: moment)
                    } else if delivery.to == clientAddress {
                        try client.receive(bytes, from: delivery.from, now: moment)
                    }
                } catch { refusals.append(error) }
            }
        }
    }
}
