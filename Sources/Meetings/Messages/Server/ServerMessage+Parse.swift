// SPDX-License-Identifier: Apache-2.0

import Base

extension ServerMessage {
    /// The largest message of a node, in bytes: a welcome with the tree of five hundred members fits several times.
    public static let maximumSize = 4 * 1024 * 1024

    /// Reads one text frame, for our own client. Unknown members are passed over.
    public init(parsing bytes: [UInt8]) throws(MessageRefusal) {
        var fields = try MessageFields(
            parsing: bytes,
            limits: JSONLimits(size: Self.maximumSize, depth: 8, values: 50_000)
        )
        switch try fields.string("type") {
        case "door": self = .door(try Door(fields))
        case "vacant": self = .vacant(try fields.participant("participant"), key: try fields.bytes("key"))
        case "waiting": self = .waiting(hostPresent: try fields.optionalBool("hostPresent") ?? true)
        case "group":
            let groupInfo = try fields.bytes("groupInfo")
            self = .group(epoch: try fields.count("epoch"), groupInfo: groupInfo, tree: try fields.bytes("tree"))
        case "refused": self = .refused(try fields.word("reason", JoinRefusal.self))
        case "welcome": self = .welcome(try Entrance(fields))
        case "accepted":
            let request = try fields.number("request")
            fields.request = request
            let epoch = try fields.count("epoch")
            self = .accepted(request: request, epoch: epoch, sequence: try fields.count("seq"))
        case "commit":
            let sequence = try fields.count("seq")
            self = .commit(sequence: sequence, epoch: try fields.count("epoch"), commit: try fields.bytes("commit"))
        case "proposal":
            self = .proposal(sequence: try fields.count("seq"), proposal: try fields.bytes("proposal"))
        case "reopened":
            let sequence = try fields.count("seq")
            self = .reopened(
                sequence: sequence,
                epoch: try fields.count("epoch"),
                refusals: try fields.manyBytes("refusals", maximum: 10_000)
            )
        case "ready": self = .ready(epoch: try fields.count("epoch"))
        case "sent":
            let request = try fields.number("request")
            fields.request = request
            self = .sent(request: request, sequence: try fields.optionalCount("seq"))
        case "message":
            let sequence = try fields.optionalCount("seq")
            let from = try fields.participant("from")
            self = .message(sequence: sequence, from: from, message: try fields.bytes("message"))
        case "participant":
            let id = try fields.participant("participant")
            self = .participant(Presence(id: id, connected: try fields.bool("connected")))
        case "knock": self = .knock(try SealedKnock(fields))
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
            let entry = try QualityEntry(fields)
            self = .quality(entry.participant, entry.quality)
        case "ended": self = .ended(by: try fields.participant("by"))
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

extension Door {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        guard let generation = UInt32(exactly: try fields.count("generation")) else {
            throw fields.refusal("generation")
        }
        self.init(
            participant: try fields.participant("participant"),
            card: try fields.bytes("card"),
            current: try fields.bool("current"),
            epoch: try fields.count("epoch"),
            generation: generation,
            lobby: try fields.bool("lobby"),
            locked: try fields.bool("locked"),
            hostPresent: try fields.bool("hostPresent"),
            accountable: try fields.bool("accountable"),
            key: try fields.bytes("key")
        )
    }
}

extension Entrance {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        guard let resume = ResumeToken(try fields.string("resume")) else { throw fields.refusal("resume") }
        var participants: [Presence] = []
        for entry in try fields.objects("participants", maximum: 10_000) {
            participants.append(
                Presence(id: try entry.participant("id"), connected: try entry.bool("connected"))
            )
        }
        var knocks: [SealedKnock] = []
        for entry in try fields.objects("knocks", maximum: 10_000) { knocks.append(try SealedKnock(entry)) }
        var iceServers: [ICEServer] = []
        for entry in try fields.objects("iceServers", maximum: 100) { iceServers.append(try ICEServer(entry)) }
        var qualities: [QualityEntry] = []
        for entry in try fields.optionalObjects("quality", maximum: 10_000) ?? [] {
            qualities.append(try QualityEntry(entry))
        }
        self.init(
            own: try fields.participant("self"),
            resume: resume,
            resumed: try fields.optionalBool("resumed") ?? false,
            epoch: try fields.count("epoch"),
            sequence: try fields.count("seq"),
            participants: participants,
            startedAgo: try fields.milliseconds("startedAgo"),
            iceServers: iceServers,
            knocks: knocks,
            welcome: try fields.optionalBytes("welcome"),
            tree: try fields.optionalBytes("tree"),
            invitation: try fields.optionalBytes("invitation"),
            qualities: qualities
        )
    }
}

extension SealedKnock {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        self.init(
            participant: try fields.participant("participant"),
            knock: try fields.bytes("knock"),
            meeting: try fields.meeting("meeting")
        )
    }
}

extension QualityEntry {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        let quality = try fields.word("quality", ConnectionQuality.self)
        self.init(participant: try fields.participant("participant"), quality: quality)
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
