import { BuildMemory } from '../record/build-memory.ts';
import { mergeAtOnce, mergeInSteps, type Merging, type RecordParts } from '../record/merge.ts';
import type { Entry, Unread } from '../record/entry.ts';
import type { Patient } from '../record/patient.ts';
import type { PatientRecord } from '../record/patient-record.ts';
import type { FinalSourceStatus, SourceStatus } from '../record/source-status.ts';
import type { Source, SourceId } from '../record/source.ts';
import type { RecordEvent } from '../record/wire.ts';
import { inSlices, untilMoment } from './in-slices.ts';
import { nextFrame } from './next-frame.ts';
import type { StreamEnd } from './open-stream.ts';

/** Where the view stands, apart from the record itself. */
export type StorePhase =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'open' }
  /** The stream broke, and what is missing is being asked for again. */
  | { readonly phase: 'resuming' }
  | { readonly phase: 'ended'; readonly how: StreamEnd | { readonly end: 'mismatch' } };

/** Runs the task once, soon, or `calmly` within a tenth of a second. Injected so that a test needs no frame. */
export type Schedule = (task: () => void, calmly: boolean) => () => void;

type Held = { readonly entries: Entry[]; readonly unread: Unread[] };

/** So few entries are merged in less than a slice; the record of more is built between other tasks. */
const AT_ONCE = 1_000;
/** A view that takes long to build is built less often, so that it never takes more than a part of the time. */
const REST = 3;

/**
 * Longer than other files because what arrives, is asked again and is forgotten share one state.
 *
 * Everything that has arrived in one view. It builds the record at most once per frame and lets others run meanwhile;
 * only the first clinical facts do not wait for a frame, for somebody is looking at an empty page. `forget` empties it
 * at once, for good.
 */
export class MergingStore {
  readonly #listeners = new Set<() => void>();
  readonly #schedule: Schedule;
  readonly #held = new Map<SourceId, Held>();
  readonly #statuses = new Map<SourceId, SourceStatus>();
  readonly #askedAt = new Map<SourceId, number>();
  #patient: Patient | undefined;
  #sources: readonly Source[] = [];
  #record: PatientRecord | undefined;
  #stale = false;
  #holdsFacts = false;
  /** What is due is due calmly. */
  #calm = false;
  #cancel: (() => void) | undefined;
  #memory = new BuildMemory();
  #merging: Merging;
  /** What the record that is shown was merged by. */
  #mergedBy: Merging | undefined;
  #building = false;
  #restUntil = 0;
  #forgotten = false;

  phase: StorePhase = { phase: 'connecting' };
  /** ISO instant at which the launcher opened the view. */
  openedAt: string | undefined;
  viewId: string | undefined;
  /** Until when the glass is broken (ISO instant), and whether this reader may break it. */
  emergencyUntil: string | undefined;
  emergencySpooled = false;
  mayBreakGlass = false;

  constructor(merging: Merging, schedule: Schedule = nextFrame) {
    this.#merging = merging;
    this.#schedule = schedule;
  }

  /** The record of what has arrived: of all of it, or, while much is being merged, of what had arrived a moment ago. */
  get record(): PatientRecord | undefined {
    if (this.#stale && this.#holdsLittle) {
      const parts = this.#parts();
      this.#stale = false;
      if (parts) this.#built(mergeAtOnce(parts, this.#merging), this.#merging);
    }
    return this.#record;
  }

  get #holdsLittle(): boolean {
    return [...this.#held.values()].reduce((sum, { entries }) => sum + entries.length, 0) <= AT_ONCE;
  }

