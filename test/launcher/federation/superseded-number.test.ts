import { afterEach, describe, expect, it } from 'vitest';
import { federate } from '../../../launcher/federation/federate.ts';
import type { NhsNumber } from '../../../src/record/nhs-number.ts';
import { allergy, openFhirServer, person } from '../../support/fhir-server.ts';
import { collect, entriesOf, locatedOf, NHS_NUMBER, openBench, PATIENT, settledOf } from '../../support/federation.ts';

const OLD = '9991814426' as NhsNumber;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function asked(patient: typeof PATIENT, ...held: Parameters<typeof openFhirServer>[0]) {
  const server = await openFhirServer(held);
  const bench = openBench({ a: server.base });
  open.push(server, bench.agents);
  return collect(federate(locatedOf({ sources: ['a'], patient }), bench.deps, new AbortController().signal));
}

const replaced = { ...PATIENT, supersedes: OLD };

describe('an organisation that has not followed a change of number', () => {
  it('is not asked for a number the launch knows nothing of', async () => {
    const seen = await asked(PATIENT, person('p1', OLD), allergy('a1', 'p1'));
    expect(settledOf(seen, 'a').status.state).toBe('nothing-held');
  });

  it('gives nothing of a person who has the old number and another birth date', async () => {
    const seen = await asked(replaced, person('p1', OLD, { birthDate: '1950-01-01' }), allergy('a1', 'p1'));
    expect(settledOf(seen, 'a').status).toMatchObject({ state: 'failed', code: 'source.details_differ' });
    expect(entriesOf(seen, 'a')).toEqual([]);
  });

  it('is doubtful where it holds two records, one under each number: neither is shown as all of it', async () => {
    const seen = await asked(replaced, person('p1', NHS_NUMBER), person('p2', OLD), allergy('a1', 'p1'));
    expect(settledOf(seen, 'a').status).toMatchObject({ state: 'failed', code: 'source.ambiguous' });
    expect(entriesOf(seen, 'a')).toEqual([]);
  });

  it('gives what it holds under a number that the chart of the launch calls old', async () => {
    const seen = await asked({ ...PATIENT, formerNumbers: [OLD] }, person('p1', OLD), allergy('a1', 'p1'));
    expect(entriesOf(seen, 'a')).toHaveLength(1);
  });

  it('gives what it holds under the number that was replaced', async () => {
    const seen = await asked(replaced, person('p1', OLD), allergy('a1', 'p1'));
    expect(settledOf(seen, 'a').status.state).toBe('answered');
    expect(entriesOf(seen, 'a')).toHaveLength(1);
  });
});
