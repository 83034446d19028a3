// SPDX-License-Identifier: Apache-2.0

/// Why there is no report.
public enum ReportRefusal: Error, Hashable, Sendable {
    /// The period isn't inside of the tree, or ends before it begins.
    case periodOutsideTree
    /// The entries that were read aren't those of this tree.
    case otherTree
}
