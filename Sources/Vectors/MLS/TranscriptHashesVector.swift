// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct TranscriptHashesVector: MLSVector {
    var cipher_suite: UInt16
    var confirmation_key: HexBytes
    var authenticated_content: HexBytes
    var interim_transcript_hash_before: HexBytes
    var confirmed_transcript_hash_after: HexBytes
    var interim_transcript_hash_after: HexBytes

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        confirmation_key = try entry.hex("confirmation_key")
        authenticated_content = try entry.hex("authenticated_content")
        interim_transcript_hash_before = try entry.hex("interim_transcript_hash_before")
        confirmed_transcript_hash_after = try entry.hex("confirmed_transcript_hash_after")
        interim_transcript_hash_after = try entry.hex("interim_transcript_hash_after")
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let suite = try suite()
        let message = try authenticated_content.decoded(AuthenticatedContent.self)
        guard case .commit = message.content.content, let tag = message.auth.confirmationTag else {
            return check.fail("no commit")
        }
        let confirmed = TranscriptHashes.confirmed(
            suite,
            interimBefore: interim_transcript_hash_before.bytes,
            commit: message
        )
        check.expect(confirmed, confirmed_transcript_hash_after.bytes, "confirmed")
        let isValid = suite.isValidMAC(tag, key: Secret(confirmation_key.bytes), confirmed)
        check.expect(isValid, "confirmation_tag")
        let interim = TranscriptHashes.interim(suite, confirmed: confirmed, confirmationTag: tag)
        check.expect(interim, interim_transcript_hash_after.bytes, "interim")
    }
}
