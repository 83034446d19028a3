// SPDX-License-Identifier: Apache-2.0

import Base
import COpenSSL
import Foundation
import NIOPosix

/// The hash of a file that may be too large for the memory.
enum FileDigest {
    /// SHA-256 in hex; `nil` if the file can't be read.
    static func sha256(of path: String) async -> String? {
        try? await NIOThreadPool.singleton.runIfActive { () throws -> String in
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            guard let context = EVP_MD_CTX_new() else { throw CocoaError(.fileReadUnknown) }
            defer { EVP_MD_CTX_free(context) }
            EVP_DigestInit_ex(context, EVP_sha256(), nil)
            while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
                let bytes = Array(chunk)
                EVP_DigestUpdate(context, bytes, bytes.count)
            }
            var digest = [UInt8](repeating: 0, count: 32)
            EVP_DigestFinal_ex(context, &digest, nil)
            return Hexadecimal.text(digest)
        }
    }
}
