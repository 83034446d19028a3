// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import MLS
import StandInCrypto

/// Three members, made once; every input works on copies.
private struct Members {
    var first: Group<StandInCrypto>
    var second: Group<StandInCrypto>

    init() throws {
        let suite = try CryptoSuite<StandInCrypto>(.x25519AES128GCM)
        var randomness = Counter(1)
        func describe(_ name: String) throws -> MemberDescription {
            MemberDescription(
                signatureKey: try suite.generateSignatureKey(using: &randomness),
                credential: .basic(identity: Array(name.utf8)),
                capabilities: Capabilities(cipherSuites: [suite.identifier])
            )
        }
        let lifetime = Lifetime(notBefore: 0, notAfter: 100)
        let rules = OpenRules()
        let creator = try describe("first")
        var bundles: [KeyPackageBundle] = []
        for name in ["second", "third"] {
            let description = try describe(name)
            bundles.append(try KeyPackageBundle(suite, description, lifetime: lifetime, using: &randomness))
        }
        first = try Group(
            suite,
            groupID: [1],
            member: creator,
            lifetime: lifetime,
            rules: rules,
            using: &randomness
        )
        var options = CommitOptions()
        for bundle in bundles { options.proposals.append(.add(bundle.keyPackage)) }
        let made = try first.commit(options, rules: rules, using: &randomness)
        try first.adopt(made.staged)
        guard case .welcome(let welcome)? = made.welcome else { throw MLSRefusal.noSecretsForUs }
        second = try Group(welcome, bundles[0], rules: rules)
    }
}

private let members = try? Members()

/// The input's first byte picks a real message, the rest are changes to it: place, place, value, again and again.
fuzz { input in
    guard let members else { preconditionFailure("no group could be made") }
    guard let choice = input.first else { return }
    var author = members.first
    var randomness = Counter(UInt64(choice))
    let rules = OpenRules()
    let message: MLSMessage?
    switch choice % 5 {
    case 0: message = try? author.commit(rules: rules, using: &randomness).commit
    case 1: message = try? author.propose(.remove(LeafIndex(2)), rules: rules, using: &randomness)
    case 2: message = try? author.encrypt([1, 2, 3], using: &randomness)
    case 3: message = try? author.proposeUpdate(rules: rules, using: &randomness)
    default:
        var options = CommitOptions(proposals: [.remove(LeafIndex(2))])
        options.format = .privateMessage(paddingBlock: 16)
        message = try? author.commit(options, rules: rules, using: &randomness).commit
    }
    guard var bytes = message?.encoded else { preconditionFailure("a member can't send") }
    var changes = input.dropFirst()
    while changes.count >= 3 {
        let place = changes.prefix(2).reduce(0) { $0 << 8 | Int($1) } % bytes.count
        bytes[place] = changes[changes.startIndex + 2]
        changes = changes.dropFirst(3)
    }
    var receiver = members.second
    guard case .commit(let staged)? = try? receiver.receive(bytes, rules: rules) else { return }
    guard staged.next != nil else { return }
    try? receiver.adopt(staged)
    // Whatever was taken, the group works on.
    _ = try? receiver.encrypt([1], using: &randomness)
    _ = try? receiver.commit(rules: rules, using: &randomness)
    precondition((try? Group<StandInCrypto>(restoring: receiver.snapshot())) != nil, "a snapshot that can't be read")
}
