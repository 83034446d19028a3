// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore

/// The addresses by which other devices of the network reach this machine.
enum ReachableAddresses {
    /// IPv4 first: it is what people can type.
    static func all() -> [String] {
        guard let devices = try? System.enumerateDevices() else { return [] }
        var v4: [String] = []
        var v6: [String] = []
        for device in devices where !isVirtual(device.name) {
            guard let address = device.address, let text = address.ipAddress else { continue }
            switch address {
            case .v4 where !text.hasPrefix("127.") && !text.hasPrefix("169.254."):
                v4.append(text)
            case .v6 where !text.hasPrefix("fe80") && text != "::1":
                v6.append(text)
            default: break
            }
        }
        return v4.uniqued() + v6.uniqued()
    }

    /// Bridges and tunnels of containers and virtual machines lead to nobody else.
    private static func isVirtual(_ name: String) -> Bool {
        ["docker", "veth", "br-", "virbr", "lxc", "podman", "cni"].contains { name.hasPrefix($0) }
    }

    /// As part of a URL.
    static func host(_ address: String) -> String { address.contains(":") ? "[\(address)]" : address }
}

extension Array where Element: Hashable {
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
