// SPDX-License-Identifier: Apache-2.0

import WebClient

/// Why the node can't start, or go on. Each case says what the operator can do.
enum StartError: Error {
    case noWebClient(WebBundleError?)
    case certificate(CertificateError)
    case addressInUse(host: String, port: Int)
    case cannotListen(host: String, port: Int)
    case media(MediaPlaneError)
    case log(NodeLogFault)
    /// While it ran; the kind of error and not its words, which may name an address.
    case stopped(kind: String)
}

extension StartError: CustomStringConvertible {
    var description: String {
        switch self {
        case .noWebClient(.none): "The web client isn't beside the program; name its folder with --web."
        case .noWebClient(.some(let error)): error.description
        case .certificate(let error): error.description
        case .addressInUse(let host, let port):
            "Port \(port) of \(host) is taken by another program; choose another one with --port."
        case .cannotListen(let host, let port): "The server may not listen on port \(port) of \(host)."
        case .media(.noFreePort): "All media ports are taken by other programs; name others with --udp-ports."
        case .media(.noAddress): "This machine has no network address that a browser could send media to."
        case .stopped(let kind): "The server stopped by itself: \(kind)"
        case .log(let fault): fault.description
        case .media(let error): "Media can't start: \(error)"
        }
    }
}
