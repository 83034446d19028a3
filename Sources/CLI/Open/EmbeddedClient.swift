// SPDX-License-Identifier: Apache-2.0

import Base
import CWebClient
import WebClient

/// The web client inside of this program.
enum EmbeddedClient {
    /// `nil` if the program was built without it (scripts/embed-web).
    static func bundle() -> WebBundle? {
        guard let start = vigil_web_client() else { return nil }
        return bundle(packed: Array(UnsafeBufferPointer(start: start, count: vigil_web_client_length())))
    }

    /// `nil` for what scripts/embed-web doesn't write.
    static func bundle(packed bytes: [UInt8]) -> WebBundle? {
        var reader = ByteReader(bytes)
        var contents: [String: [UInt8]] = [:]
        while !reader.isAtEnd {
            guard let pathLength = reader.readUInt16(), let path = reader.read(count: Int(pathLength)),
                let length = reader.readUInt32(), let content = reader.read(count: Int(length))
            else { return nil }
            contents["/" + String(decoding: path, as: UTF8.self)] = Array(content)
        }
        return contents["/index.html"] == nil ? nil : WebBundle(contents: contents)
    }
}
