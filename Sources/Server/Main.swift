// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Logging

@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vigil-server",
        abstract: "Relays video meetings.",
        discussion: """
            Without any option it serves meetings to browsers on this machine; with --lan, to the whole network.
            Each option can also be an environment variable, [named in brackets], or a line of a configuration file;
            deploy/vigil.yaml shows them all. The command line wins over the environment, which wins over the file.
            """
    )

    @OptionGroup var options: CommandLineOptions

    func run() async throws {
        let settings: Settings
        do {
            settings = try await SettingsSources(
                commandLine: options.values,
                environment: ProcessInfo.processInfo.environment,
                file: options.config
            ).resolve()
        } catch {
            throw Main.refuse(error)
        }
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = settings.logLevel
            return handler
        }
        do {
            try await App.serve(settings)
        } catch {
            throw Main.refuse(error)
        }
    }

    /// EX_CONFIG: something outside the program must change first, so a supervisor needn't try again.
    private static func refuse(_ error: some CustomStringConvertible) -> ExitCode {
        FileHandle.standardError.write(Data("vigil-server: \(error)\n".utf8))
        return ExitCode(78)
    }
}
