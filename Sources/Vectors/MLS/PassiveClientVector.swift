// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import NativeCrypto

struct PassiveClientVector: MLSVector {
    struct Key: Decodable {
        var psk_id: HexBytes
        var psk: HexBytes
    }
    struct Epoch: Decodable {
        var proposals: [HexBytes]
        var commit: HexBytes
        var epoch_authenticator: HexBytes
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

    var suiteNumber: UInt16? { cipher_suite }

    func verify() throws {
        let suite = try suite()
        guard case .keyPackage(let keyPackage) = try MLSMessage(decoding: key_package.bytes),
            case .welcome(let welcome) = try MLSMessage(decoding: welcome.bytes)
        else { throw VectorFailure("other messages than named") }
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
        var group = try Group<NativeCrypto>(
            welcome,
            bundle,
            tree: ratchet_tree?.bytes,
            rules: rules,
            preSharedKeys: keys,
            limits: GroupLimits(resumptionKeys: 1024)
        )
        try VectorFailure.expect(
            group.epochAuthenticator.copied,
            initial_epoch_authenticator.bytes,
            "initial_epoch_authenticator"
        )
        for (index, epoch) in epochs.enumerated() {
            do {
                try follow(&group, epoch, keys)
            } catch {
                throw VectorFailure("epoch \(index): \(error)")
            }
        }
    }

    private func follow(_ group: inout Group<NativeCrypto>, _ epoch: Epoch, _ keys: PreSharedKeys) throws {
        let rules = OpenRules()
        for proposal in epoch.proposals {
            guard case .proposal = try group.receive(proposal.bytes, rules: rules, preSharedKeys: keys) else {
                throw VectorFailure("no proposal")
            }
        }
        guard case .commit(let staged) = try group.receive(epoch.commit.bytes, rules: rules, preSharedKeys: keys)
        else { throw VectorFailure("no commit") }
        try group.adopt(staged)
        try VectorFailure.expect(
            group.epochAuthenticator.copied,
            epoch.epoch_authenticator.bytes,
            "epoch_authenticator"
        )
    }
}
