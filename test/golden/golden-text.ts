import type { PatientRecord, SectionView } from '../../src/record/patient-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import type { Conflict, Fact } from '../../src/record/fact.ts';
import { kindsIn } from '../../src/record/one-subject.ts';
import { summariseAllergy, type AllergyEntry } from '../../src/record/sections/allergies.ts';
import type { Resident } from '../../sandbox/community.ts';

/** The merged record as lines a clinician can read and argue with: what a change of the merge changes is seen here. */
export function goldenText(resident: Resident, record: PatientRecord, linesPerSection: number): string {
  const byId = new Map(record.sections.flatMap(({ facts }) => facts.flatMap(({ entries }) => entries)).map(byEntryId));
  return [
    `${resident.story}: ${resident.name}`,
    resident.shows,
    '',
    `Sources: ${record.sources.map(sourceLine).join(', ')}`,
    `Unread: ${record.unread.length}. Withdrawn: ${record.withdrawn.map(({ title }) => title).join(', ') || 'none'}.`,
    '',
    `Disagreements: ${record.conflicts.length}`,
    ...record.conflicts.flatMap((conflict) => conflictLines(conflict, byId)),
    ...record.sections.flatMap((section) => sectionLines(section, linesPerSection)),
    '',
  ].join('\n');
}

function byEntryId(entry: Entry): [string, Entry] {
  return [entry.id, entry];
}

function sourceLine({ source, status, entryCount }: PatientRecord['sources'][number]): string {
  return `${source.organisation.ods} ${status.state} ${entryCount}`;
}

function conflictLines(conflict: Conflict, byId: ReadonlyMap<string, Entry>): readonly string[] {
  const sides = conflict.sides.map((id) => {
    const side = byId.get(id);
    return side === undefined ? `    ${id}` : `    ${side.origin.source}: ${said(side)}`;
  });
  return [`  ${kindsIn(conflict).join(', ')}`, ...new Set(sides)];
}

function sectionLines(section: SectionView, limit: number): readonly string[] {
  if (section.facts.length === 0) return ['', `${section.id}: ${section.absence.kind}`];
  const entries = section.facts.reduce((sum, fact) => sum + fact.entries.length, 0);
  const more = section.facts.length - limit;
  return [
    '',
    `${section.id}: ${section.facts.length} facts of ${entries} statements`,
    ...section.facts.slice(0, limit).map(factLine),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

function factLine(fact: Fact): string {
  const [first] = fact.entries;
  const sources = [...new Set(fact.entries.map((entry) => entry.origin.source))].sort();
  const cautions = first.cautions.length > 0 ? ` (${first.cautions.join(', ')})` : '';
  const count = `${sources.length} ${sources.length === 1 ? 'source' : 'sources'}`;
  return `  [${first.state}] ${said(first)}${harm(fact)}${cautions} | ${count}: ${sources.join(' ')}`;
}

/** The worst of an allergy and every reaction to it, over all of its records. */
function harm(fact: Fact): string {
  if (fact.section !== 'allergies' || (fact.entries[0] as AllergyEntry).statement !== 'allergy') return '';
  const { criticality, severity, manifestations, differs } = summariseAllergy(fact as Fact<AllergyEntry>);
  const risk = criticality === undefined ? [] : [`criticality ${criticality}`];
  const parts = [...manifestations, ...(severity === undefined ? [] : [severity]), ...risk];
  return ` — ${parts.length > 0 ? parts.join(', ') : 'reaction not recorded'}${differs ? ' [records differ]' : ''}`;
}

/** Title, value and dose in the source's words, with the date and what kind of date it is. */
function said(
  entry: Entry & {
    readonly value?: string;
    readonly dosages?: readonly { readonly text?: string }[];
    readonly due?: string;
    readonly holders?: readonly string[];
  },
): string {
  const doses = (entry.dosages ?? []).flatMap(({ text }) => text ?? []).join(' / ');
  const value = [
    entry.value === undefined ? '' : ` = ${entry.value}`,
    entry.due === undefined ? '' : ` due ${entry.due}`,
    (entry.holders ?? []).length > 0 ? ` held by ${(entry.holders ?? []).join(', ')}` : '',
  ].join('');
  const date =
    entry.date === undefined ? 'undated' : `${entry.date}${entry.dateIs === 'recorded' ? ' (recorded)' : ''}`;
  return `${entry.title}${value}${doses && ` — ${doses}`}, ${date}`;
}
