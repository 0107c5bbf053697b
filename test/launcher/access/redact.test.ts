import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedaction, mayOpenDocuments, ruleFor, type RedactionRule } from '../../../launcher/access/redact.ts';
import { withoutWhereabouts } from '../../../launcher/access/whereabouts.ts';
import type { Entry } from '../../../src/record/entry.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SectionId } from '../../../src/record/section.ts';
import type { Source } from '../../../src/record/source.ts';

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const RULE: RedactionRule = { clearance: 'N', tellWithheld: true, restrictedPatient: false };
const SECTIONS: readonly SectionId[] = ['problems'];

function labelled(...labels: readonly (readonly [string, string])[]): Resource {
  return {
    resourceType: 'Condition',
    id: 'c1',
    meta: { security: labels.map(([system, code]) => ({ system, code })) },
  };
}

function entry(labels: readonly string[], more: object = {}): Entry {
  return {
    id: 's/Condition/c1',
    section: 'problems',
    origin: { source: 's', resource: 'Condition/c1', by: 'Dr A, Northcliffe Surgery' },
    title: 'Asthma',
    state: 'current',
    cautions: [],
    labels,
    notes: [],
    links: [],
    ...more,
  } as unknown as Entry;
}

describe('a resource is not shown', () => {
  it.each([
    ['N', 'R', 'withheld'],
    ['N', 'V', 'hidden'],
    ['R', 'V', 'hidden'],
    ['N', 'made-up', 'hidden'],
  ] as const)('to a reader cleared for %s when labelled %s: %s', (clearance, code, verdict) => {
    expect(createRedaction({ ...RULE, clearance }).judge(labelled([CONFIDENTIALITY, code]))).toBe(verdict);
  });

  it('when it is marked as sensitive, even if labelled normal; not even its number is told', () => {
    for (const code of ['HIV', 'SEX', 'STD', 'PSY', 'SDV', 'ETH', 'hiv']) {
      expect(createRedaction(RULE).judge(labelled([CONFIDENTIALITY, 'N'], [ACT_CODE, code]))).toBe('hidden');
    }
  });

  it('without a word where the policy lets nothing be told', () => {
    expect(createRedaction({ ...RULE, tellWithheld: false }).judge(labelled([CONFIDENTIALITY, 'R']))).toBe('hidden');
  });

  it('when something contained in it is labelled above the clearance', () => {
    const outer: Resource = { resourceType: 'Condition', id: 'c1', contained: [labelled([CONFIDENTIALITY, 'R'])] };
    expect(createRedaction(RULE).judge(outer)).toBe('withheld');
  });
});

describe('a resource is shown', () => {
  it.each([
    ['N', 'N'],
    ['N', 'U'],
    ['N', 'M'],
    ['R', 'R'],
    ['V', 'V'],
  ] as const)('to a reader cleared for %s when labelled %s', (clearance, code) => {
    expect(createRedaction({ ...RULE, clearance }).judge(labelled([CONFIDENTIALITY, code]))).toBe('shown');
  });

  it('when it has no label, or labels that do not restrict', () => {
    expect(createRedaction(RULE).judge(labelled())).toBe('shown');
    expect(createRedaction(RULE).judge(labelled(['http://example.org/tags', 'R'], [ACT_CODE, 'TREAT']))).toBe('shown');
  });
});

