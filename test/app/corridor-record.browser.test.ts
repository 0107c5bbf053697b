import { assert, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import { openRecord, type CorridorRecord } from '../../src/index.ts';
import type { RecordEvent } from '../../src/record/wire.ts';
import { readResources } from '../../src/record/read-resources.ts';
import { answered } from '../../src/stream/record-of-entries.ts';
import type { ContextSignal } from '../../src/app/host-port.ts';
import { quiet } from '../support/browser/passing.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const surgery = sample.sourceOf('surgery');
const hospital = sample.sourceOf('hospital');
const opening: RecordEvent = {
  type: 'opened',
  version: 1,
  viewId: 'v',
  at: '2026-11-20T09:00:00Z',
  patient: sample.patient,
  sources: [surgery, hospital],
};

function says(source: typeof surgery, ...resources: readonly object[]): readonly RecordEvent[] {
  const reading = readResources(resources, source.id);
  return [
    { type: 'entries', source: source.id, ...reading },
    { type: 'settled', source: source.id, status: answered(reading.entries, '2026-11-20T09:00:01Z') },
  ];
}

/** A stream that the test feeds. */
function stream(): { fetch: typeof fetch; send: (...events: readonly RecordEvent[]) => void; end: () => void } {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (started) => void (controller = started) });
  return {
    fetch: (address) => {
      const asked = typeof address === 'string' ? address : '';
      // Whoever asks a second time reaches nobody.
      if (asked.includes('/record?only=')) return Promise.reject(new TypeError('unreachable'));
      return Promise.resolve(asked.endsWith('/record') ? new Response(body) : new Response());
    },
    send: (...events) =>
      events.forEach((event) => controller?.enqueue(new TextEncoder().encode(`${JSON.stringify(event)}\n`))),
    end: () => void controller?.close(),
  };
}

function words(root: Node | null | undefined): string {
  if (!root) return '';
  if (root.nodeType === Node.TEXT_NODE) return root.textContent ?? '';
  const children =
    root instanceof Element && root.shadowRoot ? [root.shadowRoot, ...root.childNodes] : [...root.childNodes];
  return children.map(words).join(' ').replace(/\s+/g, ' ');
}

/** The first element of this tag, through open shadow roots. */
function deep(root: Element | ShadowRoot, tag: string): Element | undefined {
  for (const element of root.querySelectorAll('*')) {
    if (element.localName === tag) return element;
    const inside = element.shadowRoot && deep(element.shadowRoot, tag);
    if (inside) return inside;
  }
  return undefined;
}

/** Until the record says this. */
function tells(root: Node, text: string): Promise<void> {
  return until(() => words(root).includes(text), `it says “${text}”`);
}

async function opened(
  host?: Parameters<typeof openRecord>[0]['host'],
): Promise<{ root: HTMLElement; close: () => void } & ReturnType<typeof stream>> {
  const root = await fixture<HTMLElement>(html`<div></div>`);
  const feed = stream();
  const handle = openRecord({ bearer: 'b', context: {}, root, fetch: feed.fetch, ...(host && { host }) });
  return { root, ...feed, close: () => handle.close() };
}

