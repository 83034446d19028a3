// SPDX-License-Identifier: Apache-2.0

import CLibFuzzer

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

nonisolated(unsafe) private var target: (UnsafeRawBufferPointer) -> Void = { _ in }

/// Runs `body` on every input that libFuzzer makes up; a trap in it is a find. Does not return.
public func fuzz(_ body: @escaping @Sendable (UnsafeRawBufferPointer) -> Void) -> Never {
    target = body
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(
        LLVMFuzzerRunDriver(&count, &arguments) { start, count in
            target(UnsafeRawBufferPointer(start: start, count: count))
            return 0
        }
    )
}
