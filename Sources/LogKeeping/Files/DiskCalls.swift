// SPDX-License-Identifier: Apache-2.0

/// What a ``DurableFolder`` asks of the file system. The machine's own is ``PosixDisk``; tests put one in its place that loses
/// power between two calls.
public protocol DiskCalls: Sendable {
    /// The bytes of a file; `nil` if there is none of that name.
    func read(_ path: String) throws(DiskFault) -> [UInt8]?

    /// Makes or empties a file and fills it. On return the bytes are on the disk (fsync); that the folder knows the name isn't
    /// sure before ``syncFolder(_:)``.
    func write(_ bytes: [UInt8], to path: String, mode: UInt16) throws(DiskFault)

    /// Over whatever had the new name, in one step.
    func rename(_ old: String, to new: String) throws(DiskFault)

    /// It is no failure if there is nothing.
    func remove(_ path: String) throws(DiskFault)

    /// It is no failure if there is one already. Its parent must exist.
    func makeFolder(_ path: String) throws(DiskFault)

    /// An empty one. It is no failure if there is none.
    func removeFolder(_ path: String) throws(DiskFault)

    /// On return every change of names in the folder is on the disk.
    func syncFolder(_ path: String) throws(DiskFault)

    /// Names in a folder, in no order; none if there is no such folder.
    func names(in path: String) throws(DiskFault) -> [String]
}
