import { assert, expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../src/define.ts';
import { elementsByTag, type CorridorFact, type CorridorSection } from '../../src/index.ts';
import type { DocumentOpenEvent } from '../../src/components/events.ts';
import type { SectionId } from '../../src/record/section.ts';
import { sectionTemplate } from '../../src/app/section-templates.ts';
import * as sample from '../support/browser/sample-record.ts';

type Saids = Parameters<typeof sample.sampleRecord>[0];

async function section(
  said: Saids,
  id: SectionId,
  form: 'short' | 'full' = 'full',
  held = 0,
): Promise<CorridorSection> {
  const record = sample.sampleRecord(said);
  const outer = await fixture(
    html`<div>
      ${sectionTemplate({ view: sample.viewOf(record, id), around: sample.surroundingsOf(record), form, held })}
    </div>`,
  );
  const frame = outer.firstElementChild?.shadowRoot?.querySelector('corridor-section');
  if (!frame) throw new Error('no frame');
  await frame.updateComplete;
  return frame;
}

function words(root: Element | ShadowRoot | null | undefined): string {
  if (!root) return '';
  const own = root instanceof Element ? root.shadowRoot : root;
  const inside = [...(own?.querySelectorAll('*') ?? [])].filter((child) => child.shadowRoot).map(words);
  return [(own ?? root).textContent ?? '', ...inside].join(' ').replace(/\s+/g, ' ');
}

const ALL: readonly object[] = [
  sample.allergy('a'),
  sample.problem('p', 'Asthma'),
  sample.medicine('m', '5'),
  sample.letter('d'),
  sample.result('r1', '2026-10-01', 118),
  sample.result('r2', '2026-10-08', 116),
  sample.result('r3', '2026-10-15', 113, 'g/L', 'L'),
];

describe('a section in the snapshot', () => {
  it('says its window, and how many wait behind it', async () => {
    const contacts = [...Array(12).keys()].map((index) => ({
      resourceType: 'Encounter',
      id: `e${index}`,
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: `Clinic ${index}` }],
      period: { start: index < 7 ? `2026-11-0${index + 1}T09:00:00Z` : `20${index + 5}-11-01T09:00:00Z` },
    }));
    const filled = await section({ surgery: { resources: contacts } }, 'encounters', 'short');
    const said = words(filled);
    assert.include(said, 'last 6 months');
    assert.include(said, 'Show all 12, 5 older');
  });
});

describe('every section', () => {
  it('is accessible, empty and filled', async () => {
    const record = sample.sampleRecord({ surgery: { resources: ALL }, hospital: { ended: sample.didNotAnswer } });
    const around = sample.surroundingsOf(record);
    const page = await fixture(
      html`<main>${record.sections.map((view) => sectionTemplate({ view, around, form: 'full', held: 1 }))}</main>`,
    );
    await expect(page).to.be.accessible();
  });

  it('has a tag that is registered', () => {
    assert.equal(
      [...elementsByTag.keys()].every((tag) => customElements.get(tag)),
      true,
    );
  });
});

