// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a witness's configuration file, and in which line, counted from 1.
enum WitnessConfigurationRefusal: Error, Hashable, Sendable {
    case unreadable(String)
    case unknownKeyword(String, line: Int)
    case wrongItemCount(line: Int)
    case twice(String, line: Int)
    case invalidName(line: Int)
    case invalidAddress(line: Int)
    case invalidKey(line: Int)
    case missing(String)
}

extension WitnessConfigurationRefusal: CustomStringConvertible {
    var description: String {
        switch self {
        case .unreadable(let path): "The configuration file \(path) can't be read."
        case .unknownKeyword(let word, let line):
            "Line \(line): unknown word \"\(word)\"; there are name, data, listen, log."
        case .wrongItemCount(let line): "Line \(line): expected a word and one value."
        case .twice(let word, let line): "Line \(line): a second \"\(word)\"."
        case .invalidName(let line): "Line \(line): a name has no spaces and no plus signs."
        case .invalidAddress(let line): "Line \(line): expected HOST:PORT."
        case .invalidKey(let line): "Line \(line): expected a log's key, NAME+ID+KEY, with its log's name."
        case .missing(let word): "There is no line \"\(word)\"."
        }
    }
}
