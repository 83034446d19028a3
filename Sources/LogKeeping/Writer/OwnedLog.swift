// SPDX-License-Identifier: Apache-2.0

public import Base
public import NativeCrypto
public import Transparency

/// A log of this machine, opened to be written: its folder locked, its key read or made, its store.
public struct OwnedLog: Sendable {
    public let store: LogStore<PosixDisk>
    public let signer: NoteSigner<NativeCrypto>
    private let lock: FolderLock

    /// - Parameters:
    ///   - path: the log's folder, made if need be; its parent must exist.
    ///   - origin: the log's name, "a schema-less URL" (C2SP tlog-checkpoint); `nil` for the one that it has, or, the first
    ///     time, a random one at `vigil.invalid`.
    public init(_ path: String, origin: String?, randomness: inout some Randomness) throws(OwnedLogFault) {
        lock = try OwnedLog.lock(path)
        let folder = DurableFolder(path, on: PosixDisk())
        let key = try OwnedLog.key(in: folder, origin, &randomness)
        if let origin, !key.name.bytes.elementsEqual(origin.utf8) {
            throw .otherName(kept: key.name.text, wanted: origin)
        }
        do throws(SignerRefusal) { signer = try NoteSigner(name: key.name, privateKey: key.seed) } catch {
            throw .key(.refused(path + "/" + KeyFile.name, .unusable))
        }
        store = LogStore(path, on: PosixDisk())
    }

    private static func lock(_ path: String) throws(OwnedLogFault) -> FolderLock {
        let held: FolderLock?
        do throws(DiskFault) {
            try PosixDisk().makeFolder(path)
            held = try FolderLock(path)
        } catch {
            throw .key(.disk(error))
        }
        guard let held else { throw .inUse(path) }
        return held
    }

    private static func key(
        in folder: DurableFolder<PosixDisk>,
        _ origin: String?,
        _ randomness: inout some Randomness
    ) throws(OwnedLogFault) -> PrivateKeyText {
        do throws(KeyFileFault) {
            if let kept = try KeyFile.load(from: folder, type: .ed25519) { return kept }
        } catch {
            throw .key(error)
        }
        let text = origin ?? "vigil.invalid/" + Hexadecimal.text(randomness.bytes(8))
        guard let name = KeyName(text.utf8) else { throw .badName(text) }
        do throws(KeyFileFault) {
            return try KeyFile.make(in: folder, name: name, type: .ed25519, randomness: &randomness)
        } catch {
            throw .key(error)
        }
    }
}
