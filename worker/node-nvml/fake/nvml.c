/* A stand-in for libnvidia-ml.so.1, steered through the fake_* functions of state.c. Results are written byte by
 * byte at the offsets of NVIDIA's header, without structs, so that it shares no layout with the binding. */
#define _GNU_SOURCE
#include "state.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __linux__
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

/* Which GPU, in which of its lives, and which of its instances (0: the GPU itself) is meant by where it points. */
static char handles[MAX_GPUS][LIVES][MAX_MIG + 1];
static int started;
/* The life of the driver in which this process started the library. */
static uint32_t started_in;

static void u32(void *at, int offset, uint32_t value) { memcpy((char *)at + offset, &value, 4); }
static void u64(void *at, int offset, uint64_t value) { memcpy((char *)at + offset, &value, 8); }
static uint32_t read_u32(const void *at, int offset) {
  uint32_t value;
  memcpy(&value, (const char *)at + offset, 4);
  return value;
}

static int text(char *buffer, uint32_t length, const char *value) {
  if (length < strlen(value) + 1) return INSUFFICIENT_SIZE;
  strcpy(buffer, value);
  return SUCCESS;
}

/* In slices, so that a shorter delay wakes those that sleep already. */
static void delay(void) {
  int64_t slept = 0;
  __atomic_add_fetch(&fake_state->sleeping, 1, __ATOMIC_RELAXED);
  for (int64_t left; (left = fake_state->delay_us - slept) > 0;) {
    int64_t slice = left < 5000 ? left : 5000;
    nanosleep(&(struct timespec){.tv_nsec = slice * 1000}, NULL);
    slept += slice;
  }
  __atomic_sub_fetch(&fake_state->sleeping, 1, __ATOMIC_RELAXED);
}

/* What every call goes through. */
static int begin(int call) {
  if (!fake_state && !map_state()) return UNKNOWN;
  __atomic_add_fetch(&fake_state->calls, 1, __ATOMIC_RELAXED);
  if (fake_state->delay_us) delay();
  if (fake_state->unplugged) return fake_state->unplugged;
  if (!started || started_in != fake_state->driver) return UNINITIALIZED;
  return fake_state->answers[call];
}

struct target {
  struct gpu *gpu;
  int index;
  /* NULL for a whole GPU. */
  struct instance *instance;
};

/* The device of a handle; the answer is NVML's. */
static int look_up(const void *device, struct target *target) {
  ptrdiff_t at = (const char *)device - &handles[0][0][0];
  if (at < 0 || at >= (ptrdiff_t)sizeof handles) return INVALID_ARGUMENT;
  int index = (int)(at / (LIVES * (MAX_MIG + 1)));
  uint32_t life = (uint32_t)(at / (MAX_MIG + 1) % LIVES);
  int instance = (int)(at % (MAX_MIG + 1));
  struct gpu *gpu = &fake_state->gpu[index];
  if (index >= (int)fake_state->gpus) return INVALID_ARGUMENT;
  if (gpu->lost) return gpu->lost;
  if (life != gpu->life % LIVES) return GPU_IS_LOST;
  if (instance && !gpu->instances[instance - 1].used) return INVALID_ARGUMENT;
  *target = (struct target){.gpu = gpu, .index = index, .instance = instance ? &gpu->instances[instance - 1] : NULL};
  return SUCCESS;
}

static int on(void *device, int call, struct target *target) {
  int result = begin(call);
  if (result == SUCCESS) result = look_up(device, target);
  return result ? result : target->gpu->answers[call];
}

/* Calls that an instance does not offer. */
static int on_gpu(void *device, int call, struct target *target) {
  int result = on(device, call, target);
  return result == SUCCESS && target->instance ? NOT_SUPPORTED : result;
}

static void *handle_of(int gpu, int instance) { return &handles[gpu][fake_state->gpu[gpu].life % LIVES][instance]; }

static void uuid_of(int gpu, int instance, char *buffer) {
  if (instance) sprintf(buffer, "MIG-%08x-2222-3333-4444-55555555555%d", gpu * 0x11111111u, instance);
  else sprintf(buffer, "GPU-%08x-2222-3333-4444-555555555555", gpu * 0x11111111u);
}

static int instance_number(const struct target *target) {
  return target->instance ? (int)(target->instance - target->gpu->instances) + 1 : 0;
}

