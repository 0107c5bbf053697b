import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseModes } from '../../sandbox/eprs/modes.ts';
import { openSmallEpr } from '../support/sandbox/small-epr.ts';
import type { SmallEpr } from '../support/sandbox/small-epr.ts';

let small: SmallEpr;
let token: string;

beforeAll(async () => {
  small = await openSmallEpr();
  token = await small.client.systemToken(small.epr);
});
afterEach(() => small.epr.modes.set('normal'));
afterAll(() => small.close());

const get = (url: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } });
const observations = () => `${small.epr.fhirBase}/Observation?patient=p1`;

describe('a mode', () => {
  it('that is not one is refused with the words that are', () => {
    expect(() => parseModes('XB001=broken')).toThrow(/XB001=broken.*slow\|down/);
    expect([...parseModes('XB001=down, XB002=half-way')]).toEqual([
      ['XB001', 'down'],
      ['XB002', 'half-way'],
    ]);
  });

  it('down resets every connection to the FHIR and the authorisation server', async () => {
    small.epr.modes.set('down');
    await expect(get(observations())).rejects.toThrow();
    await expect(fetch(`${small.epr.issuer}/.well-known/openid-configuration`)).rejects.toThrow();
  });

  it('slow answers in full, but late', async () => {
    small.epr.modes.set('slow', 300);
    const started = performance.now();
    const answer = await get(observations());
    expect(answer.status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(290);
  });

  it('half-way gives a good first page and breaks off in the second', async () => {
    small.epr.modes.set('half-way');
    const first = (await (await get(observations())).json()) as {
      total: number;
      link: { relation: string; url: string }[];
    };
    expect(first.total).toBe(240);
    const next = first.link.find((link) => link.relation === 'next')!.url;
    await expect(get(next).then((answer) => answer.text())).rejects.toThrow();
  });

  it('wrong-patient slips in resources of another patient', async () => {
    small.epr.modes.set('wrong-patient');
    const text = await (await get(observations())).text();
    expect(text).toContain('Patient/p1');
    expect(text).toContain('Patient/p2');
  });

  it('garbage is said to be fine and can’t be read', async () => {
    small.epr.modes.set('garbage');
    for (const path of [
      'Observation?patient=p1',
      'Observation?patient=p1&_count=3',
      'Observation?patient=p1&_count=4',
      'MedicationRequest?patient=p1',
    ]) {
      const answer = await get(`${small.epr.fhirBase}/${path}`);
      expect(answer.status).toBe(200);
      const text = await answer.text();
      expect(() => JSON.parse(text) as unknown).toThrow();
    }
  });

  it('is over as soon as it is switched back', async () => {
    small.epr.modes.set('down');
    small.epr.modes.set('normal');
    expect((await get(observations())).status).toBe(200);
  });
});
