// SPDX-License-Identifier: Apache-2.0

import Glibc

/// One of this package's programs, running.
///
/// Without Foundation's `Process`, whose `waitUntilExit` was seen to hang on a thread of the concurrency pool.
public final class Program {
    public enum Failure: Error {
        case notStarted(String, Int32)
    }

    public let pid: Int32
    private let output: Int32
    private var buffer: [UInt8] = []
    private var status: Int32?

    /// - Parameters:
    ///   - name: beside the tests' own program.
    ///   - input: a file for standard input; nothing otherwise.
    ///   - environment: added to this process's own, as `NAME=VALUE`.
    public init(_ name: String, _ arguments: [String], input: String = "/dev/null", environment: [String] = []) throws {
        var own = [CChar](repeating: 0, count: 4_096)
        let length = readlink("/proc/self/exe", &own, own.count - 1)
        let path = String(decoding: own[..<max(0, length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let program = String(path[...(path.lastIndex(of: "/") ?? path.startIndex)]) + name

        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure.notStarted(name, errno) }
        // Another program started meanwhile would otherwise keep the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        // The calling thread may block signals, as those of Dispatch do, and a program would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pointers = ([program] + arguments).map { strdup($0) } + [nil]
        var inherited: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) }
        var place = environ
        while let entry = place.pointee {
            inherited.append(strdup(entry))
            place += 1
        }
        inherited.append(nil)
        var started: pid_t = 0
        let code = posix_spawn(&started, program, &actions, &attributes, &pointers, &inherited)
        for pointer in pointers + inherited { free(pointer) }
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw Failure.notStarted(program, code)
        }
        pid = started
        output = ends[0]
    }

    /// The next line of its output; `nil` at the end. Half a line at the end isn't one.
    public func line() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                defer { buffer.removeSubrange(...end) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = read(output, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }

    /// All lines up to the end.
    public func lines() -> [String] {
        var lines: [String] = []
        while let line = line() { lines.append(line) }
        return lines
    }

    /// Waits until it has ended.
    /// - Returns: its exit status; `nil` if a signal ended it.
    @discardableResult
    public func wait() -> Int32? {
        var status = self.status ?? 0
        if self.status == nil {
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            self.status = status
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
    }

    /// SIGKILL, and waits until it is gone.
    /// - Returns: true if it was the signal that ended it.
    @discardableResult
    public func killNow() -> Bool {
        if status == nil { kill(pid, SIGKILL) }
        return wait() == nil
    }

    /// Asks it to end (SIGTERM), and waits.
    @discardableResult
    public func end() -> Int32? {
        if status == nil { kill(pid, SIGTERM) }
        return wait()
    }

    deinit {
        killNow()
        close(output)
    }
}
