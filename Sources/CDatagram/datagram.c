// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>

#ifndef SOL_UDP
#define SOL_UDP 17
#endif
#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

// Receiving

// Room for the time stamp and the packet information of either family.
#define INBOUND_CONTROL 128

struct cdatagram_inbound {
    int slots;
    int slot_size;
    struct mmsghdr *messages;
    struct iovec *vectors;
    struct sockaddr_in6 *addresses;
    uint8_t *control;
    uint8_t *slab;
    struct cdatagram_received *received;
};

void cdatagram_inbound_destroy(struct cdatagram_inbound *inbound) {
    if (inbound == NULL) return;
    free(inbound->messages);
    free(inbound->vectors);
    free(inbound->addresses);
    free(inbound->control);
    free(inbound->slab);
    free(inbound->received);
    free(inbound);
}

struct cdatagram_inbound *cdatagram_inbound_create(int slots, int slot_size) {
    if (slots <= 0 || slot_size <= 0 || slots > 1024 || slot_size > 65536) return NULL;
    struct cdatagram_inbound *inbound = calloc(1, sizeof *inbound);
    if (inbound == NULL) return NULL;
    size_t count = (size_t)slots, size = (size_t)slot_size;
    inbound->slots = slots;
    inbound->slot_size = slot_size;
    inbound->messages = calloc(count, sizeof *inbound->messages);
    inbound->vectors = calloc(count, sizeof *inbound->vectors);
    inbound->addresses = calloc(count, sizeof *inbound->addresses);
    inbound->control = calloc(count, INBOUND_CONTROL);
    inbound->slab = calloc(count, size);
    inbound->received = calloc(count, sizeof *inbound->received);
    if (!inbound->messages || !inbound->vectors || !inbound->addresses || !inbound->control || !inbound->slab ||
        !inbound->received) {
        cdatagram_inbound_destroy(inbound);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        inbound->vectors[i].iov_base = inbound->slab + i * size;
        inbound->vectors[i].iov_len = size;
        struct msghdr *header = &inbound->messages[i].msg_hdr;
        header->msg_name = &inbound->addresses[i];
        header->msg_iov = &inbound->vectors[i];
        header->msg_iovlen = 1;
        header->msg_control = inbound->control + i * INBOUND_CONTROL;
        inbound->received[i].bytes = inbound->slab + i * size;
    }
    return inbound;
}

struct cdatagram_received *cdatagram_inbound_slots(struct cdatagram_inbound *inbound) { return inbound->received; }

static void read_control(struct msghdr *header, struct cdatagram_received *received) {
    received->arrival = 0;
    memset(&received->to, 0, sizeof received->to);
    for (struct cmsghdr *item = CMSG_FIRSTHDR(header); item != NULL; item = CMSG_NXTHDR(header, item)) {
        if (item->cmsg_level == SOL_SOCKET && item->cmsg_type == SO_TIMESTAMPNS) {
            struct timespec stamp;
            memcpy(&stamp, CMSG_DATA(item), sizeof stamp);
            received->arrival = (int64_t)stamp.tv_sec * 1000000000 + stamp.tv_nsec;
        } else if (item->cmsg_level == IPPROTO_IPV6 && item->cmsg_type == IPV6_PKTINFO) {
            struct in6_pktinfo information;
            memcpy(&information, CMSG_DATA(item), sizeof information);
            cdatagram_decode_bytes(information.ipi6_addr.s6_addr, &received->to);
        } else if (item->cmsg_level == IPPROTO_IP && item->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo information;
            memcpy(&information, CMSG_DATA(item), sizeof information);
            received->to.low = 0x0000FFFF00000000ULL | ntohl(information.ipi_addr.s_addr);
        }
    }
}

int cdatagram_inbound_receive(struct cdatagram_inbound *inbound, int socket) {
    for (int i = 0; i < inbound->slots; i++) {
        struct msghdr *header = &inbound->messages[i].msg_hdr;
        header->msg_namelen = sizeof inbound->addresses[i];
        header->msg_controllen = INBOUND_CONTROL;
    }
    int count = recvmmsg(socket, inbound->messages, (unsigned)inbound->slots, MSG_DONTWAIT, NULL);
    if (count < 0) return -errno;
    for (int i = 0; i < count; i++) {
        struct cdatagram_received *received = &inbound->received[i];
        struct msghdr *header = &inbound->messages[i].msg_hdr;
        received->length = inbound->messages[i].msg_len;
        received->truncated = (header->msg_flags & MSG_TRUNC) != 0;
        cdatagram_decode(header->msg_name, &received->from);
        read_control(header, received);
    }
    return count;
}

// Sending

#define OUTBOUND_CONTROL (CMSG_SPACE(sizeof(uint16_t)) + CMSG_SPACE(sizeof(struct in6_pktinfo)))

struct cdatagram_outbound {
    int capacity;
    int count;
    int family;
    struct mmsghdr *messages;
    struct iovec *vectors;
    struct sockaddr_in6 *addresses;
    uint16_t *segments;
    uint8_t *control;
};

void cdatagram_outbound_destroy(struct cdatagram_outbound *outbound) {
    if (outbound == NULL) return;
    free(outbound->messages);
    free(outbound->vectors);
    free(outbound->addresses);
    free(outbound->segments);
    free(outbound->control);
    free(outbound);
}

