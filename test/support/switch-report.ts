/**
 * Random sequences of what happens around an open record: another patient, the same one again, closing, refreshing,
 * going back, losing the host; answers come early, late and out of order. On every frame, what is on the screen is held
 * against what the host vouches for.
 */
export type SwitchReport = {
  readonly sequences: number;
  readonly moves: number;
  readonly frames: number;
  /** Frames on which a record could be read. */
  readonly shown: number;
  /** From the host's word to an empty screen, in milliseconds: half, ninety-nine of a hundred, and all of them within. */
  readonly blankMs: { readonly p50: number; readonly p99: number; readonly slowest: number };
  /** The longest that work of a fifth of a millisecond took meanwhile, which is none of ours. */
  readonly machineMs: number;
  /** What must not be: the sequence, so that it can be run again, and what was seen. */
  readonly wrong: readonly string[];
};
