import { assert, expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import '../../src/define.ts';
import { isDefined, sectionTemplate } from '../../src/app/section-templates.ts';
import type { SectionId } from '../../src/record/section.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import { drawn } from '../support/browser/drawn.ts';
import * as sample from '../support/browser/sample-record.ts';

/** Everything that a section element and what stands inside it says. */
function words(root: Element | ShadowRoot | null | undefined): string {
  if (!root) return '';
  const own = root instanceof Element ? (root.shadowRoot ?? root) : root;
  const inside = [...own.querySelectorAll('*')].filter((child) => child.shadowRoot).map(words);
  return [own.textContent ?? '', ...inside].join(' ').replace(/\s+/g, ' ');
}

async function said(id: SectionId, ...resources: readonly object[]): Promise<string> {
  fixtureCleanup();
  const record = sample.sampleRecord({ hospital: { resources } });
  const around = sample.surroundingsOf(record);
  const page = await fixture(
    html`<main>${sectionTemplate({ view: sample.viewOf(record, id), around, form: 'full', held: 0 })}</main>`,
  );
  await drawn(page);
  await expect(page).to.be.accessible();
  return words(page.firstElementChild);
}

const stay = (change: object): object => ({
  resourceType: 'Encounter',
  id: 'e',
  status: 'finished',
  class: { code: 'IMP' },
  type: [{ text: 'Emergency admission' }],
  serviceType: { text: 'Cardiology' },
  period: { start: '2026-10-25', end: '2026-10-30' },
  ...change,
});

describe('a heading', () => {
  it('has an element for every section', () => {
    expect(SECTIONS.filter(({ id }) => !isDefined(id)).map(({ id }) => id)).to.deep.equal([]);
  });

  it('of risks says to everybody it is to', async () => {
    const flag = {
      resourceType: 'Flag',
      id: 'f',
      status: 'active',
      category: [{ text: 'Risk to patient' }],
      code: { text: 'May strike out: two people to visit' },
    };
    const text = await said('risks', flag);
    assert.include(text, 'Risk to staff');
    assert.include(text, 'May strike out');
  });

  it('of referrals says first that one must not be made', async () => {
    const asked = {
      resourceType: 'ServiceRequest',
      id: 's',
      status: 'active',
      doNotPerform: true,
      code: { text: 'Implantable defibrillator' },
      performer: [{ display: 'Device clinic' }],
      authoredOn: '2026-10-01',
    };
    const text = await said('referrals', asked);
    assert.include(text, 'Must not');
    assert.isBelow(text.indexOf('Must not'), text.indexOf('Implantable defibrillator'));
    assert.include(text, 'to Device clinic');
  });

  it('of admissions says who waits, and of discharges what is only expected', async () => {
    assert.include(await said('admissions', stay({ status: 'planned' })), 'Waiting');
    const open = stay({ status: 'in-progress', period: { start: '2026-11-20', end: '2026-11-28' } });
    assert.include(await said('admissions', open), 'In hospital now');
    assert.include(await said('discharges', open), 'Expected');
  });

  it('of medical devices says what any of its records says of safety', async () => {
    const device = {
      resourceType: 'Device',
      id: 'd',
      status: 'active',
      patient: { reference: 'Patient/p' },
      type: { text: 'Cardiac pacemaker' },
      safety: [{ text: 'MR unsafe' }],
    };
    const use = {
      resourceType: 'DeviceUseStatement',
      id: 'u',
      status: 'active',
      device: { reference: 'Device/d', display: 'Cardiac pacemaker' },
      timingPeriod: { start: '2016-03-22' },
      bodySite: { text: 'Left chest' },
    };
    const text = await said('medical-devices', device, use);
    assert.include(text, 'MR unsafe');
    assert.include(text, 'Left chest');
  });

  it('of contingency plans shows every step, and what must not be done as that', async () => {
    const plan = {
      resourceType: 'CarePlan',
      id: 'c',
      status: 'active',
      intent: 'plan',
      title: 'Crisis plan',
      activity: [
        { detail: { description: 'Ring the crisis line' } },
        { detail: { description: 'Restrain', doNotPerform: true } },
      ],
    };
    const text = await said('contingency-plans', plan);
    assert.include(text, 'Ring the crisis line');
    assert.include(text, 'Must not: Restrain');
  });
});
