// SPDX-License-Identifier: Apache-2.0

public import Base
import CPrimitives

/// The primitives in the browser: BoringSSL, the same as under swift-crypto natively, through a small C face.
///
/// X25519, P-256, Ed25519 and ECDSA on P-256; the larger curves of the native provider are refused as unsupported.
public enum PortableCrypto: CryptoProvider {
    /// Bytes that are zeroed once they were copied into a ``Secret``.
    static func secret<Failure: Error>(
        _ count: Int,
        _ fill: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) -> Secret {
        var bytes = [UInt8](repeating: 0, count: count)
        try fill(&bytes)
        let secret = Secret(bytes)
        vp_cleanse(&bytes, count)
        return secret
    }

    /// Where a C function wants a pointer and the bytes may be none.
    static func pointer(_ bytes: UnsafeRawBufferPointer) -> UnsafePointer<UInt8>? {
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    }

    static func isZero(_ secret: Secret) -> Bool {
        Secret.equal(secret, Secret([UInt8](repeating: 0, count: secret.count)))
    }
}
