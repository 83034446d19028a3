// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// That an account existed by some day, on the word of the log's witnesses rather than a node's: nobody, an operator neither, makes an
/// account that is older than it is. The person keeps it.
///
/// ```
/// vigil-account-receipt/v1
/// salt 6f1c…
/// size 12
/// root 5b6e…
/// index 3
/// path 0c4d…        as many as there are
/// entry dmln…       base64: the log's `accounts` entry
/// proof YzJz…       base64: its tlog-proof
/// ```
public struct AccountReceipt: Hashable, Sendable {
    public static let longest = 262_144
    static let saltLength = 32

    let salt: [UInt8]
    let head: TreeHead
    let inclusion: InclusionProof
    let entry: [UInt8]
    let proof: [UInt8]

    init(salt: [UInt8], head: TreeHead, inclusion: InclusionProof, entry: [UInt8], proof: [UInt8]) {
        self.salt = salt
        self.head = head
        self.inclusion = inclusion
        self.entry = entry
        self.proof = proof
    }

    /// Reads it; ``verify(_:under:now:with:)`` says what it is worth.
    public init(parsing text: [UInt8]) throws(ReceiptRefusal) {
        guard text.count <= AccountReceipt.longest else { throw .malformed }
        var fields = FieldReader(text[...])
        guard fields.takeHeader("vigil-account-receipt/v1"),
            let salt = fields.take("salt").flatMap({ Hexadecimal.decode($0) }), salt.count == Self.saltLength,
            let size = fields.take("size").flatMap({ Decimal.parse($0) }), size <= TreeHead.largestSize,
            let root = fields.take("root").flatMap({ DocumentHash(hex: $0) }),
            let index = fields.take("index").flatMap({ Decimal.parse($0) })
        else { throw .malformed }
        var path: [TreeHash] = []
        while let text = fields.take("path") {
            guard let hash = DocumentHash(hex: text), path.count < 64 else { throw .malformed }
            path.append(hash)
        }
        guard let entry = fields.take("entry").flatMap({ Base64.decode($0) }),
            let proof = fields.take("proof").flatMap({ Base64.decode($0) }), fields.isAtEnd
        else { throw .malformed }
        self.init(
            salt: salt,
            head: TreeHead(size: size, root: root),
            inclusion: InclusionProof(index: index, hashes: path),
            entry: entry,
            proof: proof
        )
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-account-receipt/v1")
        writer.line("salt", Hexadecimal.encode(salt))
        writer.line("size", Decimal.text(head.size))
        writer.line("root", head.root.hex)
        writer.line("index", Decimal.text(inclusion.index))
        for hash in inclusion.hashes { writer.line("path", hash.hex) }
        writer.line("entry", Base64.encode(entry))
        writer.line("proof", Base64.encode(proof))
        return writer.bytes
    }

    /// - Parameters:
    ///   - inForce: the deployment's charter, whose log and witnesses count.
    ///   - now: the verifier's clock, with what clocks may differ by.
    /// - Returns: since when the account has been known at the latest.
    public func verify<Crypto: CryptoProvider>(
        _ certificate: AccountCertificate,
        under inForce: CharterInForce,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(ReceiptRefusal) -> EntryTime {
        guard certificate.genesis == inForce.genesis else { throw .otherDeployment }
        let leaf = AccountReceipt.leaf(of: certificate, salt: salt, with: crypto)
        do throws(MerkleRefusal) { try inclusion.verify(leaf: leaf, in: head, with: crypto) } catch {
            throw .notInBatch(error)
        }
        guard let said = try? LogEntry(parsing: entry), said.type == .accounts,
            said.hash(.document) == AccountReceipt.document(of: head, with: crypto)
        else { throw .otherBatch }
        let logged: LoggedEntry
        do throws(ProofRefusal) {
            logged = try LogProof(parsing: proof).verify(
                leaf: MerkleTree<Crypto>.leafHash(entry),
                policy: inForce.policy,
                now: now,
                with: crypto
            )
        } catch {
            throw .notLogged(error)
        }
        guard let seen = inForce.policy.quorumDeadline(logged.checkpoint.cosignatures),
            let time = EntryTime(seconds: seen.seconds)
        else { throw .notWitnessed }
        return time
    }

    static func leaf<Crypto: CryptoProvider>(
        of certificate: AccountCertificate,
        salt: [UInt8],
        with crypto: Crypto.Type
    ) -> TreeHash {
        MerkleTree<Crypto>.leafHash(salt + DocumentHash.of(document: certificate.text, with: crypto).bytes)
    }

    static func document<Crypto: CryptoProvider>(of head: TreeHead, with crypto: Crypto.Type) -> DocumentHash {
        var writer = TextWriter()
        writer.header("vigil-account-batch/v1")
        writer.line("size", Decimal.text(head.size))
        writer.line("root", head.root.hex)
        return .of(document: writer.bytes, with: crypto)
    }
}
