// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import Foundation
import NIOSSL

/// How the node serves TLS, if at all.
struct TransportSecurity {
    let configuration: TLSConfiguration
    /// Made by `--lan`: browsers don't know it.
    let isSelfSigned: Bool
    /// SHA-256 over the certificate, in the form that browsers show: `AB:CD:…`
    let fingerprint: String

    static func make(_ settings: Settings, addresses: [String], now: Date) throws(CertificateError)
        -> TransportSecurity?
    {
        if let files = settings.tls {
            return try TransportSecurity(certificate: files.certificate, key: files.key, isSelfSigned: false)
        }
        guard settings.isLAN else { return nil }
        let certificate = try LANCertificate.loadOrMake(
            folder: settings.dataFolder,
            names: ["localhost"],
            addresses: ["127.0.0.1"] + addresses,
            now: now
        )
        return try TransportSecurity(
            certificate: certificate.certificatePath,
            key: certificate.keyPath,
            isSelfSigned: true
        )
    }

    private init(certificate: String, key: String, isSelfSigned: Bool) throws(CertificateError) {
        let chain: [NIOSSLCertificate]
        let privateKey: NIOSSLPrivateKey
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificate)
            privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
        } catch {
            throw .unusable(certificate)
        }
        guard let leaf = chain.first, let encoded = try? leaf.toDERBytes() else { throw .unusable(certificate) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(privateKey)
        )
        configuration.minimumTLSVersion = .tlsv12
        // A WebSocket starts as HTTP/1.1.
        configuration.applicationProtocols = ["http/1.1"]
        do {
            // A key that doesn't belong to the certificate shows here and not with the first visitor.
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .unusable(certificate)
        }
        self.configuration = configuration
        self.isSelfSigned = isSelfSigned
        fingerprint = Digest.sha256(encoded).map(Digest.hexadecimal).joined(separator: ":").uppercased()
    }
}
