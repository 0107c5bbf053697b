import { describe, expect, it } from 'vitest';
import { DEFAULT_DENY } from '../../../launcher/access/judge.ts';
import { createRedaction, type Redaction } from '../../../launcher/access/redact.ts';
import { isReleased } from '../../../launcher/access/release.ts';
import type { SourceStanding } from '../../../launcher/access/standing.ts';
import type { HeldBack } from '../../../launcher/trust/community.ts';
import type { Entry } from '../../../src/record/entry.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { SECTIONS } from '../../../src/record/sections/index.ts';
import type { SectionId } from '../../../src/record/section.ts';
import type { SourceId } from '../../../src/record/source.ts';

const SOURCE = 's' as SourceId;
const ALL: readonly SectionId[] = SECTIONS.map(({ id }) => id);

/** An organisation that holds this back, for a reader who may see all else of it. */
function holdingBack(rule: HeldBack): Redaction {
  const allowed = (section: SectionId, { marks }: Parameters<SourceStanding['see']>[1]): boolean =>
    isReleased({ withhold: [rule] }, section, marks);
  const standing: SourceStanding = {
    looksAtMarks: true,
    looksAtUnits: false,
    see: (section, facts) => ({ ...DEFAULT_DENY, allowed: allowed(section, facts) }),
    tell: () => true,
    seesLabels: (section, labels) => allowed(section, { labels, marks: { units: [], categories: [] } }),
  };
  return createRedaction({
    clearance: 'N',
    tellWithheld: true,
    restrictedPatient: false,
    standings: new Map([[SOURCE, standing]]),
  });
}

const SMOKING = {
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  category: [{ coding: [{ system: 'cat', code: 'social-history' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '72166-2', display: 'Tobacco smoking status' }] },
  valueCodeableConcept: { text: 'Smoker' },
};
const ENCOUNTER: Resource = { resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' } };

/** What leaves the launcher of an encounter with this inside. */
function leaving(redaction: Redaction, inner: object = SMOKING): readonly string[] {
  const holder = { ...ENCOUNTER, contained: [inner] };
  if (redaction.judge(holder, { source: SOURCE, sections: ALL }) !== 'shown') return ['withheld'];
  const entries: readonly Entry[] = readResources([holder], SOURCE).entries;
  return redaction.cut(entries, { sections: ALL, restricted: false }).map(({ section }) => section);
}

describe('an Observation that lies inside another resource', () => {
  it('leaves with it where its organisation lets both out', () => {
    expect(leaving(holdingBack({ categories: ['cat|other'] }))).toEqual(['encounters', 'social-context']);
  });

  it('is held back with the whole where its organisation holds back what it is, by category or code', () => {
    expect(leaving(holdingBack({ categories: ['cat|social-history'] }))).toEqual(['withheld']);
    expect(leaving(holdingBack({ categories: ['http://loinc.org|72166-2'] }))).toEqual(['withheld']);
  });

  it('is held back alone where its organisation holds that back under its own heading', () => {
    expect(leaving(holdingBack({ sections: ['social-context'] }))).toEqual(['encounters']);
    expect(leaving(holdingBack({ sections: ['social-context'], categories: ['cat|social-history'] }))).toEqual([
      'encounters',
    ]);
    expect(leaving(holdingBack({ sections: ['assessments'], categories: ['cat|social-history'] }))).toEqual([
      'encounters',
      'social-context',
    ]);
  });
});
