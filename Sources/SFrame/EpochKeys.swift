// SPDX-License-Identifier: Apache-2.0

import Base

/// One epoch's base key, and the keys derived from it so far.
struct EpochKeys: Sendable {
    struct Receiving: Sendable {
        let key: SFrameKey
        var window: ReplayWindow
    }

    struct Sending: Sendable {
        let key: SFrameKey
        var counter: SendingCounter
    }

    let epoch: UInt64
    let layout: KeyIDLayout
    let baseKey: Secret
    /// By key identifier; entered when a first frame was accepted, so that strangers can't fill it.
    var receiving = SortedMap<UInt64, Receiving>()
    /// Accepted contexts by sender.
    var contexts = SortedMap<UInt32, Int>()
    /// By context.
    var sending = SortedMap<UInt64, Sending>()
    /// Whether sealing has moved on from here, and with it the memory of how far was counted.
    var wasLeft = false
    /// Where restored windows begin, by key identifier.
    var floors = SortedMap<UInt64, UInt64>()
    var expires: Moment?

    init(epoch: UInt64, layout: KeyIDLayout, baseKey: Secret) {
        self.epoch = epoch
        self.layout = layout
        self.baseKey = baseKey
    }
}
