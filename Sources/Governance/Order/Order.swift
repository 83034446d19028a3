// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

/// What is asked to be done, to whom, why, and until when: the first rung. It says nothing about anybody's approval.
///
/// Canonical text: ASCII, LF, lines in one order, one value on each (docs/orders.md). `Order(parsing: text).text == text`.
public struct Order: Hashable, Sendable {
    public static let longest = 16_384
    /// What an author's key must have been known for before the conduct that it is evidence of.
    public static let youngestKey: UInt64 = 30 * 86_400

    public internal(set) var name: Name
    public internal(set) var caseID: CaseID
    public internal(set) var charter: DocumentHash
    public internal(set) var action: Action
    /// A salted commitment to exactly one account, member or meeting.
    public internal(set) var subject: DocumentHash
    public internal(set) var scope: Scope
    public internal(set) var proposer: Name
    public internal(set) var requester: Country
    public internal(set) var authority: Name
    public internal(set) var instrument: Instrument
    public internal(set) var instrumentDocument: DocumentHash
    public internal(set) var legalBasis: Name
    public internal(set) var drafted: EntryTime
    public internal(set) var conductFrom: EntryTime
    public internal(set) var conductTo: EntryTime
    public internal(set) var jurisdiction: JurisdictionAttestation
    /// The record of the call back to the authority, by a number known before (emergencies only).
    public internal(set) var callBack: DocumentHash?
    public internal(set) var evidence: [Evidence]
    /// The narrower order that was executed before without success (`end-meeting` only).
    public internal(set) var narrowerOrder: DocumentHash?
    public internal(set) var notBefore: EntryTime
    public internal(set) var expires: EntryTime
    public internal(set) var notice: OrderNotice
    /// 16 random bytes: who holds the order can recognise a halt in the log, nobody else.
    public internal(set) var nonce: [UInt8]

    public func hash<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> DocumentHash {
        .of(document: text, with: crypto)
    }

    /// `SHA-256("halt/v1\0" || nonce)` (governance.md §9.5): what halts and objections name.
    public func nonceHash<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> DocumentHash {
        var input: [UInt8] = []
        input.append("halt/v1\0")
        return .of(document: input + nonce, with: crypto)
    }
}
