// SPDX-License-Identifier: Apache-2.0

/// What an entry says was done (docs/log.md has the table). Another type is refused by who writes and tolerated by who reads.
public enum EntryType: CaseIterable, Hashable, Sendable {
    // Of a case, each linked to the one before.
    case contact
    case docket
    case check
    case proposed
    case approval
    case objection
    case halt
    case approved
    case notice
    case executed
    case delivered
    case closed
    case opening
    // Of the deployment.
    case charter
    case seat
    case release
    case agreement
    case interruptionClaim
    case incident
    case report

    var name: StaticString {
        switch self {
        case .contact: "contact"
        case .docket: "docket"
        case .check: "check"
        case .proposed: "proposed"
        case .approval: "approval"
        case .objection: "objection"
        case .halt: "halt"
        case .approved: "approved"
        case .notice: "notice"
        case .executed: "executed"
        case .delivered: "delivered"
        case .closed: "closed"
        case .opening: "opening"
        case .charter: "charter"
        case .seat: "seat"
        case .release: "release"
        case .agreement: "agreement"
        case .interruptionClaim: "interruption-claim"
        case .incident: "incident"
        case .report: "report"
        }
    }

    /// As it is written in entries.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(name)
        return bytes
    }

    init?(named name: ArraySlice<UInt8>) {
        guard let type = EntryType.allCases.first(where: { $0.bytes.elementsEqual(name) }) else { return nil }
        self = type
    }

    /// True if it is a step in the life of a case.
    public var isOfCase: Bool {
        switch self {
        case .contact, .docket, .check, .proposed, .approval, .objection, .halt, .approved, .notice, .executed,
            .delivered, .closed, .opening:
            true
        case .charter, .seat, .release, .agreement, .interruptionClaim, .incident, .report: false
        }
    }

    /// The lines after `type` and `time`, in their order.
    var fields: [FieldRule] {
        var rules: [FieldRule] = []
        if isOfCase { rules += [.one(.caseID), .one(.previous)] }
        switch self {
        case .contact: rules += [.one(.actor), .one(.requester), .one(.instrument)]
        case .docket: rules += [.one(.actor), .one(.requester), .one(.instrument), .maybe(.action)]
        case .check: rules += [.one(.actor), .one(.outcome)]
        case .proposed: rules += [.one(.actor), .one(.action), .one(.order), .one(.charterHash)]
        case .approval: rules += [.one(.actor), .one(.order), .one(.stage), .one(.decision), .maybe(.assertion)]
        case .objection, .halt: rules += [.one(.actor), .one(.nonceHash), .maybe(.assertion)]
        case .approved, .executed, .delivered: rules += [.one(.order)]
        case .notice: rules += [.one(.order), .maybe(.receipt), .maybe(.embargoUntil)]
        case .closed: rules += [.one(.outcome)]
        case .opening: rules += [.one(.opens), .one(.salt), .many(.reveal)]
        case .charter: rules += [.one(.version), .one(.document)]
        case .seat: rules += [.one(.seat), .one(.change), .one(.charterHash), .maybe(.assertion)]
        case .release: rules += [.one(.component), .one(.release), .one(.artifact)]
        case .agreement, .incident: rules += [.one(.document)]
        case .interruptionClaim: rules += [.one(.node), .one(.document)]
        case .report: rules += [.one(.fromSize), .one(.toSize), .one(.document)]
        }
        // An opening commits to nothing of its own.
        if isOfCase, self != .opening { rules += [.maybe(.commitment), .maybe(.due)] }
        return rules
    }
}
