/* The state of the fake GPUs, in a file beside the library that every process which loads it maps: whoever steers
 * the GPUs from one process is seen by all. Readers take no lock; writers hold the file's lock. */
#ifndef FAKE_STATE_H
#define FAKE_STATE_H
#include <stdint.h>

#define MAX_GPUS 16
#define MAX_MIG 7
#define MAX_LINKS 18
#define MAX_PROCESSES 64
#define MAX_EVENTS 256
#define SWITCH 255
#define NO_INSTANCE 0xffffffffu
/* Handles of so many lives of a GPU are told apart. */
#define LIVES 64

#define SUCCESS 0
#define UNINITIALIZED 1
#define INVALID_ARGUMENT 2
#define NOT_SUPPORTED 3
#define NOT_FOUND 6
#define INSUFFICIENT_SIZE 7
#define DRIVER_NOT_LOADED 9
#define TIMEOUT 10
#define GPU_IS_LOST 15
#define ARGUMENT_VERSION_MISMATCH 25
#define UNKNOWN 999

/* What can be set of a GPU, with what it is at first. ALIVE: it changes with time. */
#define ALIVE INT64_MIN
#define VALUES(X) \
  X(UTILISATION, "utilisation", ALIVE) \
  X(MEMORY_UTILISATION, "memory-utilisation", ALIVE) \
  X(MEMORY_USED, "memory-used", 5299345920) \
  X(MEMORY_RESERVED, "memory-reserved", 600000000) \
  X(MEMORY_TOTAL, "memory-total", 85899345920) \
  X(POWER, "power", ALIVE) \
  X(POWER_LIMIT, "power-limit", 400000) \
  X(TEMPERATURE, "temperature", ALIVE) \
  X(MEMORY_TEMPERATURE, "memory-temperature", ALIVE) \
  X(SM_CLOCK, "sm-clock", ALIVE) \
  X(MEMORY_CLOCK, "memory-clock", 1593) \
  X(ENERGY, "energy", 9876543210) \
  X(THROTTLE, "throttle", ALIVE) \
  X(FAN, "fan", 41) \
  X(PERFORMANCE_STATE, "performance-state", 0) \
  X(SLOWDOWN, "slowdown", 89) \
  X(SHUTDOWN, "shutdown", 92) \
  X(ECC_SINGLE, "ecc-single", 0) \
  X(ECC_DOUBLE, "ecc-double", 0) \
  X(ECC_DOUBLE_EVER, "ecc-double-ever", 0) \
  X(REMAP_CORRECTABLE, "remap-correctable", 0) \
  X(REMAP_UNCORRECTABLE, "remap-uncorrectable", 0) \
  X(REMAP_PENDING, "remap-pending", 0) \
  X(REMAP_FAILURE, "remap-failure", 0) \
  X(RETIRED_PENDING, "retired-pending", 0) \
  X(RECOVERY_ACTION, "recovery-action", 0) \
  X(MIG_PENDING, "mig-pending", 0) \
  X(CAPABILITY, "capability", 80)

#define AS_ENUM(id, name, first) id,
enum { VALUES(AS_ENUM) VALUE_COUNT };

