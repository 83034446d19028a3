// SPDX-License-Identifier: Apache-2.0

/// Why a commit is made: a resumption PSK for reinitialising or branching may only appear in the first commit of the new
/// group (RFC 9420 §12.1.4).
package enum CommitPurpose: Hashable, Sendable {
    case regular
    case reinitialize
    case branch

    func allows(_ usage: ResumptionUsage) -> Bool {
        switch usage {
        case .application: true
        case .reInit: self == .reinitialize
        case .branch: self == .branch
        }
    }
}
