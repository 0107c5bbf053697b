import { assert, expect } from '@open-wc/testing';
import '../../../src/define.ts';
import { windowDrafts } from '../../../src/app/messaging/draft-keep.ts';
import type { InboxLine } from '../../../src/messages/thread.ts';
import { wordsIn } from '../../support/browser/fed-stream.ts';
import { handover } from '../../support/browser/sample-handovers.ts';
import { thread } from '../../support/browser/sample-threads.ts';
import { BEDFORD, CARTER, TalkingWindow } from '../../support/browser/talking-window.ts';
import { until } from '../../support/browser/until.ts';

const COUNTS = { unopened: 2, urgent: 0, overdue: 0, handovers: 1 };
const lineOf = (id: string, name: string, nhsNumber: string): InboxLine => {
  const { version, subject, from, to, urgency } = thread();
  const patient = { name, nhsNumber, birthDate: '1950-01-01' };
  return {
    thread: id,
    version,
    patient,
    subject: `${subject} ${name}`,
    from,
    to,
    urgency,
    state: 'delivered',
    lastAt: '2026-10-28T10:00:00Z',
    unopened: true,
  };
};
const OTHER = lineOf('t-carter', 'CARTER, Joan', CARTER.nhsNumber);
const OWN = lineOf('t1', 'BEDFORD, Margaret', BEDFORD.nhsNumber);

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

let open: TalkingWindow | undefined;
afterEach(() => {
  open?.close();
  windowDrafts.forget();
});

async function teamList(): Promise<TalkingWindow> {
  const window = (open = new TalkingWindow());
  window.threads = [thread({ id: 't1' })];
  const others = handover({ patient: { name: 'CARTER, Joan', nhsNumber: CARTER.nhsNumber, birthDate: '1950-01-01' } });
  const recipients = others.recipients.map((one) => ({ ...one, mayAcknowledge: false }));
  window.team = {
    'inbox/counts': COUNTS,
    inbox: { counts: COUNTS, lines: [OTHER, OWN] },
    'inbox/handovers': {
      handovers: [{ ...others, recipients }],
      notices: [],
      unheard: [{ organisation: { ods: 'COUNCIL', name: 'Ousebridge Council' } }],
    },
  };
  await window.open(BEDFORD);
  (await found(window.root, 'button.tab', 'Messages')).click();
  (await found(window.root, '.which button', 'My team’s list 3 waiting')).click();
  await found(window.root, 'corridor-inbox');
  return window;
}

describe('the list of the reader’s teams in somebody’s open chart', () => {
  it('never opens another person’s chart: it says to open them in the EPR, and whose chart stays open', async function () {
    this.timeout(90_000);
    const window = await teamList();
    assert.match(wordsIn(await found(window.root, '.others')), /about other patients too.*BEDFORD/);
    await found(window.root, '[part=line]', 'CARTER, Joan');
    (await found(window.root, '[part=line] button', 'CARTER, Joan')).click();
    await found(window.root, '[part=line] .answer', 'Open this person’s chart in your own system');
    assert.isUndefined(find(window.root, 'corridor-messages'));
    assert.deepEqual(window.posted, []);
    assert.include(wordsIn(await found(window.root, 'corridor-banner')), 'BEDFORD');
  });

  it('leads to a conversation of the open chart’s own person where it stands', async function () {
    this.timeout(90_000);
    const window = await teamList();
    (await found(window.root, '[part=line] button', 'BEDFORD, Margaret')).click();
    await found(window.root, 'corridor-messages');
    await found(window.root, '.thread[aria-expanded=true]');
  });

  it('says of handovers who could not be asked, and that another’s is acted on in their own chart', async function () {
    this.timeout(90_000);
    const window = await teamList();
    await found(window.root, 'corridor-handovers .notice, .notice', 'Ousebridge Council (has not answered yet)');
    await found(window.root, '[part=handover]', 'open them in your EPR');
    const list = await found(window.root, 'corridor-handovers');
    assert.equal(list.shadowRoot?.querySelectorAll('.acts button').length, 0);
    await expect(list).to.be.accessible();
  });

  it('is off the screen in the task in which the chart turns', async function () {
    this.timeout(90_000);
    const window = await teamList();
    await found(window.root, '[part=line]', 'CARTER, Joan');
    window.turnTo(CARTER);
    assert.isUndefined(find(window.root, '[part=line]'));
  });
});
