import type { Thread } from '../../src/messages/thread.ts';
import { CorridorError, type ErrorCode } from '../errors.ts';

/** Refused for what stands there already: whoever is refused is shown it, as it is now. */
export class ThreadStands extends CorridorError {
  readonly thread: Thread;
  constructor(code: Extract<ErrorCode, 'message.thread_moved' | 'message.other_content'>, thread: Thread) {
    super(code);
    this.thread = thread;
  }
}

/** Somebody else was here first. */
export class ThreadMoved extends ThreadStands {
  constructor(thread: Thread) {
    super('message.thread_moved', thread);
  }
}

/** Something else was said under this id: to take the old for the new would let its writer believe that the new one went. */
export class OtherContent extends ThreadStands {
  constructor(thread: Thread) {
    super('message.other_content', thread);
  }
}