describe('entries are cut', () => {
  it('by label, and by the sections this reader may see', () => {
    const cut = (entries: readonly Entry[]): number =>
      createRedaction(RULE).cut(entries, { sections: SECTIONS, restricted: false }).length;
    expect(cut([entry([`${CONFIDENTIALITY}|R`])])).toBe(0);
    expect(cut([entry([], { section: 'alerts' })])).toBe(0);
    expect(cut([entry([`${CONFIDENTIALITY}|N`])])).toBe(1);
  });

  it('never to more by another label (adding one never enlarges what is seen)', () => {
    const label = fc.tuple(
      fc.constantFrom(CONFIDENTIALITY, ACT_CODE, 'http://example.org', ''),
      fc.constantFrom('U', 'N', 'R', 'V', 'HIV', 'TREAT', 'x'),
    );
    const rank = { shown: 0, withheld: 1, hidden: 2 };
    fc.assert(
      fc.property(
        fc.array(label, { maxLength: 4 }),
        label,
        fc.constantFrom('N', 'R', 'V'),
        fc.boolean(),
        (labels, added, clearance, tellWithheld) => {
          const redaction = createRedaction({ ...RULE, clearance: clearance as 'N', tellWithheld });
          expect(rank[redaction.judge(labelled(...labels, added))]).toBeGreaterThanOrEqual(
            rank[redaction.judge(labelled(...labels))],
          );
        },
      ),
    );
  });
});

describe('a person whose whereabouts are restricted', () => {
  const somewhere = {
    location: 'Ward 7',
    practice: ['Northcliffe Surgery'],
    activities: [{ text: 'Visit', where: '12 Sea Lane' }],
    addresses: ['Diabetes'],
    discharge: { to: 'Home', place: 'Sea Lane' },
  };

  it('is nowhere to be found in the entries, whichever side marks it', () => {
    const cut = (rule: RedactionRule, restricted: boolean): string =>
      JSON.stringify(createRedaction(rule).cut([entry([], somewhere)], { sections: SECTIONS, restricted }));
    for (const text of [cut({ ...RULE, restrictedPatient: true }, false), cut(RULE, true)]) {
      expect(text).not.toMatch(/Ward 7|Northcliffe|Sea Lane/);
      expect(text).toContain('Diabetes');
      expect(text).toContain('"practice":[]');
    }
    expect(cut({ ...RULE, restrictedPatient: true, clearance: 'R' }, false)).not.toContain('Ward 7');
    expect(cut({ ...RULE, restrictedPatient: true, clearance: 'V' }, false)).toContain('Ward 7');
  });

  it('has no practice and no local authority, which say nothing but where the person belongs', () => {
    const sections = ['gp-practice', 'local-authority'] as const;
    const entries = sections.map((section) => entry([], { section }));
    const cut = (clearance: RedactionRule['clearance']): number =>
      createRedaction({ ...RULE, restrictedPatient: true, clearance }).cut(entries, { sections, restricted: false })
        .length;
    expect(cut('R')).toBe(0);
    expect(cut('V')).toBe(2);
  });

  it('has no address in any section about people', () => {
    const text = JSON.stringify(
      withoutWhereabouts(
        entry([], { section: 'demographics', addresses: [{ lines: ['12 Sea Lane'] }], telecom: [{ value: '0' }] }),
      ),
    );
    expect(text).not.toContain('Sea Lane');
    expect(text).toContain('"telecom":[]');
  });

  it('is not given away by the names of the organisations', () => {
    const source = {
      id: 's',
      organisation: { ods: 'XB001', name: 'Northcliffe Surgery', kind: 'gp' },
      home: false,
    } as unknown as Source;
    expect(JSON.stringify(createRedaction({ ...RULE, restrictedPatient: true }).describe(source))).not.toMatch(
      /Northcliffe|XB001/,
    );
    expect(createRedaction(RULE).describe(source)).toEqual(source);
  });

  it('has letters that only a cleared role may open', () => {
    const patient = { restricted: true } as never;
    const role = { id: 'gp', name: 'GP', sections: SECTIONS, clearance: 'N' } as const;
    expect(mayOpenDocuments(ruleFor(role, patient))).toBe(false);
    expect(mayOpenDocuments(ruleFor({ ...role, clearance: 'R' }, patient))).toBe(false);
    expect(mayOpenDocuments(ruleFor({ ...role, clearance: 'V' }, patient))).toBe(true);
    expect(mayOpenDocuments(ruleFor(role, {} as never))).toBe(true);
  });
});
