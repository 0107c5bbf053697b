import { describe, expect, it } from 'vitest';
import { readAttachments } from '../../../src/record/fhir/attachment.ts';
import { readPeriod } from '../../../src/record/fhir/date.ts';
import { extensionPart, extensionsNamed } from '../../../src/record/fhir/extension.ts';
import { readBusinessId } from '../../../src/record/fhir/identifier.ts';
import { shortName } from '../../../src/record/fhir/short-name.ts';
import { readCoded, type Coded } from '../../../src/record/fhir/coding.ts';
import { standing } from '../../../src/record/fhir/standing.ts';
import { linksTo } from '../../../src/record/fhir/statement.ts';
import { readTelecom } from '../../../src/record/fhir/telecom.ts';
import type { SourceId } from '../../../src/record/source.ts';

describe('an attachment', () => {
  it('never keeps an address or bytes', () => {
    const [attachment] = readAttachments([
      { url: 'https://x.example', data: 'aGk=', contentType: 'text/plain', size: 2 },
    ]);
    expect(attachment).toEqual({ contentType: 'text/plain', sizeBytes: 2 });
  });
});

describe('a business identifier', () => {
  it.each([
    ['without a system', { value: '1' }],
    ['with a system that is no address', { system: 'local', value: '1' }],
    ['that is the NHS number', { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
    ['that is old', { system: 'https://x.example', value: '1', use: 'old' }],
    ['without a value', { system: 'https://x.example' }],
  ])('%s does not count', (_why, identifier) => {
    expect(readBusinessId({ resourceType: 'Encounter', id: 'e1', identifier: [identifier] })).toBeUndefined();
  });

  it('is system and value, the master identifier first', () => {
    const masterIdentifier = { system: 'urn:ietf:rfc:3986', value: 'urn:oid:1' };
    expect(
      readBusinessId({
        resourceType: 'DocumentReference',
        masterIdentifier,
        identifier: [{ system: 'https://x.example', value: '1' }],
      }),
    ).toBe('urn:ietf:rfc:3986|urn:oid:1');
  });
});

describe('a telecom', () => {
  it('that is old or over is left out', () => {
    expect(
      readTelecom([{ value: '1', use: 'old' }, { value: '2', period: { end: '2020' } }, { system: 'phone' }]),
    ).toEqual([]);
  });

  it('that is preferred comes first', () => {
    expect(readTelecom([{ value: 'b' }, { value: 'a', rank: 1, system: 'phone', use: 'mobile' }])).toEqual([
      { value: 'a', system: 'phone', use: 'mobile' },
      { value: 'b' },
    ]);
  });
});

describe('standing', () => {
  const period = readPeriod({ end: '2020-01-31' });
  const touched = (lastUpdated: string) => ({ resourceType: 'CarePlan', meta: { lastUpdated } });

  it('is left alone when nothing says that the end has come', () => {
    expect(standing('current', period, { resourceType: 'CarePlan' })).toBe('current');
    expect(standing('current', period, touched('2020-01-31T09:00:00Z'))).toBe('current');
    expect(standing('negated', period, touched('2021-01-01T00:00:00Z'))).toBe('negated');
  });

  it('is past once the source has touched it after its end', () => {
    expect(standing('planned', period, touched('2020-02-02T00:00:00Z'))).toBe('past');
  });
});

describe('an extension', () => {
  const element = {
    extension: [
      {
        url: 'https://a.example/StructureDefinition/Extension-UKCore-Rank',
        extension: [{ url: 'part', valueString: 'x' }],
      },
    ],
  };

  it('of another name is not taken', () => {
    expect(extensionsNamed(element, 'Core-Rank')).toEqual([]);
    expect(extensionsNamed(undefined, 'Rank')).toEqual([]);
  });

  it('is found by its name whatever its base, and its parts by theirs', () => {
    const [found] = extensionsNamed(element, 'UKCore-Rank');
    expect(extensionPart(found, 'part')?.['valueString']).toBe('x');
  });
});

describe('a short name', () => {
  it('leaves off the address of a code system, and nothing else', () => {
    expect(shortName(readCoded({ coding: [{ system: 'http://x', code: 'EMER' }] }) as Coded)).toBe('EMER');
    expect(
      shortName(readCoded({ coding: [{ system: 'http://x', code: 'EMER', display: 'emergency' }] }) as Coded),
    ).toBe('emergency');
    expect(shortName(readCoded({ text: 'A (b)', coding: [{ code: 'C' }] }) as Coded)).toBe('A (b)');
  });
});

describe('a link', () => {
  const context = { source: 'gp' as SourceId, resolve: () => ({ resourceType: 'Condition', id: 'c9' }) };
  const within = { resourceType: 'Encounter' };

  it('is not made to what is contained and has no address', () => {
    expect(linksTo('problem', [{ reference: '#c' }, { display: 'only words' }], context, within)).toEqual([]);
  });

  it('follows a urn to the resource that came with it', () => {
    expect(linksTo('problem', { reference: 'urn:uuid:1' }, context, within)).toEqual([
      { rel: 'problem', to: 'Condition/c9' },
    ]);
  });

  it('says what it leads to when a reason is a report or a letter', () => {
    expect(
      linksTo('problem', [{ reference: 'DiagnosticReport/1' }, { reference: 'DocumentReference/2' }], context, within),
    ).toEqual([
      { rel: 'report', to: 'DiagnosticReport/1' },
      { rel: 'document', to: 'DocumentReference/2' },
    ]);
  });
});
