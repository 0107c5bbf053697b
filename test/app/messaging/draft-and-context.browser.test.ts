import { assert } from '@open-wc/testing';
import '../../../src/define.ts';
import { windowDrafts } from '../../../src/app/messaging/draft-keep.ts';
import { drawn } from '../../support/browser/drawn.ts';
import { wordsIn } from '../../support/browser/fed-stream.ts';
import { quiet } from '../../support/browser/passing.ts';
import { BEDFORD, CARTER, TalkingWindow } from '../../support/browser/talking-window.ts';
import { until } from '../../support/browser/until.ts';

const SUBJECT = 'Which dose of ramipril?';
const BODY = 'Is she on 5 mg or on 2.5 mg?';

/** The first that fits, through open shadow roots. */
function find<E extends Element = HTMLElement>(root: Element | ShadowRoot, selector: string, text = ''): E | undefined {
  for (const element of root.querySelectorAll<E>('*')) {
    if (element.matches(selector) && (element.textContent ?? '').replace(/\s+/g, ' ').includes(text)) return element;
    const inside = element.shadowRoot && find<E>(element.shadowRoot, selector, text);
    if (inside) return inside;
  }
  return undefined;
}

async function found<E extends Element = HTMLElement>(root: Element, selector: string, text = ''): Promise<E> {
  let element: E | undefined;
  await until(() => (element = find<E>(root, selector, text)), `no ${selector} ${text}`);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function write(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new InputEvent('input'));
}

async function begin(window: TalkingWindow): Promise<void> {
  (await found(window.root, 'button.tab', 'Messages')).click();
  await found(window.root, 'corridor-messages');
  (await found(window.root, 'button', 'Write a message')).click();
  write(await found<HTMLInputElement>(window.root, '#subject'), SUBJECT);
  write(await found<HTMLTextAreaElement>(window.root, '#body'), BODY);
  await drawn(window.root);
}

async function choose(window: TalkingWindow): Promise<void> {
  const doctor = await found<HTMLInputElement>(window.root, '.one', 'Duty doctor');
  doctor.querySelector('input')?.click();
  await drawn(window.root);
}

let open: TalkingWindow | undefined;
afterEach(() => {
  open?.close();
  windowDrafts.forget();
});

describe('what is being written when the chart changes', () => {
  it('locks in the same task, is neither shown nor sent in the other chart, and is looked at anew in its own', async function () {
    this.timeout(90_000);
    const window = (open = new TalkingWindow());
    await window.open(BEDFORD);
    await begin(window);
    await choose(window);
    (await found(window.root, 'button', 'Check before sending')).click();
    const held = await found<HTMLButtonElement>(window.root, 'button', 'Send to Duty doctor');

    window.turnTo(CARTER);
    assert.notInclude(wordsIn(window.root), 'dose');
    // Even a press that was on its way when the chart turned reaches nobody.
    held.click();
    await found(window.root, 'corridor-banner');
    await found(window.root, 'aside', 'begun about somebody else is locked');
    assert.notMatch(wordsIn(window.root), /Which dose|2\.5 mg\?|Bedford|BEDFORD/);
    (await found(window.root, 'button.tab', 'Messages')).click();
    await found(window.root, 'corridor-messages');
    assert.isUndefined(find(window.root, 'textarea'));
    assert.deepEqual(window.posted, []);

    window.turnTo(BEDFORD);
    await found(window.root, 'p', 'You began this before the chart changed');
    assert.isUndefined(find(window.root, 'button', 'Check before sending'));
    (await found(window.root, 'button', 'It is about this person')).click();
    (await found(window.root, 'button', 'Check before sending')).click();
    (await found(window.root, 'button', 'Send to Duty doctor')).click();
    await found(window.root, '.done', 'on its way to Duty doctor');
    assert.equal(window.posted.length, 1);
    const [sent] = window.posted;
    assert.equal(sent?.bearer, 'Bedford');
    assert.deepInclude(sent?.body, {
      patient: BEDFORD.nhsNumber,
      subject: SUBJECT,
      body: BODY,
      to: 'SURGERY/duty-doctor',
    });
  });

  it('is gone where somebody else reads after the change, and where nobody can be told to be the same', async function () {
    this.timeout(90_000);
    for (const readers of [
      ['one', 'two'],
      [undefined, undefined],
    ]) {
      let [reader] = readers;
      const window = (open = new TalkingWindow(() => reader));
      await window.open(BEDFORD);
      await begin(window);
      window.turnTo(CARTER);
      await found(window.root, 'corridor-banner');
      [, reader] = readers;
      window.turnTo(BEDFORD);
      (await found(window.root, 'button.tab', 'Messages')).click();
      await found(window.root, 'corridor-messages');
      await quiet(300);
      assert.notInclude(wordsIn(window.root), SUBJECT);
      assert.isUndefined(find(window.root, '#subject'));
      window.close();
    }
  });

  it('is put in no store of the browser, no address and no title', async () => {
    const window = (open = new TalkingWindow());
    await window.open(BEDFORD);
    await begin(window);
    window.turnTo(CARTER);
    const kept = JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      location.href,
      document.title,
    ]);
    assert.notMatch(kept, /dose|ramipril|999\s?012/i);
  });
});

describe('asking about a line of the record', () => {
  it('begins a message that hangs on that very record, beside the chart', async function () {
    this.timeout(90_000);
    const window = (open = new TalkingWindow());
    await window.open(BEDFORD);
    (await found(window.root, 'button.tab', 'Medicines')).click();
    await found(window.root, 'corridor-medications[form=full]');
    const line = await found(window.root, '.how button');
    line.click();
    (await found(window.root, 'button', 'Ask about this')).click();
    const item = await found(window.root, 'p.item');
    assert.match(item.textContent ?? '', /Ramipril — 5 ?mg — [^]*DOSE 5 mg/);
    assert.isDefined(find(window.root, 'corridor-medications'));
  });

  it('shows on the line that a conversation hangs on it, how far it has come, and leads there', async function () {
    this.timeout(90_000);
    const window = (open = new TalkingWindow());
    const { thread } = await import('../../support/browser/sample-threads.ts');
    window.threads = [thread({ state: 'opened' })];
    await window.open(BEDFORD);
    (await found(window.root, 'button.tab', 'Medicines')).click();
    const mark = await found(window.root, 'button', '1 conversation: opened');
    mark.click();
    await found(window.root, 'corridor-messages');
    await found(window.root, '.opened .messages');
  });
});
