// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Base
import LogKeeping
import NativeCrypto

struct UnsealKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Makes a key for one order; standard output has the order's `recipient-key`."
    )

    @Argument(help: "Where the private key goes. Destroy it when the disclosure is over.")
    var file: String

    func run() async throws {
        var randomness = SystemRandomness()
        let suite = HPKESuite(kem: .dhkemX25519SHA256, kdf: .sha256, aead: .aes256GCM)
        let pair: HPKEKeyPair
        do throws(CryptoRefusal) {
            pair = try HPKE<NativeCrypto>(suite).generateKeyPair(using: &randomness)
        } catch {
            throw LogExit.unreadable("no key could be made: \(error)")
        }
        let text = pair.privateKey.withBytes { Hexadecimal.encode($0) } + [UInt8(ascii: "\n")]
        do throws(DiskFault) { try PosixDisk().write(text, to: file, mode: 0o600) } catch {
            throw LogExit.unreadable(error)
        }
        print("recipient-key \(Hexadecimal.text(pair.publicKey))")
    }
}
