// SPDX-License-Identifier: Apache-2.0

/// Why an entry isn't taken.
public enum SubmissionRefusal: Error, Hashable, Sendable {
    /// Too many wait already; later there will be room.
    case busy
    /// The log has stopped.
    case stopped
}
