import { describe, expect, it } from 'vitest';
import { ResourceReader } from '../../../src/record/read-resources.ts';
import type { SourceId } from '../../../src/record/source.ts';

const doctor = (id: string | undefined, text: string) => ({ resourceType: 'Practitioner', id, name: [{ text }] });
const condition = (reference: string) => ({
  resourceType: 'Condition',
  id: 'c',
  code: { text: 'Asthma' },
  recorder: { reference },
});
/** Who recorded a problem that names them by this reference, after these pages. */
const recorder = (reference: string, ...pages: readonly (readonly unknown[])[]): string | undefined => {
  const reader = new ResourceReader('gp' as SourceId);
  for (const page of pages) reader.read(page);
  return reader.read([condition(reference)]).entries[0]?.origin.by;
};

describe('a reference to a resource of the same source', () => {
  it('leads nowhere where nothing of that name came', () => {
    expect(recorder('urn:uuid:p', [doctor('q', 'Dr Q')])).toBeUndefined();
    expect(recorder('urn:uuid:', [doctor(undefined, 'Dr Q')])).toBeUndefined();
    expect(recorder('urn:uuid:undefined', [doctor(undefined, 'Dr Q')])).toBeUndefined();
  });

  it('leads by its bare identifier to what came before, beside it or behind it on its page', () => {
    expect(recorder('urn:uuid:p', [doctor('p', 'Dr P')])).toBe('Dr P');
    const reader = new ResourceReader('gp' as SourceId);
    const page = [doctor('p', 'Dr P'), condition('urn:uuid:q'), doctor('q', 'Dr Q')];
    expect(reader.read(page).entries[0]?.origin.by).toBe('Dr Q');
  });

  it('leads to what came after the first such reference was followed', () => {
    const reader = new ResourceReader('gp' as SourceId);
    reader.read([doctor('p', 'Dr P'), condition('urn:uuid:p')]);
    expect(reader.read([doctor('q', 'Dr Q'), condition('urn:uuid:q')]).entries[0]?.origin.by).toBe('Dr Q');
    expect(reader.read([condition('urn:uuid:p')]).entries[0]?.origin.by).toBe('Dr P');
  });

  it('leads to what a resource says now, where a later page says it anew', () => {
    expect(recorder('Practitioner/p', [doctor('p', 'Dr P')], [doctor('p', 'Dr P Newname')])).toBe('Dr P Newname');
    expect(
      recorder('urn:uuid:p', [doctor('p', 'Dr P')], [condition('urn:uuid:p')], [doctor('p', 'Dr P Newname')]),
    ).toBe('Dr P Newname');
  });
});
