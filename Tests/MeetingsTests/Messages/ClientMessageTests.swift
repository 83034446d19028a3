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
        {"type":"join","version":1,"meeting":"AAAAAAAAAAAAAAAAAAAAAA","name":"Ana","create":true,\
        "hostToken":"\(Samples.hostToken.text)","resume":"\(Samples.resume(9).text)","media":"new"}
        """,
        #"{"type":"join","version":1,"meeting":"AAAAAAAAAAAAAAAAAAAAAA","name":"Ana","create":false}"#,
        #"{"type":"leave"}"#,
        #"{"type":"away"}"#,
        #"{"type":"ping","id":1}"#,
        #"{"type":"publish","request":1,"sdp":"v=0\r\n","tracks":[{"mid":"0","source":"microphone"}]}"#,
        #"{"type":"answer","request":7,"sdp":"v=0\r\n"}"#,
        #"{"type":"restartSubscriber"}"#,
        #"{"type":"layers","wants":[{"participant":"\#(a)","source":"camera","layer":"low"}]}"#,
        #"{"type":"state","microphone":true,"camera":false,"screen":false,"hand":true}"#,
        #"{"type":"state","hand":true}"#,
        #"{"type":"rename","name":"Ana B"}"#,
        #"{"type":"chat","id":"c1","text":"hello"}"#,
        #"{"type":"chat","id":"c1","text":"hello","to":"\#(a)"}"#,
        #"{"type":"reaction","emoji":"👍"}"#,
        #"{"type":"admit","participant":"\#(a)"}"#,
        #"{"type":"deny","participant":"\#(a)"}"#,
        #"{"type":"admitAll"}"#,
        #"{"type":"mute","participant":"\#(a)"}"#,
        #"{"type":"muteAll"}"#,
        #"{"type":"remove","participant":"\#(a)"}"#,
        #"{"type":"lock","locked":true}"#,
        #"{"type":"lobby","enabled":true}"#,
        #"{"type":"lowerHand","participant":"\#(a)"}"#,
        #"{"type":"role","participant":"\#(a)","role":"cohost"}"#,
        #"{"type":"role","participant":"\#(a)","role":"guest"}"#,
        #"{"type":"end"}"#,
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

    @Test(
        "each rule has its refusal",
        arguments: [
            ("", .malformed, nil), ("[]", .malformed, nil), ("{}", .malformed, nil), (#"{"type":1}"#, .malformed, nil),
            (#"{"type":"nonsense"}"#, .unknownType, nil), (#"{"type":"Ping","id":1}"#, .unknownType, nil),
            (#"{"type":"ping"}"#, .malformed, nil), (#"{"type":"ping","id":-1}"#, .malformed, nil),
            (#"{"type":"ping","id":2147483648}"#, .malformed, nil), (#"{"type":"ping","id":1.0}"#, .malformed, nil),
            (#"{"type":"ping","id":"1"}"#, .malformed, nil), (#"{"type":"ping","id":1,"id":1}"#, .malformed, nil),
            (#"{"type":"join"}"#, .malformed, nil), (#"{"type":"join","version":2}"#, .version, nil),
            (#"{"type":"join","version":1,"meeting":"short","name":"A"}"#, .malformed, nil),
            (#"{"type":"join","version":1,"meeting":"AAAAAAAAAAAAAAAAAAAAAA"}"#, .malformed, nil),
            (#"{"type":"join","version":1,"meeting":"AAAAAAAAAAAAAAAAAAAAAA","name":" "}"#, .name, nil),
            (
                #"{"type":"join","version":1,"meeting":"AAAAAAAAAAAAAAAAAAAAAA","name":"A","create":true}"#, .malformed,
                nil
            ),
            (
                #"{"type":"join","version":1,"meeting":"AAAAAAAAAAAAAAAAAAAAAA","name":"A","resume":"x"}"#, .malformed,
                nil
            ),
            (
                #"{"type":"join","version":1,"meeting":"AAAAAAAAAAAAAAAAAAAAAA","name":"A","hostToken":"x"}"#,
                .malformed, nil
            ),
            (
                #"{"type":"join","version":1,"meeting":"AAAAAAAAAAAAAAAAAAAAAA","name":"A","media":"x"}"#, .malformed,
                nil
            ),
            (#"{"type":"publish","sdp":"","tracks":[]}"#, .malformed, nil),
            (#"{"type":"publish","request":4,"tracks":[]}"#, .malformed, 4),
            (#"{"type":"publish","request":4,"sdp":""}"#, .malformed, 4),
            (#"{"type":"publish","request":4,"sdp":"","tracks":[1]}"#, .malformed, 4),
            (#"{"type":"publish","request":4,"sdp":"","tracks":[{"mid":"0","source":"toaster"}]}"#, .malformed, 4),
            (#"{"type":"publish","request":4,"sdp":"","tracks":[{"mid":"","source":"camera"}]}"#, .malformed, 4),
            (#"{"type":"publish","request":4,"sdp":"","tracks":[{"mid":"a b","source":"camera"}]}"#, .malformed, 4),
            (
                #"{"type":"publish","request":4,"sdp":"","tracks":[{"mid":"0","source":"camera"},{"mid":"0","source":"screen"}]}"#,
                .malformed, 4
            ),
            (
                #"{"type":"publish","request":4,"sdp":"","tracks":[{"mid":"0","source":"camera"},{"mid":"1","source":"camera"}]}"#,
                .malformed, 4
            ),
            (#"{"type":"answer","request":5}"#, .malformed, 5), (#"{"type":"answer","sdp":""}"#, .malformed, nil),
            (#"{"type":"layers"}"#, .malformed, nil), (#"{"type":"layers","wants":{}}"#, .malformed, nil),
            (#"{"type":"layers","wants":[{"participant":"x","source":"camera","layer":"low"}]}"#, .malformed, nil),
            (
                #"{"type":"layers","wants":[{"participant":"\#(a)","source":"microphone","layer":"low"}]}"#, .malformed,
                nil
            ),
            (#"{"type":"layers","wants":[{"participant":"\#(a)","source":"camera","layer":"best"}]}"#, .malformed, nil),
            (#"{"type":"state","hand":1}"#, .malformed, nil), (#"{"type":"rename","name":""}"#, .name, nil),
            (#"{"type":"chat","id":"","text":"a"}"#, .malformed, nil),
            (#"{"type":"chat","id":"1","text":" "}"#, .malformed, nil),
            (#"{"type":"chat","id":"1","text":"a","to":"everyone"}"#, .malformed, nil),
            (#"{"type":"reaction","emoji":"yes!"}"#, .malformed, nil), (#"{"type":"admit"}"#, .malformed, nil),
            (#"{"type":"mute","participant":"\#(a)A"}"#, .malformed, nil), (#"{"type":"lock"}"#, .malformed, nil),
            (#"{"type":"lobby","enabled":"yes"}"#, .malformed, nil),
            (#"{"type":"role","participant":"\#(a)","role":"host"}"#, .notAllowed, nil),
            (#"{"type":"role","participant":"\#(a)","role":"king"}"#, .malformed, nil),
        ] as [(String, ErrorCode, Int?)]
    )
    func refused(text: String, code: ErrorCode, request: Int?) {
        let refusal = #expect(throws: MessageRefusal.self) { try ClientMessage(parsing: Array(text.utf8)) }
        #expect(refusal?.code == code)
        #expect(refusal?.request == request)
    }

    @Test("size, nesting and the number of values have limits")
    func tooLarge() {
        let long = #"{"type":"answer","request":1,"sdp":""# + String(repeating: "a", count: 256 * 1024) + #""}"#
        let deep =
            #"{"type":"ping","id":1,"x":"# + String(repeating: "[", count: 9) + String(repeating: "]", count: 9) + "}"
        let many = #"{"type":"ping","id":1,"x":["# + String(repeating: "1,", count: 10_000) + "1]}"
        for text in [long, deep, many] {
            let refusal = #expect(throws: MessageRefusal.self) { try ClientMessage(parsing: Array(text.utf8)) }
            #expect(refusal?.code == .tooLarge)
        }
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
