// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import Accounts

extension SignInDesk {
    /// As after so many sign-ins as are remembered, all at once.
    mutating func fill() {
        for number in 0..<Self.mostAnswers {
            remember([UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)])
        }
    }
}
