import { assert, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import { medicationLine } from '../../src/components/corridor-medications/corridor-medications.ts';
import { plainLine } from '../../src/components/line.ts';
import type { CorridorFact } from '../../src/index.ts';
import type { SectionId } from '../../src/record/section.ts';
import * as sample from '../support/browser/sample-record.ts';

/** The words of the one line that this resource makes in that section. */
async function line(id: SectionId, resource: object): Promise<string> {
  const record = sample.sampleRecord({ surgery: { resources: [resource] } });
  const [fact] = sample.viewOf(record, id).facts;
  const element = await fixture<CorridorFact>(
    html`<corridor-fact
      .fact=${fact}
      .around=${sample.surroundingsOf(record)}
      .lineOf=${id === 'medications' ? medicationLine : plainLine}
    ></corridor-fact>`,
  );
  return (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
}

const goal = (lifecycleStatus: string): object => ({
  resourceType: 'Goal',
  id: 'g',
  lifecycleStatus,
  description: { text: 'Walk' },
});

describe('a medicine that is not over', () => {
  const NOTE = { note: [{ text: 'STOPPED by hospital on admission' }] };
  const instructed = (more: object): object =>
    sample.medicine('m', '5', {
      dosageInstruction: [{ text: 'Take one daily', additionalInstruction: [{ text: 'With food' }] }],
      ...more,
    });

  it('shows on the line itself what is written beside it, for it may turn it round', async () => {
    assert.include(await line('medications', sample.medicine('m', '5', NOTE)), 'STOPPED by hospital on admission');
    assert.include(await line('medications', instructed({})), 'With food');
    assert.include(
      await line('medications', sample.medicine('m', '5', { status: 'on-hold', statusReason: { text: 'Low sodium' } })),
      'Low sodium',
    );
  });

  it('says who wrote it where several records are one line, and says it once', async () => {
    const record = sample.sampleRecord({
      surgery: { resources: [sample.medicine('m', '5', NOTE)] },
      hospital: { resources: [sample.medicine('m', '5')] },
    });
    const around = sample.surroundingsOf(record);
    const element = await fixture<CorridorFact>(
      html`<corridor-fact
        .fact=${sample.viewOf(record, 'medications').facts[0]}
        .around=${around}
        .lineOf=${medicationLine}
      ></corridor-fact>`,
    );
    assert.equal(element.fact?.entries.length, 2);
    const bodies = [...(element.shadowRoot?.querySelectorAll('.body') ?? [])].map((body) => body.textContent?.trim());
    assert.equal(bodies.length, 1);
    assert.match(bodies[0] ?? '', /^\S.*: STOPPED by hospital on admission$/);
  });

  it('leaves the remarks on one that is over to the records inside', async () => {
    const over = { status: 'completed', ...NOTE };
    assert.notInclude(await line('medications', sample.medicine('m', '5', over)), 'STOPPED by hospital');
  });
});

describe('how a line stands', () => {
  it('is a word and not only a shade of grey: planned, past', async () => {
    assert.include(await line('care-plans', goal('planned')), 'Planned');
    assert.include(await line('problems', sample.problem('p', 'Asthma', '2020-01-01')), 'Past');
    assert.notInclude(await line('problems', sample.problem('p', 'Asthma')), 'Past');
  });

  it('says the source’s own word where ours would leave something out', async () => {
    assert.include(await line('care-plans', goal('on-hold')), 'Status there: on-hold');
    assert.include(await line('care-plans', goal('frobnicated')), 'Status there: frobnicated');
    assert.include(await line('care-plans', goal('frobnicated')), 'Cannot be interpreted');
    assert.notInclude(await line('care-plans', goal('active')), 'Status there');
  });
});
