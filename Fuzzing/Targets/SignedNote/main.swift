// SPDX-License-Identifier: Apache-2.0

import Driver
import StandInCrypto
import Transparency

fuzz { input in
    let bytes = [UInt8](input)
    // Half of the inputs are keys.
    if let key = try? VerifierKey(parsing: bytes, with: StandInCrypto.self) {
        precondition(Array(key.text.utf8) == bytes, "another spelling of a key")
    }
    guard let note = try? SignedNote(parsing: bytes) else { return }
    precondition(note.encoded == bytes, "another spelling of a note")
    guard let signed = try? SignedCheckpoint(parsing: bytes) else { return }
    precondition(signed.checkpoint.text == note.text, "another spelling of a checkpoint")
}
