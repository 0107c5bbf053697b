import { assert, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import { openRecordWith, type RecordMaking } from '../../src/app/open-record.ts';
import { viewFor } from '../../src/app/views.ts';
import { WHOLE } from '../../src/record/build-record.ts';
import { mergingAtFirst } from '../../src/record/merging-at-first.ts';
import { WORDS_AT_FIRST } from '../../src/words/at-first.ts';
import { enGB } from '../../src/words/en-GB.ts';
import type { Words } from '../../src/words/words.ts';
import { fedStream, opening, says, wordsIn } from '../support/browser/fed-stream.ts';
import { quiet } from '../support/browser/passing.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const surgery = sample.sourceOf('surgery');
const hospital = sample.sourceOf('hospital');

const falls = (id: string): object => ({
  resourceType: 'Flag',
  id,
  status: 'active',
  category: [{ text: 'Risk' }],
  subject: { reference: 'Patient/p' },
  code: { text: 'At risk of falls' },
});

type Later = NonNullable<RecordMaking['later']>;

/** English as the bundler leaves it to the first part of the script. */
const wordsAtFirst = Object.fromEntries(WORDS_AT_FIRST.map((group) => [group, enGB[group]])) as unknown as Words;

async function openedWith(later: Later, words = enGB): Promise<{ root: HTMLElement; close: () => void }> {
  const root = await fixture<HTMLElement>(html`<div></div>`);
  const feed = fedStream();
  const { close } = openRecordWith(
    { bearer: 'b', context: {}, root, fetch: feed.fetch },
    { merging: mergingAtFirst(viewFor(undefined).first), later },
  );
  const view = root.querySelector('corridor-record');
  if (view) view.words = words;
  feed.send(
    opening(surgery, hospital),
    ...says(surgery, sample.allergy('a'), sample.medicine('m', '5'), falls('r')),
    ...says(hospital, sample.medicine('m', '2.5'), falls('r')),
    { type: 'closed', at: '' },
  );
  await until(() => wordsIn(root).includes('Penicillin'), 'the first sight');
  return { root, close };
}

/** By a path through shadow roots. */
function within(root: Element, ...path: string[]): Element | null | undefined {
  return path.reduce<Element | null | undefined>((one, name) => (one?.shadowRoot ?? one)?.querySelector(name), root);
}

describe('the first sight of a launch', () => {
  it('draws what can harm at once in the words it has, and nothing that the rest of the script has yet to merge', async () => {
    let bring: (parts: Awaited<ReturnType<Later>>) => void = () => undefined;
    const view = await openedWith(() => new Promise((resolve) => (bring = resolve)), wordsAtFirst);
    await quiet(100);
    assert.notInclude(wordsIn(view.root), 'Ramipril');
    assert.notInclude(wordsIn(view.root), 'isagreement', 'nobody has looked for any yet');
    bring({ merging: WHOLE, words: enGB, register: () => undefined });
    await until(() => wordsIn(view.root).includes('Ramipril'), 'what came later');
    assert.include(wordsIn(view.root), 'disagreement');
    view.close();
  });

  it('opens a line of two organisations before the words for why they are one have come, and says it once they have', async () => {
    let bring: (parts: Awaited<ReturnType<Later>>) => void = () => undefined;
    const view = await openedWith(() => new Promise((resolve) => (bring = resolve)), wordsAtFirst);
    await until(() => wordsIn(view.root).includes('2 sources'), 'both records in one line');
    const line = within(view.root, 'corridor-record', 'corridor-risks', 'corridor-section', 'corridor-fact');
    const open = line?.shadowRoot?.querySelector<HTMLButtonElement>('[aria-expanded]');
    // Whoever is at a line keeps it, whatever comes meanwhile.
    open?.focus();
    open?.click();
    await until(() => wordsIn(line).includes('Show separately'), 'the opened line');
    assert.notInclude(wordsIn(line), 'in one line');
    bring({ merging: WHOLE, words: enGB, register: () => undefined });
    await until(() => wordsIn(line).includes('2 records in one line: they have the same code or words'), 'why');
    view.close();
  });

  it('shows each record by itself, and says what is missing, when the rest never comes', async () => {
    const view = await openedWith(() => Promise.reject(new Error('no network')));
    await until(() => wordsIn(view.root).includes('Ramipril'), 'the fallback', { timeout: 40_000 });
    assert.include(wordsIn(view.root), 'Disagreements are not looked for');
    view.close();
  }).timeout(60_000);
});
