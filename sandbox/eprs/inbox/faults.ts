import { Mistake } from '../../mistake.ts';

/**
 * How an EPR's inbox misbehaves. `late`: acknowledges after a while. `silent`: takes it and never says so.
 * `duplicate-ack`: says everything twice. `poison`: what comes while this is on is never taken, whenever it comes again.
 * `busy`: takes nothing just now. `refuses`: for good. `answers-for-another`: its answer names a message nobody sent.
 */
export const INBOX_FAULTS = [
  'none',
  'late',
  'silent',
  'duplicate-ack',
  'poison',
  'busy',
  'refuses',
  'answers-for-another',
] as const;

export type InboxFault = (typeof INBOX_FAULTS)[number];

export type FaultSwitch = { fault: InboxFault; lateMs: number };

export function parseInboxFault(text: unknown): InboxFault {
  const found = INBOX_FAULTS.find((fault) => fault === text);
  if (!found) throw new Mistake(`an inbox has no fault of that name; it has ${INBOX_FAULTS.join(', ')}`);
  return found;
}
