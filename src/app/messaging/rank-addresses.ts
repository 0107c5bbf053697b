import type { AddressBookEntry } from '../../messages/thread.ts';
import type { Entry } from '../../record/entry.ts';
import { normaliseWords } from '../../record/fhir/coding.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import type { SectionId } from '../../record/section.ts';
import type { GpPracticeEntry } from '../../record/sections/gp-practice.ts';
import type { ProfessionalContactEntry } from '../../record/sections/professional-contacts.ts';

const ranked = new WeakMap<readonly AddressBookEntry[], { readonly of: PatientRecord; readonly as: Book }>();
type Book = readonly AddressBookEntry[];

/**
 * The address book with what the record on the screen says of who cares for this person: the practice they are registered
 * with, the organisation of their key worker, and whoever holds anything of theirs. It only ever moves an entry up; what
 * the launcher says stands.
 */
export function rankAddresses(entries: Book | undefined, record: PatientRecord): Book | undefined {
  if (!entries) return undefined;
  const known = ranked.get(entries);
  if (known?.of === record) return known.as;
  const as = rank(entries, record);
  ranked.set(entries, { of: record, as });
  return as;
}

function rank(entries: Book, record: PatientRecord): Book {
  const registered = practiceOf(record);
  const holds = new Set<string>(
    record.sources.flatMap(({ source, entryCount }) => (entryCount > 0 ? [source.organisation.ods] : [])),
  );
  const keyWorkers = currentOf<ProfessionalContactEntry>(record, 'professional-contacts').filter(
    ({ keyWorker }) => keyWorker,
  );
  return entries.map((entry) => {
    if (entry.why !== 'directory') return entry;
    const { ods, name } = entry.organisation;
    const worker = keyWorkers.find((one) => organisationOf(one, record) === normaliseWords(name));
    if (worker) return { ...entry, why: 'key-worker', ...(worker.name !== undefined && withName(entry, worker.name)) };
    if (ods === registered) return { ...entry, why: 'registered-gp' };
    return holds.has(ods) ? { ...entry, why: 'involved' } : entry;
  });
}

/**
 * The one practice, by its own word that they are registered there, else by everybody's who says anything. Where that
 * leaves two, neither stands first: an organisation that has not followed a move must not lead a message astray.
 */
function practiceOf(record: PatientRecord): string | undefined {
  const odsOf = new Map(record.sources.map(({ source }) => [source.id, source.organisation.ods as string]));
  const said = currentOf<GpPracticeEntry>(record, 'gp-practice').filter(
    ({ practiceCode }) => practiceCode !== undefined,
  );
  const own = said.filter(({ practiceCode, origin }) => odsOf.get(origin.source) === practiceCode);
  const [first, ...others] = new Set((own.length > 0 ? own : said).map(({ practiceCode }) => practiceCode));
  return others.length === 0 ? first : undefined;
}

/** Who that is stands beside what the team takes; the message goes to the team. */
function withName({ takes }: AddressBookEntry, name: string): { readonly takes: string } {
  return { takes: takes === undefined ? name : `${name}; ${takes}` };
}

/** As the record names it, else the organisation that recorded it. */
function organisationOf({ organisation, origin }: ProfessionalContactEntry, record: PatientRecord): string {
  const said =
    organisation ?? record.sources.find(({ source }) => source.id === origin.source)?.source.organisation.name;
  return normaliseWords(said ?? '');
}

function currentOf<E extends Entry>(record: PatientRecord, id: SectionId): readonly E[] {
  const view = record.sections.find((section) => section.id === id);
  const entries = (view?.facts ?? []).flatMap((fact) => fact.entries) as unknown as readonly E[];
  return entries.filter(({ state }) => state === 'current');
}
