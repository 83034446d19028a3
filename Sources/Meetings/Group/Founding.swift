// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import Membership

/// A group that is fit to be a room: one member, who is host under its own policy and let the node be an external sender.
/// Only made by checking.
struct Founding<Crypto: CryptoProvider>: Sendable {
    let founder: ParticipantID
    let epoch: RoomEpoch<Crypto>
    let nodeKey: NodeKey<Crypto>

    init(
        _ request: FoundRequest,
        by founder: Newcomer<Crypto>,
        at alias: MeetingID,
        nodeKey: NodeKey<Crypto>,
        limits: MeetingLimits
    ) throws(FoundingFault) {
        let info: GroupInfo
        let group: PublicGroup<Crypto>
        do throws(MLSRefusal) {
            guard case .groupInfo(let received) = try MessageIn(decoding: request.groupInfo).message else {
                throw .notAHandshakeMessage
            }
            info = received
        } catch {
            throw error == .notAHandshakeMessage ? .notAGroupInfo : .group(error)
        }
        guard info.context.cipherSuite == .x25519AES128GCM else { throw .suite }
        guard info.extensions[.externalPub] == nil else { throw .externalPub }
        guard info.context.epoch == 0 else { throw .notTheFirstEpoch }
        do throws(MLSRefusal) {
            group = try PublicGroup(
                info,
                tree: request.tree,
                rules: MeetingRules<Crypto>(tree: nil, extensions: info.context.extensions, card: nil),
                limits: GroupLimits(limits)
            )
        } catch {
            throw .group(error)
        }
        let members = group.tree.members
        guard let own = members.first, members.count == 1,
            own.node.signatureKey == founder.keyPackage.leafNode.signatureKey
        else { throw .notAlone }
        guard let policy = MeetingPolicy(group.context.extensions) else { throw .policyMissing }
        guard Role(own.node, under: policy, with: Crypto.self) == .host else { throw .hostProof }
        guard let senders = try? group.externalSenders(), senders == [nodeKey.sender] else { throw .externalSenders }
        self.founder = founder.participant
        self.nodeKey = nodeKey
        epoch = RoomEpoch(
            group,
            policy: policy,
            sealedGroupInfo: request.sealedGroupInfo,
            links: RoomLinks(RoomLinks.Link(alias: alias, card: request.card)),
            leaves: [founder.participant: own.leaf]
        )
    }
}

extension GroupLimits {
    /// A commit can't hold more than everybody's coming and going at once.
    init(_ limits: MeetingLimits) {
        self.init(proposals: 2 * limits.participants + 16)
    }
}
