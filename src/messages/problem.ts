import type { Handover } from './handover.ts';
import type { Thread } from './thread.ts';

/**
 * Why something was not done: a stable code of the launcher's, and what it was done to as that is now, where somebody else
 * was quicker. `unknown`: no answer came, so it is not known whether it was done.
 */
export class MessageProblem extends Error {
  readonly code: string;
  readonly thread: Thread | undefined;
  readonly handover: Handover | undefined;
  constructor(code: string, now: { readonly thread?: Thread; readonly handover?: Handover } = {}) {
    super(code);
    this.name = 'MessageProblem';
    this.code = code;
    this.thread = now.thread;
    this.handover = now.handover;
  }
}

/** Under this id other words went before: what they were is in `thread`. */
export const OTHER_CONTENT = 'message.other_content';

/** No answer came. */
export const NOT_KNOWN = 'unknown';

export function problemOf(error: unknown): MessageProblem {
  return error instanceof MessageProblem ? error : new MessageProblem(NOT_KNOWN);
}
