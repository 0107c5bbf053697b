import type { Words } from '../../words/words.ts';

/** One record on the screen, of one session (`open-record.ts`). */
export type RecordView = {
  /** Off the screen and all its requests aborted, in this same task. */
  blank(): void;
  /** Writes the transition into the launcher's audit. */
  tell(change: { readonly from: number; readonly to: number; readonly why: string }): Promise<void>;
  /** Light or dark as the host has it; `undefined`: as the reader has it. */
  dress?(scheme: 'light' | 'dark' | undefined): void;
  /** The same record in other words. */
  speak?(words: Words): void;
  /** Ends the session at the launcher. */
  end(): void;
};
