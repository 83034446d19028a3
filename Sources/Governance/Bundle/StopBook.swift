// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// Who stops an order, and whose voice is taken away: by signed statements from anywhere, and by the log.
struct StopBook {
    /// How long a voice is away unless the keepers decide (governance.md §9.2).
    static let revocation: UInt64 = 14 * 86_400
    /// How many voices one seat may take away at once, so that few can't silence everybody.
    static let mostRevoked = 2

    private(set) var stopping: [Name]
    private(set) var revoked: [Name] = []

    /// Statements that aren't signed by a seat of the charter say nothing.
    init<Crypto: CryptoProvider>(
        _ stops: [Signed<Stop>],
        and logged: LoggedOrder,
        in range: LoggedRange,
        now: UInt64,
        with crypto: Crypto.Type
    ) {
        let inForce = logged.verified.inForce
        let charter = inForce.charter
        let nonceHash = logged.order.nonceHash(with: crypto)
        stopping = logged.stopping
        for revocation in logged.revocations {
            // Who may write that is the log's to know; that it is written is enough to be careful.
            guard range.execution.notBefore < range.loggedBy(revocation.index) + StopBook.revocation else { continue }
            revoked.append(revocation.seat)
        }
        var words: [(by: Name, seat: Name, since: UInt64)] = []
        for stop in stops {
            guard stop.statement.genesis == inForce.genesis, charter.seat(stop.statement.seat)?.role != .liaison,
                let verified = try? stop.verify(under: charter, with: crypto)
            else { continue }
            let seat = verified.statement.seat
            switch verified.statement.target {
            case .halt(let target), .objection(let target):
                if target == nonceHash, !stopping.contains(seat) { stopping.append(seat) }
            case .revoke(let name, let since):
                guard since.seconds <= now, now < since.seconds + StopBook.revocation else { continue }
                words.append((seat, name, since.seconds))
            }
        }
        for seat in StopBook.silenced(by: words, under: charter) where !revoked.contains(seat) { revoked.append(seat) }
    }

    /// Whose voice is taken away by words of seats, each still in its time.
    static func silenced(by words: [(by: Name, seat: Name, since: UInt64)], under charter: Charter) -> [Name] {
        guard let rule = charter.rule(for: .seatRevoke) else { return [] }
        let words = words.sorted { $0.since != $1.since ? $0.since < $1.since : $0.seat.precedes($1.seat) }
        var counted: [(by: Name, seat: Name)] = []
        for word in words where !counted.contains(where: { $0.by == word.by && $0.seat == word.seat }) {
            guard counted.count(where: { $0.by == word.by }) < StopBook.mostRevoked else { continue }
            counted.append((word.by, word.seat))
        }
        var silenced: [Name] = []
        for (_, seat) in counted where !silenced.contains(seat) {
            let signers = counted.filter { $0.seat == seat }.map { $0.by }
            if charter.isSatisfied(rule, by: signers) { silenced.append(seat) }
        }
        return silenced
    }
}