describe('corridor-section', () => {
  it('does not say "nothing recorded" of an organisation that did not answer', async () => {
    const said = words(await section({ surgery: {}, hospital: { ended: sample.didNotAnswer } }, 'problems'));
    expect(said).to.contain('Nothing recorded by the one that answered. 1 did not answer.');
  });

  it('says who is missing beside its heading and under its lines: a long list is read from the top', async () => {
    const frame = await section({ surgery: { resources: ALL }, hospital: { ended: sample.didNotAnswer } }, 'problems');
    const root = frame.shadowRoot;
    expect(root?.querySelector('header')?.textContent).to.contain('1 did not answer.');
    expect(root?.querySelector('.missing')?.textContent).to.contain('1 did not answer.');
  });

  it('says that items may be missing when something is withheld, and nothing more', async () => {
    const said = words(await section({ surgery: {}, hospital: { ended: sample.withheld } }, 'problems'));
    expect(said).to.contain('Some items may be missing because they are not shared.');
  });

  it('names who it waits for', async () => {
    const said = words(await section({ surgery: { ended: sample.waiting } }, 'problems'));
    expect(said).to.contain('Nobody has answered yet.').and.to.contain('Waiting for Northcliffe Surgery');
  });

  it('says nothing is recorded only by those that answered', async () => {
    expect(words(await section({ surgery: {}, hospital: {} }, 'problems'))).to.contain(
      'Nothing recorded by the 2 that answered.',
    );
  });

  it('says the worst of an allergy that several recorded, and that they recorded it differently', async () => {
    const newer = {
      ...sample.allergy('n'),
      criticality: undefined,
      recordedDate: '2026-02-01',
      reaction: [{ manifestation: [{ text: 'Eruption of skin' }] }],
    };
    const frame = await section(
      { pharmacy: { resources: [newer] }, surgery: { resources: [sample.allergy('a')] } },
      'allergies',
    );
    const line = frame.shadowRoot?.querySelector('corridor-fact');
    const row = line?.shadowRoot?.querySelector('.row')?.textContent?.replace(/\s+/g, ' ') ?? '';
    expect(row)
      .to.contain('High risk')
      .and.to.contain('Anaphylaxis, severe; Eruption of skin')
      .and.to.contain('reactions recorded differently')
      .and.to.contain('Northcliffe Surgery');
    line?.shadowRoot?.querySelector<HTMLButtonElement>('button[aria-expanded]')?.click();
    await line?.updateComplete;
    const each = [...(line?.shadowRoot?.querySelectorAll('.said') ?? [])].map((one) => one.textContent ?? '');
    expect(each).to.have.length(2);
    expect(each.some((one) => one.includes('Eruption of skin') && !one.includes('Anaphylaxis'))).to.equal(true);
    expect(each.some((one) => one.includes('Anaphylaxis, severe') && !one.includes('Eruption'))).to.equal(true);
  });

  it('says that nothing is known where nobody has answered', async () => {
    const said = words(await section({ hospital: { ended: sample.didNotAnswer } }, 'problems'));
    expect(said).to.contain('Not known: nobody has answered. 1 did not answer.').and.not.to.contain('Nothing recorded');
  });

  it('tells in its footer who answered in part from who did not answer', async () => {
    const broken = {
      state: 'failed',
      code: 'source.unavailable',
      at: '2026-11-20T09:00:05Z',
      tookMs: 5000,
      sections: {},
    } as const;
    const said = words(
      await section(
        {
          surgery: { resources: [sample.problem('p', 'Asthma')] },
          hospital: { resources: [sample.problem('q', 'Gout')], ended: broken },
          ambulance: { ended: broken },
        },
        'problems',
      ),
    );
    expect(said).to.contain('May be incomplete: 1 in part, 1 did not answer.');
  });

  for (const form of ['short', 'full'] as const) {
    it(`says that none is of the last months, and offers the older ones, when all are older (${form})`, async () => {
      const frame = await section(
        { surgery: { resources: [sample.result('r', '2020-10-01', 118)] } },
        'investigation-results',
        form,
      );
      const host = frame.getRootNode() instanceof ShadowRoot ? (frame.getRootNode() as ShadowRoot) : null;
      expect(words(frame)).to.contain('none in the last 12 months');
      expect(host?.textContent).to.contain('Show 1 older');
    });
  }

  it('does not say of what has not ended that it is of the last months', async () => {
    const old = sample.medicine('m', '5', { authoredOn: '1996-03-01' });
    const said = words(await section({ surgery: { resources: [old] } }, 'medications'));
    expect(said).to.contain('ended ones: last 12 months').and.to.contain('Ramipril');
  });

  it('cuts a name of 10,000 characters until the line is opened, and says so', async () => {
    const frame = await section(
      { surgery: { resources: [sample.problem('p', 'Very long '.repeat(1_000))] } },
      'problems',
    );
    const line = frame.shadowRoot?.querySelector('corridor-fact');
    expect(line?.getBoundingClientRect().height).to.be.lessThan(160);
    const all = line?.shadowRoot?.querySelector<HTMLButtonElement>('button.all');
    expect(all?.textContent).to.contain('Show all of it');
    all?.click();
    await line?.updateComplete;
    expect(line?.shadowRoot?.querySelector('.words')?.getBoundingClientRect().height).to.be.greaterThan(300);
  });

  it('says that a filled section may be incomplete', async () => {
    const said = words(
      await section(
        { surgery: { resources: [sample.allergy('a')] }, hospital: { ended: sample.didNotAnswer } },
        'allergies',
      ),
    );
    expect(said).to.contain('May be incomplete: 1 did not answer.');
  });

  it('shows what is current and keeps what is past behind one button', async () => {
    const element = await section(
      { surgery: { resources: [sample.problem('p', 'Asthma'), sample.problem('q', 'Measles', '1955-02-01')] } },
      'problems',
    );
    expect(words(element)).to.contain('1 of 2').and.not.to.contain('Measles');
    const button = [...(element.shadowRoot?.querySelectorAll('footer button') ?? [])].find((item) =>
      item.textContent?.includes('Show 1 past'),
    );
    (button as HTMLButtonElement).click();
    await element.updateComplete;
    expect(words(element)).to.contain('Measles');
  });

  it('announces arrivals and waits until they are asked for', async () => {
    const element = await section({ surgery: { resources: [sample.problem('p', 'Asthma')] } }, 'problems', 'full', 3);
    expect(words(element)).to.contain('3 new items');
    const wanted = oneEvent(element, 'corridor-arrivals-show');
    element.shadowRoot?.querySelector<HTMLButtonElement>('header button')?.click();
    await wanted;
  });
});

