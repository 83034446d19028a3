// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

/// All versions of a deployment's charter, from the first on, and from when on each is in effect.
public struct CharterChain: Sendable {
    /// Of one deployment.
    public static let mostVersions = 1_024

    public private(set) var versions: [CharterEvidence]
    /// The first one's hash.
    public let genesis: DocumentHash
    /// As they are written, whether or not anything shows when.
    public private(set) var charters: [Charter]
    private var inForce: [CharterInForce]

    /// - Parameter now: with what clocks may differ by.
    /// - Throws: a version that isn't one. A log without witnesses is no reason: then nobody can say what time it is, and nothing
    ///   can be ordered.
    public init<Crypto: CryptoProvider>(
        _ versions: [CharterEvidence],
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(ChainRefusal) {
        guard let first = versions.first else { throw .otherGenesis }
        genesis = .of(document: first.charter, with: crypto)
        self.versions = []
        charters = []
        inForce = []
        for version in versions { try append(version, now: now, with: crypto) }
    }

    /// A version that has been logged.
    public mutating func append<Crypto: CryptoProvider>(
        _ version: CharterEvidence,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(ChainRefusal) {
        guard versions.count < CharterChain.mostVersions else { throw .brokenChain }
        do throws(ChainRefusal) {
            inForce.append(try CharterInForce(version, after: inForce.last, genesis: genesis, now: now, with: crypto))
        } catch .checkpoint(.noWitnesses) where versions.isEmpty {
            // Read all the same, to be shown.
        }
        do throws(CharterRefusal) { charters.append(try Charter(parsing: version.charter, with: crypto)) } catch {
            throw .charter(error)
        }
        versions.append(version)
    }

    /// Whether the next version may be logged now: everything but its place in the log.
    public func check<Crypto: CryptoProvider>(
        next version: CharterEvidence,
        now: EntryTime,
        with crypto: Crypto.Type
    ) throws(ChainRefusal) -> Charter {
        guard let old = inForce.last else { throw .cannotChange }
        let (charter, hash, _) = try CharterInForce.read(version, after: old, genesis: genesis, with: crypto)
        try CharterInForce.checkDates(of: charter, logged: now.seconds, after: old)
        try CharterInForce.checkApprovals(version, of: charter, hash, after: old, with: crypto)
        return charter
    }

    /// The version in effect; `nil` if witnesses vouch for none.
    public func current(at now: EntryTime) -> CharterInForce? { inForce.last { $0.effective <= now.seconds } }

    /// Under which the entries of that time were written; the first one before any was in effect.
    func charter(at time: EntryTime) -> Charter { current(at: time)?.charter ?? charters[0] }

    /// The versions up to one, and where that one's entry is in the log.
    func versions(to hash: DocumentHash) -> ([CharterEvidence], UInt64)? {
        guard let place = inForce.firstIndex(where: { $0.hash == hash }) else { return nil }
        return (Array(versions[...place]), inForce[place].index)
    }

    /// To be handed out.
    public var file: PartFile {
        var parts: [PartFile.Part] = []
        for version in versions {
            parts += [
                PartFile.Part(.charter, version.charter), PartFile.Part(.logPolicy, version.logPolicy),
                PartFile.Part(.charterEntry, version.entry), PartFile.Part(.charterProof, version.proof),
            ]
            parts += version.approvals.map { PartFile.Part(.charterApproval, $0) }
        }
        return PartFile(.charters, parts)
    }
}
