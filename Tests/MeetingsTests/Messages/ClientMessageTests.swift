// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import TestSupport
import Testing

@Suite("Client messages")
struct ClientMessageTests {
    static let a = Samples.ana.text

    /// One of each type, as docs/protocol.md writes it.
    static let examples: [String] = [
        """
        {"type":"join","version":2,"meeting":"AAAAAAAAAAAAAAAAAAAAAA","keyPackage":"AQID","create":true,\
        "resume":"\(Samples.resume(9).text)","since":12,"media":"new"}
        """,
        #"{"type":"join","version":2,"meeting":"AAAAAAAAAAAAAAAAAAAAAA","keyPackage":"AQID"}"#,
        #"{"type":"leave"}"#,
        #"{"type":"away"}"#,
        #"{"type":"ping","id":1}"#,
        #"{"type":"found","groupInfo":"AQ","tree":"Ag","sealedGroupInfo":"Aw","card":"BA"}"#,
        #"{"type":"knock","knock":"AQID"}"#,
        #"{"type":"look"}"#,
        #"{"type":"commit","epoch":3,"commit":"AQ","groupInfo":"Ag","request":7}"#,
        """
        {"type":"commit","epoch":9007199254740991,"commit":"AQ","welcome":"Aw","groupInfo":"Ag",\
        "link":{"alias":"AAAAAAAAAAAAAAAAAAAAAA","card":"BA"},\
        "invitations":[{"participant":"\(a)","invitation":"BQ"}],"request":7}
        """,
        #"{"type":"propose","proposal":"AQID"}"#,
        #"{"type":"ack","epoch":4}"#,
        #"{"type":"refuse","refusal":"AQID"}"#,
        #"{"type":"message","message":"AQID"}"#,
        #"{"type":"message","message":"AQID","to":"\#(a)","request":2}"#,
        #"{"type":"deny","participant":"\#(a)"}"#,
        #"{"type":"end"}"#,
        #"{"type":"publish","request":1,"sdp":"v=0\r\n","tracks":[{"mid":"0","source":"microphone"}]}"#,
        #"{"type":"answer","request":7,"sdp":"v=0\r\n"}"#,
        #"{"type":"restartSubscriber"}"#,
        #"{"type":"layers","wants":[{"participant":"\#(a)","source":"camera","layer":"low"}]}"#,
    ]

    @Test("every type is read and written the same", arguments: examples)
    func roundTrip(text: String) throws {
        let message = try ClientMessage(parsing: Array(text.utf8))
        #expect(String(decoding: message.serialized(), as: UTF8.self) == text)
        #expect(text.contains("\"type\":\"\(message.type)\""))
    }

