import { assert, expect } from '@open-wc/testing';
import { keepBinding, takeBinding } from '../../src/app/launch/binding.ts';
import { runCallbackPage, type OpenedLaunch } from '../../src/app/launch/callback-page.ts';
import { runLaunchPage } from '../../src/app/launch/launch-page.ts';
import type { OpenedTeam } from '../../src/app/launch/opened-team.ts';
import { readPageData } from '../../src/app/launch/page-data.ts';
import { showProblem } from '../../src/app/launch/problem-page.ts';
import { until } from '../support/browser/until.ts';

const DATA = { handle: 'h1', binding: 'b1', address: 'https://epr.example/authorize?x=1', ods: 'XB001', post: false };
const opened: OpenedLaunch = {
  session: 'bearer',
  context: {
    needPatientBanner: true,
    launchId: 'l-1',
    ods: 'XB001',
    patient: { nhsNumber: '9990000018', birthDate: '1950-01-01', family: 'EXAMPLE' },
  },
};
const BLOCKED = {
  get sessionStorage(): Storage {
    throw new DOMException('denied', 'SecurityError');
  },
};

let root: HTMLElement;
let calls: { path: string; body: Record<string, string>; init: RequestInit }[];

beforeEach(() => {
  sessionStorage.clear();
  root = document.createElement('div');
  document.body.append(root);
  calls = [];
});
afterEach(() => root.remove());

/** A window at this address, whose moves are written down. */
function windowAt(search: string, languages: readonly string[] = ['en-GB']) {
  const moves: string[] = [];
  const location = { search, pathname: '/callback/XB001', replace: (to: string) => void moves.push(`go ${to}`) };
  const history = { replaceState: (_state: unknown, _title: string, to: string) => void moves.push(`clean ${to}`) };
  return { moves, window: { sessionStorage, location, history, navigator: { languages } } as unknown as Window };
}

function answering(status: number, body: unknown): typeof fetch {
  return (path, init = {}) => {
    const sent = typeof init.body === 'string' ? init.body : '{}';
    calls.push({
      path: typeof path === 'string' ? path : '',
      body: JSON.parse(sent) as Record<string, string>,
      init,
    });
    return Promise.resolve(Response.json(body, { status }));
  };
}

async function callback(search: string, fetch: typeof window.fetch, languages?: readonly string[]) {
  const { moves, window } = windowAt(search, languages);
  const given: OpenedLaunch[] = [];
  const lists: OpenedTeam[] = [];
  await runCallbackPage(root, DATA, {
    window,
    fetch,
    open: (launch) => {
      given.push(launch);
      return Promise.resolve();
    },
    openTeam: (team) => {
      lists.push(team);
      return Promise.resolve();
    },
  });
  return { moves, given, lists };
}

function same(actual: unknown, expected: unknown): void {
  assert.equal(JSON.stringify(actual), JSON.stringify(expected));
}

describe('the launch page', () => {
  it('goes nowhere when this window can keep nothing, and says what to do', () => {
    const { moves, window } = windowAt('');
    runLaunchPage(root, DATA, Object.create(window, Object.getOwnPropertyDescriptors(BLOCKED)) as Window);
    same(moves, []);
    expect(root.textContent).to.contain('launch.binding_missing').and.contain('new window');
  });

  it('goes nowhere but to an address of the web', () => {
    const { moves, window } = windowAt('');
    runLaunchPage(root, { ...DATA, address: 'javascript:alert(1)' }, window);
    same(moves, []);
  });

  it('keeps the binding under this launch’s handle and replaces itself with the sign-in', () => {
    const { moves, window } = windowAt('');
    runLaunchPage(root, DATA, window);
    same(moves, [`go ${DATA.address}`]);
    same({ ...sessionStorage }, { 'corridor:h1': 'b1' });
  });

  it('reaches a sign-in that asks for it by a form, with the values in the body and none in the address', () => {
    const { moves, window } = windowAt('');
    document.body.append(root);
    const sent: [string, string, [string, unknown][]][] = [];
    const submit = HTMLFormElement.prototype.submit;
    HTMLFormElement.prototype.submit = function (this: HTMLFormElement) {
      sent.push([this.method, this.action, [...new FormData(this)]]);
    };
    try {
      runLaunchPage(root, { ...DATA, address: 'https://epr.example/authorize?a=1&launch=x%26y', post: true }, window);
    } finally {
      HTMLFormElement.prototype.submit = submit;
    }
    same(moves, []);
    same(sent, [
      [
        'post',
        'https://epr.example/authorize',
        [
          ['a', '1'],
          ['launch', 'x&y'],
        ],
      ],
    ]);
  });
});

