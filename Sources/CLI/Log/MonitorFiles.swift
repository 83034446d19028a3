// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// What a monitor keeps of a log between two runs.
///
/// ```
/// state        up to where everything was in order
/// policy       the keys that the first run went by, unless others are given
/// checkpoint   the last one, signed: the proof, should the log show another tree one day
/// ```
struct MonitorFiles {
    let path: String
    private let folder: DurableFolder<PosixDisk>

    /// - Parameter folder: `nil` for one of its own for each address, below the user's state folder.
    init(_ folder: String?, for url: String, environment: [String: String]) throws {
        if let folder {
            path = folder
        } else {
            let home = environment["HOME"] ?? "/var/tmp"
            let base = environment["XDG_STATE_HOME"] ?? home + "/.local/state"
            path = base + "/vigil/" + Hexadecimal.text(NativeCrypto.hash(.sha256, Array(url.utf8)).prefix(8))
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        self.folder = DurableFolder(path, on: PosixDisk())
    }

    func policy() throws -> [UInt8]? { try folder.read("policy") }

    /// - Throws: if there is a state that can't be read: going on without it would overlook that the log was set back.
    func state() throws -> MonitorState<NativeCrypto> {
        guard let bytes = try folder.read("state") else { return MonitorState() }
        guard let state = MonitorState<NativeCrypto>(decoding: bytes) else {
            throw LogExit.unreadable("\(path)/state is damaged; remove it to read the log from its beginning")
        }
        return state
    }

    func keep(_ monitor: Monitor<NativeCrypto>, policy: [UInt8]) throws {
        var files = [("state", monitor.state.encoded), ("policy", policy)]
        if let checkpoint = monitor.checkpoint, checkpoint.head == monitor.state.head {
            files.append(("checkpoint", checkpoint.note.encoded))
        }
        try folder.put(files)
    }
}
