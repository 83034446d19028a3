// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import NativeCrypto
import Sealing

/// A file of a sealed record, read for a command.
enum SealedFile {
    static func record(_ path: String) throws -> SealedRecord {
        let text = try FileText.read(path, longest: SealedRecord.longest)
        do throws(RecordRefusal) { return try SealedRecord(parsing: text, with: NativeCrypto.self) } catch {
            throw fault(path, "no sealed record", error)
        }
    }

    static func shares(_ path: String) throws -> SealedShares {
        let text = try FileText.read(path, longest: SealedShares.longest)
        do throws(RecordRefusal) { return try SealedShares(parsing: text) } catch {
            throw fault(path, "no sealed shares", error)
        }
    }

    static func released(_ text: [UInt8], at path: String) throws -> ReleasedShares {
        do throws(RecordRefusal) { return try ReleasedShares(parsing: text) } catch {
            throw fault(path, "no released shares", error)
        }
    }

    static func signed(_ text: [UInt8], at path: String) throws -> Signed<ShareRelease> {
        do throws(StatementRefusal) { return try Signed(parsing: text) } catch {
            throw fault(path, "no signed release", error)
        }
    }

    /// 64 hex digits of an X25519 key.
    static func keyPair(_ path: String) throws -> HPKEKeyPair {
        var text = try FileText.read(path, longest: 65)
        if text.last == UInt8(ascii: "\n") { text.removeLast() }
        guard var bytes = Hexadecimal.decode(text), bytes.count == 32 else {
            throw LogExit.unreadable("\(path) is no key: 64 hex digits")
        }
        let key = Secret(erasing: &bytes)
        do throws(CryptoRefusal) {
            return HPKEKeyPair(privateKey: key, publicKey: try NativeCrypto.publicKey(.x25519, of: key))
        } catch {
            throw LogExit.unreadable("\(path) is no key: \(error)")
        }
    }

    /// Opens an order's subject: 32 bytes in hex, which come on another way than the bundle.
    static func salt(_ text: String) throws -> [UInt8] {
        guard let salt = Hexadecimal.decode(text.utf8), salt.count == 32 else {
            throw LogExit.unreadable("--salt takes 64 hex digits")
        }
        return salt
    }

    static func fault(_ path: String, _ what: String, _ error: some Error) -> any Error {
        print("FAULT \(path): \(what), \(error)")
        return LogExit.faults
    }
}
