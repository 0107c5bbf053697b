import { assert } from '@open-wc/testing';
import { quiet } from '../../support/browser/passing.ts';
import { until } from '../../support/browser/until.ts';

const ASSETS = '/plugins/openemr/module/oe-module-shared-record/public/assets';

/** A title bar as OpenEMR's own model has it: `application_data.patient` is a Knockout observable of one of `pid`. */
type Shell = {
  app_view_model: { application_data: { patient: Observable } };
  corridorSharedRecord: { open(given: object): boolean; take(blank: () => void): object | undefined };
  readonly opened: string[];
  frame?: HTMLIFrameElement;
};
type Observable = {
  (): { pid(): number } | null;
  set(pid: number | undefined): void;
  subscribe(listener: () => void): void;
};
type Message = Record<string, unknown> & { readonly type: string; readonly payload: Record<string, unknown> };

function observable(isHeard: boolean): Observable {
  let pid: number | undefined;
  const listeners: (() => void)[] = [];
  const read = (() => (pid === undefined ? null : { pid: () => pid ?? 0 })) as Observable;
  read.set = (next) => {
    pid = next;
    for (const listener of listeners) listener();
  };
  read.subscribe = (listener) => {
    if (isHeard) listeners.push(listener);
  };
  return read;
}

const frames: HTMLIFrameElement[] = [];

/** The window around the tabs, with the module's script in it. `window.top` is the test's own page for every frame. */
async function openShell(isHeard = true): Promise<{ shell: Shell; patient: Observable }> {
  const patient = observable(isHeard);
  const opened: string[] = [];
  const shell = Object.assign(window as unknown as Shell, {
    app_view_model: { application_data: { patient } },
    opened,
    navigateTab: (address: string, name: string) => void opened.push(`${name} ${address}`),
    activateTabByName: () => undefined,
    restoreSession: () => undefined,
  });
  const script = document.createElement('script');
  script.src = `${ASSETS}/shell.js?${crypto.randomUUID()}`;
  const loaded = new Promise((resolve) => (script.onload = resolve));
  document.head.append(script);
  await loaded;
  return { shell, patient };
}

/** The page of the tab, as `frame.php` sends it. */
async function openTab(): Promise<{
  page: Document;
  record: Window | null;
  heard: Message[];
  posted: URLSearchParams[];
}> {
  const tab = document.createElement('iframe');
  document.body.append(tab);
  frames.push(tab);
  const page = tab.contentDocument;
  if (!page) throw new Error('no document');
  page.open();
  page.write(`<!doctype html><body data-launcher="${location.origin}" data-webroot="/openemr" data-moved="moved on" data-unasked="from the summary" data-done="closed">
    <p role="status" hidden></p><form method="post" action="about:blank" target="corridor-record"><input type="hidden" name="proof"></form>
    <iframe name="corridor-record"></iframe></body>`);
  page.close();
  const posted: URLSearchParams[] = [];
  const form = page.querySelector('form');
  if (form) form.submit = () => void posted.push(new URLSearchParams(new FormData(form) as never));
  const record = page.querySelector('iframe')?.contentWindow ?? null;
  const heard: Message[] = [];
  record?.addEventListener('message', ({ data }: MessageEvent<Message>) => void heard.push(data));
  const script = page.createElement('script');
  script.src = `${ASSETS}/frame.js`;
  const loaded = new Promise((resolve) => (script.onload = resolve));
  page.body.append(script);
  await loaded;
  return { page, record, heard, posted };
}

/** What the record's page says comes from its own window. */
function say(record: Window | null, message: object): void {
  const script = `parent.postMessage(${JSON.stringify({ corridor: 1, id: 'r1', epoch: 0, launchId: 'l1', payload: {}, ...message })}, '*')`;
  (record as unknown as { eval(text: string): void }).eval(script);
}

const SEVEN = { proof: 'p7', patient: '7', family: 'Example', born: '1950-01-01', address: '/frame.php' };

