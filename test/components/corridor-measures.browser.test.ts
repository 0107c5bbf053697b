import { assert, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import { groupMeasures } from '../../src/components/measures/measure.ts';
import type { MeasuredEntry } from '../../src/components/measures/observed-line.ts';
import type { CorridorMeasures } from '../../src/index.ts';
import type { Fact } from '../../src/record/fact.ts';
import type { ConvertUnit } from '../../src/record/units.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const RESULTS = [
  sample.result('r1', '2026-10-01', 118),
  sample.result('r2', '2026-10-08', 116),
  sample.result('r3', '2026-10-15', 113),
  sample.result('r4', '2025-10-15', 12.1, 'g/dL'),
];
const convert: ConvertUnit = (value, from, to) => (from === 'g/dL' && to === 'g/L' ? value * 10 : undefined);

async function table(using?: ConvertUnit): Promise<{ element: CorridorMeasures; wanted: () => number }> {
  const record = sample.sampleRecord({ surgery: { resources: RESULTS } });
  const facts = sample.viewOf(record, 'investigation-results').facts as readonly Fact<MeasuredEntry>[];
  let wanted = 0;
  const outer = await fixture(
    html`<div @corridor-units-wanted=${() => (wanted += 1)}>
      <corridor-measures
        .measures=${groupMeasures(facts)}
        .around=${{ ...sample.surroundingsOf(record), ...(using && { convert: using }) }}
      ></corridor-measures>
    </div>`,
  );
  const element = outer.querySelector('corridor-measures');
  if (!element) throw new Error('no table');
  await element.updateComplete;
  return { element, wanted: () => wanted };
}

function trendText(element: CorridorMeasures): string {
  const trend = element.shadowRoot?.querySelector('corridor-trend');
  return trend?.shadowRoot?.querySelector('svg')?.getAttribute('aria-label') ?? '';
}

describe('corridor-measures', () => {
  it('draws no two units on one axis, and asks for the table of units where that might bring them together', async () => {
    const { element, wanted } = await table();
    assert.include(trendText(element), '113 g/L');
    assert.notInclude(trendText(element), 'g/dL');
    assert.equal(wanted(), 1);
    assert.equal(element.shadowRoot?.querySelectorAll('tr.latest').length, 1);
  });

  it('draws what is converted with certainty, and says each value in its source’s own unit', async () => {
    const { element, wanted } = await table(convert);
    assert.include(trendText(element), '12.1 g/dL (15-Oct-2025), 118 g/L');
    assert.equal(wanted(), 0);
  });

  it('draws the row of a test measured many times at once, and its trend a moment later without moving anything', async () => {
    const many = Array.from({ length: 80 }, (_, index) =>
      sample.result(`m${index}`, `20${10 + (index % 15)}-0${1 + (index % 9)}-15`, 100 + index),
    );
    const record = sample.sampleRecord({ surgery: { resources: many } });
    const facts = sample.viewOf(record, 'investigation-results').facts as readonly Fact<MeasuredEntry>[];
    const element = await fixture<CorridorMeasures>(
      html`<corridor-measures
        .measures=${groupMeasures(facts)}
        .around=${sample.surroundingsOf(record)}
      ></corridor-measures>`,
    );
    const row = element.shadowRoot?.querySelector('tr.latest');
    const place = (): string => JSON.stringify([...(row?.children ?? [])].map((cell) => cell.getBoundingClientRect()));
    assert.equal(trendText(element), '');
    const before = place();
    await until(() => trendText(element) !== '');
    assert.include(trendText(element), ' g/L (');
    assert.equal(place(), before);
  });
});
