// SPDX-License-Identifier: Apache-2.0

/// What tests can ask for about groups. web/tests/core-operations.js has the same numbers.
enum GroupOperation: Int32 {
    case keyPackageCreate = 64
    case keyPackageRead = 65
    case create = 66
    case join = 67
    case joinExternally = 68
    case commit = 69
    case propose = 70
    case proposeFromOutside = 71
    case receive = 72
    case adopt = 73
    case discard = 74
    case state = 75
    case members = 76
    case export = 77
    case encrypt = 78
    case info = 79
    case tree = 80
    case succeed = 81
    /// Of a key package or a group, as the next three.
    case snapshot = 82
    case restore = 83
    case release = 84
}
