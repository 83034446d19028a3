// SPDX-License-Identifier: Apache-2.0

import Base

extension ClientMessage {
    /// The largest message, in bytes.
    public static let maximumSize = 256 * 1024

    /// Reads one text frame.
    ///
    /// Members that we don't know are passed over, so that a newer client may say more.
    /// - Throws: what was wrong; the connection goes on.
    public init(parsing bytes: [UInt8]) throws(MessageRefusal) {
        var fields = try MessageFields(
            parsing: bytes,
            limits: JSONLimits(size: Self.maximumSize, depth: 8, values: 10_000)
        )
        // The verdict on the type comes first, whatever else is wrong.
        switch try fields.string("type") {
        case "join": self = .join(try JoinRequest(fields))
        case "leave": self = .leave
        case "away": self = .away
        case "ping": self = .ping(try fields.number("id"))
        case "publish":
            let request = try fields.number("request")
            fields.request = request
            self = .publish(request: request, offer: try fields.string("sdp"), sources: try Self.sources(fields))
        case "answer":
            let request = try fields.number("request")
            fields.request = request
            self = .answer(request: request, answer: try fields.string("sdp"))
        case "restartSubscriber": self = .restartSubscriber
        case "layers": self = .layers(try Self.wishes(fields))
        case "state": self = .state(try StateChange(fields))
        case "rename": self = .rename(try fields.displayName("name"))
        case "chat":
            guard let id = ChatMessageID(try fields.string("id")) else { throw fields.refusal("id") }
            guard let text = ChatText(try fields.string("text")) else { throw fields.refusal("text") }
            self = .chat(id, text, to: try fields.optionalParticipant("to"))
        case "reaction":
            guard let reaction = Reaction(try fields.string("emoji")) else { throw fields.refusal("emoji") }
            self = .reaction(reaction)
        case "admit": self = .admit(try fields.participant("participant"))
        case "deny": self = .deny(try fields.participant("participant"))
        case "admitAll": self = .admitAll
        case "mute": self = .mute(try fields.participant("participant"))
        case "muteAll": self = .muteAll
        case "remove": self = .remove(try fields.participant("participant"))
        case "lock": self = .lock(try fields.bool("locked"))
        case "lobby": self = .lobby(try fields.bool("enabled"))
        case "lowerHand": self = .lowerHand(try fields.participant("participant"))
        case "role":
            let participant = try fields.participant("participant")
            switch try fields.word("role", Role.self) {
            case .cohost: self = .role(participant, isCohost: true)
            case .guest: self = .role(participant, isCohost: false)
            // Being host comes from the token alone.
            case .host: throw fields.refusal("role", .notAllowed)
            }
        case "end": self = .end
        default: throw MessageRefusal(.unknownType, "type")
        }
    }

    /// At most one track of each source, each in a section of its own.
    private static func sources(_ fields: MessageFields) throws(MessageRefusal) -> [MidSource] {
        var sources: [MidSource] = []
        for entry in try fields.objects("tracks", maximum: TrackSource.allCases.count) {
            let source = MidSource(mid: try entry.mid(), source: try entry.word("source", TrackSource.self))
            guard !sources.contains(where: { $0.mid == source.mid || $0.source == source.source }) else {
                throw fields.refusal("tracks")
            }
            sources.append(source)
        }
        return sources
    }

    private static func wishes(_ fields: MessageFields) throws(MessageRefusal) -> [LayerWish] {
        var wishes: [LayerWish] = []
        for entry in try fields.objects("wants", maximum: 1_000) {
            let source = try entry.word("source", TrackSource.self)
            guard !source.isAudio else { throw fields.refusal("source") }
            let track = TrackID(participant: try entry.participant("participant"), source: source)
            wishes.append(LayerWish(track: track, layer: try entry.word("layer", SimulcastLayer.self)))
        }
        return wishes
    }
}

extension JoinRequest {
    init(_ fields: MessageFields) throws(MessageRefusal) {
        // First: another version may write everything else differently.
        guard try fields.number("version") == ClientMessage.version else { throw fields.refusal("version", .version) }
        guard let meeting = MeetingID(try fields.string("meeting")) else { throw fields.refusal("meeting") }
        let create = try fields.optionalBool("create") ?? false
        var hostToken: HostToken?
        if let text = try fields.optionalString("hostToken") {
            guard let token = HostToken(text) else { throw fields.refusal("hostToken") }
            hostToken = token
        }
        var resume: ResumeToken?
        if let text = try fields.optionalString("resume") {
            guard let token = ResumeToken(text) else { throw fields.refusal("resume") }
            resume = token
        }
        var media = MediaChoice.keep
        if try fields.optionalString("media") != nil { media = try fields.word("media", MediaChoice.self) }
        // A meeting without a host would have nobody who can let in, lock or end.
        guard !create || hostToken != nil else { throw fields.refusal("hostToken") }
        self.init(
            meeting: meeting,
            name: try fields.displayName("name"),
            create: create,
            hostToken: hostToken,
            resume: resume,
            media: media
        )
    }
}

extension StateChange {
    init(_ fields: MessageFields) throws(MessageRefusal) {
        self.init(
            microphone: try fields.optionalBool("microphone"),
            camera: try fields.optionalBool("camera"),
            screen: try fields.optionalBool("screen"),
            hand: try fields.optionalBool("hand")
        )
    }
}
