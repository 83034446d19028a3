// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

/// A private key in a file that only its owner can read: made once, never replaced.
public enum KeyFile {
    public static let name = "key"

    /// The key in the folder; `nil` if there is none yet.
    public static func load<Disk: DiskCalls>(
        from folder: DurableFolder<Disk>,
        type: SignatureType
    ) throws(KeyFileFault) -> PrivateKeyText? {
        let text: [UInt8]?
        do throws(DiskFault) { text = try folder.read(name) } catch { throw .disk(error) }
        guard let text else { return nil }
        do throws(PrivateKeyRefusal) {
            let key = try PrivateKeyText(parsing: text)
            guard key.type == type else { throw .malformed }
            return key
        } catch {
            throw .refused(folder.path + "/" + name, error)
        }
    }

    /// A new key, on the disk before anything is signed with it. The caller holds the folder's lock, and found none.
    public static func make<Disk: DiskCalls>(
        in folder: DurableFolder<Disk>,
        name keyName: KeyName,
        type: SignatureType,
        randomness: inout some Randomness
    ) throws(KeyFileFault) -> PrivateKeyText {
        let key = PrivateKeyText(name: keyName, type: type, randomness: &randomness)
        let text: [UInt8]
        do throws(PrivateKeyRefusal) { text = try key.text() } catch {
            throw .refused(folder.path + "/" + name, error)
        }
        do throws(DiskFault) { try folder.put([(name, text)], mode: 0o600) } catch { throw .disk(error) }
        return key
    }
}
