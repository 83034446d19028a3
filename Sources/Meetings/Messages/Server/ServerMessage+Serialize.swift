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
        case .welcome(let welcome): welcome.write(to: &object)
        case .waiting(let hostPresent): object.set("hostPresent", .bool(hostPresent))
        case .refused(let reason): object.set("reason", .string(reason.rawValue))
        case .participant(let view): object.set("participant", view.json)
        case .left(let participant, let reason):
            object.set("participant", .string(participant.text))
            object.set("reason", .string(reason.rawValue))
        case .meeting(let settings):
            object.set("locked", .bool(settings.locked))
            object.set("lobby", .bool(settings.lobby))
        case .knock(let knock): knock.write(to: &object)
        case .knockGone(let participant): object.set("participant", .string(participant.text))
        case .published(let request, let answer):
            object.set("request", .integer(Int64(request)))
            object.set("sdp", .string(answer))
        case .subscribe(let request, let offer, let tracks):
            object.set("request", .integer(Int64(request)))
            object.set("sdp", .string(offer))
            object.set("tracks", .array(tracks.map(\.json)))
        case .speakers(let levels): object.set("speakers", .array(levels.map(\.json)))
        case .quality(let participant, let quality):
            object.set("participant", .string(participant.text))
            object.set("quality", .string(quality.rawValue))
        case .muted(let by), .removed(let by): object.set("by", .string(by.text))
        case .chat(let entry): entry.write(to: &object)
        case .reaction(let from, let reaction):
            object.set("from", .string(from.text))
            object.set("emoji", .string(reaction.emoji))
        case .ended(let by): object.set("by", by.map { .string($0.text) } ?? .null)
        case .draining: break
        case .pong(let id): object.set("id", .integer(Int64(id)))
        case .error(let code, let request, let detail):
            object.set("code", .string(code.rawValue))
            if let request { object.set("request", .integer(Int64(request))) }
            object.set("detail", .string(detail))
        }
        return object
    }
}

extension Welcome {
    fileprivate func write(to object: inout JSONObject) {
        object.set("self", .string(own.text))
        object.set("resume", .string(resume.text))
        object.set("resumed", .bool(resumed))
        object.set("role", .string(role.rawValue))
        object.set("participants", .array(participants.map(\.json)))
        let meeting: JSONObject = [
            "locked": .bool(settings.locked), "lobby": .bool(settings.lobby), "startedAgo": .integer(startedAgo),
        ]
        object.set("meeting", .object(meeting))
        object.set("knocks", .array(knocks.map { .object(JSONObject(of: $0.write)) }))
        object.set("chat", .array(chat.map { .object(JSONObject(of: $0.write)) }))
        object.set("iceServers", .array(iceServers.map(\.json)))
    }
}

extension JSONObject {
    fileprivate init(of write: (inout JSONObject) -> Void) {
        self.init()
        write(&self)
    }
}

extension ParticipantView {
    fileprivate var json: JSONValue {
        .object([
            "id": .string(id.text), "name": .string(name.text.value), "role": .string(role.rawValue),
            "microphone": .bool(microphone), "camera": .bool(camera), "screen": .bool(screen), "hand": .bool(hand),
            "connected": .bool(connected),
        ])
    }
}

extension Knock {
    fileprivate func write(to object: inout JSONObject) {
        object.set("participant", .string(participant.text))
        object.set("name", .string(name.text.value))
    }
}

extension ChatEntry {
    fileprivate func write(to object: inout JSONObject) {
        object.set("id", .string(id.text))
        object.set("from", .string(from.text))
        object.set("name", .string(name.text.value))
        object.set("text", .string(text.text.value))
        object.set("private", .bool(isPrivate))
        if let to { object.set("to", .string(to.text)) }
        object.set("at", .integer(at))
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
