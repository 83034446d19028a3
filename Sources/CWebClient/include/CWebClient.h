// SPDX-License-Identifier: Apache-2.0
#ifndef CWEBCLIENT_H
#define CWEBCLIENT_H

#include <stddef.h>

/// The web client's files as scripts/embed-web packed them; nothing where it didn't run before the build.
const unsigned char *vigil_web_client(void);
size_t vigil_web_client_length(void);

#endif
