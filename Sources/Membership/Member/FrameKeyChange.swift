// SPDX-License-Identifier: Apache-2.0

public import Base

/// What changes for whoever seals and opens media frames (RFC 9605 §5.2).
public enum FrameKeyChange: Sendable, WireEncodable {
    public struct Epoch: Sendable {
        public var epoch: UInt64
        /// Leaves of the tree, blank ones too: what the sender's index in a KID is as wide as.
        public var leafWidth: UInt32
        public var ownLeaf: UInt32
        /// `MLS-Exporter("SFrame 1.0 Base Key", "", 16)`.
        public var baseKey: Secret
        /// Whose leaf is which in this epoch. A frame of anybody else is nobody's.
        public var members: [(leaf: UInt32, participant: ParticipantID)]
    }

    indirect case addEpoch(Epoch)
    /// Seal with this epoch from now on.
    case startSending(epoch: UInt64)
    /// The epoch is void: its frames are nobody's.
    case voidEpoch(UInt64)
    /// Forget everything: we are out, or about to come in anew at another leaf.
    case forget

    public func write(into writer: inout ByteWriter) {
        switch self {
        case .addEpoch(let epoch):
            writer.write(UInt8(0))
            writer.write(epoch.epoch)
            writer.write(epoch.leafWidth)
            writer.write(epoch.ownLeaf)
            epoch.baseKey.withBytes { bytes in writer.writeOpaque(Array(bytes)) }
            writer.writeVector { writer in
                for member in epoch.members {
                    writer.write(member.leaf)
                    writer.write(member.participant)
                }
            }
        case .startSending(let epoch):
            writer.write(UInt8(1))
            writer.write(epoch)
        case .voidEpoch(let epoch):
            writer.write(UInt8(2))
            writer.write(epoch)
        case .forget: writer.write(UInt8(3))
        }
    }
}
