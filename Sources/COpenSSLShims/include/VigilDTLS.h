// SPDX-License-Identifier: Apache-2.0
#ifndef VIGIL_DTLS_H
#define VIGIL_DTLS_H

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/srtp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/time.h>

/// The network as OpenSSL sees it: one write is one datagram, one read is one whole datagram.
/// Memory BIOs lose those boundaries, and OpenSSL 3.0 has no datagram BIO without a socket.
typedef struct vigil_dtls_link {
    /// The datagram being received, borrowed for the length of one call; NULL once OpenSSL has taken it.
    const uint8_t *_Nullable input;
    size_t input_length;
    void *_Nullable sink;
    void (*_Nullable write)(void *_Nullable sink, const uint8_t *_Nonnull bytes, size_t length);
    /// Whether OpenSSL's retransmission timer is ours to set (3.0 and 3.1 lend it to the BIO; later ones show a copy).
    /// Where it isn't, the timer runs by the system's clock.
    int lends_timer;
    struct timeval *_Nullable timer;
    /// The wait before a flight is first sent again, and the most it doubles to, in microseconds.
    uint32_t initial_microseconds;
    uint32_t maximum_microseconds;
    /// How often OpenSSL started the timer for a new flight, and for the present flight again.
    uint32_t flights;
    uint32_t retransmissions;
    /// The present wait, in microseconds.
    uint32_t wait_microseconds;
} vigil_dtls_link;

/// How often a flight is sent again at the most: at the thirteenth time OpenSSL would give up by itself.
#define VIGIL_DTLS_MAXIMUM_RETRANSMISSIONS 12

/// Whether this OpenSSL lends its timer.
int vigil_dtls_lends_timer(void);

/// Gives `ssl` a BIO over `link` (which must outlive it) and takes its timer. 1 on success.
int vigil_dtls_attach(SSL *_Nonnull ssl, vigil_dtls_link *_Nonnull link);

/// Whether a flight is waiting for an answer, so that a retransmission is to be scheduled; and how long yet by
/// OpenSSL's clock (which takes 15 ms for none), in microseconds: meaningless where the timer is lent.
int vigil_dtls_timer_is_running(SSL *_Nonnull ssl, int64_t *_Nonnull left_microseconds);

/// Retransmits the flight that waits for an answer, whatever the clock says (where the timer is not lent: only
/// once its time has come). 1 retransmitted, 0 nothing to do, below 0 given up.
int vigil_dtls_retransmit(SSL *_Nonnull ssl, vigil_dtls_link *_Nonnull link);

/// DTLS 1.2 and nothing else. 1 on success.
static inline int vigil_dtls_context_pin_version(SSL_CTX *_Nonnull context) {
    return SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(context, DTLS1_2_VERSION) == 1;
}

/// What holds for every connection: no path MTU discovery (there is no socket), no renegotiation, no resumption.
static inline void vigil_dtls_context_set_options(SSL_CTX *_Nonnull context) {
    SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

static inline int vigil_dtls_context_set_groups(SSL_CTX *_Nonnull context, const char *_Nonnull list) {
    return (int)SSL_CTX_set1_groups_list(context, list);
}

/// Accepts any certificate but insists on one (a callback that says yes still lets a client without a certificate
/// in): who it belongs to is told by its fingerprint, which the owner compares.
void vigil_dtls_context_require_peer_certificate(SSL_CTX *_Nonnull context);

/// The largest datagram, in bytes of UDP payload.
static inline int vigil_dtls_set_datagram_size(SSL *_Nonnull ssl, long size) {
    return DTLS_set_link_mtu(ssl, size) > 0;
}

static inline EVP_PKEY *_Nullable vigil_make_p256_key(void) { return EVP_EC_gen("P-256"); }

static inline EVP_PKEY *_Nullable vigil_make_rsa_key(unsigned int bits) { return EVP_RSA_gen(bits); }

#endif
