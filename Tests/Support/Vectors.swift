// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// Public test vectors, read from `VIGIL_VECTORS` or from `shared/vectors` beside the checkout. They are not in git.
public enum Vectors {
    /// The file's bytes, or `nil` after saying loudly on standard error that its tests are skipped.
    ///
    /// - Parameter path: relative to the vectors folder, e.g. `stun/rfc5769.json`.
    public static func data(_ path: String) -> Data? {
        self.path(path).flatMap { try? Data(contentsOf: $0) }
    }

    /// Where the file lies, or `nil` after saying so.
    public static func path(_ path: String) -> URL? {
        for folder in folders {
            let file = folder.appendingPathComponent(path)
            if FileManager.default.isReadableFile(atPath: file.path) { return file }
        }
        let line = "SKIPPED VECTORS: \(path) not found (set VIGIL_VECTORS or put shared/vectors beside the checkout)\n"
        FileHandle.standardError.write(Data(line.utf8))
        return nil
    }

    private static var folders: [URL] {
        if let named = ProcessInfo.processInfo.environment["VIGIL_VECTORS"] { return [URL(fileURLWithPath: named)] }
        // From this file upwards: the checkout may be a worktree or a clone anywhere below the folder that holds shared/.
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        var found: [URL] = []
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            found.append(folder.appendingPathComponent("shared/vectors"))
        }
        return found
    }
}
