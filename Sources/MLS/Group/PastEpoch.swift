// SPDX-License-Identifier: Apache-2.0

import Base

/// What is kept of an epoch that is over, for application messages that are late (RFC 9420 §15.3).
struct PastEpoch<Crypto: CryptoProvider>: Sendable {
    var context: GroupContext
    /// The members as they were: an index may be somebody else's now.
    var tree: RatchetTree
    var senderData: Secret
    var secretTree: SecretTree<Crypto>
}
