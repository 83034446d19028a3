// SPDX-License-Identifier: Apache-2.0
#include "VigilDTLS.h"

#include <openssl/crypto.h>
#include <pthread.h>
#include <string.h>

// Longer than any connection tries: by itself, OpenSSL never finds its timer expired.
static const unsigned int never_microseconds = 4000000000u;

static int link_read(BIO *bio, char *bytes, int length) {
    vigil_dtls_link *link = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (link == NULL || link->input == NULL || length <= 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    size_t taken = link->input_length < (size_t)length ? link->input_length : (size_t)length;
    memcpy(bytes, link->input, taken);
    link->input = NULL;
    return (int)taken;
}

static int link_write(BIO *bio, const char *bytes, int length) {
    vigil_dtls_link *link = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (link == NULL || link->write == NULL || length <= 0) return -1;
    link->write(link->sink, (const uint8_t *)bytes, (size_t)length);
    return length;
}

int vigil_dtls_lends_timer(void) {
    // From 3.2 on the BIO is shown a copy on the stack.
    return OPENSSL_version_major() == 3 && OPENSSL_version_minor() < 2;
}

static long link_control(BIO *bio, int command, long number, void *pointer) {
    vigil_dtls_link *link = BIO_get_data(bio);
    (void)number;
    switch (command) {
    case BIO_CTRL_FLUSH:
        return 1;
    case BIO_CTRL_DGRAM_SET_NEXT_TIMEOUT:
        if (link != NULL && link->lends_timer) link->timer = pointer;
        return 1;
    default:
        return 0;
    }
}

static BIO_METHOD *link_method;
static pthread_once_t link_method_once = PTHREAD_ONCE_INIT;

static void make_link_method(void) {
    BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "vigil datagram link");
    if (method == NULL) return;
    BIO_meth_set_read(method, link_read);
    BIO_meth_set_write(method, link_write);
    BIO_meth_set_ctrl(method, link_control);
    link_method = method;
}

// OpenSSL takes 15 ms for none: a shorter wait would be over before the first answer could come.
static const unsigned int shortest_microseconds = 20000u;

// OpenSSL looks at its timer not only when told to but at every read, so a timer that were always expired would
// retransmit in a circle. Where the timer is lent it is set far away and expired by hand in vigil_dtls_retransmit;
// elsewhere it runs by the system's clock. After the last retransmission it never expires: one more is fatal.
static unsigned int timer_duration(SSL *ssl, unsigned int previous) {
    vigil_dtls_link *link = BIO_get_data(SSL_get_rbio(ssl));
    if (link == NULL) return never_microseconds;
    if (previous == 0) {
        link->flights++;
        link->retransmissions = 0;
        link->wait_microseconds = link->initial_microseconds;
    } else {
        link->retransmissions++;
        link->wait_microseconds = link->wait_microseconds > link->maximum_microseconds / 2
                                      ? link->maximum_microseconds
                                      : link->wait_microseconds * 2;
    }
    if (link->lends_timer || link->retransmissions >= VIGIL_DTLS_MAXIMUM_RETRANSMISSIONS) return never_microseconds;
    return link->wait_microseconds < shortest_microseconds ? shortest_microseconds : link->wait_microseconds;
}

int vigil_dtls_attach(SSL *ssl, vigil_dtls_link *link) {
    pthread_once(&link_method_once, make_link_method);
    if (link_method == NULL) return 0;
    BIO *bio = BIO_new(link_method);
    if (bio == NULL) return 0;
    BIO_set_data(bio, link);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    DTLS_set_timer_cb(ssl, timer_duration);
    return 1;
}

int vigil_dtls_timer_is_running(SSL *ssl, int64_t *left_microseconds) {
    struct timeval left = {0, 0};
    if (DTLSv1_get_timeout(ssl, &left) != 1) return 0;
    *left_microseconds = (int64_t)left.tv_sec * 1000000 + left.tv_usec;
    return 1;
}

int vigil_dtls_retransmit(SSL *ssl, vigil_dtls_link *link) {
    int64_t left;
    if (!vigil_dtls_timer_is_running(ssl, &left)) return 0;
    if (link->timer != NULL) {
        // All zero would mean "not running".
        link->timer->tv_sec = 0;
        link->timer->tv_usec = 1;
    }
    return (int)DTLSv1_handle_timeout(ssl);
}

static int accept_any_certificate(int verified, X509_STORE_CTX *store) {
    (void)verified;
    (void)store;
    return 1;
}

void vigil_dtls_context_require_peer_certificate(SSL_CTX *context) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, accept_any_certificate);
}
