// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@testable import Server

@Suite("TURN credentials")
struct TURNCredentialsTests {
    @Test("name and password are what coturn computes from the shared secret")
    func known() {
        let settings = TURNSettings(urls: ["turn:turn.example"], secret: Secret(Array("north".utf8)))
        let credentials = TURNCredentials(settings: settings, wallClock: { 1_400_000_000 })
        let server = credentials.fresh()
        #expect(server.urls == ["turn:turn.example"])
        #expect(server.username == "1400086400")
        // printf 1400086400 | openssl dgst -sha1 -hmac north -binary | base64
        #expect(server.credential == "eb8gwggKpptkYz78Wt8BovC9cNQ=")
    }
}
