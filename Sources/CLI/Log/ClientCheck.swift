// SPDX-License-Identifier: Apache-2.0

import Base
import LogKeeping
import NativeCrypto

/// Compares what a node serves with what it logged.
struct ClientCheck {
    /// The manifest as the node shows it; `nil` if it shows none.
    let manifest: ClientManifest?
    /// What was served for each address that was asked for.
    let served: [String: [UInt8]?]
    let releases: LoggedReleases

    /// Addresses that aren't named after the file that they show, and that file (``WebBundle/file(at:)``).
    static let pages = ["": "index.html", "m": "m.html", "log": "log.html", "report": "report.html"]

    /// What to ask a node for, given its manifest: every file, and the pages that it has.
    static func addresses(_ manifest: ClientManifest) -> [String] {
        let paths = manifest.files.map(\.path)
        return paths + pages.filter { paths.contains($0.value) }.keys.sorted()
    }

    /// What is wrong, in lines.
    var faults: [String] {
        var faults = releases.faults.map { "the log: " + $0 }
        guard let manifest else { return faults + ["the node doesn't say which files its client has"] }
        let hashes = Dictionary(manifest.files.map { ($0.path, $0.hash) }, uniquingKeysWith: { first, _ in first })
        for address in ClientCheck.addresses(manifest) {
            let file = ClientCheck.pages[address] ?? address
            guard let bytes = served[address] ?? nil else {
                faults.append("/\(address) isn't served")
                continue
            }
            let hash = Hexadecimal.text(NativeCrypto.hash(.sha256, bytes))
            if hash != hashes[file] { faults.append("/\(address) isn't what was logged: its SHA-256 is \(hash)") }
        }
        guard let last = releases.last(.web) else { return faults + ["no web client is in the log"] }
        if releases.first(.web, artifact: manifest.artifact) == nil {
            faults.append("the client \(manifest.artifact) isn't in the log")
        } else if last.release.artifact != manifest.artifact {
            faults.append(
                "the client \(manifest.artifact) is an earlier one; entry \(last.index) says that the node serves "
                    + last.release.artifact
            )
        }
        return faults
    }
}
