// SPDX-License-Identifier: Apache-2.0

import Base

/// The running hashes over all commits (RFC 9420 §8.2).
package enum TranscriptHashes {
    /// `confirmed_transcript_hash` after a commit.
    package static func confirmed<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        interimBefore: [UInt8],
        commit: AuthenticatedContent
    ) -> [UInt8] {
        var input = ByteWriter(reserving: 1024)
        input.write(interimBefore)
        input.write(commit.wireFormat.rawValue)
        commit.content.write(into: &input)
        input.writeOpaque(commit.auth.signature)
        return suite.hash(input.bytes)
    }

    /// `interim_transcript_hash`, with the tag that confirmed the epoch.
    package static func interim<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        confirmed: [UInt8],
        confirmationTag: [UInt8]
    ) -> [UInt8] {
        var input = ByteWriter(reserving: 256)
        input.write(confirmed)
        input.writeOpaque(confirmationTag)
        return suite.hash(input.bytes)
    }
}
