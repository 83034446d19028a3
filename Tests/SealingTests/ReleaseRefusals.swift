// SPDX-License-Identifier: Apache-2.0

import Sealing

/// Why no share is given out; `nil` if nothing refused. Other errors are the test's.
func refusal(_ body: () throws -> Void) throws -> ReleaseRefusal? {
    do {
        try body()
        return nil
    } catch let refusal as ReleaseRefusal {
        return refusal
    }
}
