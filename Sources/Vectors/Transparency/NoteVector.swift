// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// A signed note and the key that it is from.
struct NoteVector {
    let key: [UInt8]
    let note: [UInt8]
    let valid: Bool

    init(_ entry: VectorEntry) throws(VectorFailure) {
        key = Array(try entry.text("vkey").utf8)
        note = Array(try entry.text("note").utf8)
        valid = try entry.truth("valid")
    }

    func verify(_ check: VectorCheck) {
        check.expect(isVerified, valid, "verified")
        guard valid else { return }
        // Both are written as they were read.
        check.expect((try? VerifierKey(parsing: key, with: Provider.self))?.text.utf8.elementsEqual(key), true, "vkey")
        check.expect((try? SignedNote(parsing: note))?.encoded, note, "written again")
    }

    private var isVerified: Bool {
        guard let key = try? VerifierKey(parsing: key, with: Provider.self),
            let note = try? SignedNote(parsing: note)
        else { return false }
        return (try? note.verify(with: [key], crypto: Provider.self)) != nil
    }
}
