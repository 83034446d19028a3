// SPDX-License-Identifier: Apache-2.0

public import Governance

extension Story {
    /// Who approves what in a council, at the least.
    public static func approvers(of action: Action) -> [String] {
        switch action {
        case .disclose, .suspend: ["alice", "bob", "carol", "frank"]
        case .endMeeting: ["alice", "bob", "carol", "eve", "frank", "grace"]
        default: ["alice", "bob", "frank"]
        }
    }

    /// How long an approved order waits in a council, and a bit.
    public static func lock(of action: Action) -> UInt64 {
        switch action {
        case .disclose: 72 * 3_600 + 60
        case .suspend: 8 * 86_400 + 60
        case .endMeeting: 24 * 3_600 + 60
        default: 3_660
        }
    }

    /// From nothing to a proposed order.
    public func propose(
        _ action: Action,
        by clerk: String = "cora",
        from liaison: String = "lee",
        edit: (inout OrderText) -> Void = { _ in }
    ) throws {
        try open(by: liaison, clerk: clerk)
        try council.mark()
        wait(60)
        var text = try draft(action)
        text["proposer"] = clerk
        edit(&text)
        try propose(text, by: clerk)
        wait(60)
        try council.mark()
    }

    /// From nothing to an approved order.
    public func approve(
        _ action: Action,
        by approvers: [String]? = nil,
        edit: (inout OrderText) -> Void = { _ in }
    ) throws {
        try propose(action, edit: edit)
        try approveAll(approvers ?? Story.approvers(of: action))
    }

    /// The same under the charter of a pair.
    public func approveAsPair(_ action: Action) throws {
        try propose(action, by: "clerk", from: "clerk") { $0["jurisdiction-seat"] = "a-officer" }
        try approveAll(["a-officer", "b-officer"])
    }

    private func approveAll(_ approvers: [String]) throws {
        try intendAll(approvers)
        try confirmAll(approvers)
        try approve()
        wait(60)
        try council.mark()
    }

    public func intendAll(_ names: [String]) throws {
        for name in names { try intend(name) }
        wait(60)
        try council.mark()
        wait(minutes: 31)
        try council.mark()
        wait(60)
    }

    public func confirmAll(_ names: [String]) throws {
        for name in names { try confirm(name) }
        wait(60)
    }

    /// From an approved order to one that may be executed: notice, lock, an advocate's receipt.
    public func ripen(_ action: Action, receiptBy advocate: String? = "ada") throws {
        try notify()
        wait(60)
        try council.mark()
        wait(Story.lock(of: action))
        try council.mark()
        wait(30)
        if let advocate { try noStop(advocate) }
        wait(30)
    }

    /// A whole case of a new council.
    public static func complete(
        _ action: Action,
        council: Council? = nil,
        by approvers: [String]? = nil,
        seed: UInt64 = 5,
        edit: (inout OrderText) -> Void = { _ in }
    ) throws -> Story {
        let story = Story(try council ?? Council(), seed: seed)
        try story.approve(action, by: approvers, edit: edit)
        try story.ripen(action)
        return story
    }
}
