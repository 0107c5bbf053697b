import { html, nothing, type TemplateResult } from 'lit';
import type { Entry } from '../record/entry.ts';
import type { Fact } from '../record/fact.ts';
import {
  findInSteps,
  indexInSteps,
  isNarrowing,
  NO_QUERY,
  type FindIndex,
  type FindQuery,
  type Found,
} from '../record/find.ts';
import type { PatientRecord } from '../record/patient-record.ts';
import { inSlices } from '../stream/in-slices.ts';
import type { FindKind, FindOrganisation } from '../components/corridor-find/corridor-find.ts';
import { dateInWords } from '../components/dates-in-words.ts';
import type { FindChangeEvent } from '../components/events.ts';
import { flagWords, partText, whenOf, type Line } from '../components/line.ts';
import { toneMark } from '../components/marks.ts';
import { sourceName, type Surroundings } from '../components/surroundings.ts';
import { readDate } from '../record/fhir/date.ts';
import { findingWords } from '../words/finding.ts';
import { sinceWords } from '../words/since.ts';
import type { Body } from './record-body.ts';
import { lineOfAny, sectionTemplate } from './section-templates.ts';

/** A page that has just been drawn is left in peace before anything is folded for finding. */
const INDEX_AFTER_MS = 1_200;

/**
 * Finds in the record that is drawn. It keeps what it has folded for as long as the facts are there, works in slices, and
 * forgets everything when the patient changes (safety H09, H30).
 */
export class Finding {
  readonly #changed: () => void;
  #index: FindIndex = new WeakMap();
  #record: PatientRecord | undefined;
  #around: Surroundings | undefined;
  #turn = 0;
  #timer = 0;

  query: FindQuery = NO_QUERY;
  found: Found | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get active(): boolean {
    return isNarrowing(this.query);
  }

