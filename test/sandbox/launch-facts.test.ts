import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../sandbox/start.ts';
import type { Patient } from '../../src/record/patient.ts';
import { formatNhsNumber } from '../../src/record/nhs-number.ts';
import { cy } from '../../src/words/cy.ts';
import { enGB } from '../../src/words/en-GB.ts';
import { openView, readRecord } from '../support/plain-browser.ts';
import { unhurried } from '../support/unhurried.ts';

const HOSPITAL = 'XB102';
const PRACTICE = 'XB006';
const TRUST = 'XB201';
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox(unhurried());
}, 120_000);
afterAll(async () => {
  await sandbox.close();
});

async function opened(ods: string, story: string) {
  const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(ods, story));
  const events = await readRecord(sandbox.launcherUrl, session);
  const [first] = events.flatMap((event) => (event.type === 'opened' ? [event] : []));
  if (!first) throw new Error('not opened');
  const launches = await sandbox.launcher.audit.read({ limit: 10_000 });
  const { nhsNumber } = sandbox.resident(story);
  const about = launches.filter((event) => event.nhsNumber === nhsNumber);
  const entries = events.flatMap((event) => (event.type === 'entries' ? event.entries : []));
  return { patient: first.patient as Patient, about, entries };
}

describe('a number that was replaced', () => {
  it('is named in the banner’s words, and everything is found, by the one that counts or by the old one', async () => {
    const { patient, about, entries } = await opened(HOSPITAL, 'superseded-number');
    const { nhsNumber = '' } = sandbox.resident('superseded-number');
    expect(patient.nhsNumber).toBe(nhsNumber);
    const replaced = formatNhsNumber(patient.supersedes ?? patient.nhsNumber);
    expect(replaced).not.toBe(formatNhsNumber(patient.nhsNumber));
    expect(enGB.banner.superseded(replaced)).toBe(`Number changed: your system holds ${replaced}`);
    expect(cy.banner.superseded(replaced)).toContain(replaced);
    const launch = about.find(({ type }) => type === 'launch.finished');
    expect(launch?.detail).toMatchObject({ 'patient.number': 'superseded' });
    const allergies = entries.filter(({ section }) => section === 'allergies').map(({ origin }) => origin.source);
    // The practice holds the new number, the night doctors the one that was replaced.
    expect(allergies.some((source) => source.includes('staithe'))).toBe(true);
    expect(allergies.some((source) => source.includes('vale-out-of-hours'))).toBe(true);
  });

  it('is not spoken of where the chart has followed the change', async () => {
    const { patient, entries } = await opened(PRACTICE, 'superseded-number');
    expect(patient.supersedes).toBeUndefined();
    // The chart still knows the number as an old one: what others hold under it is found, and the page is not told of it.
    expect(entries.some(({ origin }) => origin.source.includes('harwick-general'))).toBe(true);
    expect(patient).not.toHaveProperty('formerNumbers');
  });
});

describe('an open referral that carries the codes of its organisations', () => {
  it('is the evidence of care of whom it was sent to, and no alert is raised', async () => {
    const { about } = await opened(TRUST, 'referred');
    expect(about.find(({ type }) => type === 'record.viewed')?.detail).toMatchObject({ relationship: 'referral' });
  });
});
