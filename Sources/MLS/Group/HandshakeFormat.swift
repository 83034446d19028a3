// SPDX-License-Identifier: Apache-2.0

/// How a handshake message travels (RFC 9420 §6).
public enum HandshakeFormat: Hashable, Sendable {
    /// Signed and tagged, so that the delivery service can check it.
    case publicMessage
    /// Encrypted, its length rounded up to a multiple of `paddingBlock`.
    case privateMessage(paddingBlock: Int)
}
