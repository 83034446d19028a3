// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#define MAPPED 0x0000FFFF00000000ULL

void cdatagram_decode_bytes(const uint8_t bytes[16], struct cdatagram_endpoint *endpoint) {
    uint64_t high = 0, low = 0;
    for (int i = 0; i < 8; i++) high = high << 8 | bytes[i];
    for (int i = 8; i < 16; i++) low = low << 8 | bytes[i];
    endpoint->high = high;
    endpoint->low = low;
}

void cdatagram_encode_bytes(const struct cdatagram_endpoint *endpoint, uint8_t bytes[16]) {
    for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)(endpoint->high >> (56 - 8 * i));
    for (int i = 0; i < 8; i++) bytes[8 + i] = (uint8_t)(endpoint->low >> (56 - 8 * i));
}

void cdatagram_decode(const struct sockaddr *address, struct cdatagram_endpoint *endpoint) {
    if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)address;
        cdatagram_decode_bytes(in6->sin6_addr.s6_addr, endpoint);
        endpoint->port = ntohs(in6->sin6_port);
    } else if (address->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)address;
        endpoint->high = 0;
        endpoint->low = MAPPED | ntohl(in->sin_addr.s_addr);
        endpoint->port = ntohs(in->sin_port);
    } else {
        memset(endpoint, 0, sizeof *endpoint);
    }
}

socklen_t cdatagram_encode(int family, const struct cdatagram_endpoint *endpoint, void *address) {
    if (family == AF_INET) {
        struct sockaddr_in *in = address;
        memset(in, 0, sizeof *in);
        in->sin_family = AF_INET;
        in->sin_port = htons(endpoint->port);
        in->sin_addr.s_addr = htonl((uint32_t)endpoint->low);
        return sizeof *in;
    }
    struct sockaddr_in6 *in6 = address;
    memset(in6, 0, sizeof *in6);
    in6->sin6_family = AF_INET6;
    in6->sin6_port = htons(endpoint->port);
    cdatagram_encode_bytes(endpoint, in6->sin6_addr.s6_addr);
    return sizeof *in6;
}

int cdatagram_interface_addresses(struct cdatagram_interface_address *addresses, int capacity) {
    struct ifaddrs *list = NULL;
    if (getifaddrs(&list) != 0) return -errno;
    int count = 0;
    for (struct ifaddrs *entry = list; entry != NULL && count < capacity; entry = entry->ifa_next) {
        if (entry->ifa_addr == NULL || !(entry->ifa_flags & IFF_UP)) continue;
        int family = entry->ifa_addr->sa_family;
        if (family != AF_INET && family != AF_INET6) continue;
        struct cdatagram_interface_address *found = &addresses[count++];
        cdatagram_decode(entry->ifa_addr, &found->address);
        found->is_loopback = (entry->ifa_flags & IFF_LOOPBACK) != 0;
        if (family == AF_INET6) {
            found->is_link_local = IN6_IS_ADDR_LINKLOCAL(&((struct sockaddr_in6 *)entry->ifa_addr)->sin6_addr);
        } else {
            found->is_link_local = (uint32_t)found->address.low >> 16 == 0xA9FE;  // 169.254.0.0/16
        }
    }
    freeifaddrs(list);
    return count;
}

bool cdatagram_parse_address(const char *text, struct cdatagram_endpoint *address) {
    struct in_addr in;
    struct in6_addr in6;
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, text, &in) == 1) {
        address->low = MAPPED | ntohl(in.s_addr);
        return true;
    }
    if (inet_pton(AF_INET6, text, &in6) == 1) {
        cdatagram_decode_bytes(in6.s6_addr, address);
        return true;
    }
    return false;
}
