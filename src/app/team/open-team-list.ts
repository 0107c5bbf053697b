import { html, render } from 'lit';
import type {
  HandoverAcknowledgeEvent,
  HandoverActEvent,
  HandoverTargetsEvent,
  InboxMoreEvent,
  InboxOpenEvent,
} from '../../components/conversations/conversation-events.ts';
import type { Surroundings } from '../../components/surroundings.ts';
import type { HandoverList } from '../../messages/handover.ts';
import { problemOf } from '../../messages/problem.ts';
import type { InboxCounts, InboxLine } from '../../messages/thread.ts';
import { endSession } from '../../stream/end-session.ts';
import { openMessages, type MessagesClient } from '../../stream/messages-client.ts';
import type { TeamWords } from '../../words/team-en-GB.ts';
import { keepAsking } from '../context/keep-asking.ts';
import { startTimeBox, TIME_LIMITS, type TimeLimits } from '../context/time-box.ts';
import type { OpenedTeam } from '../launch/opened-team.ts';
import { stylePage } from '../launch/page-style.ts';
import { showProblem, type Problem } from '../launch/problem-page.ts';
import { AskingAnew } from '../messaging/asking-anew.ts';
import { actingOf } from '../messaging/handovers-in-view.ts';
import { defineMessages } from '../messaging/define-messages.ts';

const STYLE = `
.team { max-width: 64rem; margin: 0 auto; padding: 1rem; display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); box-sizing: border-box; }
.team header { font: 0.875rem/1.4 Arial, Helvetica, sans-serif; color: #212b32; }
.team h1 { font-size: 1rem; line-height: 1.3; margin: 0; }
.team h1:focus { outline: none; }
.team header p { margin: 0; color: #4c6272; }
@media (max-width: 44rem) { .team { padding: 0.5rem; } }
`;

export type TeamListOptions = {
  readonly opened: OpenedTeam;
  readonly root: HTMLElement;
  readonly window: Window;
  readonly fetch: typeof fetch;
  readonly words: TeamWords;
  readonly around: Surroundings;
  readonly limits?: Omit<TimeLimits, 'absoluteMs'>;
};

type Shown = {
  readonly lines?: readonly InboxLine[];
  readonly more?: boolean;
  readonly counts?: InboxCounts;
  readonly handovers?: HandoverList;
  /** When both were last answered, where they have not been since. */
  readonly stale?: string;
  readonly failed: boolean;
  readonly absent: boolean;
};

/**
 * The list of a user's teams, opened from an EPR's home page with nobody's chart open. It shows lists and no record: a
 * line is read in the person's own chart, by their own launch. It is off the screen when it has been left alone, when it
 * has been out of sight, when its session ends and when the EPR no longer vouches for its user.
 */
export async function openTeamList(options: TeamListOptions): Promise<{ close(): void }> {
  await defineMessages();
  stylePage(options.root.ownerDocument, STYLE);
  const list = new TeamList(options);
  await list.ask();
  return { close: () => list.over(options.words.over) };
}

class TeamList {
  readonly #options: TeamListOptions;
  readonly #client: MessagesClient;
  readonly #stop = new AbortController();
  readonly #ends: (() => void)[] = [];
  #shown: Shown = { failed: false, absent: false };
  #answeredAt: string | undefined;
  #most: number | undefined;

  constructor(options: TeamListOptions) {
    this.#options = options;
    const { opened, window, words, fetch, limits = TIME_LIMITS } = options;
    this.#client = openMessages({ bearer: opened.session, signal: this.#stop.signal, fetch });
    const leave = (): void => this.over(words.over);
    window.addEventListener('pagehide', leave, { signal: this.#stop.signal });
    const absoluteMs = Math.max(0, Date.parse(opened.expiresAt) - Date.now());
    const box = startTimeBox({ idleMs: limits.idleMs, hiddenMs: limits.hiddenMs, absoluteMs }, leave);
    const anew = new AskingAnew(() => this.ask());
    anew.near = true;
    this.#ends.push(
      () => box.stop(),
      () => anew.stop(),
    );
    const { keepMs } = opened.team;
    if (keepMs !== undefined)
      this.#ends.push(
        keepAsking(
          keepMs,
          (signal) => this.#vouched(signal),
          () => this.over(words.signedOut),
        ),
      );
    this.#draw();
  }

