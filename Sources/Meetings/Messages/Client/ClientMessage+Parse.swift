// SPDX-License-Identifier: Apache-2.0

import Base

extension ClientMessage {
    /// The largest message, in bytes: a commit of five hundred members with a Welcome for a hundred more fits twice.
    public static let maximumSize = 1024 * 1024

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
        case "found": self = .found(try FoundRequest(fields))
        case "knock": self = .knock(try fields.bytes("knock", maximum: ByteLimits.knock))
        case "look": self = .look
        case "commit": self = .commit(try CommitRequest(&fields))
        case "propose": self = .propose(try fields.bytes("proposal", maximum: ByteLimits.proposal))
        case "ack": self = .ack(try fields.count("epoch"))
        case "refuse": self = .refuse(try fields.bytes("refusal", maximum: ByteLimits.refusal))
        case "message":
            fields.request = try fields.optionalNumber("request")
            let message = try fields.bytes("message", maximum: ByteLimits.message)
            self = .message(message, to: try fields.optionalParticipant("to"), request: fields.request)
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
        case "deny": self = .deny(try fields.participant("participant"))
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
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        // First: another version may write everything else differently.
        guard try fields.number("version") == ClientMessage.version else { throw fields.refusal("version", .version) }
        let meeting = try fields.meeting("meeting")
        var resume: ResumeToken?
        if let text = try fields.optionalString("resume") {
            guard let token = ResumeToken(text) else { throw fields.refusal("resume") }
            resume = token
        }
        var media = MediaChoice.keep
        if try fields.optionalString("media") != nil { media = try fields.word("media", MediaChoice.self) }
        self.init(
            meeting: meeting,
            keyPackage: try fields.bytes("keyPackage", maximum: ByteLimits.keyPackage),
            create: try fields.optionalBool("create") ?? false,
            resume: resume,
            since: try fields.optionalCount("since") ?? 0,
            media: media
        )
    }
}

extension FoundRequest {
    fileprivate init(_ fields: MessageFields) throws(MessageRefusal) {
        self.init(
            groupInfo: try fields.bytes("groupInfo"),
            tree: try fields.bytes("tree"),
            sealedGroupInfo: try fields.bytes("sealedGroupInfo", maximum: ByteLimits.sealedGroupInfo),
            card: try fields.bytes("card", maximum: ByteLimits.card)
        )
    }
}

extension CommitRequest {
    fileprivate init(_ fields: inout MessageFields) throws(MessageRefusal) {
        let request = try fields.number("request")
        fields.request = request
        var link: Link?
        if let entry = try fields.optionalFields("link") {
            link = Link(
                alias: try entry.meeting("alias"),
                card: try entry.bytes("card", maximum: ByteLimits.card)
            )
        }
        var invitations: [Invitation] = []
        for entry in try fields.optionalObjects("invitations", maximum: 1_000) ?? [] {
            invitations.append(
                Invitation(
                    participant: try entry.participant("participant"),
                    invitation: try entry.bytes("invitation", maximum: ByteLimits.invitation)
                )
            )
        }
        self.init(
            epoch: try fields.count("epoch"),
            commit: try fields.bytes("commit"),
            welcome: try fields.optionalBytes("welcome"),
            groupInfo: try fields.bytes("groupInfo", maximum: ByteLimits.sealedGroupInfo),
            link: link,
            invitations: invitations,
            request: request
        )
    }
}
