// The shapes in which NVML's calls about one device answer.
import { isUnsupported, NvmlError, SUCCESS } from './errors.ts'
import { readCount, readText } from './layouts.ts'
import type { Library } from './library.ts'

/** One device of one library. What is not offered is null; whatever else is no success throws an NvmlError. */
export interface Ask {
  library: Library
  handle: number
  /** A number of 32 bits, after further numbers as arguments. */
  uint(call: string, ...given: number[]): number | null
  /** A number of 64 bits. */
  count(call: string, ...given: number[]): number | null
  /** A struct of so many bytes, or of what stands in the buffer before the call. */
  struct(call: string, request: number | Buffer, ...given: number[]): Buffer | null
  /** A text, which every device has: not offered throws, too. */
  text(call: string, bytes: number): string
  /** NVML's answer itself, for those calls that say something with it. */
  answer(call: string, request: Buffer, ...given: number[]): number
}

export function askOf(library: Library, handle: number): Ask {
  const answer: Ask['answer'] = (call, request, ...given) =>
    library.call(call, ['handle', ...given.map(() => 'uint' as const), 'buffer'], handle, ...given, request)

  const struct: Ask['struct'] = (call, request, ...given) => {
    const buffer = typeof request === 'number' ? Buffer.alloc(request) : request
    const code = answer(call, buffer, ...given)
    if (code === SUCCESS) return buffer
    if (isUnsupported(code)) return null
    throw new NvmlError(call, code)
  }
  return {
    library,
    handle,
    answer,
    struct,
    uint: (call, ...given) => struct(call, 4, ...given)?.readUInt32LE(0) ?? null,
    count: (call, ...given) => {
      const buffer = struct(call, 8, ...given)
      return buffer && readCount(buffer, 0)
    },
    text: (call, bytes) => {
      const buffer = Buffer.alloc(bytes)
      library.must(call, ['handle', 'buffer', 'uint'], handle, buffer, bytes)
      return readText(buffer)
    },
  }
}
