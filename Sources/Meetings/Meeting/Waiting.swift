// SPDX-License-Identifier: Apache-2.0

/// Somebody in the lobby.
struct Waiting: Sendable {
    let connection: ConnectionID
    let knock: Knock
}
