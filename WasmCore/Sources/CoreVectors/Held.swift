// SPDX-License-Identifier: Apache-2.0

import MLS
import PortableCrypto

/// A group that we are in, and the epoch that waits to be adopted.
final class Member {
    var group: Group<PortableCrypto>
    var staged: Staged<PortableCrypto>?

    init(_ group: Group<PortableCrypto>) {
        self.group = group
    }
}

/// What the page has a handle to. Private keys stay behind it.
enum Held {
    case keyPackage(KeyPackageBundle)
    case group(Member)
}
