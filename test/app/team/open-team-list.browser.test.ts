import { assert, expect } from '@open-wc/testing';
import type { OpenedTeam } from '../../../src/app/launch/opened-team.ts';
import { openTeamList } from '../../../src/app/team/open-team-list.ts';
import { enGB } from '../../../src/words/en-GB.ts';
import { teamCy } from '../../../src/words/team-cy.ts';
import { teamEnGB } from '../../../src/words/team-en-GB.ts';
import { quiet } from '../../support/browser/passing.ts';
import { until } from '../../support/browser/until.ts';

const opened = (lifeMs = 3_600_000): OpenedTeam => ({
  session: 'team.bearer',
  expiresAt: new Date(Date.now() + lifeMs).toISOString(),
  team: { launchId: 't1', ods: 'XB001', role: 'gp', name: 'Dr Test', reader: 'r' },
});
const LINE = {
  thread: '00000000-0000-4000-8000-000000000001',
  version: 1,
  patient: { name: 'CANARY, Wren', nhsNumber: '9990000018', birthDate: '1948-03-07' },
  subject: 'Dose of amlodipine',
  from: { address: 'XB101/p', organisation: { ods: 'XB101', name: 'Eastfield' }, team: 'Pharmacy' },
  to: { address: 'XB001/duty', organisation: { ods: 'XB001', name: 'Northcliffe' }, team: 'Duty doctor' },
  urgency: 'routine',
  state: 'delivered',
  lastAt: '2026-06-01T09:00:00Z',
  unopened: true,
};
const COUNTS = { unopened: 1, urgent: 0, overdue: 0, handovers: 0 };

type Asked = { readonly method: string; readonly path: string; readonly bearer: string | null };

let root: HTMLElement;
let asked: Asked[];
let answers: { [path: string]: () => Response | Promise<Response> };
let list: { close(): void } | undefined;

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
  asked = [];
  answers = {
    '/api/inbox': () => Response.json({ counts: COUNTS, lines: [LINE] }),
    '/api/inbox/handovers': () => Response.json({ handovers: [], notices: [], unheard: [] }),
    '/api/session/end': () => new Response(null, { status: 204 }),
  };
});
afterEach(() => {
  list?.close();
  list = undefined;
  root.remove();
});

const ask: typeof fetch = async (address, init = {}) => {
  const path = typeof address === 'string' ? address : '';
  asked.push({ method: init.method ?? 'GET', path, bearer: new Headers(init.headers).get('authorization') });
  return (await answers[path]?.()) ?? new Response(null, { status: 404 });
};
const open = async (more: { lifeMs?: number; idleMs?: number; hiddenMs?: number; words?: typeof teamEnGB } = {}) => {
  const { lifeMs, idleMs = 60_000, hiddenMs = 60_000, words = teamEnGB } = more;
  const around = { words: enGB, sources: new Map(), today: '' };
  const limits = { idleMs, hiddenMs };
  list = await openTeamList({ opened: opened(lifeMs), root, window, fetch: ask, words, around, limits });
};
/** Everything on the screen, through the elements' own trees. */
const text = (of: Element | ShadowRoot = root): string =>
  [...of.childNodes]
    .map((node) => (node instanceof Element ? text(node.shadowRoot ?? node) : (node.textContent ?? '')))
    .join(' ');
const ended = (): number => asked.filter(({ path }) => path === '/api/session/end').length;

describe('a team’s list on the screen', () => {
  it('is gone when its session is over, and says how to open it again', async () => {
    answers['/api/inbox'] = () => Response.json({ error: 'session.expired' }, { status: 401 });
    await open();
    expect(text()).to.contain('home page').and.not.to.contain('CANARY');
  });

  it('is gone when nobody has touched it for a while, and its session with it', async () => {
    await open({ idleMs: 2_000 });
    // However long the list takes to come: whoever waits for it touches it.
    await until(() => {
      document.dispatchEvent(new Event('pointerdown'));
      return text().includes('CANARY');
    });
    await until(() => ended() === 1);
    expect(text()).not.to.contain('CANARY');
  });

  it('is gone when its time is over, whatever is done with it', async () => {
    await open({ lifeMs: 200, idleMs: 1_000 });
    await until(() => ended() === 1);
    expect(text()).not.to.contain('CANARY');
  });

  it('is gone when its page is left, and nothing that comes later brings it back', async () => {
    await open();
    await until(() => text().includes('CANARY'));
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(text()).not.to.contain('CANARY');
    await until(() => ended() === 1);
    await quiet(100);
    expect(text()).not.to.contain('CANARY');
    assert.equal(ended(), 1);
  });

  it('says that it could not be fetched, and does not look empty', async () => {
    answers['/api/inbox'] = () => new Response(null, { status: 503 });
    await open();
    const inbox = root.querySelector('corridor-inbox');
    assert.equal(inbox?.standing, 'failed');
    assert.equal(inbox?.lines, undefined);
  });

  it('says that there are more than it was given', async () => {
    answers['/api/inbox'] = () => Response.json({ counts: COUNTS, lines: [LINE], more: true });
    await open();
    assert.equal(root.querySelector('corridor-inbox')?.more, true);
    assert.include(text(), 'There are more than are shown here');
  });

  it('names nobody in the title or the address, and keeps nothing in the browser', async () => {
    sessionStorage.clear();
    localStorage.clear();
    await open();
    await until(() => text().includes('CANARY'));
    expect(document.title + location.href).not.to.contain('CANARY');
    assert.equal(sessionStorage.length + localStorage.length, 0);
  });

  it('holds no record, and asks for none', async () => {
    await open();
    assert.equal(root.querySelector('corridor-record'), null);
    const paths = new Set(asked.map(({ path }) => path));
    assert.deepEqual([...paths].sort(), ['/api/inbox', '/api/inbox/handovers']);
    expect(asked.every(({ bearer }) => bearer === 'Bearer team.bearer')).to.equal(true);
  });

  it('shows what waits, for whom, and that nobody’s chart is open', async () => {
    await open();
    await until(() => text().includes('CANARY'));
    expect(text()).to.contain('Dr Test').and.to.contain('No patient is open').and.to.contain('Dose of amlodipine');
    assert.equal(root.querySelector('main')?.getAttribute('lang'), 'en-GB');
  });

  it('speaks Welsh', async () => {
    await open({ words: teamCy });
    expect(text()).to.contain('Negeseuon a rennir');
  });

  it('has no list of handovers where the community has none', async () => {
    answers['/api/inbox/handovers'] = () => Response.json({ error: 'request.not_found' }, { status: 404 });
    await open();
    assert.equal(root.querySelector('corridor-handovers')?.hidden, true);
    assert.equal(root.querySelector('corridor-inbox')?.standing, 'here');
  });

  it('leads to a line’s chart in the reader’s own EPR, where there is one', async () => {
    const led: string[] = [];
    const before = window.open.bind(window);
    window.open = (address) => {
      led.push(String(address));
      return null;
    };
    try {
      answers['/api/inbox/open'] = () => Response.json({ address: 'https://epr.example/items/p1' });
      await open();
      await until(() => root.querySelector('corridor-inbox')?.shadowRoot?.querySelector('.open button'));
      root.querySelector('corridor-inbox')?.shadowRoot?.querySelector<HTMLButtonElement>('.open button')?.click();
      await until(() => led.length === 1);
      assert.deepEqual(led, ['https://epr.example/items/p1']);
    } finally {
      window.open = before;
    }
  });
});
