import { assert } from '@open-wc/testing';
import type { HostPlugin } from '../../../plugins/host-plugin.ts';
import type { HostPort } from '../../../plugins/host-port.ts';
import { holdContext } from '../../../src/app/context/hold-context.ts';
import type { OpenedLaunch } from '../../../src/app/launch/callback-page.ts';
import { SILENT_HOST } from '../../../src/app/host-port.ts';
import { contextEnGB } from '../../../src/words/context-en-GB.ts';
import { enGB } from '../../../src/words/en-GB.ts';
import type { Words } from '../../../src/words/words.ts';
import { until } from '../../support/browser/until.ts';

type Mood = { locale?: string; theme?: HostPort['env']['theme'] };

const html = document.documentElement;
const open: { close(): void }[] = [];
let root: HTMLElement;

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
});
afterEach(() => {
  for (const held of open.splice(0)) held.close();
  root.remove();
  html.style.colorScheme = '';
});

/** A host that says how it looks, and may say so again. */
async function hold(mood: Mood, look?: OpenedLaunch['context']['look']) {
  let listener = (): void => undefined;
  const spoken: string[] = [];
  const host: HostPlugin = {
    id: 'x',
    contract: 1,
    detect: () => true,
    create: (): HostPort => ({
      ...SILENT_HOST,
      capabilities: new Set(['theme', 'locale']),
      env: Object.defineProperties(
        { onEnv: (tell: () => void) => ((listener = tell), () => undefined) },
        {
          locale: { get: () => mood.locale },
          theme: { get: () => mood.theme },
        },
      ) as HostPort['env'],
    }),
  };
  const patient = { nhsNumber: '9990000018', birthDate: '1950-01-01', family: 'EXAMPLE' };
  const context = { needPatientBanner: true, launchId: 'l-1', ods: 'XB001', patient, ...(look && { look }) };
  const held = await holdContext({
    root,
    launch: { session: 's', context: { ...context, host: { plugin: 'x', settings: {}, origins: [] } } },
    window,
    hosts: { x: () => Promise.resolve({ host }) },
    fetch: () => Promise.reject(new TypeError('no network in this test')),
    words: contextEnGB,
    wordsIn: (language) => Promise.resolve({ ...enGB, language }),
    redeem: () => Promise.reject(new Error('none')),
    endUnseen: () => undefined,
    show: () => ({
      blank: () => undefined,
      tell: () => Promise.resolve(),
      end: () => undefined,
      speak: (words: Words) => void spoken.push(words.language),
    }),
  });
  open.push(held);
  return {
    spoken,
    say: (next: Mood) => (Object.assign(mood, { theme: undefined, ...next }), listener()),
  };
}

const token = (name: string) => root.style.getPropertyValue(name);

describe('how the host wants the page to look', () => {
  it('is not heard on the colours of danger and absence, nor on anything that is no plain value', async () => {
    const tokens = {
      '--corridor-risk-colour': '#00ff00',
      '--_risk': '#00ff00',
      '--corridor-font': 'x; background: url(https://evil.example)',
      '--corridor-action-colour': '#ffff00',
      '--corridor-font-size': '15px',
    };
    await hold({ theme: { tokens } });
    await until(() => token('--corridor-font-size') === '15px', 'what is plain is heard');
    assert.deepEqual([...root.style], ['--corridor-font-size']);
  });

  it('sets type and scheme, over what its style file said, and lets go of what it no longer says', async () => {
    const look = { tokens: { '--corridor-font-size': '14px', '--corridor-radius': '6px' } } as const;
    const { say } = await hold({ theme: { scheme: 'dark', tokens: { '--corridor-font-size': '18px' } } }, look);
    await until(() => html.style.colorScheme === 'dark', 'the scheme is set');
    assert.deepEqual([token('--corridor-font-size'), token('--corridor-radius')], ['18px', '6px']);
    say({});
    await until(() => html.style.colorScheme === '', 'the scheme is let go');
    assert.equal(token('--corridor-font-size'), '14px');
  });

  it('gives Welsh its Welsh words and says so to a screen reader', async () => {
    const { spoken } = await hold({ locale: 'cy-GB' });
    await until(() => spoken.length > 0, 'the words came');
    assert.deepEqual([spoken, html.lang, html.dir], [['cy'], 'cy', 'ltr']);
  });

  it('does not call English Arabic, nor mirror it, for a host in a language there are no words for', async () => {
    const { say, spoken } = await hold({ locale: 'ar' });
    await until(() => spoken.length > 0, 'the words came');
    assert.deepEqual([html.lang, html.dir], ['en-GB', 'ltr']);
    say({ locale: 'cy' });
    await until(() => html.lang === 'cy', 'the language of the page');
  });
});
