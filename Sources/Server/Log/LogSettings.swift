// SPDX-License-Identifier: Apache-2.0

import Transparency

/// What an operator says about the node's log.
struct LogSettings: Sendable {
    /// The log's name (C2SP tlog-checkpoint, origin); `nil` for the one that it has.
    var origin: String?
    /// Its witnesses and how many of them it takes (C2SP tlog-policy). As long as nobody names any: none.
    var policy: TrustPolicy
    /// The policy's file, as it is served.
    var policyText: [UInt8]

    /// Nobody but the node signs.
    static let noWitnesses = Array("quorum none\n".utf8)
}
