// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing
import Transport

@Suite("ICE candidates and credentials")
struct ICECandidateTests {
    @Test(
        "a candidate line is written as it was read",
        arguments: [
            "candidate:1 1 udp 2130706431 192.0.2.7 50000 typ host",
            "candidate:abc+/9 1 tcp 2105524479 10.0.0.1 4433 typ host tcptype passive",
            "candidate:2 1 tcp 2105524479 10.0.0.1 9 typ host tcptype active",
            "candidate:7 1 udp 1 2001:db8:1:0:0:0:0:5 1 typ prflx",
        ]
    )
    func roundTrip(_ line: String) throws {
        #expect(try #require(ICECandidate(sdpText: line)).sdpText == line)
    }

    @Test("related addresses and extensions are passed over")
    func extensions() throws {
        let line =
            "candidate:842163049 1 UDP 1677729535 203.0.113.5 61000 typ srflx raddr 0.0.0.0 rport 0 generation 0 network-cost 999"
        let candidate = try #require(ICECandidate(sdpText: line))
        #expect(candidate.kind == .serverReflexive)
        #expect(candidate.address == TransportAddress(ipv4: 0xCB00_7105, port: 61_000))
    }

    @Test(
        "what is malformed or not for us is nothing",
        arguments: [
            "", "candidate:", "candidate:1 1 udp 1 192.0.2.7 50000 typ", "candidate:1 2 udp 1 192.0.2.7 50000 typ host",
            "candidate:1 1 udp 1 7d3b.local 50000 typ host", "candidate:1 1 udp 99999999999 192.0.2.7 1 typ host",
            "candidate:1 1 udp 1 192.0.2.256 1 typ host", "candidate:1 1 udp 1 192.0.2.7 70000 typ host",
            "candidate:1 1 tcp 1 192.0.2.7 1 typ host", "candidate:1 1 tcp 1 192.0.2.7 1 typ host tcptype so",
            "candidate:1 1 udp 1 192.0.2.7 1 typ other", "candidate:1 1 udp 1 :::1 1 typ host",
            "candidate:1 1 udp 1 1:2:3:4:5:6:7:8:9 1 typ host", "candidate:1 1 udp 1 1::2::3 1 typ host",
            "candidate:1 1 udp 1 1:2:3:4:5:6:7:8:: 1 typ host", "candidate:1 1 udp 1 +1:2:3:4:5:6:7:8 1 typ host",
            "candidate:1 1 udp 1 1: 1 typ host", "candidate:1 1 udp 1 : 1 typ host",
        ]
    )
    func refused(_ line: String) {
        #expect(ICECandidate(sdpText: line) == nil)
    }

    @Test("every spelling of an IPv6 address is the same address")
    func ipv6() {
        let expected = TransportAddress(high: 0x2001_0DB8_0000_0000, low: 1, port: 5)
        #expect(TransportAddress(ip: "2001:db8::1", port: 5) == expected)
        #expect(TransportAddress(ip: "2001:DB8:0:0:0:0:0:1", port: 5) == expected)
        #expect(TransportAddress(ip: "::1", port: 5) == TransportAddress(high: 0, low: 1, port: 5))
        #expect(TransportAddress(ip: "::", port: 5) == TransportAddress(high: 0, low: 0, port: 5))
        #expect(TransportAddress(ip: "fe80::", port: 5) == TransportAddress(high: 0xFE80 << 48, low: 0, port: 5))
    }

    @Test("UDP ranks before TCP, and the recommended numbers come out")
    func priorities() {
        let address = TransportAddress(ipv4: 1, port: 1)
        #expect(ICECandidate.host(address).priority == 2_130_706_431)
        #expect(ICECandidate.host(address).priority > ICECandidate.host(address, transport: .tcpPassive).priority)
    }

    @Test("made credentials have the form that read ones must have")
    func credentials() throws {
        var randomness = SeededRandomness(seed: 3)
        let made = ICECredentials.make(using: &randomness)
        #expect(made.ufrag.count == 8)
        #expect(made.passwordText.count == 24)
        #expect(ICECredentials(ufrag: made.ufrag, password: made.passwordText) != nil)
        #expect(ICECredentials.make(using: &randomness).ufrag != made.ufrag)
        #expect(ICECredentials(ufrag: "abc", password: made.passwordText) == nil)
        #expect(ICECredentials(ufrag: "ab:c", password: made.passwordText) == nil)
        #expect(ICECredentials(ufrag: "abcd", password: "short") == nil)
        #expect(ICECredentials(ufrag: "abcd", password: String(repeating: "x", count: 257)) == nil)
        #expect(!"\(made)".contains(made.passwordText))
    }
}
