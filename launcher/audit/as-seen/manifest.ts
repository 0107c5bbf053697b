import { createHash, hash, randomBytes } from 'node:crypto';
import type { Entry } from '../../../src/record/entry.ts';
import { whileRemembering } from '../../../src/record/remember.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { SECTIONS } from '../../../src/record/sections/index.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';
import { encodeSeen } from './seen-line.ts';

/** Source, resource, version at that source, SHA-256 (base64) of what was sent of it, and what became of it. */
export type SeenItem = readonly [
  source: string,
  resource: string,
  version: string | null,
  sha256: string,
  state: 'visible' | 'merged' | 'withheld' | 'failed',
];

/** What one view showed, in order. Its hash is in the audit's tree; the salt keeps it from being guessed at once erased. */
export type Manifest = {
  readonly version: 1;
  readonly view: string;
  readonly salt: string;
  readonly end: 'closed' | 'cut';
  readonly lines: number;
  /** SHA-256 (base64) of all lines, one after the other. */
  readonly sha256: string;
  readonly items: readonly SeenItem[];
};

/** Follows a view as its lines leave. What is hashed of an entry is the very text that was sent. */
export class ManifestMaker {
  /** As they will be written, a line of the view at a time: as values they would take three times the memory. */
  readonly #items: Buffer[] = [];
  #ofLine: string[] = [];
  readonly #facts = new Set<string>();
  readonly #all = createHash('sha256');
  #lines = 0;
  #end: Manifest['end'] = 'cut';

  /** The line to send, as the bytes that are hashed, kept and sent: made once. */
  take(event: RecordEvent): Buffer {
    const { line: text, entries } = encodeSeen(event);
    const line = Buffer.from(text);
    this.#all.update(line);
    this.#lines += 1;
    if (event.type === 'entries') {
      whileRemembering(() => event.entries.forEach((entry, index) => this.#entry(entry, entries[index] ?? '')));
      for (const { origin } of event.unread) this.#add(origin.source, origin.resource, origin.version, '', 'failed');
    }
    if (event.type === 'settled' && !ANSWERED.includes(event.status.state))
      this.#add(event.source, '', undefined, text, event.status.state === 'withheld' ? 'withheld' : 'failed');
    if (event.type === 'closed') this.#end = 'closed';
    this.#write();
    return line;
  }

  /** Held back by the policy before it could become a line. */
  withheld(source: string, resource: Resource): void {
    const meta = resource['meta'] as { readonly versionId?: unknown } | undefined;
    const version = typeof meta?.versionId === 'string' ? meta.versionId : undefined;
    const name = `${resource.resourceType}/${typeof resource.id === 'string' ? resource.id : ''}`;
    this.#add(source, name, version, JSON.stringify(resource), 'withheld');
  }

  /** A `Manifest` as the text that is hashed and kept. */
  finish(view: string): string {
    this.#write();
    const head: Omit<Manifest, 'items'> = {
      version: 1,
      view,
      salt: randomBytes(16).toString('base64'),
      end: this.#end,
      lines: this.#lines,
      sha256: this.#all.copy().digest('base64'),
    };
    return `${JSON.stringify(head).slice(0, -1)},"items":[${this.#items.map(String).join(',')}]}`;
  }

  #write(): void {
    if (this.#ofLine.length > 0) this.#items.push(Buffer.from(this.#ofLine.join(',')));
    this.#ofLine = [];
  }

  #entry(entry: Entry, text: string): void {
    const section = SECTIONS_BY_ID.get(entry.section);
    // Entries of one key are one line on the screen (src/record/group-entries.ts): all after the first are inside it.
    const key = `${entry.section}|${section?.factKey(entry as never) ?? entry.id}`;
    const state = this.#facts.has(key) ? 'merged' : 'visible';
    this.#facts.add(key);
    this.#add(entry.origin.source, entry.origin.resource, entry.origin.version, text, state);
  }

  #add(source: string, resource: string, version: string | undefined, text: string, state: SeenItem[4]): void {
    const item: SeenItem = [source, resource, version ?? null, hash('sha256', text, 'base64'), state];
    this.#ofLine.push(JSON.stringify(item));
  }
}

const SECTIONS_BY_ID = new Map(SECTIONS.map((section) => [section.id, section]));
const ANSWERED: readonly string[] = ['answered', 'nothing-held'];
