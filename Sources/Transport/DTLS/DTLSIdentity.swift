// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import COpenSSLShims

/// A self-signed certificate with its key, and the OpenSSL context that every connection under it shares.
///
/// One per process is enough; copies share the context, which OpenSSL lets several threads make connections from.
public struct DTLSIdentity: Sendable {
    /// What goes into our SDP.
    public let fingerprint: Fingerprint
    let context: DTLSContext

    /// A fresh ECDSA P-256 certificate, from OpenSSL's own generator.
    public static func make() throws(DTLSError) -> DTLSIdentity {
        try DTLSIdentity(key: .p256)
    }

    /// - Parameter subjectFiller: bytes of organisation names added to the subject, so that tests can make a
    ///   certificate that does not fit one datagram.
    package init(key kind: DTLSKeyKind, subjectFiller: Int = 0) throws(DTLSError) {
        let made =
            switch kind {
            case .p256: vigil_make_p256_key()
            case .rsa(let bits): vigil_make_rsa_key(bits)
            }
        defer { ERR_clear_error() }
        guard let key = made else { throw .libraryFailure }
        defer { EVP_PKEY_free(key) }
        let certificate = try DTLSCertificate.make(key: key, subjectFiller: subjectFiller)
        defer { X509_free(certificate) }
        fingerprint = try DTLSCertificate.fingerprint(of: certificate)
        context = try DTLSContext(certificate: certificate, key: key)
    }
}
