// SPDX-License-Identifier: Apache-2.0

public import Base

/// A session description (RFC 8866), as far as WebRTC uses it (RFC 8829).
///
/// Addresses in `o=` and `c=` lines are neither kept nor told; candidates carry the ones that matter.
public struct SessionDescription: Hashable, Sendable {
    /// `o=`: names the session, with a version that grows with every description.
    public var id: UInt64
    public var version: UInt64
    public var isICELite: Bool
    /// The sections that share one transport, the first being the one that describes it (RFC 9143 §7).
    public var bundle: [String]
    public var media: [MediaDescription]

    public init(
        id: UInt64,
        version: UInt64,
        isICELite: Bool = false,
        bundle: [String] = [],
        media: [MediaDescription] = []
    ) {
        self.id = id
        self.version = version
        self.isICELite = isICELite
        self.bundle = bundle
        self.media = media
    }

    /// Below 2^63, as browsers hold it in a signed number.
    public static func makeID(using randomness: inout some Randomness) -> UInt64 {
        randomness.next() >> 1
    }

    /// The section that describes the shared transport: the bundle's first that isn't refused.
    public var transportSection: MediaDescription? {
        let bundled = bundle.lazy.compactMap { mid in media.first { $0.mid == mid && !$0.isRejected } }.first
        return bundled ?? media.first { !$0.isRejected }
    }
}
