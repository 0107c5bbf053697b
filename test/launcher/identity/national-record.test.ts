import { describe, expect, it } from 'vitest';
import { checkNumber } from '../../../launcher/identity/national-record.ts';
import type { SourceTools } from '../../../plugins/plugin.ts';
import type { NhsNumber } from '../../../src/record/nhs-number.ts';
import type { Patient } from '../../../src/record/patient.ts';

const OLD = '9990000018' as NhsNumber;
const NOW = '9990000026' as NhsNumber;
const HOME: Patient = {
  nhsNumber: OLD,
  family: 'Ashdown',
  given: 'Wren',
  birthDate: '1948-03-07' as Patient['birthDate'],
  postcode: 'ZZ99 3CZ',
};
const national = (number: string, more: object = {}) => ({
  resourceType: 'Patient',
  id: number,
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: number }],
  name: [{ use: 'usual', family: 'Ashdown', given: ['Wren'] }],
  birthDate: '1948-03-07',
  meta: { security: [{ code: 'U' }] },
  ...more,
});
const restricted = { meta: { security: [{ code: 'R' }] } };

let asked: string[] = [];
function check(status: number, body: unknown, home = HOME): ReturnType<typeof checkNumber> {
  asked = [];
  const fetch = ((request: { url: string }) => {
    asked.push(request.url);
    if (status === 0) return Promise.reject(new Error('silence'));
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve({ status, header: () => undefined, text: () => Promise.resolve(text) });
  }) as unknown as SourceTools['fetch'];
  return checkNumber(home, { base: 'https://pds.example/r4' }, fetch, Date.now(), new AbortController().signal);
}

describe('a number the national service is asked about', () => {
  it.each([
    ['another birth date', national(OLD, { birthDate: '1950-01-01' })],
    ['another name', national(OLD, { name: [{ family: 'Zimmer', given: ['Wren'] }] })],
    ['another birth date under the number that replaced it', national(NOW, { birthDate: '1950-01-01' })],
  ])('opens nothing when it is held there with %s', async (_title, body) => {
    await expect(check(200, body)).rejects.toMatchObject({ code: 'patient.number_differs' });
  });

  it.each([
    ['is silent', 0, ''],
    ['has a fault', 503, ''],
    ['answers with a page', 200, '<html>'],
    ['answers with something else', 200, { resourceType: 'Bundle' }],
  ])('stands as the home EPR says while the service %s', async (_title, status, body) => {
    expect(await check(status, body)).toEqual({ patient: { ...HOME, numberUnchecked: true }, said: 'unavailable' });
  });

  it('stands, and the audit is told, when the service does not know it', async () => {
    expect(await check(404, '')).toEqual({ patient: HOME, said: 'unknown' });
  });

  it('that was superseded goes on as the current one and names the old', async () => {
    const { patient, said } = await check(200, national(NOW));
    expect(said).toBe('superseded');
    expect(patient).toEqual({ ...HOME, nhsNumber: NOW, supersedes: OLD });
    expect(asked).toEqual([`https://pds.example/r4/Patient/${OLD}`]);
  });

  it('of a restricted person makes the launch a restricted one, without a postcode, even where the rest can’t be read', async () => {
    for (const body of [national(OLD, restricted), national(OLD, { ...restricted, name: [] })]) {
      const { patient } = await check(200, body);
      expect(patient).toMatchObject({ nhsNumber: OLD, restricted: true });
      expect(patient).not.toHaveProperty('postcode');
    }
    expect((await check(200, national(NOW, restricted))).patient).toMatchObject({ nhsNumber: NOW, restricted: true });
  });

  it('that is current and open changes nothing; and what the home EPR restricts stays so', async () => {
    expect(await check(200, national(OLD))).toEqual({ patient: HOME, said: 'current' });
    const home = { ...HOME, restricted: true as const };
    expect((await check(200, national(OLD), home)).patient).toEqual(home);
  });
});
