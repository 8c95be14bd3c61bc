/* Recorder: writes down, in order, all that a process does to the files of one folder - so that a power cut can be
   put between any two of its writes - and sets the clock that it sees. Preloaded into the real program by the tests.

   FAULTS_FOLDER  the folder to watch (absolute)
   FAULTS_LOG     where the record goes
   FAULTS_CLOCK   seconds to add to the time of day

   A record: kind (1 byte), offset (8), lengths of name and data (4 + 4), name, data; numbers as this machine has them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define FILES 1024
static char *names[FILES];
static int record = -1;
static const char *folder;
static int64_t shift;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void put(const void *data, size_t size) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = REAL(write);
    if (real(record, data, size) != (ssize_t)size) abort();
}

static void note(char kind, const char *name, int64_t offset, const void *data, uint32_t size) {
    uint32_t length = (uint32_t)strlen(name);
    put(&kind, 1); put(&offset, 8); put(&length, 4); put(&size, 4); put(name, length);
    if (size) put(data, size);
}

static const char *inside(const char *path) {  /* the name below the folder, or none */
    size_t length;
    if (!folder || !path) return NULL;
    length = strlen(folder);
    if (strncmp(path, folder, length) || (path[length] && path[length] != '/')) return NULL;
    return path[length] ? path + length + 1 : "";
}

static const char *of(int fd) { return fd >= 0 && fd < FILES ? names[fd] : NULL; }

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("FAULTS_LOG"), *clock = getenv("FAULTS_CLOCK");
    folder = getenv("FAULTS_FOLDER");
    shift = clock ? atoll(clock) : 0;
    if (log && folder) record = REAL(open64)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (record < 0) folder = NULL;
}

static int opened(int fd, const char *path, int flags, int there) {
    const char *name = inside(path);
    if (fd < 0 || fd >= FILES) return fd;
    free(names[fd]);
    names[fd] = name ? strdup(name) : NULL;
    if (name && (flags & O_CREAT) && !there) note('c', name, 0, NULL, 0);
    else if (name && (flags & O_TRUNC)) note('t', name, 0, NULL, 0);
    return fd;
}

static int there(const char *path) { return inside(path) && !REAL(access)(path, F_OK); }

#define MODE va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more)
int open(const char *path, int flags, ...) { MODE; int was = there(path); return opened(REAL(open)(path, flags, mode), path, flags, was); }
int open64(const char *path, int flags, ...) { MODE; int was = there(path); return opened(REAL(open64)(path, flags, mode), path, flags, was); }
int openat(int at, const char *path, int flags, ...) { MODE; int was = there(path); return opened(REAL(openat)(at, path, flags, mode), path, flags, was); }
int openat64(int at, const char *path, int flags, ...) { MODE; int was = there(path); return opened(REAL(openat64)(at, path, flags, mode), path, flags, was); }

int close(int fd) {
    if (fd >= 0 && fd < FILES) { free(names[fd]); names[fd] = NULL; }
    return REAL(close)(fd);
}

ssize_t write(int fd, const void *data, size_t size) {
    const char *name = of(fd);
    int64_t at = 0;
    if (name) {
        struct stat found;
        at = fcntl(fd, F_GETFL) & O_APPEND ? (fstat(fd, &found), found.st_size) : lseek(fd, 0, SEEK_CUR);
    }
    ssize_t done = REAL(write)(fd, data, size);
    if (name && done > 0) note('w', name, at, data, (uint32_t)done);
    return done;
}
static ssize_t written(int fd, const void *data, ssize_t done, int64_t at) {
    if (of(fd) && done > 0) note('w', of(fd), at, data, (uint32_t)done);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return written(fd, data, REAL(pwrite)(fd, data, size, at), at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return written(fd, data, REAL(pwrite64)(fd, data, size, at), at); }

static int after(int done, char kind, const char *name, int64_t offset) {
    if (!done && name) note(kind, name, offset, NULL, 0);
    return done;
}
int ftruncate(int fd, off_t size) { return after(REAL(ftruncate)(fd, size), 't', of(fd), size); }
int ftruncate64(int fd, off64_t size) { return after(REAL(ftruncate64)(fd, size), 't', of(fd), size); }
int fsync(int fd) { return after(REAL(fsync)(fd), 's', of(fd), 0); }
int fdatasync(int fd) { return after(REAL(fdatasync)(fd), 's', of(fd), 0); }
int unlink(const char *path) { return after(REAL(unlink)(path), 'u', inside(path), 0); }
int unlinkat(int at, const char *path, int flags) { return after(REAL(unlinkat)(at, path, flags), 'u', inside(path), 0); }
int mkdir(const char *path, mode_t mode) { return after(REAL(mkdir)(path, mode), 'm', inside(path), 0); }
int mkdirat(int at, const char *path, mode_t mode) { return after(REAL(mkdirat)(at, path, mode), 'm', inside(path), 0); }

static int both(int done, char kind, const char *from, const char *to) {
    const char *name = inside(from), *other = inside(to);
    if (!done && name && other) note(kind, name, 0, other, (uint32_t)strlen(other));
    return done;
}
int rename(const char *from, const char *to) { return both(REAL(rename)(from, to), 'r', from, to); }
int renameat(int a, const char *from, int b, const char *to) { return both(REAL(renameat)(a, from, b, to), 'r', from, to); }
int link(const char *from, const char *to) { return both(REAL(link)(from, to), 'l', from, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return both(REAL(linkat)(a, from, b, to, flags), 'l', from, to); }

int clock_gettime(clockid_t which, struct timespec *now) {
    int done = REAL(clock_gettime)(which, now);
    if (!done && which == CLOCK_REALTIME) now->tv_sec += shift;
    return done;
}
time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where) *where = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int done = REAL(gettimeofday)(now, zone);
    if (!done) now->tv_sec += shift;
    return done;
}
