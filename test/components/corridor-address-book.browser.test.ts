import { assert, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorAddressBook } from '../../src/components/corridor-address-book/corridor-address-book.ts';
import { defineMessages } from '../../src/index.ts';
import type { AddressBookEntry, TeamAvailability } from '../../src/messages/thread.ts';
import type { SourceId } from '../../src/record/source.ts';
import { cy } from '../../src/words/cy.ts';
import * as sample from '../support/browser/sample-record.ts';
import { DOCTOR, LEAD, PHARMACY } from '../support/browser/sample-threads.ts';

const record = sample.sampleRecord({ surgery: { resources: [sample.medicine('r1', '5')] } });
const OPEN: TeamAvailability = {
  taking: true,
  times: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: { from: '08:00', to: '18:30' } },
    { days: ['sun', 'sat'], allDay: true },
  ],
  closed: [{ words: 'Christmas', from: '2026-12-25', to: '2026-12-26' }, { words: '<b>Training</b>' }],
  origin: { source: 'surgery' as SourceId, resource: 'HealthcareService/d' },
  asOf: '2026-11-22T09:00:00Z',
};
const SHUT: TeamAvailability = { ...OPEN, taking: false, times: [], closed: [] };
const ENTRIES: readonly AddressBookEntry[] = [
  { ...PHARMACY, why: 'directory', origin: 'community', availability: SHUT },
  { ...DOCTOR, why: 'directory', takes: 'dose questions', origin: 'community', availability: OPEN },
  { ...LEAD, why: 'directory', origin: 'community' },
];

before(() => defineMessages());

async function lines(language?: typeof cy): Promise<readonly string[]> {
  const element: CorridorAddressBook = document.createElement('corridor-address-book');
  const around = sample.surroundingsOf(record);
  Object.assign(element, { entries: ENTRIES, around: language ? { ...around, words: language } : around });
  await fixture<HTMLElement>(html`<div>${element}</div>`);
  await element.updateComplete;
  await expect(element).to.be.accessible();
  return [...(element.shadowRoot?.querySelectorAll('.one') ?? [])].map((one) =>
    (one.textContent ?? '').replace(/\s+/g, ' ').trim(),
  );
}

describe('corridor-address-book', () => {
  it('offers last, and marks, a team that its own system says takes nothing', async () => {
    const shown = await lines();
    assert.match(shown.at(-1) ?? '', /^Ward pharmacy.*Not taking messages, its own system says/);
    assert.notInclude(shown.slice(0, -1).join(), 'Not taking');
  });

  it('says of a team of which nothing is known no hours', async () => {
    assert.equal((await lines())[1], 'Practice manager, Northcliffe Surgery');
  });

  it('says when a team takes messages and what is closed, as plain text, in English and in Welsh', async () => {
    const said = (await lines())[0] ?? '';
    for (const part of [
      'dose questions',
      'Mon–Fri 08:00 to 18:30; Sat, Sun all day',
      'not available 25-Dec-2026 to 26-Dec-2026: Christmas; not available: <b>Training</b>',
    ])
      assert.include(said, part);
    const welsh = await lines(cy);
    assert.include(welsh[0] ?? '', 'Llun–Gwe 08:00 i 18:30');
    assert.include(welsh.at(-1) ?? '', 'Ddim yn derbyn negeseuon');
  });
});
