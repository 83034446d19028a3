// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Transport

@Suite("TCP framing")
struct TCPFramingTests {
    private func receive(
        _ chunks: [[UInt8]],
        maximumLength: Int = 64
    ) throws(TCPFraming.Refusal) -> [[UInt8]] {
        var framing = TCPFraming(maximumLength: maximumLength)
        var frames: [[UInt8]] = []
        for chunk in chunks {
            // Typed throws do not pass through withUnsafeBytes' closure unaided.
            let result: Result<Void, TCPFraming.Refusal> = chunk.withUnsafeBytes { bytes in
                do throws(TCPFraming.Refusal) {
                    try framing.receive(bytes) { frames.append(Array($0)) }
                    return .success(())
                } catch { return .failure(error) }
            }
            try result.get()
        }
        return frames
    }

    @Test("frames come out whole however the stream is cut")
    func cuts() throws {
        let stream: [UInt8] = [0, 3, 1, 2, 3, 0, 0, 0, 1, 9, 0, 2, 7, 8]
        let expected: [[UInt8]] = [[1, 2, 3], [9], [7, 8]]
        for size in 1...stream.count {
            let chunks = stride(from: 0, to: stream.count, by: size).map {
                Array(stream[$0..<min($0 + size, stream.count)])
            }
            #expect(try receive(chunks) == expected)
        }
    }

    @Test("a frame of the maximum length passes, a longer one ends the stream")
    func bound() throws {
        let longest = [UInt8](repeating: 5, count: 64)
        #expect(try receive([[0, 64] + longest]) == [longest])
        #expect(throws: TCPFraming.Refusal.frameTooLong) { try receive([[0, 65]]) }
        #expect(throws: TCPFraming.Refusal.frameTooLong) { try receive([[0xFF], [0xFF]]) }
    }

    @Test("a header is written for what fits, and for nothing else")
    func header() {
        #expect(TCPFraming.header(for: 0x1234).map { [$0.0, $0.1] } == [0x12, 0x34])
        #expect(TCPFraming.header(for: 65_536) == nil)
        #expect(TCPFraming.header(for: -1) == nil)
    }
}
