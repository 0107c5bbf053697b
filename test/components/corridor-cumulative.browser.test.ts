import { assert, expect, fixture, html, oneEvent } from '@open-wc/testing';
import { definePictures, type CorridorChart, type CorridorCumulative } from '../../src/index.ts';
import '../../src/define.ts';
import type { ConvertUnit } from '../../src/record/units.ts';
import { cy } from '../../src/words/cy.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

type Said = Parameters<typeof sample.sampleRecord>[0];

const amended = { ...sample.result('am', '2026-09-01', 121), status: 'amended' };
const limit = {
  ...sample.result('lim', '2026-08-01', 60),
  valueQuantity: { value: 60, comparator: '<', unit: 'g/L', code: 'g/L' },
};
const HAEMOGLOBIN = [
  sample.result('r1', '2026-10-01', 118),
  sample.result('r2', '2026-10-08', 116),
  sample.result('r3', '2026-10-15', 104, 'g/L', 'L'),
];
const potassium = (id: string, date: string, value: number): object => ({
  ...sample.result(id, date, value, 'mmol/L'),
  code: { text: 'Serum potassium level' },
  referenceRange: [{ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5.3, unit: 'mmol/L' } }],
});
const SAID: Said = {
  surgery: { resources: [...HAEMOGLOBIN, amended, limit] },
  hospital: { resources: [1, 2, 3].map((n) => potassium(`k${n}`, `2026-0${n}-11`, 4 + n / 10)) },
};

before(() => definePictures());

async function shown(said: Said, more: object = {}): Promise<CorridorCumulative> {
  const record = sample.sampleRecord(said);
  const around = { ...sample.surroundingsOf(record), ...more };
  return fixture<CorridorCumulative>(
    html`<corridor-cumulative .record=${record} .around=${around}></corridor-cumulative>`,
  );
}

const all = <E extends Element = HTMLElement>(element: Element, selector: string): E[] => [
  ...(element.shadowRoot?.querySelectorAll<E>(selector) ?? []),
];
const words = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const rows = (element: CorridorCumulative): readonly string[] => all(element, 'tbody tr').map(words);
const charts = (element: CorridorCumulative): CorridorChart[] => all<CorridorChart>(element, 'corridor-chart');

async function drawn(element: CorridorCumulative): Promise<void> {
  await until(
    () => charts(element).every((chart) => chart.shadowRoot?.querySelector('.uplot canvas, [role=alert]')),
    'the charts are drawn',
  );
}

describe('corridor-cumulative', () => {
  const states: readonly (readonly [string, Said])[] = [
    ['complete', SAID],
    ['waiting', { ...SAID, ambulance: { ended: sample.waiting } }],
    ['failed', { ...SAID, ambulance: { ended: sample.didNotAnswer } }],
    ['withheld', { ...SAID, ambulance: { ended: sample.withheld } }],
    ['nothing recorded', { surgery: {} }],
    [
      'nothing that can be drawn',
      {
        surgery: {
          resources: [{ ...sample.result('x', '2026-10-01', 1), valueQuantity: undefined, valueString: 'Positive' }],
        },
      },
    ],
  ];
  for (const [name, said] of states) {
    it(`is accessible: ${name}`, async () => {
      const element = await shown(said);
      await drawn(element);
      await expect(element).to.be.accessible();
    });
  }

  it('is accessible with a chart’s table open, in Welsh, from right to left and where the page is narrow', async () => {
    const element = await shown(SAID, { words: cy });
    element.dir = 'rtl';
    element.style.inlineSize = '320px';
    await drawn(element);
    charts(element)[0]?.shadowRoot?.querySelector('summary')?.click();
    await expect(element).to.be.accessible();
    assert.equal(words(all(element, 'h2')[0]), 'Canlyniadau dros amser');
    assert.isAtMost(element.scrollWidth, 320);
  });
});

