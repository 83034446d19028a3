// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import COpenSSLShims

/// An `SSL_CTX`. It never changes after `init`, and OpenSSL counts its references atomically, so it is `Sendable`.
final class DTLSContext: Sendable {
    nonisolated(unsafe) let pointer: OpaquePointer

    init(certificate: OpaquePointer, key: OpaquePointer) throws(DTLSError) {
        guard let pointer = SSL_CTX_new(DTLS_method()) else { throw .libraryFailure }
        self.pointer = pointer
        vigil_dtls_context_set_options(pointer)
        vigil_dtls_context_require_peer_certificate(pointer)
        guard vigil_dtls_context_pin_version(pointer) == 1,
            SSL_CTX_set_cipher_list(pointer, DTLSContext.ciphers) == 1,
            vigil_dtls_context_set_groups(pointer, "X25519:P-256:P-384") == 1,
            SSL_CTX_use_certificate(pointer, certificate) == 1,
            SSL_CTX_use_PrivateKey(pointer, key) == 1
        else { throw .libraryFailure }
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    /// Forward secrecy and AEAD only (RFC 8827 §6.5 asks for the first). RSA is for peers with an RSA certificate.
    private static let ciphers = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
        "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
    ].joined(separator: ":")
}
