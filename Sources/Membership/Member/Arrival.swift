// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// How far somebody has come in.
enum Arrival<Crypto: CryptoProvider>: Sendable {
    case idle
    /// Told the node who we are.
    indirect case asked(KeyPackageBundle)
    /// Knocked. Where the door is open, we come in by ourselves if nobody takes us in by then.
    indirect case atDoor(KeyPackageBundle, enterAt: Moment?)
    /// Asked for the group's state, to come in by a commit of our own.
    indirect case looking(KeyPackageBundle)
    /// Made that commit.
    indirect case entering(KeyPackageBundle, Group<Crypto>, request: UInt32)
    /// Founded a group of one.
    indirect case founding(Group<Crypto>)
    case inside
    case over
}
