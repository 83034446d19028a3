// SPDX-License-Identifier: Apache-2.0

import LogKeeping

/// Why a witness can't start.
enum WitnessStartFault: Error, Hashable, Sendable {
    case key(KeyFileFault)
    case inUse(String)
    /// The key in the folder has another name than the configuration says.
    case otherName(kept: String)
}

extension WitnessStartFault: CustomStringConvertible {
    var description: String {
        switch self {
        case .key(let fault): "\(fault)"
        case .inUse(let path): "another process is the witness in \(path)"
        case .otherName(let kept): "the witness in this folder is called \(kept); a key keeps its name"
        }
    }
}
