import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { SECTIONS } from '../../../src/record/sections/index.ts';
import { sectionOf } from '../../../src/record/sections/index.ts';
import type { SourceId } from '../../../src/record/source.ts';

/**
 * Whatever stands in whatever element of whatever type a section reads: reading ends, throws nothing, leaves each resource
 * either read or counted as unread, and makes no entry without a title, nor one whose key cannot be made.
 */
const TYPES = [...new Set(SECTIONS.flatMap((section) => section.reads))].sort();

const ELEMENTS = [
  ...[
    'status',
    'code',
    'category',
    'class',
    'type',
    'period',
    'participant',
    'content',
    'context',
    'component',
    'note',
    'name',
  ],
  ...[
    'valueQuantity',
    'valueCodeableConcept',
    'valueString',
    'referenceRange',
    'interpretation',
    'dataAbsentReason',
    'hasMember',
  ],
  ...[
    'result',
    'contained',
    'specimen',
    'presentedForm',
    'conclusion',
    'vaccineCode',
    'protocolApplied',
    'hospitalization',
  ],
  ...[
    'activity',
    'goal',
    'item',
    'questionnaire',
    '_questionnaire',
    'relationship',
    'telecom',
    'contact',
    'extension',
    'meta',
  ],
  ...[
    'identifier',
    'start',
    'end',
    'effectiveDateTime',
    'issued',
    'title',
    'description',
    'subject',
    'focus',
    'text',
    'series',
  ],
];

const scalar = fc.oneof(
  fc.constantFrom(
    null,
    '',
    'final',
    'active',
    'x',
    '#c',
    'urn:uuid:1',
    'Patient/p',
    '2026-11-02',
    '__proto__',
    'constructor',
    '<b>x</b>',
    0,
    -1,
    1e21,
    true,
    false,
  ),
  fc.string({ maxLength: 8 }),
);
const leaf = fc.dictionary(
  fc.constantFrom(
    'coding',
    'code',
    'system',
    'display',
    'text',
    'value',
    'unit',
    'comparator',
    'reference',
    'resourceType',
    'id',
    'start',
    'end',
    'item',
    'answer',
    'linkId',
    'attachment',
    'member',
    'actor',
    'detail',
    'low',
    'high',
    'url',
    'valueString',
    'versionId',
    'lastUpdated',
    'security',
  ),
  fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 2 }),
    fc.array(fc.dictionary(fc.constantFrom('code', 'system', 'display', 'text', 'reference'), scalar, { maxKeys: 3 }), {
      maxLength: 2,
    }),
  ),
  { maxKeys: 4 },
);
const junk = fc.oneof(scalar, leaf, fc.array(fc.oneof(leaf, scalar), { maxLength: 3 }));
const resource: fc.Arbitrary<Resource> = fc
  .tuple(
    fc.constantFrom(...TYPES),
    fc.dictionary(fc.constantFrom(...ELEMENTS), junk, { maxKeys: 8 }),
    fc.constantFrom('r1', 'r2', undefined, 7),
  )
  .map(([resourceType, elements, id]) => ({ ...elements, resourceType, id }));

describe('every section, given anything', () => {
  it('reads it or counts it, and never throws', () => {
    fc.assert(
      fc.property(fc.array(resource, { minLength: 1, maxLength: 4 }), (resources) => {
        const reading = readResources(resources, 'any' as SourceId);
        expect(reading.unread.filter((item) => item.reason === 'reader-fault')).toEqual([]);
        for (const entry of reading.entries) {
          expect(entry.title.trim()).not.toBe('');
          expect(typeof sectionOf(entry.section)?.factKey(entry)).toBe('string');
        }
      }),
      { numRuns: 3000, seed: 20261122 },
    );
  });
});
