// SPDX-License-Identifier: Apache-2.0

/// A file of parts other than a bundle: what seats bring to a node and what it hands out (docs/orders-api.md).
public struct PartFile: Hashable, Sendable {
    /// The first lines of the files that there are.
    public enum Kind: Keyword {
        case submission
        case charters
        case charterVersion
        case seatKeys
        case stops
        case papers
        case checkpoints

        public var word: StaticString {
            switch self {
            case .submission: "vigil-submission/v1"
            case .charters: "vigil-charters/v1"
            case .charterVersion: "vigil-charter-version/v1"
            case .seatKeys: "vigil-seat-keys/v1"
            case .stops: "vigil-stops/v1"
            case .papers: "vigil-case/v1"
            case .checkpoints: "vigil-checkpoints/v1"
            }
        }
    }

    public struct Part: Hashable, Sendable {
        public let kind: BundlePart
        public let bytes: [UInt8]

        public init(_ kind: BundlePart, _ bytes: [UInt8]) {
            self.kind = kind
            self.bytes = bytes
        }
    }

    public let kind: Kind
    public var parts: [Part]

    public init(_ kind: Kind, _ parts: [Part]) {
        self.kind = kind
        self.parts = parts
    }

    /// Which parts stand there, and in which order, is for the reader of that kind to judge.
    public init(_ kind: Kind, parsing file: [UInt8]) throws(BundleFormatRefusal) {
        guard file.count <= OrderBundle.longest else { throw .tooLong }
        self.kind = kind
        parts = []
        var reader = try BundleReader(file, header: kind.word)
        while let part = try reader.any() {
            guard parts.count < OrderBundle.mostEntries else { throw .unexpectedPart }
            parts.append(Part(part.part, part.bytes))
        }
        try reader.end()
    }

    public var encoded: [UInt8] {
        var file = PartWriter(kind.word)
        for part in parts { file.add(part.kind, part.bytes) }
        return file.finished
    }
}
