// SPDX-License-Identifier: Apache-2.0

import Base
import NIOCore

/// Turns remote addresses into numbers that mean nothing outside this process and this hour.
///
/// The node must tell one busy address from many; it has no reason to know or keep any.
struct AddressHasher {
    static let keyLife = Interval.seconds(3_600)

    private var key: (UInt64, UInt64)
    private var expiry: Moment

    init(now: Moment, using randomness: inout some Randomness) {
        key = (randomness.next(), randomness.next())
        expiry = now + AddressHasher.keyLife
    }

    mutating func hash(_ address: SocketAddress?, now: Moment, using randomness: inout some Randomness) -> UInt64 {
        if now >= expiry { self = AddressHasher(now: now, using: &randomness) }
        var hasher = Hasher()
        hasher.combine(key.0)
        hasher.combine(key.1)
        if let address { AddressHasher.combine(address, into: &hasher) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// The network part of `sockaddr_in` (offset 4) or `sockaddr_in6` (offset 8).
    private static func combine(_ address: SocketAddress, into hasher: inout Hasher) {
        address.withSockAddr { pointer, size in
            let bytes = UnsafeRawBufferPointer(start: pointer, count: size)
            switch address {
            case .v4 where size >= 8:
                hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[4..<8]))
            case .v6 where size >= 24:
                // A person has a whole /64; a v4-mapped address is told apart by its last four bytes.
                let isMapped = bytes[8..<18].allSatisfy { $0 == 0 } && bytes[18] == 0xFF && bytes[19] == 0xFF
                hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: isMapped ? bytes[20..<24] : bytes[8..<16]))
            default: break
            }
        }
    }
}
