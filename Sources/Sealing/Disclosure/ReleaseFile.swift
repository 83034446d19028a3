// SPDX-License-Identifier: Apache-2.0

import Transparency

/// A release as it is carried: the text of the ``ReleasedShares``, an empty line, the signed ``ShareRelease``.
public struct ReleaseFile: Hashable, Sendable {
    public static let longest = 32_768

    public let shares: [UInt8]
    public let signed: [UInt8]

    public init(shares: [UInt8], signed: [UInt8]) {
        self.shares = shares
        self.signed = signed
    }

    /// `nil` without an empty line. What the two texts are isn't looked at.
    public init?(parsing file: [UInt8]) {
        guard file.count <= ReleaseFile.longest else { return nil }
        for index in file.indices.dropFirst() where file[index] == .newline && file[index - 1] == .newline {
            shares = Array(file[..<index])
            signed = Array(file[(index + 1)...])
            return
        }
        return nil
    }

    public var text: [UInt8] { shares + [.newline] + signed }
}
