// SPDX-License-Identifier: Apache-2.0

import Base

/// The private keys of an update that we proposed, until somebody commits it.
struct PendingUpdate: Sendable {
    var encryptionKeyPair: HPKEKeyPair
    var signatureKey: SignatureKeyPair
}