describe('corridor-record', () => {
  it('closes the ledger at Escape and leads back to where it was opened', async () => {
    const { root, send } = await opened();
    send(opening, ...says(surgery, sample.problem('p', 'Asthma')), ...says(hospital));
    await tells(root, 'Asthma');
    const strip = deep(root, 'corridor-sources');
    await until(() => strip?.shadowRoot?.querySelector('.ledger'), 'the way to the ledger');
    const button = strip?.shadowRoot?.querySelector<HTMLButtonElement>('.ledger');
    button?.click();
    await until(() => deep(root, 'corridor-ledger')?.shadowRoot?.querySelector('thead .upright'), 'the ledger');
    const ledger = deep(root, 'corridor-ledger');
    const heads = [...(ledger?.shadowRoot?.querySelectorAll('thead .upright') ?? [])].slice(0, 3);
    assert.deepEqual(
      heads.map((head) => head.textContent?.trim()),
      ['Risks', 'Safeguarding', 'Alerts'],
    );
    ledger?.shadowRoot
      ?.querySelector('.scroll')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await until(() => deep(root, 'corridor-ledger') === undefined, 'closed');
    expect(strip?.shadowRoot?.activeElement).to.equal(button);
  });

  it('is accessible', async () => {
    const view = await opened();
    view.send(
      opening,
      ...says(surgery, sample.allergy('a'), sample.problem('p', 'Asthma'), sample.medicine('m', '5')),
      ...says(hospital, sample.medicine('m', '2.5')),
      { type: 'closed', at: '' },
    );
    await tells(view.root, 'End of the record');
    await expect(view.root).to.be.accessible();
    view.close();
  });

  it('names the allergy under the line of a medicine that meets it', async () => {
    const view = await opened();
    const flucloxacillin = { medicationCodeableConcept: { text: 'Flucloxacillin 500mg capsules' }, reasonCode: [] };
    view.send(
      opening,
      ...says(surgery, sample.medicine('m', '500', flucloxacillin)),
      ...says(hospital, sample.allergy('a', 'Penicillin', '764146007')),
    );
    await tells(view.root, 'Flucloxacillin');
    const told = (): string => {
      (deep(view.root, 'corridor-record') as CorridorRecord).showArrivals();
      return words(deep(view.root, 'corridor-medications'));
    };
    await until(() => told().includes('an allergy to it'), 'both are here');
    const said = told();
    expect(said)
      .to.contain('Medicine and an allergy to it both recorded')
      .and.to.contain('Ousebridge Royal Infirmary, recorded 19-Jul-2011')
      .and.to.contain('says Penicillin — Anaphylaxis, severe');
    view.close();
  });

  it('keeps a line that the reader took apart so, whatever is drawn again', async () => {
    const view = await opened();
    view.send(
      opening,
      ...says(surgery, sample.problem('p', 'Asthma'), sample.medicine('m', '5'), sample.medicine('n', '5')),
      ...says(hospital, sample.medicine('m', '5')),
    );
    const medicine = (): Element | null | undefined =>
      deep(view.root, 'corridor-medications')
        ?.shadowRoot?.querySelector('corridor-section')
        ?.shadowRoot?.querySelector('corridor-fact');
    const press = async (name: RegExp): Promise<void> => {
      const button = (): HTMLButtonElement | undefined =>
        [...(medicine()?.shadowRoot?.querySelectorAll('button') ?? [])].find((one) => name.test(one.textContent));
      await until(button, String(name));
      button()?.click();
    };
    await press(/3 records|2 sources/);
    await press(/Show separately/);
    const apart = (): boolean => words(medicine()).includes('Show as one line again');
    await until(apart, 'taken apart');
    const record = deep(view.root, 'corridor-record') as CorridorRecord;
    record.showArrivals();
    await record.updateComplete;
    assert.equal(apart(), true, 'after drawing again');
    record.place = 'medications';
    await until(() => !words(record.shadowRoot).includes('Asthma') && apart(), 'in the section’s own page');
    await press(/Show as one line again/);
    record.place = 'snapshot';
    await until(() => words(record.shadowRoot).includes('Asthma') && !apart(), 'together again');
    view.close();
  });

  it('takes the record off the screen in the same task when it is closed', async () => {
    const view = await opened();
    view.send(opening, ...says(surgery, sample.problem('p', 'Asthma')));
    await tells(view.root, 'BEDFORD');
    view.close();
    assert.equal(words(view.root), 'No record is open. Open it from the patient’s chart.');
    view.send(...says(hospital, sample.problem('q', 'Gout')));
    await quiet(100);
    expect(words(view.root)).not.to.contain('Gout');
  });

  it('takes the record off the screen in the same task when the host changes patient, and only then answers the host', async () => {
    let signal: ((said: ContextSignal) => void) | undefined;
    let atAck = '';
    const view = await opened({
      onContext: (listener) => {
        signal = listener;
        return () => undefined;
      },
      ack: () => {
        atAck = words(view.root);
        return Promise.resolve();
      },
    });
    view.send(opening, ...says(surgery, sample.problem('p', 'Asthma')));
    await tells(view.root, 'BEDFORD');
    const context = { epoch: 2, launchId: 'l', evidence: 'host-message', assertedAt: '2026-01-01T00:00:00Z' } as const;
    signal?.({ type: 'change', context });
    expect(words(view.root)).not.to.contain('BEDFORD');
    await until(() => atAck !== '', 'the host is answered');
    expect(atAck).to.contain('No record is open').and.not.to.contain('BEDFORD');
  });

  it('blanks when the page is left', async () => {
    const view = await opened();
    view.send(opening, ...says(surgery));
    await tells(view.root, 'BEDFORD');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(words(view.root)).not.to.contain('BEDFORD');
  });

  it('says that a stream was cut, asks once more, and then says that what is shown is not complete', async () => {
    const view = await opened();
    view.send(opening, ...says(surgery, sample.problem('p', 'Asthma')));
    view.end();
    await tells(view.root, 'The connection broke.');
    expect(words(view.root)).to.contain('Asthma');
    await until(() => words(view.root).includes('The record was cut off'), 'it gives up');
    expect(words(view.root))
      .to.contain('The record was cut off before everyone had answered.')
      .and.to.contain('Asthma');
    view.close();
  });

  it('announces what arrives while somebody reads, and draws it when asked', async () => {
    const view = await opened();
    view.send(opening, ...says(surgery, sample.problem('p', 'Asthma')));
    await tells(view.root, 'Asthma');
    const record = view.root.querySelector<CorridorRecord>('corridor-record');
    record?.shadowRoot?.querySelector('.body')?.dispatchEvent(new PointerEvent('pointermove', { movementX: 3 }));
    view.send(...says(hospital, sample.problem('q', 'Gout')), { type: 'closed', at: '' });
    await tells(view.root, '1 new item: Problems 1');
    expect(words(view.root)).not.to.contain('Gout');
    record?.shadowRoot?.querySelector<HTMLButtonElement>('.news button')?.click();
    await tells(view.root, 'Gout');
    view.close();
  });

  it('counts as items, not as headings, what it does not name of what arrives', async () => {
    const view = await opened();
    view.send(opening, ...says(surgery, sample.problem('p', 'Asthma')));
    await tells(view.root, 'Asthma');
    deep(view.root, 'corridor-record')
      ?.shadowRoot?.querySelector('.body')
      ?.dispatchEvent(new PointerEvent('pointermove', { movementX: 3 }));
    const results = [1, 2, 3, 4].map((day) => sample.result(`r${day}`, `2026-10-0${day}`, day));
    view.send(
      ...says(hospital, sample.allergy('a'), sample.problem('q', 'Gout'), sample.medicine('m', '5'), ...results),
    );
    await tells(view.root, '7 new items: Allergies 1, Problems 1, Medicines 1 and 4 more');
    view.close();
  });

  it('gathers the headings that hold nothing under the word for it, gaps first, and leads to each', async () => {
    const view = await opened();
    view.send(opening, ...says(surgery, sample.problem('p', 'Asthma')), {
      type: 'settled',
      source: hospital.id,
      status: { state: 'unavailable', code: 'source.unreachable', at: '2026-11-20T09:00:02Z', tookMs: 5, sections: {} },
    });
    view.send({ type: 'closed', at: '' });
    await tells(view.root, 'End of the record');
    const root = deep(view.root, 'corridor-record')?.shadowRoot;
    const tabs = [...(root?.querySelectorAll('nav > ul .tab > span:first-child') ?? [])].map((tab) => tab.textContent);
    assert.deepEqual(tabs, [
      'Snapshot',
      'Messages',
      'Transitions',
      'Timeline',
      'Results over time',
      'Compare medicines',
      'Risks',
      'Problems',
      'Medicines',
      'Allergies',
      'Whole record',
    ]);
    expect(words(root?.querySelector('nav details summary'))).to.contain('Not known: 1 did not answer');
    const empties = root?.querySelector('.empties');
    expect(words(empties))
      .to.contain('1 did not answer')
      .and.to.contain('Vaccinations')
      .and.not.to.contain('Allergies');
    [...(empties?.querySelectorAll('button') ?? [])].find((button) => /Vaccinations/.test(button.textContent))?.click();
    await until(
      () => words(deep(view.root, 'corridor-vaccinations')).includes('1 did not answer'),
      'the heading’s own page',
    );
    view.close();
  });

  it('draws, until the elements of later sights are here, only what will not be pushed down by them', async () => {
    const view = await opened();
    const record = deep(view.root, 'corridor-record') as CorridorRecord;
    let come: () => void = () => undefined;
    let wanted = 0;
    record.later = () => new Promise((resolve) => (++wanted, (come = () => resolve(undefined))));
    view.send(opening, ...says(surgery, sample.problem('p', 'Asthma')), ...says(hospital), { type: 'closed', at: '' });
    const shown = (): string => words(record.shadowRoot?.querySelector('main'));
    await until(() => shown().includes('Headings with nothing under them') && wanted > 0, 'the first sight');
    expect(shown()).to.contain('Asthma');
    expect(shown()).not.to.contain('End of the record');
    assert.equal(wanted, 1);
    come();
    await until(() => shown().includes('End of the record'), 'the rest');
    view.close();
  });

  it('needs no launcher: entries set by script are a record', async () => {
    const reading = readResources([sample.allergy('a')], surgery.id);
    const element = await fixture<CorridorRecord>(
      html`<corridor-record
        .patient=${sample.patient}
        .sources=${[surgery]}
        .entries=${reading.entries}
      ></corridor-record>`,
    );
    await tells(element, 'Allergy to penicillin');
    expect(words(element)).to.contain('BEDFORD').and.to.contain('Northcliffe Surgery');
  });

  it('counts what reading left of the resources it was given by script, and says of their source that it answered', async () => {
    const reading = readResources([sample.unreadableAllergy('x')], surgery.id);
    const element = await fixture<CorridorRecord>(
      html`<corridor-record
        .patient=${sample.patient}
        .sources=${[surgery]}
        .entries=${reading.entries}
        .unread=${reading.unread}
      ></corridor-record>`,
    );
    await tells(element, '1 item could not be read');
    expect(words(element)).to.contain('Northcliffe Surgery').and.not.to.contain('None known');
  });

  it('sets no inline style anywhere, which a strict page would block', async () => {
    const view = await opened();
    view.send(
      opening,
      ...says(
        surgery,
        sample.result('1', '2026-10-01', 1),
        sample.result('2', '2026-10-02', 2),
        sample.result('3', '2026-10-03', 3),
      ),
      ...says(hospital),
      { type: 'closed', at: '' },
    );
    await tells(view.root, 'End of the record');
    const styled = (root: ParentNode): number =>
      [...root.querySelectorAll('*')].reduce(
        (sum, item) => sum + Number(item.hasAttribute('style')) + (item.shadowRoot ? styled(item.shadowRoot) : 0),
        0,
      );
    assert.equal(styled(view.root), 0);
    view.close();
  });

  it('changes its columns and its head without a loop of sizes, which the page around it would be told of as an error', async () => {
    const loops: string[] = [];
    const hear = (event: ErrorEvent): unknown => event.message.includes('ResizeObserver') && loops.push(event.message);
    window.addEventListener('error', hear, { capture: true });
    const view = await opened();
    view.root.style.inlineSize = '1300px';
    view.send(opening, ...says(surgery, sample.problem('p', 'Asthma'), sample.allergy('a')), ...says(hospital));
    for (const width of ['700px', '1300px', '360px', '1300px']) {
      await quiet(100);
      view.root.style.inlineSize = width;
    }
    const columns = (): number | undefined =>
      deep(view.root, 'corridor-record')?.shadowRoot?.querySelectorAll('.column').length;
    await until(() => columns() === 2, 'two columns');
    window.removeEventListener('error', hear, { capture: true });
    assert.deepEqual(loops, []);
    view.close();
  });

  it('puts nothing of the patient in storage, title or address', async () => {
    const view = await opened();
    view.send(opening, ...says(surgery), ...says(hospital), { type: 'closed', at: '' });
    await tells(view.root, 'BEDFORD');
    const kept =
      JSON.stringify({ ...localStorage, ...sessionStorage }) + document.title + location.href + document.cookie;
    expect(kept).not.to.match(/bedford|9990123454/i);
    view.close();
  });
});
