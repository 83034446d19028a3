// SPDX-License-Identifier: Apache-2.0

package import Base

/// What a member keeps of an epoch's key schedule (RFC 9420 §8).
///
/// The `encryption_secret` isn't here: it becomes the ``SecretTree``. Joiner, commit, PSK and epoch secrets live only
/// inside the function that derives these (RFC 9420 §9.2).
package struct EpochSecrets: Sendable {
    package var senderData: Secret
    package var exporter: Secret
    package var external: Secret
    package var confirmation: Secret
    package var membership: Secret
    package var resumption: Secret
    package var authenticator: Secret
    /// `init_secret` for the next epoch.
    package var initial: Secret
}
