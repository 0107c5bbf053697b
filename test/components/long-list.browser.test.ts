import { assert, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorSection } from '../../src/index.ts';
import type { Surroundings } from '../../src/components/surroundings.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const COUNT = 400;
const record = sample.sampleRecord({
  surgery: {
    resources: Array.from({ length: COUNT }, (_, at) => sample.problem(`p${at}`, `Problem number ${at}`)),
  },
});
const around = sample.surroundingsOf(record);
const view = sample.viewOf(record, 'problems');

async function drawn(surroundings: Surroundings = around): Promise<CorridorSection> {
  const section = await fixture<CorridorSection>(
    html`<corridor-section .view=${view} .around=${surroundings}></corridor-section>`,
  );
  await until(() => lines(section).length === COUNT, 'every line');
  return section;
}
const lines = (section: CorridorSection): readonly HTMLElement[] => [
  ...section.shadowRoot!.querySelectorAll<HTMLElement>('section > ul > li'),
];
const isFull = (line: HTMLElement | undefined): boolean => line?.querySelector('corridor-fact') !== null;

describe('a long list', () => {
  it('is accessible, with most of its lines in words alone', async () => {
    const section = await drawn();
    assert.isBelow(lines(section).filter(isFull).length, 150);
    await expect(section).to.be.accessible();
  });

  it('says of each line what it is, who says it and when, in the order of the section, each once', async () => {
    const said = lines(await drawn()).map(
      (line) => line.querySelector('corridor-fact')?.shadowRoot?.textContent ?? line.textContent ?? '',
    );
    view.facts.forEach((fact, at) => {
      expect(said[at]).to.contain(fact.entries[0].title);
      expect(said[at]).to.contain('Northcliffe Surgery');
      expect(said[at]).to.match(/\d{2}-\w{3}-\d{4}|not known/);
    });
  });

  it('draws a line in full before it comes to the screen', async () => {
    const section = await drawn();
    const last = lines(section).at(-1);
    assert.isFalse(isFull(last));
    last?.scrollIntoView();
    await until(() => isFull(lines(section).at(-1)), 'the last line in full');
    const button = lines(section).at(-1)?.querySelector('corridor-fact')?.shadowRoot?.querySelector('.how button');
    expect(button?.textContent).to.contain(view.facts.at(-1)?.entries[0].title);
  });

  it('keeps in full, wherever it stands, what is new to the reader, taken apart or talked about', async () => {
    const keys = view.facts.slice(-3).map(({ key }) => key);
    const [fresh, split, hung] = keys;
    const section = await drawn({
      ...around,
      fresh: new Map([[fresh!, 'new']]),
      split: new Set([split!]),
      hung: {
        mark: ([entry]) => (entry?.id === view.facts.at(-1)?.entries[0].id ? 'talked about' : undefined),
        ask: () => '',
      },
    });
    assert.isDefined(hung);
    assert.deepEqual(lines(section).slice(-4).map(isFull), [false, true, true, true]);
  });

  it('keeps in full what several organisations say: how many, and who, is never left out', async () => {
    const resources = Array.from({ length: COUNT }, (_, at) => sample.problem(`p${at}`, `Problem number ${at}`));
    const both = sample.sampleRecord({
      surgery: { resources },
      hospital: { resources: resources.slice(-1).map((one) => ({ ...one, id: 'h' })) },
    });
    const facts = sample.viewOf(both, 'problems').facts;
    const section = await fixture<CorridorSection>(
      html`<corridor-section
        .view=${sample.viewOf(both, 'problems')}
        .around=${sample.surroundingsOf(both)}
      ></corridor-section>`,
    );
    await until(() => lines(section).length === COUNT, 'every line');
    const merged = facts.findIndex(({ entries }) => entries.length === 2);
    assert.isAbove(merged, 30);
    assert.deepEqual(
      [merged - 1, merged].map((at) => isFull(lines(section)[at])),
      [false, true],
    );
    expect(lines(section)[merged]?.querySelector('corridor-fact')?.shadowRoot?.textContent).to.contain('2 sources');
  });

  it('puts its lines in the words of another language', async () => {
    const section = await drawn();
    const before = lines(section).at(-1)?.textContent;
    const { cy } = await import('../../src/words/cy.ts');
    section.around = { ...around, words: cy };
    await section.updateComplete;
    assert.notEqual(lines(section).at(-1)?.textContent, before);
    assert.equal(lines(section).length, COUNT);
  });
});
