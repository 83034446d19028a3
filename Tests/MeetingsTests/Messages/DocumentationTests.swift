// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import Meetings
import Testing

@Suite("docs/protocol.md")
struct DocumentationTests {
    private static let text: String? = {
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let page = folder.appendingPathComponent("docs/protocol.md")
            if let text = try? String(contentsOf: page, encoding: .utf8) { return text }
        }
        return nil
    }()

    @Test("names every message, error code, refusal and close code")
    func complete() throws {
        let text = try #require(Self.text)
        for example in ClientMessageTests.examples {
            let type = try ClientMessage(parsing: Array(example.utf8)).type
            #expect(text.contains("\"type\":\"\(type)\""), "\(type)")
        }
        for message in ServerMessageTests.examples {
            #expect(text.contains("\"type\":\"\(message.type)\""), "\(message.type)")
        }
        for code in ErrorCode.allCases { #expect(text.contains("`\(code.rawValue)`"), "\(code)") }
        for reason in JoinRefusal.allCases { #expect(text.contains("`\(reason.rawValue)`"), "\(reason)") }
        for reason in CloseReason.allCases { #expect(text.contains("\(reason.code)"), "\(reason)") }
        for reason in MediaRefusal.allCases { #expect(text.contains("`\(reason.rawValue)`"), "\(reason)") }
    }

    @Test("its limits are the ones that hold")
    func limits() throws {
        let text = try #require(Self.text)
        let limits = MeetingLimits()
        #expect(text.contains("| \(limits.participants) / \(limits.knocks) / \(limits.outsiders) |"))
        #expect(limits.backlogEntries == 2_000 && limits.backlogBytes == 4 << 20)
        #expect(limits.meetings == 1_000 && limits.connections == 20_000)
        #expect(text.contains("within \(limits.joinTimeout.nanoseconds / 1_000_000_000) seconds"))
        #expect(text.contains("After \(limits.grace.nanoseconds / 1_000_000_000) seconds"))
        #expect(ClientMessage.maximumSize == 1 << 20 && ServerMessage.maximumSize == 4 << 20)
    }
}
