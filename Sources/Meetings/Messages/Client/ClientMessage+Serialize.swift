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
        case .leave, .away, .restartSubscriber, .admitAll, .muteAll, .end: break
        case .ping(let id): object.set("id", .integer(Int64(id)))
        case .publish(let request, let offer, let sources):
            object.set("request", .integer(Int64(request)))
            object.set("sdp", .string(offer))
            let tracks = sources.map { entry -> JSONValue in
                .object(["mid": .string(entry.mid), "source": .string(entry.source.rawValue)])
            }
            object.set("tracks", .array(tracks))
        case .answer(let request, let answer):
            object.set("request", .integer(Int64(request)))
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
        case .state(let change):
            if let microphone = change.microphone { object.set("microphone", .bool(microphone)) }
            if let camera = change.camera { object.set("camera", .bool(camera)) }
            if let screen = change.screen { object.set("screen", .bool(screen)) }
            if let hand = change.hand { object.set("hand", .bool(hand)) }
        case .rename(let name): object.set("name", .string(name.text.value))
        case .chat(let id, let text, let to):
            object.set("id", .string(id.text))
            object.set("text", .string(text.text.value))
            if let to { object.set("to", .string(to.text)) }
        case .reaction(let reaction): object.set("emoji", .string(reaction.emoji))
        case .admit(let participant), .deny(let participant), .mute(let participant), .remove(let participant),
            .lowerHand(let participant):
            object.set("participant", .string(participant.text))
        case .lock(let locked): object.set("locked", .bool(locked))
        case .lobby(let enabled): object.set("enabled", .bool(enabled))
        case .role(let participant, let isCohost):
            object.set("participant", .string(participant.text))
            object.set("role", .string(isCohost ? Role.cohost.rawValue : Role.guest.rawValue))
        }
        return object
    }
}

extension JoinRequest {
    fileprivate func write(to object: inout JSONObject) {
        object.set("version", .integer(Int64(ClientMessage.version)))
        object.set("meeting", .string(meeting.text))
        object.set("name", .string(name.text.value))
        object.set("create", .bool(create))
        if let hostToken { object.set("hostToken", .string(hostToken.text)) }
        if let resume { object.set("resume", .string(resume.text)) }
        if media != .keep { object.set("media", .string(media.rawValue)) }
    }
}
