// The XIDs that we know what to do about, after NVIDIA's catalogue of them: what each is, and what helps.
import type { Severity } from '../state.ts'

interface XidPolicy {
  severity: Severity
  /** What it is; a sentence's second half. */
  what: string
  /** What helps, in a sentence. */
  help: string
}

const RESET = 'A reset helps; if it comes again, the card is to be replaced.'
const OWN_DOING = "It is mostly the program's own fault."

/** By number. Of all others we only take note. */
export const XIDS: Readonly<Record<number, XidPolicy>> = {
  13: { severity: 'note', what: 'the program made a compute engine fail', help: OWN_DOING },
  31: { severity: 'note', what: 'the program reached for memory that is not its own', help: OWN_DOING },
  43: { severity: 'note', what: "the program's work was stopped after an error", help: OWN_DOING },
  45: { severity: 'note', what: "the program's work was cleaned up after its end", help: OWN_DOING },
  48: { severity: 'fatal', what: 'a double-bit error in its memory', help: RESET },
  62: { severity: 'fatal', what: 'its internal controller stopped', help: RESET },
  63: {
    severity: 'drain',
    what: 'a bad row of its memory was found and is to be remapped',
    help: 'The next reset does that.',
  },
  64: { severity: 'fatal', what: 'a bad row of its memory could not be remapped', help: RESET },
  74: { severity: 'fatal', what: 'NVLink failed', help: 'A reset helps; if it comes again, look at the links.' },
  79: {
    severity: 'fatal',
    what: 'it has fallen off the bus',
    help: 'A reboot helps; if it comes again, look at power, cooling and its seat in the slot.',
  },
  94: {
    severity: 'drain',
    what: 'an error in its memory, which one program alone has felt',
    help: 'A reset, once its run has ended, takes the bad row out of use.',
  },
  95: { severity: 'fatal', what: 'an error in its memory that may have reached any program', help: RESET },
  119: { severity: 'fatal', what: 'its system processor does not answer the driver', help: RESET },
  120: { severity: 'fatal', what: 'its system processor failed', help: RESET },
  140: { severity: 'fatal', what: 'an error in its memory from which it did not recover', help: RESET },
}
