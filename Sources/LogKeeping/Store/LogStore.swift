// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// A log in a folder.
///
/// ```
/// record           the last checkpoint that was signed
/// stage            the last batch
/// public/          what everybody may fetch, at the paths of C2SP tlog-tiles; any web server can serve it
///   checkpoint
///   tile/0/x001/234.p/17
///   tile/entries/x001/234
/// ```
public struct LogStore<Disk: DiskCalls>: LogStorage {
    private let folder: DurableFolder<Disk>

    /// - Parameter path: of the log's folder; its parent must exist.
    public init(_ path: String, on disk: Disk) {
        folder = DurableFolder(path, on: disk)
    }

    /// Below the log's folder.
    static func name(of key: StoreKey) -> String {
        switch key {
        case .record: "record"
        case .stage: "stage"
        case .published(let resource): "public/" + resource.path
        }
    }

    public func read(_ keys: [StoreKey]) throws(DiskFault) -> [[UInt8]?] {
        var files: [[UInt8]?] = []
        for key in keys { files.append(try folder.read(LogStore.name(of: key))) }
        return files
    }

    /// One resource, as it is served.
    public func read(_ resource: LogResource) throws(DiskFault) -> [UInt8]? {
        try folder.read(LogStore.name(of: .published(resource)))
    }

    public func apply(_ writes: [StoreWrite]) throws(LogStoreFault) {
        do {
            // The writes of a step come in any order, so that files go together and are synced once.
            var files: [(name: String, bytes: [UInt8])] = []
            for write in writes {
                switch write {
                case .put(let key, let bytes): files.append((LogStore.name(of: key), bytes))
                case .replaceRecord(let expected, let bytes):
                    let name = LogStore.name(of: .record)
                    guard try folder.read(name) == expected else { throw LogStoreFault.recordChanged }
                    files.append((name, bytes))
                case .removePartials(let resource):
                    guard let partials = resource.partialsPath else { continue }
                    try folder.removeFolder("public/" + partials)
                }
            }
            try folder.put(files)
        } catch let fault as DiskFault {
            throw .disk(fault)
        } catch {
            throw .recordChanged
        }
    }
}
