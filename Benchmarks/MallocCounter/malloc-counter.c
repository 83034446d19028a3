// SPDX-License-Identifier: Apache-2.0
//
// LD_PRELOAD this into a process to count its allocations. The count lies in the first eight bytes of the file that
// VIGIL_MALLOC_COUNT names, so that another process can read it while this one runs. Linked into a program, it tells each
// thread its own count.

#define _GNU_SOURCE
#include "include/MallocCounter.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// A sanitizer has an allocator of its own.
#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define VIGIL_OTHER_ALLOCATOR
#endif
#endif
#if !defined(__GLIBC__) || defined(VIGIL_OTHER_ALLOCATOR)

int vigil_counts_allocations(void) { return 0; }
uint64_t vigil_thread_allocations(void) { return 0; }

#else

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *pointer, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static _Atomic uint64_t before_mapping;
static _Atomic uint64_t *counter = &before_mapping;

__attribute__((constructor)) static void map_counter(void) {
    const char *path = getenv("VIGIL_MALLOC_COUNT");
    if (!path) return;
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return;
    if (ftruncate(file, 8) == 0) {
        void *page = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (page != MAP_FAILED) counter = page;
    }
    close(file);
}

// Initial-exec, since any other storage may itself need an allocation.
static __thread uint64_t of_thread __attribute__((tls_model("initial-exec")));

int vigil_counts_allocations(void) { return 1; }
uint64_t vigil_thread_allocations(void) { return of_thread; }

static void count(void) {
    of_thread++;
    atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

void *malloc(size_t size) { count(); return __libc_malloc(size); }
void *calloc(size_t n, size_t size) { count(); return __libc_calloc(n, size); }
void *realloc(void *pointer, size_t size) { count(); return __libc_realloc(pointer, size); }
void *memalign(size_t alignment, size_t size) { count(); return __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { count(); return __libc_memalign(alignment, size); }
int posix_memalign(void **pointer, size_t alignment, size_t size) {
    count();
    *pointer = __libc_memalign(alignment, size);
    return *pointer ? 0 : 12;
}

#endif
