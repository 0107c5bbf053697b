import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Correspondent, Receipt, Thread, ThreadState } from '../../messages/thread.ts';
import { handoverWords } from '../../words/handover-words.ts';
import type { MessageWords } from '../../words/message-words.ts';
import type { Words } from '../../words/words.ts';
import { instantInWords } from '../dates-in-words.ts';
import type { Tone } from '../marks.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * An organisation's name. Whoever a rule holds back comes without a code; that somebody is there is said in the reader's
 * language, and not in the launcher's (safety H24).
 */
export function organisationInWords({ ods, name }: Correspondent['organisation'], { language }: Words): string {
  return ods === '' ? handoverWords(language).unheardSome : name;
}

/** "Duty doctor, Northcliffe Surgery"; a person there before both. */
export function correspondentInWords({ person, team, organisation }: Correspondent, words: Words): string {
  const name = organisationInWords(organisation, words);
  if (organisation.ods === '') return name;
  return [person, team, name].filter((part) => part !== undefined && part !== '').join(', ');
}

/** Each state has a shape of its own; a colour only where somebody has to act. A word always stands beside it. */
const SHAPES: Readonly<Record<ThreadState, readonly [Tone | 'waiting', SVGTemplateResult]>> = {
  queued: ['waiting', svg`<circle class="line" cx="8" cy="8" r="6"/><path class="line" d="M8 4.5V8l2.4 1.6"/>`],
  delivered: ['quiet', svg`<path class="line" d="M2 3.5h12v9H2Zm0 .5 6 4.6L14 4"/>`],
  opened: ['quiet', svg`<path class="line" d="M2 6.5 8 2l6 4.5v7H2Zm0 .3 6 4 6-4"/>`],
  answered: ['ok', svg`<path class="line" d="M7 3 2 7.5 7 12V9.3c3.5-.2 5.5 1 7 3.7-.3-4.2-2.5-7-7-7.4Z"/>`],
  overdue: ['caution', svg`<path class="line" d="M8 2.2 14.2 13.8H1.8Z"/><path class="line" d="M8 6.2v3.6M8 11.2v1"/>`],
  escalated: ['caution', svg`<path class="line" d="M2 13.5h4V9h4V4.5h4M11.5 2 14 4.5 11.5 7"/>`],
  undeliverable: ['risk', svg`<path class="line" d="m3.5 3.5 9 9m0-9-9 9"/>`],
  closed: ['quiet', svg`<path class="line" d="M2.5 2.5h11v11h-11Zm2.5 5.7 2.2 2.3L11 5.8"/>`],
};

export function threadMark(state: ThreadState): TemplateResult {
  const [tone, shape] = SHAPES[state];
  return html`<svg class="mark ${tone}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shape}</svg>`;
}

/** Whether somebody has to do something about it before anything else. */
export function isPressing({ state }: { readonly state: ThreadState }): boolean {
  return state === 'overdue' || state === 'escalated' || state === 'undeliverable';
}

/**
 * What its state proves, in a sentence; nothing where the receipt that would prove it is not there (safety H31): the word
 * of the state is then the launcher's alone.
 */
export function proofInWords(thread: Thread, words: MessageWords, around: Surroundings): string | undefined {
  const { state, to, from, messages, escalations, dueAt, closedBy } = thread;
  const when = (at: string): string => instantInWords(at, around.words);
  const say = (who: Correspondent, at: string): string =>
    words.proves[state](correspondentInWords(who, around.words), when(at));
  if (state === 'escalated') {
    const last = escalations.at(-1);
    return last && `${ruleInWords(last, words)} ${say(last.to, last.at)}`;
  }
  if (state === 'overdue') return dueAt === undefined ? undefined : say(to, dueAt);
  if (state === 'closed')
    return closedBy
      ? words.proves.closed(`${closedBy.name}, ${closedBy.team}`, when(closedBy.since))
      : words.proves.closed('', '');
  if (state === 'queued') return say(to, '');
  const receipt = lastReceipt(thread, state);
  if (state === 'undeliverable')
    return heldBackBy(receipt) === undefined
      ? say(lostAt(thread), '')
      : words.heldBack.proves(correspondentInWords(lostAt(thread), around.words));
  if (!receipt) return undefined;
  if (state === 'answered') return say(writerOf(receipt, messages) ?? to, receipt.at);
  // Who has it is whoever it was written to: of an answer that is the side which asked.
  const writer = messages.find(({ receipts }) => receipts.includes(receipt))?.from;
  const receiver = writer && writer.organisation.ods === to.organisation.ods && from.address !== to.address ? from : to;
  return say(receiver, receipt.at);
}

/** Who wrote the answer, who need not be who has the conversation now. */
function writerOf({ at }: Receipt, messages: Thread['messages']): Correspondent | undefined {
  const asked = messages.findIndex(({ receipts }) => receipts.some((one) => one.kind === 'answered' && one.at === at));
  return messages.find(({ sentAt }, index) => index > asked && sentAt === at)?.from;
}

/** Whose system refused it: of an answer that of the side which asked. */
function lostAt({ messages, to, from }: Thread): Correspondent {
  const last = messages.at(-1);
  return last?.from.address === to.address && last.receipts.some(({ kind }) => kind === 'undeliverable') ? from : to;
}

/** Why it went on, in the reader's language; a rule that only the launcher knows is in its words. */
export function ruleInWords({ rule, words: said }: Thread['escalations'][number], words: MessageWords): string {
  return words.rules[rule] ?? said;
}

/** The proof that is newest of its kind, over all messages. */
function lastReceipt({ messages }: Thread, kind: Receipt['kind']): Receipt | undefined {
  return messages
    .flatMap(({ receipts }) => receipts)
    .filter((receipt) => receipt.kind === kind)
    .reduce<Receipt | undefined>((newest, one) => (newest && newest.at >= one.at ? newest : one), undefined);
}

/** The rule of the community by which it was handed to nobody. */
function heldBackBy(receipt: Receipt | undefined): string | undefined {
  return receipt?.kind === 'undeliverable' ? receipt.rule : undefined;
}

/** One receipt in words. Nothing of it is inferred from another. */
export function receiptInWords(receipt: Receipt, words: MessageWords, around: Surroundings): string {
  const rule = heldBackBy(receipt);
  if (rule !== undefined) return words.heldBack.receipt(instantInWords(receipt.at, around.words), rule);
  const by =
    receipt.kind === 'undeliverable' ? (words.refusals[receipt.code] ?? words.refusedElse) : (receipt.by ?? '');
  return words.receipts[receipt.kind](instantInWords(receipt.at, around.words), by);
}

/** Who an answer of the reader's goes to: the side that is not their own organisation's; both, where that is not told. */
export function otherSide({ from, to }: Thread, { sources }: Surroundings): readonly Correspondent[] {
  const home = [...sources.values()].find((source) => source.home)?.organisation.ods;
  if (from.organisation.ods === to.organisation.ods || home === undefined) return [from, to];
  if (home === to.organisation.ods) return [from];
  return home === from.organisation.ods ? [to] : [from, to];
}

/** When anything of it was last written. */
export function lastWritten({ messages }: Thread): string | undefined {
  return messages.at(-1)?.sentAt;
}
