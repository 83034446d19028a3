// SPDX-License-Identifier: Apache-2.0

import Base
import Membership

extension TrackSource {
    /// Which of a sender's streams it is in SFrame's key identifiers, and its place in counts.
    var context: UInt8 {
        switch self {
        case .microphone: 0
        case .camera: 1
        case .screen: 2
        case .screenAudio: 3
        }
    }
}

extension PersonFlags {
    /// What one says of oneself while publishing it; a screen's sound goes with the screen.
    init(_ source: TrackSource) {
        switch source {
        case .microphone: self = .microphone
        case .camera: self = .camera
        case .screen, .screenAudio: self = .screen
        }
    }
}
