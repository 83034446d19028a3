// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

/// A charter that a chain of logged, approved versions leads to from a known first one. Only the chain's check makes one.
public struct CharterInForce: Hashable, Sendable {
    public let charter: Charter
    public let hash: DocumentHash
    /// The first version's hash.
    public let genesis: DocumentHash
    public let policy: TrustPolicy
    /// When it took effect at the latest: seconds since 1970, by witnesses' clocks.
    public let effective: UInt64
    /// Its place in the log, and what stands there.
    public let index: UInt64
    let entry: [UInt8]

    /// Checks a chain from its first version on.
    ///
    /// - Parameter now: with what clocks may differ by.
    public init<Crypto: CryptoProvider>(
        chain: [CharterEvidence],
        genesis: DocumentHash,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(ChainRefusal) {
        var current: CharterInForce?
        for evidence in chain {
            current = try CharterInForce(evidence, after: current, genesis: genesis, now: now, with: crypto)
        }
        guard let current else { throw .otherGenesis }
        self = current
    }

    init<Crypto: CryptoProvider>(
        _ evidence: CharterEvidence,
        after old: CharterInForce?,
        genesis: DocumentHash,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(ChainRefusal) {
        self.genesis = genesis
        (charter, hash, policy) = try CharterInForce.read(evidence, after: old, genesis: genesis, with: crypto)
        guard let said = try? LogEntry(parsing: evidence.entry), said.type == .charter, said.hash(.document) == hash,
            said.text(.version)?.utf8.elementsEqual(Decimal.text(charter.version)) == true
        else { throw .wrongEntry }
        // Who vouches for the delay is whom the version before trusts.
        let logged: UInt64
        (index, logged) = try CharterInForce.logged(evidence, under: old?.policy ?? policy, now: now, with: crypto)
        entry = evidence.entry
        try CharterInForce.checkDates(of: charter, logged: logged, after: old)
        guard let old else {
            effective = logged
            return
        }
        guard let rule = old.charter.rule(for: .charter), let delay = rule.timelock else { throw .cannotChange }
        try CharterInForce.checkApprovals(evidence, of: charter, hash, after: old, with: crypto)
        effective = max(old.effective, logged + delay.seconds)
    }

    /// What a version says of itself, and that it follows the one before it.
    static func read<Crypto: CryptoProvider>(
        _ evidence: CharterEvidence,
        after old: CharterInForce?,
        genesis: DocumentHash,
        with crypto: Crypto.Type
    ) throws(ChainRefusal) -> (Charter, DocumentHash, TrustPolicy) {
        let (charter, policy): (Charter, TrustPolicy)
        do throws(CharterRefusal) { charter = try Charter(parsing: evidence.charter, with: crypto) } catch {
            throw .charter(error)
        }
        let hash = DocumentHash.of(document: evidence.charter, with: crypto)
        guard charter.logPolicy == .of(document: evidence.logPolicy, with: crypto) else { throw .otherLogPolicy }
        do throws(PolicyRefusal) { policy = try TrustPolicy(parsing: evidence.logPolicy, with: crypto) } catch {
            throw .logPolicy(error)
        }
        guard let log = policy.logs.first?.log.origin, policy.logs.allSatisfy({ $0.log.origin == log }) else {
            throw .severalLogs
        }
        if let old {
            guard charter.previous == old.hash, charter.version == old.charter.version + 1,
                charter.deployment == old.charter.deployment
            else { throw .brokenChain }
            guard log == old.policy.logs.first?.log.origin else { throw .otherLog }
            guard charter.issued.seconds >= old.charter.issued.seconds + Charter.loggingTime else {
                throw .issuedTooSoon
            }
        } else {
            guard hash == genesis else { throw .otherGenesis }
            guard charter.version == 1, evidence.approvals.isEmpty else { throw .brokenChain }
        }
        return (charter, hash, policy)
    }

    /// - Parameter logged: by when witnesses had seen its entry.
    static func checkDates(
        of charter: Charter,
        logged: UInt64,
        after old: CharterInForce?
    ) throws(ChainRefusal) {
        guard charter.issued.seconds <= logged else { throw .issuedInFuture }
        guard logged <= charter.issued.seconds + Charter.loggingTime else { throw .loggedTooLate }
        if let old {
            guard logged <= old.charter.expires.seconds else { throw .renewedTooLate }
        }
    }

    /// Where the entry is, and by when witnesses had seen it.
    private static func logged<Crypto: CryptoProvider>(
        _ evidence: CharterEvidence,
        under policy: TrustPolicy,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(ChainRefusal) -> (UInt64, UInt64) {
        guard let proof = try? LogProof(parsing: evidence.proof), proof.extra == nil else { throw .malformedProof }
        let leaf = MerkleTree<Crypto>.leafHash(evidence.entry)
        let head: WitnessedHead
        do throws(CheckpointFault) {
            head = try policy.witnessed(proof.checkpoint, now: now, with: crypto)
        } catch {
            throw .checkpoint(error)
        }
        do throws(MerkleRefusal) { try proof.inclusion.verify(leaf: leaf, in: head.head, with: crypto) } catch {
            throw .notLogged(error)
        }
        return (proof.inclusion.index, head.notAfter)
    }

    /// Thresholds of the old version and of the new one.
    static func checkApprovals<Crypto: CryptoProvider>(
        _ evidence: CharterEvidence,
        of charter: Charter,
        _ hash: DocumentHash,
        after old: CharterInForce,
        with crypto: Crypto.Type
    ) throws(ChainRefusal) {
        var (seen, oldSeats, newSeats): ([Name], [Name], [Name]) = ([], [], [])
        for text in evidence.approvals {
            let signed: Signed<CharterApproval>
            do throws(StatementRefusal) { signed = try Signed(parsing: text) } catch { throw .approval(error) }
            let statement = signed.statement
            guard statement.charter == hash, statement.previous == old.hash else { throw .approvalOfAnother }
            guard !seen.contains(statement.seat) else { throw .keeperTwice(statement.seat) }
            seen.append(statement.seat)
            let isOld = (try? signed.verify(under: old.charter, with: crypto)) != nil
            if isOld { oldSeats.append(statement.seat) }
            do throws(AssertionRefusal) {
                _ = try signed.verify(under: charter, with: crypto)
                newSeats.append(statement.seat)
            } catch {
                guard isOld else { throw .assertion(statement.seat, error) }
            }
        }
        guard let oldRule = old.charter.rule(for: .charter), old.charter.isSatisfied(oldRule, by: oldSeats) else {
            throw .oldQuorumMissed
        }
        guard let newRule = charter.rule(for: .charter), charter.isSatisfied(newRule, by: newSeats) else {
            throw .newQuorumMissed
        }
    }
}
