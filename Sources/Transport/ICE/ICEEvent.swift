// SPDX-License-Identifier: Apache-2.0

public enum ICEEvent: Hashable, Sendable {
    /// Media goes here from now on: the first nomination, a better one, or the peer moved.
    case selected(TransportAddress)
    /// Nothing proved for 30 s that the peer still wants to hear from us (RFC 7675 §5.1).
    case consentExpired
    /// Every pair failed.
    case failed
}
