// SPDX-License-Identifier: Apache-2.0

public import Transport

/// The client's side of one peer connection. Its candidates aren't kept: an ICE-lite server waits to be called.
public struct RemoteTransport: Sendable {
    public var credentials: ICECredentials
    public var fingerprint: Fingerprint
    public var setup: DTLSSetup

    /// Checks that `description` has one transport for all its sections, and that it is still the same peer.
    init(_ description: SessionDescription, previous: RemoteTransport?) throws(NegotiationError) {
        let living = description.media.filter { !$0.isRejected }
        for section in living {
            guard let mid = section.mid else { throw .missingMid }
            guard living.count == 1 || description.bundle.contains(mid) else { throw .notBundled }
            guard !section.isRTP || section.hasRTCPMux else { throw .rtcpMuxMissing(mid: mid) }
        }
        guard let section = description.transportSection else { throw .noMedia }
        guard let credentials = section.credentials else { throw .missingCredentials }
        guard let fingerprint = section.fingerprint else { throw .missingFingerprint }
        for other in living where other.fingerprint != nil && other.fingerprint != fingerprint {
            throw .fingerprintChanged
        }
        if let previous, previous.fingerprint != fingerprint { throw .fingerprintChanged }
        self.credentials = credentials
        self.fingerprint = fingerprint
        setup = section.setup ?? .actpass
    }
}
