// SPDX-License-Identifier: Apache-2.0

import Base

extension ClientMessage {
    /// The text frame, for our own client.
    public func serialized() -> [UInt8] {
        JSONValue.object(object).serialized()
    }

    private var object: JSONObject {
        var object: JSONObject = ["type": .string(type)]
        switch self {
        case .join(let request): request.write(to: &object)
        case .leave, .away, .look, .restartSubscriber, .end: break
        case .ping(let id): object.set("id", number: id)
        case .found(let request): request.write(to: &object)
        case .knock(let knock): object.set("knock", bytes: knock)
        case .commit(let request): request.write(to: &object)
        case .propose(let proposal): object.set("proposal", bytes: proposal)
        case .ack(let epoch): object.set("epoch", count: epoch)
        case .refuse(let refusal): object.set("refusal", bytes: refusal)
        case .message(let message, let to, let request):
            object.set("message", bytes: message)
            if let to { object.set("to", to) }
            if let request { object.set("request", number: request) }
        case .publish(let request, let offer, let sources):
            object.set("request", number: request)
            object.set("sdp", .string(offer))
            let tracks = sources.map { entry -> JSONValue in
                .object(["mid": .string(entry.mid), "source": .string(entry.source.rawValue)])
            }
            object.set("tracks", .array(tracks))
        case .answer(let request, let answer):
            object.set("request", number: request)
            object.set("sdp", .string(answer))
        case .layers(let wishes):
            let wants = wishes.map { wish -> JSONValue in
                .object([
                    "participant": .string(wish.track.participant.text),
                    "source": .string(wish.track.source.rawValue),
                    "layer": .string(wish.layer.rawValue),
                ])
            }
            object.set("wants", .array(wants))
        case .deny(let participant): object.set("participant", participant)
        }
        return object
    }
}

extension JoinRequest {
    fileprivate func write(to object: inout JSONObject) {
        object.set("version", number: ClientMessage.version)
        object.set("meeting", .string(meeting.text))
        object.set("keyPackage", bytes: keyPackage)
        if create { object.set("create", .bool(true)) }
        if let resume {
            object.set("resume", .string(resume.text))
            object.set("since", count: since)
        }
        if media != .keep { object.set("media", .string(media.rawValue)) }
    }
}

extension FoundRequest {
    fileprivate func write(to object: inout JSONObject) {
        object.set("groupInfo", bytes: groupInfo)
        object.set("tree", bytes: tree)
        object.set("sealedGroupInfo", bytes: sealedGroupInfo)
        object.set("card", bytes: card)
    }
}

extension CommitRequest {
    fileprivate func write(to object: inout JSONObject) {
        object.set("epoch", count: epoch)
        object.set("commit", bytes: commit)
        if let welcome { object.set("welcome", bytes: welcome) }
        object.set("groupInfo", bytes: groupInfo)
        if let link {
            let entry = JSONObject(of: { entry in
                entry.set("alias", .string(link.alias.text))
                entry.set("card", bytes: link.card)
            })
            object.set("link", .object(entry))
        }
        if !invitations.isEmpty {
            let entries = invitations.map { invitation -> JSONValue in
                .object([
                    "participant": .string(invitation.participant.text),
                    "invitation": .string(Base64URL.encode(invitation.invitation)),
                ])
            }
            object.set("invitations", .array(entries))
        }
        object.set("request", number: request)
    }
}
