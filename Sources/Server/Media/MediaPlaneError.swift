// SPDX-License-Identifier: Apache-2.0

/// Why the media plane doesn't start.
enum MediaPlaneError: Error, Hashable, Sendable {
    /// The kernel refused a socket; `errno` says why.
    case socket(errno: Int32)
    /// Every port of the configured range is taken.
    case noFreePort
    /// The machine has no address that a client could reach.
    case noAddress
    /// A thread, or the certificate for DTLS, couldn't be made.
    case resources
    /// It was started before.
    case alreadyStarted
}
