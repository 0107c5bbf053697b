import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import '../../src/define.ts';
import type { RecordSeekEvent } from '../../src/components/events.ts';
import { sectionTemplate } from '../../src/app/section-templates.ts';
import type { EntryId } from '../../src/record/entry.ts';
import { painted } from '../support/browser/passing.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

describe('a record that is sought', () => {
  const said = {
    surgery: { resources: [sample.problem('p', 'Asthma'), sample.medicine('m', '5')] },
    hospital: { resources: [sample.medicine('n', '10')] },
  };

  it('is asked for by where it stands and its id, and by no word of it', async () => {
    const record = sample.sampleRecord(said);
    assert.equal(record.conflicts.length, 1, 'two doses of one medicine');
    const element = await fixture<HTMLElement>(
      html`<corridor-conflicts .record=${record} .around=${sample.surroundingsOf(record)}></corridor-conflicts>`,
    );
    element.shadowRoot?.querySelector<HTMLElement>('.toggle')?.click();
    const links = (): HTMLElement[] => [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.sides .action') ?? [])];
    await until(() => links().length === 2, 'one for each side');
    const sought = oneEvent(element, 'corridor-record-seek');
    links()[1]?.click();
    const event = (await sought) as unknown as RecordSeekEvent;
    assert.equal(event.section, 'medications');
    assert.match(event.entry, /^(surgery|hospital)\/MedicationRequest\/[mn]$/);
  });

  it('is brought into view and has the focus, once', async () => {
    const problems = Array.from({ length: 200 }, (_, index) => sample.problem(`p${index}`, `Problem ${index}`));
    const record = sample.sampleRecord({ surgery: { resources: problems } });
    const view = sample.viewOf(record, 'problems');
    const entry = view.facts.at(-1)?.entries[0].id as EntryId;
    const around = { ...sample.surroundingsOf(record), sought: { entry } };
    const outer = await fixture(html`<div>${sectionTemplate({ view, around, form: 'full', held: 0 })}</div>`);
    const frame = outer.firstElementChild?.shadowRoot?.querySelector('corridor-section');
    await until(() => frame?.shadowRoot?.activeElement, 'the focus');
    const line = frame?.shadowRoot?.activeElement as HTMLElement | null | undefined;
    assert.equal(line?.classList.contains('sought'), true);
    assert.equal(line?.querySelector('corridor-fact')?.fact?.entries[0].id, entry);
    const box = line?.getBoundingClientRect();
    assert.isTrue(box !== undefined && box.top >= 0 && box.bottom <= window.innerHeight);
    line?.blur();
    frame?.requestUpdate();
    await painted();
    assert.equal(frame?.shadowRoot?.activeElement, null);
  });
});
