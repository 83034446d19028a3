// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import TestSupport
import Testing

@testable import Membership

/// What crosses the boundary of the browser's core. web/tests/member-wire.json holds one value of each kind with its bytes;
/// web/tests/test_member.py holds the page's tables (web/crypto/member-wire.js) to the same file.
@Suite("Member's wire")
struct MemberWireTests {
    private struct Fixture: Decodable {
        struct Entry: Decodable { let bytes: String }
        let settings, identity, input, output: [Entry]
    }

    private static func fixture() throws -> Fixture {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../web/tests/member-wire.json"
        )
        return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
    }

    private static let ana = ParticipantID(rawValue: 0xA1)
    private static let ben = ParticipantID(rawValue: 0xFEDC_BA98_7654_3210)
    private static let alias = Array("AbCdEfGhIjKlMnOpQrStUv".utf8)
    private static let on: PersonFlags = [.microphone, .hand, .recording]

    private static func run(_ count: Int, from first: Int = 0) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: first + $0) }
    }

    @Test("settings and identities are read and written as the page does")
    func kept() throws {
        let fixture = try Self.fixture()
        var first = MemberSettings(name: Array("Ana".utf8), flags: Self.on)
        (first.accountable, first.lobby, first.absence, first.history) = (true, true, .membersAdmit, .nothing)
        var second = MemberSettings(name: Array("\u{FEFF}Ä 安".utf8))
        second.isReturning = true
        #expect([first, second].map { hex($0.encoded) } == fixture.settings.map(\.bytes))
        let link = try #require(LinkSecret(Self.run(16)))
        let older = try #require(LinkSecret(Self.run(16, from: 100)))
        let nodes = ["https://a.example", "http://localhost:8080"].map { Array($0.utf8) }
        let hosting = MemberIdentity.Hosting(
            hostPrivateKey: Secret(Self.run(32, from: 2)),
            card: Card(hostKey: Self.run(32, from: 3), witnessKeys: [[1, 2]], nodes: nodes),
            nonce: Self.run(32, from: 4)
        )
        let host = MemberIdentity(
            signaturePrivateKey: Secret(Self.run(32, from: 1)),
            links: [link, older],
            hosting: hosting
        )
        let identities = [MemberIdentity(links: [link]), host]
        #expect(identities.map { hex($0.encoded) } == fixture.identity.map(\.bytes))
        for entry in fixture.identity {
            #expect(hex(try MemberIdentity(decoding: bytes(entry.bytes)).encoded) == entry.bytes)
        }
        for entry in fixture.settings {
            #expect(hex(try MemberSettings(decoding: bytes(entry.bytes)).encoded) == entry.bytes)
        }
    }

    @Test("every input that the page writes is read as what it means")
    func inputs() throws {
        let fixture = try Self.fixture().input
        #expect(fixture.count == Self.inputs.count)
        for (entry, expected) in zip(fixture, Self.inputs) {
            #expect("\(try MemberInput(decoding: bytes(entry.bytes)))" == "\(expected)")
        }
    }

    @Test("every output is written as the page reads it")
    func outputs() throws {
        #expect(try Self.fixture().output.map(\.bytes) == Self.outputs.map { hex($0.encoded) })
    }

    private func bytes(_ text: String) -> [UInt8] { Hex.bytes(text) }

    private func hex(_ bytes: [UInt8]) -> String { Hex.text(bytes) }

    private static let inputs: [MemberInput] =
        [
            .opened, .closed,
        ] + messages.map { .node($0) } + [
            .state(on), .rename(Array("Ben".utf8)),
            .say(id: Array("one".utf8), text: Array("Hello".utf8), to: nil),
            .say(id: Array("two".utf8), text: Array("你好".utf8), to: ana),
            .react(Array("👍".utf8)), .admit(ana), .admitAll, .deny(ben), .mute(ana), .muteAll, .lowerHand(ana),
            .remove(ben),
            .lock(true), .lobby(false), .absence(.membersAdmit), .history(.nothing), .cohost(ana, true), .resetLink,
            .compare,
            .end, .leave,
            .counts(
                FrameCounts(
                    sealed: [1, 2, 3, 4],
                    received: [.init(participant: ana, source: 3, opened: 5, refused: 6, isWanted: true)]
                )
            ),
            .timeout,
        ]

    private static let messages: [NodeMessage] = [
        .door(
            .init(
                card: [1, 2],
                isCurrent: true,
                epoch: 1 << 40,
                generation: 7,
                lobby: true,
                locked: false,
                hostPresent: true,
                accountable: true
            )
        ),
        .vacant(nodeKey: run(32)),
        .welcome(
            .init(
                isResumed: false,
                resume: Array("token".utf8),
                epoch: 3,
                sequence: 9,
                present: [.init(participant: ana, connected: true), .init(participant: ben, connected: false)],
                knocks: [.init(participant: ben, alias: alias, knock: [9])],
                welcome: run(200),
                tree: [5]
            )
        ),
        .waiting(hostPresent: false),
        .commit(sequence: 1, epoch: 2, commit: run(300)),
        .proposal(sequence: 3, proposal: [4]),
        .message(sequence: 0, from: ben, message: run(300)),
        .ready(epoch: 5),
        .reopened(sequence: 6, epoch: 7, refusals: [[1], [2, 3]]),
        .knock(.init(participant: ana, alias: alias, knock: [1])),
        .knockGone(ana),
        .participant(.init(participant: ben, connected: false)),
        .group(epoch: 8, groupInfo: [1], tree: [2]),
        .accepted(request: .max, epoch: 9, sequence: 10),
        .sent(request: 11),
        .error(code: Array("commit".utf8), request: 12, detail: Array("lobby".utf8)),
        .refused(reason: Array("locked".utf8)),
        .removed, .ended,
    ]

    private static let outputs: [MemberOutput] =
        requests.map { .send($0) } + changes.map { .frames($0) } + events.map { .event($0) }

    private static let requests: [NodeRequest] = [
        .join(alias: alias, keyPackage: run(70), create: true, resume: [], since: 1 << 33),
        .found(groupInfo: [1], tree: [2], sealedGroupInfo: [3], card: [4]),
        .knock([5]), .look,
        .commit(
            .init(request: 1, epoch: 2, commit: run(100), welcome: [], groupInfo: [3], link: nil, invitations: [])
        ),
        .commit(
            .init(
                request: 4,
                epoch: 5,
                commit: [6],
                welcome: [7],
                groupInfo: [8],
                link: (alias, [9]),
                invitations: [(ana, [10]), (ben, [11])]
            )
        ),
        .message(request: 1, message: run(70), to: nil), .message(request: 0, message: [1], to: ben),
        .propose([1]), .ack(epoch: 3), .refuse([2]), .deny(ana), .end, .leave, .reconnect,
    ]

    private static let changes: [FrameKeyChange] = [
        .addEpoch(
            .init(
                epoch: 4,
                leafWidth: 8,
                ownLeaf: 2,
                baseKey: Secret(run(16)),
                members: [(leaf: UInt32(0), participant: ana), (leaf: UInt32(2), participant: ben)]
            )
        ),
        .startSending(epoch: 4), .voidEpoch(5), .forget,
    ]

    private static let events: [MemberEvent] =
        [
            .phase(0), .phase(1), .phase(2), .phase(3),
            .over(.left, by: nil, reason: []), .over(.removed, by: ana, reason: []), .over(.ended, by: ben, reason: []),
            .over(.refused, by: nil, reason: Array("full".utf8)), .over(.interrupted, by: nil, reason: []),
            .over(.foreignRoom, by: nil, reason: []),
            .own(ana),
            .person(
                .init(
                    participant: ben,
                    name: Array("Ben".utf8),
                    role: .host,
                    flags: on,
                    connected: true,
                    isMuted: false
                )
            ),
            .person(.init(participant: ana, name: [], role: .cohost, flags: [], connected: false, isMuted: true)),
            .gone(ana, by: nil), .gone(ana, by: ben),
        ]
        + [
            .policy(
                MeetingPolicy(
                    cardHash: [],
                    hostKey: [],
                    accountable: true,
                    locked: true,
                    absence: .wait,
                    history: .chat
                )
            ),
            .knock(ana, name: Array("Ana".utf8), byOldLink: true), .knockGone(ana),
            .chat(said("one", "Hello", to: nil, at: 1_700_000_000_000)), .chat(said("two", "Psst", to: ben, at: 1)),
            .sent(id: Array("one".utf8)), .notSent(id: Array("two".utf8), reason: Array("stale".utf8)),
            .reaction(ana, Array("🎉".utf8)), .mutedBy(ben), .handLoweredBy(ben), .link(secret: run(16)),
            .identity([1, 2, 3]),
            .words(epoch: 6, words: (0..<12).map { 100 + $0 }, roster: [1, 2, 3, 2047]),
            .shortCode(.gathering(waitingFor: [ana, ben])), .shortCode(.shown(words: [4, 3, 2, 1])),
            .shortCode(.failed(waitingFor: [])),
        ]
        + Warning.Kind.allCases.enumerated().map { index, kind in
            .warning(
                Warning(kind, index % 2 == 1 ? ana : nil, detail: index % 3 == 0 ? Array("camera".utf8) : [])
            )
        } + [
            .startedAt(1_700_000_000_000), .failed(request: Array("lock".utf8), reason: Array("stale".utf8)),
        ]

    private static func said(_ id: String, _ text: String, to: ParticipantID?, at: UInt64) -> MemberEvent.Chat {
        .init(id: Array(id.utf8), from: ana, name: Array("Ana".utf8), text: Array(text.utf8), to: to, at: at)
    }
}
