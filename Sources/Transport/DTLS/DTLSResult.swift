// SPDX-License-Identifier: Apache-2.0

/// What a finished handshake yields. Nothing in it may be used before its owner has compared ``peerFingerprint`` with
/// the one that signalling promised (RFC 8827 §6.5): the handshake itself accepts any certificate.
public struct DTLSResult: Sendable {
    public let profile: SRTPProfile
    /// For what we send.
    public let sealerKeys: SRTPKeys
    /// For what the peer sends.
    public let openerKeys: SRTPKeys
    public let peerFingerprint: Fingerprint

    /// Protects what we send.
    public func makeSealer() throws(SRTPError) -> SRTPSealer {
        try SRTPSealer(profile: profile, keys: sealerKeys)
    }

    /// Opens what the peer sends.
    public func makeOpener() throws(SRTPError) -> SRTPOpener {
        try SRTPOpener(profile: profile, keys: openerKeys)
    }
}
