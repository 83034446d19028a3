// SPDX-License-Identifier: Apache-2.0

/// What the page can ask of the auditor. web/audit/auditor.js has the same numbers.
enum Operation: Int32 {
    case policyRead = 1
    case proofCheck = 2
    case bundleRead = 3

    case auditCreate = 16
    case auditHandle = 17
    case auditReport = 18

    case orderVerify = 24

    case entriesPlan = 32
    case entriesRead = 33

    case reportBegin = 40
    case reportMake = 41
}
