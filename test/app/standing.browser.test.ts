import { assert, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorRecord } from '../../src/index.ts';
import { endOfTask } from '../support/browser/passing.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const COUNT = 120;
const record = sample.sampleRecord({
  surgery: {
    resources: [
      ...Array.from({ length: COUNT }, (_, at) => sample.problem(`p${at}`, `Problem number ${at}`)),
      sample.medicine('m', '5'),
    ],
  },
});

const sections = (element: CorridorRecord): readonly Element[] => [
  ...element.renderRoot.querySelectorAll('main .drawn > *'),
];

function rowsOf(element: CorridorRecord, tag: string): number {
  const section = sections(element).find(({ localName }) => localName === tag);
  const frame = section?.shadowRoot?.querySelector('corridor-section')?.shadowRoot;
  const waiting = frame?.querySelector('corridor-reach')?.shadowRoot?.querySelectorAll('li').length ?? 0;
  return (frame?.querySelectorAll('section > ul > li').length ?? 0) + waiting;
}

async function opened(): Promise<CorridorRecord> {
  return fixture<CorridorRecord>(
    html`<corridor-record .record=${record} place="everything" today=${sample.TODAY}></corridor-record>`,
  );
}

/** Resolves in the very task in which it comes: a frame later there is more. */
function comes(root: Node & ParentNode, selector: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!root.querySelector(selector)) return;
      watch.disconnect();
      resolve();
    };
    const watch = new MutationObserver(look);
    watch.observe(root, { childList: true, subtree: true });
    look();
  });
}

describe('all sections under each other', () => {
  it('stand in the end, every one, and no section at once with all others', async () => {
    const element = await opened();
    assert.isBelow(sections(element).length, record.sections.length);
    await until(() => sections(element).length === record.sections.length, 'every section');
  });

  it('are all on paper with every row, however soon that is wanted', async () => {
    const element = await opened();
    await comes(element.renderRoot, 'corridor-find');
    assert.isBelow(sections(element).length, record.sections.length);
    window.dispatchEvent(new Event('beforeprint'));
    await endOfTask();
    assert.equal(sections(element).length, record.sections.length);
    assert.equal(rowsOf(element, 'corridor-problems'), COUNT);
  });

  it('begin again with the first few when another part has been read in between', async () => {
    const element = await opened();
    await until(() => sections(element).length === record.sections.length, 'every section');
    element.place = 'problems';
    await element.updateComplete;
    assert.equal(sections(element).length, 1);
    element.place = 'everything';
    await element.updateComplete;
    assert.isBelow(sections(element).length, record.sections.length);
  });
});
