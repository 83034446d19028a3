// SPDX-License-Identifier: Apache-2.0

/// What a resumption PSK is used for (RFC 9420 §8.4).
public enum ResumptionUsage: UInt8, Hashable, Sendable {
    case application = 1
    case reInit = 2
    case branch = 3
}
