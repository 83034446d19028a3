// SPDX-License-Identifier: Apache-2.0

/// Which tracks a participant opens. By default all of them; where hundreds share a machine for the sake of load, every
/// n-th: the packets of the others are received and counted, and no more.
public struct TrackSampling: Hashable, Sendable {
    let every: Int
    let offset: Int

    public static let all = TrackSampling(every: 1, offset: 0)

    /// - Parameter offset: with which track to begin, so that not all participants open the same ones.
    public static func every(_ count: Int, offset: Int = 0) -> TrackSampling {
        TrackSampling(every: max(1, count), offset: offset)
    }

    func includes(_ index: Int) -> Bool { (index + offset) % every == 0 }
}
