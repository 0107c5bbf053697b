import { assert, expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorLedger, CorridorSources, SourceAskEvent } from '../../src/index.ts';
import * as sample from '../support/browser/sample-record.ts';

type Saids = Parameters<typeof sample.sampleRecord>[0];

async function strip(said: Saids): Promise<CorridorSources> {
  const record = sample.sampleRecord(said);
  return fixture(
    html`<corridor-sources .record=${record} .around=${sample.surroundingsOf(record)}></corridor-sources>`,
  );
}

async function ledger(said: Saids): Promise<CorridorLedger> {
  const record = sample.sampleRecord(said);
  return fixture(html`<corridor-ledger .record=${record} .around=${sample.surroundingsOf(record)}></corridor-ledger>`);
}

function words(element: Element): string {
  return (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
}

const MIXED: Saids = {
  surgery: { resources: [sample.problem('p', 'Asthma')] },
  hospital: { ended: sample.didNotAnswer },
  ambulance: { ended: sample.withheld },
};

describe('corridor-sources', () => {
  it('is accessible', async () => {
    await expect(await strip(MIXED)).to.be.accessible();
  });

  it('names in red the organisation that answered about somebody else', async () => {
    const element = await strip({ surgery: {}, hospital: { ended: sample.wrongPatient } });
    const alert = element.shadowRoot?.querySelector('[role=alert]');
    expect(alert?.textContent).to.contain('Ousebridge Royal Infirmary sent records of another person');
  });

  it('counts who answered and names who did not', async () => {
    expect(words(await strip(MIXED)))
      .to.contain('1 of 3 answered')
      .and.to.contain('1 did not answer: Ousebridge Royal Infirmary')
      .and.to.contain('1 withheld');
  });

  it('counts who was not asked, and names none of them among those that did not answer', async () => {
    const element = await strip({
      surgery: { resources: [sample.problem('p', 'Asthma')] },
      hospital: { ended: sample.notAsked },
    });
    expect(words(element)).to.contain('1 not asked');
    assert.isNull(element.shadowRoot?.querySelector('.gaps') ?? null);
  });

  it('names who is still answering', async () => {
    expect(words(await strip({ surgery: {}, hospital: { ended: sample.waiting } }))).to.contain(
      '1 answering: Ousebridge Royal Infirmary',
    );
  });

  it('gives every source its own mark with its state in words', async () => {
    const marks = [...((await strip(MIXED)).shadowRoot?.querySelectorAll('.marks li') ?? [])].map((mark) =>
      mark.textContent?.trim(),
    );
    assert.deepEqual(marks, [
      'Northcliffe Surgery: Answered',
      'Ousebridge Royal Infirmary: Did not answer. The system could not be reached',
      'Wolds Ambulance Service: Withheld',
    ]);
  });

  it('asks one source again by its id', async () => {
    const element = await strip({ surgery: {}, hospital: { ended: sample.didNotAnswer } });
    const asked = oneEvent(element, 'corridor-source-ask');
    element.shadowRoot
      ?.querySelector<HTMLButtonElement>('button[aria-label="Ask again: Ousebridge Royal Infirmary"]')
      ?.click();
    const event = (await asked) as unknown as SourceAskEvent;
    assert.equal(event.source, 'hospital');
  });
});

const settled = { at: '2026-11-20T09:00:05Z', tookMs: 5000, sections: {} };
const unusable = { state: 'failed', code: 'source.invalid_answer', ...settled } as const;
const brokenOff = { state: 'failed', code: 'source.unavailable', ...settled } as const;

describe('who left a gap', () => {
  it('is told apart: in part, could not be used, did not answer', async () => {
    const said = words(
      await strip({
        surgery: {},
        hospital: { resources: [sample.problem('p', 'Asthma')], ended: brokenOff },
        garbage: { ended: unusable },
        silent: { ended: brokenOff },
        late: { ended: { state: 'late', deadlineMs: 8000, ...settled } },
        other: { ended: sample.wrongPatient },
        twice: { ended: { state: 'failed', code: 'source.ambiguous', ...settled } },
        unlike: { ended: { state: 'failed', code: 'source.details_differ', ...settled } },
      }),
    );
    expect(said)
      .to.contain('1 of 8 answered')
      .and.to.contain('1 in part · 1 could not be used · 2 did not answer')
      .and.to.contain('1 has more than one match · 1 holds other details · 1 about somebody else');
    expect(said).to.contain('Ousebridge Royal Infirmary: In part: the connection broke; what had arrived is shown');
    expect(said).to.contain('silent: Did not answer. The system could not be reached');
    expect(said).to.contain('late: Did not answer. No answer within 8 s');
  });

  it('is asked again all at once, but not the one that answered about somebody else', async () => {
    const element = await strip({
      surgery: {},
      hospital: { ended: sample.didNotAnswer },
      ambulance: { ended: unusable },
      third: { resources: [sample.problem('p', 'Asthma')], ended: brokenOff },
      other: { ended: sample.wrongPatient },
    });
    const asked: string[] = [];
    element.addEventListener('corridor-source-ask', (event: SourceAskEvent) => asked.push(event.source));
    const button = [...(element.shadowRoot?.querySelectorAll('button') ?? [])].find((one) =>
      one.textContent?.includes('Ask all 3 again'),
    );
    button?.click();
    assert.deepEqual(asked, ['hospital', 'ambulance', 'third']);
  });

  it('keeps every count in view however narrow the panel', async () => {
    const element = await strip({
      surgery: {},
      hospital: { resources: [sample.problem('p', 'Asthma')], ended: brokenOff },
      garbage: { ended: unusable },
      silent: { ended: brokenOff },
    });
    for (const width of [320, 420, 640, 1024, 1280]) {
      element.style.inlineSize = `${String(width)}px`;
      const kinds = element.shadowRoot?.querySelector<HTMLElement>('.kinds');
      expect(kinds?.scrollWidth ?? 0, String(width)).to.be.at.most((kinds?.offsetWidth ?? 0) + 1);
      expect(kinds?.getBoundingClientRect().right, String(width)).to.be.at.most(element.getBoundingClientRect().right);
      expect(kinds?.getBoundingClientRect().bottom, String(width)).to.be.at.most(
        element.getBoundingClientRect().bottom,
      );
    }
  });
});

describe('a narrow strip', () => {
  it('leaves no empty band above the marks when everybody has answered', async () => {
    const element = await strip({ surgery: {}, hospital: {}, ambulance: {} });
    element.style.inlineSize = '360px';
    await element.updateComplete;
    const place = (selector: string): DOMRect => {
      const found = element.shadowRoot?.querySelector(selector);
      assert(found);
      return found.getBoundingClientRect();
    };
    const [strong, all, marks] = [place('.counts strong'), place('.all'), place('.marks')];
    assert.isAtMost(marks.top - all.bottom, 20);
    assert.isAtMost(strong.top - element.getBoundingClientRect().top, 20);
  });
});

describe('the strip of a hundred and fifty organisations', () => {
  const many = (ended: (at: number) => Saids[string]): Saids =>
    Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`organisation-${String(at)}`, ended(at)]));
  const mixed = many((at) =>
    at < 3
      ? { ended: sample.didNotAnswer }
      : at < 60
        ? { ended: sample.waiting }
        : at < 62
          ? { ended: sample.withheld }
          : {},
  );

  it('counts their marks by what they mean, in one order however they answer', async () => {
    const counted = async (said: Saids): Promise<readonly (string | undefined)[]> =>
      [...((await strip(said)).shadowRoot?.querySelectorAll('.marks li') ?? [])].map((mark) =>
        mark.textContent?.replace(/\s+/g, ' ').trim(),
      );
    assert.deepEqual(await counted(mixed), ['57 Answering', '88 Holds nothing', '2 Withheld', '3 Did not answer']);
    const other = many((at) => (at === 0 ? {} : { ended: at === 1 ? sample.wrongPatient : sample.waiting }));
    assert.deepEqual(await counted(other), ['1 Answer could not be used', '148 Answering', '1 Holds nothing']);
  });

  it('covers no word and no button with them, at any width', async () => {
    const element = await strip(mixed);
    for (const width of [320, 360, 640, 1024, 1280, 1920]) {
      element.style.inlineSize = `${String(width)}px`;
      const boxes = (selector: string): readonly DOMRect[] =>
        [...(element.shadowRoot?.querySelectorAll(selector) ?? [])].map((one) => one.getBoundingClientRect());
      const words = boxes('.counts > *, .ledger');
      const covered = boxes('.marks li').filter((mark) =>
        words.some(
          (word) =>
            mark.left < word.right && word.left < mark.right && mark.top < word.bottom && word.top < mark.bottom,
        ),
      );
      assert.lengthOf(covered, 0, `at ${String(width)} px`);
      const outer = element.getBoundingClientRect();
      for (const { right, bottom } of boxes('.marks li'))
        assert.isTrue(right <= outer.right && bottom <= outer.bottom, `inside at ${String(width)} px`);
    }
  });
});

