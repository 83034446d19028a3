// SPDX-License-Identifier: Apache-2.0

/// What a charter can give rules for (design §6). There is no other power.
public enum Action: Keyword {
    /// Hand over listed sealed fields of one account.
    case disclose
    /// The same in an imminent threat to life: fewer fields, void unless ratified.
    case discloseEmergency
    /// One member out of one meeting.
    case eject
    /// One account, which comes back by itself.
    case suspend
    /// The signatories' nodes stop carrying one meeting.
    case endMeeting
    /// Stop an order.
    case halt
    /// Take a seat's voice away, until the keepers decide.
    case seatRevoke
    /// A new version of the charter.
    case charter

    public var word: StaticString {
        switch self {
        case .disclose: "disclose"
        case .discloseEmergency: "disclose-emergency"
        case .eject: "eject"
        case .suspend: "suspend"
        case .endMeeting: "end-meeting"
        case .halt: "halt"
        case .seatRevoke: "seat-revoke"
        case .charter: "charter"
        }
    }

    /// True for what is done to somebody: it takes an order, and has floors in code.
    public var actsOnSomebody: Bool {
        switch self {
        case .disclose, .discloseEmergency, .eject, .suspend, .endMeeting: true
        case .halt, .seatRevoke, .charter: false
        }
    }

    /// True for what hands something over.
    public var discloses: Bool { self == .disclose || self == .discloseEmergency }

    /// Whether somebody's conduct is what it answers: only attributable evidence can ground that.
    public var needsEvidence: Bool { self == .eject || self == .suspend || self == .endMeeting }
}
