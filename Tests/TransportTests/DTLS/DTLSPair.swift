// SPDX-License-Identifier: Apache-2.0

import Base
import Glibc

@testable import Transport

/// Two endpoints and the wire between them, in virtual time (or real time, for what keeps its own clock): 10 ms one
/// way, and whatever `fate` does to a datagram.
final class DTLSPair {
    enum Fate {
        case deliver
        case lose
        case duplicate
        /// Arrives this much later than it should.
        case delay(Interval)
        case replace([UInt8])
    }

    private struct InFlight {
        var due: Moment
        var number: Int
        var toServer: Bool
        var bytes: [UInt8]
    }

    let client: DTLSEndpoint
    let server: DTLSEndpoint
    private(set) var now: Moment
    /// Every datagram sent so far, by either side.
    private(set) var sent: [[UInt8]] = []
    /// Given a datagram's number and bytes.
    var fate: (Int, [UInt8]) -> Fate = { _, _ in .deliver }
    private var wire: [InFlight] = []
    private let isInRealTime: Bool
    private let began: Moment

    static let identities: (client: DTLSIdentity, server: DTLSIdentity)? = {
        guard let client = try? DTLSIdentity.make(), let server = try? DTLSIdentity.make() else { return nil }
        return (client, server)
    }()

    init(
        client: DTLSIdentity? = nil,
        server: DTLSIdentity? = nil,
        clientConfiguration: DTLSConfiguration = DTLSConfiguration(),
        serverConfiguration: DTLSConfiguration = DTLSConfiguration(),
        isInRealTime: Bool = false
    ) throws {
        self.isInRealTime = isInRealTime
        began = isInRealTime ? DTLSPair.systemNow : Moment(nanoseconds: 1_000_000_000)
        now = began
        guard let identities = DTLSPair.identities else { throw DTLSError.libraryFailure }
        self.client = try DTLSEndpoint(
            identity: client ?? identities.client,
            role: .client,
            configuration: clientConfiguration
        )
        self.server = try DTLSEndpoint(
            identity: server ?? identities.server,
            role: .server,
            configuration: serverConfiguration
        )
    }

    var elapsed: Interval { now - began }

    /// Runs until nothing more is to happen, or 60 seconds have gone.
    func run() {
        server.start(now: now)
        client.start(now: now)
        collect()
        while let next = nextMoment(), next - began < .seconds(60) {
            if isInRealTime { DTLSPair.sleep(until: next) }
            now = isInRealTime ? DTLSPair.systemNow : max(now, next)
            step()
        }
    }

    static var systemNow: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func sleep(until moment: Moment) {
        while case let left = (moment - systemNow).nanoseconds, left > 0 { usleep(UInt32(clamping: left / 1000 + 1)) }
    }

    /// Puts a datagram on the wire that neither side made.
    func inject(_ bytes: [UInt8], toServer: Bool) {
        (toServer ? server : client).receive(bytes, now: now)
        collect()
    }

    func collect() {
        for (endpoint, toServer) in [(client, true), (server, false)] {
            for bytes in endpoint.takeDatagrams() { send(bytes, toServer: toServer) }
        }
    }

    private func send(_ bytes: [UInt8], toServer: Bool) {
        let number = sent.count
        sent.append(bytes)
        let due = now + .milliseconds(10)
        let datagram = InFlight(due: due, number: number, toServer: toServer, bytes: bytes)
        switch fate(number, bytes) {
        case .lose: break
        case .deliver: wire.append(datagram)
        case .duplicate: wire += [datagram, datagram]
        case .delay(let interval):
            wire.append(InFlight(due: due + interval, number: number, toServer: toServer, bytes: bytes))
        case .replace(let other):
            wire.append(InFlight(due: due, number: number, toServer: toServer, bytes: other))
        }
    }

    private func nextMoment() -> Moment? {
        [wire.map(\.due).min(), client.nextDeadline, server.nextDeadline].compactMap { $0 }.min()
    }

    private func step() {
        let arrived = wire.filter { $0.due <= now }.sorted { ($0.due, $0.number) < ($1.due, $1.number) }
        wire.removeAll { $0.due <= now }
        for datagram in arrived {
            (datagram.toServer ? server : client).receive(datagram.bytes, now: now)
            collect()
        }
        for endpoint in [client, server] {
            if let deadline = endpoint.nextDeadline, deadline <= now { endpoint.handleTimeout(now: now) }
        }
        collect()
    }
}

extension DTLSEndpoint {
    var result: DTLSResult? {
        if case .established(let result) = state { result } else { nil }
    }

    var error: DTLSError? {
        if case .failed(let error) = state { error } else { nil }
    }

    var isClosed: Bool {
        if case .closed = state { true } else { false }
    }
}

extension SRTPKeys {
    func matches(_ other: SRTPKeys) -> Bool {
        Secret.equal(masterKey, other.masterKey) && Secret.equal(masterSalt, other.masterSalt)
    }
}
