import ArgumentParser
import Configuration
import Hummingbird
import HummingbirdTLS
import NIOHTTPTypesHTTP1
import NIOSSL
import NIOWebSocket

@main struct Main: ParsableCommand { func run() throws { print("x") } }
