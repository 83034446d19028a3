// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport

@testable import Transport

/// A lite server session and a full client session with an emulated path between them, in virtual time.
final class PeerPair {
    static let clientAddress = TransportAddress(ipv4: 0xC000_0201, port: 5_000)
    static let serverAddress = TransportAddress(ipv4: 0xC633_6401, port: 3_478)

    struct Options {
        var seed: UInt64 = 1
        var conditions = NetworkConditions()
        var profile = SRTPProfile.aeadAES128GCM
        var clientIdentity: DTLSIdentity?
        var maximumDatagramSize = 1_200
        /// What each side is told of the other's certificate, when it is not the truth.
        var toldServer: Fingerprint?
        var toldClient: Fingerprint?
        /// Random, cut and changed datagrams sent beside the real ones, as a percentage of them.
        var garbagePercent: UInt64 = 0
        /// Whether changed copies of DTLS handshake messages are among them. Nothing signs those until the end of the
        /// handshake, so whoever can forge the proved address can spoil it: not a fault, but it must end in order.
        var spoilsHandshake = false
    }

    static let identities: (client: DTLSIdentity, server: DTLSIdentity)? = {
        guard let client = try? DTLSIdentity.make(), let server = try? DTLSIdentity.make() else { return nil }
        return (client, server)
    }()

    let client: PeerSession
    let server: PeerSession
    var network: NetworkEmulator
    private(set) var now = Moment(nanoseconds: 0)
    var clientAddress = PeerPair.clientAddress
    private(set) var clientEvents: [PeerEvent] = []
    private(set) var serverEvents: [PeerEvent] = []
    /// RTP payloads and RTCP packets as they came out in the clear.
    private(set) var clientReceived: [[UInt8]] = []
    private(set) var serverReceived: [[UInt8]] = []
    /// Every datagram sent by either session.
    private(set) var sent: [[UInt8]] = []
    private(set) var clientCredentials: ICECredentials
    private(set) var serverCredentials: ICECredentials

    private let options: Options
    private let clientFingerprint: Fingerprint
    private let serverFingerprint: Fingerprint
    private var randomness: SeededRandomness

    init(_ options: Options = Options()) throws {
        guard let identities = PeerPair.identities else { throw DTLSError.libraryFailure }
        self.options = options
        randomness = SeededRandomness(seed: options.seed &+ 7_777)
        network = NetworkEmulator(seed: options.seed, conditions: options.conditions)
        clientCredentials = ICECredentials.make(using: &randomness)
        serverCredentials = ICECredentials.make(using: &randomness)
        var dtls = DTLSConfiguration()
        dtls.profiles = [options.profile]
        dtls.maximumDatagramSize = options.maximumDatagramSize
        let clientIdentity = options.clientIdentity ?? identities.client
        let full = ICEAgent.Configuration(local: clientCredentials, randomness: SeededRandomness(seed: options.seed))
        client = try PeerSession(
            .init(ice: .full(full), identity: clientIdentity, dtlsRole: .client, dtls: dtls),
            now: now
        )
        server = try PeerSession(
            .init(ice: .lite(serverCredentials), identity: identities.server, dtlsRole: .server, dtls: dtls),
            now: now
        )
        clientFingerprint = clientIdentity.fingerprint
        serverFingerprint = identities.server.fingerprint
    }

    /// Both descriptions arrive.
    func describe() {
        describeClientToServer()
        describeServerToClient()
    }

    func describeClientToServer() {
        server.setRemote(credentials: clientCredentials, fingerprint: options.toldServer ?? clientFingerprint)
    }

    func describeServerToClient() {
        client.setRemote(
            credentials: serverCredentials,
            fingerprint: options.toldClient ?? serverFingerprint,
            candidates: [.host(PeerPair.serverAddress)]
        )
    }

    func restartICE() {
        clientCredentials = ICECredentials.make(using: &randomness)
        serverCredentials = ICECredentials.make(using: &randomness)
        client.restartICE(local: clientCredentials, now: now)
        server.restartICE(local: serverCredentials, now: now)
    }

    var bothConnected: Bool { clientEvents.contains(.connected) && serverEvents.contains(.connected) }

