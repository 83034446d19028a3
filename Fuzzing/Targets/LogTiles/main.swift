// SPDX-License-Identifier: Apache-2.0

import Driver
import StandInCrypto
import Transparency

fuzz { input in
    let bytes = [UInt8](input)
    if let resource = LogResource(path: bytes) {
        precondition(Array(resource.path.utf8) == bytes, "another spelling of a path")
    }
    guard let first = bytes.first else { return }
    let width = Int(first) + 1
    let body = Array(bytes.dropFirst())
    if let tile = try? Tile(decoding: body, width: width) { precondition(tile.encoded == body) }
    if let entries = try? EntryBundle.decode(body, width: width) {
        precondition((try? EntryBundle.encode(entries)) == body)
    }
    _ = MonitorState<StandInCrypto>(decoding: body)
}
