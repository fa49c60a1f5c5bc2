/* Loaded before the C library (LD_PRELOAD): a disk that fails, a process that is killed, a clock that jumps, at the N-th
 * call that touches files below FAULTY_ROOT. The numbers lie in the file FAULTY_PLAN, which all processes share. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { WRITE = 1, CREATE = 2, RENAME = 4, MKDIR = 8, UNLINK = 16, LOCK = 32, TOUCH = 64, READ = 128 };

/* faulty_disk.py writes this: which calls count, how many did, at which one it begins and behind which it is over. */
struct plan { int64_t kinds, counted, first, last, error, signal, after, clock; };

static struct plan *plan;
static char root[PATH_MAX];

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("FAULTY_PLAN"), *below = getenv("FAULTY_ROOT");
    int file = name && below ? (int)syscall(SYS_openat, AT_FDCWD, name, O_RDWR) : -1;
    if (file < 0) return;
    void *shared = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (shared == MAP_FAILED) return;
    snprintf(root, sizeof root, "%s/", below);
    plan = shared;
}

static int below_root(int folder, const char *name) {
    char link[64], place[PATH_MAX];
    if (name && name[0] == '/') return !strncmp(name, root, strlen(root));
    if (folder == AT_FDCWD) return getcwd(place, sizeof place) && !strncmp(place, root, strlen(root));
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, place, sizeof place - 1);
    if (length < 0) return 0;
    place[length] = 0;
    return !strncmp(place, root, strlen(root));
}

/* Whether this call is one of those that fail; errno is set. A call that is to be followed by a signal leaves it due. */
static int fails(int kind, int folder, const char *name, int *due) {
    *due = 0;
    if (!plan || !(plan->kinds & kind) || !below_root(folder, name)) return 0;
    int64_t number = __atomic_add_fetch(&plan->counted, 1, __ATOMIC_SEQ_CST);
    if (number < plan->first || number > plan->last) return 0;
    if (plan->signal && plan->after) { *due = 1; return 0; }
    if (plan->signal) { kill(getpid(), (int)plan->signal); return 0; }
    errno = (int)plan->error;
    return plan->error != 0;
}

static void follow(int due) {
    int said = errno;
    if (due) kill(getpid(), (int)plan->signal);
    errno = said;
}

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); real; })
#define CALL(type, kind, folder, path, call) \
    int due; if (fails(kind, folder, path, &due)) return -1; \
    type done = call; follow(due); return done;

#define OPENING(flags) (((flags) & O_ACCMODE) == O_RDONLY ? READ : CREATE)
#define MODE(flags) mode_t mode = 0; \
    if ((flags) & O_CREAT || ((flags) & O_TMPFILE) == O_TMPFILE) { \
        va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int open(const char *path, int flags, ...) { MODE(flags) CALL(int, OPENING(flags), AT_FDCWD, path, REAL(open)(path, flags, mode)) }
int open64(const char *path, int flags, ...) { MODE(flags) CALL(int, OPENING(flags), AT_FDCWD, path, REAL(open64)(path, flags, mode)) }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) CALL(int, OPENING(flags), folder, path, REAL(openat)(folder, path, flags, mode)) }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) CALL(int, OPENING(flags), folder, path, REAL(openat64)(folder, path, flags, mode)) }
ssize_t read(int file, void *into, size_t size) { CALL(ssize_t, READ, file, NULL, REAL(read)(file, into, size)) }
ssize_t write(int file, const void *from, size_t size) { CALL(ssize_t, WRITE, file, NULL, REAL(write)(file, from, size)) }
ssize_t writev(int file, const struct iovec *from, int count) { CALL(ssize_t, WRITE, file, NULL, REAL(writev)(file, from, count)) }
ssize_t pwrite(int file, const void *from, size_t size, off_t at) { CALL(ssize_t, WRITE, file, NULL, REAL(pwrite)(file, from, size, at)) }
ssize_t pwrite64(int file, const void *from, size_t size, off64_t at) { CALL(ssize_t, WRITE, file, NULL, REAL(pwrite64)(file, from, size, at)) }
ssize_t sendfile64(int out, int in, off64_t *at, size_t size) { CALL(ssize_t, WRITE, out, NULL, REAL(sendfile64)(out, in, at, size)) }
ssize_t sendfile(int out, int in, off_t *at, size_t size) { CALL(ssize_t, WRITE, out, NULL, REAL(sendfile)(out, in, at, size)) }
int ftruncate(int file, off_t size) { CALL(int, WRITE, file, NULL, REAL(ftruncate)(file, size)) }
int ftruncate64(int file, off64_t size) { CALL(int, WRITE, file, NULL, REAL(ftruncate64)(file, size)) }
int fsync(int file) { CALL(int, WRITE, file, NULL, REAL(fsync)(file)) }
int rename(const char *old, const char *new) { CALL(int, RENAME, AT_FDCWD, new, REAL(rename)(old, new)) }
int renameat(int from, const char *old, int to, const char *new) { CALL(int, RENAME, to, new, REAL(renameat)(from, old, to, new)) }
int renameat2(int from, const char *old, int to, const char *new, unsigned flags) { CALL(int, RENAME, to, new, REAL(renameat2)(from, old, to, new, flags)) }
int mkdir(const char *path, mode_t mode) { CALL(int, MKDIR, AT_FDCWD, path, REAL(mkdir)(path, mode)) }
int mkdirat(int folder, const char *path, mode_t mode) { CALL(int, MKDIR, folder, path, REAL(mkdirat)(folder, path, mode)) }
int unlink(const char *path) { CALL(int, UNLINK, AT_FDCWD, path, REAL(unlink)(path)) }
int unlinkat(int folder, const char *path, int flags) { CALL(int, UNLINK, folder, path, REAL(unlinkat)(folder, path, flags)) }
int rmdir(const char *path) { CALL(int, UNLINK, AT_FDCWD, path, REAL(rmdir)(path)) }
int flock(int file, int how) { CALL(int, LOCK, file, NULL, REAL(flock)(file, how)) }
int utimensat(int folder, const char *path, const struct timespec when[2], int flags) { CALL(int, TOUCH, folder, path, REAL(utimensat)(folder, path, when, flags)) }
int futimens(int file, const struct timespec when[2]) { CALL(int, TOUCH, file, NULL, REAL(futimens)(file, when)) }
int chmod(const char *path, mode_t mode) { CALL(int, TOUCH, AT_FDCWD, path, REAL(chmod)(path, mode)) }

/* A clock that is set again and again: each look at it is `clock` seconds on or back from the true time, by turns. */
static time_t jump(void) {
    static int looks;
    if (!plan || !plan->clock) return 0;
    return (__atomic_add_fetch(&looks, 1, __ATOMIC_SEQ_CST) % 2 ? 1 : -1) * (time_t)plan->clock;
}

int clock_gettime(clockid_t which, struct timespec *now) {
    int done = REAL(clock_gettime)(which, now);
    if (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE) now->tv_sec += jump();
    return done;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int done = REAL(gettimeofday)(now, zone);
    now->tv_sec += jump();
    return done;
}
time_t time(time_t *into) {
    time_t now = REAL(time)(NULL) + jump();
    if (into) *into = now;
    return now;
}
