// SPDX-License-Identifier: Apache-2.0

import Base

/// Shamir's secret sharing (CACM 22(11), 1979), byte by byte over ``GF256``: five shares, of which any three give the secret, and any
/// two fit to every secret alike.
enum SecretSharing {
    static let threshold = 3
    static let count = 5
    /// The places of shares: x coordinates, none of them zero.
    static let places: ClosedRange<UInt8> = 1...5

    /// A polynomial of degree two for each byte, with the byte at zero; every coefficient is as likely as any other, zero included.
    ///
    /// - Returns: the shares of places 1 to 5, each as long as the secret.
    static func split(_ secret: Secret, using randomness: inout some Randomness) -> [Secret] {
        let linear = Secret.random(secret.count, using: &randomness)
        let quadratic = Secret.random(secret.count, using: &randomness)
        return places.map { place in
            let x = GF256(place)
            var share: [UInt8] = []
            share.reserveCapacity(secret.count)
            secret.withBytes { constant in
                linear.withBytes { linear in
                    quadratic.withBytes { quadratic in
                        for index in constant.indices {
                            // Horner's rule.
                            let inner = GF256(quadratic[index]) * x + GF256(linear[index])
                            share.append((inner * x + GF256(constant[index])).byte)
                        }
                    }
                }
            }
            return Secret(erasing: &share)
        }
    }

    /// The secret: the polynomials' values at zero (Lagrange). `nil` unless there are three shares of different places and equal lengths.
    static func combine(_ shares: [(place: UInt8, share: Secret)]) -> Secret? {
        guard shares.count == threshold, let length = shares.first?.share.count,
            shares.allSatisfy({ places ~= $0.place && $0.share.count == length }),
            Set(shares.map { $0.place }).count == threshold
        else { return nil }
        var secret = [UInt8](repeating: 0, count: length)
        for (place, share) in shares {
            // Places are public: only the shares' bytes are worth a care for time.
            var weight = GF256.one
            for (other, _) in shares where other != place {
                weight = weight * GF256(other) * (GF256(other) + GF256(place)).inverse
            }
            share.withBytes { bytes in
                for index in secret.indices { secret[index] ^= (weight * GF256(bytes[index])).byte }
            }
        }
        return Secret(erasing: &secret)
    }
}
