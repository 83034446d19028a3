// SPDX-License-Identifier: Apache-2.0

import Transport

/// Puts frames together from packets that may come in any order, once each. A frame is handed out when its last piece is
/// there; one that never is gives way to later ones. One layer: a timestamp is a frame.
struct FrameAssembler {
    /// Frames given up because pieces of them never came.
    private(set) var abandoned = 0

    private struct Piece {
        var sequenceNumber: UInt64
        var bytes: [UInt8]
    }

    private struct Partial {
        var timestamp: UInt32
        var pieces: [Piece] = []
        var first: UInt64?
        var last: UInt64?

        var isComplete: Bool {
            guard let first, let last, last >= first else { return false }
            return UInt64(pieces.count) == last - first + 1
        }
    }

    private let codec: Codec
    private var partials: [Partial] = []

    private static let partialLimit = 16
    private static let pieceLimit = 1_024

    init(codec: Codec) {
        self.codec = codec
    }

    /// - Parameters:
    ///   - payload: without padding.
    ///   - sequenceNumber: extended by its roll-overs.
    /// - Returns: the frame that this packet completes.
    mutating func add(
        _ payload: UnsafeRawBufferPointer,
        sequenceNumber: UInt64,
        timestamp: UInt32,
        marker: Bool
    ) -> [UInt8]? {
        let length: Int
        let isFirst: Bool
        let isLast: Bool
        switch codec {
        case .opus: return payload.isEmpty ? nil : Array(payload)
        case .vp8:
            guard let descriptor = VP8Descriptor.parse(payload) else { return nil }
            (length, isFirst, isLast) = (descriptor.length, descriptor.isFrameStart, marker)
        case .vp9:
            guard let descriptor = VP9Descriptor.parse(payload) else { return nil }
            (length, isFirst, isLast) = (descriptor.length, descriptor.isFrameStart, descriptor.isFrameEnd)
        }
        let bytes = Array(payload[length...])
        if isFirst, isLast { return bytes }
        let index = partial(of: timestamp)
        partials[index].pieces.append(Piece(sequenceNumber: sequenceNumber, bytes: bytes))
        if isFirst { partials[index].first = sequenceNumber }
        if isLast { partials[index].last = sequenceNumber }
        guard partials[index].isComplete else {
            if partials[index].pieces.count >= Self.pieceLimit { abandon(index) }
            return nil
        }
        let pieces = partials.remove(at: index).pieces.sorted { $0.sequenceNumber < $1.sequenceNumber }
        return pieces.flatMap(\.bytes)
    }

    private mutating func partial(of timestamp: UInt32) -> Int {
        if let index = partials.lastIndex(where: { $0.timestamp == timestamp }) { return index }
        if partials.count == Self.partialLimit { abandon(0) }
        partials.append(Partial(timestamp: timestamp))
        return partials.count - 1
    }

    private mutating func abandon(_ index: Int) {
        partials.remove(at: index)
        abandoned += 1
    }
}
