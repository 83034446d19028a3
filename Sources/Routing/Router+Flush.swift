// SPDX-License-Identifier: Apache-2.0

public import Base

extension Router {
    /// Forwards everything that is pending: per track, viewer by viewer, so that the packets of one viewer lie together.
    ///
    /// - Parameter whenFull: sends what `queue` holds and empties it. A packet that finds no room even then is left to
    ///   the viewer's NACK.
    public func flush(now: Moment, into queue: TransmitQueue, whenFull: () -> Void) {
        clock = now
        for stream in dirty {
            stream.pointee.track._withUnsafeGuaranteedRef { track in
                track.forwarders.withUnsafeBufferPointer { forwarders in
                    for forwarder in forwarders {
                        forwarder.deliver(stream, now: now, into: queue, whenFull: whenFull)
                    }
                }
            }
            stream.pointee.clearPending()
            stream.pointee.isDirty = false
        }
        dirty.removeAll(keepingCapacity: true)
        if !resends.isEmpty {
            for resend in resends {
                resend.forwarder.resend(resend.number, now: now, into: queue, whenFull: whenFull)
            }
            counters.resent &+= UInt64(resends.count)
            resends.removeAll(keepingCapacity: true)
        }
        if deadline <= now { handleTimeout(now: now, into: queue, whenFull: whenFull) }
    }
}
