// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Testing
import Transport

@testable import Server

/// The client's end of one peer connection: a full ICE agent, DTLS and SRTP over a real UDP socket, or a TCP connection.
final class ClientConnection {
    struct Packet {
        var header: RTPHeader
        var payload: [UInt8]
    }

    let port: DatagramPort
    let identity: DTLSIdentity
    private(set) var credentials: ICECredentials
    let session: PeerSession
    /// Where it isn't UDP.
    private(set) var stream: StreamSocket?
    private var streamPort: UInt16 = 0
    private(set) var packets: [Packet] = []
    private(set) var isConnected = false
    private(set) var disconnection: PeerDisconnection?
    private var metrics = MediaMetrics()
    private var sequenceNumber: UInt16 = 100

    init(role: DTLSRole = .client) throws {
        var randomness = SystemRandomness()
        port = try DatagramPort(number: 0, receiveBuffer: 1 << 20, sendBuffer: 1 << 20)
        identity = try DTLSIdentity.make()
        credentials = .make(using: &randomness)
        let own = TransportAddress(ipv4: 0x7F00_0001, port: port.number)
        let agent = ICEAgent.Configuration(local: credentials, candidates: [.host(own)])
        session = try PeerSession(
            PeerSession.Configuration(ice: .full(agent), identity: identity, dtlsRole: role),
            now: MediaClock.now()
        )
    }

    /// What the server's description says about the transport.
    func connect(to description: SessionDescription, overTCP: Bool = false) throws {
        let section = try #require(description.transportSection)
        var candidates = section.candidates.filter { $0.transport == (overTCP ? .tcpPassive : .udp) }
        if overTCP {
            let first = try #require(candidates.first)
            stream = try StreamSocket(port: first.address.port)
            streamPort = first.address.port
            candidates = [
                .host(
                    TransportAddress(ipv4: 0x7F00_0001, port: first.address.port, connection: 1),
                    transport: .tcpPassive
                )
            ]
        }
        session.setRemote(
            credentials: try #require(section.credentials),
            fingerprint: try #require(section.fingerprint),
            candidates: candidates
        )
    }

    func restart() {
        var randomness = SystemRandomness()
        credentials = .make(using: &randomness)
        session.restartICE(local: credentials, now: MediaClock.now())
    }

    /// Reads, answers and wakes whatever is due.
    func pump() {
        let now = MediaClock.now()
        if let deadline = session.nextDeadline, deadline <= now { session.handleTimeout(now: now) }
        while case let slots = port.receive(), !slots.isEmpty {
            for slot in slots { receive(slot, now: now) }
        }
        stream?.receive { frame in
            receive(frame, from: TransportAddress(ipv4: 0x7F00_0001, port: streamPort, connection: 1), now: now)
        }
        while let transmit = session.pollTransmit() { send(transmit.bytes, to: transmit.address) }
        while let event = session.pollEvent() {
            switch event {
            case .connected: isConnected = true
            case .addressChanged: break
            case .disconnected(let reason): disconnection = reason
            }
        }
    }

    /// Sends one RTP packet of the given payload type, with the section's name in its mid extension.
    func sendRTP(ssrc: UInt32, payloadType: UInt8, mid: (id: UInt8, name: String), payload: [UInt8]) {
        guard let sealer = session.sealer, let address = session.remoteAddress else { return }
        var packet = [UInt8](repeating: 0, count: 1_500)
        let header = RTPHeader(
            marker: false,
            payloadType: payloadType,
            sequenceNumber: sequenceNumber,
            timestamp: UInt32(sequenceNumber) * 960,
            ssrc: ssrc
        )
        let length = packet.withUnsafeMutableBytes { buffer in
            guard var writer = RTPHeaderWriter(buffer, header: header) else { return 0 }
            _ = writer.append(id: mid.id, Array(mid.name.utf8))
            let headerLength = writer.finish()
            for (index, byte) in payload.enumerated() { buffer[headerLength + index] = byte }
            return sealer.seal(
                buffer.baseAddress!,
                length: headerLength + payload.count,
                capacity: buffer.count,
                headerLength: headerLength,
                ssrc: ssrc,
                sequenceNumber: sequenceNumber,
                rolloverCounter: 0
            )
        }
        sequenceNumber &+= 1
        send(Array(packet[..<length]), to: address)
    }

    func send(_ bytes: [UInt8], to address: TransportAddress) {
        if address.isTCP {
            stream?.send(bytes)
            return
        }
        let endpoint = cdatagram_endpoint(high: address.high, low: address.low, port: address.port)
        bytes.withUnsafeBytes { port.send($0, to: endpoint, from: .any, metrics: &metrics) }
    }

    private func receive(_ slot: cdatagram_received, now: Moment) {
        let bytes = UnsafeMutableRawBufferPointer(start: slot.bytes, count: Int(slot.length))
        let address = TransportAddress(high: slot.from.high, low: slot.from.low, port: slot.from.port)
        receive(bytes, from: address, now: now)
    }

    private func receive(_ bytes: UnsafeMutableRawBufferPointer, from address: TransportAddress, now: Moment) {
        guard case .rtp(let header, let length, _) = session.receive(bytes, from: address, now: now) else { return }
        packets.append(Packet(header: header, payload: Array(bytes[header.headerLength..<length])))
    }
}
