import { asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { ActingGate } from './acting.ts';
import { knownBearer } from './asked.ts';
import type { Asked } from './asked.ts';
import type { Bearer } from './bearer.ts';
import type { FhirStore } from './fhir-store.ts';
import { matchesIn, pageSizeIn } from './misbehaviour.ts';
import type { ModeSwitch } from './modes.ts';
import { FhirTrouble } from './outcome.ts';
import { openPages, ownerOf } from './pages.ts';
import type { Pages, Rest } from './pages.ts';
import { reachOf } from './reach.ts';
import { includedWith, runSearch } from './search.ts';

/** Body of an answer: FHIR JSON, or the bytes of a Binary with what they are. */
export type Body =
  | { readonly text: string; /** Mode half-way: to be broken off. */ readonly broken?: boolean }
  | { readonly bytes: Buffer; readonly contentType: string };

export type AnswerOptions = {
  readonly base: string;
  readonly store: FhirStore;
  readonly types: readonly string[];
  readonly modes: ModeSwitch;
  readonly gate: Pick<ActingGate, 'checkPatient'>;
  /** Whether it can be searched by when something changed. */
  readonly byChange?: boolean;
};

/** The FHIR server without HTTP: what is answered to a search, a next link and a read. */
export class FhirAnswers {
  readonly #options: AnswerOptions;
  readonly #pages: Pages = openPages();

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  search(asked: Asked, type: string, parameters: URLSearchParams): Body {
    const { store, modes } = this.#options;
    asked.type = type;
    asked.patientId = parameters.get('patient') ?? parameters.get('subject') ?? undefined;
    const bearer = knownBearer(asked);
    this.#options.gate.checkPatient(asked, parameters);
    this.#checkType(type);
    const reach = reachOf(bearer, type, 'search', store);
    const search = runSearch(store, type, parameters, this.#options);
    const matches = matchesIn(modes, type, search.matches.filter(reach), store);
    return { text: this.#page(asked, { search, matches, offset: 0, owner: ownerOf(bearer) }) };
  }

  nextPage(asked: Asked, token: string): Body {
    const rest = this.#pages.find(token, ownerOf(knownBearer(asked)));
    if (!rest) throw new FhirTrouble(410, 'expired', 'this page is no longer held; search again');
    asked.type = rest.search.type;
    return { text: this.#page(asked, rest), broken: this.#options.modes.mode === 'half-way' };
  }

  read(asked: Asked, type: string, id: string, asFhir: boolean): Body {
    const { store } = this.#options;
    asked.action = 'read';
    asked.type = type;
    const bearer = knownBearer(asked);
    this.#checkType(type);
    const reach = reachOf(bearer, type, 'read', store);
    const resource = store.read(type, id);
    // The same answer for “not there” and “not yours”, so that ids can't be tried out.
    if (!resource || !reach(resource)) throw new FhirTrouble(404, 'not-found', `no such ${type}`);
    if (type === 'Patient') asked.patientId = id;
    this.#options.gate.checkPatient(asked);
    asked.returned = 1;
    // R4 §2.39 Binary: anything but a FHIR format is answered with the bytes themselves.
    return type === 'Binary' && !asFhir ? bytesOf(resource) : { text: JSON.stringify(resource) };
  }

  #page(asked: Asked, rest: Rest): string {
    const { base, store, modes } = this.#options;
    const { search, matches, offset } = rest;
    const size = pageSizeIn(modes, search.count, matches.length);
    const shown = search.summaryOnly ? [] : matches.slice(offset, offset + size);
    const more = !search.summaryOnly && offset + size < matches.length;
    const brought = includedWith(store, shown, search.includes).filter((one) =>
      mayBring(knownBearer(asked), one, store),
    );
    asked.returned = shown.length + brought.length;
    const first = `${base}/${search.type}?${search.understood.toString()}`;
    const self = { relation: 'self', url: offset === 0 ? first : this.#link(rest) };
    const next = more ? [{ relation: 'next', url: this.#link({ ...rest, offset: offset + size }) }] : [];
    const bundle = { resourceType: 'Bundle', type: 'searchset', total: matches.length, link: [self, ...next] };
    const entry = [
      ...shown.map((one) => entryOf(base, one, 'match')),
      ...brought.map((one) => entryOf(base, one, 'include')),
    ];
    return JSON.stringify(entry.length > 0 ? { ...bundle, entry } : bundle);
  }

  #link(rest: Rest): string {
    return `${this.#options.base}?_page=${this.#pages.keep(rest)}`;
  }

  #checkType(type: string): void {
    if (!this.#options.types.includes(type))
      throw new FhirTrouble(404, 'not-supported', 'this server does not hold that type');
  }
}

function mayBring(bearer: Bearer, resource: Resource, store: FhirStore): boolean {
  try {
    return reachOf(bearer, resource.resourceType, 'read', store)(resource);
  } catch (error) {
    // What the scopes do not allow is simply not brought along; the matches themselves were allowed.
    if (error instanceof FhirTrouble) return false;
    throw error;
  }
}

function entryOf(base: string, resource: Resource, mode: 'match' | 'include'): object {
  return { fullUrl: `${base}/${resource.resourceType}/${String(resource.id)}`, resource, search: { mode } };
}

function bytesOf(binary: Resource): Body {
  const contentType = asString(binary['contentType']) ?? 'application/octet-stream';
  return { bytes: Buffer.from(asString(binary['data']) ?? '', 'base64'), contentType };
}
