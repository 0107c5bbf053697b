import type { FindEncounter } from '../../src/record/fhir/encounter-units.ts';
import { isResource, type Resource } from '../../src/record/resource.ts';
import { SourceTrouble } from '../../plugins/plugin.ts';
import { typesOf } from './answers.ts';
import type { Asked } from './ask-source.ts';
import { untilAborted } from './deadline.ts';
import { Encounters } from './encounters.ts';
import type { Progress } from './progress.ts';

type Held = { readonly resource: Resource; readonly type: string };

/**
 * Where an organisation keeps back what a unit made, an item that only refers to its encounter waits until that has
 * come, on whichever page: judged earlier it would slip through (safety H23). Its source's limits bound how many wait.
 */
export class HeldForEncounter {
  readonly #asked: Asked;
  readonly #progress: Progress;
  readonly #patientId: string;
  readonly #encounters = new Encounters();
  /** No section that the reader may see is made of encounters: they were asked for to judge by, and are not shown. */
  readonly #onlyToJudge: boolean;
  #held: readonly Held[] = [];

  constructor(asked: Asked, progress: Progress, { id }: { readonly id: string }) {
    this.#asked = asked;
    this.#progress = progress;
    this.#patientId = id;
    this.#onlyToJudge = !typesOf(asked.sections).includes('Encounter');
  }

  get find(): FindEncounter {
    return this.#encounters.find;
  }

  /** What of a page, and of what waited, can be judged now. */
  pass(own: readonly unknown[], type: string): readonly unknown[] {
    const encounters = own.filter((one) => isResource(one) && one.resourceType === 'Encounter');
    this.#encounters.learn(encounters);
    const fresh = this.#onlyToJudge ? own.filter((one) => !encounters.includes(one)) : own;
    const waited = encounters.length > 0 ? this.#held : [];
    const released = waited.filter((held) => !this.#waits(held.resource));
    const waiting = fresh.filter((one): one is Resource => isResource(one) && this.#waits(one));
    this.#held = [
      ...(released.length > 0 ? this.#held.filter((held) => !released.includes(held)) : this.#held),
      ...waiting.map((resource) => ({ resource, type })),
    ];
    const held = new Set<unknown>(waiting);
    return [...released.map(({ resource }) => resource), ...fresh.filter((one) => !held.has(one))];
  }

  /** Everything that still waits, after their encounters were asked for by name. */
  async last(isOwn: (resource: Resource) => boolean, signal: AbortSignal): Promise<readonly Resource[]> {
    const held = this.#held;
    if (held.length === 0) return [];
    await this.#ask(isOwn, signal);
    const end = this.#progress.ends.get('Encounter');
    // A list that ended well does not have it. One that broke off might: then its items are not known, not absent.
    if (end?.state !== 'complete' && end?.state !== 'not-supported')
      for (const { resource, type } of held) if (this.#waits(resource)) this.#break(type);
    this.#held = [];
    return held.map(({ resource }) => resource);
  }

  breakOff(): void {
    for (const { type } of this.#held) this.#progress.ends.delete(type);
    this.#held = [];
  }

  async #ask(isOwn: (resource: Resource) => boolean, signal: AbortSignal): Promise<void> {
    const about = this.#held.map(({ resource }) => resource);
    try {
      await untilAborted(this.#encounters.ask(about, this.#patientId, this.#asked.connection, isOwn, signal), signal);
    } catch (error) {
      // Without an answer they stay unknown, and what was made in them is judged so.
      if (signal.aborted || !(error instanceof SourceTrouble)) throw error;
    }
  }

  #break(type: string): void {
    const end = this.#progress.ends.get('Encounter');
    if (end && this.#progress.ends.get(type)?.state === 'complete') this.#progress.ends.set(type, end);
    else if (!end) this.#progress.ends.delete(type);
  }

  #waits(resource: Resource): boolean {
    return this.#encounters.missing(resource).length > 0;
  }
}
