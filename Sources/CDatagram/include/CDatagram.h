// SPDX-License-Identifier: Apache-2.0
//
// What Linux offers for moving many datagrams with few system calls, and `import Glibc` doesn't show: recvmmsg, sendmmsg,
// UDP_SEGMENT (GSO), packet information, nanosecond epoll. Nothing here decides anything; errors come back as -errno.

#ifndef CDATAGRAM_H
#define CDATAGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// An IPv6 or IPv4-mapped address (RFC 4291 §2.5.5.2) as two big-endian words in host order, and a port in host order.
struct cdatagram_endpoint {
    uint64_t high;
    uint64_t low;
    uint16_t port;
};

// Receiving

struct cdatagram_received {
    uint8_t *bytes;
    uint32_t length;
    bool truncated;
    struct cdatagram_endpoint from;
    /// The machine's own address that the datagram was sent to; the port is not filled in.
    struct cdatagram_endpoint to;
    /// When the kernel got it, CLOCK_REALTIME in nanoseconds; 0 when the kernel didn't say.
    int64_t arrival;
};

/// `slots` buffers of `slot_size` bytes, filled again by every receive. One thread at a time.
struct cdatagram_inbound;
struct cdatagram_inbound *cdatagram_inbound_create(int slots, int slot_size);
void cdatagram_inbound_destroy(struct cdatagram_inbound *inbound);
/// The number of datagrams now in the slots, or -errno. Never blocks.
int cdatagram_inbound_receive(struct cdatagram_inbound *inbound, int socket);
struct cdatagram_received *cdatagram_inbound_slots(struct cdatagram_inbound *inbound);

// Sending

/// Up to `messages` messages for one sendmmsg. A message is one datagram, or a run of equal ones that the kernel cuts (GSO).
struct cdatagram_outbound;
/// `family` is that of the socket it will be used with: AF_INET or AF_INET6.
struct cdatagram_outbound *cdatagram_outbound_create(int messages, int family);
void cdatagram_outbound_destroy(struct cdatagram_outbound *outbound);
/// `segment`: 0 for one datagram, else the length of each datagram in `bytes` (the last may be shorter).
/// `source`: the machine's own address to send from, or NULL. `bytes` must stay until sent. False when full.
bool cdatagram_outbound_add(struct cdatagram_outbound *outbound, const void *bytes, size_t length, uint16_t segment,
                            const struct cdatagram_endpoint *to, const struct cdatagram_endpoint *source);
int cdatagram_outbound_count(const struct cdatagram_outbound *outbound);
void cdatagram_outbound_clear(struct cdatagram_outbound *outbound);
/// Sends messages from index `first` on: how many the kernel took (at least 1), or -errno of the first one.
int cdatagram_outbound_send(struct cdatagram_outbound *outbound, int socket, int first);
/// Sends the message at `index` without GSO, datagram by datagram: how many datagrams the kernel took.
int cdatagram_outbound_send_plain(struct cdatagram_outbound *outbound, int socket, int index);
/// The number of datagrams in the message at `index`; its bytes in `length`.
int cdatagram_outbound_datagrams(const struct cdatagram_outbound *outbound, int index, size_t *length);

// Sockets

/// A non-blocking UDP socket on every address of the machine, or -errno. AF_INET6 takes IPv4 too.
int cdatagram_open_udp(int family, uint16_t port, int receive_buffer, int send_buffer);
/// A non-blocking TCP listener on every address of the machine, or -errno. AF_INET6 takes IPv4 too.
int cdatagram_open_listener(int family, uint16_t port, int backlog);
/// A non-blocking connection with TCP_NODELAY, or -errno.
int cdatagram_accept(int listener, struct cdatagram_endpoint *from);
/// The port that a socket is bound to, or -errno.
int cdatagram_bound_port(int socket);
/// Bytes read (0 = end) or -errno. Never blocks.
long cdatagram_read(int socket, void *bytes, size_t length);
/// Bytes taken or -errno. Never blocks, never raises SIGPIPE.
long cdatagram_write(int socket, const void *bytes, size_t length);
void cdatagram_close(int descriptor);
/// Waits until `socket` takes more output or `milliseconds` have passed.
void cdatagram_wait_writable(int socket, int milliseconds);

// Waiting

enum {
    CDATAGRAM_READABLE = 1,
    CDATAGRAM_WRITABLE = 2,
    CDATAGRAM_HANGUP = 4,
};

struct cdatagram_readiness {
    uint64_t token;
    uint32_t events;
};

/// Level-triggered. All return 0 or -errno.
int cdatagram_poll_create(void);
int cdatagram_poll_add(int poll, int descriptor, uint64_t token, uint32_t events);
int cdatagram_poll_change(int poll, int descriptor, uint64_t token, uint32_t events);
int cdatagram_poll_remove(int poll, int descriptor);
/// The number of ready descriptors, 0 after `timeout` nanoseconds (negative: none), or -errno. EINTR counts as 0.
int cdatagram_poll_wait(int poll, struct cdatagram_readiness *ready, int capacity, int64_t timeout);

/// An eventfd, or -errno.
int cdatagram_wakeup_create(void);
void cdatagram_wakeup_signal(int wakeup);
void cdatagram_wakeup_drain(int wakeup);

// Clocks and threads

int64_t cdatagram_monotonic(void);
int64_t cdatagram_realtime(void);
void cdatagram_sleep(int64_t nanoseconds);
/// CPU time of the calling thread in nanoseconds.
int64_t cdatagram_thread_cpu(void);
/// Names the calling thread (15 bytes at most count) and asks for exact timers instead of the 50 µs slack.
void cdatagram_prepare_thread(const char *name);

// The machine

struct cdatagram_interface_address {
    struct cdatagram_endpoint address;
    bool is_loopback;
    bool is_link_local;
};

/// The addresses of interfaces that are up: how many were written, or -errno.
int cdatagram_interface_addresses(struct cdatagram_interface_address *addresses, int capacity);
/// Reads "192.0.2.1" or "2001:db8::1" without asking any name server.
bool cdatagram_parse_address(const char *text, struct cdatagram_endpoint *address);

#endif
