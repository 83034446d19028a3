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

    case identityFound = 32
    case memberCreate = 33
    case memberHandle = 34
    case memberRelease = 35
}
