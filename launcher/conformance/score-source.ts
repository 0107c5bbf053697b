import type { SourceConnection, TypeEnd } from '../../plugins/plugin.ts';
import { asObject, asString } from '../../src/record/resource.ts';
import type { Entry } from '../../src/record/entry.ts';
import { ResourceReader } from '../../src/record/read-resources.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { ConnectionLevel, Score, SectionScore } from './report.ts';

/** What one source really answered about one person, read as a view would read it. */
export type SourceAnswer = {
  readonly entries: readonly Entry[];
  readonly ends: ReadonlyMap<string, TypeEnd>;
  readonly unread: number;
  /** Resources that name another person than the one who was asked about. */
  readonly strangers: number;
};

/** Reads every type some section reads, once. */
export async function readSource(
  connection: SourceConnection,
  source: SourceId,
  patientId: string,
  signal: AbortSignal,
): Promise<SourceAnswer> {
  const reader = new ResourceReader(source);
  const types = [...new Set(SECTIONS.flatMap(({ reads }) => reads))];
  const ends = new Map<string, TypeEnd>();
  const entries: Entry[] = [];
  let unread = 0;
  let strangers = 0;
  for await (const page of connection.fetch({ patientId, types }, signal)) {
    strangers += page.resources.filter((resource) => isOfAnother(resource, patientId)).length;
    const reading = reader.read(page.resources);
    entries.push(...reading.entries);
    unread += reading.unread.length;
    if (page.end) ends.set(page.type, page.end);
  }
  return { entries, ends, unread, strangers };
}

/** Whom a resource is about, by the elements that say so (FHIR R4, Patient compartment); nobody named is nobody else. */
function isOfAnother(resource: unknown, patientId: string): boolean {
  const { resourceType, subject, patient, beneficiary, for: about } = asObject(resource) ?? {};
  if (resourceType === 'Patient') return false;
  return [subject, patient, beneficiary, about].some((named) => {
    const id = /(?:^|\/)Patient\/([^/|]+)/.exec(asString(asObject(named)?.['reference']) ?? '')?.[1];
    return id !== undefined && id !== patientId;
  });
}

/** Most of what is said carries a code of a national or international system. */
const CODED_SHARE = 0.8;

/** Only from what was answered: what nobody offered is level 0, and no promise counts. */
export function scoreAnswer(answer: SourceAnswer): Score {
  const sections = SECTIONS.map(({ id, reads }) =>
    answer.strangers > 0 ? unusable(id) : scoreSection(id, reads, answer),
  );
  const total = sections.reduce((sum, { level }) => sum + level, 0);
  return {
    connection: connectionOf(answer),
    sections,
    maturity: Math.round((total / sections.length) * 10) / 10,
  };
}

/** A source that mixes people up can be relied on for nothing. */
function unusable(section: SectionId): SectionScore {
  return { section, level: 0, entries: 0, coded: 0, words: 'came with another person’s' };
}

function connectionOf({ ends, strangers }: SourceAnswer): ConnectionLevel {
  if (strangers > 0) return 'finds the person';
  const states = [...ends.values()].map(({ state }) => state);
  if (!states.some((state) => state === 'complete' || state === 'truncated')) return 'finds the person';
  return states.some((state) => state === 'failed' || state === 'truncated') ? 'answers' : 'answers in full';
}

function scoreSection(section: SectionId, reads: readonly string[], answer: SourceAnswer): SectionScore {
  const states = reads.map((type) => answer.ends.get(type)?.state ?? 'not-supported');
  const held = answer.entries.filter((entry) => entry.section === section);
  const coded = held.filter(isCoded).length;
  const found = { section, entries: held.length, coded };
  const answered = states.some((state) => state === 'complete' || state === 'truncated');
  if (!answered && held.length === 0) {
    const words = states.includes('failed')
      ? 'asked, and could not be read'
      : states.includes('withheld')
        ? 'withheld'
        : 'not offered';
    return { ...found, level: 0, words };
  }
  if (held.length === 0) return { ...found, level: 1, words: 'answered: nothing held' };
  const share = `${String(coded)} of ${String(held.length)} coded`;
  if (coded === 0) return { ...found, level: 2, words: `${String(held.length)}, in words only` };
  const whole = states.every((state) => state === 'complete' || state === 'not-supported');
  if (coded / held.length < CODED_SHARE || !whole)
    return { ...found, level: 3, words: whole ? share : `${share}, not in full` };
  return { ...found, level: 4, words: share };
}

/** A code of a system, not only a word that looks like one. */
function isCoded({ code }: Entry): boolean {
  return (code?.codings ?? []).some(({ system, code: value }) => system !== undefined && value !== undefined);
}
