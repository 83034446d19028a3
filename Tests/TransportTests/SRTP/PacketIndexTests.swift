// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Transport

@Suite("SRTP packet index")
struct PacketIndexTests {
    @Test("the nearest index is guessed, across the wrap in both directions")
    func estimates() {
        #expect(PacketIndex.estimate(5, highest: 4) == .success(5))
        #expect(PacketIndex.estimate(0, highest: 65_535) == .success(65_536))
        #expect(PacketIndex.estimate(65_535, highest: 65_536) == .success(65_535))
        #expect(PacketIndex.estimate(32_766, highest: 65_535) == .success(65_536 + 32_766))
        #expect(PacketIndex.estimate(32_767, highest: 65_535) == .success(32_767))
        #expect(PacketIndex.estimate(32_768, highest: 65_536) == .success(65_536 + 32_768))
        #expect(PacketIndex.estimate(32_769, highest: 65_536) == .success(32_769))
    }

    @Test("before the first packet and after the last counter there is nothing")
    func ends() {
        #expect(PacketIndex.estimate(65_535, highest: 0) == .failure(.tooOld))
        let last = UInt64(UInt32.max) << 16 | 65_535
        #expect(PacketIndex.estimate(0, highest: last) == .failure(.keysExhausted))
        #expect(PacketIndex.estimate(65_534, highest: last) == .success(last - 1))
    }
}