describe('corridor-ledger', () => {
  it('is accessible', async () => {
    await expect(await ledger(MIXED)).to.be.accessible();
  });

  it('never tells whether a sensitive service exists', async () => {
    expect(words(await ledger({ surgery: {} }))).to.contain('Some services are never listed.');
  });

  it('says for every organisation and section what was answered', async () => {
    const rows = [...((await ledger(MIXED)).shadowRoot?.querySelectorAll('tbody tr') ?? [])];
    const cell = (row: number, section: string): string =>
      rows[row]?.querySelector(`[data-section="${section}"]`)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
    assert.equal(cell(0, 'Problems'), '1Answered');
    assert.equal(cell(0, 'Medicines'), 'Nothing held');
    assert.equal(cell(1, 'Problems'), 'Did not answer');
    assert.equal(cell(2, 'Problems'), 'Withheld');
  });

  it('has its columns in the order of the way to the sections', async () => {
    const element = await ledger(MIXED);
    element.order = ['allergies', 'problems'];
    await element.updateComplete;
    const heads = [...(element.shadowRoot?.querySelectorAll('thead .upright') ?? [])].map((head) =>
      head.textContent?.trim(),
    );
    assert.deepEqual(heads, ['Allergies', 'Problems']);
  });

  it('offers to ask again where that may help, and not where a decision was made', async () => {
    const element = await ledger(MIXED);
    const asks = [...(element.shadowRoot?.querySelectorAll('button') ?? [])].map((button) =>
      button.getAttribute('aria-label'),
    );
    assert.deepEqual(asks, ['Ask again: Ousebridge Royal Infirmary']);
  });
});
