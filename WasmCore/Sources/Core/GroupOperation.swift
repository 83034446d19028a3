// SPDX-License-Identifier: Apache-2.0

#if GROUPS
/// What the page can ask for about groups, in builds that have MLS.
enum GroupOperation: Int32 {
    case join = 64
    case receive = 65
    case adopt = 66
    case epoch = 67
    case export = 68
    case encrypt = 69
    case snapshot = 70
    case restore = 71
    case remove = 72
}
#endif
