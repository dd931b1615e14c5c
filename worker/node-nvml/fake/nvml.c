/* A stand-in for libnvidia-ml.so.1, steered by a test through the fake_* functions. Results are written
 * byte by byte at the offsets of NVIDIA's header, without structs, so that it shares no layout with the binding. */
#include <stdint.h>
#include <string.h>

#define GPUS 2
#define SUCCESS 0
#define INVALID_ARGUMENT 2
#define INSUFFICIENT_SIZE 7
#define ARGUMENT_VERSION_MISMATCH 25

static int started;
static int init_result;
/* What the calls on GPU 0 and 1 answer in place of success, by the number of the call below. */
static int results[GPUS][16];
static char handles[GPUS];

enum { UUID, NAME, MEMORY_V2, MEMORY, UTILISATION, TEMPERATURE_V, TEMPERATURE, POWER, CLOCK, ENERGY, CAPABILITY, PCI, HANDLE };

void fake_init_result(int result) { init_result = result; }
void fake_result(int gpu, int call, int result) { results[gpu][call] = result; }
void fake_reset(void) { memset(results, 0, sizeof results); init_result = 0; }
int fake_started(void) { return started; }

static void u32(void *at, int offset, uint32_t value) { memcpy((char *)at + offset, &value, 4); }
static void u64(void *at, int offset, uint64_t value) { memcpy((char *)at + offset, &value, 8); }
static uint32_t read_u32(const void *at, int offset) { uint32_t value; memcpy(&value, (const char *)at + offset, 4); return value; }

static int gpu_of(void *device) {
  for (int i = 0; i < GPUS; i++) if (device == &handles[i]) return i;
  return -1;
}

static int answer(void *device, int call) {
  int gpu = gpu_of(device);
  return gpu < 0 ? INVALID_ARGUMENT : results[gpu][call];
}

static int text(char *buffer, uint32_t length, const char *value) {
  if (length < strlen(value) + 1) return INSUFFICIENT_SIZE;
  strcpy(buffer, value);
  return SUCCESS;
}

int nvmlInit_v2(void) { if (init_result == 0) started++; return init_result; }
int nvmlShutdown(void) { started--; return SUCCESS; }
int nvmlSystemGetDriverVersion(char *buffer, uint32_t length) { return text(buffer, length, "580.65.06"); }
int nvmlSystemGetNVMLVersion(char *buffer, uint32_t length) { return text(buffer, length, "13.580.65.06"); }
int nvmlDeviceGetCount_v2(uint32_t *count) { *count = GPUS; return SUCCESS; }

int nvmlDeviceGetHandleByIndex_v2(uint32_t index, void **device) {
  if (index >= GPUS) return INVALID_ARGUMENT;
  *device = &handles[index];
  return results[index][HANDLE];
}

int nvmlDeviceGetUUID(void *device, char *buffer, uint32_t length) {
  int result = answer(device, UUID);
  if (result) return result;
  return text(buffer, length, gpu_of(device) ? "GPU-11111111-2222-3333-4444-555555555555" : "GPU-00000000-2222-3333-4444-555555555555");
}

int nvmlDeviceGetName(void *device, char *buffer, uint32_t length) {
  int result = answer(device, NAME);
  return result ? result : text(buffer, length, "NVIDIA A100-SXM4-80GB");
}

int nvmlDeviceGetMemoryInfo_v2(void *device, void *memory) {
  if (read_u32(memory, 0) != 0x02000028) return ARGUMENT_VERSION_MISMATCH;
  int result = answer(device, MEMORY_V2);
  if (result) return result;
  u64(memory, 8, 85899345920ull);
  u64(memory, 16, 600000000ull);
  u64(memory, 24, 80000000000ull);
  u64(memory, 32, 5299345920ull);
  return SUCCESS;
}

int nvmlDeviceGetMemoryInfo(void *device, void *memory) {
  int result = answer(device, MEMORY);
  if (result) return result;
  u64(memory, 0, 85899345920ull);
  u64(memory, 8, 80000000000ull);
  u64(memory, 16, 5899345920ull);
  return SUCCESS;
}

int nvmlDeviceGetUtilizationRates(void *device, void *rates) {
  int result = answer(device, UTILISATION);
  if (result) return result;
  u32(rates, 0, 87);
  u32(rates, 4, 31);
  return SUCCESS;
}

int nvmlDeviceGetTemperatureV(void *device, void *temperature) {
  if (read_u32(temperature, 0) != 0x0100000c || read_u32(temperature, 4) != 0) return ARGUMENT_VERSION_MISMATCH;
  int result = answer(device, TEMPERATURE_V);
  if (result) return result;
  u32(temperature, 8, 61);
  return SUCCESS;
}

int nvmlDeviceGetTemperature(void *device, uint32_t sensor, uint32_t *celsius) {
  int result = sensor ? INVALID_ARGUMENT : answer(device, TEMPERATURE);
  if (result == 0) *celsius = 60;
  return result;
}

int nvmlDeviceGetPowerUsage(void *device, uint32_t *milliwatts) {
  int result = answer(device, POWER);
  if (result == 0) *milliwatts = 312500;
  return result;
}

int nvmlDeviceGetClockInfo(void *device, uint32_t clock, uint32_t *mhz) {
  int result = answer(device, CLOCK);
  if (result == 0) *mhz = clock == 1 ? 1410 : clock == 2 ? 1593 : 0;
  return result;
}

int nvmlDeviceGetTotalEnergyConsumption(void *device, uint64_t *millijoules) {
  int result = answer(device, ENERGY);
  if (result == 0) *millijoules = 9876543210ull;
  return result;
}

int nvmlDeviceGetCudaComputeCapability(void *device, int32_t *major, int32_t *minor) {
  int result = answer(device, CAPABILITY);
  if (result == 0) { *major = 8; *minor = 0; }
  return result;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetPciInfo_v3(void *device, void *pci) {
  int result = answer(device, PCI);
  if (result) return result;
  strcpy((char *)pci, "0000:65:00.0");
  u32(pci, 16, 1);
  u32(pci, 20, 0x65);
  u32(pci, 24, 2);
  u32(pci, 28, 0x20b210de);
  u32(pci, 32, 0x147f10de);
  strcpy((char *)pci + 36, "00000001:65:02.0");
  return SUCCESS;
}
#endif
