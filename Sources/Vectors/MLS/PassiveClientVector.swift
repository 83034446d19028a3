// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct PassiveClientVector: MLSVector {
    struct Key {
        var psk_id: HexBytes
        var psk: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            psk_id = try entry.hex("psk_id")
            psk = try entry.hex("psk")
        }
    }
    struct Epoch {
        var proposals: [HexBytes]
        var commit: HexBytes
        var epoch_authenticator: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            proposals = try entry.list("proposals", VectorEntry.hex)
            commit = try entry.hex("commit")
            epoch_authenticator = try entry.hex("epoch_authenticator")
        }
    }

    var cipher_suite: UInt16
    var external_psks: [Key]
    var key_package: HexBytes
    var signature_priv: HexBytes
    var encryption_priv: HexBytes
    var init_priv: HexBytes
    var welcome: HexBytes
    var ratchet_tree: HexBytes?
    var initial_epoch_authenticator: HexBytes
    var epochs: [Epoch]

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        external_psks = try entry.entries("external_psks", Key.init)
        key_package = try entry.hex("key_package")
        signature_priv = try entry.hex("signature_priv")
        encryption_priv = try entry.hex("encryption_priv")
        init_priv = try entry.hex("init_priv")
        welcome = try entry.hex("welcome")
        ratchet_tree = try entry.optionalHex("ratchet_tree")
        initial_epoch_authenticator = try entry.hex("initial_epoch_authenticator")
        epochs = try entry.entries("epochs", Epoch.init)
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let suite = try suite()
        guard case .keyPackage(let keyPackage) = try key_package.decoded(MLSMessage.self),
            case .welcome(let welcome) = try welcome.decoded(MLSMessage.self)
        else { return check.fail("other messages than named") }
        var keys = PreSharedKeys()
        for key in external_psks { keys.set(external: key.psk_id.bytes, Secret(key.psk.bytes)) }
        let bundle = try KeyPackageBundle(
            suite,
            keyPackage: keyPackage,
            initPrivateKey: suite.encryptionKey(init_priv),
            encryptionPrivateKey: suite.encryptionKey(encryption_priv),
            signaturePrivateKey: suite.signatureKey(signature_priv)
        )
        let rules = OpenRules()
        var group = try Group<Provider>(
            welcome,
            bundle,
            tree: ratchet_tree?.bytes,
            rules: rules,
            preSharedKeys: keys,
            limits: GroupLimits(resumptionKeys: 1024)
        )
        check.expect(
            group.epochAuthenticator.copied,
            initial_epoch_authenticator.bytes,
            "initial_epoch_authenticator"
        )
        for (index, epoch) in epochs.enumerated() {
            do throws(MLSRefusal) {
                try follow(&group, epoch, keys, check)
            } catch {
                return check.fail("epoch \(index): \(VectorCheck.name(error))")
            }
        }
    }

    private func follow(_ group: inout Group<Provider>, _ epoch: Epoch, _ keys: PreSharedKeys, _ check: VectorCheck)
        throws(MLSRefusal)
    {
        let rules = OpenRules()
        for proposal in epoch.proposals {
            guard case .proposal = try group.receive(proposal.bytes, rules: rules, preSharedKeys: keys) else {
                return check.fail("no proposal")
            }
        }
        guard case .commit(let staged) = try group.receive(epoch.commit.bytes, rules: rules, preSharedKeys: keys)
        else { return check.fail("no commit") }
        try group.adopt(staged)
        check.expect(
            group.epochAuthenticator.copied,
            epoch.epoch_authenticator.bytes,
            "epoch_authenticator"
        )
    }
}