  /** Milliseconds on `performance.now()` at which this source was asked. */
  askedAt(source: SourceId): number | undefined {
    return this.#askedAt.get(source);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Merges by these from now on, all that has come included. Settles when the record says so, for whoever draws it must
   * not show what was merged before as if it were this.
   */
  async mergeWith(merging: Merging): Promise<void> {
    this.#merging = merging;
    this.#memory = new BuildMemory();
    if (this.#record === undefined) return;
    this.#changed();
    await new Promise<void>((resolve) => {
      const unsubscribe = this.subscribe(() => {
        // Nothing to wait for once the view has been emptied, or is merged in yet another way.
        if (this.record !== undefined && this.#merging === merging && this.#mergedBy !== merging) return;
        unsubscribe();
        resolve();
      });
    });
  }

  /** Takes one event of the main stream. */
  take(event: RecordEvent): void {
    if (this.#forgotten) return;
    if (event.type === 'opened') this.#open(event);
    if (event.type === 'entries') holdIn(this.#held, event);
    if (event.type === 'settled') this.#settle(event.source, event.status);
    if (event.type === 'alive' || event.type === 'closed') return;
    this.#changed(event.type !== 'opened' && !this.#holdsFacts && this.#isAwaited);
    if (event.type === 'entries' && !this.#holdsFacts && event.entries.some(isClinical)) this.#hurry();
  }

  /** Starts asking one source again: what it said stays on screen until its new answer is whole. */
  askAgain(source: SourceId): (event: RecordEvent) => void {
    this.#statuses.set(source, { state: 'waiting' });
    this.#askedAt.set(source, now());
    this.#changed();
    return this.#replacing((id) => id === source);
  }

  /**
   * The stream broke: names the sources that have not ended, and takes what is said of them from now on. Each one's new
   * answer takes the place of the part that had come, so nothing stands twice. `undefined`: everybody had ended.
   */
  resume(): { readonly missing: readonly SourceId[]; take(event: RecordEvent): void } | undefined {
    const missing = this.#sources.map(({ id }) => id).filter((id) => this.#statuses.get(id)?.state === 'waiting');
    if (this.#forgotten || missing.length === 0) return undefined;
    this.phase = { phase: 'resuming' };
    this.#changed();
    const replace = this.#replacing(() => true);
    return {
      missing,
      take: (event) => {
        if (event.type === 'opened' && this.phase.phase === 'resuming') this.phase = { phase: 'open' };
        replace(event);
      },
    };
  }

  /** A source that is asked again and never settles has not answered. */
  settleUnanswered(source: SourceId, at: string): void {
    if (this.#forgotten || this.#statuses.get(source)?.state !== 'waiting') return;
    this.#statuses.set(source, { state: 'unavailable', code: 'stream.cut', at, tookMs: 0, sections: {} });
    this.#changed();
  }

  end(how: Extract<StorePhase, { phase: 'ended' }>['how']): void {
    if (this.#forgotten || this.#mismatched) return;
    this.phase = { phase: 'ended', how };
    if (how.end === 'refused') this.mayBreakGlass = how.mayBreakGlass === true;
    // Nobody will settle them any more: they have not answered, and must not look as if they still might.
    for (const { id } of this.#sources) this.settleUnanswered(id, this.openedAt ?? '');
    if (how.end === 'mismatch' || how.end === 'unknown-version') this.#empty();
    this.#changed();
  }

  /** Lets go of everything. Nothing that arrives afterwards is taken. */
  forget(): void {
    this.#forgotten = true;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#empty();
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  #open(event: Extract<RecordEvent, { type: 'opened' }>): void {
    this.#patient = event.patient;
    this.#sources = event.sources;
    this.openedAt = event.at;
    this.viewId = event.viewId;
    this.emergencyUntil = event.emergency?.until;
    this.emergencySpooled = event.emergency?.spooled === true;
    this.mayBreakGlass = event.mayBreakGlass === true;
    this.phase = { phase: 'open' };
    for (const { id } of event.sources) {
      this.#statuses.set(id, { state: 'waiting' });
      this.#askedAt.set(id, now());
    }
  }

  get #mismatched(): boolean {
    return this.phase.phase === 'ended' && this.phase.how.end === 'mismatch';
  }

  /** A source's answer is taken when it is whole, in the place of all it had said before. */
  #replacing(wanted: (source: SourceId) => boolean): (event: RecordEvent) => void {
    const fresh = new Map<SourceId, Held>();
    return (event) => {
      if (this.#forgotten || this.#mismatched) return;
      if (event.type === 'opened' && this.#patient?.nhsNumber !== event.patient.nhsNumber)
        return this.end({ end: 'mismatch' });
      if ((event.type !== 'entries' && event.type !== 'settled') || !wanted(event.source)) return;
      if (event.type === 'entries') return holdIn(fresh, event);
      this.#held.set(event.source, fresh.get(event.source) ?? { entries: [], unread: [] });
      fresh.delete(event.source);
      this.#settle(event.source, event.status);
      this.#changed();
    };
  }

  /** What a rule of the community withholds is let go of, even where it had come: an objection made meanwhile holds. */
  #settle(source: SourceId, status: FinalSourceStatus): void {
    this.#statuses.set(source, status);
    if (status.state === 'withheld' && status.by === 'policy') this.#held.delete(source);
  }

  /** A copy of what is held: a build takes a while, and what comes meanwhile is for the next one. */
  #parts(): RecordParts | undefined {
    return (
      this.#patient && {
        patient: this.#patient,
        sources: this.#sources,
        statuses: new Map(this.#statuses),
        entries: [...this.#held.values()].flatMap((held) => held.entries),
        unread: [...this.#held.values()].flatMap((held) => held.unread),
        nowMs: Date.parse(this.openedAt ?? '') || Date.now(),
      }
    );
  }

  #empty(): void {
    this.#held.clear();
    this.#statuses.clear();
    this.#askedAt.clear();
    this.#patient = undefined;
    this.#sources = [];
    this.#record = undefined;
    this.#stale = false;
    this.#memory = new BuildMemory();
  }

  /** Whatever else came in the same piece of the stream goes with it. */
  #hurry(): void {
    this.#holdsFacts = true;
    queueMicrotask(() => {
      if (!this.#cancel) return;
      this.#cancel();
      this.#cancel = undefined;
      this.#due();
    });
  }

  /** `calm`: of the count of those who answered, before there is anything else to read. The first fact finds the page free. */
  #changed(calm = false): void {
    this.#stale = true;
    if (this.#calm && !calm) {
      this.#cancel?.();
      this.#cancel = undefined;
    }
    if (this.#cancel) return;
    this.#calm = calm;
    this.#cancel = this.#schedule(() => {
      this.#cancel = undefined;
      this.#due();
    }, calm);
  }

  get #isAwaited(): boolean {
    return [...this.#statuses.values()].some(({ state }) => state === 'waiting');
  }

  #due(): void {
    if (this.#holdsLittle) this.#publish();
    else void this.#build();
  }

  #built(record: PatientRecord, merging: Merging): void {
    this.#record = record;
    this.#mergedBy = merging;
  }

  #publish(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Merges in slices. What arrives meanwhile is for the next build, after a rest. */
  async #build(): Promise<void> {
    if (this.#building) return;
    this.#building = true;
    const memory = this.#memory;
    try {
      await untilMoment(this.#restUntil);
      const started = now();
      const parts = this.#parts();
      this.#stale = false;
      const merging = this.#merging;
      const record = parts && (await inSlices(mergeInSteps(parts, merging, memory), () => memory === this.#memory));
      // Forgotten, or emptied for somebody else's answer: what was being built belongs to nobody.
      if (memory === this.#memory && record) this.#built(record, merging);
      this.#restUntil = now() + (now() - started) * REST;
    } finally {
      this.#building = false;
    }
    if (this.#forgotten) return;
    this.#publish();
    if (this.#stale) this.#changed();
  }
}

function holdIn(
  map: Map<SourceId, Held>,
  { source, entries, unread }: Extract<RecordEvent, { type: 'entries' }>,
): void {
  const held = map.get(source) ?? { entries: [], unread: [] };
  for (const entry of entries) held.entries.push(entry);
  for (const item of unread) held.unread.push(item);
  map.set(source, held);
}

/** Who the person is stands in the banner already. */
function isClinical({ section }: Entry): boolean {
  return section !== 'demographics';
}

function now(): number {
  return performance.now();
}
