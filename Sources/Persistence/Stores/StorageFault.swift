// SPDX-License-Identifier: Apache-2.0

/// Why something isn't stored, or can't be read. What failed has not happened.
public enum StorageFault: Error, Hashable, Sendable {
    /// The file can't be opened, or isn't one of ours.
    case unusable(String)
    /// A later version of the program wrote it.
    case tooNew
    /// The disk, or the library, by its words.
    case failed(String)
}

extension StorageFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unusable(let reason): "the database can't be used: \(reason)"
        case .tooNew: "a later version of the program has written the database"
        case .failed(let reason): "the database failed: \(reason)"
        }
    }
}
