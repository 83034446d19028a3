// SPDX-License-Identifier: Apache-2.0

import Base
import Routing

extension ConnectionQuality {
    init(_ uplink: UplinkQuality) {
        switch uplink {
        case .good: self = .good
        case .fair: self = .fair
        case .poor: self = .poor
        }
    }
}
