// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import Membership
import PortableCrypto

/// A person's membership: `Member` by handle. Identities, settings, inputs and outputs travel in the encodings that
/// Membership gives them.
enum MemberOperations {
    /// A new meeting, to be had at these nodes: what its organiser keeps, and the secret of the first link.
    static func found(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        var nodes: [[UInt8]] = []
        for _ in 0..<(try fields.word16()) { nodes.append(try fields.bytes()) }
        try fields.end()
        var randomness = SystemRandomness()
        let identity = try crypto { () throws(CryptoRefusal) in
            try MemberIdentity(foundingAt: nodes, with: MeetingCrypto.self, using: &randomness)
        }
        var writer = ByteWriter(reserving: 512)
        writer.writeField(identity.encoded)
        writer.writeField(identity.links[0].bytes)
        return writer.bytes
    }

    static func create(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let identity = try decoded(MemberIdentity.self, &fields)
        let settings = try decoded(MemberSettings.self, &fields)
        try fields.end()
        var randomness = SystemRandomness()
        let member: Member<MeetingCrypto>
        do throws(MemberRefusal) {
            member = try Member(identity, settings, using: &randomness)
        } catch {
            throw .named("member.refused")
        }
        var writer = ByteWriter(reserving: 4)
        writer.write(try state.members.add(HeldMember(member)))
        return writer.bytes
    }

    /// What comes of one input: when the next timeout is due, all ones for never, and the outputs one after the other.
    static func handle(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let held = try state.members.value(try fields.word32())
        let now = Moment(nanoseconds: Int64(bitPattern: try fields.word64()))
        let clock = try fields.word64()
        let input = try decoded(MemberInput.self, &fields)
        try fields.end()
        var randomness = SystemRandomness()
        let outputs = held.member.handle(input, now: now, clock: clock, using: &randomness)
        var writer = ByteWriter(reserving: 1_024)
        writer.write(held.member.nextDeadline.map { UInt64(bitPattern: $0.nanoseconds) } ?? .max)
        for output in outputs { output.write(into: &writer) }
        return writer.bytes
    }

    static func release(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let number = try fields.word32()
        try fields.end()
        _ = try state.members.remove(number)
        return []
    }

    private static func decoded<Value: WireDecodable>(
        _: Value.Type,
        _ fields: inout Fields
    ) throws(CoreRefusal) -> Value {
        let bytes = try fields.bytes()
        do throws(WireRefusal) { return try Value(decoding: bytes) } catch { throw .malformedCall }
    }
}