describe('the callback page', () => {
  it('takes no answer for a team’s list that is a patient’s, or that has no bearer of a list', async () => {
    const team = { launchId: 'l-2', ods: 'XB001', role: 'gp', name: 'Dr Test', reader: 'r' };
    for (const session of ['bearer', 'x.team', '']) {
      const { lists, given } = await callback('?state=s&code=c', answering(200, { session, expiresAt: 'e', team }));
      same([lists.length, given.length], [0, 0]);
    }
    expect(root.textContent).to.contain('server.unreachable');
  });

  it('opens a team’s list where nobody’s chart was open, and no record', async () => {
    const team = { launchId: 'l-2', ods: 'XB001', role: 'gp', name: 'Dr Test', reader: 'r' };
    const answer = { session: 'team.bearer', expiresAt: '2026-01-01T00:00:00Z', team };
    const { lists, given } = await callback('?state=s&code=c', answering(200, answer));
    same(lists, [answer]);
    same(given, []);
  });

  it('asks to be opened again on a reload, and sends nothing', async () => {
    const { given } = await callback('', answering(200, opened));
    expect(calls).to.have.length(0);
    expect(given).to.have.length(0);
    expect(root.querySelector('h1')?.textContent).to.contain('opened again from the chart');
    expect(root.textContent).to.contain('launch.relaunch_required');
  });

  it('sends an empty binding when this window kept none, so that the launcher refuses and burns the launch', async () => {
    const problem = {
      error: 'launch.binding_missing',
      message: 'Not tied.',
      nextStep: 'Open again.',
      supportId: 's-1',
    };
    const { given } = await callback('?state=s&code=c', answering(400, problem));
    same(calls[0]?.body, { ods: 'XB001', state: 's', binding: '', code: 'c' });
    expect(given).to.have.length(0);
    for (const text of ['Not tied.', 'Open again.', 'launch.binding_missing', 's-1'])
      expect(root.textContent).to.contain(text);
  });

  it('says that nobody answered when nobody did', async () => {
    await callback('?state=s&code=c', () => Promise.reject(new TypeError('failed')));
    expect(root.textContent).to.contain('did not answer');
  });

  it('shows nothing of an answer it does not know', async () => {
    await callback('?state=s&code=c', answering(200, { session: 5, html: '<b>canary</b>' }));
    expect(root.textContent).to.contain('did not answer').and.not.contain('canary');
  });

  it('cleans the address before it asks, passes the answer on once, and opens the record with the bearer in memory', async () => {
    keepBinding(() => sessionStorage, 'h1', 'b1');
    const { moves, given } = await callback(
      '?state=s&code=c&iss=https%3A%2F%2Fi&session_state=x',
      answering(200, opened),
    );
    same(moves, ['clean /callback/XB001']);
    same(calls[0]?.body, { ods: 'XB001', state: 's', binding: 'b1', code: 'c', iss: 'https://i' });
    same(calls[0]?.init.credentials, 'omit');
    same(given, [opened]);
    same(sessionStorage.length, 0);
  });

  it('two frames of one tab keep two bindings', () => {
    keepBinding(() => sessionStorage, 'h1', 'b1');
    keepBinding(() => sessionStorage, 'h2', 'b2');
    same([takeBinding(() => sessionStorage, 'h2'), takeBinding(() => sessionStorage, 'h1')], ['b2', 'b1']);
    same(
      takeBinding(() => sessionStorage, 'h1'),
      '',
    );
  });
});

describe('the page that asks who a traced person is', () => {
  const home = { family: 'Frost', given: 'Walter', birthDate: '1941-08-09', gender: 'male' };
  const found = { ...home, family: 'Foster', nhsNumber: '9990000018', deceased: '2026-01-02', postcode: 'ZZ99 3CZ' };
  const trace = { ticket: 't', home, candidates: [found] };
  const settled = async (selector: string): Promise<HTMLElement> => {
    await until(() => root.querySelector(selector), `no ${selector} came`);
    return root.querySelector<HTMLElement>(selector) ?? root;
  };

  it('opens nothing for “none of these”, is accessible, and says in words what differs', async () => {
    const answers = [
      { status: 200, body: { trace } },
      { status: 400, body: { error: 'patient.no_nhs_number', message: 'No number.', nextStep: 'Use your own.' } },
    ];
    const asked = callback('?state=s&code=c', (path, init) => {
      const { status, body } = answers.shift() ?? { status: 500, body: {} };
      return answering(status, body)(path, init);
    });
    const none = await settled('button.none');
    await expect(root).to.be.accessible();
    same(root.querySelector('main')?.lang, 'en-GB');
    same(
      [...root.querySelectorAll('tr.differs')].map((row) => row.textContent),
      ['Family nameFrostFosterDiffers'],
    );
    expect(root.textContent).to.contain('Male').and.contain('02-Jan-2026');
    none.click();
    const { given } = await asked;
    same(given, []);
    same(calls[1]?.body, { ods: 'XB001', binding: '', ticket: 't', choice: 'none' });
  });

  it('is in Welsh for a browser that asks for Welsh first, and says all of it', async () => {
    void callback('?state=s&code=c', answering(200, { trace }), ['fr', 'cy-GB', 'en']);
    await settled('button.none');
    same(root.querySelector('main')?.lang, 'cy');
    for (const text of ['Ai hwn yw’r person', 'Cyfenw', 'Gwryw', '09-Awst-1941', 'Yn wahanol', 'Dim un o’r rhain'])
      expect(root.textContent).to.contain(text);
    expect(root.textContent).not.to.match(/Is this|Confirm|Found|Not held|None of/);
    await expect(root).to.be.accessible();
  });
});

describe('the error page', () => {
  it('is accessible, takes the focus, and makes text of whatever it is given', async () => {
    showProblem(root, { code: 'x.y', message: '<img src=x onerror=alert(1)>', nextStep: 'Next.', supportId: '1' });
    await expect(root).to.be.accessible();
    same(root.querySelector('img'), null);
    same(document.activeElement === root.querySelector('h1'), true);
  });

  it('reads an absent or odd page block as empty', () => {
    same(readPageData(document.implementation.createHTMLDocument()), {
      handle: '',
      binding: '',
      address: '',
      ods: '',
      post: false,
    });
  });
});
