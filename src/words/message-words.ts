import type { ThreadAct, ThreadState, Urgency } from '../messages/thread.ts';
import { messagesCy } from './messages-cy.ts';
import { messagesEnGB } from './messages-en-GB.ts';
import type { Counted } from './words.ts';

/** The words of conversations between organisations. They come with their part, and not before. */
export type MessageWords = {
  readonly heading: string;
  readonly count: Counted;
  readonly more: string;
  readonly none: string;
  readonly loading: string;
  readonly notLoaded: string;
  readonly notHere: string;
  readonly stale: (since: string) => string;
  readonly askAgain: string;
  readonly write: string;
  readonly askAbout: string;
  readonly askAboutOf: (item: string) => string;
  readonly about: string;
  readonly aboutPerson: string;
  readonly aboutElsewhere: (organisation: string) => string;
  readonly aboutWithheld: string;
  readonly showItem: string;
  readonly from: string;
  readonly to: string;
  readonly urgency: Readonly<Record<Urgency, string>>;
  readonly due: (when: string) => string;
  readonly dueBy: string;
  readonly states: Readonly<Record<ThreadState, string>>;
  /** What the state proves, and nothing more. `who` is the other side, or the one it was passed to. */
  readonly proves: Readonly<Record<ThreadState, (who: string, when: string) => string>>;
  /** Why it went on, by the rule; the launcher’s own words stand for a rule that has none here. */
  readonly rules: Readonly<Record<string, string>>;
  /** Why a system refused it, by its code. */
  readonly refusals: Readonly<Record<string, string>>;
  readonly refusedElse: string;
  readonly answeredSoFar: string;
  readonly receipts: Readonly<
    Record<'queued' | 'delivered' | 'opened' | 'answered' | 'undeliverable', (when: string, by: string) => string>
  >;
  /** No system refused it: a rule held it back on its way. */
  readonly heldBack: {
    readonly receipt: (when: string, rule: string) => string;
    readonly proves: (who: string) => string;
  };
  readonly receiptsOf: string;
  readonly unreadable: Readonly<Record<'tampered' | 'destroyed' | 'withheld', string>>;
  readonly owner: (name: string, team: string, since: string) => string;
  readonly noOwner: string;
  readonly escalatedTo: (when: string, to: string, why: string) => string;
  readonly acts: Readonly<Record<ThreadAct, string>>;
  /** Asked before it is ended; `waits`: nobody has answered. */
  readonly endSure: (waits: boolean) => string;
  readonly ofThread: (act: string, subject: string) => string;
  readonly reply: string;
  readonly replyTo: (to: string) => string;
  readonly sendReply: string;
  readonly sendReplyToo: string;
  readonly discardReply: string;
  readonly reassignTo: string;
  readonly reassign: string;
  readonly cancel: string;
  readonly doing: string;
  readonly moved: string;
  readonly movedAct: string;
  readonly since: string;
  readonly locked: string;
  readonly problems: Readonly<Record<string, string>>;
  /** As `message.other_content`, of an answer. */
  readonly wentReply: string;
  readonly problem: string;
  readonly unknownSent: string;
  readonly compose: {
    readonly heading: string;
    readonly regarding: (patient: string) => string;
    readonly patient: string;
    readonly item: string;
    readonly to: string;
    readonly choose: string;
    readonly find: string;
    readonly noMatch: string;
    readonly addressesLoading: string;
    readonly addressesFailed: string;
    readonly unheard: (names: string) => string;
    readonly why: Readonly<Record<'key-worker' | 'registered-gp' | 'involved' | 'directory', string>>;
    readonly recorded: string;
    readonly subject: string;
    readonly body: string;
    readonly left: Counted;
    readonly urgency: string;
    readonly urgentHelp: string;
    readonly needed: (what: string) => string;
    readonly dueTooEarly: string;
    readonly check: string;
    readonly checkHeading: string;
    readonly checkHelp: string;
    readonly change: string;
    readonly send: (to: string) => string;
    readonly sending: string;
    readonly sent: (to: string) => string;
    readonly sentHelp: string;
    readonly close: string;
    readonly discard: string;
    readonly discardSure: string;
    readonly keep: string;
    readonly returned: string;
    readonly resume: string;
    /** Other words went under this message before: what went, what did not, and what makes that a message of its own. */
    readonly went: (to: string, when: string) => string;
    readonly notWent: string;
    readonly asNew: string;
    readonly another: string;
    readonly fold: string;
    readonly unfold: string;
  };
  readonly mark: (count: number, state: string) => string;
  readonly inbox: {
    readonly heading: (team: string | undefined) => string;
    readonly loading: string;
    readonly none: string;
    readonly noneOf: string;
    readonly more: string;
    readonly showMore: string;
    readonly columns: Readonly<Record<'state' | 'patient' | 'subject' | 'from' | 'due' | 'owner', string>>;
    readonly unopened: string;
    readonly withheld: string;
    readonly open: string;
    readonly openOf: (subject: string) => string;
    readonly opening: string;
    readonly openThere: string;
    readonly notOpened: string;
    readonly filter: string;
    readonly filters: Readonly<Record<'all' | 'unopened' | 'urgent' | 'overdue' | 'unowned', string>>;
    readonly born: (when: string) => string;
    readonly last: (when: string) => string;
  };
  /** The list of the reader's teams, looked at from an open chart. */
  readonly teamList: {
    readonly which: string;
    readonly person: string;
    readonly team: string;
    readonly waits: Counted;
    readonly waitsLast: (waits: string) => string;
    readonly others: string;
  };
  readonly counts: Readonly<Record<'unopened' | 'urgent' | 'overdue' | 'handovers', Counted>>;
  readonly countsNone: string;
  readonly countsUnknown: string;
};

export function messageWords(language: string): MessageWords {
  return language === 'cy' ? messagesCy : messagesEnGB;
}

export const MESSAGE_WORDS: Readonly<Record<string, MessageWords>> = { 'en-GB': messagesEnGB, cy: messagesCy };
