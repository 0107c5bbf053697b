import type { Reading } from '../../src/record/entry.ts';
import { ResourceReader } from '../../src/record/read-resources.ts';
import { asObject, asObjects, isResource, type Resource } from '../../src/record/resource.ts';
import type { SourcePage } from '../../plugins/plugin.ts';
import type { Asked } from './ask-source.ts';
import type { FederationDeps } from './deps.ts';
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

  constructor(asked: Asked, deps: FederationDeps, progress: Progress, person: Person) {
    this.#asked = asked;
    this.#deps = deps;
    this.#progress = progress;
    this.#person = person;
    this.#restricted = isRestricted(person.resource);
    this.#reader = new ResourceReader(asked.source);
  }

  take(page: SourcePage): Reading {
    const progress = this.#progress;
    progress.pages++;
    if (page.resources.length > 0) progress.arrived.add(page.type);
    const own = progress.fresh(page.resources).filter((resource) => this.#isOwn(resource, page.type));
    const shown = own.filter((resource) => this.#mayBeRead(resource));
    const reading = this.#reader.read(shown);
    const entries = this.#deps.redactor.cut(reading.entries, {
      sections: this.#asked.sections,
      restricted: this.#restricted,
    });
    progress.countShown(entries);
    progress.unread += reading.unread.length;
    if (page.end) progress.ends.set(page.type, page.end);
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
    const verdict = this.#deps.redactor.judge(resource, this.#asked);
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
