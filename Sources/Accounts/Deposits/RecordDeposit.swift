// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// A sealed record as whoever stores it sees it: whose it is, and until when. What is sealed isn't looked at, and can't be: a node's
/// program has no code for it (docs/sealing.md).
public struct RecordDeposit: Hashable, Sendable {
    public static let longest = 32_768
    /// 90 days, as ``DepositRefusal/wrongRetention`` says.
    public static let longestRetention: UInt64 = 90 * 86_400
    /// By how much clocks may differ: 10 minutes.
    static let clockTolerance: UInt64 = 600

    /// SHA-256 of the text: the record's name in orders.
    public let id: DocumentHash
    public let owner: AccountKey
    /// When it is to be deleted.
    public let until: EntryTime
    /// As it is stored.
    public let text: [UInt8]

    /// Reads a record that its owner signed for this deployment, and that is to be kept from now on.
    public init<Crypto: CryptoProvider>(
        parsing text: [UInt8],
        genesis: DocumentHash,
        now: EntryTime,
        with crypto: Crypto.Type
    ) throws(DepositRefusal) {
        guard text.count <= RecordDeposit.longest else { throw .tooLong }
        var fields = FieldReader(text[...])
        guard fields.takeHeader("vigil-sealed-record/v1"),
            let named = fields.take("genesis").flatMap({ DocumentHash(hex: $0) }), fields.take("charter") != nil,
            let owner = fields.take("owner").flatMap({ AccountKey(hex: $0) }), fields.take("salt") != nil,
            let sealed = fields.take("sealed").flatMap({ EntryTime(parsing: $0) }),
            let until = fields.take("until").flatMap({ EntryTime(parsing: $0) }),
            let (signed, signature) = RecordDeposit.signature(of: text)
        else { throw .malformed }
        guard named == genesis else { throw .otherDeployment }
        guard sealed < until, until.seconds - sealed.seconds <= RecordDeposit.longestRetention else {
            throw .wrongRetention
        }
        guard sealed.seconds <= now.seconds + RecordDeposit.clockTolerance, now < until else { throw .notNow }
        guard owner.verifies(signature, over: signed, with: crypto) else { throw .wrongSignature }
        id = .of(document: text, with: crypto)
        (self.owner, self.until, self.text) = (owner, until, text)
    }

    /// True if a request, by its owner, is that this be deleted.
    public func isCovered(by request: DeletionRequest) -> Bool {
        request.key == owner && (request.record == nil || request.record == id)
    }

    /// The last line's, and what stands before it.
    private static func signature(of text: [UInt8]) -> (signed: [UInt8], signature: [UInt8])? {
        guard text.last == .newline, let before = text.dropLast().lastIndex(of: .newline) else { return nil }
        var last = FieldReader(text[(before + 1)...])
        guard let signature = last.take("signature").flatMap({ Base64.decode($0) }), signature.count == 64 else {
            return nil
        }
        return (Array(text[...before]), signature)
    }
}
