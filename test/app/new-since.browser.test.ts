import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorRecord } from '../../src/index.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import type { Look, LookMemory } from '../../src/stream/last-look.ts';
import { drawn } from '../support/browser/drawn.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

/** A launcher that remembers, and what it has been given. */
function memory(admissionFirst = false): { looks: () => Promise<LookMemory>; kept: Look[] } {
  const kept: Look[] = [];
  return {
    kept,
    looks: () =>
      Promise.resolve({
        before: () => {
          const [first, last] = [kept[0], kept.at(-1)];
          return Promise.resolve({
            key: new Uint8Array(32),
            ...(last && { last }),
            ...(admissionFirst && first && { admission: first }),
          });
        },
        keep: (seen: Uint8Array) => {
          kept.push({ at: `2026-10-${String(11 + kept.length)}T09:00:00Z`, seen });
          return Promise.resolve();
        },
      }),
  };
}

async function shown(record: PatientRecord, looks: () => Promise<LookMemory>): Promise<CorridorRecord> {
  fixtureCleanup();
  const element = await fixture<CorridorRecord>(
    html`<corridor-record .record=${record} .looks=${looks} today=${sample.TODAY}></corridor-record>`,
  );
  await until(() => said(element) !== '', 'what is new');
  return element;
}

const said = (element: CorridorRecord): string =>
  (element.shadowRoot?.querySelector('.tool.since')?.textContent ?? '').replace(/\s+/g, ' ').trim();

function pills(root: Element | ShadowRoot): readonly string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element.matches('.when .fresh') ? [element.textContent ?? ''] : []),
    ...(element.shadowRoot ? pills(element.shadowRoot) : []),
  ]);
}

const asthma = sample.problem('a', 'Asthma');
const gout = sample.problem('g', 'Gout');
const failure = sample.problem('h', 'Heart failure');
const before = { surgery: { resources: [asthma] }, hospital: { ended: sample.didNotAnswer } };
const after = { surgery: { resources: [asthma, gout] }, hospital: { resources: [failure] } };

describe('since this reader last looked', () => {
  it('says that it is the first look, and keeps hashes once the record has been on the screen for a moment', async () => {
    const { looks, kept } = memory();
    const element = await shown(sample.sampleRecord(before), looks);
    expect(said(element)).to.equal('Your first look at this record');
    expect(kept).to.have.length(0);
    await until(() => kept.length === 1, 'kept');
    const bytes = new TextDecoder('latin1').decode(kept[0]?.seen);
    expect(bytes).not.to.contain('Asthma').and.not.to.contain('surgery');
    await expect(element).to.be.accessible();
  });

  it('does not call new what an organisation holds that had not answered the last time', async () => {
    const { looks, kept } = memory();
    await shown(sample.sampleRecord(before), looks);
    await until(() => kept.length === 1, 'kept');
    const element = await shown(sample.sampleRecord(after), looks);
    await until(() => said(element).startsWith('1 new'), said(element));
    expect(said(element)).to.contain('1 new · 1 not seen before since you last looked (11-Oct-2026');
    await until(() => pills(element.shadowRoot!).length === 2);
    expect([...pills(element.shadowRoot!)].sort()).to.deep.equal(['New', 'Not seen before']);
    const heading = (): Element | null | undefined =>
      element.shadowRoot
        ?.querySelector('corridor-problems')
        ?.shadowRoot?.querySelector('corridor-section')
        ?.shadowRoot?.querySelector('header .fresh');
    await until(() => heading()?.textContent === '2 new to you', 'the heading says so');
    await drawn(element);
    await expect(element).to.be.accessible();
  });

  it('counts what is new beside its section in the rail, in a sign and in words, and marks no section without', async () => {
    const { looks, kept } = memory();
    await shown(sample.sampleRecord(before), looks);
    await until(() => kept.length === 1, 'kept');
    const element = await shown(sample.sampleRecord(after), looks);
    await until(() => element.shadowRoot?.querySelector('nav .fresh'), 'a badge');
    const tabs = [...(element.shadowRoot?.querySelectorAll('nav .tab') ?? [])];
    const badged = tabs.filter((tab) => tab.querySelector('.fresh'));
    expect(badged.map((tab) => tab.querySelector('span')?.textContent)).to.deep.equal(['Problems']);
    const badge = badged[0]?.querySelector('.fresh');
    expect(badge?.querySelector('[aria-hidden]')?.textContent).to.equal('+2');
    expect(badge?.querySelector('.heard')?.textContent).to.equal('2 new to you');
  });

  it('shows only what is new when asked, says so with a filter in view, and comes back at Escape', async () => {
    const { looks, kept } = memory();
    await shown(sample.sampleRecord(before), looks);
    await until(() => kept.length === 1, 'kept');
    const element = await shown(sample.sampleRecord(after), looks);
    await until(() => said(element).startsWith('1 new'));
    element.shadowRoot?.querySelector<HTMLElement>('.tool.since .action')?.click();
    await until(() => element.shadowRoot?.querySelector('corridor-find')?.found !== undefined);
    const find = element.shadowRoot?.querySelector('corridor-find');
    expect(find?.found).to.include({ shown: 2 });
    expect(element.shadowRoot?.querySelector('.chip')?.textContent).to.contain('new or changed');
    element.shadowRoot
      ?.querySelector('main')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await until(() => said(element) !== '');
  });

  it('says that nothing is new only when it knows, and otherwise that it is not known', async () => {
    const { looks, kept } = memory();
    const whole = sample.sampleRecord(after);
    await shown(whole, looks);
    await until(() => kept.length === 1, 'kept');
    const again = await shown(whole, looks);
    expect(said(again)).to.match(/^Nothing new since you last looked \(11-Oct-2026/);
    const failing = await shown(whole, () => Promise.reject(new Error('unreachable')));
    expect(said(failing)).to.equal('What is new since you last looked is not known');
  });

  it('compares with the first look of this admission when asked', async () => {
    const { looks, kept } = memory(true);
    await shown(sample.sampleRecord({ surgery: { resources: [asthma] } }), looks);
    await until(() => kept.length === 1, 'kept');
    const two = sample.sampleRecord({ surgery: { resources: [asthma, gout] } });
    await shown(two, looks);
    await until(() => kept.length === 2, 'kept again');
    const element = await shown(two, looks);
    await until(() => said(element).startsWith('Nothing new'), said(element));
    [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.tool.since .action') ?? [])].at(-1)?.click();
    await until(() => said(element).startsWith('1 new since your first look in this admission'), said(element));
  });
});
