// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite("`vigil charter`")
struct CharterCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func file(_ name: String, _ text: String) throws -> String {
        try folder.write(text, to: name)
        return folder.path + "/" + name
    }

    @Test("a charter without seats is written, read, explained: nobody can do anything")
    func solo() async throws {
        let policy = try file("policy", "quorum none\n")
        let written = try await Vigil.run(["charter", "init", "meet.example", "--policy", policy])
        #expect(written.status == 0, "\(written.text)")
        let charter = try file("charter", written.text + "\n")
        let checked = try await Vigil.run(["charter", "check", charter])
        #expect(checked.status == 0 && checked.text.contains("possible  nothing"), "\(checked.text)")
        let explained = try await Vigil.run(["charter", "explain", "disclose", charter])
        #expect(
            explained.status == 0 && explained.text.contains("Nobody can do this under this charter"),
            "\(explained.text)"
        )
        let same = try await Vigil.run(["charter", "diff", charter, charter])
        #expect(same.status == 0 && same.text.contains("doesn't follow"), "\(same.text)")
        #expect(same.text.contains("Nothing but version and dates."))
    }

    @Test("what is no charter is told with its line; a council needs its seats; a file that isn't there is no verdict")
    func refused() async throws {
        let policy = try file("policy", "quorum none\n")
        let written = try await Vigil.run(["charter", "init", "meet.example", "--policy", policy])
        let wrong = try file("wrong", written.text.replacing("version 1", with: "version 1\nintercept everything"))
        let outcome = try await Vigil.run(["charter", "check", wrong])
        #expect(outcome.status == 1 && outcome.text.contains("FAULT \(wrong): line 3"), "\(outcome.text)")
        #expect(
            try await Vigil.run(["charter", "init", "meet.example", "--template", "council", "--policy", policy]).status
                == 2
        )
        #expect(try await Vigil.run(["charter", "check", folder.path + "/nothing"]).status == 2)
        #expect(try await Vigil.run(["charter", "explain", "intercept", wrong]).status == 64)
    }
}
