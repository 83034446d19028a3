// SPDX-License-Identifier: Apache-2.0

/// What the page can ask for. web/crypto/core.js has the same numbers.
enum Operation: Int32 {
    case ringCreate = 1
    case ringRestore = 2
    case ringSnapshot = 3
    case ringRemove = 4
    case ringAddEpoch = 5
    case ringStartSending = 6
    case ringRemoveEpoch = 7
    case ringHandleTimeout = 8
    case ringSeal = 9
    case ringOpen = 10
    case ringPlanSealing = 11
    case ringPlanOpening = 12
    case ringAccept = 13
    case ringForgetPlan = 14
    case ringExportKey = 15

    // Bare primitives: for vectors, and for keys that are derived before there is a group.
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
