// SPDX-License-Identifier: Apache-2.0

/// Why a file, or an entry of it, can't be read.
package struct VectorFailure: Error, Sendable {
    package let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
