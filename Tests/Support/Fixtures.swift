// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Small files of our own making, in git under `Tests/Fixtures`.
public enum Fixtures {
    public struct Missing: Error {
        public let path: String
    }

    /// - Parameter path: relative to `Tests/Fixtures`, e.g. `SDP/chromium-publish.sdp`.
    public static func text(_ path: String) throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appendingPathComponent("Fixtures").appendingPathComponent(path)
        guard let data = try? Data(contentsOf: file) else { throw Missing(path: path) }
        return String(decoding: data, as: UTF8.self)
    }
}
