// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The machine's file system. Blocks; whoever must not wait calls it from another thread.
public struct PosixDisk: DiskCalls {
    public init() {}

    public func read(_ path: String) throws(DiskFault) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // ENOTDIR: a part of the path is a file, so there can't be one below it.
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw DiskFault(.read, path, code: errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DiskFault(.read, path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw DiskFault(.read, path, code: EISDIR) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { raw in
                Glibc.read(descriptor, raw.baseAddress?.advanced(by: filled), raw.count - filled)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw DiskFault(.read, path, code: errno)
            }
            // Shorter than it was a moment ago: files here are replaced, never changed, so somebody else had a hand in it.
            guard count > 0 else { throw DiskFault(.read, path, code: EIO) }
            filled += count
        }
        return bytes
    }

    public func write(_ bytes: [UInt8], to path: String, mode: UInt16) throws(DiskFault) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
        guard descriptor >= 0 else { throw DiskFault(.write, path, code: errno) }
        var isOpen = true
        defer { if isOpen { close(descriptor) } }
        // The mode of `open` counts for new files only, and less what umask takes away.
        guard fchmod(descriptor, mode_t(mode)) == 0 else { throw DiskFault(.write, path, code: errno) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.write(descriptor, raw.baseAddress?.advanced(by: written), raw.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw DiskFault(.write, path, code: errno)
            }
            written += count
        }
        // After a failed fsync the kernel may have dropped the pages: the file counts as lost, and is written anew.
        guard fsync(descriptor) == 0 else { throw DiskFault(.write, path, code: errno) }
        isOpen = false
        // Network file systems report some failures only here.
        guard close(descriptor) == 0 else { throw DiskFault(.write, path, code: errno) }
    }

    public func rename(_ old: String, to new: String) throws(DiskFault) {
        guard Glibc.rename(old, new) == 0 else { throw DiskFault(.rename, new, code: errno) }
    }

    public func remove(_ path: String) throws(DiskFault) {
        guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else {
            throw DiskFault(.remove, path, code: errno)
        }
    }

    public func makeFolder(_ path: String) throws(DiskFault) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw DiskFault(.makeFolder, path, code: errno) }
    }

    public func removeFolder(_ path: String) throws(DiskFault) {
        guard rmdir(path) == 0 || errno == ENOENT || errno == ENOTDIR else {
            throw DiskFault(.remove, path, code: errno)
        }
    }

    public func syncFolder(_ path: String) throws(DiskFault) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DiskFault(.syncFolder, path, code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw DiskFault(.syncFolder, path, code: errno) }
    }

    public func names(in path: String) throws(DiskFault) -> [String] {
        guard let folder = opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw DiskFault(.read, path, code: errno)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
