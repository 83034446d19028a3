// SPDX-License-Identifier: Apache-2.0

/// Why a text is no policy (C2SP tlog-policy), and in which line, counted from 1.
public struct PolicyRefusal: Error, Hashable, Sendable {
    public let line: Int
    public let rule: PolicyRule

    init(_ line: Int, _ rule: PolicyRule) {
        self.line = line
        self.rule = rule
    }
}
