import { describe, expect, it } from 'vitest';
import type { PermittedRequest } from '../../../launcher/access/decision.ts';
import { createConsents } from '../../../launcher/access/known-consents.ts';
import type { Patient } from '../../../src/record/patient.ts';

const NUMBER = '9990000018';
const OLD = '9990000026';
const objection = { id: 'c1', nhsNumber: OLD, statement: '{"said":"no"}', recordedAt: '', recordedBy: 'team' };

const consents = createConsents({
  askKeepers: () => Promise.resolve({ answered: new Map(), silent: [] }),
  load: (nhsNumber) => Promise.resolve(nhsNumber === OLD ? ([objection] as never) : []),
  replace: () => Promise.reject(new Error('nothing changed')),
  newId: () => 'new',
  now: () => 0,
});
const patient = (supersedes?: string) => ({ nhsNumber: NUMBER, ...(supersedes && { supersedes }) }) as Patient;
const asked = (of: Patient) => consents.ask({ session: { context: { patient: of } } } as unknown as PermittedRequest);

describe('an objection that was recorded under a number which has been replaced since', () => {
  it('is not somebody else’s', async () => {
    expect((await asked(patient())).statements).toEqual([]);
    expect(await consents.stored(patient())).toEqual([]);
  });

  it('holds as it did', async () => {
    expect((await asked(patient(OLD))).statements).toEqual([{ said: 'no' }]);
    expect(await consents.stored(patient(OLD))).toEqual([{ said: 'no' }]);
  });
});
