// SPDX-License-Identifier: Apache-2.0

import Governance
import NativeCrypto
import Transparency

/// A file about an order.
enum OrderFile {
    /// - Throws: ``LogExit`` if it is no bundle.
    static func bundle(_ path: String) throws -> OrderBundle {
        let bytes = try FileText.read(path, longest: OrderBundle.longest)
        do throws(BundleFormatRefusal) { return try OrderBundle(parsing: bytes) } catch {
            print("FAULT \(path): no bundle, \(error)")
            throw LogExit.faults
        }
    }

    /// The order of a bundle, or of a file that holds its text alone.
    static func order(_ path: String) throws -> (order: Order, text: [UInt8]) {
        var text = try FileText.read(path, longest: OrderBundle.longest)
        if let bundle = try? OrderBundle(parsing: text) { text = bundle.order }
        do throws(OrderRefusal) { return (try Order(parsing: text), text) } catch {
            print("FAULT \(path): no order, \(error)")
            throw LogExit.faults
        }
    }

    /// - Throws: ``LogExit`` for what isn't a hash in hex.
    static func hash(_ text: String, named name: String) throws -> DocumentHash {
        guard let hash = DocumentHash(hex: text) else { throw LogExit.unreadable("\(name) takes 64 hex digits") }
        return hash
    }
}
