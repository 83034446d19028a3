// SPDX-License-Identifier: Apache-2.0

/// A test's own mistake.
public enum SupportFailure: Error {
    case notAName(String)
    case notATime
    case missing(String)
}
