// SPDX-License-Identifier: Apache-2.0
// What the core asks of the page: randomness, a place to complain, and an end. Everything else is wasi-libc's pure
// code; overriding what follows keeps every wasi import out of the module.
#include "CWasmHost.h"

#define IMPORT(name) __attribute__((import_module("vigil"), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

IMPORT("random") void host_random(uint8_t *bytes, size_t count);
IMPORT("log") void host_log(const char *text, size_t count);
IMPORT("abort") void host_abort(void);  // throws; never returns

void *malloc(size_t);
void free(void *);
void *memcpy(void *, const void *, size_t);

static void wipe(volatile uint8_t *bytes, size_t count) {
  while (count--) *bytes++ = 0;
}

// The page's buffers. They carry keys, so they are wiped when given back.
EXPORT("core_alloc") uint8_t *core_alloc(size_t count) { return malloc(count ? count : 1); }
EXPORT("core_free") void core_free(uint8_t *bytes, size_t count) {
  if (!bytes) return;
  wipe(bytes, count);
  free(bytes);
}

static uint8_t *result;
static size_t result_length;
EXPORT("core_result") uint8_t *core_result(void) { return result; }
EXPORT("core_result_length") size_t core_result_length(void) { return result_length; }
EXPORT("core_result_clear") void core_result_clear(void) {
  core_free(result, result_length);
  result = 0;
  result_length = 0;
}
void vigil_set_result(const uint8_t *bytes, size_t count) {
  core_result_clear();
  result = core_alloc(count);
  if (!result) { host_abort(); __builtin_trap(); }
  if (count) memcpy(result, bytes, count);
  result_length = count;
}

int getentropy(void *bytes, size_t count) { host_random(bytes, count); return 0; }
void arc4random_buf(void *bytes, size_t count) { host_random(bytes, count); }
__attribute__((noreturn)) void abort(void) { host_abort(); __builtin_trap(); }
__attribute__((noreturn)) void exit(int code) { (void)code; abort(); }
__attribute__((noreturn)) void _Exit(int code) { (void)code; abort(); }

static char line[256];
static size_t line_length;
int putchar(int c) {
  if (c == '\n' || line_length == sizeof line) { host_log(line, line_length); line_length = 0; }
  if (c != '\n') line[line_length++] = (char)c;
  return c;
}

// BoringSSL's failing self-tests write here.
struct _IO_FILE;
typedef struct _IO_FILE FILE;
FILE *const stderr = 0;
int fputs(const char *text, FILE *file) {
  (void)file;
  size_t count = 0;
  while (text[count]) count++;
  host_log(text, count);
  return 0;
}
int fprintf(FILE *file, const char *format, ...) { return fputs(format, file); }
size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
  (void)file;
  host_log(bytes, size * count);
  return count;
}
int fputc(int c, FILE *file) { (void)file; return c; }
void perror(const char *text) { fputs(text, 0); }
// Reached only from code that the linker drops.
int snprintf(char *out, size_t count, const char *format, ...) { (void)format; if (count) out[0] = 0; return 0; }
int vsnprintf(char *out, size_t count, const char *format, __builtin_va_list list) {
  (void)format; (void)list;
  if (count) out[0] = 0;
  return 0;
}

// Naming __wasm_call_ctors also keeps the linker from wrapping every export in a call of it.
void __wasm_call_ctors(void);
uintptr_t __stack_chk_guard = 0x5bd1e995u;
__attribute__((noreturn)) void __stack_chk_fail(void) { host_log("stack smashed", 13); abort(); }
EXPORT("_initialize") void _initialize(void) {
  static int done;
  if (done) return;
  done = 1;
  host_random((uint8_t *)&__stack_chk_guard, sizeof __stack_chk_guard);
  __wasm_call_ctors();
}
