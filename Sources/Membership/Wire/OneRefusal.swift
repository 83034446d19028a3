// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

// Where several things may be refused in a row, their refusals have one type: Embedded Swift has no `any Error`.

func crypto<Result>(_ body: () throws(CryptoRefusal) -> Result) throws(MLSRefusal) -> Result {
    do throws(CryptoRefusal) { return try body() } catch { throw .crypto(error) }
}

func wire<Result>(_ body: () throws(WireRefusal) -> Result) throws(MLSRefusal) -> Result {
    do throws(WireRefusal) { return try body() } catch { throw .malformed(error) }
}
