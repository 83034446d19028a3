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

    var suiteNumber: UInt16? { cipher_suite }

    func verify() throws {
        let suite = try suite()
        let message = try AuthenticatedContent(decoding: authenticated_content.bytes)
        guard case .commit = message.content.content, let tag = message.auth.confirmationTag else {
            throw VectorFailure("no commit")
        }
        let confirmed = TranscriptHashes.confirmed(
            suite,
            interimBefore: interim_transcript_hash_before.bytes,
            commit: message
        )
        try VectorFailure.expect(confirmed, confirmed_transcript_hash_after.bytes, "confirmed")
        let isValid = suite.isValidMAC(tag, key: Secret(confirmation_key.bytes), confirmed)
        try VectorFailure.expect(isValid, "confirmation_tag")
        let interim = TranscriptHashes.interim(suite, confirmed: confirmed, confirmationTag: tag)
        try VectorFailure.expect(interim, interim_transcript_hash_after.bytes, "interim")
    }
}
