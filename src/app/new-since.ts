import { html, nothing, type TemplateResult } from 'lit';
import type { FactKey } from '../record/fact.ts';
import type { PatientRecord } from '../record/patient-record.ts';
import { afterLook, changesSince, digestOf, hashInSteps, type Hash, type RecordDigest } from '../record/since.ts';
import { asObject } from '../record/resource.ts';
import { inSlices } from '../stream/in-slices.ts';
import type { Look, LookMemory, Looks } from '../stream/last-look.ts';
import { instantInWords } from '../components/dates-in-words.ts';
import type { Freshness, Surroundings } from '../components/surroundings.ts';
import { sinceWords } from '../words/since.ts';
import { keyedHash } from './keyed-hash.ts';

/** A record that has been on the screen for so long has been looked at. */
const LOOKED_MS = 3_000;

type Baseline = 'last' | 'admission';
type Counts = {
  readonly new: number;
  readonly changed: number;
  readonly unseen: number;
  gone: number;
  notKnown: number;
};
type State =
  | { readonly kind: 'asking' }
  | { readonly kind: 'first' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'known'; readonly at: string; readonly counts: Counts };

/**
 * What is new to this reader since they last looked at this person, or since their first look in this admission. The
 * comparison is made here, from hashes that the launcher kept; nothing is kept in the browser. A look counts once the
 * record is whole, drawn and has been on the screen for a moment.
 */
export class NewSince {
  readonly #open: () => Promise<LookMemory>;
  readonly #changed: () => void;
  readonly #stopped = new AbortController();
  #looks: Looks | undefined;
  #digests: { readonly [one in Baseline]?: { readonly at: string; readonly digest: RecordDigest } } = {};
  #hash: Hash | undefined;
  #record: PatientRecord | undefined;
  #whole = false;
  #kept: PatientRecord | undefined;
  #timer = 0;
  #turn = 0;

  state: State = { kind: 'asking' };
  baseline: Baseline = 'last';
  /** Each fact that differs from what was seen then. The same map for as long as nothing changes. */
  fresh: ReadonlyMap<FactKey, Freshness> = new Map();

  constructor(open: () => Promise<LookMemory>, changed: () => void) {
    this.#open = open;
    this.#changed = changed;
    void this.#ask();
  }

