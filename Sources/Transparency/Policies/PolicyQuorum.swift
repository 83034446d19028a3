// SPDX-License-Identifier: Apache-2.0

/// What makes a checkpoint valid beside the log's signature (C2SP tlog-policy, Defining the quorum).
public enum PolicyQuorum: Hashable, Sendable {
    /// `quorum none`: written down by somebody who wants no witness; never what follows from something missing.
    case none
    case of(PolicyMember)
}
