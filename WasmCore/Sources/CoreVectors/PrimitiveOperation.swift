// SPDX-License-Identifier: Apache-2.0

/// Bare primitives, for vectors. web/tests/core-operations.js has the same numbers.
enum PrimitiveOperation: Int32 {
    case hash = 32
    case hmac = 33
    case extract = 34
    case expand = 35
    case aeadSeal = 36
    case aeadOpen = 37
    case agreementPublicKey = 38
    case agreementSecret = 39
    case signaturePublicKey = 40
    case sign = 41
    case verify = 42
    case hpkeDeriveKeyPair = 43
    case hpkeSeal = 44
    case hpkeOpen = 45
    case sframeHeader = 46
    case sframeReadHeader = 47
    case sframeSeal = 48
    case sframeCipherSeal = 49
    case sframeCipherOpen = 50
}
