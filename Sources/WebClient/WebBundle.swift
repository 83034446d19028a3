// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
public import LogKeeping
public import NIOCore
import NativeCrypto

/// The web client, read into memory once at the start.
///
/// A request's path is only ever a key of a dictionary and never reaches the file system: what isn't in the bundle
/// can't be asked for, however the path is spelt.
public struct WebBundle: Sendable {
    public struct File: Sendable {
        public let content: ByteBuffer
        public let mediaType: String
        /// Strong validator (RFC 9110 §8.8.3), from the content alone.
        public let entityTag: String
    }

    /// By path from the root, e.g. `/app/main.js`.
    public let files: [String: File]

    /// A bundle is a few hundred kilobytes; a wrong folder is stopped before it fills the memory.
    public static let maximumSize = 64 << 20

    /// Reads every file of a known type below `folder`; hidden files, tests and tools' folders stay out.
    public init(folder: String) throws(WebBundleError) {
        let root = URL(fileURLWithPath: folder, isDirectory: true).resolvingSymlinksInPath()
        guard
            let entries = FileManager.default.enumerator(
                at: root,
                includingPropertiesForKeys: [.isRegularFileKey, .fileSizeKey],
                options: [.skipsHiddenFiles]
            )
        else { throw .unreadable(folder) }
        var files: [String: File] = [:]
        var size = 0
        for case let entry as URL in entries {
            if WebBundle.excludedFolders.contains(entry.lastPathComponent) {
                entries.skipDescendants()
                continue
            }
            guard let values = try? entry.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey]),
                values.isRegularFile == true, let mediaType = MediaType.of(entry.lastPathComponent)
            else { continue }
            size += values.fileSize ?? 0
            guard size <= WebBundle.maximumSize else { throw .tooLarge(folder) }
            guard let data = try? Data(contentsOf: entry) else { throw .unreadable(entry.path) }
            let path =
                "/"
                + entry.standardizedFileURL.pathComponents.dropFirst(root.pathComponents.count)
                .joined(separator: "/")
            files[path] = File(content: data, mediaType: mediaType)
        }
        guard files["/index.html"] != nil else { throw .noStartPage(folder) }
        self.files = files
    }

    /// Of contents by path from the root; files of other types are left out.
    public init(contents: [String: [UInt8]]) {
        var files: [String: File] = [:]
        for (path, bytes) in contents {
            guard let mediaType = MediaType.of(path) else { continue }
            files[path] = File(content: Data(bytes), mediaType: mediaType)
        }
        self.files = files
    }

    /// For tests: texts by path.
    public init(contents: [String: String]) {
        self.init(contents: contents.mapValues { Array($0.utf8) })
    }

    /// `/`, `/m`, `/log` and `/report` are pages, everything else is named in full. The link's secret is in the fragment and never here.
    public func file(at path: String) -> File? {
        switch path {
        case "/": files["/index.html"]
        case "/m": files["/m.html"] ?? files["/meeting.html"] ?? files["/index.html"]
        case "/log": files["/log.html"]
        case "/report": files["/report.html"]
        default: files[path]
        }
    }

    /// Every file by its hash, as the log's release entries mean it.
    public var manifest: ClientManifest {
        ClientManifest(
            Dictionary(uniqueKeysWithValues: files.map { (String($0.dropFirst()), Array(buffer: $1.content)) })
        )
    }

    private static let excludedFolders: Set<String> = ["node_modules", "tests", "test", "types"]
}

/// Why there is no web client to serve.
public enum WebBundleError: Error, Equatable {
    case unreadable(String)
    case tooLarge(String)
    case noStartPage(String)
}

extension WebBundleError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path): "The web client can't be read: \(path)"
        case .tooLarge(let path): "The web client's folder holds far too much to be a web client: \(path)"
        case .noStartPage(let path): "The web client's folder has no index.html: \(path)"
        }
    }
}

extension WebBundle.File {
    fileprivate init(content: Data, mediaType: String) {
        entityTag = "\"" + Hexadecimal.text(NativeCrypto.hash(.sha256, Array(content)).prefix(16)) + "\""
        self.content = ByteBuffer(bytes: content)
        self.mediaType = mediaType
    }
}
