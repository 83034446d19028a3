// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The certificate of `--lan`: made once and kept, so that a device that accepted it isn't asked again.
struct LANCertificate {
    let certificatePath: String
    let keyPath: String

    /// The one in `folder`, or a new one when there is none, when it expires within a week, or when the machine has an
    /// address that it doesn't name.
    static func loadOrMake(folder: String, names: [String], addresses: [String], now: Date) throws(CertificateError)
        -> LANCertificate
    {
        let directory = folder + "/tls"
        let kept = LANCertificate(
            certificatePath: directory + "/lan-certificate.pem",
            keyPath: directory + "/lan-key.pem"
        )
        if kept.isUsable(addresses: addresses, now: now) { return kept }

        let made = try SelfSignedCertificate.make(names: names, addresses: addresses)
        do {
            try FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            // The key first, and never readable by others, not even for a moment.
            try write(made.keyPEM, to: kept.keyPath, permissions: 0o600)
            try write(made.certificatePEM, to: kept.certificatePath, permissions: 0o644)
        } catch {
            throw .folder(directory)
        }
        return kept
    }

    private func isUsable(addresses: [String], now: Date) -> Bool {
        guard let pem = FileManager.default.contents(atPath: certificatePath),
            FileManager.default.isReadableFile(atPath: keyPath)
        else { return false }
        return SelfSignedCertificate.isValid(
            Array(pem),
            for: addresses,
            until: Int(now.timeIntervalSince1970) + 7 * 86_400
        )
    }

    private static func write(_ bytes: [UInt8], to path: String, permissions: Int) throws {
        let temporary = path + ".new"
        try? FileManager.default.removeItem(atPath: temporary)
        guard
            FileManager.default.createFile(
                atPath: temporary,
                contents: Data(bytes),
                attributes: [.posixPermissions: permissions]
            )
        else { throw CocoaError(.fileWriteUnknown) }
        // Over the old one in one step: a crash leaves the old or the new file, never half of one.
        guard rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
