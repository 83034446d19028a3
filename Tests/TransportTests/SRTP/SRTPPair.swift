// SPDX-License-Identifier: Apache-2.0

import Base

@testable import Transport

/// A sealer, the opener of the other side, and packets between them.
struct SRTPPair {
    let sealer: SRTPSealer
    let opener: SRTPOpener
    static let ssrc: UInt32 = 0xDECA_FBAD

    init(_ profile: SRTPProfile) throws {
        let keys = SRTPKeys(
            masterKey: Secret((0..<profile.keyLength).map { UInt8($0) }),
            masterSalt: Secret((0..<profile.saltLength).map { UInt8(0xA0 + $0) })
        )
        sealer = try SRTPSealer(profile: profile, keys: keys)
        opener = try SRTPOpener(profile: profile, keys: keys)
    }

    /// An RTP packet with one contributing source and one extension word, sealed.
    func sealed(_ index: UInt64, ssrc: UInt32 = ssrc, payload: [UInt8] = [1, 2, 3, 4, 5]) -> [UInt8] {
        var packet = SRTPPair.clear(index, ssrc: ssrc, payload: payload)
        let length = packet.count
        packet += [UInt8](repeating: 0, count: sealer.rtpOverhead)
        let capacity = packet.count
        let sealedLength = packet.withUnsafeMutableBytes {
            sealer.seal(
                $0.baseAddress!,
                length: length,
                capacity: capacity,
                headerLength: 24,
                ssrc: ssrc,
                sequenceNumber: UInt16(truncatingIfNeeded: index),
                rolloverCounter: UInt32(truncatingIfNeeded: index >> 16)
            )
        }
        return Array(packet.prefix(sealedLength))
    }

    static func clear(_ index: UInt64, ssrc: UInt32 = ssrc, payload: [UInt8] = [1, 2, 3, 4, 5]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write([0x91, 0x60])
        writer.write(UInt16(truncatingIfNeeded: index))
        writer.write(UInt32(3000))
        writer.write(ssrc)
        writer.write(UInt32(0x0102_0304))
        writer.write([0xBE, 0xDE, 0, 1, 0x10, 0x7F, 0, 0])
        writer.write(payload)
        return writer.bytes
    }

    func open(_ packet: [UInt8]) -> Result<OpenedRTP, SRTPRefusal> {
        var packet = packet
        return open(&packet)
    }

    func open(_ packet: inout [UInt8]) -> Result<OpenedRTP, SRTPRefusal> {
        packet.withUnsafeMutableBytes { bytes in
            guard let header = RTPHeader.parse(UnsafeRawBufferPointer(bytes)) else { return .failure(.tooShort) }
            return opener.open(bytes, header: header)
        }
    }

    func sealedRTCP(_ packet: [UInt8]) -> [UInt8] {
        var packet = packet
        let length = packet.count
        packet += [UInt8](repeating: 0, count: sealer.rtcpOverhead)
        let capacity = packet.count
        let sealedLength = packet.withUnsafeMutableBytes {
            sealer.sealRTCP($0.baseAddress!, length: length, capacity: capacity)
        }
        return Array(packet.prefix(sealedLength))
    }

    func openRTCP(_ packet: inout [UInt8]) -> Result<Int, SRTPRefusal> {
        packet.withUnsafeMutableBytes { opener.openRTCP($0) }
    }

    func openRTCP(_ packet: [UInt8]) -> Result<Int, SRTPRefusal> {
        var packet = packet
        return openRTCP(&packet)
    }
}

extension Result where Success == OpenedRTP, Failure == SRTPRefusal {
    var index: UInt64? { try? get().extendedSequenceNumber }
    var refusal: SRTPRefusal? {
        if case .failure(let refusal) = self { refusal } else { nil }
    }
}

func hexBytes(_ text: String) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue).map { UInt8($0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
