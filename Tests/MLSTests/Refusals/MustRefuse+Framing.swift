// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

extension MustRefuse {
    /// RFC 9420 §2.1 and §6.
    static let framing: [MustRefuse] = [
        MustRefuse("6", "application data in a PublicMessage", .applicationDataInTheClear) { scene in
            try scene.deliver(try scene.forged(.application([1])))
        },
        MustRefuse("6.2", "a changed membership tag", .invalidMembershipTag) { scene in
            guard case .publicMessage(var message) = try scene.forgedCommit([]) else { return }
            message.membershipTag?[0] ^= 1
            try scene.deliver(.publicMessage(message))
        },
        MustRefuse("6.2", "a membership tag cut short", .invalidMembershipTag) { scene in
            guard case .publicMessage(var message) = try scene.forgedCommit([]) else { return }
            message.membershipTag = Array(message.membershipTag?.prefix(16) ?? [])
            try scene.deliver(.publicMessage(message))
        },
        MustRefuse("6.2", "an empty membership tag", .invalidMembershipTag) { scene in
            guard case .publicMessage(var message) = try scene.forgedCommit([]) else { return }
            message.membershipTag = []
            try scene.deliver(.publicMessage(message))
        },
        MustRefuse("6.1", "a signature by another member", .invalidSignature) { scene in
            let key = scene.members[2].signatureKey.privateKey
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(2))), key: key))
        },
        MustRefuse("6.1", "a sender who isn't there", .senderNotAMember) { scene in
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(2))), sender: .member(LeafIndex(3))))
        },
        MustRefuse("6.1", "a sender outside the tree", .senderNotAMember) { scene in
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(2))), sender: .member(LeafIndex(.max))))
        },
        MustRefuse("6", "another group's id", .wrongGroup) { scene in
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(2))), groupID: [9]))
        },
        MustRefuse("12.4.2", "a commit of the epoch before", .epochTooOld) { scene in
            try scene.deliver(try scene.forged(.commit(Commit(proposals: [], path: nil)), epoch: 0))
        },
        MustRefuse("12.4.2", "a commit of the next epoch", .wrongEpoch) { scene in
            try scene.deliver(try scene.forged(.commit(Commit(proposals: [], path: nil)), epoch: 2))
        },
        MustRefuse("12.1", "a proposal of the epoch before", .epochTooOld) { scene in
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(2))), epoch: 0))
        },
        MustRefuse("6.3.1", "padding that isn't zeros", .nonZeroPadding) { scene in
            var plaintext = ByteWriter()
            plaintext.writeOpaque([1, 2])
            plaintext.writeOpaque([3])
            plaintext.write([0, 0, 1, 0])
            try scene.deliver(try scene.forgedPrivate(plaintext.bytes))
        },
        MustRefuse("6.3.2", "sender data naming a blank leaf", .senderNotAMember) { scene in
            try scene.deliver(try scene.forgedPrivate([0, 0], leaf: LeafIndex(3)))
        },
        MustRefuse("6.3.2", "sender data naming a leaf outside the tree", .senderNotAMember) { scene in
            try scene.deliver(try scene.forgedPrivate([0, 0], leaf: LeafIndex(.max)))
        },
        MustRefuse("6.3.1", "a private message whose signature is made up", .invalidSignature) { scene in
            try scene.deliver(try scene.forgedPrivate([0, 0]))
        },
        MustRefuse("6.3.1", "a private plaintext that ends early", .malformed(.truncated)) { scene in
            try scene.deliver(try scene.forgedPrivate([5, 0]))
        },
        MustRefuse("9.2", "the same private message twice", .keyAlreadyUsed) { scene in
            let message = try scene.members[0].encrypt([1], using: &scene.randomness)
            try scene.deliver(message)
            try scene.deliver(message)
        },
        MustRefuse("15.3", "a generation far ahead", .generationTooFarAhead) { scene in
            for _ in 0...1_025 {
                _ = try scene.members[0].secretTree.next(.application, of: scene.members[0].leaf)
            }
            try scene.deliver(try scene.members[0].encrypt([1], using: &scene.randomness))
        },
        MustRefuse("6.3", "a changed ciphertext", .crypto(.authenticationFailed)) { scene in
            let message = try scene.members[0].encrypt([UInt8](repeating: 1, count: 64), using: &scene.randomness)
            guard case .privateMessage(var inner) = message else { return }
            inner.ciphertext[inner.ciphertext.count - 1] ^= 1
            try scene.deliver(.privateMessage(inner))
        },
        MustRefuse("6.3.2", "changed sender data", .crypto(.authenticationFailed)) { scene in
            guard
                case .privateMessage(var message) = try scene.members[0].encrypt([1], using: &scene.randomness)
            else { return }
            message.encryptedSenderData[0] ^= 1
            try scene.deliver(.privateMessage(message))
        },
        MustRefuse("6.3.1", "changed authenticated data", .crypto(.authenticationFailed)) { scene in
            guard
                case .privateMessage(var message) = try scene.members[0].encrypt([1], using: &scene.randomness)
            else { return }
            message.authenticatedData = [1]
            try scene.deliver(.privateMessage(message))
        },
        MustRefuse("6", "a version that isn't known", .malformed(.unknownValue)) { scene in
            var bytes = try scene.forgedCommit([]).encoded
            bytes[1] = 2
            _ = try MessageIn(decoding: bytes)
        },
        MustRefuse("6", "a wire format that isn't known", .malformed(.unknownValue)) { scene in
            var bytes = try scene.forgedCommit([]).encoded
            bytes[3] = 9
            _ = try MessageIn(decoding: bytes)
        },
        MustRefuse("6", "bytes after the message", .malformed(.trailingBytes)) { scene in
            _ = try MessageIn(decoding: try scene.forgedCommit([]).encoded + [0])
        },
        MustRefuse("2.1.2", "a length in more bytes than it needs", .malformed(.nonMinimalLength)) { scene in
            _ = try MessageIn(decoding: [0, 1, 0, 1, 0x40, 5])
        },
        MustRefuse("2.1.2", "a length with the reserved prefix", .malformed(.invalidLengthPrefix)) { scene in
            _ = try MessageIn(decoding: [0, 1, 0, 1, 0xC0, 0])
        },
        MustRefuse("2.1.2", "a length beyond the bytes", .malformed(.truncated)) { scene in
            _ = try MessageIn(decoding: [0, 1, 0, 1, 0xBF, 0xFF, 0xFF, 0xFF, 1])
        },
        MustRefuse("2.1.1", "a presence octet of two", .malformed(.invalidPresence)) { _ in
            try decode(Commit.self, [0, 2])
        },
        MustRefuse("12.1", "a proposal type that nobody negotiated", .malformed(.unknownValue)) { _ in
            try decode(Proposal.self, [0x0A, 0x0A])
        },
        MustRefuse("13.4", "two extensions of one type", .malformed(.duplicateEntry)) { _ in
            try decode(Extensions.self, [6, 0, 9, 0, 0, 9, 0])
        },
        MustRefuse("7.1", "unmerged leaves out of order", .malformed(.invalidStructure)) { _ in
            try decode(ParentNode.self, [1, 1, 0, 8, 0, 0, 0, 2, 0, 0, 0, 1])
        },
        MustRefuse("12.4.2", "a changed confirmation tag", .invalidConfirmationTag) { scene in
            let made = try scene.members[0].commit(rules: scene.rules, using: &scene.randomness)
            guard case .publicMessage(let message) = made.commit else { return }
            var changed = message.authenticated
            changed.auth.confirmationTag?[0] ^= 1
            try scene.deliver(scene.tagged(changed))
        },
        MustRefuse("12.4.2", "a confirmation tag cut short", .invalidConfirmationTag) { scene in
            let made = try scene.members[0].commit(rules: scene.rules, using: &scene.randomness)
            guard case .publicMessage(let message) = made.commit else { return }
            var changed = message.authenticated
            changed.auth.confirmationTag = Array(changed.auth.confirmationTag?.prefix(8) ?? [])
            try scene.deliver(scene.tagged(changed))
        },
        MustRefuse("12.4.2", "our own commit played back", .ownMessage) { scene in
            let made = try scene.members[1].commit(rules: scene.rules, using: &scene.randomness)
            try scene.deliver(made.commit)
        },
    ]

    private static func decode<Value: WireDecodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(MLSRefusal) {
        do { _ = try Value(decoding: bytes) } catch { throw .malformed(error) }
    }
}
