// SPDX-License-Identifier: Apache-2.0

import Base

/// What a host or co-host does to others by a message. Who sent it, MLS says; whether they may, every client judges by
/// the sender's role. Admitting, removing, locking and promoting are commits.
struct HostAct: Hashable, Sendable, WireCodable {
    enum Kind: UInt8, Hashable, Sendable {
        case mute = 1
        /// Everybody whom the sender may mute.
        case muteAll = 2
        case lowerHand = 3
        /// The meeting is over for all.
        case end = 4
    }

    let kind: Kind
    /// For ``Kind/mute`` and ``Kind/lowerHand``.
    let target: ParticipantID?

    init(_ kind: Kind, _ target: ParticipantID? = nil) {
        self.kind = kind
        self.target = target
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        guard let kind = Kind(rawValue: try UInt8(reading: &reader)) else { throw .unknownValue }
        self.kind = kind
        target = try reader.readFlag() ? try reader.readParticipant() : nil
        guard (target != nil) == (kind == .mute || kind == .lowerHand) else { throw .invalidStructure }
    }

    func write(into writer: inout ByteWriter) {
        writer.write(kind.rawValue)
        writer.writeFlag(target != nil)
        if let target { writer.write(target) }
    }

    /// Whether somebody of this role may do it to somebody of that one.
    func isAllowed(to role: Role, on target: Role) -> Bool {
        switch kind {
        case .end: role == .host
        case .mute, .muteAll, .lowerHand: role == .host || (role == .cohost && target == .guest)
        }
    }
}
