// SPDX-License-Identifier: Apache-2.0

import Base

/// How a report says which packets arrived: 16-bit chunks, each a run of one symbol, 14 one-bit symbols or
/// 7 two-bit symbols (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.2 to §3.1.4).
enum TransportFeedbackChunk {
    enum Symbol: UInt16 {
        case notReceived = 0
        case smallDelta = 1
        case largeDelta = 2

        init(delta: Int16?) {
            self = delta.map { UInt8(exactly: $0) == nil ? .largeDelta : .smallDelta } ?? .notReceived
        }
    }

    /// `nil` when chunks are missing or use the reserved symbol for a packet that counts.
    static func readSymbols(count: Int, _ reader: inout ByteReader) -> [Symbol]? {
        var symbols: [Symbol] = []
        symbols.reserveCapacity(count)
        while symbols.count < count {
            guard let chunk = reader.readUInt16() else { return nil }
            let missing = count - symbols.count
            if chunk & 0x8000 == 0 {
                let length = Int(chunk & 0x1FFF)
                guard length > 0, let symbol = Symbol(rawValue: chunk >> 13 & 3) else { return nil }
                symbols.append(contentsOf: repeatElement(symbol, count: min(length, missing)))
            } else {
                let width: UInt16 = chunk & 0x4000 == 0 ? 1 : 2
                for index in 0..<min(14 / Int(width), missing) {
                    let shift = 14 - width * UInt16(index + 1)
                    guard let symbol = Symbol(rawValue: chunk >> shift & (width == 1 ? 1 : 3)) else { return nil }
                    symbols.append(symbol)
                }
            }
        }
        return symbols
    }

    static func writeSymbols(_ symbols: [Symbol], _ writer: inout ByteWriter) {
        var rest = symbols[...]
        while let first = rest.first {
            let run = rest.prefix(0x1FFF).prefix { $0 == first }.count
            let oneBit = rest.prefix(14)
            // A run pays from where the widest vector would need a second chunk.
            if run >= 14 || run == rest.count || (first == .largeDelta && run >= 7) {
                writer.write(first.rawValue << 13 | UInt16(run))
                rest = rest.dropFirst(run)
            } else if oneBit.allSatisfy({ $0 != .largeDelta }) {
                writer.write(0x8000 | pack(oneBit, width: 1))
                rest = rest.dropFirst(14)
            } else {
                writer.write(0xC000 | pack(rest.prefix(7), width: 2))
                rest = rest.dropFirst(7)
            }
        }
    }

    private static func pack(_ symbols: ArraySlice<Symbol>, width: UInt16) -> UInt16 {
        var bits: UInt16 = 0
        var shift: UInt16 = 14
        for symbol in symbols {
            shift -= width
            bits |= symbol.rawValue << shift
        }
        return bits
    }
}
