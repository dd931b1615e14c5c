/* Where the state is kept, how it is steered (fake_*), and what changes by itself. */
#define _GNU_SOURCE
#include "state.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
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

#define LAYOUT ((uint32_t)sizeof(struct state))

struct state *fake_state;
static int state_file = -1;

#define AS_NAME(id, name, first) name,
#define AS_FIRST(id, name, first) first,
#define AS_CALL_NAME(name) #name,
static const char *const value_names[] = {VALUES(AS_NAME)};
static const int64_t first_values[] = {VALUES(AS_FIRST)};
static const char *const call_names[] = {CALLS(AS_CALL_NAME)};

static void first_gpu(struct gpu *gpu) {
  uint32_t life = gpu->life;
  memset(gpu, 0, sizeof *gpu);
  gpu->life = life;
  strcpy(gpu->name, "NVIDIA A100-SXM4-80GB");
  memcpy(gpu->values, first_values, sizeof first_values);
  gpu->energy_nj = first_values[ENERGY] * 1000000;
  gpu->energy_at = now_ns();
}

static void first_state(struct state *state) {
  state->gpus = 8;
  state->driver = 1;
  for (int i = 0; i < MAX_GPUS; i++) {
    first_gpu(&state->gpu[i]);
    /* Pairs, by twelve links each. */
    for (int link = 0; link < 12; link++) state->gpu[i].links[link] = (uint8_t)((i ^ 1) + 1);
  }
  state->layout = LAYOUT;
}

int map_state(void) {
  if (fake_state) return 1;
  Dl_info info;
  char path[PATH_MAX];
  if (!dladdr((void *)map_state, &info)) return 0;
  if (snprintf(path, sizeof path, "%s.state", info.dli_fname) >= (int)sizeof path) return 0;
  int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) return 0;
  flock(file, LOCK_EX);
  void *mapped = MAP_FAILED;
  if (ftruncate(file, sizeof(struct state)) == 0)
    mapped = mmap(NULL, sizeof(struct state), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (mapped == MAP_FAILED) {
    close(file);
    return 0;
  }
  struct state *state = mapped;
  if (state->layout != LAYOUT) {
    memset(state, 0, sizeof *state);
    first_state(state);
  }
  flock(file, LOCK_UN);
  state_file = file;
  fake_state = state;
  return 1;
}

__attribute__((destructor)) static void unmap_state(void) {
  if (!fake_state) return;
  munmap(fake_state, sizeof *fake_state);
  close(state_file);
  fake_state = NULL;
}

static void lock(void) { flock(state_file, LOCK_EX); }
static void unlock(void) { flock(state_file, LOCK_UN); }

/* The coarse clock is quick to read, and exact to some milliseconds. */
int64_t now_ns(void) {
  struct timespec now;
#ifdef CLOCK_REALTIME_COARSE
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
#else
  clock_gettime(CLOCK_REALTIME, &now);
#endif
  return now.tv_sec * 1000000000ll + now.tv_nsec;
}

/* Up and down between 0 and 1000 within a minute; each GPU at another time. */
static int64_t wave(int index) {
  int64_t at = (now_ns() / 1000000 + index * 7000) % 60000;
  return (at < 30000 ? at : 60000 - at) / 30;
}

static int64_t alive(struct gpu *gpu, int index, int what) {
  int64_t load = what == UTILISATION ? 0 : value_of(gpu, index, UTILISATION);
  switch (what) {
    case UTILISATION: return 35 + wave(index) * 60 / 1000;
    case MEMORY_UTILISATION: return load / 3;
    case POWER: return 60000 + load * (gpu->values[POWER_LIMIT] - 80000) / 100;
    case TEMPERATURE: return 32 + load * 45 / 100;
    case MEMORY_TEMPERATURE: return 38 + load * 48 / 100;
    case SM_CLOCK: return load == 0 ? 210 : 1410;
    case THROTTLE: return load == 0 ? 1 : 0;
    default: return 0;
  }
}

