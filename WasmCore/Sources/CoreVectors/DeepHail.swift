// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import StandInCrypto

/// Changed bytes to a live group behind cryptography that lets everything through, so that they reach what lies behind
/// signatures and tags: what Fuzzing/Targets/MLSGroup does natively, where `Int` has 32 bits.
struct DeepHail {
    private var first: Group<StandInCrypto>
    private var second: Group<StandInCrypto>
    private let newcomer: KeyPackageBundle
    private let rules = OpenRules()
    private var randomness: Counter
    private(set) var taken = 0

    init(seed: UInt64) throws(MLSRefusal) {
        var randomness = Counter(seed)
        let suite = try CryptoSuite<StandInCrypto>(.x25519AES128GCM)
        let lifetime = Lifetime(notBefore: 0, notAfter: 100)
        var bundles: [KeyPackageBundle] = []
        for name: UInt8 in 0..<4 {
            let member = MemberDescription(
                signatureKey: try suite.generateSignatureKey(using: &randomness),
                credential: .basic(identity: [name]),
                capabilities: Capabilities(cipherSuites: [suite.identifier])
            )
            bundles.append(try KeyPackageBundle(suite, member, lifetime: lifetime, using: &randomness))
        }
        first = try Group(
            suite,
            groupID: [1],
            member: bundles[0].member,
            lifetime: lifetime,
            rules: rules,
            using: &randomness
        )
        let made = try first.commit(
            CommitOptions(proposals: [.add(bundles[1].keyPackage), .add(bundles[2].keyPackage)]),
            rules: rules,
            using: &randomness
        )
        try first.adopt(made.staged)
        guard case .welcome(let welcome)? = made.welcome else { throw .noSecretsForUs }
        second = try Group(welcome, bundles[1], rules: rules)
        newcomer = bundles[3]
        self.randomness = randomness
    }

    mutating func round() {
        do throws(MLSRefusal) { try play() } catch { return }
        taken += 1
    }

    private mutating func play() throws(MLSRefusal) {
        var author = first
        var receiver = second
        var options = CommitOptions()
        switch randomness.next() % 8 {
        case 0:
            try take(try author.commit(rules: rules, using: &randomness).commit, &receiver)
        case 1:
            try take(try author.propose(.remove(LeafIndex(2)), rules: rules, using: &randomness), &receiver)
        case 2:
            try take(try author.encrypt([1, 2, 3], using: &randomness), &receiver)
        case 3:
            try take(try author.proposeUpdate(rules: rules, using: &randomness), &receiver)
        case 4:
            options.proposals = [.remove(LeafIndex(2)), .add(newcomer.keyPackage)]
            options.format = .privateMessage(paddingBlock: 16)
            try take(try author.commit(options, rules: rules, using: &randomness).commit, &receiver)
        case 5:
            options.proposals = [.add(newcomer.keyPackage)]
            let made = try author.commit(options, rules: rules, using: &randomness)
            guard let message = made.welcome else { return }
            let changed = try spoilt(message)
            guard case .welcome(let welcome) = changed else { return }
            _ = try Group<StandInCrypto>(welcome, newcomer, rules: rules)
        case 6:
            let changed = try spoilt(.groupInfo(try author.groupInfo()))
            guard case .groupInfo(let info) = changed else { return }
            let join = try ExternalJoin<StandInCrypto>(
                info,
                member: newcomer.member,
                rules: rules,
                using: &randomness
            )
            try take(join.commit, &receiver)
        default:
            var bytes = author.snapshot().withBytes { Array($0) }
            spoil(&bytes)
            var restored = try Group<StandInCrypto>(restoring: Secret(bytes))
            try take(try receiver.commit(rules: rules, using: &randomness).commit, &restored)
        }
    }

    private mutating func take(_ message: MLSMessage, _ receiver: inout Group<StandInCrypto>) throws(MLSRefusal) {
        var bytes = message.encoded
        spoil(&bytes)
        if case .commit(let staged) = try receiver.receive(bytes, rules: rules) { try receiver.adopt(staged) }
        // Whatever was taken, the group works on, or says why not.
        _ = try receiver.commit(rules: rules, using: &randomness)
        _ = try Group<StandInCrypto>(restoring: receiver.snapshot())
    }

    private mutating func spoilt(_ message: MLSMessage) throws(MLSRefusal) -> MLSMessage {
        var bytes = message.encoded
        spoil(&bytes)
        return try MessageIn(decoding: bytes).message
    }

    private mutating func spoil(_ bytes: inout [UInt8]) {
        for _ in 0..<(randomness.next() % 4) where !bytes.isEmpty {
            let place = Int(truncatingIfNeeded: randomness.next() % UInt64(bytes.count))
            switch randomness.next() % 8 {
            case 0: bytes.removeSubrange(place...)
            case 1: bytes.insert(UInt8(truncatingIfNeeded: randomness.next()), at: place)
            // Lengths and numbers up to what 32 bits can't count.
            case 2: for index in place..<min(place + 4, bytes.count) { bytes[index] = index == place ? 0xBF : 0xFF }
            case 3: for index in place..<min(place + 8, bytes.count) { bytes[index] = 0xFF }
            case 4: for index in place..<min(place + 4, bytes.count) { bytes[index] = index == place ? 0x80 : 0 }
            default: bytes[place] = UInt8(truncatingIfNeeded: randomness.next())
            }
        }
    }
}
