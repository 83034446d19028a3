// SPDX-License-Identifier: Apache-2.0

package import Base

/// All that the key schedule gives for one epoch, before it is put where it belongs.
package struct DerivedEpoch: Sendable {
    /// Opens and closes the group info of a Welcome.
    package var welcomeSecret: Secret
    /// Root of the secret tree.
    package var encryptionSecret: Secret
    package var secrets: EpochSecrets
}
