import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChart, openPanel, settledRecord, sourceStates, startJourney, type Journey } from '../support/journey.ts';

const GP = 'XB001';
const HOSPITAL = 'XB101';
const COMMUNITY = 'XB201';
const COUNCIL = 'XB401';
const AMBULANCE = 'XB301';

/** Of each answer; a source's whole answer takes several, and has half a minute in a journey. */
const SLOW_MS = 2_000;

let journey: Journey;
/** The hero's record at her surgery, once everybody has ended in a status. */
let record: Locator;

beforeAll(async () => {
  journey = await startJourney();
  journey.sandbox.setMode(HOSPITAL, 'down');
  journey.sandbox.setMode(COMMUNITY, 'slow', SLOW_MS);
  journey.sandbox.setMode(COUNCIL, 'wrong-patient');
  journey.sandbox.setMode(AMBULANCE, 'garbage');
  const chart = await openChart(await journey.sitDown(), journey.sandbox, GP, 'hero');
  record = await settledRecord(await openPanel(chart), 90_000);
});
afterAll(async () => {
  await journey.close();
});

describe('what cannot be had is said, and everything else is complete', () => {
  it('one organisation down, one slow, one with the wrong patient, one with garbage: fourteen others answer in full', async () => {
    const states = await sourceStates(record);
    expect(states[HOSPITAL]).toBe('unavailable');
    expect(states[AMBULANCE]).toBe('failed');
    expect(states[COUNCIL]).toBe('failed');
    const healthy = Object.keys(journey.sandbox.resident('hero').patientIds).filter(
      (ods) => ![HOSPITAL, COUNCIL, AMBULANCE].includes(ods),
    );
    expect(healthy).toHaveLength(15);
    expect(healthy.filter((ods) => states[ods] !== 'answered')).toEqual([]);

    await record
      .getByText(/did not answer/i)
      .first()
      .waitFor();
    await record.getByText('Ousebridge Royal Infirmary').first().waitFor();
    await record
      .getByText(/another person/i)
      .first()
      .waitFor();
  });

  it('a source that is down never delays the others: they are on screen while a slow one is still waited for', async () => {
    const desk = await journey.sitDown();
    const chart = await openChart(desk, journey.sandbox, GP, 'hero');
    const panel = await openPanel(chart);
    await panel.locator('corridor-record').getByText('BEDFORD, Margaret').first().waitFor();
    await panel.locator('corridor-record corridor-problems').first().waitFor();
    const early = await sourceStates(panel.locator('corridor-record'));
    expect(early[COMMUNITY]).toBe('waiting');
    expect((await sourceStates(await settledRecord(panel)))[COMMUNITY]).toBe('answered');
    await desk.close();
  });

  it('says nothing is recorded only where all have answered: with a gap, an empty section is incomplete', async () => {
    const kinds = await record.evaluate(
      (element: { store?: { record?: { sections: readonly { absence: { kind: string } }[] } } }) =>
        element.store?.record?.sections.map((section) => section.absence.kind) ?? [],
    );
    expect(kinds.length).toBeGreaterThanOrEqual(16);
    expect(kinds).not.toContain('nothing-recorded');
  });
});
