// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where the web client is, when nobody says.
enum WebFolder {
    /// `web/` beside the program, then beside each folder above it (a build lies some folders below its sources),
    /// then where a package puts it.
    static func find() -> String? {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        var candidates: [URL] = []
        var folder = program.deletingLastPathComponent()
        for _ in 0..<6 {
            candidates.append(folder.appendingPathComponent("web"))
            candidates.append(folder.appendingPathComponent("share/vigil/web"))
            guard folder.path != "/" else { break }
            folder.deleteLastPathComponent()
        }
        return candidates.first {
            FileManager.default.isReadableFile(atPath: $0.appendingPathComponent("index.html").path)
        }?.path
    }
}
