// SPDX-License-Identifier: Apache-2.0

/// Whom to tell where an entry went: the caller's own number for a submission.
public struct Ticket: Hashable, Sendable {
    public let number: UInt64

    public init(_ number: UInt64) {
        self.number = number
    }
}
