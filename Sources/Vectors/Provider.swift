// SPDX-License-Identifier: Apache-2.0

// The runners are compiled natively and for the browser (docs/wasm.md), each with the primitives of its world.
#if canImport(NativeCrypto)
import NativeCrypto

typealias Provider = NativeCrypto
#else
import PortableCrypto

typealias Provider = PortableCrypto
#endif

extension Provider {
    /// Why a cipher suite of MLS is out of scope here; `nil` if it isn't.
    static func reasonAgainst(suite: UInt16) -> String? {
        switch suite {
        case 4, 6: return "cipher suite \(suite) needs X448 and Ed448"
        #if !canImport(NativeCrypto)
        case 5, 7: return "cipher suite \(suite) needs P-384 or P-521, which the browser's core doesn't have"
        #endif
        default: return nil
        }
    }
}
