import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChart, openPanel, settledRecord, startJourney, type Journey } from '../support/journey.ts';

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(async () => {
  await journey.close();
});

/** The council whose case files open by a signed link, and a resident whom it knows. */
function caseFile(): { readonly ods: string; readonly story: string } {
  const epr = journey.sandbox.eprs.find(({ door }) => door.id === 'url-launch');
  const resident = journey.sandbox.community.residents.find(
    ({ patientIds, nhsNumber }) => nhsNumber !== undefined && patientIds[epr?.organisation.ods ?? ''] !== undefined,
  );
  if (!epr || !resident) throw new Error('no case file opens by a link');
  return { ods: epr.organisation.ods, story: resident.story };
}

describe('from a case file to the shared record', () => {
  it('opens by an encrypted link in a cross-site frame, and leaves no number in any address', async () => {
    const { ods, story } = caseFile();
    const desk = await journey.sitDown();
    const addresses: string[] = [];
    desk.on('request', (request) => addresses.push(request.url()));
    const chart = await openChart(desk, journey.sandbox, ods, story);
    await settledRecord(await openPanel(chart));
    const number = journey.sandbox.resident(story).nhsNumber ?? '';
    expect(addresses.some((address) => address.includes('/plugins/url-launch/launch/'))).toBe(true);
    for (const address of addresses) {
      const read = [
        address,
        ...address.split(/[.=&?]/).map((part) => Buffer.from(part, 'base64url').toString('latin1')),
      ];
      expect(read.filter((text) => text.includes(number))).toEqual([]);
    }
    const frame = chart.frames().find((one) => one.url().startsWith(journey.sandbox.launcherUrl));
    expect(new URL(frame?.url() ?? '').hash).toBe('');
    expect(await desk.cookies()).toEqual([]);
    await desk.close();
  });
});