int64_t value_of(struct gpu *gpu, int index, int what) {
  int64_t value = gpu->values[what];
  return value == ALIVE ? alive(gpu, index, what) : value;
}

/* Power times the time since the last reading, whoever read. */
int64_t energy_mj(struct gpu *gpu, int index) {
  int64_t now = now_ns();
  int64_t before = __atomic_exchange_n(&gpu->energy_at, now, __ATOMIC_RELAXED);
  int64_t used = now > before ? value_of(gpu, index, POWER) * ((now - before) / 1000) : 0;
  return __atomic_add_fetch(&gpu->energy_nj, used, __ATOMIC_RELAXED) / 1000000;
}

static int find(const char *const *names, int count, const char *name) {
  for (int i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0) return i;
  return -1;
}

static struct gpu *gpu_at(int gpu) {
  return map_state() && gpu >= 0 && gpu < (int)fake_state->gpus ? &fake_state->gpu[gpu] : NULL;
}

/* Each of the functions below answers 0, or -1 for a GPU, a name or a number that there is not. */

int fake_configure(int gpus, const char *name, int64_t memory_bytes) {
  if (!map_state() || gpus < 0 || gpus > MAX_GPUS || strlen(name) >= 96 || memory_bytes < 1) return -1;
  lock();
  fake_state->gpus = (uint32_t)gpus;
  for (int i = 0; i < MAX_GPUS; i++) {
    strcpy(fake_state->gpu[i].name, name);
    fake_state->gpu[i].values[MEMORY_TOTAL] = memory_bytes;
  }
  unlock();
  return 0;
}

/* All is as it was at first, but for the life of the driver and the GPUs: handles from before are of no use. */
int fake_reset(void) {
  if (!map_state()) return -1;
  lock();
  memset(fake_state->answers, 0, sizeof fake_state->answers);
  fake_state->unplugged = 0;
  fake_state->delay_us = 0;
  for (int i = 0; i < MAX_GPUS; i++) {
    int lost = fake_state->gpu[i].lost;
    first_gpu(&fake_state->gpu[i]);
    for (int link = 0; link < 12; link++) fake_state->gpu[i].links[link] = (uint8_t)((i ^ 1) + 1);
    if (lost) fake_state->gpu[i].life++;
  }
  unlock();
  return 0;
}

/* ALIVE lets the value change by itself again. */
int fake_set(int gpu, const char *what, int64_t value) {
  struct gpu *at = gpu_at(gpu);
  int index = find(value_names, VALUE_COUNT, what);
  if (!at || index < 0) return -1;
  /* Up to now it was the power from before. */
  energy_mj(at, gpu);
  at->values[index] = value;
  if (index == ENERGY) at->energy_nj = value * 1000000;
  return 0;
}

/* From now on this call answers this code, on this GPU, or on all and without a GPU where that is -1. */
int fake_answer(int gpu, const char *call, int code) {
  int index = find(call_names, CALL_COUNT, call);
  struct gpu *at = gpu_at(gpu);
  if (!map_state() || index < 0 || (gpu != -1 && !at)) return -1;
  (at ? at->answers : fake_state->answers)[index] = code;
  return 0;
}

int fake_lose(int gpu, int code) {
  struct gpu *at = gpu_at(gpu);
  if (!at) return -1;
  at->lost = code;
  return 0;
}

/* The GPU comes back as another life of itself, without processes and faults. */
int fake_heal(int gpu) {
  struct gpu *at = gpu_at(gpu);
  if (!at) return -1;
  lock();
  if (at->lost) at->life++;
  at->lost = 0;
  at->process_count = 0;
  static const int faults[] = {ECC_SINGLE, ECC_DOUBLE, REMAP_PENDING, REMAP_FAILURE, RETIRED_PENDING, RECOVERY_ACTION};
  for (unsigned i = 0; i < sizeof faults / sizeof *faults; i++) at->values[faults[i]] = 0;
  unlock();
  return 0;
}

