// SPDX-License-Identifier: Apache-2.0

import Base

@testable import Membership
@testable import Participant

/// What the members of one group are told about frame keys, without the group.
struct FrameGroup {
    static let ana = ParticipantID(rawValue: 0xA)
    static let ben = ParticipantID(rawValue: 0xB)
    static let cleo = ParticipantID(rawValue: 0xC)

    /// By leaf.
    var members: [ParticipantID?] = [FrameGroup.ana, FrameGroup.ben]
    /// Another one makes other keys of the same epochs.
    var branch: UInt8 = 0

    func epoch(_ epoch: UInt64, for participant: ParticipantID) -> FrameKeyChange {
        var width: UInt32 = 1
        while width < UInt32(members.count) { width *= 2 }
        return .addEpoch(
            FrameKeyChange.Epoch(
                epoch: epoch,
                leafWidth: width,
                ownLeaf: UInt32(members.firstIndex(of: participant) ?? 0),
                baseKey: Secret([branch] + [UInt8](repeating: UInt8(truncatingIfNeeded: epoch), count: 15)),
                members: members.enumerated().compactMap { leaf, member in
                    member.map { (leaf: UInt32(leaf), participant: $0) }
                }
            )
        )
    }

    /// A member that has the epoch and seals with it.
    func cipher(of participant: ParticipantID, epoch: UInt64 = 1) -> FrameCipher {
        let cipher = FrameCipher()
        enter(cipher, as: participant, epoch)
        return cipher
    }

    func enter(_ cipher: FrameCipher, as participant: ParticipantID, _ number: UInt64, now: Moment = .start) {
        cipher.apply(epoch(number, for: participant), now: now)
        cipher.apply(.startSending(epoch: number), now: now)
    }
}

extension Moment {
    static let start = Moment(nanoseconds: 1_000_000_000)
}
