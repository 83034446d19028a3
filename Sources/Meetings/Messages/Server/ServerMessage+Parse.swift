// SPDX-License-Identifier: Apache-2.0

import Base

extension ServerMessage {
    /// The largest message of a node, in bytes: a welcome with everybody's name and the chat of a long meeting.
    public static let maximumSize = 2 * 1024 * 1024

    /// Reads one text frame, for our own client. Unknown members are passed over.
    public init(parsing bytes: [UInt8]) throws(MessageRefusal) {
        var fields = try MessageFields(
            parsing: bytes,
            limits: JSONLimits(size: Self.maximumSize, depth: 8, values: 50_000)
        )
        switch try fields.string("type") {
        case "welcome": self = .welcome(try Welcome(fields))
        case "waiting": self = .waiting(hostPresent: try fields.optionalBool("hostPresent") ?? true)
        case "refused": self = .refused(try fields.word("reason", JoinRefusal.self))
        case "participant": self = .participant(try ParticipantView(try fields.fields("participant")))
        case "left": self = .left(try fields.participant("participant"), try fields.word("reason", LeftReason.self))
        case "meeting": self = .meeting(try MeetingSettings(fields))
        case "knock": self = .knock(try Knock(fields))
        case "knockGone": self = .knockGone(try fields.participant("participant"))
        case "published":
            let request = try fields.number("request")
            fields.request = request
            self = .published(request: request, answer: try fields.string("sdp"))
        case "subscribe":
            let request = try fields.number("request")
            fields.request = request
            var tracks: [SubscriptionEntry] = []
            for entry in try fields.objects("tracks", maximum: 10_000) { tracks.append(try SubscriptionEntry(entry)) }
            self = .subscribe(request: request, offer: try fields.string("sdp"), tracks: tracks)
        case "speakers":
            var levels: [SpeakerLevel] = []
            for entry in try fields.objects("speakers", maximum: 1_000) { levels.append(try SpeakerLevel(entry)) }
            self = .speakers(levels)
        case "quality":
            let quality = try fields.word("quality", ConnectionQuality.self)
            self = .quality(try fields.participant("participant"), quality)
        case "muted": self = .muted(by: try fields.participant("by"))
        case "chat": self = .chat(try ChatEntry(fields))
        case "reaction":
            guard let reaction = Reaction(try fields.string("emoji")) else { throw fields.refusal("emoji") }
            self = .reaction(from: try fields.participant("from"), reaction)
        case "ended": self = .ended(by: try fields.optionalParticipant("by"))
        case "removed": self = .removed(by: try fields.participant("by"))
        case "draining": self = .draining
        case "pong": self = .pong(try fields.number("id"))
        case "error":
            let code = try fields.word("code", ErrorCode.self)
            let detail = try fields.optionalString("detail") ?? ""
            self = .error(code, request: try fields.optionalNumber("request"), detail: detail)
        default: throw MessageRefusal(.unknownType, "type")
        }
    }
}

extension Welcome {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        guard let resume = ResumeToken(try fields.string("resume")) else { throw fields.refusal("resume") }
        var participants: [ParticipantView] = []
        for entry in try fields.objects("participants", maximum: 10_000) {
            participants.append(try ParticipantView(entry))
        }
        var knocks: [Knock] = []
        for entry in try fields.objects("knocks", maximum: 10_000) { knocks.append(try Knock(entry)) }
        var chat: [ChatEntry] = []
        for entry in try fields.objects("chat", maximum: 10_000) { chat.append(try ChatEntry(entry)) }
        var iceServers: [ICEServer] = []
        for entry in try fields.objects("iceServers", maximum: 100) { iceServers.append(try ICEServer(entry)) }
        let meeting = try fields.fields("meeting")
        self.init(
            own: try fields.participant("self"),
            resume: resume,
            resumed: try fields.optionalBool("resumed") ?? false,
            role: try fields.word("role", Role.self),
            participants: participants,
            settings: try MeetingSettings(meeting),
            startedAgo: try meeting.milliseconds("startedAgo"),
            knocks: knocks,
            chat: chat,
            iceServers: iceServers
        )
    }
}

extension MeetingSettings {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        self.init(locked: try fields.bool("locked"), lobby: try fields.bool("lobby"))
    }
}

extension ParticipantView {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        self.init(
            id: try fields.participant("id"),
            name: try fields.displayName("name"),
            role: try fields.word("role", Role.self),
            microphone: try fields.bool("microphone"),
            camera: try fields.bool("camera"),
            screen: try fields.bool("screen"),
            hand: try fields.bool("hand"),
            connected: try fields.bool("connected")
        )
    }
}

extension Knock {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        self.init(participant: try fields.participant("participant"), name: try fields.displayName("name"))
    }
}

extension ChatEntry {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        guard let id = ChatMessageID(try fields.string("id")) else { throw fields.refusal("id") }
        guard let text = ChatText(try fields.string("text")) else { throw fields.refusal("text") }
        let to = try fields.optionalParticipant("to")
        guard try fields.bool("private") == (to != nil) else { throw fields.refusal("private") }
        self.init(
            id: id,
            from: try fields.participant("from"),
            name: try fields.displayName("name"),
            text: text,
            to: to,
            at: try fields.milliseconds("at")
        )
    }
}

extension SubscriptionEntry {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        let source = try fields.word("source", TrackSource.self)
        let track = TrackID(participant: try fields.participant("participant"), source: source)
        self.init(mid: try fields.mid(), track: track)
    }
}

extension SpeakerLevel {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        guard let level = UInt8(exactly: try fields.number("level")), level <= 127 else {
            throw fields.refusal("level")
        }
        self.init(participant: try fields.participant("participant"), level: level)
    }
}

extension ICEServer {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        self.init(
            urls: try fields.strings("urls", maximum: 16),
            username: try fields.optionalString("username"),
            credential: try fields.optionalString("credential")
        )
    }
}
