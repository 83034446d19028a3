// SPDX-License-Identifier: Apache-2.0

import Base

/// Each member has two ratchets (RFC 9420 §9).
package enum RatchetKind: Hashable, Sendable {
    case handshake
    case application

    init(_ type: ContentType) {
        self = type == .application ? .application : .handshake
    }

    var label: Label {
        switch self {
        case .handshake: "handshake"
        case .application: "application"
        }
    }
}