describe('the tab of the shared record in OpenEMR', () => {
  afterEach(() => {
    for (const frame of frames.splice(0)) frame.remove();
  });

  it('opens for nobody but the patient of the title bar, and not without a proof', async () => {
    const { shell, patient } = await openShell();
    assert.isFalse(shell.corridorSharedRecord.open(SEVEN));
    patient.set(8);
    assert.isFalse(shell.corridorSharedRecord.open(SEVEN));
    patient.set(7);
    assert.isFalse(shell.corridorSharedRecord.open({ ...SEVEN, proof: '' }));
    assert.isFalse(shell.corridorSharedRecord.open({ ...SEVEN, patient: '' }));
    assert.deepEqual(shell.opened, []);
  });

  it('shows nobody when its address is opened by itself, or a second time', async () => {
    const { shell, patient } = await openShell();
    patient.set(7);
    const alone = await openTab();
    assert.deepEqual(alone.posted, []);
    assert.isNull(alone.page.querySelector('iframe'));
    assert.include(alone.page.body.textContent, 'from the summary');
    shell.corridorSharedRecord.open(SEVEN);
    assert.lengthOf((await openTab()).posted, 1);
    assert.lengthOf((await openTab()).posted, 0);
  });

  it('shows nobody when the chart has moved on between the button and the tab', async () => {
    const { shell, patient } = await openShell();
    patient.set(7);
    assert.isTrue(shell.corridorSharedRecord.open(SEVEN));
    patient.set(8);
    patient.set(7);
    assert.deepEqual((await openTab()).posted, []);
  });

  it('hears nobody but its own frame, and one launch', async () => {
    const { shell, patient } = await openShell();
    patient.set(7);
    shell.corridorSharedRecord.open(SEVEN);
    const { record, heard, page } = await openTab();
    page.defaultView?.postMessage(
      { corridor: 1, id: 'x', launchId: 'forged', epoch: 0, type: 'hello', payload: {} },
      '*',
    );
    await quiet(60);
    assert.deepEqual(heard, []);
    say(record, { type: 'hello' });
    say(record, { type: 'hello', launchId: 'another' });
    say(record, { type: 'close', launchId: 'another' });
    await until(() => heard.length > 0, 'an answer');
    await quiet(60);
    assert.deepEqual(
      heard.map(({ type, launchId }) => [type, launchId]),
      [['context', 'l1']],
    );
    assert.isNotNull(page.querySelector('iframe'));
  });

  it('posts the proof and says whose chart is open, in no address', async () => {
    const { shell, patient } = await openShell();
    patient.set(7);
    assert.isTrue(shell.corridorSharedRecord.open(SEVEN));
    assert.deepEqual(shell.opened, ['corridor /frame.php']);
    const { record, heard, posted, page } = await openTab();
    assert.deepEqual(posted.map(String), ['proof=p7']);
    assert.equal(page.querySelector('input')?.value, '');
    say(record, { type: 'hello' });
    await until(() => heard.length > 0, 'an answer');
    assert.deepInclude(heard[0]?.payload, { patient: { family: 'Example', birthDate: '1950-01-01' } });
    assert.equal(heard[0]?.['re'], 'r1');
  });

  it('compares nothing where only one fact of the patient is known', async () => {
    const { shell, patient } = await openShell();
    patient.set(7);
    shell.corridorSharedRecord.open({ ...SEVEN, born: '' });
    const { record, heard } = await openTab();
    say(record, { type: 'hello' });
    await until(() => heard.length > 0, 'an answer');
    assert.notProperty(heard[0]?.payload, 'patient');
  });

  it('is blank in the same task when the title bar names another patient, a group, or nobody', async () => {
    for (const next of [8, undefined]) {
      const { shell, patient } = await openShell();
      patient.set(7);
      shell.corridorSharedRecord.open(SEVEN);
      const { page } = await openTab();
      patient.set(next);
      assert.isNull(page.querySelector('iframe'));
      assert.include(page.body.textContent, 'moved on');
    }
  });

  it('is blank soon even where the title bar tells nobody of a change', async () => {
    const { shell, patient } = await openShell(false);
    patient.set(7);
    shell.corridorSharedRecord.open(SEVEN);
    const { page } = await openTab();
    patient.set(8);
    // How long somebody else's record may stand there is what is proven.
    await until(() => page.querySelector('iframe') === null, 'nobody is shown', { timeout: 600 });
  });

  it('stays when the same patient is named again, and gives way to a second opening', async () => {
    const { shell, patient } = await openShell();
    patient.set(7);
    shell.corridorSharedRecord.open(SEVEN);
    const first = await openTab();
    patient.set(7);
    assert.isNotNull(first.page.querySelector('iframe'));
    shell.corridorSharedRecord.open(SEVEN);
    assert.isNull(first.page.querySelector('iframe'));
  });

  it('leads to the pages of OpenEMR it knows, and closes when asked', async () => {
    const { shell, patient } = await openShell();
    patient.set(7);
    shell.corridorSharedRecord.open(SEVEN);
    const { record, heard, page } = await openTab();
    say(record, { type: 'hello' });
    say(record, { type: 'open-chart', payload: { section: 'toString' } });
    say(record, { type: 'open-chart', payload: { section: 'allergies' } });
    await until(() => heard.length > 2, 'both answers');
    assert.deepEqual(
      heard.slice(1).map(({ payload }) => payload['status']),
      ['unsupported', 'opened'],
    );
    assert.include(shell.opened.at(-1) ?? '', 'stats_full.php?active=all&category=allergy');
    say(record, { type: 'close' });
    await until(() => page.querySelector('iframe') === null, 'it is closed');
  });
});
