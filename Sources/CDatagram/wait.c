// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "CDatagram.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

int cdatagram_poll_create(void) {
    int descriptor = epoll_create1(EPOLL_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

static int control(int poll, int operation, int descriptor, uint64_t token, uint32_t events) {
    struct epoll_event event = {.events = 0};
    if (events & CDATAGRAM_READABLE) event.events |= EPOLLIN;
    if (events & CDATAGRAM_WRITABLE) event.events |= EPOLLOUT;
    event.data.u64 = token;
    return epoll_ctl(poll, operation, descriptor, &event) == 0 ? 0 : -errno;
}

int cdatagram_poll_add(int poll, int descriptor, uint64_t token, uint32_t events) {
    return control(poll, EPOLL_CTL_ADD, descriptor, token, events);
}

int cdatagram_poll_change(int poll, int descriptor, uint64_t token, uint32_t events) {
    return control(poll, EPOLL_CTL_MOD, descriptor, token, events);
}

int cdatagram_poll_remove(int poll, int descriptor) { return control(poll, EPOLL_CTL_DEL, descriptor, 0, 0); }

int cdatagram_poll_wait(int poll, struct cdatagram_readiness *ready, int capacity, int64_t timeout) {
    struct epoll_event events[64];
    if (capacity > 64) capacity = 64;
    struct timespec limit = {.tv_sec = timeout / 1000000000, .tv_nsec = timeout % 1000000000};
    int count = epoll_pwait2(poll, events, capacity, timeout < 0 ? NULL : &limit, NULL);
    if (count < 0 && errno == ENOSYS) {
        // Before Linux 5.11: whole milliseconds, rounded up so that a deadline has passed on return.
        int64_t milliseconds = timeout < 0 ? -1 : (timeout + 999999) / 1000000;
        count = epoll_wait(poll, events, capacity, milliseconds > INT_MAX ? INT_MAX : (int)milliseconds);
    }
    if (count < 0) return errno == EINTR ? 0 : -errno;
    for (int i = 0; i < count; i++) {
        ready[i].token = events[i].data.u64;
        ready[i].events = (events[i].events & EPOLLIN ? CDATAGRAM_READABLE : 0u) |
                          (events[i].events & EPOLLOUT ? CDATAGRAM_WRITABLE : 0u) |
                          (events[i].events & (EPOLLHUP | EPOLLERR) ? CDATAGRAM_HANGUP : 0u);
    }
    return count;
}

int cdatagram_wakeup_create(void) {
    int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

// A failed write means that the counter is full, so that the sleeper is awake already.
void cdatagram_wakeup_signal(int wakeup) {
    uint64_t one = 1;
    if (write(wakeup, &one, sizeof one) < 0) return;
}

void cdatagram_wakeup_drain(int wakeup) {
    uint64_t count;
    if (read(wakeup, &count, sizeof count) < 0) return;
}

static int64_t read_clock(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t cdatagram_monotonic(void) { return read_clock(CLOCK_MONOTONIC); }
int64_t cdatagram_realtime(void) { return read_clock(CLOCK_REALTIME); }
int64_t cdatagram_thread_cpu(void) { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

void cdatagram_sleep(int64_t nanoseconds) {
    struct timespec span = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    nanosleep(&span, NULL);
}

void cdatagram_prepare_thread(const char *name) {
    char short_name[16] = {0};
    strncpy(short_name, name, sizeof short_name - 1);
    pthread_setname_np(pthread_self(), short_name);
    prctl(PR_SET_TIMERSLACK, 1000UL);
}
