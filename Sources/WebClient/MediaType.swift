// SPDX-License-Identifier: Apache-2.0

/// The types of a web client's files. A file of any other type isn't served: it can't be part of the client.
public enum MediaType {
    /// `nil` for a name without one of these endings.
    public static func of(_ name: some StringProtocol) -> String? {
        guard let dot = name.lastIndex(of: "."), !name.hasSuffix(".d.ts") else { return nil }
        return byExtension[name[name.index(after: dot)...].lowercased()]
    }

    private static let byExtension: [String: String] = [
        "html": "text/html; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8",
        "css": "text/css; charset=utf-8",
        "json": "application/json",
        "webmanifest": "application/manifest+json",
        "wasm": "application/wasm",
        "svg": "image/svg+xml",
        "png": "image/png",
        "jpg": "image/jpeg",
        "webp": "image/webp",
        "ico": "image/x-icon",
        "woff2": "font/woff2",
        "mp3": "audio/mpeg",
        "ogg": "audio/ogg",
        "wav": "audio/wav",
        "txt": "text/plain; charset=utf-8",
    ]
}
