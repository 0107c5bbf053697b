import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openChart,
  openPanel,
  recordedNumber,
  settledRecord,
  sourceStates,
  startJourney,
  type Journey,
} from '../support/journey.ts';

const AMBULANCE = 'XB301';
const PRACTICE = 'XB004';
let journey: Journey;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

/** Of the launch: whom each EPR knows was said before anybody came. */
const written = async () =>
  (await journey.sandbox.launcher.audit.read({ limit: 1_000 })).filter(({ type }) => type !== 'locator.updated');

describe('an ambulance whose chart has no NHS number', () => {
  it('opens nothing until a person has confirmed who it is, then the record with its own part in it', async () => {
    const page = await openChart(await journey.sitDown(), journey.sandbox, AMBULANCE, 'no-nhs-number');
    const panel = await openPanel(page);
    await panel.getByRole('heading', { name: 'Is this the person whose chart you have open?' }).waitFor();
    expect(await panel.locator('corridor-record').count()).toBe(0);
    const before = await written();
    expect(before.map(({ type }) => type)).toEqual(['launch.started', 'patient.traced']);
    expect(journey.sandbox.demographics.asked()).toMatchObject([{ organisation: AMBULANCE, found: 1 }]);

    await panel.getByRole('button', { name: /^Yes, this is Walter/ }).click();
    const record = await settledRecord(panel);
    const { nhsNumber } = journey.sandbox.resident('no-nhs-number');
    expect(await recordedNumber(record)).toBe(nhsNumber);
    expect(await sourceStates(record)).toMatchObject({ [PRACTICE]: 'answered', [AMBULANCE]: 'answered' });
    const after = await written();
    expect(after.slice(2, 4)).toMatchObject([
      { type: 'patient.confirmed', outcome: 'success', nhsNumber },
      { type: 'launch.finished', outcome: 'success', nhsNumber, detail: { patient: 'trace' } },
    ]);
    expect(page.url()).not.toContain(nhsNumber);
  });
});
