/* A stand-in for libnvidia-ml.so.1, steered through the fake_* functions. Results are written byte by byte at the
 * offsets of NVIDIA's header, without structs, so that it shares no layout with the binding. It is compiled as one. */
#define _GNU_SOURCE
#include "state.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/futex.h>
#include <sys/syscall.h>
#endif

#include "state.c"
#include "steer.c"
#include "device.c"
#include "library.c"
#include "identity.c"
#include "metrics.c"
#include "health.c"
#include "mig.c"
#include "links.c"
#include "processes.c"
#include "events.c"