  /** What is drawn now. `whole`: every source has ended, and all that came is drawn. */
  see(record: PatientRecord, whole: boolean): void {
    if (this.#record === record && this.#whole === whole) return;
    this.#record = record;
    this.#whole = whole;
    this.#compare();
  }

  forget(): void {
    this.#stopped.abort();
    this.#turn++;
    window.clearTimeout(this.#timer);
    this.#record = this.#kept = this.#looks = this.#hash = undefined;
    this.#digests = {};
    this.fresh = new Map();
    this.state = { kind: 'asking' };
  }

  async #ask(): Promise<void> {
    try {
      const looks = await (await this.#open()).before();
      const [last, admission] = await Promise.all([unpacked(looks.last), unpacked(looks.admission)]);
      if (this.#stopped.signal.aborted) return;
      this.#looks = looks;
      this.#hash = keyedHash(looks.key);
      this.#digests = { ...(last && { last }), ...(admission && { admission }) };
      this.#compare();
    } catch {
      // The record is what was asked for; that it can't be compared is said in its row.
      if (this.#stopped.signal.aborted) return;
      this.state = { kind: 'unavailable' };
      this.#changed();
    }
  }

  #compare(): void {
    const [record, hash] = [this.#record, this.#hash];
    if (!record || !hash || !this.#looks) return;
    const turn = ++this.#turn;
    window.clearTimeout(this.#timer);
    void inSlices(hashInSteps(record, hash), () => turn === this.#turn).then(() => {
      if (turn !== this.#turn) return;
      this.#judge(record, hash);
      this.#changed();
      if (this.#whole && this.#kept !== record)
        this.#timer = window.setTimeout(() => void this.#keep(record, hash), LOOKED_MS);
    });
  }

  #judge(record: PatientRecord, hash: Hash): void {
    const before = this.#digests[this.baseline] ?? this.#digests.last;
    const changes = before && changesSince(before.digest, record, hash);
    if (!before || !changes) {
      this.state = { kind: 'first' };
      return;
    }
    const fresh = new Map<FactKey, Freshness>();
    const counts = { new: 0, changed: 0, unseen: 0, gone: 0, notKnown: 0 };
    for (const section of changes) {
      for (const key of section.changed) fresh.set(key, 'changed');
      for (const key of section.notSeenBefore) fresh.set(key, 'unseen');
      for (const key of section.new) fresh.set(key, 'new');
      counts.gone += section.gone + section.withdrawn.length;
      counts.notKnown += section.notKnown;
    }
    for (const how of fresh.values()) counts[how]++;
    if (!sameMap(this.fresh, fresh)) this.fresh = fresh;
    this.state = { kind: 'known', at: before.at, counts };
  }

  /** Somebody who looks away at once has not looked: the page must be in view. */
  async #keep(record: PatientRecord, hash: Hash): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    this.#kept = record;
    const seen = afterLook(this.#digests.last?.digest, digestOf(record, hash));
    // A look that can't be kept is as if it had not been: what is new then stays new the next time, which is the safe side.
    await Promise.all([this.#open(), packed(seen)])
      .then(([memory, bytes]) => memory.keep(bytes))
      .catch(() => (this.#kept = undefined));
  }

  #use(baseline: Baseline): void {
    this.baseline = baseline;
    this.#compare();
  }

  /** `only`: shows these facts and no others. */
  barTemplate(around: Surroundings, only: (keys: ReadonlySet<FactKey>) => void): TemplateResult | typeof nothing {
    const words = sinceWords(around.words.language);
    const { state } = this;
    if (state.kind === 'asking') return nothing;
    if (state.kind === 'first') return html`<span class="quiet">${words.first}</span>`;
    if (state.kind === 'unavailable') return html`<span class="quiet">${words.unavailable}</span>`;
    const { counts } = state;
    const when = instantInWords(state.at, around.words);
    const since = this.#uses('admission') ? words.sinceAdmission(when) : words.since(when);
    const said = [
      counts.new > 0 ? words.new(counts.new) : this.#whole ? words.nothing : words.nothingSoFar,
      ...(counts.changed > 0 ? [words.changed(counts.changed)] : []),
      ...(counts.unseen > 0 ? [words.unseen(counts.unseen)] : []),
      ...(counts.gone > 0 ? [words.gone(counts.gone)] : []),
      ...(counts.notKnown > 0 ? [words.notKnown(counts.notKnown)] : []),
    ].join(' · ');
    return html`<span class="said" title="${said} ${since}${counts.unseen > 0 ? `. ${words.unseenHelp}` : ''}"
        ><strong>${said}</strong> <span class="quiet">${since}</span></span
      >
      ${
        this.fresh.size > 0
          ? html`<button class="action" @click=${() => only(new Set(this.fresh.keys()))}>${words.showOnly}</button>`
          : nothing
      }
      ${this.#otherTemplate(around)}`;
  }

  #uses(baseline: Baseline): boolean {
    return this.baseline === baseline && this.#digests[baseline] !== undefined;
  }

  #otherTemplate(around: Surroundings): TemplateResult | typeof nothing {
    const { admission, last } = this.#digests;
    if (!admission || admission.at === last?.at) return nothing;
    const words = sinceWords(around.words.language);
    const inside = this.#uses('admission');
    return html`<button class="action" @click=${() => this.#use(inside ? 'last' : 'admission')}>
      ${inside ? words.useLast : words.useAdmission}
    </button>`;
  }
}

function sameMap<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

async function packed(digest: RecordDigest): Promise<Uint8Array> {
  const stream = new Blob([JSON.stringify(digest)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** What another version of this page has kept is as if nothing had been. */
async function unpacked(
  look: Look | undefined,
): Promise<{ readonly at: string; readonly digest: RecordDigest } | undefined> {
  if (!look) return undefined;
  try {
    const stream = new Blob([new Uint8Array(look.seen)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const digest: unknown = JSON.parse(await new Response(stream).text());
    const { version, of, sections } = asObject(digest) ?? {};
    if (version !== 1 || typeof of !== 'string' || !asObject(sections)) return undefined;
    return { at: look.at, digest: digest as RecordDigest };
  } catch {
    // Cut, or not ours.
    return undefined;
  }
}
