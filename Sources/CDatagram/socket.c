// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

static int set(int socket, int level, int name, int value) {
    return setsockopt(socket, level, name, &value, sizeof value);
}

static int bind_any(int socket, int family, uint16_t port) {
    struct sockaddr_in6 address;
    struct cdatagram_endpoint any = {.port = port};
    socklen_t length = cdatagram_encode(family, &any, &address);
    return bind(socket, (struct sockaddr *)&address, length);
}

static int fail(int socket) {
    int error = errno;
    close(socket);
    return -error;
}

// The forced variants pass net.core.[rw]mem_max where the process may (CAP_NET_ADMIN).
static void size_buffers(int socket, int receive_buffer, int send_buffer) {
    if (set(socket, SOL_SOCKET, SO_RCVBUFFORCE, receive_buffer) != 0) set(socket, SOL_SOCKET, SO_RCVBUF, receive_buffer);
    if (set(socket, SOL_SOCKET, SO_SNDBUFFORCE, send_buffer) != 0) set(socket, SOL_SOCKET, SO_SNDBUF, send_buffer);
}

int cdatagram_open_udp(int family, uint16_t port, int receive_buffer, int send_buffer) {
    int descriptor = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    if (family == AF_INET6) {
        if (set(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0) != 0) return fail(descriptor);
        if (set(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1) != 0) return fail(descriptor);
    } else if (set(descriptor, IPPROTO_IP, IP_PKTINFO, 1) != 0) {
        return fail(descriptor);
    }
    set(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, 1);
    size_buffers(descriptor, receive_buffer, send_buffer);
    if (bind_any(descriptor, family, port) != 0) return fail(descriptor);
    return descriptor;
}

int cdatagram_open_listener(int family, uint16_t port, int backlog) {
    int descriptor = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    if (family == AF_INET6 && set(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0) != 0) return fail(descriptor);
    set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1);
    if (bind_any(descriptor, family, port) != 0 || listen(descriptor, backlog) != 0) return fail(descriptor);
    return descriptor;
}

int cdatagram_accept(int listener, struct cdatagram_endpoint *from) {
    struct sockaddr_in6 address;
    socklen_t length = sizeof address;
    int descriptor;
    do {
        descriptor = accept4(listener, (struct sockaddr *)&address, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    } while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0) return -errno;
    set(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    cdatagram_decode((struct sockaddr *)&address, from);
    return descriptor;
}

int cdatagram_bound_port(int socket) {
    struct sockaddr_in6 address;
    socklen_t length = sizeof address;
    if (getsockname(socket, (struct sockaddr *)&address, &length) != 0) return -errno;
    struct cdatagram_endpoint endpoint;
    cdatagram_decode((struct sockaddr *)&address, &endpoint);
    return endpoint.port;
}

long cdatagram_read(int socket, void *bytes, size_t length) {
    ssize_t count;
    do {
        count = recv(socket, bytes, length, MSG_DONTWAIT);
    } while (count < 0 && errno == EINTR);
    return count < 0 ? -errno : count;
}

long cdatagram_write(int socket, const void *bytes, size_t length) {
    ssize_t count;
    do {
        count = send(socket, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (count < 0 && errno == EINTR);
    return count < 0 ? -errno : count;
}

void cdatagram_close(int descriptor) { close(descriptor); }

void cdatagram_wait_writable(int socket, int milliseconds) {
    struct pollfd descriptor = {.fd = socket, .events = POLLOUT};
    poll(&descriptor, 1, milliseconds);
}
