// SPDX-License-Identifier: Apache-2.0

public import Base

/// Reads a policy line by line (C2SP tlog-policy, Policy file syntax and structure).
struct PolicyReader<Crypto: CryptoProvider> {
    private var logs: [PolicyLog] = []
    private var witnesses: [PolicyWitness] = []
    private var groups: [PolicyGroup] = []
    private var quorum: PolicyQuorum?
    private var members: [ArraySlice<UInt8>: PolicyMember] = [:]
    /// Names that are in a group already.
    private var taken: Set<ArraySlice<UInt8>> = []
    private var line = 0

    private typealias Items = ArraySlice<ArraySlice<UInt8>>

    static func read(_ file: [UInt8]) throws(PolicyRefusal) -> TrustPolicy {
        guard file.count <= TrustPolicy.longest else { throw PolicyRefusal(1, .tooLarge) }
        var reader = PolicyReader()
        var lines = LineReader(file[...])
        while !lines.isAtEnd {
            reader.line += 1
            guard let line = lines.next() else { throw reader.refusal(.unterminatedLine) }
            try reader.read(line: line)
        }
        guard let quorum = reader.quorum else { throw reader.refusal(.noQuorum) }
        return TrustPolicy(logs: reader.logs, witnesses: reader.witnesses, groups: reader.groups, quorum: quorum)
    }

    private func refusal(_ rule: PolicyRule) -> PolicyRefusal { PolicyRefusal(line, rule) }

    private mutating func read(line: ArraySlice<UInt8>) throws(PolicyRefusal) {
        for octet in line {
            switch octet {
            case 0x09, 0x20...0x7E, 0x80...0xFF: continue
            default: throw refusal(.forbiddenOctet)
            }
        }
        var items = line.split { $0 == .space || $0 == 0x09 }[...]
        guard let keyword = items.popFirst(), keyword.first != UInt8(ascii: "#") else { return }
        if keyword.elementsEqual("log".utf8) {
            try readLog(items)
        } else if keyword.elementsEqual("witness".utf8) {
            try readWitness(items)
        } else if keyword.elementsEqual("group".utf8) {
            try readGroup(items)
        } else if keyword.elementsEqual("quorum".utf8) {
            try readQuorum(items)
        } else {
            throw refusal(.unknownKeyword)
        }
    }

    private mutating func readLog(_ items: Items) throws(PolicyRefusal) {
        var items = items
        guard 1...2 ~= items.count, let text = items.popFirst() else { throw refusal(.wrongItemCount) }
        let key = try key(text, .ed25519)
        guard let log = KnownLog(key: key) else { throw refusal(.invalidOrigin) }
        guard !logs.contains(where: { $0.key.publicKey == key.publicKey }) else { throw refusal(.duplicateLog) }
        guard logs.count < TrustPolicy.mostOfAKind else { throw refusal(.tooLarge) }
        logs.append(PolicyLog(key: key, log: log, url: items.first.map(Array.init)))
    }

    private mutating func readWitness(_ items: Items) throws(PolicyRefusal) {
        var items = items
        guard 2...3 ~= items.count, let name = items.popFirst(), let text = items.popFirst() else {
            throw refusal(.wrongItemCount)
        }
        let key = try key(text, .cosignature)
        guard !witnesses.contains(where: { $0.key.publicKey == key.publicKey }) else {
            throw refusal(.duplicateWitness)
        }
        guard witnesses.count < TrustPolicy.mostOfAKind else { throw refusal(.tooLarge) }
        try define(name, .witness(witnesses.count))
        witnesses.append(PolicyWitness(name: Array(name), key: key, url: items.first.map(Array.init)))
    }

    private mutating func readGroup(_ items: Items) throws(PolicyRefusal) {
        var items = items
        guard let name = items.popFirst(), let rule = items.popFirst() else { throw refusal(.wrongItemCount) }
        guard !items.isEmpty else { throw refusal(.emptyGroup) }
        var listed: [PolicyMember] = []
        for item in items {
            let member = try member(item)
            guard taken.insert(item).inserted else { throw refusal(.memberTwice) }
            listed.append(member)
        }
        let threshold: Int
        if rule.elementsEqual("all".utf8) {
            threshold = listed.count
        } else if rule.elementsEqual("any".utf8) {
            threshold = 1
        } else {
            guard let number = Decimal.parse(rule), let k = Int(exactly: number), 1...listed.count ~= k else {
                throw refusal(.invalidThreshold)
            }
            threshold = k
        }
        guard groups.count < TrustPolicy.mostOfAKind else { throw refusal(.tooLarge) }
        // Defined last: a group can't be its own member.
        try define(name, .group(groups.count))
        groups.append(PolicyGroup(name: Array(name), threshold: threshold, members: listed))
    }

    private mutating func readQuorum(_ items: Items) throws(PolicyRefusal) {
        guard items.count == 1, let name = items.first else { throw refusal(.wrongItemCount) }
        guard quorum == nil else { throw refusal(.secondQuorum) }
        quorum = PolicyReader.isNone(name) ? PolicyQuorum.none : .of(try member(name))
    }

    private func member(_ name: ArraySlice<UInt8>) throws(PolicyRefusal) -> PolicyMember {
        guard !PolicyReader.isNone(name) else { throw refusal(.reservedName) }
        guard let member = members[name] else { throw refusal(.undefinedName) }
        return member
    }

    private mutating func define(_ name: ArraySlice<UInt8>, _ member: PolicyMember) throws(PolicyRefusal) {
        guard !PolicyReader.isNone(name) else { throw refusal(.reservedName) }
        guard members[name] == nil else { throw refusal(.duplicateName) }
        members[name] = member
    }

    private func key(_ text: ArraySlice<UInt8>, _ type: SignatureType) throws(PolicyRefusal) -> VerifierKey {
        let key: VerifierKey
        do throws(KeyRefusal) { key = try VerifierKey(parsing: text, with: Crypto.self) } catch {
            throw refusal(.key(error))
        }
        guard key.type == type else { throw refusal(.wrongKeyType) }
        return key
    }

    private static func isNone(_ name: ArraySlice<UInt8>) -> Bool { name.elementsEqual("none".utf8) }
}

extension TrustPolicy {
    /// Reads a policy file.
    public init<Crypto: CryptoProvider>(parsing file: [UInt8], with crypto: Crypto.Type) throws(PolicyRefusal) {
        self = try PolicyReader<Crypto>.read(file)
    }
}