#define ON(call) \
  struct target target; \
  int result = on(device, CALL_##call, &target); \
  if (result) return result
#define ON_GPU(call) \
  struct target target; \
  int result = on_gpu(device, CALL_##call, &target); \
  if (result) return result
#define VALUE(what) value_of(target.gpu, target.index, what)
#define NUMBER(call, what) \
  int call(void *device, uint32_t *number) { \
    ON_GPU(call); \
    *number = (uint32_t)VALUE(what); \
    return SUCCESS; \
  }

/* The library. */

int nvmlInit_v2(void) {
  if (!map_state()) return UNKNOWN;
  if (fake_state->delay_us) delay();
  int result = fake_state->unplugged ? fake_state->unplugged : fake_state->answers[CALL_nvmlInit_v2];
  if (result) return result;
  if (started_in != fake_state->driver) started = 0;
  started_in = fake_state->driver;
  __atomic_add_fetch(&started, 1, __ATOMIC_RELAXED);
  return SUCCESS;
}

int nvmlShutdown(void) {
  if (!started) return UNINITIALIZED;
  __atomic_sub_fetch(&started, 1, __ATOMIC_RELAXED);
  return SUCCESS;
}

/* How often this process started it and did not shut it down. */
int fake_started(void) { return started; }

int nvmlSystemGetDriverVersion(char *buffer, uint32_t length) {
  int result = begin(CALL_nvmlSystemGetDriverVersion);
  return result ? result : text(buffer, length, "580.65.06");
}

int nvmlSystemGetNVMLVersion(char *buffer, uint32_t length) {
  int result = begin(CALL_nvmlSystemGetNVMLVersion);
  return result ? result : text(buffer, length, "13.580.65.06");
}

int nvmlSystemGetCudaDriverVersion_v2(int32_t *version) {
  int result = begin(CALL_nvmlSystemGetCudaDriverVersion_v2);
  if (result == SUCCESS) *version = 13000;
  return result;
}

/* Any pid that some GPU has. */
int nvmlSystemGetProcessName(uint32_t pid, char *name, uint32_t length) {
  int result = begin(CALL_nvmlSystemGetProcessName);
  if (result) return result;
  for (uint32_t gpu = 0; gpu < fake_state->gpus; gpu++)
    for (uint32_t i = 0; i < fake_state->gpu[gpu].process_count; i++)
      if (fake_state->gpu[gpu].processes[i].pid == pid) {
        char value[32];
        sprintf(value, "/usr/bin/program-%u", pid);
        return text(name, length, value);
      }
  return NOT_FOUND;
}

int nvmlDeviceGetCount_v2(uint32_t *count) {
  int result = begin(CALL_nvmlDeviceGetCount_v2);
  if (result == SUCCESS) *count = fake_state->gpus;
  return result;
}

/* Which device. */

int nvmlDeviceGetHandleByIndex_v2(uint32_t index, void **device) {
  int result = begin(CALL_nvmlDeviceGetHandleByIndex_v2);
  if (result) return result;
  if (index >= fake_state->gpus) return INVALID_ARGUMENT;
  struct gpu *gpu = &fake_state->gpu[index];
  if (gpu->lost || gpu->answers[CALL_nvmlDeviceGetHandleByIndex_v2])
    return gpu->lost ? gpu->lost : gpu->answers[CALL_nvmlDeviceGetHandleByIndex_v2];
  *device = handle_of((int)index, 0);
  return SUCCESS;
}

int nvmlDeviceGetHandleByUUID(const char *uuid, void **device) {
  int result = begin(CALL_nvmlDeviceGetHandleByUUID);
  if (result) return result;
  for (int gpu = 0; gpu < (int)fake_state->gpus; gpu++)
    for (int instance = 0; instance <= MAX_MIG; instance++) {
      char known[96];
      uuid_of(gpu, instance, known);
      if (strcmp(known, uuid) != 0 || (instance && !fake_state->gpu[gpu].instances[instance - 1].used)) continue;
      if (fake_state->gpu[gpu].lost) return fake_state->gpu[gpu].lost;
      *device = handle_of(gpu, instance);
      return SUCCESS;
    }
  return NOT_FOUND;
}

int nvmlDeviceGetUUID(void *device, char *buffer, uint32_t length) {
  ON(nvmlDeviceGetUUID);
  char uuid[96];
  uuid_of(target.index, instance_number(&target), uuid);
  return text(buffer, length, uuid);
}

int nvmlDeviceGetName(void *device, char *buffer, uint32_t length) {
  ON(nvmlDeviceGetName);
  char name[128];
  strcpy(name, target.gpu->name);
  if (target.instance) sprintf(name + strlen(name), " MIG %ug", target.instance->slices);
  return text(buffer, length, name);
}

int nvmlDeviceGetIndex(void *device, uint32_t *index) {
  ON(nvmlDeviceGetIndex);
  *index = (uint32_t)(target.instance ? instance_number(&target) - 1 : target.index);
  return SUCCESS;
}

int nvmlDeviceGetCudaComputeCapability(void *device, int32_t *major, int32_t *minor) {
  ON(nvmlDeviceGetCudaComputeCapability);
  *major = (int32_t)(VALUE(CAPABILITY) / 10);
  *minor = (int32_t)(VALUE(CAPABILITY) % 10);
  return SUCCESS;
}

static void write_pci(void *pci, int gpu) {
  sprintf((char *)pci, "%04x:%02x:02.0", 1, 0x65 + gpu);
  u32(pci, 16, 1);
  u32(pci, 20, (uint32_t)(0x65 + gpu));
  u32(pci, 24, 2);
  u32(pci, 28, 0x20b210de);
  u32(pci, 32, 0x147f10de);
  sprintf((char *)pci + 36, "%08X:%02X:02.0", 1, 0x65 + gpu);
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetPciInfo_v3(void *device, void *pci) {
  ON(nvmlDeviceGetPciInfo_v3);
  write_pci(pci, target.index);
  return SUCCESS;
}
#endif

/* What it does now. */

static uint64_t total_of(struct target *target) {
  return target->instance ? (uint64_t)target->instance->memory_mib << 20 : (uint64_t)target->gpu->values[MEMORY_TOTAL];
}

/* An instance has its share of what is used. */
static uint64_t used_of(struct target *target) {
  uint64_t used = (uint64_t)value_of(target->gpu, target->index, MEMORY_USED);
  return target->instance ? used / 8 : used;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetMemoryInfo_v2(void *device, void *memory) {
  if (read_u32(memory, 0) != 0x02000028) return ARGUMENT_VERSION_MISMATCH;
  ON(nvmlDeviceGetMemoryInfo_v2);
  uint64_t reserved = target.instance ? 0 : (uint64_t)VALUE(MEMORY_RESERVED);
  u64(memory, 8, total_of(&target));
  u64(memory, 16, reserved);
  u64(memory, 24, total_of(&target) - reserved - used_of(&target));
  u64(memory, 32, used_of(&target));
  return SUCCESS;
}
#endif

int nvmlDeviceGetMemoryInfo(void *device, void *memory) {
  ON(nvmlDeviceGetMemoryInfo);
  uint64_t used = used_of(&target) + (target.instance ? 0 : (uint64_t)VALUE(MEMORY_RESERVED));
  u64(memory, 0, total_of(&target));
  u64(memory, 8, total_of(&target) - used);
  u64(memory, 16, used);
  return SUCCESS;
}

int nvmlDeviceGetUtilizationRates(void *device, void *rates) {
  ON_GPU(nvmlDeviceGetUtilizationRates);
  if (target.gpu->mig) return NOT_SUPPORTED;
  u32(rates, 0, (uint32_t)VALUE(UTILISATION));
  u32(rates, 4, (uint32_t)VALUE(MEMORY_UTILISATION));
  return SUCCESS;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetTemperatureV(void *device, void *temperature) {
  if (read_u32(temperature, 0) != 0x0100000c) return ARGUMENT_VERSION_MISMATCH;
  if (read_u32(temperature, 4) != 0) return INVALID_ARGUMENT;
  ON_GPU(nvmlDeviceGetTemperatureV);
  u32(temperature, 8, (uint32_t)VALUE(TEMPERATURE));
  return SUCCESS;
}
#endif

int nvmlDeviceGetTemperature(void *device, uint32_t sensor, uint32_t *celsius) {
  if (sensor) return INVALID_ARGUMENT;
  ON_GPU(nvmlDeviceGetTemperature);
  *celsius = (uint32_t)VALUE(TEMPERATURE);
  return SUCCESS;
}

int nvmlDeviceGetTemperatureThreshold(void *device, uint32_t threshold, uint32_t *celsius) {
  ON_GPU(nvmlDeviceGetTemperatureThreshold);
  if (threshold > 1) return NOT_SUPPORTED;
  *celsius = (uint32_t)VALUE(threshold == 0 ? SHUTDOWN : SLOWDOWN);
  return SUCCESS;
}

NUMBER(nvmlDeviceGetPowerUsage, POWER)
#ifndef FAKE_OLD_DRIVER
NUMBER(nvmlDeviceGetEnforcedPowerLimit, POWER_LIMIT)
#endif
NUMBER(nvmlDeviceGetPowerManagementLimit, POWER_LIMIT)
NUMBER(nvmlDeviceGetFanSpeed, FAN)
NUMBER(nvmlDeviceGetPerformanceState, PERFORMANCE_STATE)

int nvmlDeviceGetClockInfo(void *device, uint32_t clock, uint32_t *mhz) {
  ON_GPU(nvmlDeviceGetClockInfo);
  if (clock != 1 && clock != 2) return INVALID_ARGUMENT;
  *mhz = (uint32_t)VALUE(clock == 1 ? SM_CLOCK : MEMORY_CLOCK);
  return SUCCESS;
}

int nvmlDeviceGetTotalEnergyConsumption(void *device, uint64_t *millijoules) {
  ON_GPU(nvmlDeviceGetTotalEnergyConsumption);
  *millijoules = (uint64_t)energy_mj(target.gpu, target.index);
  return SUCCESS;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetCurrentClocksEventReasons(void *device, uint64_t *reasons) {
  ON_GPU(nvmlDeviceGetCurrentClocksEventReasons);
  *reasons = (uint64_t)VALUE(THROTTLE);
  return SUCCESS;
}
#endif

int nvmlDeviceGetCurrentClocksThrottleReasons(void *device, uint64_t *reasons) {
  ON_GPU(nvmlDeviceGetCurrentClocksThrottleReasons);
  *reasons = (uint64_t)VALUE(THROTTLE);
  return SUCCESS;
}

/* Whether it is sick. */

static int ecc(uint32_t error, uint32_t counter) {
  return error == 0 ? ECC_SINGLE : counter == 0 ? ECC_DOUBLE : ECC_DOUBLE_EVER;
}

int nvmlDeviceGetTotalEccErrors(void *device, uint32_t error, uint32_t counter, uint64_t *count) {
  if (error > 1 || counter > 1) return INVALID_ARGUMENT;
  ON_GPU(nvmlDeviceGetTotalEccErrors);
  *count = (uint64_t)VALUE(ecc(error, counter));
  return SUCCESS;
}

/* All of them are in the memory of the device. */
int nvmlDeviceGetMemoryErrorCounter(void *device, uint32_t error, uint32_t counter, uint32_t location, uint64_t *count) {
  if (error > 1 || counter > 1 || location > 7) return INVALID_ARGUMENT;
  ON_GPU(nvmlDeviceGetMemoryErrorCounter);
  *count = location == 2 ? (uint64_t)VALUE(ecc(error, counter)) : 0;
  return SUCCESS;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetRemappedRows(void *device, uint32_t *correctable, uint32_t *uncorrectable, uint32_t *pending, uint32_t *failed) {
  ON_GPU(nvmlDeviceGetRemappedRows);
  *correctable = (uint32_t)VALUE(REMAP_CORRECTABLE);
  *uncorrectable = (uint32_t)VALUE(REMAP_UNCORRECTABLE);
  *pending = (uint32_t)VALUE(REMAP_PENDING);
  *failed = (uint32_t)VALUE(REMAP_FAILURE);
  return SUCCESS;
}
#endif

NUMBER(nvmlDeviceGetRetiredPagesPendingStatus, RETIRED_PENDING)

static int links_of(const struct gpu *gpu) {
  int links = 0;
  for (int i = 0; i < MAX_LINKS; i++) if (gpu->links[i]) links = i + 1;
  return links;
}

/* One field, with the type that NVML gives it; fields 1000 to 1006 are here one of each type of value. */
static int field(struct target *target, void *at) {
  double real = -12.5;
  switch (read_u32(at, 0)) {
    case 4: u32(at, 24, 3); u64(at, 32, (uint64_t)value_of(target->gpu, target->index, ECC_DOUBLE)); return SUCCESS;
    case 82: u32(at, 24, 1); u32(at, 32, (uint32_t)value_of(target->gpu, target->index, MEMORY_TEMPERATURE)); return SUCCESS;
    case 83: u32(at, 24, 3); u64(at, 32, (uint64_t)energy_mj(target->gpu, target->index)); return SUCCESS;
    case 91: u32(at, 24, 1); u32(at, 32, (uint32_t)links_of(target->gpu)); return SUCCESS;
    case 144: u32(at, 24, 1); u32(at, 32, (uint32_t)value_of(target->gpu, target->index, REMAP_PENDING)); return SUCCESS;
    case 145: u32(at, 24, 1); u32(at, 32, (uint32_t)value_of(target->gpu, target->index, REMAP_FAILURE)); return SUCCESS;
    case 186: u32(at, 24, 1); u32(at, 32, (uint32_t)value_of(target->gpu, target->index, POWER)); return SUCCESS;
    case 230: u32(at, 24, 1); u32(at, 32, (uint32_t)value_of(target->gpu, target->index, RECOVERY_ACTION)); return SUCCESS;
    case 1000: u32(at, 24, 0); memcpy((char *)at + 32, &real, 8); return SUCCESS;
    case 1001: u32(at, 24, 1); u32(at, 32, 4000000001u); return SUCCESS;
    case 1002: u32(at, 24, 2); u64(at, 32, 5000000002ull); return SUCCESS;
    case 1003: u32(at, 24, 3); u64(at, 32, 6000000003ull + read_u32(at, 4)); return SUCCESS;
    case 1004: u32(at, 24, 4); u64(at, 32, (uint64_t)-7000000004ll); return SUCCESS;
    case 1005: u32(at, 24, 5); u32(at, 32, (uint32_t)-5); return SUCCESS;
    case 1006: u32(at, 24, 6); u32(at, 32, 0xffff0006u); return SUCCESS;
    default: return NOT_SUPPORTED;
  }
}

int nvmlDeviceGetFieldValues(void *device, int32_t count, void *values) {
  ON_GPU(nvmlDeviceGetFieldValues);
  for (int i = 0; i < count; i++) {
    char *at = (char *)values + i * 40;
    u64(at, 8, (uint64_t)(now_ns() / 1000));
    u64(at, 16, 3);
    u32(at, 28, (uint32_t)field(&target, at));
  }
  return SUCCESS;
}

/* Split GPUs. */

int nvmlDeviceGetMigMode(void *device, uint32_t *current, uint32_t *pending) {
  ON_GPU(nvmlDeviceGetMigMode);
  *current = target.gpu->mig;
  *pending = (uint32_t)VALUE(MIG_PENDING);
  return SUCCESS;
}

int nvmlDeviceGetMaxMigDeviceCount(void *device, uint32_t *count) {
  ON(nvmlDeviceGetMaxMigDeviceCount);
  *count = MAX_MIG;
  return SUCCESS;
}

int nvmlDeviceGetMigDeviceHandleByIndex(void *device, uint32_t index, void **instance) {
  ON_GPU(nvmlDeviceGetMigDeviceHandleByIndex);
  if (index >= MAX_MIG || !target.gpu->instances[index].used) return NOT_FOUND;
  *instance = handle_of(target.index, (int)index + 1);
  return SUCCESS;
}

int nvmlDeviceIsMigDeviceHandle(void *device, uint32_t *is_mig) {
  ON(nvmlDeviceIsMigDeviceHandle);
  *is_mig = target.instance != NULL;
  return SUCCESS;
}

int nvmlDeviceGetAttributes_v2(void *device, void *attributes) {
  ON(nvmlDeviceGetAttributes_v2);
  static const uint32_t whole[] = {108, 7, 5, 0, 1, 1, 8, 8}, part[] = {14, 1, 0, 0, 0, 0, 1, 1};
  for (int i = 0; i < 8; i++) u32(attributes, i * 4, target.instance ? part[i] : whole[i]);
  u64(attributes, 32, total_of(&target) >> 20);
  return SUCCESS;
}

int nvmlDeviceGetGpuInstanceId(void *device, uint32_t *id) {
  ON(nvmlDeviceGetGpuInstanceId);
  if (!target.instance) return NOT_SUPPORTED;
  *id = target.instance->gi;
  return SUCCESS;
}

int nvmlDeviceGetComputeInstanceId(void *device, uint32_t *id) {
  ON(nvmlDeviceGetComputeInstanceId);
  if (!target.instance) return NOT_SUPPORTED;
  *id = target.instance->ci;
  return SUCCESS;
}

int nvmlDeviceGetDeviceHandleFromMigDeviceHandle(void *device, void **parent) {
  ON(nvmlDeviceGetDeviceHandleFromMigDeviceHandle);
  if (!target.instance) return INVALID_ARGUMENT;
  *parent = handle_of(target.index, 0);
  return SUCCESS;
}

/* Links. */

/* The same board, pairs on one switch, fours on one CPU, the rest beyond. */
int nvmlDeviceGetTopologyCommonAncestor(void *device, void *other, uint32_t *level) {
  ON_GPU(nvmlDeviceGetTopologyCommonAncestor);
  struct target second;
  result = look_up(other, &second);
  if (result) return result;
  int a = target.index, b = second.index;
  *level = a == b ? 0 : a / 2 == b / 2 ? 10 : a / 4 == b / 4 ? 30 : a / 8 == b / 8 ? 50 : 40;
  return SUCCESS;
}

static int on_link(void *device, int call, uint32_t link, struct target *target) {
  int result = on_gpu(device, call, target);
  return result ? result : link >= MAX_LINKS ? INVALID_ARGUMENT : target->gpu->links[link] ? SUCCESS : NOT_SUPPORTED;
}

/* A link to a GPU that there is not is not active. */
int nvmlDeviceGetNvLinkState(void *device, uint32_t link, uint32_t *active) {
  struct target target;
  int result = on_link(device, CALL_nvmlDeviceGetNvLinkState, link, &target);
  if (result) return result;
  uint8_t end = target.gpu->links[link];
  *active = end == SWITCH || (end <= fake_state->gpus && !fake_state->gpu[end - 1].lost);
  return SUCCESS;
}

int nvmlDeviceGetNvLinkRemotePciInfo_v2(void *device, uint32_t link, void *pci) {
  struct target target;
  int result = on_link(device, CALL_nvmlDeviceGetNvLinkRemotePciInfo_v2, link, &target);
  if (result) return result;
  write_pci(pci, target.gpu->links[link] - 1);
  return SUCCESS;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetNvLinkRemoteDeviceType(void *device, uint32_t link, uint32_t *type) {
  struct target target;
  int result = on_link(device, CALL_nvmlDeviceGetNvLinkRemoteDeviceType, link, &target);
  if (result == SUCCESS) *type = target.gpu->links[link] == SWITCH ? 2 : 0;
  return result;
}
#endif

/* Processes. */

#ifdef FAKE_WIDE_PROCESSES
#define ENTRY 32
int nvmlDeviceGetConfComputeMemSizeInfo(void *device, void *info) { return NOT_SUPPORTED; }
#else
#define ENTRY 24
#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetConfComputeMemSizeInfo(void *device, void *info) { return NOT_SUPPORTED; }
int nvmlDeviceGetRunningProcessDetailList(void *device, void *list) { return NOT_SUPPORTED; }
#endif
#endif

static int processes(void *device, int call, uint32_t kind, uint32_t *count, void *infos) {
  struct target target;
  int result = on(device, call, &target);
  if (result) return result;
  uint32_t found = 0;
  for (uint32_t i = 0; i < target.gpu->process_count; i++) {
    struct process *process = &target.gpu->processes[i];
    if (process->kind != kind || (target.instance && process->gi != target.instance->gi)) continue;
    if (found < *count) {
      char *at = (char *)infos + found * ENTRY;
      u32(at, 0, process->pid);
      u64(at, 8, process->memory);
      u32(at, 16, process->gi);
      u32(at, 20, process->ci);
      if (ENTRY == 32) u64(at, 24, 0);
    }
    found++;
  }
  int fits = found <= *count;
  *count = found;
  return fits ? SUCCESS : INSUFFICIENT_SIZE;
}

int nvmlDeviceGetComputeRunningProcesses_v3(void *device, uint32_t *count, void *infos) {
  return processes(device, CALL_nvmlDeviceGetComputeRunningProcesses_v3, 0, count, infos);
}
int nvmlDeviceGetGraphicsRunningProcesses_v3(void *device, uint32_t *count, void *infos) {
  return processes(device, CALL_nvmlDeviceGetGraphicsRunningProcesses_v3, 1, count, infos);
}
int nvmlDeviceGetMPSComputeRunningProcesses_v3(void *device, uint32_t *count, void *infos) {
  return processes(device, CALL_nvmlDeviceGetMPSComputeRunningProcesses_v3, 2, count, infos);
}

/* Events. */

struct set {
  uint64_t types[MAX_GPUS];
  uint32_t lives[MAX_GPUS];
  /* The first event that was not looked at. */
  uint32_t next;
};

int nvmlEventSetCreate(void **set) {
  int result = begin(CALL_nvmlEventSetCreate);
  if (result) return result;
  struct set *created = calloc(1, sizeof *created);
  if (!created) return UNKNOWN;
  created->next = fake_state->events;
  *set = created;
  return SUCCESS;
}

int nvmlDeviceGetSupportedEventTypes(void *device, uint64_t *types) {
  ON_GPU(nvmlDeviceGetSupportedEventTypes);
#ifdef FAKE_OLD_DRIVER
  *types = 0x1f;
#else
  *types = 0xff9f;
#endif
  return SUCCESS;
}

int nvmlDeviceRegisterEvents(void *device, uint64_t types, void *set) {
  ON_GPU(nvmlDeviceRegisterEvents);
  uint64_t supported;
  if (nvmlDeviceGetSupportedEventTypes(device, &supported) || (types & ~supported)) return NOT_SUPPORTED;
  ((struct set *)set)->types[target.index] = types;
  ((struct set *)set)->lives[target.index] = target.gpu->life;
  return SUCCESS;
}

/* SUCCESS with an event, TIMEOUT for none yet. */
static int next_event(struct set *set, void *data) {
  uint32_t events = __atomic_load_n(&fake_state->events, __ATOMIC_ACQUIRE);
  if (events - set->next > MAX_EVENTS) set->next = events - MAX_EVENTS;
  while (set->next != events) {
    struct event *event = &fake_state->ring[set->next++ % MAX_EVENTS];
    if (!(set->types[event->gpu] & event->type)) continue;
    u64(data, 0, (uint64_t)(uintptr_t)handle_of((int)event->gpu, 0));
    u64(data, 8, event->type);
    u64(data, 16, event->data);
    u32(data, 24, event->gi);
    u32(data, 28, event->ci);
    return SUCCESS;
  }
  /* Only when the events of a lost GPU were told. */
  for (uint32_t gpu = 0; gpu < fake_state->gpus; gpu++)
    if (set->types[gpu] && (fake_state->gpu[gpu].lost || set->lives[gpu] != fake_state->gpu[gpu].life)) return GPU_IS_LOST;
  return TIMEOUT;
}

static int64_t monotonic_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000ll + now.tv_nsec / 1000000;
}

/* Sleeps until there is an event, but 100 ms at most: whether a GPU is lost wakes nobody. */
static void sleep_until_event(uint32_t seen, int64_t milliseconds) {
  struct timespec limit = {.tv_nsec = (milliseconds < 100 ? milliseconds : 100) * 1000000};
#ifdef __linux__
  syscall(SYS_futex, &fake_state->events, FUTEX_WAIT, seen, &limit, NULL, 0);
#else
  if (limit.tv_nsec > 5000000) limit.tv_nsec = 5000000;
  nanosleep(&limit, NULL);
#endif
}

int nvmlEventSetWait_v2(void *set, void *data, uint32_t milliseconds) {
  int64_t until = monotonic_ms() + milliseconds;
  for (;;) {
    if (!fake_state) return UNINITIALIZED;
    if (fake_state->unplugged) return fake_state->unplugged;
    if (!started || started_in != fake_state->driver) return UNINITIALIZED;
    if (fake_state->answers[CALL_nvmlEventSetWait_v2]) return fake_state->answers[CALL_nvmlEventSetWait_v2];
    uint32_t seen = __atomic_load_n(&fake_state->events, __ATOMIC_ACQUIRE);
    int result = next_event(set, data);
    int64_t left = until - monotonic_ms();
    if (result != TIMEOUT || left <= 0) return result;
    sleep_until_event(seen, left);
  }
}

int nvmlEventSetFree(void *set) {
  free(set);
  return SUCCESS;
}
