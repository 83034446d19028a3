// SPDX-License-Identifier: Apache-2.0

public import Base

/// 32 random bytes that the browser that starts a meeting makes and keeps. The node keeps only their hash.
public struct HostToken: Sendable {
    public let bytes: Secret

    /// - Parameter text: 43 characters of unpadded base64url.
    public init?(_ text: String) {
        guard let bytes = Base64URL.decode(text), bytes.count == 32 else { return nil }
        self.bytes = Secret(bytes)
    }

    /// For whoever holds the bytes: the wire form.
    public var text: String { bytes.withBytes { Base64URL.encode($0) } }
}
