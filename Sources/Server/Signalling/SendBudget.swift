// SPDX-License-Identifier: Apache-2.0

/// How much may wait for one reader. A reader that falls further behind is let go, so that the meeting never waits
/// for its slowest participant and the node's memory doesn't depend on strangers.
struct SendBudget {
    /// A whole backlog fits, with what comes meanwhile.
    static let maximumBytes = 8 << 20
    static let maximumMessages = 4_096
    /// A reader may hold this part of what the node has left, so that many slow ones together get less each and never all
    /// of it (dynamic thresholds: Choudhury and Hahne, 1998).
    static let partOfFree = 32

    private(set) var bytes = 0
    private(set) var messages = 0

    /// - Parameter free: what the node has left for all readers, in bytes (``SendPool``).
    /// - Returns: whether one more message of `size` bytes may wait. If so, it does.
    mutating func take(_ size: Int, free: Int) -> Bool {
        guard size <= free else { return false }
        let share = min(SendBudget.maximumBytes, free / SendBudget.partOfFree)
        // A lone message fits: it was limited where it was made.
        guard messages == 0 || (bytes + size <= share && messages < SendBudget.maximumMessages) else { return false }
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