describe('corridor-fact', () => {
  async function merged(): Promise<CorridorFact> {
    const element = await section(
      {
        surgery: { resources: [sample.problem('p', 'Asthma')] },
        hospital: { resources: [sample.problem('p', 'Asthma')] },
      },
      'problems',
    );
    const fact = element.shadowRoot?.querySelector('corridor-fact');
    if (!fact) throw new Error('no fact');
    await fact.updateComplete;
    return fact;
  }

  it('says from how many sources a line comes and opens to every record behind it', async () => {
    const fact = await merged();
    const button = fact.shadowRoot?.querySelector('button');
    expect(button?.textContent).to.contain('2 sources');
    assert.equal(button?.getAttribute('aria-expanded'), 'false');
    button?.click();
    await fact.updateComplete;
    const records = [...(fact.shadowRoot?.querySelectorAll('.original') ?? [])];
    assert.equal(records.length, 2);
    const provenance = [...(fact.shadowRoot?.querySelectorAll('corridor-provenance') ?? [])];
    expect([...records, ...provenance].map((item) => (item.shadowRoot ? words(item) : item.textContent)).join(' '))
      .to.contain('Northcliffe Surgery')
      .and.to.contain('Ousebridge Royal Infirmary')
      .and.to.contain('Condition/p');
  });

  it('splits into its records when the reader does not agree with the merge', async () => {
    const fact = await merged();
    fact.shadowRoot?.querySelector('button')?.click();
    await fact.updateComplete;
    const split = oneEvent(fact, 'corridor-fact-split');
    fact.shadowRoot?.querySelector<HTMLButtonElement>('.merged button')?.click();
    await split;
    await fact.updateComplete;
    assert.equal(fact.shadowRoot?.querySelectorAll('.row').length, 2);
  });
});

describe('corridor-medications', () => {
  it('keeps the order of the NHS medicine line', async () => {
    const said = words(await section({ surgery: { resources: [sample.medicine('m', '5')] } }, 'medications'));
    expect(said).to.match(/Ramipril — 5 mg — capsules — DOSE 5 mg — oral — once a day — for heart failure/);
  });

  it('strikes a stopped medicine only with its date beside it', async () => {
    const stopped = sample.medicine('m', '5', {
      status: 'stopped',
      statusReason: { text: 'Cough' },
      meta: { lastUpdated: '2026-10-28T10:00:00Z' },
    });
    const element = await section({ surgery: { resources: [stopped] } }, 'medications');
    element.shadowRoot?.querySelector<HTMLButtonElement>('footer button')?.click();
    await element.updateComplete;
    expect(words(element)).to.match(/Stopped .*Cough/);
  });

  it('shows two doses under each other and says what the other source says', async () => {
    const said = words(
      await section(
        { surgery: { resources: [sample.medicine('m', '5')] }, hospital: { resources: [sample.medicine('m', '2.5')] } },
        'medications',
      ),
    );
    expect(said)
      .to.match(/says DOSE 2\.5 mg/)
      .and.to.match(/says DOSE 5 mg/);
  });
});

describe('corridor-results', () => {
  it('draws no line through values in different units', async () => {
    const mixed = [
      sample.result('r1', '2026-10-01', 118),
      sample.result('r2', '2026-10-08', 11.6, 'g/dL'),
      sample.result('r3', '2026-10-15', 113),
    ];
    const element = await section({ surgery: { resources: mixed } }, 'investigation-results');
    const host = (element.getRootNode() as ShadowRoot).host;
    assert.equal(
      host.shadowRoot
        ?.querySelector('corridor-measures')
        ?.shadowRoot?.querySelector('corridor-trend')
        ?.shadowRoot?.querySelector('svg'),
      null,
    );
  });

  it('gives the trend in words as well', async () => {
    const element = await section({ surgery: { resources: ALL } }, 'investigation-results');
    const measures = (element.getRootNode() as ShadowRoot).querySelector('corridor-measures');
    const label = measures?.shadowRoot
      ?.querySelector('corridor-trend')
      ?.shadowRoot?.querySelector('svg')
      ?.getAttribute('aria-label');
    assert.equal(
      label,
      'Haemoglobin estimation, oldest to newest: 118 g/L (01-Oct-2026), 116 g/L (08-Oct-2026), 113 g/L (15-Oct-2026)',
    );
  });

  it('shows the source’s flag as a word, the range and the unit', async () => {
    const element = await section({ surgery: { resources: ALL } }, 'investigation-results');
    const row = (element.getRootNode() as ShadowRoot)
      .querySelector('corridor-measures')
      ?.shadowRoot?.querySelector('tr.latest');
    expect(row?.textContent?.replace(/\s+/g, ' '))
      .to.contain('113 g/L')
      .and.to.contain('Low')
      .and.to.contain('115 to 165 g/L')
      .and.to.contain('2 earlier');
  });
});