/* The calls whose answer can be set, by their names. */
#define CALLS(X) \
  X(nvmlInit_v2) X(nvmlShutdown) X(nvmlSystemGetDriverVersion) X(nvmlSystemGetNVMLVersion) \
  X(nvmlSystemGetCudaDriverVersion_v2) X(nvmlSystemGetProcessName) X(nvmlDeviceGetCount_v2) \
  X(nvmlDeviceGetHandleByIndex_v2) X(nvmlDeviceGetHandleByUUID) X(nvmlDeviceGetUUID) X(nvmlDeviceGetName) \
  X(nvmlDeviceGetIndex) X(nvmlDeviceGetMemoryInfo_v2) X(nvmlDeviceGetMemoryInfo) X(nvmlDeviceGetUtilizationRates) \
  X(nvmlDeviceGetTemperatureV) X(nvmlDeviceGetTemperature) X(nvmlDeviceGetTemperatureThreshold) \
  X(nvmlDeviceGetPowerUsage) X(nvmlDeviceGetEnforcedPowerLimit) X(nvmlDeviceGetPowerManagementLimit) \
  X(nvmlDeviceGetClockInfo) X(nvmlDeviceGetTotalEnergyConsumption) X(nvmlDeviceGetFanSpeed) \
  X(nvmlDeviceGetPerformanceState) X(nvmlDeviceGetCurrentClocksEventReasons) \
  X(nvmlDeviceGetCurrentClocksThrottleReasons) X(nvmlDeviceGetCudaComputeCapability) X(nvmlDeviceGetPciInfo_v3) \
  X(nvmlDeviceGetTotalEccErrors) X(nvmlDeviceGetMemoryErrorCounter) X(nvmlDeviceGetRemappedRows) \
  X(nvmlDeviceGetRetiredPagesPendingStatus) X(nvmlDeviceGetFieldValues) X(nvmlDeviceGetMigMode) \
  X(nvmlDeviceGetMaxMigDeviceCount) X(nvmlDeviceGetMigDeviceHandleByIndex) X(nvmlDeviceIsMigDeviceHandle) \
  X(nvmlDeviceGetAttributes_v2) X(nvmlDeviceGetGpuInstanceId) X(nvmlDeviceGetComputeInstanceId) \
  X(nvmlDeviceGetDeviceHandleFromMigDeviceHandle) X(nvmlDeviceGetTopologyCommonAncestor) X(nvmlDeviceGetNvLinkState) \
  X(nvmlDeviceGetNvLinkRemotePciInfo_v2) X(nvmlDeviceGetNvLinkRemoteDeviceType) \
  X(nvmlDeviceGetComputeRunningProcesses_v3) X(nvmlDeviceGetGraphicsRunningProcesses_v3) \
  X(nvmlDeviceGetMPSComputeRunningProcesses_v3) X(nvmlDeviceGetSupportedEventTypes) X(nvmlDeviceRegisterEvents) \
  X(nvmlEventSetCreate) X(nvmlEventSetWait_v2) X(nvmlEventSetFree)

#define AS_CALL(name) CALL_##name,
enum { CALLS(AS_CALL) CALL_COUNT };

struct process {
  uint32_t kind, pid, gi, ci;
  uint64_t memory;
};
struct instance {
  uint32_t used, gi, ci, slices;
  int64_t memory_mib;
};
struct gpu {
  char name[96];
  int64_t values[VALUE_COUNT];
  int32_t answers[CALL_COUNT];
  int32_t lost;
  /* It counts up when a lost GPU comes back: handles from before stay lost. */
  uint32_t life;
  uint32_t mig;
  /* Nanojoules since energy_at (nanoseconds), of the power that the GPU had. */
  int64_t energy_nj, energy_at;
  struct instance instances[MAX_MIG];
  /* 0 for no link, else one more than the GPU at the other end, or SWITCH. */
  uint8_t links[MAX_LINKS];
  uint32_t process_count;
  struct process processes[MAX_PROCESSES];
};
struct event {
  uint32_t gpu, gi, ci;
  uint64_t type, data;
};
struct state {
  uint32_t layout;
  uint32_t gpus;
  int32_t unplugged;
  /* It counts up when the driver is loaded: whoever started the library before has to start it again. */
  uint32_t driver;
  int64_t delay_us;
  /* Calls that began, of all processes, without waits for events. */
  uint64_t calls;
  uint32_t sleeping;
  int32_t answers[CALL_COUNT];
  /* Events that ever were; the last of them are kept. */
  uint32_t events;
  struct event ring[MAX_EVENTS];
  struct gpu gpu[MAX_GPUS];
};

static int64_t now_ns(void);
/* What a value is now. */
static int64_t value_of(struct gpu *gpu, int index, int what);
#endif
