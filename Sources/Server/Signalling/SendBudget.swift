// SPDX-License-Identifier: Apache-2.0

/// How much may wait for one reader. A reader that falls further behind is let go, so that the meeting never waits
/// for its slowest participant and the node's memory doesn't depend on strangers.
struct SendBudget {
    static let maximumBytes = 1 << 20
    static let maximumMessages = 512

    private(set) var bytes = 0
    private(set) var messages = 0

    /// - Returns: whether one more message of `size` bytes may wait. If so, it does.
    mutating func take(_ size: Int) -> Bool {
        // A lone message always fits: it was limited where it was made.
        guard messages == 0 || (bytes + size <= SendBudget.maximumBytes && messages < SendBudget.maximumMessages) else {
            return false
        }
        bytes += size
        messages += 1
        return true
    }

    /// The message left for the network.
    mutating func giveBack(_ size: Int) {
        bytes -= size
        messages -= 1
    }
}
