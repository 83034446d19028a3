// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

/// Who may do what, under which conditions: the rules of a deployment (docs/charter.md).
///
/// Read from its text alone; the text is kept canonical, so that one charter has one hash.
public struct Charter: Hashable, Sendable {
    /// Bytes of the longest text.
    public static let longest = 131_072
    /// Seats, and groups, of one charter.
    public static let mostOfAKind = 64
    /// Credentials of one seat.
    public static let mostCredentials = 8
    /// Groups inside of groups.
    public static let deepest = 8
    /// 13 months.
    public static let longestLife: UInt64 = 397 * 86_400
    /// Nothing that discloses, ejects, suspends or ends happens sooner after its approval (governance.md §9.2).
    public static let actFloor: UInt64 = 3_600
    /// From a logged version of the charter to its effect.
    public static let changeFloor: UInt64 = 14 * 86_400
    /// Within so long of its date a version is logged, and none is dated sooner after the one before: an old version that is logged
    /// again can't hide a newer one.
    public static let loggingTime: UInt64 = 7 * 86_400
    /// 12 months.
    public static let longestEmbargo: UInt64 = 366 * 86_400
    /// 30 days: emergency embargoes, suspensions, and the life of an order.
    public static let thirtyDays: UInt64 = 30 * 86_400

    public internal(set) var version: UInt64
    /// `nil` for the first version.
    public internal(set) var previous: DocumentHash?
    public internal(set) var deployment: Name
    public internal(set) var issued: EntryTime
    public internal(set) var expires: EntryTime
    /// The file (C2SP tlog-policy) that says which log and witnesses count.
    public internal(set) var logPolicy: DocumentHash
    public internal(set) var seats: [Seat]
    public internal(set) var groups: [Group]
    /// One for each action that can be taken, in the order of ``Action``.
    var rules: [(action: Action, rule: ActionRule)]

    /// `nil`: nobody can do this under this charter.
    public func rule(for action: Action) -> ActionRule? { rules.first { $0.action == action }?.rule }

    /// The place of a seat.
    func index(of name: Name) -> Int? { seats.firstIndex { $0.name == name } }

    public func seat(_ name: Name) -> Seat? { seats.first { $0.name == name } }

    public func hash<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> DocumentHash {
        .of(document: text, with: crypto)
    }

    public static func == (lhs: Charter, rhs: Charter) -> Bool { lhs.text == rhs.text }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
