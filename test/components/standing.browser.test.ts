import { assert, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorFact } from '../../src/index.ts';
import type { SectionId } from '../../src/record/section.ts';
import * as sample from '../support/browser/sample-record.ts';

/** The words of the one line that this resource makes in that section. */
async function line(id: SectionId, resource: object): Promise<string> {
  const record = sample.sampleRecord({ surgery: { resources: [resource] } });
  const [fact] = sample.viewOf(record, id).facts;
  const element = await fixture<CorridorFact>(
    html`<corridor-fact .fact=${fact} .around=${sample.surroundingsOf(record)}></corridor-fact>`,
  );
  return (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
}

const goal = (lifecycleStatus: string): object => ({
  resourceType: 'Goal',
  id: 'g',
  lifecycleStatus,
  description: { text: 'Walk' },
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
