// SPDX-License-Identifier: Apache-2.0

/// Why a log can't be written here.
public enum OwnedLogFault: Error, Hashable, Sendable {
    case key(KeyFileFault)
    /// Another process has the folder.
    case inUse(String)
    /// No name for a key: empty, or with spaces or plus signs.
    case badName(String)
    /// A log's name is part of its key and of everything that it signed.
    case otherName(kept: String, wanted: String)
}

extension OwnedLogFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .key(let fault): fault.description
        case .inUse(let path): "another process writes the log in \(path)"
        case .badName(let name): "a log can't be called \"\(name)\": no spaces, no plus signs"
        case .otherName(let kept, let wanted):
            "this log is called \(kept), which can't become \(wanted): its name is part of all that it signed"
        }
    }
}