struct cdatagram_outbound *cdatagram_outbound_create(int messages, int family) {
    if (messages <= 0 || messages > 1024) return NULL;
    struct cdatagram_outbound *outbound = calloc(1, sizeof *outbound);
    if (outbound == NULL) return NULL;
    size_t count = (size_t)messages;
    outbound->capacity = messages;
    outbound->family = family;
    outbound->messages = calloc(count, sizeof *outbound->messages);
    outbound->vectors = calloc(count, sizeof *outbound->vectors);
    outbound->addresses = calloc(count, sizeof *outbound->addresses);
    outbound->segments = calloc(count, sizeof *outbound->segments);
    outbound->control = calloc(count, OUTBOUND_CONTROL);
    if (!outbound->messages || !outbound->vectors || !outbound->addresses || !outbound->segments || !outbound->control) {
        cdatagram_outbound_destroy(outbound);
        return NULL;
    }
    return outbound;
}

int cdatagram_outbound_count(const struct cdatagram_outbound *outbound) { return outbound->count; }

void cdatagram_outbound_clear(struct cdatagram_outbound *outbound) { outbound->count = 0; }

bool cdatagram_outbound_add(struct cdatagram_outbound *outbound, const void *bytes, size_t length, uint16_t segment,
                            const struct cdatagram_endpoint *to, const struct cdatagram_endpoint *source) {
    if (outbound->count >= outbound->capacity) return false;
    int index = outbound->count++;
    outbound->vectors[index].iov_base = (void *)bytes;
    outbound->vectors[index].iov_len = length;
    outbound->segments[index] = segment;
    struct msghdr *header = &outbound->messages[index].msg_hdr;
    header->msg_name = &outbound->addresses[index];
    header->msg_namelen = cdatagram_encode(outbound->family, to, &outbound->addresses[index]);
    header->msg_iov = &outbound->vectors[index];
    header->msg_iovlen = 1;
    header->msg_flags = 0;
    header->msg_control = NULL;
    header->msg_controllen = 0;
    if (segment == 0 && source == NULL) return true;

    header->msg_control = outbound->control + (size_t)index * OUTBOUND_CONTROL;
    header->msg_controllen = OUTBOUND_CONTROL;
    memset(header->msg_control, 0, OUTBOUND_CONTROL);
    size_t used = 0;
    struct cmsghdr *item = CMSG_FIRSTHDR(header);
    // The address comes first, so that send_plain can keep it and cut the segment size off.
    if (source != NULL) {
        if (outbound->family == AF_INET) {
            struct in_pktinfo information = {.ipi_spec_dst.s_addr = htonl((uint32_t)source->low)};
            item->cmsg_level = IPPROTO_IP;
            item->cmsg_type = IP_PKTINFO;
            item->cmsg_len = CMSG_LEN(sizeof information);
            memcpy(CMSG_DATA(item), &information, sizeof information);
            used += CMSG_SPACE(sizeof information);
        } else {
            struct in6_pktinfo information = {.ipi6_ifindex = 0};
            cdatagram_encode_bytes(source, information.ipi6_addr.s6_addr);
            item->cmsg_level = IPPROTO_IPV6;
            item->cmsg_type = IPV6_PKTINFO;
            item->cmsg_len = CMSG_LEN(sizeof information);
            memcpy(CMSG_DATA(item), &information, sizeof information);
            used += CMSG_SPACE(sizeof information);
        }
        item = (struct cmsghdr *)((uint8_t *)header->msg_control + used);
    }
    if (segment != 0) {
        item->cmsg_level = SOL_UDP;
        item->cmsg_type = UDP_SEGMENT;
        item->cmsg_len = CMSG_LEN(sizeof segment);
        memcpy(CMSG_DATA(item), &segment, sizeof segment);
        used += CMSG_SPACE(sizeof segment);
    }
    header->msg_controllen = used;
    return true;
}

int cdatagram_outbound_send(struct cdatagram_outbound *outbound, int socket, int first) {
    int left = outbound->count - first;
    if (left <= 0) return 0;
    int sent;
    do {
        sent = sendmmsg(socket, outbound->messages + first, (unsigned)left, MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : sent;
}

int cdatagram_outbound_datagrams(const struct cdatagram_outbound *outbound, int index, size_t *length) {
    *length = outbound->vectors[index].iov_len;
    size_t segment = outbound->segments[index];
    return segment == 0 ? 1 : (int)((*length + segment - 1) / segment);
}

int cdatagram_outbound_send_plain(struct cdatagram_outbound *outbound, int socket, int index) {
    struct msghdr header = outbound->messages[index].msg_hdr;
    uint8_t *bytes = outbound->vectors[index].iov_base;
    size_t left = outbound->vectors[index].iov_len;
    size_t segment = outbound->segments[index];
    if (segment == 0) segment = left;
    else header.msg_controllen -= CMSG_SPACE(sizeof(uint16_t));
    if (header.msg_controllen == 0) header.msg_control = NULL;
    int sent = 0;
    do {
        size_t length = left < segment ? left : segment;
        struct iovec vector = {.iov_base = bytes, .iov_len = length};
        header.msg_iov = &vector;
        if (sendmsg(socket, &header, MSG_DONTWAIT) >= 0) sent++;
        bytes += length;
        left -= length;
    } while (left > 0);
    return sent;
}
