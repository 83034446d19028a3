// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// Something that a node runs or serves from a start on: what a `release` entry says.
public struct Release: Hashable, Sendable {
    public enum Component: String, Sendable, CaseIterable {
        /// The web client: the artifact is the hash of its ``ClientManifest``.
        case web
        /// The server's program: the artifact is the file's hash.
        case server
    }

    /// The version of this source.
    public static let current = "0.5"

    public let component: Component
    public let version: String
    /// SHA-256, in hex.
    public let artifact: String

    public init(_ component: Component, version: String = Release.current, artifact: String) {
        self.component = component
        self.version = version
        self.artifact = artifact
    }

    /// `nil` for entries of other types.
    public init?(_ entry: LogEntry) {
        guard entry.type == .release, let component = entry.text(.component).flatMap(Component.init(rawValue:)),
            let version = entry.text(.release), let artifact = entry.text(.artifact)
        else { return nil }
        self.init(component, version: version, artifact: artifact)
    }

    /// The entry that says so, of that time.
    public func entry(at time: EntryTime) throws(EntryRefusal) -> LogEntry {
        try LogEntry(
            .release,
            at: time,
            [(.component, component.rawValue), (.release, version), (.artifact, artifact)]
        )
    }
}
