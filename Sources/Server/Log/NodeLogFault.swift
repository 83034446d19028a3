// SPDX-License-Identifier: Apache-2.0

import LogKeeping

/// Why the node has no log to write.
enum NodeLogFault: Error, Hashable, Sendable {
    case dataFolder(String)
    case log(OwnedLogFault)
}

extension NodeLogFault: CustomStringConvertible {
    var description: String {
        switch self {
        case .dataFolder(let path): "The data folder \(path) can't be made; name another one with --data."
        case .log(.inUse(let path)):
            "Another process writes the log in \(path). Two nodes need two data folders (--data)."
        case .log(let fault): "The public log can't be opened: \(fault)"
        }
    }
}
