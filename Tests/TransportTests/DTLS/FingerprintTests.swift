// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Transport

@Suite("Certificate fingerprints")
struct FingerprintTests {
    private let text =
        "sha-256 00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:FF"

    @Test("the SDP form is read in either case and written in upper case")
    func bothWays() {
        let fingerprint = Fingerprint(sdp: text)
        #expect(fingerprint?.bytes.first == 0)
        #expect(fingerprint?.bytes.last == 255)
        #expect(fingerprint?.sdp == text)
        #expect(Fingerprint(sdp: text.lowercased()) == fingerprint)
        #expect(Fingerprint(sdp: text.uppercased()) == fingerprint)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "sha-256", "sha-256 ", "sha-1 00:01", "sha-256 00:01",
            "sha-512 00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:FF",
            "sha-256 0g:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:FF",
            "sha-256 00-01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:FF",
        ]
    )
    func refused(_ text: String) {
        #expect(Fingerprint(sdp: text) == nil)
    }
}
