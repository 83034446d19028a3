// SPDX-License-Identifier: Apache-2.0

/// Why there is no private key to sign with.
public enum KeyFileFault: Error, Hashable, Sendable {
    case disk(DiskFault)
    /// The file of that path isn't such a key.
    case refused(String, PrivateKeyRefusal)
}

extension KeyFileFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .disk(let fault): fault.description
        case .refused(let path, .wrongID): "\(path) is damaged: the key doesn't match its own id"
        case .refused(let path, _): "\(path) is no private key of the kind that belongs there"
        }
    }
}
