/* What daisy-player needs to play without a sound card: it asks /proc/asound/cards which there are, keeps bookmarks in
   the home folder of the system's user, and counts on a device that takes as long as the sound. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static unsigned rate_hz = 44100;

static void *next(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (found)
        return found;
    void *alsa = dlopen("libasound.so.2", RTLD_LAZY); /* SoX opens it late */
    return alsa ? dlsym(alsa, name) : NULL;
}

static const char *elsewhere(const char *path)
{
    return path && strcmp(path, "/proc/asound/cards") == 0 ? "/dev/null" : path;
}

FILE *fopen(const char *path, const char *mode)
{
    FILE *(*own)(const char *, const char *) = next("fopen");
    return own(elsewhere(path), mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    FILE *(*own)(const char *, const char *) = next("fopen64");
    return own(elsewhere(path), mode);
}

struct passwd *getpwuid(uid_t user)
{
    struct passwd *(*own)(uid_t) = next("getpwuid");
    struct passwd *entry = own(user);
    if (entry && getenv("HOME"))
        entry->pw_dir = getenv("HOME");
    return entry;
}

int snd_pcm_hw_params_set_rate_near(void *pcm, void *parameters, unsigned *rate, int *direction)
{
    int (*own)(void *, void *, unsigned *, int *) = next("snd_pcm_hw_params_set_rate_near");
    int result = own(pcm, parameters, rate, direction);
    if (rate && *rate)
        rate_hz = *rate;
    return result;
}

long snd_pcm_writei(void *pcm, const void *samples, unsigned long count)
{
    long (*own)(void *, const void *, unsigned long) = next("snd_pcm_writei");
    long written = own(pcm, samples, count);
    const char *times = getenv("TIMES_AS_FAST");
    if (written > 0 && times) {
        double seconds = written / (double)rate_hz / atof(times);
        struct timespec pause = {(time_t)seconds, (long)((seconds - (time_t)seconds) * 1e9)};
        nanosleep(&pause, NULL);
    }
    return written;
}
