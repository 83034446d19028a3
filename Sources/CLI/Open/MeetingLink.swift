// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A meeting's link as people pass it on: `https://NODE/m#SECRET`, or of a page elsewhere `…/m.html?node=https%3A%2F%2FNODE#SECRET`.
struct MeetingLink: Hashable {
    /// The node's origin, without a path.
    let node: String
    /// What the fragment holds; only the page understands it.
    let secret: String

    /// `nil` for what is no such link.
    init?(_ text: String) {
        guard let url = URLComponents(string: text), let secret = url.percentEncodedFragment, !secret.isEmpty,
            secret.utf8.count <= 256,
            secret.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.~".contains($0)) })
        else { return nil }
        let named = url.queryItems?.first { $0.name == "node" }?.value
        guard let node = MeetingLink.origin(named.flatMap { URLComponents(string: $0) } ?? url) else { return nil }
        self.node = node
        self.secret = secret
    }

    private static func origin(_ url: URLComponents) -> String? {
        guard let scheme = url.scheme?.lowercased(), scheme == "https" || scheme == "http", let host = url.host,
            !host.isEmpty, url.user == nil, url.password == nil
        else { return nil }
        var origin = URLComponents()
        origin.scheme = scheme
        origin.host = host
        origin.port = url.port
        return origin.string
    }

    /// The page to open, from a client at that origin.
    func page(at client: String) -> String { "\(client)/m.html?node=\(encodedNode)#\(secret)" }

    /// The page that shows the node's log, from a client at that origin.
    func logPage(at client: String) -> String { "\(client)/log.html?node=\(encodedNode)" }

    private var encodedNode: String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_.~"))
        return node.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }
}
