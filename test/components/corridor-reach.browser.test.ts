import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorReach, CorridorSection } from '../../src/index.ts';
import type { Fact } from '../../src/record/fact.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const record = sample.sampleRecord({
  surgery: {
    resources: Array.from({ length: 30 }, (_, at) => sample.problem(`p${at}`, `Problem number ${at}`)),
  },
});
const around = sample.surroundingsOf(record);
const view = sample.viewOf(record, 'problems');
const [one] = view.facts;
const many: readonly Fact[] = Array.from({ length: 20_000 }, (_, at) => ({
  ...one!,
  key: `problems:${at}` as Fact['key'],
  entries: [{ ...one!.entries[0], title: `Row ${at}` }] as const,
}));

const rows = (reach: CorridorReach): NodeListOf<HTMLElement> => reach.shadowRoot!.querySelectorAll('li');

describe('corridor-reach', () => {
  it('is accessible', async () => {
    const reach = await fixture<CorridorReach>(
      html`<corridor-reach .facts=${view.facts} .around=${around}></corridor-reach>`,
    );
    await until(() => rows(reach).length === view.facts.length);
    rows(reach).forEach((row) => row.removeAttribute('hidden'));
    await expect(reach).to.be.accessible();
  });

  it('reaches the last of twenty thousand rows in slices that hold nobody up, and takes no room', async () => {
    const { now } = performance;
    // Every look at the clock costs a twentieth of a millisecond, on a fast machine as on a slow one.
    let clock = 0;
    performance.now = () => (clock += 0.05);
    try {
      const reach = await fixture<CorridorReach>(
        html`<corridor-reach .facts=${many} .around=${around}></corridor-reach>`,
      );
      const slices: number[] = [];
      const watch = new MutationObserver((changes) => changes.forEach((one) => slices.push(one.addedNodes.length)));
      watch.observe(reach.shadowRoot!, { childList: true, subtree: true });
      await until(() => rows(reach).length === many.length, 'every row', { timeout: 25_000 });
      watch.disconnect();
      expect(rows(reach)[19_999]?.textContent).to.contain('Row 19999').and.contain('Northcliffe Surgery');
      expect(reach.getBoundingClientRect().height).to.equal(0);
      expect(Math.max(...slices)).to.be.lessThan(24 / 0.05 + 1);
    } finally {
      performance.now = now;
    }
  });

  it('holds what a section does not show, each row with who and when, and nothing twice', async () => {
    const section = await fixture<CorridorSection>(
      html`<corridor-section form="short" .limit=${4} .view=${view} .around=${around}></corridor-section>`,
    );
    const reach = section.shadowRoot!.querySelector('corridor-reach')!;
    await until(() => rows(reach).length === 26);
    const shown = [...section.shadowRoot!.querySelectorAll('corridor-fact')].map(({ fact }) => fact?.entries[0].title);
    const said = [...rows(reach)].map((row) => row.textContent ?? '');
    for (const title of shown) expect(said.some((text) => text.startsWith(`${title} `))).to.equal(false);
    expect(said[0])
      .to.contain('Northcliffe Surgery')
      .and.match(/\d{2}-\w{3}-\d{4}|not known/);
    expect(reach.printed).to.equal(false);
  });

  it('shows a row that the browser has found, and leaves the others', async () => {
    const reach = await fixture<CorridorReach>(
      html`<corridor-reach .facts=${view.facts} .around=${around}></corridor-reach>`,
    );
    await until(() => rows(reach).length === view.facts.length);
    for (const row of rows(reach)) expect(row.getAttribute('hidden')).to.equal('until-found');
    rows(reach)[2]?.removeAttribute('hidden');
    await until(() => (rows(reach)[2]?.getBoundingClientRect().height ?? 0) > 10, 'the row that was found');
    expect(rows(reach)[1]?.getBoundingClientRect().height).to.equal(0);
  });

  it('writes every row before a section in full is printed, however soon', async () => {
    const reach = await fixture<CorridorReach>(
      html`<corridor-reach printed .facts=${many.slice(0, 3_000)} .around=${around}></corridor-reach>`,
    );
    window.dispatchEvent(new Event('beforeprint'));
    expect(rows(reach).length).to.equal(3_000);
  });

  it('writes anew at once what changes on the way to the paper, and waits again for idle moments after it', async () => {
    const reach = await fixture<CorridorReach>(
      html`<corridor-reach printed .facts=${many.slice(0, 300)} .around=${around}></corridor-reach>`,
    );
    window.dispatchEvent(new Event('beforeprint'));
    reach.facts = many.slice(300, 500);
    await reach.updateComplete;
    expect(rows(reach).length).to.equal(200);
    window.dispatchEvent(new Event('afterprint'));
    reach.facts = many.slice(0, 400);
    await reach.updateComplete;
    expect(rows(reach).length).to.equal(0);
    await until(() => rows(reach).length === 400, 'every row');
  });
});
