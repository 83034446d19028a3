// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Held as long as this object lives: nobody else writes in the folder. The kernel lets go of it when the process ends, however
/// it ends.
public final class FolderLock: Sendable {
    private let descriptor: Int32

    /// `nil` if another process (or another lock of this one) holds it.
    /// - Parameter folder: must exist.
    public init?(_ folder: String) throws(DiskFault) {
        let path = folder + "/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw DiskFault(.lock, path, code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw DiskFault(.lock, path, code: code)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
