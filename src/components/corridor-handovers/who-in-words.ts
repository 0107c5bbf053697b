import type { Correspondent, Owner } from '../../messages/thread.ts';
import type { HandoverWords } from '../../words/handover-words.ts';
import { correspondentInWords } from '../conversations/thread-words.ts';

/** Who must not be named comes without a code; that somebody is there is said in the reader's language (safety H24). */
export function organisationInWords({ ods, name }: Correspondent['organisation'], words: HandoverWords): string {
  return ods === '' ? words.unheardSome : name;
}

export function whoInWords(who: Correspondent, words: HandoverWords): string {
  return who.organisation.ods === '' ? words.unheardSome : correspondentInWords(who);
}

export function ownerInWords({ name }: Owner, words: HandoverWords): string {
  return name === '' ? words.somebody : name;
}