  /** Both lists at once; what does not come leaves what was there, and says since when. */
  async ask(): Promise<void> {
    const [inbox, handovers] = await Promise.allSettled([
      this.#client.inbox(this.#most),
      this.#client.handovers('team'),
    ]);
    if (this.#stop.signal.aborted) return;
    const failures = [inbox, handovers].flatMap((one) => (one.status === 'rejected' ? [problemOf(one.reason)] : []));
    if (failures.some(({ code }) => OVER.has(code))) return this.over(this.#options.words.over);
    // A community without handovers has an empty list of them, and that is no failure.
    const absent = handovers.status === 'rejected' && problemOf(handovers.reason).code === 'absent';
    const failed = inbox.status === 'rejected' || (handovers.status === 'rejected' && !absent);
    if (!failed) this.#answeredAt = new Date().toISOString();
    this.#shown = {
      ...this.#shown,
      ...(inbox.status === 'fulfilled' && inbox.value),
      ...(handovers.status === 'fulfilled' && { handovers: handovers.value }),
      failed,
      absent,
    };
    this.#draw();
  }

  readonly #more = ({ most }: InboxMoreEvent): void => {
    this.#most = most;
    void this.ask();
  };

  over(problem: Problem): void {
    if (this.#stop.signal.aborted) return;
    // Off the screen before anything else is done.
    render(html``, this.#options.root);
    showProblem(this.#options.root, problem);
    this.#stop.abort();
    for (const end of this.#ends.splice(0)) end();
    endSession(this.#options.opened.session, this.#options.fetch);
  }

  async #vouched(signal: AbortSignal): Promise<number> {
    const { opened, fetch } = this.#options;
    const { status } = await fetch('/api/session/keep', {
      method: 'POST',
      headers: { authorization: `Bearer ${opened.session}` },
      credentials: 'omit',
      signal,
    });
    return status;
  }

  readonly #open = (event: InboxOpenEvent): void => {
    const opening = this.#client.openLine(event.thread);
    event.respond(opening);
    // Their own EPR's chart, in a window of its own; where there is none the line says how to get there.
    opening.then(
      ({ address }) => address !== undefined && this.#options.window.open(address, '_blank', 'noopener,noreferrer'),
      () => undefined,
    );
  };

  readonly #act = (event: HandoverAcknowledgeEvent | HandoverActEvent): void => {
    const done = this.#client.actOn(event.handover, ...actingOf(event));
    event.respond(done);
    done
      .then(
        () => this.ask(),
        () => this.ask(),
      )
      .catch(() => undefined);
  };

  #draw(): void {
    const { root, words, around, opened } = this.#options;
    const { lines, more = false, counts, handovers, failed, absent } = this.#shown;
    const stale = failed ? this.#answeredAt : undefined;
    const again = (): void => void this.ask();
    render(
      html`<main class="team" lang=${words.language}>
        <header>
          <h1 tabindex="-1">${words.heading}</h1>
          <p>${words.signedIn(opened.team.name)}. ${words.nobody}</p>
        </header>
        <corridor-inbox
          .lines=${lines}
          .more=${more}
          .counts=${counts}
          .standing=${failed ? 'failed' : 'here'}
          .stale=${stale}
          .around=${around}
          @corridor-inbox-more=${this.#more}
          @corridor-inbox-open=${this.#open}
          @corridor-messages-ask=${again}
        ></corridor-inbox>
        <corridor-handovers
          of="team"
          ?hidden=${absent}
          .handovers=${handovers?.handovers}
          .notices=${handovers?.notices ?? []}
          .unheard=${handovers?.unheard ?? []}
          .lacks=${handovers ?? {}}
          .more=${handovers?.more === true}
          .stale=${stale}
          .standing=${failed && !handovers ? 'failed' : 'here'}
          .around=${around}
          @corridor-handover-acknowledge=${this.#act}
          @corridor-handover-act=${this.#act}
          @corridor-handover-targets=${(event: HandoverTargetsEvent) => event.respond(this.#client.targets(event.handover))}
          @corridor-messages-ask=${again}
        ></corridor-handovers>
      </main>`,
      root,
    );
  }
}

/** The session is over, or was never one of a list: nothing more will come. */
const OVER = new Set(['session.expired', 'session.missing', 'session.no_patient']);
