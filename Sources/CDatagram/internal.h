// SPDX-License-Identifier: Apache-2.0

#ifndef CDATAGRAM_INTERNAL_H
#define CDATAGRAM_INTERNAL_H

#include "CDatagram.h"

#include <sys/socket.h>

/// Enough for a sockaddr_in and a sockaddr_in6.
socklen_t cdatagram_encode(int family, const struct cdatagram_endpoint *endpoint, void *address);
void cdatagram_decode(const struct sockaddr *address, struct cdatagram_endpoint *endpoint);
void cdatagram_decode_bytes(const uint8_t bytes[16], struct cdatagram_endpoint *endpoint);
void cdatagram_encode_bytes(const struct cdatagram_endpoint *endpoint, uint8_t bytes[16]);

#endif
