// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Server

@Suite struct CandidateAddressesTests {
    private func interface(_ text: String, loopback: Bool = false, linkLocal: Bool = false) throws
        -> CandidateAddresses.Interface
    {
        .init(address: try #require(LocalAddress(text)), isLoopback: loopback, isLinkLocal: linkLocal)
    }

    @Test("the machine's own addresses are offered, IPv4 first, without loopback, link-local and repetition")
    func ownAddresses() throws {
        let interfaces = [
            try interface("127.0.0.1", loopback: true), try interface("::1", loopback: true),
            try interface("2001:db8::2"), try interface("fe80::1", linkLocal: true), try interface("192.0.2.2"),
            try interface("192.0.2.2"),
        ]
        let chosen = CandidateAddresses.choose(public: [], interfaces: interfaces, hasIPv6: true)
        #expect(chosen == [try #require(LocalAddress("192.0.2.2")), try #require(LocalAddress("2001:db8::2"))])
        let onlyIPv4 = CandidateAddresses.choose(public: [], interfaces: interfaces, hasIPv6: false)
        #expect(onlyIPv4 == [try #require(LocalAddress("192.0.2.2"))])
    }

    @Test("loopback is offered by a machine that has nothing else")
    func loopbackOnly() throws {
        let interfaces = [try interface("127.0.0.1", loopback: true), try interface("fe80::1", linkLocal: true)]
        let chosen = CandidateAddresses.choose(public: [], interfaces: interfaces, hasIPv6: true)
        #expect(chosen == [try #require(LocalAddress("127.0.0.1"))])
    }

    @Test("configured public addresses replace the machine's own")
    func configured() throws {
        let outside = try #require(LocalAddress("203.0.113.9"))
        let chosen = CandidateAddresses.choose(
            public: [outside],
            interfaces: [try interface("192.0.2.2")],
            hasIPv6: true
        )
        #expect(chosen == [outside])
    }

    @Test("only addresses are read, never names")
    func parsing() {
        #expect(LocalAddress("example.org") == nil)
        #expect(LocalAddress("192.0.2") == nil)
        #expect(LocalAddress("::ffff:192.0.2.1") == LocalAddress("192.0.2.1"))
    }
}
