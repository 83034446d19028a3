// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

/// The files of a web client by their hashes: text as `sha256sum` writes and checks it, a line a file, ordered by path. Its own
/// hash is what a `release` entry of the log names.
public struct ClientManifest: Hashable, Sendable {
    public struct File: Hashable, Sendable {
        /// Relative, with slashes, e.g. `app/main.js`.
        public let path: String
        /// SHA-256, in hex.
        public let hash: String
    }

    public let files: [File]

    /// More isn't a web client.
    static let mostFiles = 4_096
    /// The longest text that is read.
    public static let longest = 1 << 20

    /// - Parameter files: contents by path.
    public init(_ files: [String: [UInt8]]) {
        self.files = files.map { path, bytes in
            File(path: path, hash: Hexadecimal.text(NativeCrypto.hash(.sha256, bytes)))
        }
        .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// `nil` for anything that ``encoded`` doesn't write: other orders, a path twice, paths that lead elsewhere.
    public init?(parsing bytes: [UInt8]) {
        guard bytes.count <= ClientManifest.longest, let text = String(validating: bytes, as: UTF8.self),
            text.hasSuffix("\n")
        else { return nil }
        var files: [File] = []
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            let (hash, path) = (line.prefix(64), line.dropFirst(66))
            guard hash.utf8.count == 64, hash.utf8.allSatisfy(ClientManifest.isHexDigit),
                line.dropFirst(64).hasPrefix("  "), ClientManifest.isPath(path), files.count < ClientManifest.mostFiles,
                files.last.map({ $0.path.utf8.lexicographicallyPrecedes(path.utf8) }) ?? true
            else { return nil }
            files.append(File(path: String(path), hash: String(hash)))
        }
        self.files = files
    }

    public var encoded: [UInt8] { Array(files.map { "\($0.hash)  \($0.path)\n" }.joined().utf8) }

    /// SHA-256 of the text, in hex: the `artifact` of the entry.
    public var artifact: String { Hexadecimal.text(NativeCrypto.hash(.sha256, encoded)) }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
    }

    /// Names of letters, digits and `._-` that don't begin with a dot, with slashes between them: no query, no way up, nothing to
    /// escape.
    private static func isPath(_ path: Substring) -> Bool {
        guard path.utf8.count <= 512 else { return false }
        return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { name in
            !name.isEmpty && !name.hasPrefix(".")
                && name.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                        true
                    default: false
                    }
                }
        }
    }
}
