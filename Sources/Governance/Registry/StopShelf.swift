// SPDX-License-Identifier: Apache-2.0

import Transparency

/// All signed stops that a node knows. They count from the moment at which they lie here, logged or not.
public struct StopShelf: Sendable {
    /// Of one seat.
    public static let mostOfASeat = 256

    public private(set) var stops: [Signed<Stop>] = []

    public init() {}

    /// True for the same word of the same seat, whichever of its passkeys signed it.
    public func contains(_ stop: Stop) -> Bool { stops.contains { $0.statement == stop } }

    public func isFull(for seat: Name) -> Bool {
        stops.count { $0.statement.seat == seat } >= StopShelf.mostOfASeat
    }

    /// One whose signature was checked.
    mutating func add(_ stop: Signed<Stop>) {
        guard !contains(stop.statement), !isFull(for: stop.statement.seat) else { return }
        stops.append(stop)
    }

    /// Whose voice is taken away by what lies here.
    func revoked(at now: EntryTime, under charter: Charter) -> [Name] {
        var words: [(by: Name, seat: Name, since: UInt64)] = []
        for stop in stops {
            guard case .revoke(let seat, let since) = stop.statement.target, since <= now,
                now.seconds < since.seconds + StopBook.revocation
            else { continue }
            words.append((stop.statement.seat, seat, since.seconds))
        }
        return StopBook.silenced(by: words, under: charter)
    }
}
