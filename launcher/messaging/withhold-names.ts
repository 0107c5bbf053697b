import type { Correspondent, Message, Receipt, Thread } from '../../src/messages/thread.ts';
import type { OdsCode } from '../../src/record/source.ts';

/**
 * Of a thread in which a rule holds something back, who writes is held back too, and nothing can be done with what cannot be
 * read: whoever may not learn where somebody is may not learn it from who asks about them (safety H24). The reader's own
 * teams are named as ever. `asker` keeps the two sides apart.
 */
export function withholdNames(thread: Thread, own: readonly string[], asker: string): Thread {
  if (!thread.messages.some(({ unreadable }) => unreadable === 'withheld')) return thread;
  const isOwn = (address: string): boolean => own.some((team) => address === team || address.startsWith(`${team}/`));
  const name = (who: Correspondent): Correspondent =>
    isOwn(who.address) ? who : { ...UNNAMED, address: who.address === asker ? 'HIDDEN/asker' : 'HIDDEN/other' };
  const { owner: _owner, closedBy: _closedBy, ...said } = thread;
  return {
    ...said,
    from: name(thread.from),
    to: name(thread.to),
    messages: thread.messages.map((message): Message => {
      const from = isOwn(message.from.address) ? message.from : { ...name(message.from), person: '', role: '' };
      return { ...message, from, receipts: message.receipts.map(nameless) };
    }),
    escalations: thread.escalations.map((one) => ({ ...one, to: name(one.to) })),
    may: [],
  };
}

const UNNAMED = { organisation: { ods: '' as OdsCode, name: 'An organisation' }, team: '' };

function nameless(receipt: Receipt): Receipt {
  return receipt.kind === 'undeliverable' ? receipt : { kind: receipt.kind, at: receipt.at };
}
