// SPDX-License-Identifier: Apache-2.0

/// A message that passed MESSAGE-INTEGRITY. Only ``STUNMessage/authenticated(with:)`` makes one.
public struct AuthenticatedSTUNMessage: Sendable {
    public let message: STUNMessage

    init(message: STUNMessage) {
        self.message = message
    }
}
