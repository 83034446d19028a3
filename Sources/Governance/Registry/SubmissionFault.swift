// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no submission.
public enum SubmissionFault: Error, Hashable, Sendable {
    case format(BundleFormatRefusal)
    case statement(StatementRefusal)
}