    /// Runs until `done`, or for `limit` of virtual time.
    /// - Returns: whether `done` came.
    @discardableResult
    func run(for limit: Interval, until done: (PeerPair) -> Bool = { _ in false }) -> Bool {
        let end = now + limit
        for _ in 0..<200_000 {
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

    /// Seals one packet and puts it on the path; false when the sender is not connected.
    func sendRTP(fromClient: Bool, sequenceNumber: UInt16, rolloverCounter: UInt32 = 0, payload: [UInt8]) -> Bool {
        let session = fromClient ? client : server
        guard let sealer = session.sealer, let address = session.remoteAddress else { return false }
        var packet: [UInt8] = [
            0x80, 96, UInt8(sequenceNumber >> 8), UInt8(sequenceNumber & 0xFF), 0, 0, 0, 1, 0, 0, 0, 9,
        ]
        packet += payload
        let length = packet.count
        packet += [UInt8](repeating: 0, count: 32)
        let sealed = packet.withUnsafeMutableBytes { bytes -> Int in
            guard let base = bytes.baseAddress else { return 0 }
            return sealer.seal(
                base,
                length: length,
                capacity: bytes.count,
                headerLength: 12,
                ssrc: 9,
                sequenceNumber: sequenceNumber,
                rolloverCounter: rolloverCounter
            )
        }
        put(Array(packet[..<sealed]), fromClient: fromClient, to: address)
        return sealed > length
    }

    func sendRTCP(fromClient: Bool, _ compound: [UInt8]) -> Bool {
        let session = fromClient ? client : server
        guard let sealer = session.sealer, let address = session.remoteAddress else { return false }
        var packet = compound + [UInt8](repeating: 0, count: 32)
        let sealed = packet.withUnsafeMutableBytes { bytes -> Int in
            guard let base = bytes.baseAddress else { return 0 }
            return sealer.sealRTCP(base, length: compound.count, capacity: bytes.count)
        }
        put(Array(packet[..<sealed]), fromClient: fromClient, to: address)
        return sealed > compound.count
    }

    private func put(_ bytes: [UInt8], fromClient: Bool, to address: TransportAddress) {
        network.send(bytes, from: fromClient ? clientAddress : PeerPair.serverAddress, to: address, now: now)
    }

    private func drain() {
        while let transmit = client.pollTransmit() { sendOut(transmit, fromClient: true) }
        while let transmit = server.pollTransmit() { sendOut(transmit, fromClient: false) }
        while let event = client.pollEvent() { clientEvents.append(event) }
        while let event = server.pollEvent() { serverEvents.append(event) }
    }

    private func sendOut(_ transmit: Transmit, fromClient: Bool) {
        sent.append(transmit.bytes)
        put(transmit.bytes, fromClient: fromClient, to: transmit.address)
        guard options.garbagePercent > 0, randomness.next() % 100 < options.garbagePercent else { return }
        var garbage = transmit.bytes
        switch randomness.next() % 3 {
        case 0: garbage = randomness.bytes(Int(randomness.next() % 300))
        case 1: garbage = Array(garbage.prefix(Int(randomness.next() % UInt64(garbage.count + 1))))
        default:
            guard !garbage.isEmpty, options.spoilsHandshake || !(20...22 ~= garbage[0]) else { return }
            garbage[Int(randomness.next() % UInt64(garbage.count))] ^= UInt8(truncatingIfNeeded: randomness.next() | 1)
        }
        put(garbage, fromClient: fromClient, to: transmit.address)
    }

    private func deliver() {
        while var delivery = network.receive(now: now) {
            let toServer = delivery.to == PeerPair.serverAddress
            guard toServer || delivery.to == clientAddress else { continue }
            let session = toServer ? server : client
            let received = delivery.bytes.withUnsafeMutableBytes {
                session.receive($0, from: delivery.from, now: now)
            }
            let packet: [UInt8]
            switch received {
            case .none: continue
            case .rtp(let header, let length, _): packet = Array(delivery.bytes[header.headerLength..<length])
            case .rtcp(let length): packet = Array(delivery.bytes[..<length])
            }
            if toServer { serverReceived.append(packet) } else { clientReceived.append(packet) }
        }
    }
}
