import { encounterKeys, type FindEncounter } from '../../src/record/fhir/encounter-units.ts';
import { resourceKey } from '../../src/record/fhir/statement.ts';
import { isResource, type Resource } from '../../src/record/resource.ts';
import type { OpenSource } from './deps.ts';

const MOST_ASKED = 100;

/**
 * The encounters of one person at one source, by which it is judged what was made in them. They are only looked at:
 * whether one is shown itself is judged as of any other resource.
 */
export class Encounters {
  readonly #known = new Map<string, Resource>();

  readonly find: FindEncounter = (key) => this.#known.get(key);

  learn(resources: readonly unknown[]): void {
    for (const resource of resources)
      if (isResource(resource) && resource.resourceType === 'Encounter')
        this.#known.set(resourceKey(resource), resource);
  }

  /** Names of encounters that have not come, of this resource and of those it was made in. */
  missing(resource: Resource): readonly string[] {
    const missing = new Set<string>();
    const seen = new Set<string>();
    const waiting = [...encounterKeys(resource)];
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      if (seen.has(key)) continue;
      seen.add(key);
      const found = this.#known.get(key);
      if (found) waiting.push(...encounterKeys(found));
      else missing.add(key);
    }
    return [...missing];
  }

  /** Asks by name for what these miss, and again for what those are part of. What does not come stays missing. */
  async ask(
    about: readonly Resource[],
    patientId: string,
    connection: OpenSource,
    isOwn: (resource: Resource) => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    for (let asked = 0; asked < MOST_ASKED;) {
      const before = this.#known.size;
      const keys = [...new Set(about.flatMap((resource) => this.missing(resource)))].slice(0, MOST_ASKED - asked);
      if (keys.length === 0) return;
      asked += keys.length;
      const ids = keys.map((key) => key.slice('Encounter/'.length));
      for await (const { resources } of connection.fetch({ patientId, types: ['Encounter'], ids }, signal))
        this.learn(resources.filter((one) => isResource(one) && keys.includes(resourceKey(one)) && isOwn(one)));
      if (this.#known.size === before) return;
    }
  }
}
