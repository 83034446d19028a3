// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CLI

@Suite("Meeting links for `vigil open`")
struct MeetingLinkTests {
    @Test("the node's own link, and one of a page elsewhere, lead to this machine's page with that node")
    func pages() throws {
        let plain = try #require(MeetingLink("https://meet.example/m#AbC-_9"))
        #expect(plain.node == "https://meet.example")
        #expect(
            plain.page(at: "http://localhost:1")
                == "http://localhost:1/m.html?node=https%3A%2F%2Fmeet.example#AbC-_9"
        )
        let elsewhere = try #require(
            MeetingLink("http://localhost:2/m.html?node=https%3A%2F%2Fmeet.example%3A8443#AbC")
        )
        #expect(elsewhere.node == "https://meet.example:8443")
    }

    @Test("what is no link is refused")
    func refused() {
        for text in [
            "", "meet.example/m#A", "https://meet.example/m", "https://meet.example/m#", "ftp://meet.example/m#A",
            "https://user@meet.example/m#A", "https://meet.example/m#A%20B", "https://meet.example/m#A&b",
            "javascript:alert(1)#A", "https:///m#A",
        ] {
            #expect(MeetingLink(text) == nil, "\(text)")
        }
    }
}
