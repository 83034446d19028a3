// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// A certificate for this machine's own names and addresses, vouched for by nobody but its fingerprint.
///
/// An ECDSA P-256 key; X.509 version 3 with the names in subjectAltName (RFC 5280 §4.2.1.6), where browsers look.
struct SelfSignedCertificate {
    static let validity: Int = 397 * 86_400

    let certificatePEM: [UInt8]
    let keyPEM: [UInt8]

    /// - Parameters:
    ///   - names: DNS names.
    ///   - addresses: IPv4 and IPv6 addresses in text form.
    static func make(names: [String], addresses: [String]) throws(CertificateError) -> SelfSignedCertificate {
        guard let key = makeKey() else { throw .openSSL }
        defer { EVP_PKEY_free(key) }
        guard let certificate = X509_new() else { throw .openSSL }
        defer { X509_free(certificate) }

        guard X509_set_version(certificate, 2) == 1, setSerialNumber(certificate),
            // An hour back: another device's clock may be a little behind.
            X509_gmtime_adj(X509_getm_notBefore(certificate), -3_600) != nil,
            X509_gmtime_adj(X509_getm_notAfter(certificate), validity) != nil,
            X509_set_pubkey(certificate, key) == 1,
            let subject = X509_get_subject_name(certificate),
            X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, "Vigil on this network", -1, -1, 0) == 1,
            X509_set_issuer_name(certificate, subject) == 1
        else { throw .openSSL }

        let alternatives = names.map { "DNS:" + $0 } + addresses.map { "IP:" + $0 }
        let extensions: [(Int32, String)] = [
            (NID_basic_constraints, "critical,CA:FALSE"),
            (NID_key_usage, "critical,digitalSignature"),
            (NID_ext_key_usage, "serverAuth"),
            (NID_subject_alt_name, alternatives.joined(separator: ",")),
        ]
        for (identifier, value) in extensions {
            guard let field = X509V3_EXT_conf_nid(nil, nil, identifier, value) else { throw .openSSL }
            defer { X509_EXTENSION_free(field) }
            guard X509_add_ext(certificate, field, -1) == 1 else { throw .openSSL }
        }
        guard X509_sign(certificate, key, EVP_sha256()) > 0,
            let certificatePEM = pem({ PEM_write_bio_X509($0, certificate) }),
            let keyPEM = pem({ PEM_write_bio_PKCS8PrivateKey($0, key, nil, nil, 0, nil, nil) })
        else { throw .openSSL }
        return SelfSignedCertificate(certificatePEM: certificatePEM, keyPEM: keyPEM)
    }

    /// Whether the certificate names every address and holds until `until`, in seconds since 1970.
    static func isValid(_ pem: [UInt8], for addresses: [String], until: Int) -> Bool {
        guard let memory = BIO_new_mem_buf(pem, Int32(clamping: pem.count)) else { return false }
        defer { BIO_free(memory) }
        guard let certificate = PEM_read_bio_X509(memory, nil, nil, nil) else { return false }
        defer { X509_free(certificate) }
        var moment = until
        return X509_cmp_time(X509_get0_notAfter(certificate), &moment) > 0
            && addresses.allSatisfy { X509_check_ip_asc(certificate, $0, 0) == 1 }
    }

    private static func makeKey() -> OpaquePointer? {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
            EVP_PKEY_keygen(context, &key) == 1
        else { return nil }
        return key
    }

    /// 126 random bits: positive, and unlike any other certificate of this issuer (RFC 5280 §4.1.2.2).
    private static func setSerialNumber(_ certificate: OpaquePointer) -> Bool {
        guard let number = BN_new() else { return false }
        defer { BN_free(number) }
        return BN_rand(number, 126, 0, 0) == 1
            && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
    }

    private static func pem(_ write: (OpaquePointer) -> Int32) -> [UInt8]? {
        guard let memory = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(memory) }
        guard write(memory) == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(memory))
        let count = BIO_read(memory, &bytes, Int32(clamping: bytes.count))
        return count == bytes.count ? bytes : nil
    }
}

/// Why there is no certificate to serve with.
enum CertificateError: Error, Equatable {
    case openSSL
    /// The data folder can't hold it.
    case folder(String)
    /// The file isn't a certificate or a key that fits.
    case unusable(String)
}

extension CertificateError: CustomStringConvertible {
    var description: String {
        switch self {
        case .openSSL: "OpenSSL made no certificate."
        case .folder(let path): "The certificate can't be kept in the data folder: \(path)"
        case .unusable(let path): "This isn't a usable PEM certificate with its key: \(path)"
        }
    }
}