describe('what the table of results says is missing', () => {
  it('names who did not answer, who is waited for, and that some may not be shared', async () => {
    const element = await shown({
      surgery: { resources: HAEMOGLOBIN },
      hospital: { ended: sample.waiting },
      ambulance: { ended: sample.didNotAnswer },
      other: { ended: sample.withheld },
    });
    const said = all(element, '.gaps li').map(words).join(' ');
    assert.include(said, 'Wolds Ambulance Service (did not answer)');
    assert.include(said, 'Still waiting for Ousebridge Royal Infirmary');
    assert.include(said, 'not shared');
  });

  it('says nothing is recorded only of those that answered, and not at all while none has', async () => {
    assert.equal(words(all(await shown({ surgery: {} }), '.none')[0]), 'Nothing recorded by the one that answered.');
    const nobody = await shown({ surgery: { ended: sample.didNotAnswer } });
    assert.equal(words(all(nobody, '.none')[0]), 'Not known: nobody has answered.');
  });

  it('says how many dates and values are shown of how many, and shows the older ones at one press', async () => {
    const many = Array.from({ length: 14 }, (_, index) =>
      sample.result(`d${index}`, `2025-01-${10 + index}`, 110 + index),
    );
    const element = await shown({ surgery: { resources: many } });
    const columns = all(element, 'thead th.day').length;
    assert.equal(columns, 12);
    assert.match(words(all(element, '.tools [role=status]')[1]), /^Showing 12 of 14 dates, 12 of 14 values/);
    all(element, '.tools > .action')[0]?.click();
    await element.updateComplete;
    assert.equal(all(element, 'thead th.day').length, 14);
  });

  it('keeps a value without a date in a column of its own and counts it', async () => {
    const undated = { ...sample.result('u', '2026-10-01', 99), effectiveDateTime: undefined };
    const element = await shown({ surgery: { resources: [...HAEMOGLOBIN, undated] } });
    assert.equal(words(all(element, 'thead th').at(-1)), 'Date not known');
    assert.include(words(all(element, '.tools [role=status]')[1]), '1 value has no date');
    assert.include(rows(element)[0] ?? '', '99');
  });
});

describe('the table of results', () => {
  it('says unit and range once where all values share them, the flag in words, and marks limits and amended values', async () => {
    const element = await shown(SAID);
    const [row] = rows(element);
    assert.include(row ?? '', 'Haemoglobin estimation g/L Range 115 to 165 g/L');
    assert.include(row ?? '', '104 Low');
    assert.include(row ?? '', '121 Amended');
    assert.include(row ?? '', 'a limit, not a measured value: <60');
    assert.equal(all(element, 'td svg.open').length, 1);
  });

  it('writes the unit beside every value where they differ', async () => {
    const mixed = [...HAEMOGLOBIN, sample.result('g', '2026-11-01', 11.8, 'g/dL')];
    const element = await shown({ surgery: { resources: mixed } });
    const [row] = rows(element);
    for (const value of ['11.8 g/dL', '104 g/L', '116 g/L', '118 g/L']) assert.include(row ?? '', value);
    assert.include(row ?? '', 'units differ');
  });

  it('names the organisation of every value where a day has several', async () => {
    const element = await shown({
      surgery: { resources: [sample.result('a', '2026-10-01T09:00:00Z', 118)] },
      hospital: { resources: [sample.result('b', '2026-10-01T15:00:00Z', 112)] },
    });
    const cell = words(all(element, 'tbody td')[0]);
    assert.match(cell, /112.*Ousebridge Royal Infirmary.*01-Oct-2026 15:00.*118.*Northcliffe Surgery/);
  });
});

