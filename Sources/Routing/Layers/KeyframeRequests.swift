// SPDX-License-Identifier: Apache-2.0

import Base

/// When to ask a publisher for a keyframe of one layer, whoever wants it.
///
/// The first wish is passed on at once; wishes of any number of viewers within ``spacing`` become one, which is repeated
/// until a keyframe comes, more slowly after some tries.
struct KeyframeRequests {
    static let spacing = Interval.milliseconds(500)
    static let patience = Interval.seconds(2)
    static let eagerTries = 6

    private(set) var isWanted = false
    private var lastSent: Moment?
    private var tries = 0
    private(set) var due = Moment(nanoseconds: .max)

    mutating func request(now: Moment) {
        guard !isWanted else { return }
        isWanted = true
        tries = 0
        due = lastSent.map { max(now, $0 + KeyframeRequests.spacing) } ?? now
    }

    /// True when a request has to leave now.
    mutating func takeDue(now: Moment) -> Bool {
        guard isWanted, due <= now else { return false }
        lastSent = now
        tries += 1
        due = now + (tries < KeyframeRequests.eagerTries ? KeyframeRequests.spacing : KeyframeRequests.patience)
        return true
    }

    /// A keyframe came, or nobody waits for one any more.
    mutating func cancel() {
        isWanted = false
        due = Moment(nanoseconds: .max)
    }

    /// Nobody to ask yet: look again a little later, without counting a try.
    mutating func postpone(to moment: Moment) {
        if isWanted { due = moment }
    }
}
