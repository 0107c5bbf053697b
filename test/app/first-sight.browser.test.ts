import { assert, aTimeout, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define.ts';
import { openRecordWith, type RecordMaking } from '../../src/app/open-record.ts';
import { viewFor } from '../../src/app/views.ts';
import { WHOLE } from '../../src/record/build-record.ts';
import { mergingAtFirst } from '../../src/record/merging-at-first.ts';
import { fedStream, opening, says, wordsIn } from '../support/browser/fed-stream.ts';
import * as sample from '../support/browser/sample-record.ts';

const surgery = sample.sourceOf('surgery');
const hospital = sample.sourceOf('hospital');

type Later = NonNullable<RecordMaking['later']>;

async function openedWith(later: Later): Promise<{ root: HTMLElement; close: () => void }> {
  const root = await fixture<HTMLElement>(html`<div></div>`);
  const feed = fedStream();
  const { close } = openRecordWith(
    { bearer: 'b', context: {}, root, fetch: feed.fetch },
    { merging: mergingAtFirst(viewFor(undefined).first), later },
  );
  feed.send(
    opening(surgery, hospital),
    ...says(surgery, sample.allergy('a'), sample.medicine('m', '5')),
    ...says(hospital, sample.medicine('m', '2.5')),
    { type: 'closed', at: '' },
  );
  await waitUntil(() => wordsIn(root).includes('Penicillin'), 'the first sight');
  return { root, close };
}

describe('the first sight of a launch', () => {
  it('draws what can harm at once, and nothing that the rest of the script has yet to merge', async () => {
    let bring: (parts: Awaited<ReturnType<Later>>) => void = () => undefined;
    const view = await openedWith(() => new Promise((resolve) => (bring = resolve)));
    await aTimeout(100);
    assert.notInclude(wordsIn(view.root), 'Ramipril');
    bring({ merging: WHOLE, register: () => undefined });
    await waitUntil(() => wordsIn(view.root).includes('Ramipril'), 'what came later');
    assert.include(wordsIn(view.root), 'disagreement');
    view.close();
  });

  it('shows each record by itself, and says what is missing, when the rest never comes', async () => {
    const view = await openedWith(() => Promise.reject(new Error('no network')));
    await waitUntil(() => wordsIn(view.root).includes('Ramipril'), 'the fallback', { timeout: 14_000 });
    assert.include(wordsIn(view.root), 'Disagreements are not looked for');
    view.close();
  }).timeout(16_000);
});