describe('what a line is put together from', () => {
  it('says "recorded" of a date on which it was only written down', async () => {
    const said = words(await section({ surgery: { resources: [sample.allergy('a')] } }, 'allergies'));
    expect(said).to.contain('recorded 19-Jul-2011');
  });

  it('says why, and when last issued, from whichever record of the line knows', async () => {
    const bare = { reasonCode: undefined, authoredOn: '2026-11-10' };
    const dispensed = {
      ...sample.medicine('d', '5', bare),
      resourceType: 'MedicationDispense',
      status: 'in-progress',
      whenHandedOver: '2026-11-12',
    };
    const frame = await section(
      {
        surgery: { resources: [sample.medicine('a', '5')] },
        hospital: { resources: [sample.medicine('b', '5', bare), dispensed] },
      },
      'medications',
    );
    expect(words(frame.shadowRoot?.querySelector('corridor-fact'))).to.contain('for heart failure');
  });

  it('prefers the source’s own sentence to parts that leave out how often', async () => {
    const sentence = {
      dosageInstruction: [{ text: '5 mg on Mondays only', doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg' } }] }],
    };
    const said = words(await section({ surgery: { resources: [sample.medicine('a', '5', sentence)] } }, 'medications'));
    expect(said).to.contain('DOSE 5 mg on Mondays only');
  });

  it('opens to every record with its organisation, and says what they have in common', async () => {
    const frame = await section(
      { surgery: { resources: [sample.medicine('a', '5')] }, hospital: { resources: [sample.medicine('b', '5')] } },
      'medications',
    );
    const fact = frame.shadowRoot?.querySelector('corridor-fact');
    fact?.shadowRoot?.querySelector<HTMLButtonElement>('[aria-expanded]')?.click();
    await fact?.updateComplete;
    const said = words(fact);
    expect(said).to.contain('2 records in one line: they have the same medicine, strength, form, dose');
    expect(
      [...(fact?.shadowRoot?.querySelectorAll('.by') ?? [])].map((by) => by.textContent.replace(/\s+/g, ' ')),
    ).to.satisfy(
      (lines: string[]) =>
        lines.length === 2 &&
        lines.some((l) => l.includes('Northcliffe')) &&
        lines.some((l) => l.includes('Royal Infirmary')),
    );
  });
});

describe('files behind a line', () => {
  it('are opened where the report or the signed form was filed, by type and id', async () => {
    const report = {
      resourceType: 'DiagnosticReport',
      id: 'r',
      subject: { reference: 'Patient/1' },
      status: 'final',
      code: { text: 'Chest X-ray' },
      effectiveDateTime: '2026-10-01',
      presentedForm: [{ contentType: 'application/pdf', title: 'Report' }],
    };
    const form = {
      resourceType: 'DocumentReference',
      id: 'f',
      subject: { reference: 'Patient/1' },
      status: 'current',
      type: { coding: [{ system: 'http://loinc.org', code: '42348-3' }], text: 'ReSPECT form' },
      description: 'ReSPECT form',
      date: '2026-05-01T10:00:00Z',
      content: [{ attachment: { contentType: 'application/pdf' } }],
    };
    for (const [resource, id, reference] of [
      [report, 'investigation-results', 'DiagnosticReport/r'],
      [form, 'end-of-life-care', 'DocumentReference/f'],
    ] as const) {
      const frame = await section({ surgery: { resources: [resource] } }, id);
      const found = frame.querySelector('corridor-document') ?? frame.shadowRoot?.querySelector('corridor-document');
      await found?.updateComplete;
      const asked = oneEvent(found ?? frame, 'corridor-document-open');
      found?.shadowRoot?.querySelector<HTMLButtonElement>('.read')?.click();
      expect(((await asked) as unknown as DocumentOpenEvent).reference).to.equal(reference);
    }
  });
});
