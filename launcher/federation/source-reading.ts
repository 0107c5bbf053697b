import type { Reading } from '../../src/record/entry.ts';
import { ResourceReader } from '../../src/record/read-resources.ts';
import { asObject, asObjects, isResource, type Resource } from '../../src/record/resource.ts';
import type { SourcePage } from '../../plugins/plugin.ts';
import type { Asked } from './ask-source.ts';
import type { FederationDeps } from './deps.ts';
import { HeldForEncounter } from './held-for-encounter.ts';
import type { Progress } from './progress.ts';

/** The one person at this source that the request is about. */
export type Person = { readonly id: string; readonly resource: Resource };

/** Every page takes the same way: repeats out, other people's out, what the reader may not see out; only then is it read. */
export class SourceReading {
  readonly #asked: Asked;
  readonly #deps: FederationDeps;
  readonly #progress: Progress;
  readonly #person: Person;
  readonly #restricted: boolean;
  readonly #reader: ResourceReader;
  readonly #held: HeldForEncounter | undefined;

  constructor(asked: Asked, deps: FederationDeps, progress: Progress, person: Person) {
    this.#asked = asked;
    this.#deps = deps;
    this.#progress = progress;
    this.#person = person;
    this.#restricted = isRestricted(person.resource);
    this.#reader = new ResourceReader(asked.source);
    this.#held = deps.redactor.needsEncounters?.(asked.source)
      ? new HeldForEncounter(asked, progress, person)
      : undefined;
  }

  /** Types to ask for: those that are shown, and encounters where what was made in one is judged by its unit. */
  typesToAsk(shown: readonly string[]): readonly string[] {
    return this.#held ? ['Encounter', ...shown.filter((type) => type !== 'Encounter')] : shown;
  }

  take(page: SourcePage): Reading {
    const progress = this.#progress;
    progress.pages++;
    if (page.resources.length > 0) progress.arrived.add(page.type);
    const own = progress.fresh(page.resources).filter((resource) => this.#isOwn(resource, page.type));
    const reading = this.#read(this.#held?.pass(own, page.type) ?? own);
    if (page.end) progress.ends.set(page.type, page.end);
    return reading;
  }

  /** What waited for an encounter until nothing more comes: judged by what is known, which is then that one is missing. */
  async takeHeld(signal: AbortSignal): Promise<Reading> {
    const isOwn = (resource: Resource): boolean => this.#isOwn(resource, 'Encounter');
    return this.#read((await this.#held?.last(isOwn, signal)) ?? []);
  }

  /** The conversation broke off: nothing is said to be complete of which something was still waiting. */
  breakOff(): void {
    this.#held?.breakOff();
  }

  #read(own: readonly unknown[]): Reading {
    const progress = this.#progress;
    const shown = own.filter((resource) => this.#mayBeRead(resource));
    const reading = this.#reader.read(shown);
    const entries = this.#deps.redactor.cut(reading.entries, {
      sections: this.#asked.sections,
      restricted: this.#restricted,
    });
    progress.countShown(entries);
    progress.unread += reading.unread.length;
    return { entries, unread: reading.unread };
  }

  #isOwn(resource: unknown, asked: string): boolean {
    if (!isResource(resource) || this.#deps.isAbout(resource, this.#person.id)) return true;
    this.#progress.wrongPatient++;
    this.#progress.wrongTypes.add(asked).add(resource.resourceType);
    return false;
  }

  /** What is held back never meets the other resources, so that no name of it can be resolved into them (safety H23). */
  #mayBeRead(resource: unknown): boolean {
    if (!isResource(resource)) return true;
    const { source, sections } = this.#asked;
    const verdict = this.#deps.redactor.judge(resource, {
      source,
      sections,
      ...(this.#held && { encounter: this.#held.find }),
    });
    if (verdict === 'withheld') {
      const unseen = new ResourceReader(this.#asked.source).read([resource]).entries;
      this.#progress.countWithheld(unseen.filter(({ section }) => this.#asked.sections.includes(section)));
    }
    if (verdict !== 'shown') this.#deps.withheld?.(this.#asked.source, resource);
    return verdict === 'shown';
  }
}

/** The source itself marks this person's whereabouts as restricted (PDS: meta.security R, V or REDACTED). */
export function isRestricted(patient: Resource): boolean {
  const labels = asObjects(asObject(patient['meta'])?.['security']);
  return labels.some(({ code }) => code === 'R' || code === 'V' || code === 'REDACTED');
}