int fake_unplug(int code) {
  if (!map_state()) return -1;
  fake_state->unplugged = code;
  return 0;
}

int fake_plug(void) {
  if (!map_state()) return -1;
  lock();
  if (fake_state->unplugged) fake_state->driver++;
  fake_state->unplugged = 0;
  unlock();
  return 0;
}

int fake_delay(int64_t microseconds) {
  if (!map_state() || microseconds < 0) return -1;
  fake_state->delay_us = microseconds;
  return 0;
}

/* How many calls sleep now, because of the delay. */
int fake_sleeping(void) { return map_state() ? (int)fake_state->sleeping : -1; }
int64_t fake_calls(void) { return map_state() ? (int64_t)fake_state->calls : -1; }

int fake_event(int gpu, int64_t type, int64_t data, uint32_t gi, uint32_t ci) {
  if (!gpu_at(gpu)) return -1;
  lock();
  fake_state->ring[fake_state->events % MAX_EVENTS] =
      (struct event){.gpu = (uint32_t)gpu, .gi = gi, .ci = ci, .type = (uint64_t)type, .data = (uint64_t)data};
  __atomic_add_fetch(&fake_state->events, 1, __ATOMIC_RELEASE);
#ifdef __linux__
  syscall(SYS_futex, &fake_state->events, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
#endif
  unlock();
  return 0;
}

/* kind 0 compute, 1 graphics, 2 MPS; memory_bytes -1: unknown. A pid that is there already is replaced. */
int fake_process(int gpu, int kind, int pid, int64_t memory_bytes, uint32_t gi, uint32_t ci) {
  struct gpu *at = gpu_at(gpu);
  if (!at || kind < 0 || kind > 2 || pid < 1) return -1;
  lock();
  uint32_t index = 0;
  while (index < at->process_count && (at->processes[index].pid != (uint32_t)pid || at->processes[index].kind != (uint32_t)kind)) index++;
  int full = index == MAX_PROCESSES;
  if (!full) {
    at->processes[index] = (struct process){.kind = (uint32_t)kind, .pid = (uint32_t)pid, .gi = gi, .ci = ci, .memory = (uint64_t)memory_bytes};
    if (index == at->process_count) at->process_count++;
  }
  unlock();
  return full ? -1 : 0;
}

int fake_end_process(int gpu, int pid) {
  struct gpu *at = gpu_at(gpu);
  if (!at) return -1;
  lock();
  uint32_t kept = 0;
  for (uint32_t i = 0; i < at->process_count; i++)
    if (at->processes[i].pid != (uint32_t)pid) at->processes[kept++] = at->processes[i];
  int found = kept != at->process_count;
  at->process_count = kept;
  unlock();
  return found ? 0 : -1;
}

/* The GPU is split into so many instances of so much memory; none: it is whole again. */
int fake_mig(int gpu, int instances, int64_t memory_mib) {
  struct gpu *at = gpu_at(gpu);
  if (!at || instances < 0 || instances > MAX_MIG) return -1;
  lock();
  memset(at->instances, 0, sizeof at->instances);
  for (int i = 0; i < instances; i++)
    at->instances[i] = (struct instance){.used = 1, .gi = (uint32_t)i + 7, .ci = 0, .slices = 1, .memory_mib = memory_mib};
  at->mig = instances > 0;
  at->values[MIG_PENDING] = at->mig;
  unlock();
  return 0;
}

/* peer -1: no link; SWITCH: it ends at a switch. */
int fake_link(int gpu, int link, int peer) {
  struct gpu *at = gpu_at(gpu);
  if (!at || link < 0 || link >= MAX_LINKS || (peer != SWITCH && (peer < -1 || peer >= MAX_GPUS))) return -1;
  at->links[link] = (uint8_t)(peer == SWITCH ? SWITCH : peer + 1);
  return 0;
}
