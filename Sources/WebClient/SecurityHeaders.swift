// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// What every response says about how a browser may treat it.
public enum SecurityHeaders {
    /// - Parameters:
    ///   - isTrustedTLS: the connection's certificate is one that browsers accept. HSTS over a certificate
    ///     made by `--lan` would lock people out of the name once the warning can't be clicked away any more.
    ///   - log: the origin of another node, whose log the pages may read too.
    public static func fields(isTrustedTLS: Bool, readingLogOf log: String? = nil) -> HTTPFields {
        var fields: HTTPFields = [
            .contentSecurityPolicy: log.map { contentSecurityPolicy(readingLogOf: $0) } ?? ownPolicy,
            .xContentTypeOptions: "nosniff",
            .referrerPolicy: "no-referrer",
            .permissionsPolicy: permissionsPolicy,
            .crossOriginOpenerPolicy: "same-origin",
            .crossOriginEmbedderPolicy: "require-corp",
            // The bundle runs from any origin, so any origin may fetch its parts.
            .crossOriginResourcePolicy: "cross-origin",
            .accessControlAllowOrigin: "*",
        ]
        if isTrustedTLS { fields[.strictTransportSecurity] = "max-age=31536000" }
        return fields
    }

    /// Signalling may go to any node (`ws:`, `wss:`): the bundle isn't tied to the node that served it. Everything
    /// that runs or is shown comes from the bundle itself.
    private static let ownPolicy = policy(connecting: "connect-src 'self' ws: wss:")

    private static func contentSecurityPolicy(readingLogOf log: String) -> String {
        policy(connecting: "connect-src 'self' ws: wss: " + log)
    }

    private static func policy(connecting: String) -> String {
        (before + [connecting] + after).joined(separator: "; ")
    }

    private static let before = [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
    ]

    private static let after = [
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        // One name, used once: the address of the worker that seals frames (web/crypto/frame-client.js).
        "trusted-types vigil-frames",
    ]

    private static let permissionsPolicy = [
        "camera=(self)", "microphone=(self)", "display-capture=(self)", "fullscreen=(self)", "autoplay=(self)",
        "picture-in-picture=(self)", "screen-wake-lock=(self)", "speaker-selection=(self)", "clipboard-write=(self)",
        "geolocation=()", "payment=()", "usb=()", "serial=()", "midi=()",
    ].joined(separator: ", ")
}

extension HTTPField.Name {
    private static func known(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .server }

    public static let referrerPolicy = known("Referrer-Policy")
    public static let permissionsPolicy = known("Permissions-Policy")
    public static let crossOriginOpenerPolicy = known("Cross-Origin-Opener-Policy")
    public static let crossOriginEmbedderPolicy = known("Cross-Origin-Embedder-Policy")
    public static let crossOriginResourcePolicy = known("Cross-Origin-Resource-Policy")
}
