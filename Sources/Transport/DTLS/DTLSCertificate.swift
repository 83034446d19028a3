// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// X.509 through OpenSSL. Who owns what follows OpenSSL: `make` returns a certificate to free.
enum DTLSCertificate {
    /// Self-signed with SHA-256, valid from yesterday (clocks differ) for a year. The subject says nothing about who
    /// we are; nobody checks it.
    static func make(key: OpaquePointer, subjectFiller: Int) throws(DTLSError) -> OpaquePointer {
        guard let certificate = X509_new() else { throw .libraryFailure }
        guard fill(certificate, key: key, subjectFiller: subjectFiller) else {
            X509_free(certificate)
            throw .libraryFailure
        }
        return certificate
    }

    /// SHA-256 of the DER form.
    static func fingerprint(of certificate: OpaquePointer) throws(DTLSError) -> Fingerprint {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1,
            let fingerprint = Fingerprint(sha256: digest.prefix(Int(length)))
        else { throw .libraryFailure }
        return fingerprint
    }

    private static func fill(_ certificate: OpaquePointer, key: OpaquePointer, subjectFiller: Int) -> Bool {
        var serial: UInt64 = 0
        guard withUnsafeMutableBytes(of: &serial, { RAND_bytes($0.baseAddress, Int32($0.count)) }) == 1,
            X509_set_version(certificate, 2) == 1,
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1,
            X509_gmtime_adj(X509_getm_notBefore(certificate), -86_400) != nil,
            X509_gmtime_adj(X509_getm_notAfter(certificate), 365 * 86_400) != nil,
            X509_set_pubkey(certificate, key) == 1,
            let name = X509_get_subject_name(certificate),
            add("CN", "vigil", to: name)
        else { return false }
        var left = subjectFiller
        while left > 0 {
            // X.520 allows an organisation name of at most 64 characters.
            guard add("O", String(repeating: "v", count: min(64, left)), to: name) else { return false }
            left -= 64
        }
        return X509_set_issuer_name(certificate, name) == 1 && X509_sign(certificate, key, EVP_sha256()) > 0
    }

    private static func add(_ field: String, _ value: String, to name: OpaquePointer) -> Bool {
        X509_NAME_add_entry_by_txt(name, field, MBSTRING_FLAG, value, -1, -1, 0) == 1
    }
}
