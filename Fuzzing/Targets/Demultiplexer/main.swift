// SPDX-License-Identifier: Apache-2.0

import Driver
import Transport

fuzz { input in
    // What is told to be RTP is RTP or refused by its own parser; nothing here may trap.
    if case .rtp = Demultiplexer.classify(input) { _ = RTPHeader.parse(input) }
}
