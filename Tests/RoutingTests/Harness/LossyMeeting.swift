// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import TestSupport
import Transport

/// One publisher and some viewers, each behind a bad path of its own; all of them repair what is lost.
final class LossyMeeting {
    /// The far end of a viewer: remembers what came and asks for the rest.
    final class Viewer {
        let peer: TestPeer
        let ssrc: UInt32
        var marks: [UInt64: Int] = [:]
        private var numbers: Set<UInt64> = []
        private var first: UInt64?
        private var highest: UInt64 = 0

        init(peer: TestPeer, ssrc: UInt32) {
            self.peer = peer
            self.ssrc = ssrc
        }

        func look() {
            for packet in peer.takeMedia() {
                var number = packet.number
                var payload = packet.payload
                if packet.header.ssrc != ssrc {
                    let original = UInt16(payload[0]) << 8 | UInt16(payload[1])
                    let distance = Int16(bitPattern: original &- UInt16(truncatingIfNeeded: highest))
                    number = UInt64(Int64(highest) + Int64(distance))
                    payload.removeFirst(2)
                }
                guard numbers.insert(number).inserted else { continue }
                first = min(first ?? number, number)
                highest = max(highest, number)
                marks[payload.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }, default: 0] += 1
            }
        }

        /// The last three hundred numbers at most: who is further behind has lost the meeting anyway.
        func missing() -> [UInt16] {
            guard let first, highest > first else { return [] }
            let oldest = max(first, highest > 300 ? highest - 300 : 0)
            return (oldest..<highest).filter { !numbers.contains($0) }.prefix(200).map {
                UInt16(truncatingIfNeeded: $0)
            }
        }
    }

    let meeting = TestMeeting()
    let publisher: TestPeer
    private(set) var viewers: [Viewer] = []
    private var network: NetworkEmulator
    private var sent: [UInt16: TestPacket] = [:]
    private var repairs: UInt64 = 500
    private var highestArrived: [UInt32: UInt64] = [:]
    private(set) var next: UInt64
    private var wantsKeyframe = true
    private let router = LossyMeeting.address(0)

    init(seed: UInt64, conditions: NetworkConditions, firstNumber: UInt64 = 65_400) throws {
        network = NetworkEmulator(seed: seed, conditions: conditions)
        next = firstNumber
        publisher = try meeting.makePeer()
        meeting.publishCamera(from: publisher)
        meeting.transport = { [unowned self] peer, bytes in
            network.send(bytes, from: router, to: LossyMeeting.address(peer.handle.index + 1), now: meeting.now)
        }
    }

    func addViewer(hasRTX: Bool) throws {
        let viewer = try meeting.makePeer()
        let ssrc = 1000 + UInt32(viewers.count) * 2
        meeting.subscribe(viewer, to: TestMeeting.camera(), ssrc: ssrc, rtx: hasRTX ? ssrc + 1 : nil)
        viewers.append(Viewer(peer: viewer, ssrc: ssrc))
    }

    private static func address(_ index: Int32) -> TransportAddress {
        TransportAddress(ipv4: 0x0A00_0000 + UInt32(truncatingIfNeeded: index), port: 9)
    }

    /// A frame every 33 ms, viewers' NACKs every 40 ms, everything else when it is due.
    func run(_ interval: Interval) {
        let end = meeting.now + interval
        var nextFrame = meeting.now
        var nextAsk = meeting.now
        while meeting.now < end {
            if meeting.now >= nextFrame {
                sendFrame()
                nextFrame = nextFrame + .milliseconds(33)
            }
            if meeting.now >= nextAsk {
                for viewer in viewers { ask(viewer) }
                nextAsk = nextAsk + .milliseconds(40)
            }
            while let delivery = network.receive(now: meeting.now) { arrive(delivery) }
            meeting.flush()
            meeting.advance(.milliseconds(1))
        }
    }

    private func sendFrame() {
        let count: UInt64 = wantsKeyframe ? 12 : 3
        for index in 0..<count {
            let packet = TestPacket.vp8(
                next,
                key: wantsKeyframe && index == 0,
                start: index == 0,
                end: index == count - 1,
                timestamp: UInt32(truncatingIfNeeded: meeting.now.nanoseconds / 1000 * 9 / 100)
            )
            sent[UInt16(truncatingIfNeeded: next)] = packet
            send(packet)
            next += 1
        }
        wantsKeyframe = false
    }

    private func send(_ packet: TestPacket) {
        network.send(packet.bytes, from: LossyMeeting.address(1), to: router, now: meeting.now)
    }

    private func ask(_ viewer: Viewer) {
        let missing = viewer.missing()
        guard !missing.isEmpty else { return }
        let nack = GenericNACK(senderSSRC: 1, mediaSSRC: viewer.ssrc, lost: missing)
        network.send(
            RTCPCompound.write([.genericNACK(nack)]),
            from: LossyMeeting.address(viewer.peer.handle.index + 1),
            to: router,
            now: meeting.now
        )
    }

    private func arrive(_ delivery: NetworkEmulator.Delivery) {
        if delivery.to == router {
            if let viewer = viewers.first(where: {
                LossyMeeting.address($0.peer.handle.index + 1) == delivery.from
            }) {
                delivery.bytes.withUnsafeBytes {
                    meeting.router.receiveRTCP($0, from: viewer.peer.handle, now: meeting.now)
                }
            } else {
                deliverToRouter(delivery.bytes)
            }
        } else if delivery.to == LossyMeeting.address(1) {
            publisher.take(delivery.bytes)
            let control = publisher.takeControl()
            if TestPeer.keyframeRequests(control).contains(10) { wantsKeyframe = true }
            for number in TestPeer.nacks(control) {
                guard let packet = sent[number] else { continue }
                send(packet.asRepair(ssrc: 11, number: repairs))
                repairs += 1
            }
        } else {
            for viewer in viewers where LossyMeeting.address(viewer.peer.handle.index + 1) == delivery.to {
                viewer.peer.take(delivery.bytes)
                viewer.look()
            }
        }
    }

    /// What the SRTP opener does: roll-over counters.
    private func deliverToRouter(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            guard let header = RTPHeader.parse(buffer) else { return }
            let reference = highestArrived[header.ssrc] ?? UInt64(header.sequenceNumber)
            let distance = Int16(bitPattern: header.sequenceNumber &- UInt16(truncatingIfNeeded: reference))
            let number = UInt64(Int64(reference) + Int64(distance))
            highestArrived[header.ssrc] = max(reference, number)
            meeting.router.receiveRTP(
                buffer,
                header: header,
                extendedSequenceNumber: number,
                from: publisher.handle,
                now: meeting.now
            )
        }
    }
}
