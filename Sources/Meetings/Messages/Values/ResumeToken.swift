// SPDX-License-Identifier: Apache-2.0

public import Base

/// 32 random bytes with which a participant whose socket was cut gets its place back.
public struct ResumeToken: Sendable {
    public let bytes: Secret

    /// - Parameter text: 43 characters of unpadded base64url.
    public init?(_ text: String) {
        guard let bytes = Base64URL.decode(text), bytes.count == 32 else { return nil }
        self.bytes = Secret(bytes)
    }

    public init(using randomness: inout some Randomness) {
        bytes = Secret(randomness.bytes(32))
    }

    public var text: String { bytes.withBytes { Base64URL.encode($0) } }
}

extension ResumeToken: Equatable {
    /// Constant time in the contents.
    public static func == (lhs: ResumeToken, rhs: ResumeToken) -> Bool { Secret.equal(lhs.bytes, rhs.bytes) }
}
