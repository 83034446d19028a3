// SPDX-License-Identifier: Apache-2.0

import Base

extension ServerMessage {
    /// The text frame.
    public func serialized() -> [UInt8] {
        JSONValue.object(object).serialized()
    }

    private var object: JSONObject {
        var object: JSONObject = ["type": .string(type)]
        switch self {
        case .door, .vacant, .waiting, .group, .refused, .welcome: writeEntry(to: &object)
        case .accepted, .commit, .proposal, .reopened, .ready, .sent, .message: writeGroup(to: &object)
        case .published, .subscribe, .speakers, .quality: writeMedia(to: &object)
        case .participant(let presence):
            object.set("participant", presence.id)
            object.set("connected", .bool(presence.connected))
        case .knock(let knock): knock.write(to: &object)
        case .knockGone(let participant): object.set("participant", participant)
        case .removed(let by), .ended(let by): object.set("by", by)
        case .draining: break
        case .pong(let id): object.set("id", number: id)
        case .error(let code, let request, let detail):
            object.set("code", .string(code.rawValue))
            if let request { object.set("request", number: request) }
            object.set("detail", .string(detail))
        }
        return object
    }

    private func writeEntry(to object: inout JSONObject) {
        switch self {
        case .door(let door): door.write(to: &object)
        case .vacant(let participant, let key):
            object.set("participant", participant)
            object.set("key", bytes: key)
        case .waiting(let hostPresent): object.set("hostPresent", .bool(hostPresent))
        case .group(let epoch, let groupInfo, let tree):
            object.set("epoch", count: epoch)
            object.set("groupInfo", bytes: groupInfo)
            object.set("tree", bytes: tree)
        case .refused(let reason): object.set("reason", .string(reason.rawValue))
        case .welcome(let entrance): entrance.write(to: &object)
        default: break
        }
    }

    private func writeGroup(to object: inout JSONObject) {
        switch self {
        case .accepted(let request, let epoch, let sequence):
            object.set("request", number: request)
            object.set("epoch", count: epoch)
            object.set("seq", count: sequence)
        case .commit(let sequence, let epoch, let commit):
            object.set("seq", count: sequence)
            object.set("epoch", count: epoch)
            object.set("commit", bytes: commit)
        case .proposal(let sequence, let proposal):
            object.set("seq", count: sequence)
            object.set("proposal", bytes: proposal)
        case .reopened(let sequence, let epoch, let refusals):
            object.set("seq", count: sequence)
            object.set("epoch", count: epoch)
            object.set("refusals", .array(refusals.map { .string(Base64URL.encode($0)) }))
        case .ready(let epoch): object.set("epoch", count: epoch)
        case .sent(let request, let sequence):
            object.set("request", number: request)
            if let sequence { object.set("seq", count: sequence) }
        case .message(let sequence, let from, let message):
            if let sequence { object.set("seq", count: sequence) }
            object.set("from", from)
            object.set("message", bytes: message)
        default: break
        }
    }

    private func writeMedia(to object: inout JSONObject) {
        switch self {
        case .published(let request, let answer):
            object.set("request", number: request)
            object.set("sdp", .string(answer))
        case .subscribe(let request, let offer, let tracks):
            object.set("request", number: request)
            object.set("sdp", .string(offer))
            object.set("tracks", .array(tracks.map(\.json)))
        case .speakers(let levels): object.set("speakers", .array(levels.map(\.json)))
        case .quality(let participant, let quality):
            QualityEntry(participant: participant, quality: quality).write(to: &object)
        default: break
        }
    }
}

extension Door {
    fileprivate func write(to object: inout JSONObject) {
        object.set("participant", participant)
        object.set("card", bytes: card)
        object.set("current", .bool(current))
        object.set("epoch", count: epoch)
        object.set("generation", count: UInt64(generation))
        object.set("lobby", .bool(lobby))
        object.set("locked", .bool(locked))
        object.set("hostPresent", .bool(hostPresent))
        object.set("accountable", .bool(accountable))
        object.set("key", bytes: key)
    }
}

extension Entrance {
    fileprivate func write(to object: inout JSONObject) {
        object.set("self", own)
        object.set("resume", .string(resume.text))
        object.set("resumed", .bool(resumed))
        object.set("epoch", count: epoch)
        object.set("seq", count: sequence)
        let presences = participants.map { presence -> JSONValue in
            .object(["id": .string(presence.id.text), "connected": .bool(presence.connected)])
        }
        object.set("participants", .array(presences))
        object.set("startedAgo", .integer(startedAgo))
        object.set("iceServers", .array(iceServers.map(\.json)))
        object.set("knocks", .array(knocks.map { .object(JSONObject(of: $0.write)) }))
        if let welcome { object.set("welcome", bytes: welcome) }
        if let tree { object.set("tree", bytes: tree) }
        if let invitation { object.set("invitation", bytes: invitation) }
        if !qualities.isEmpty {
            object.set("quality", .array(qualities.map { .object(JSONObject(of: $0.write)) }))
        }
    }
}

extension SealedKnock {
    fileprivate func write(to object: inout JSONObject) {
        object.set("participant", participant)
        object.set("knock", bytes: knock)
        object.set("meeting", .string(meeting.text))
    }
}

extension QualityEntry {
    fileprivate func write(to object: inout JSONObject) {
        object.set("participant", participant)
        object.set("quality", .string(quality.rawValue))
    }
}

extension SubscriptionEntry {
    fileprivate var json: JSONValue {
        .object([
            "mid": .string(mid), "participant": .string(track.participant.text),
            "source": .string(track.source.rawValue),
        ])
    }
}

extension SpeakerLevel {
    fileprivate var json: JSONValue {
        .object(["participant": .string(participant.text), "level": .integer(Int64(level))])
    }
}

extension ICEServer {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["urls": .array(urls.map { .string($0) })]
        if let username { object.set("username", .string(username)) }
        if let credential { object.set("credential", .string(credential)) }
        return .object(object)
    }
}