    @Test("what we don't know is passed over")
    func unknownMembers() throws {
        let message = try ClientMessage(parsing: Array(#"{"new":[1],"type":"ping","id":3,"to":null}"#.utf8))
        guard case .ping(3) = message else { return #expect(Bool(false)) }
    }

    private static let join = #"{"type":"join","version":2,"meeting":"AAAAAAAAAAAAAAAAAAAAAA""#
    private static let commit = #"{"type":"commit","request":4,"epoch":1,"commit":"AQ","groupInfo":"AQ""#
    private static let publish = #"{"type":"publish","request":4,"sdp":"""#

    @Test(
        "each rule has its refusal",
        arguments: [
            ("", .malformed, nil), ("[]", .malformed, nil), ("{}", .malformed, nil), (#"{"type":1}"#, .malformed, nil),
            (#"{"type":"nonsense"}"#, .unknownType, nil), (#"{"type":"Ping","id":1}"#, .unknownType, nil),
            // Of version 1.
            (#"{"type":"chat","id":"1","text":"a"}"#, .unknownType, nil), (#"{"type":"admitAll"}"#, .unknownType, nil),
            (#"{"type":"ping"}"#, .malformed, nil), (#"{"type":"ping","id":-1}"#, .malformed, nil),
            (#"{"type":"ping","id":2147483648}"#, .malformed, nil), (#"{"type":"ping","id":1.0}"#, .malformed, nil),
            (#"{"type":"ping","id":"1"}"#, .malformed, nil), (#"{"type":"ping","id":1,"id":1}"#, .malformed, nil),
            (#"{"type":"join"}"#, .malformed, nil), (#"{"type":"join","version":1}"#, .version, nil),
            (#"{"type":"join","version":2,"meeting":"short","keyPackage":"AQ"}"#, .malformed, nil),
            (join + "}", .malformed, nil), (join + #","keyPackage":"A"}"#, .malformed, nil),
            (join + #","keyPackage":"AQ=="}"#, .malformed, nil), (join + #","keyPackage":"AR"}"#, .malformed, nil),
            (join + #","keyPackage":"AQ","resume":"x"}"#, .malformed, nil),
            (join + #","keyPackage":"AQ","media":"x"}"#, .malformed, nil),
            (join + #","keyPackage":"AQ","since":-1}"#, .malformed, nil),
            (join + #","keyPackage":"AQ","create":1}"#, .malformed, nil),
            (#"{"type":"found","tree":"AQ","sealedGroupInfo":"AQ","card":"AQ"}"#, .malformed, nil),
            (#"{"type":"found","groupInfo":"AQ","tree":"AQ","sealedGroupInfo":"AQ","card":7}"#, .malformed, nil),
            (#"{"type":"knock"}"#, .malformed, nil), (#"{"type":"knock","knock":"+"}"#, .malformed, nil),
            (#"{"type":"commit","epoch":1,"commit":"AQ","groupInfo":"AQ"}"#, .malformed, nil),
            (#"{"type":"commit","request":4,"commit":"AQ","groupInfo":"AQ"}"#, .malformed, 4),
            (#"{"type":"commit","request":4,"epoch":9007199254740992,"commit":"AQ","groupInfo":"AQ"}"#, .malformed, 4),
            (commit + #","link":7}"#, .malformed, 4), (commit + #","link":{"alias":"x","card":"AQ"}}"#, .malformed, 4),
            (commit + #","welcome":{}}"#, .malformed, 4), (commit + #","invitations":[1]}"#, .malformed, 4),
            (commit + #","invitations":[{"participant":"\#(a)"}]}"#, .malformed, 4),
            (#"{"type":"propose"}"#, .malformed, nil), (#"{"type":"ack","epoch":"1"}"#, .malformed, nil),
            (#"{"type":"refuse","refusal":1}"#, .malformed, nil),
            (#"{"type":"message","request":5}"#, .malformed, 5),
            (#"{"type":"message","message":"AQ","to":"everyone","request":5}"#, .malformed, 5),
            (#"{"type":"message","message":"AQ","request":"5"}"#, .malformed, nil),
            (#"{"type":"deny"}"#, .malformed, nil), (#"{"type":"deny","participant":"\#(a)A"}"#, .malformed, nil),
            (#"{"type":"publish","sdp":"","tracks":[]}"#, .malformed, nil),
            (#"{"type":"publish","request":4,"tracks":[]}"#, .malformed, 4), (publish + "}", .malformed, 4),
            (publish + #","tracks":[1]}"#, .malformed, 4),
            (publish + #","tracks":[{"mid":"0","source":"toaster"}]}"#, .malformed, 4),
            (publish + #","tracks":[{"mid":"","source":"camera"}]}"#, .malformed, 4),
            (publish + #","tracks":[{"mid":"a b","source":"camera"}]}"#, .malformed, 4),
            (
                publish + #","tracks":[{"mid":"0","source":"camera"},{"mid":"0","source":"screen"}]}"#, .malformed, 4
            ),
            (
                publish + #","tracks":[{"mid":"0","source":"camera"},{"mid":"1","source":"camera"}]}"#, .malformed, 4
            ),
            (#"{"type":"answer","request":5}"#, .malformed, 5), (#"{"type":"answer","sdp":""}"#, .malformed, nil),
            (#"{"type":"layers"}"#, .malformed, nil), (#"{"type":"layers","wants":{}}"#, .malformed, nil),
            (#"{"type":"layers","wants":[{"participant":"x","source":"camera","layer":"low"}]}"#, .malformed, nil),
            (
                #"{"type":"layers","wants":[{"participant":"\#(a)","source":"microphone","layer":"low"}]}"#, .malformed,
                nil
            ),
            (#"{"type":"layers","wants":[{"participant":"\#(a)","source":"camera","layer":"best"}]}"#, .malformed, nil),
        ] as [(String, ErrorCode, Int?)]
    )
    func refused(text: String, code: ErrorCode, request: Int?) {
        let refusal = #expect(throws: MessageRefusal.self) { try ClientMessage(parsing: Array(text.utf8)) }
        #expect(refusal?.code == code)
        #expect(refusal?.request == request)
    }

    @Test("size, nesting and the number of values have limits")
    func tooLarge() {
        let long = #"{"type":"answer","request":1,"sdp":""# + String(repeating: "a", count: 1024 * 1024) + #""}"#
        let deep =
            #"{"type":"ping","id":1,"x":"# + String(repeating: "[", count: 9) + String(repeating: "]", count: 9) + "}"
        let many = #"{"type":"ping","id":1,"x":["# + String(repeating: "1,", count: 10_000) + "1]}"
        for text in [long, deep, many] {
            let refusal = #expect(throws: MessageRefusal.self) { try ClientMessage(parsing: Array(text.utf8)) }
            #expect(refusal?.code == .tooLarge)
        }
    }

    /// What comes before and after the long part, and how long it may be.
    struct Part: Sendable {
        let maximum: Int
        let before: String
        let after: String
    }

    private static let parts: [Part] = [
        Part(maximum: 8 * 1024, before: join + #","keyPackage":""#, after: #""}"#),
        Part(maximum: 16 * 1024, before: #"{"type":"knock","knock":""#, after: #""}"#),
        Part(maximum: 16 * 1024, before: #"{"type":"propose","proposal":""#, after: #""}"#),
        Part(maximum: 1024, before: #"{"type":"refuse","refusal":""#, after: #""}"#),
        Part(maximum: 512 * 1024, before: #"{"type":"message","message":""#, after: #""}"#),
        Part(
            maximum: 64 * 1024,
            before: #"{"type":"commit","request":1,"epoch":1,"commit":"","groupInfo":""#,
            after: #""}"#
        ),
        Part(
            maximum: 64 * 1024,
            before: #"{"type":"found","groupInfo":"","tree":"","sealedGroupInfo":""#,
            after: #"","card":""}"#
        ),
        Part(
            maximum: 8 * 1024,
            before: #"{"type":"found","groupInfo":"","tree":"","sealedGroupInfo":"","card":""#,
            after: #""}"#
        ),
    ]

    @Test("so has each part that has no reason to be long", arguments: parts)
    func longParts(part: Part) throws {
        func parse(_ count: Int) throws -> ClientMessage {
            let long = Base64URL.encode([UInt8](repeating: 1, count: count))
            return try ClientMessage(parsing: Array((part.before + long + part.after).utf8))
        }
        _ = try parse(part.maximum)
        let refusal = #expect(throws: MessageRefusal.self) { try parse(part.maximum + 1) }
        #expect(refusal?.code == .tooLarge)
    }

    @Test("damaged messages never trap, and what is still read can be written")
    func mutations() throws {
        var randomness = SeededRandomness(seed: 3)
        let words = Self.examples.map { Array($0.utf8) }
        var accepted = 0
        for _ in 0..<30_000 {
            var bytes = words.randomElement(using: &randomness) ?? []
            for _ in 0..<Int.random(in: 0...4, using: &randomness) where !bytes.isEmpty {
                let index = Int.random(in: bytes.indices, using: &randomness)
                switch Int.random(in: 0..<4, using: &randomness) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &randomness)
                case 1: bytes.remove(at: index)
                case 2: bytes.insert(contentsOf: bytes[index...].prefix(9), at: index)
                default: bytes.insert(UInt8(ascii: "9"), at: index)
                }
            }
            guard let message = try? ClientMessage(parsing: bytes) else { continue }
            accepted += 1
            #expect(try ClientMessage(parsing: message.serialized()).serialized() == message.serialized())
        }
        #expect(accepted > 1_000)
    }
}
