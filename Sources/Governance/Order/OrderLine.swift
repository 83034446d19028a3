// SPDX-License-Identifier: Apache-2.0

/// The lines of an order, in their order (docs/orders.md).
public enum OrderLine: Keyword {
    case order
    case caseID
    case charter
    case action
    case subject
    case meeting
    case record
    case field
    case until
    case proposer
    case requester
    case authority
    case instrument
    case instrumentDocument
    case legalBasis
    case drafted
    case conductFrom
    case conductTo
    case jurisdiction
    case jurisdictionDocument
    case jurisdictionSeat
    case callBack
    case evidence
    case evidenceDocument
    case evidenceMeeting
    case evidenceMode
    case evidenceAuthor
    case evidenceAuthorSince
    case evidenceSource
    case narrowerOrder
    case recipientKey
    case notBefore
    case expires
    case notice
    case embargoUntil
    case embargoDocument
    case nonce

    public var word: StaticString {
        switch self {
        case .order: "order"
        case .caseID: "case"
        case .charter: "charter"
        case .action: "action"
        case .subject: "subject"
        case .meeting: "meeting"
        case .record: "record"
        case .field: "field"
        case .until: "until"
        case .proposer: "proposer"
        case .requester: "requester"
        case .authority: "authority"
        case .instrument: "instrument"
        case .instrumentDocument: "instrument-document"
        case .legalBasis: "legal-basis"
        case .drafted: "drafted"
        case .conductFrom: "conduct-from"
        case .conductTo: "conduct-to"
        case .jurisdiction: "jurisdiction"
        case .jurisdictionDocument: "jurisdiction-document"
        case .jurisdictionSeat: "jurisdiction-seat"
        case .callBack: "call-back"
        case .evidence: "evidence"
        case .evidenceDocument: "evidence-document"
        case .evidenceMeeting: "evidence-meeting"
        case .evidenceMode: "evidence-mode"
        case .evidenceAuthor: "evidence-author"
        case .evidenceAuthorSince: "evidence-author-since"
        case .evidenceSource: "evidence-source"
        case .narrowerOrder: "narrower-order"
        case .recipientKey: "recipient-key"
        case .notBefore: "not-before"
        case .expires: "expires"
        case .notice: "notice"
        case .embargoUntil: "embargo-until"
        case .embargoDocument: "embargo-document"
        case .nonce: "nonce"
        }
    }
}
