// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import PortableCrypto
import SFrame

/// Frame keys: `KeyRing` by handle.
enum RingOperations {
    static func create(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        guard let suite = SFrameSuite(rawValue: try fields.word16()) else { throw .malformedCall }
        let epochBits = Int(try fields.byte())
        let ownLeaf = try fields.word32()
        let isRestored = try fields.byte() != 0
        try fields.end()
        let keys = try sframe { () throws(SFrameRefusal) in
            try KeyRing<MeetingCrypto>(
                suite: suite,
                epochBits: epochBits,
                ownLeaf: ownLeaf,
                origin: isRestored ? .restored : .fresh
            )
        }
        return handle(try state.rings.add(Ring(keys)))
    }

    static func restore(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let snapshot = try fields.secret()
        try fields.end()
        let keys = try sframe { () throws(SFrameRefusal) in try KeyRing<MeetingCrypto>(restoring: snapshot) }
        return handle(try state.rings.add(Ring(keys)))
    }

    static func snapshot(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let ring = try ring(&fields)
        try fields.end()
        return ring.keys.snapshot().withBytes { Array($0) }
    }

    static func remove(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let number = try fields.word32()
        try fields.end()
        _ = try state.rings.remove(number)
        return []
    }

    static func addEpoch(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let ring = try ring(&fields)
        let epoch = try fields.word64()
        let leafWidth = try fields.word32()
        let baseKey = try fields.secret()
        try fields.end()
        try sframe { () throws(SFrameRefusal) in
            try ring.keys.addEpoch(epoch, leafWidth: leafWidth, baseKey: baseKey)
        }
        return []
    }

    static func startSending(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let ring = try ring(&fields)
        let epoch = try fields.word64()
        let now = Moment(nanoseconds: Int64(bitPattern: try fields.word64()))
        try fields.end()
        try sframe { () throws(SFrameRefusal) in try ring.keys.startSending(in: epoch, now: now) }
        return deadline(of: ring)
    }

    static func removeEpoch(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let ring = try ring(&fields)
        let epoch = try fields.word64()
        try fields.end()
        ring.keys.removeEpoch(epoch)
        return []
    }

    static func handleTimeout(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let ring = try ring(&fields)
        let now = Moment(nanoseconds: Int64(bitPattern: try fields.word64()))
        try fields.end()
        ring.keys.handleTimeout(now: now)
        return deadline(of: ring)
    }

    static func seal(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let ring = try ring(&fields)
        let context = try fields.word64()
        let metadata = try fields.bytes()
        let plaintext = try fields.bytes()
        try fields.end()
        var randomness = SystemRandomness()
        return try sframe { () throws(SFrameRefusal) in
            try ring.keys.seal(plaintext, context: context, metadata: metadata, using: &randomness)
        }
    }

    static func open(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let ring = try ring(&fields)
        let metadata = try fields.bytes()
        let frame = try fields.bytes()
        try fields.end()
        let opened = try sframe { () throws(SFrameRefusal) in try ring.keys.open(frame, metadata: metadata) }
        var writer = ByteWriter(reserving: 32 + opened.plaintext.count)
        write(opened.origin, to: &writer)
        writer.write(opened.plaintext)
        return writer.bytes
    }

    static func planSealing(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let ring = try ring(&fields)
        let context = try fields.word64()
        let metadata = try fields.bytes()
        try fields.end()
        var randomness = SystemRandomness()
        let plan = try sframe { () throws(SFrameRefusal) in
            try ring.keys.planSealing(context: context, metadata: metadata, using: &randomness)
        }
        var writer = ByteWriter(reserving: 96 + metadata.count)
        writer.write(ring.keys.sendingEpoch ?? 0)
        writer.write(plan.key.keyID)
        writer.writeField(plan.header)
        writer.writeField(plan.nonce)
        writer.writeField(plan.additionalData)
        return writer.bytes
    }

    static func planOpening(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let ring = try ring(&fields)
        let metadata = try fields.bytes()
        let frame = try fields.bytes()
        try fields.end()
        let plan = try sframe { () throws(SFrameRefusal) in try ring.keys.planOpening(frame, metadata: metadata) }
        let number = try state.plans.add(WaitingPlan(ring: ring, plan: plan))
        var writer = ByteWriter(reserving: 96 + metadata.count)
        writer.write(number)
        writer.write(plan.epoch)
        writer.write(plan.key.keyID)
        writer.write(UInt32(truncatingIfNeeded: plan.headerLength))
        writer.writeField(plan.nonce)
        writer.writeField(plan.additionalData)
        return writer.bytes
    }

    static func accept(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let number = try fields.word32()
        try fields.end()
        let waiting = try state.plans.remove(number)
        let origin = try sframe { () throws(SFrameRefusal) in try waiting.ring.keys.accept(waiting.plan) }
        var writer = ByteWriter(reserving: 32)
        write(origin, to: &writer)
        return writer.bytes
    }

    static func forgetPlan(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let number = try fields.word32()
        try fields.end()
        _ = try state.plans.remove(number)
        return []
    }

    static func exportKey(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let ring = try ring(&fields)
        let epoch = try fields.word64()
        let keyID = try fields.word64()
        try fields.end()
        let key = try sframe { () throws(SFrameRefusal) in try ring.keys.exportKey(epoch: epoch, keyID: keyID) }
        return key.key.withBytes { Array($0) }
    }

    private static func ring(_ fields: inout Fields) throws(CoreRefusal) -> Ring {
        try state.rings.value(try fields.word32())
    }

    private static func handle(_ number: UInt32) -> [UInt8] {
        var writer = ByteWriter(reserving: 4)
        writer.write(number)
        return writer.bytes
    }

    private static func deadline(of ring: Ring) -> [UInt8] {
        guard let deadline = ring.keys.nextDeadline else { return [] }
        var writer = ByteWriter(reserving: 8)
        writer.write(UInt64(bitPattern: deadline.nanoseconds))
        return writer.bytes
    }

    private static func write(_ origin: FrameOrigin, to writer: inout ByteWriter) {
        writer.write(origin.epoch)
        writer.write(origin.sender)
        writer.write(origin.context)
        writer.write(origin.counter)
        writer.write(origin.isRepeat ? UInt8(1) : 0)
    }
}
