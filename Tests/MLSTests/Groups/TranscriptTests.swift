// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Vectors

@Suite("MLS transcript")
struct TranscriptTests {
    /// web/tests/test_wasm_groups.py reads the digests from here and computes them in browsers.
    @Test(
        "a group's life has the digest that the browser's core must reach as well",
        arguments: [
            (1, "6bd3b18c5f98e9becfe754611ddebfe174df332223a61706ca050be0c3565a0f"),
            (2, "173bbb0021e9a13364396645df8897354f25f8b452d03bd2732cd4e518404cba"),
            (3, "d0efab823a08bdeb3cd47c9a98b3ac2db76f347866d2322488d215106385db33"),
        ]
    )
    func digest(_ suite: UInt16, _ expected: String) throws {
        #expect(try GroupTranscript.digest(suite: suite) == expected)
    }
}