describe('charts of results', () => {
  it('draws what says most to begin with, and what the reader ticks, on one scale of time', async () => {
    const element = await shown(SAID);
    await drawn(element);
    assert.deepEqual(
      charts(element).map((chart) => chart.series?.unit),
      ['g/L', 'mmol/L'],
    );
    assert.equal(new Set(charts(element).map((chart) => JSON.stringify(chart.window))).size, 1, 'one time');
    all<HTMLInputElement>(element, 'input')[0]?.click();
    await element.updateComplete;
    assert.deepEqual(
      charts(element).map((chart) => chart.series?.unit),
      ['mmol/L'],
    );
  });

  it('never draws two units on one axis: they are two charts, and that is said', async () => {
    const mixed = [...HAEMOGLOBIN, ...[1, 2, 3].map((n) => sample.result(`g${n}`, `2026-11-0${n}`, 11 + n, 'g/dL'))];
    const record = sample.sampleRecord({ surgery: { resources: mixed } });
    const element = document.createElement('corridor-cumulative');
    element.record = record;
    element.around = sample.surroundingsOf(record);
    const wanted = oneEvent(element, 'corridor-units-wanted');
    document.body.append(element);
    await wanted;
    await element.updateComplete;
    assert.deepEqual(
      charts(element).map((chart) => chart.series?.unit),
      ['g/dL', 'g/L'],
    );
    assert.include(words(all(element, '.apart')[0]), 'must not be compared');
    const convert: ConvertUnit = (value, from, to) => (from === 'g/L' && to === 'g/dL' ? value / 10 : undefined);
    element.around = { ...element.around, convert };
    await element.updateComplete;
    assert.equal(charts(element).length, 1);
    const table = words(charts(element)[0]?.shadowRoot?.querySelector('table'));
    assert.match(table, /104 g\/L.*drawn as 10\.4 g\/dL/);
    element.remove();
  });

  it('says in words what it draws, and has every value under it as recorded, newest first', async () => {
    const element = await shown({ surgery: { resources: [...HAEMOGLOBIN, limit] } });
    await drawn(element);
    const [chart] = charts(element);
    const label = chart?.shadowRoot?.querySelector('.plot')?.getAttribute('aria-label');
    assert.equal(label, 'Haemoglobin estimation in g/L: 4 values from 01-Aug-2026 to 15-Oct-2026');
    const lines = [...(chart?.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map(words);
    assert.equal(lines.length, 4);
    assert.match(lines[0] ?? '', /^15-Oct-2026 104 g\/L Low 115 to 165 g\/L Northcliffe Surgery$/);
    assert.include(lines[3] ?? '', '<60 g/L');
  });

  it('says how many values cannot be drawn: they have no number, or do not stand', async () => {
    const clotted = { ...sample.result('w', '2026-09-09', 1), valueQuantity: undefined, valueString: 'Clotted' };
    const element = await shown({ surgery: { resources: [...HAEMOGLOBIN, clotted] } });
    assert.include(words(all(element, '.charts')[0]), '1 value cannot be drawn and is in the table.');
    assert.include(rows(element)[0] ?? '', 'Clotted');
  });

  it('says which organisation has which shape, and what hollow and shaded mean', async () => {
    const element = await shown(SAID);
    const key = words(all(element, '.keys')[0]);
    assert.include(key, 'Northcliffe Surgery');
    assert.include(key, 'Ousebridge Royal Infirmary');
    assert.include(key, 'Hollow');
    assert.include(key, 'Shaded');
    assert.equal(new Set(all(element, '.keys li:not(.open) path').map((path) => path.getAttribute('d'))).size, 2);
  });

  it('draws the two numbers of a blood pressure, each with its name', async () => {
    const pressure = (n: number): object => ({
      resourceType: 'Observation',
      id: `bp${n}`,
      status: 'final',
      category: [{ coding: [{ code: 'vital-signs' }] }],
      code: { text: 'Blood pressure' },
      effectiveDateTime: `2026-0${n}-01`,
      component: [
        { code: { text: 'Systolic blood pressure' }, valueQuantity: { value: 140 + n, unit: 'mmHg' } },
        { code: { text: 'Diastolic blood pressure' }, valueQuantity: { value: 80 + n, unit: 'mmHg' } },
      ],
    });
    const element = await shown({ surgery: { resources: [1, 2, 3].map(pressure) } });
    assert.include(rows(element)[0] ?? '', '143/83 mmHg');
    assert.deepEqual(
      charts(element).map((chart) => [chart.series?.title, chart.series?.unit]),
      [
        ['Systolic blood pressure', 'mmHg'],
        ['Diastolic blood pressure', 'mmHg'],
      ],
    );
    assert.equal(all(element, '.apart').length, 0, 'nothing is kept apart: they are two measurements');
  });

  it('leaves nothing behind when it goes', async () => {
    const element = await shown(SAID);
    await drawn(element);
    const [chart] = charts(element);
    element.remove();
    await until(() => !chart?.shadowRoot?.querySelector('.uplot'), 'nothing is left');
  });
});
