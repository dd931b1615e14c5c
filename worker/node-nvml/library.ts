// Loads libnvidia-ml and calls its functions, each bound on its own: an old driver lacks the new ones.
import koffi, { type LibraryHandle } from 'koffi'
import { FUNCTION_NOT_FOUND, isUnsupported, LIBRARY_NOT_FOUND, NvmlError, SUCCESS } from './errors.ts'

/** An argument of a call. Handles are pointers, which travel as numbers; results are written into buffers. */
type Argument = number | Buffer

/** The C types of a function's parameters; an `address` is where a caller keeps memory that does not move. */
type Signature = readonly ('handle' | 'uint' | 'int' | 'ull' | 'buffer' | 'address')[]

type NativeCall = (...given: Argument[]) => number

export interface Library {
  /** The C function, or null where this library has none of that name. */
  bind(name: string, signature: Signature): NativeCall | null
  /** NVML's answer: 0 is success. */
  call(name: string, signature: Signature, ...given: Argument[]): number
  /** @throws NvmlError for whatever is not success */
  must(name: string, signature: Signature, ...given: Argument[]): void
  /** True on success, false where the card or the driver does not offer it. @throws NvmlError */
  offers(name: string, signature: Signature, ...given: Argument[]): boolean
  unload(): void
}

const C_TYPES = {
  handle: 'uintptr_t',
  address: 'uintptr_t',
  uint: 'uint32_t',
  int: 'int32_t',
  ull: 'uint64_t',
  buffer: 'void *',
} as const

/** @throws NvmlError LIBRARY_NOT_FOUND */
export function loadLibrary(path: string): Library {
  const handle = open(path)
  const bound = new Map<string, NativeCall | null>()

  const bindOnce: Library['bind'] = (name, signature) => {
    // The same function can be wanted with an address or with a buffer.
    const key = `${name}(${signature.join()})`
    let symbol = bound.get(key)
    if (symbol === undefined) {
      symbol = bind(handle, name, signature)
      bound.set(key, symbol)
    }
    return symbol
  }
  const call: Library['call'] = (name, signature, ...given) =>
    bindOnce(name, signature)?.(...given) ?? FUNCTION_NOT_FOUND

  return {
    bind: bindOnce,
    call,
    offers: (name, signature, ...given) => {
      const answer = call(name, signature, ...given)
      if (answer === SUCCESS) return true
      if (isUnsupported(answer)) return false
      throw new NvmlError(name, answer)
    },
    must: (name, signature, ...given) => {
      const answer = call(name, signature, ...given)
      if (answer !== SUCCESS) throw new NvmlError(name, answer)
    },
    unload: () => handle.unload(),
  }
}

function open(path: string): LibraryHandle {
  try {
    return koffi.load(path)
  } catch (error) {
    throw new NvmlError('dlopen', LIBRARY_NOT_FOUND, { cause: error })
  }
}

function bind(handle: LibraryHandle, name: string, signature: Signature): NativeCall | null {
  try {
    return handle.func(
      name,
      'int32_t',
      signature.map((type) => C_TYPES[type]),
    )
  } catch {
    // koffi throws where dlsym finds nothing.
    return null
  }
}
