/* Makes every fsync and fdatasync SLOW_FSYNC_US microseconds slower, as on an SD card; for LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

typedef int (*sync_function)(int);

static int synced(const char *name, int descriptor)
{
    const char *slow_us = getenv("SLOW_FSYNC_US");
    usleep(slow_us ? (useconds_t)atoi(slow_us) : 10000);
    return ((sync_function)dlsym(RTLD_NEXT, name))(descriptor);
}

int fsync(int descriptor) { return synced("fsync", descriptor); }
int fdatasync(int descriptor) { return synced("fdatasync", descriptor); }
