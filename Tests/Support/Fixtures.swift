// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Small files of our own making, in git under `Tests/Fixtures`.
public enum Fixtures {
    public struct Missing: Error {
        public let path: String
    }

    /// - Parameter path: relative to `Tests/Fixtures`, e.g. `SDP/chromium-publish.sdp`.
    public static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    public static func bytes(_ path: String) throws -> [UInt8] {
        guard let data = try? Data(contentsOf: file(path)) else { throw Missing(path: path) }
        return Array(data)
    }

    /// For whoever makes fixtures.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        let file = file(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    private static func file(_ path: String) -> URL {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return folder.appendingPathComponent("Fixtures").appendingPathComponent(path)
    }
}
