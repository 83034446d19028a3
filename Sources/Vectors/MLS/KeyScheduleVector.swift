// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct KeyScheduleVector: MLSVector {
    struct Exporter {
        var label: String
        var context: HexBytes
        var length: Int
        var secret: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            label = try entry.text("label")
            context = try entry.hex("context")
            length = try entry.number("length")
            secret = try entry.hex("secret")
        }
    }
    struct Epoch {
        var tree_hash: HexBytes
        var commit_secret: HexBytes
        var psk_secret: HexBytes?
        var confirmed_transcript_hash: HexBytes
        var group_context: HexBytes
        var joiner_secret: HexBytes
        var welcome_secret: HexBytes
        var init_secret: HexBytes
        var sender_data_secret: HexBytes
        var encryption_secret: HexBytes
        var exporter_secret: HexBytes
        var epoch_authenticator: HexBytes
        var external_secret: HexBytes
        var confirmation_key: HexBytes
        var membership_key: HexBytes
        var resumption_psk: HexBytes
        var external_pub: HexBytes
        var exporter: Exporter

        init(_ entry: VectorEntry) throws(VectorFailure) {
            tree_hash = try entry.hex("tree_hash")
            commit_secret = try entry.hex("commit_secret")
            psk_secret = try entry.optionalHex("psk_secret")
            confirmed_transcript_hash = try entry.hex("confirmed_transcript_hash")
            group_context = try entry.hex("group_context")
            joiner_secret = try entry.hex("joiner_secret")
            welcome_secret = try entry.hex("welcome_secret")
            init_secret = try entry.hex("init_secret")
            sender_data_secret = try entry.hex("sender_data_secret")
            encryption_secret = try entry.hex("encryption_secret")
            exporter_secret = try entry.hex("exporter_secret")
            epoch_authenticator = try entry.hex("epoch_authenticator")
            external_secret = try entry.hex("external_secret")
            confirmation_key = try entry.hex("confirmation_key")
            membership_key = try entry.hex("membership_key")
            resumption_psk = try entry.hex("resumption_psk")
            external_pub = try entry.hex("external_pub")
            exporter = try Exporter(try entry.entry("exporter"))
        }
    }

    var cipher_suite: UInt16
    var group_id: HexBytes
    var initial_init_secret: HexBytes
    var epochs: [Epoch]

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        group_id = try entry.hex("group_id")
        initial_init_secret = try entry.hex("initial_init_secret")
        epochs = try entry.entries("epochs", Epoch.init)
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let suite = try suite()
        let schedule = KeySchedule(suite)
        var initSecret = Secret(initial_init_secret.bytes)
        for (index, epoch) in epochs.enumerated() {
            let context = GroupContext(
                cipherSuite: suite.identifier,
                groupID: group_id.bytes,
                epoch: UInt64(index),
                treeHash: epoch.tree_hash.bytes,
                confirmedTranscriptHash: epoch.confirmed_transcript_hash.bytes
            )
            check.expect(context.encoded, epoch.group_context.bytes, "group_context")
            let joiner = try schedule.joinerSecret(
                initSecret: initSecret,
                commitSecret: Secret(epoch.commit_secret.bytes),
                context: context
            )
            check.expect(joiner.copied, epoch.joiner_secret.bytes, "joiner_secret")
            let psk = epoch.psk_secret.map { Secret($0.bytes) } ?? .zeros(suite.secretLength)
            let derived = try schedule.epoch(joinerSecret: joiner, pskSecret: psk, context: context)
            let secrets = derived.secrets
            let pairs: [(Secret, HexBytes, String)] = [
                (derived.welcomeSecret, epoch.welcome_secret, "welcome_secret"),
                (derived.encryptionSecret, epoch.encryption_secret, "encryption_secret"),
                (secrets.initial, epoch.init_secret, "init_secret"),
                (secrets.senderData, epoch.sender_data_secret, "sender_data_secret"),
                (secrets.exporter, epoch.exporter_secret, "exporter_secret"),
                (secrets.authenticator, epoch.epoch_authenticator, "epoch_authenticator"),
                (secrets.external, epoch.external_secret, "external_secret"),
                (secrets.confirmation, epoch.confirmation_key, "confirmation_key"),
                (secrets.membership, epoch.membership_key, "membership_key"),
                (secrets.resumption, epoch.resumption_psk, "resumption_psk"),
            ]
            for (got, wanted, name) in pairs { check.expect(got.copied, wanted.bytes, name) }
            let external = try schedule.externalKeyPair(secrets)
            check.expect(external.publicKey, epoch.external_pub.bytes, "external_pub")
            let exported = try schedule.export(
                exporterSecret: secrets.exporter,
                label: Label(epoch.exporter.label),
                context: epoch.exporter.context.bytes,
                length: epoch.exporter.length
            )
            check.expect(exported.copied, epoch.exporter.secret.bytes, "exporter")
            initSecret = secrets.initial
        }
    }
}
