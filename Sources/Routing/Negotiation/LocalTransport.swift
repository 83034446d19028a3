// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Our side of one peer connection, as it stands in our descriptions.
public struct LocalTransport: Sendable {
    public var credentials: ICECredentials
    public var fingerprint: Fingerprint
    /// UDP and passive TCP addresses of this node.
    public var candidates: [ICECandidate]

    public init(credentials: ICECredentials, fingerprint: Fingerprint, candidates: [ICECandidate]) {
        self.credentials = credentials
        self.fingerprint = fingerprint
        self.candidates = candidates
    }

    /// Fills in what every living section says; the one that stands for the bundle also has the candidates.
    func describe(_ section: inout MediaDescription, setup: DTLSSetup, withCandidates: Bool) {
        section.iceUfrag = credentials.ufrag
        section.icePassword = credentials.passwordText
        section.fingerprint = fingerprint
        section.setup = setup
        section.hasRTCPMux = true
        section.hasRTCPReducedSize = true
        if withCandidates {
            section.candidates = candidates
            section.hasEndOfCandidates = true
        }
    }
}
