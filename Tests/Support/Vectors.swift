// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// Public test vectors, read from `VIGIL_VECTORS` or from `shared/vectors` beside the checkout. They are not in git.
public enum Vectors {
    /// The file's bytes, or `nil` after saying loudly on standard error that its tests are skipped.
    ///
    /// - Parameter path: relative to the vectors folder, e.g. `stun/rfc5769.json`.
    public static func data(_ path: String) -> Data? {
        for folder in folders {
            if let data = try? Data(contentsOf: folder.appendingPathComponent(path)) { return data }
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
