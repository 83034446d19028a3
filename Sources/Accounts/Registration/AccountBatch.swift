// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// New accounts, entered into the log together by one hash, so that the log says neither who nor how many. Each person gets a receipt;
/// then the batch and its salts are forgotten.
///
/// The tree is RFC 6962's, a leaf being a salt (32 bytes) and the hash of a certificate. What the log's `accounts` entry names is the hash
/// of:
///
/// ```
/// vigil-account-batch/v1
/// size 12
/// root 5b6e…
/// ```
public struct AccountBatch<Crypto: CryptoProvider>: Sendable {
    /// Accounts in one batch.
    public static var largest: Int { 65_536 }

    private let salts: [[UInt8]]
    private let tree: LeafTree<Crypto>
    let head: TreeHead

    /// `nil` for none, or too many.
    public init?(_ certificates: [AccountCertificate], using randomness: inout some Randomness) {
        guard !certificates.isEmpty, certificates.count <= Self.largest else { return nil }
        var salts: [[UInt8]] = []
        var leaves: [TreeHash] = []
        for certificate in certificates {
            let salt = randomness.bytes(AccountReceipt.saltLength)
            leaves.append(AccountReceipt.leaf(of: certificate, salt: salt, with: Crypto.self))
            salts.append(salt)
        }
        let tree = LeafTree<Crypto>(leaves)
        guard let head = try? TreeHead(size: UInt64(leaves.count), from: tree, with: Crypto.self) else { return nil }
        (self.salts, self.tree, self.head) = (salts, tree, head)
    }

    /// What the log's entry names.
    public var document: DocumentHash { AccountReceipt.document(of: head, with: Crypto.self) }

    /// The receipt of the certificate at this place; `nil` past the end.
    ///
    /// - Parameters:
    ///   - entry: the logged `accounts` entry.
    ///   - proof: its tlog-proof.
    public func receipt(at index: Int, entry: [UInt8], proof: [UInt8]) -> AccountReceipt? {
        guard salts.indices.contains(index),
            let inclusion = try? InclusionProof(of: UInt64(index), in: head.size, from: tree, with: Crypto.self)
        else { return nil }
        return AccountReceipt(salt: salts[index], head: head, inclusion: inclusion, entry: entry, proof: proof)
    }
}
