// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Membership

/// One row of the table: who does what, and which rule says no.
struct RuleCase: Sendable, CustomTestStringConvertible {
    let what: String
    /// `nil`: everybody follows.
    let breaks: RuleViolation?
    let policy: @Sendable (inout MeetingPolicy) -> Void
    let withKeepers: Bool
    let run: @Sendable (inout RuleScene) throws -> RuleViolation?

    var testDescription: String { "\(what): \(breaks.map { "\($0)" } ?? "follows")" }

    init(
        _ what: String,
        _ breaks: RuleViolation?,
        where policy: @escaping @Sendable (inout MeetingPolicy) -> Void = { _ in },
        withKeepers: Bool = true,
        _ run: @escaping @Sendable (inout RuleScene) throws -> RuleViolation?
    ) {
        self.what = what
        self.breaks = breaks
        self.policy = policy
        self.withKeepers = withKeepers
        self.run = run
    }
}
