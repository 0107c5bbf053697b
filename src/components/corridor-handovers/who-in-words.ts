import type { Owner } from '../../messages/thread.ts';
import type { HandoverWords } from '../../words/handover-words.ts';

/** Who must not be named comes without a name; that somebody is there is said in the reader's language (safety H24). */
export function ownerInWords({ name }: Owner, words: HandoverWords): string {
  return name === '' ? words.somebody : name;
}
