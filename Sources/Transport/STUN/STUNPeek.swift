// SPDX-License-Identifier: Apache-2.0

/// Finds the peer for which a datagram is meant, before anything about it is believed.
public enum STUNPeek {
    /// The part of USERNAME before the colon: the receiver's own ufrag in a connectivity check.
    ///
    /// Reads the datagram in place and allocates nothing, so that a flood from strangers costs a table look-up each.
    /// The result points into `datagram`.
    public static func receiverUfrag(in datagram: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard datagram.count >= STUNMessage.headerLength, datagram[0] & 0xC0 == 0 else { return nil }
        var offset = STUNMessage.headerLength
        while datagram.count - offset >= 4 {
            let type = UInt16(datagram[offset]) << 8 | UInt16(datagram[offset + 1])
            let length = Int(datagram[offset + 2]) << 8 | Int(datagram[offset + 3])
            let start = offset + 4
            guard start + length <= datagram.count else { return nil }
            if type == STUNAttributeType.username.rawValue {
                let name = UnsafeRawBufferPointer(rebasing: datagram[start..<start + length])
                guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return nil }
                return UnsafeRawBufferPointer(rebasing: name[..<colon])
            }
            offset = start + (length + 3) & ~3
        }
        return nil
    }
}
