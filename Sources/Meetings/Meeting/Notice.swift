// SPDX-License-Identifier: Apache-2.0

import Base

/// Something about somebody that those inside haven't been told yet. What is told is how it is by then.
struct Notice: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// Whether their socket is there.
        case presence
        /// Whether they wait.
        case knock
    }

    let participant: ParticipantID
    let kind: Kind
}
