// SPDX-License-Identifier: Apache-2.0

/// The 48-bit index of an SRTP packet, of which only the low 16 bits travel (RFC 3711 §3.3.1, appendix A).
enum PacketIndex {
    static let maximumRolloverCounter = UInt64(UInt32.max)

    /// The index nearest to the highest one seen that ends in `sequenceNumber`.
    static func estimate(_ sequenceNumber: UInt16, highest: UInt64) -> Result<UInt64, SRTPRefusal> {
        let rolloverCounter = highest >> 16
        let newest = Int(highest & 0xFFFF)
        let sequence = Int(sequenceNumber)
        var estimated = rolloverCounter
        if newest < 32_768 {
            if sequence - newest > 32_768 {
                guard rolloverCounter > 0 else { return .failure(.tooOld) }
                estimated = rolloverCounter - 1
            }
        } else if newest - 32_768 > sequence {
            guard rolloverCounter < maximumRolloverCounter else { return .failure(.keysExhausted) }
            estimated = rolloverCounter + 1
        }
        return .success(estimated << 16 | UInt64(sequenceNumber))
    }
}
