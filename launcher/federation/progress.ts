import { hash } from 'node:crypto';
import type { Entry } from '../../src/record/entry.ts';
import { ByAddress } from '../../src/record/by-address.ts';
import { resourceId } from '../../src/record/fhir/statement.ts';
import { isResource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { TypeEnd } from '../../plugins/plugin.ts';

/** What one source has sent so far: the ledger's row and the source's final word are made from this. */
export class Progress {
  readonly ends = new Map<string, TypeEnd>();
  /** Types asked for of which something came. */
  readonly arrived = new Set<string>();
  readonly shown = new Map<SectionId, number>();
  readonly withheld = new Map<SectionId, number>();
  /** Types among which a resource of somebody else was found, and how many there were. */
  readonly wrongTypes = new Set<string>();
  wrongPatient = 0;
  unread = 0;
  pages = 0;
  /** A digest of what last came under each id: a view lasts, and its resources need not stay in memory for it. */
  readonly #seen = new ByAddress<string>();

  /**
   * What is new in a page. The same resource comes again as an include or on a later page; an exact repeat is one
   * thing, another content under the same id is kept for the model to judge (safety F25).
   */
  fresh(resources: readonly unknown[]): readonly unknown[] {
    return resources.filter((resource) => {
      if (!isResource(resource)) return true;
      const { resourceType } = resource;
      const id = resourceId(resource);
      const digest = hash('sha256', JSON.stringify(resource), 'binary');
      const repeated = this.#seen.at(resourceType, id) === digest;
      if (!repeated) this.#seen.set(resourceType, id, digest);
      return !repeated;
    });
  }

  countShown(entries: readonly Entry[]): void {
    for (const { section } of entries) this.shown.set(section, (this.shown.get(section) ?? 0) + 1);
  }

  countWithheld(entries: readonly Entry[]): void {
    for (const { section } of entries) this.withheld.set(section, (this.withheld.get(section) ?? 0) + 1);
  }
}
