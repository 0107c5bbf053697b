import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import type { Fact } from '../../src/record/fact.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { asObjects, isResource } from '../../src/record/resource.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

/** One synthetic patient cut into four organisations, with the list of what was copied. Read where it lies, never copied here. */
const FOLDER = resolve(import.meta.dirname, '../../../shared/data/split-synthea/truman');
const FILES = { org1: 'org1.json.gz', org2: 'org2.json', org3: 'org3.json.gz', org4: 'org4.json.gz' };

function read(file: string): unknown {
  const bytes = readFileSync(join(FOLDER, file));
  return parseFhirJson((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

function entriesOf(source: string, file: string): readonly Entry[] {
  const bundle = read(file);
  const entries = isResource(bundle) ? asObjects(bundle['entry']) : [];
  return entriesFrom(source, ...entries.map(({ resource }) => resource).filter(isResource));
}

const nameOf = ({ origin }: Entry): string => `${origin.source} ${origin.resource}`;

/** What two copies of one measurement or act cannot differ in. */
function said(entry: Entry & { readonly value?: string }): string {
  return JSON.stringify([entry.value, entry.date, entry.state, entry.code?.codings.map(({ code }) => code)]);
}

/** Every pair of the names, each in one order. */
function pairsOf(names: readonly string[]): readonly string[] {
  const sorted = [...names].sort();
  return sorted.flatMap((name, index) => sorted.slice(index + 1).map((other) => `${name} + ${other}`));
}

function organisationsOf(pair: string): ReadonlySet<string | undefined> {
  return new Set(pair.split(' + ').map((name) => name.split(' ')[0]));
}

describe.skipIf(!existsSync(FOLDER))('a record cut into four, of which it is known what was copied', () => {
  const facts: readonly Fact[] = existsSync(FOLDER)
    ? buildRecord({
        patient: aPatient(),
        sources: Object.keys(FILES).map((id) => aSource(id)),
        statuses: new Map(),
        entries: Object.entries(FILES).flatMap(([source, file]) => entriesOf(source, file)),
        unread: [],
        nowMs: Date.UTC(2026, 10, 22),
      }).sections.flatMap((section) => section.facts)
    : [];
  const factOf = new Map(facts.flatMap((fact) => fact.entries.map((entry) => [nameOf(entry), fact.key])));
  const saidBy = new Map(facts.flatMap((fact) => fact.entries.map((entry) => [nameOf(entry), said(entry)])));
  const truth = existsSync(FOLDER)
    ? (read('truth.json') as { readonly duplicates: readonly string[][] }).duplicates
    : [];

  it('joins nothing from two organisations that differs in what was found, done or when', () => {
    const joined = facts.filter((fact) => new Set(fact.entries.map(({ origin }) => origin.source)).size > 1);
    const dated = joined.filter(({ section }) => section !== 'problems' && section !== 'medications');
    expect(dated.filter(({ entries }) => new Set(entries.map(said)).size > 1)).toEqual([]);
  });

  it('keeps apart the four Patients, which were given other names, addresses and birth dates', () => {
    const [patients = []] = truth.filter(([first]) => first?.includes(' Patient/'));
    expect(new Set(patients.map((name) => factOf.get(name))).size).toBe(4);
  });

  /** Pairs of statements of two organisations: those that were copied, and those that stand in one line. */
  it('scores the joins against the truth, and every join beyond it is of two statements that nothing tells apart', async () => {
    const copied = truth.filter(([first]) => !/ (?:Patient|Practitioner)\//.test(first ?? '')).flatMap(pairsOf);
    const people = truth.filter(([first]) => first?.includes(' Patient/')).flatMap(pairsOf);
    const joined = facts.flatMap(({ section, entries }) =>
      pairsOf(entries.map(nameOf)).map((pair) => ({ section, pair })),
    );
    const across = joined.filter(({ pair }) => organisationsOf(pair).size > 1);
    const right = across.filter(({ pair }) => copied.includes(pair));
    const beyond = across.filter(({ pair }) => !copied.includes(pair));
    const alike = beyond.filter(({ pair }) => new Set(pair.split(' + ').map((name) => saidBy.get(name))).size === 1);
    // A repeat issued by two, and one diagnosis known to two, are one line by intent; each copy keeps its dates inside.
    const intended = beyond.filter(({ section }) => section === 'medications' || section === 'problems');
    expect(beyond.filter((pair) => !alike.includes(pair) && !intended.includes(pair))).toEqual([]);
    expect(right.length / copied.length).toBeGreaterThanOrEqual(1);
    await expect(
      [
        `copied pairs of statements: ${copied.length}; joined: ${right.length}; recall ${right.length / copied.length}`,
        `joined across organisations: ${across.length}; copied ${right.length}, equal in everything said though not listed as copies ${alike.length}, a repeat or a diagnosis known to two ${intended.filter((pair) => !alike.includes(pair)).length}, wrong 0`,
        `pairs of Patients that are one person: ${people.length}; joined: ${joined.filter(({ pair }) => people.includes(pair)).length} (their names, birth dates and addresses were changed, and there is no NHS number)`,
        '',
      ].join('\n'),
    ).toMatchFileSnapshot('./split-truth.txt');
  });

  it('shows every copied statement once', () => {
    const statements = truth.filter(([first]) => !/ (?:Patient|Practitioner)\//.test(first ?? ''));
    expect(statements.length).toBe(10);
    expect(statements.filter((names) => new Set(names.map((name) => factOf.get(name))).size > 1)).toEqual([]);
    expect(statements.flat().filter((name) => !factOf.has(name))).toEqual([]);
  });
});
