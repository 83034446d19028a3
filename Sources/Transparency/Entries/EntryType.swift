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
    case accounts

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
        case .accounts: "accounts"
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
    public var isOfCase: Bool { fields.first?.field == .caseID }

    /// The lines after `type` and `time`, in their order.
    var fields: [FieldRule] {
        let link: [FieldRule] = [.one(.caseID), .one(.previous)]
        let signed: [FieldRule] = [.maybe(.assertion)]
        let sealed: [FieldRule] = [.maybe(.commitment), .maybe(.due)]
        return switch self {
        case .contact: link + [.one(.actor), .one(.requester), .one(.instrument)] + signed + sealed
        case .docket:
            link + [.one(.actor), .one(.requester), .one(.instrument), .maybe(.action)] + signed + sealed
        case .check: link + [.one(.actor), .one(.outcome)] + signed + sealed
        case .proposed:
            link + [.one(.actor), .one(.action), .one(.order), .one(.charterHash)] + signed + sealed
        case .approval: link + [.one(.actor), .one(.order), .one(.stage), .one(.decision)] + signed + sealed
        case .objection, .halt: link + [.one(.actor), .one(.nonceHash)] + signed + sealed
        case .approved, .executed, .delivered: link + [.one(.order)] + sealed
        case .notice: link + [.one(.order), .maybe(.receipt), .maybe(.embargoUntil)] + signed + sealed
        case .closed: link + [.one(.outcome)] + signed + sealed
        case .opening: link + [.one(.opens), .one(.salt), .many(.reveal)]
        case .charter: [.one(.version), .one(.document)]
        case .seat: [.one(.seat), .one(.change), .one(.charterHash), .maybe(.assertion)]
        case .release: [.one(.component), .one(.release), .one(.artifact)]
        case .agreement, .incident: [.one(.document)]
        case .interruptionClaim: [.one(.node), .one(.document)]
        case .report: [.one(.fromSize), .one(.toSize), .one(.document)]
        case .accounts: [.one(.document)]
        }
    }
}