  /** What is drawn now; a record that is drawn anew is looked through anew. */
  see(record: PatientRecord, around: Surroundings): void {
    if (this.#around && this.#around.words !== around.words) this.#index = new WeakMap();
    this.#around = around;
    if (this.#record === record) return;
    const other = this.#record && this.#record.patient.nhsNumber !== record.patient.nhsNumber;
    if (other) this.forget();
    this.#record = record;
    if (this.active) this.#look();
    else this.#foldLater();
  }

  ask(query: FindQuery): void {
    this.query = query;
    this.#look();
    this.#changed();
  }

  clear(): void {
    if (this.query !== NO_QUERY) this.ask(NO_QUERY);
  }

  /** Nothing of what was looked for outlives the view it was looked for in. */
  forget(): void {
    this.#turn++;
    window.clearTimeout(this.#timer);
    this.query = NO_QUERY;
    this.found = this.#record = this.#around = undefined;
    this.#index = new WeakMap();
  }

  #look(): void {
    const turn = ++this.#turn;
    window.clearTimeout(this.#timer);
    const { query } = this;
    const [record, around] = [this.#record, this.#around];
    if (!this.active || !record || !around) {
      this.found = undefined;
      return;
    }
    const steps = findInSteps(record, query, this.#index, (fact) => wordsOf(fact, around));
    void inSlices(steps, () => turn === this.#turn).then((found) => {
      if (turn !== this.#turn || !found) return;
      this.found = found;
      this.#changed();
    });
  }

  #foldLater(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const [record, around] = [this.#record, this.#around];
      const turn = ++this.#turn;
      if (!record || !around) return;
      void inSlices(
        indexInSteps(record, this.#index, (fact) => wordsOf(fact, around)),
        () => turn === this.#turn,
      );
    }, INDEX_AFTER_MS);
  }

  /** The field and its filters. */
  barTemplate(record: PatientRecord, around: Surroundings): TemplateResult {
    return html`<corridor-find
      .words=${around.words}
      .query=${this.query}
      .found=${this.found}
      .organisations=${organisationsIn(record)}
      .kinds=${kindsIn(record)}
      @corridor-find-change=${(event: FindChangeEvent) => this.ask(event.query)}
    ></corridor-find>`;
  }

  /** What was found, in the place of the record's usual body; undefined when nothing is looked for. */
  bodyTemplate(body: Body): TemplateResult | undefined {
    const { found } = this;
    if (!this.active || !found) return undefined;
    const views = new Map(body.record.sections.map((view) => [view.id, view]));
    const drawn = body.order.flatMap((id) => {
      const [view, facts] = [views.get(id), found.facts.get(id)];
      return view && facts ? [{ ...view, facts, foundOf: view.facts.length }] : [];
    });
    const one = (view: (typeof drawn)[number]): TemplateResult =>
      sectionTemplate({ view, around: body.around, form: 'full', held: 0 });
    const kept = drawn.filter(({ id }) => found.kept.has(id));
    const words = findingWords(body.around.words.language);
    return html`${this.#headTemplate(found, body)}${drawn.filter(({ id }) => !found.kept.has(id)).map(one)}${
      kept.length > 0 ? html`<h2 class="kept">${words.kept}</h2>` : nothing
    }${kept.map(one)}`;
  }

  #headTemplate(found: Found, { record, around }: Body): TemplateResult {
    const words = findingWords(around.words.language);
    // By what was looked through: who has answered since has not been.
    const silent = (this.#record ?? record).sources.filter(({ status: { state } }) => NOT_ANSWERED.has(state));
    const names = silent.map(({ source }) => source.organisation.name).join(', ');
    return html`<section class="finding" aria-label=${words.results}>
      <p>
        <strong>${found.matched > 0 ? words.matched(found.matched) : words.none(found.total)}</strong>
        <span class="printed">${words.showing(found.matched, found.total, found.shown - found.matched)}</span>
        ${found.undated > 0 ? words.undated(found.undated) : nothing}
      </p>
      ${this.#chips(around)} ${names === '' ? nothing : html`<p>${toneMark('caution')} ${words.notSearched(names)}</p>`}
      <p class="quiet">
        ${record.unread.length > 0 ? words.unread(record.unread.length) : nothing}
        ${found.query.text.trim() === '' ? nothing : words.documents}
      </p>
    </section>`;
  }

  /** Each filter that is set, to be taken away one by one. */
  #chips(around: Surroundings): TemplateResult | typeof nothing {
    const { words } = around;
    const say = findingWords(words.language);
    const { query } = this;
    const { from: _from, to: _to, ...undated } = query;
    const { only: _only, ...others } = query;
    const day = (text: string | undefined): string | undefined => {
      const date = readDate(text);
      return date && dateInWords(date, words);
    };
    const dated = say.dated(day(query.from), day(query.to));
    const chips: readonly (readonly [string, FindQuery])[] = [
      ...(query.only ? [[sinceWords(words.language).filter, others] as const] : []),
      ...(dated === '' ? [] : [[dated, undated] as const]),
      ...[...query.sources].map(
        (id) => [sourceName(id, around), { ...query, sources: without(query.sources, id) }] as const,
      ),
      ...[...query.sections].map(
        (id) => [words.sections[id].short, { ...query, sections: without(query.sections, id) }] as const,
      ),
    ];
    if (chips.length === 0) return nothing;
    return html`<p class="chips">
      ${chips.map(
        ([name, next]) =>
          html`<button class="action chip" aria-label=${say.take(name)} @click=${() => this.ask(next)}>
            ${name} <span aria-hidden="true">✕</span>
          </button>`,
      )}
    </p>`;
  }
}

const NOT_ANSWERED: ReadonlySet<string> = new Set(['waiting', 'late', 'unavailable', 'failed', 'truncated']);

function without<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
  return new Set([...set].filter((other) => other !== one));
}

/** What a fact's line says, opened or not: the words a reader sees are the words they look for. */
function wordsOf({ entries, section }: Fact, around: Surroundings): readonly string[] {
  const { heading, short } = around.words.sections[section];
  const whole = entries.length > 1 ? lineWords(lineOfAny(entries[0], around, entries)) : [];
  return [heading, short, ...whole, ...entries.flatMap((entry) => entryWords(entry, around))];
}

function entryWords(entry: Entry, around: Surroundings): readonly string[] {
  const { origin, code } = entry;
  const codes = (code?.codings ?? []).flatMap((coding) => [coding.display ?? '', coding.code ?? '']);
  const who = [sourceName(origin.source, around), origin.by ?? '', origin.onBehalfOf ?? ''];
  const line = lineWords(lineOfAny(entry, around));
  return [entry.title, ...line, whenOf(entry, around), ...who, ...codes, entry.statusAsRecorded ?? '', ...entry.notes];
}

function lineWords({ main, parts = [], flags = [], body = [], detail = [], aside, when }: Line): readonly string[] {
  return [main, ...parts.map(partText), ...flags.map(flagWords), ...body, ...detail, aside ?? '', when ?? ''];
}

const organisations = new WeakMap<PatientRecord, readonly FindOrganisation[]>();

/** Organisations that hold something, by name: an organisation may have more than one source. */
function organisationsIn(record: PatientRecord): readonly FindOrganisation[] {
  const known = organisations.get(record);
  if (known) return known;
  const byCode = new Map<string, FindOrganisation>();
  for (const { source, entryCount } of record.sources) {
    if (entryCount === 0) continue;
    const { ods, name, kind } = source.organisation;
    const before = byCode.get(ods);
    byCode.set(ods, {
      name,
      kind,
      sources: [...(before?.sources ?? []), source.id],
      count: (before?.count ?? 0) + entryCount,
    });
  }
  const listed = [...byCode.values()].sort((a, b) => a.name.localeCompare(b.name));
  organisations.set(record, listed);
  return listed;
}

function kindsIn(record: PatientRecord): readonly FindKind[] {
  return record.sections.filter(({ facts }) => facts.length > 0).map(({ id, facts }) => ({ id, count: facts.length }));
}
