import { assert, expect, fixture, html, oneEvent } from '@open-wc/testing';
import { definePictures, type CorridorTimeline } from '../../src/index.ts';
import '../../src/define.ts';
import type { RecordSeekEvent } from '../../src/components/events.ts';
import type { CorridorTimelineStage } from '../../src/components/picture-elements.ts';
import { lineOfAny } from '../../src/app/section-templates.ts';
import { cy } from '../../src/words/cy.ts';
import { painted } from '../support/browser/passing.ts';
import * as sample from '../support/browser/sample-record.ts';

type Said = Parameters<typeof sample.sampleRecord>[0];

const stay = {
  resourceType: 'Encounter',
  id: 's',
  status: 'finished',
  class: { code: 'IMP' },
  type: [{ text: 'Emergency admission' }],
  period: { start: '2026-10-21', end: '2026-10-28' },
};
const visit = (id: string, start: string | undefined, more: object = {}): object => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  type: [{ text: `Visit ${id}` }],
  ...(start && { period: { start } }),
  ...more,
});
const SAID: Said = {
  surgery: { resources: [visit('a', '2026-03-01'), visit('b', '2026-08'), sample.medicine('m', '5')] },
  hospital: { resources: [stay, sample.result('r', '2026-10-22', 104, 'g/L', 'L'), sample.letter('l')] },
};

before(() => definePictures());

async function shown(said: Said, form: 'picture' | 'list' = 'picture', more: object = {}): Promise<CorridorTimeline> {
  const record = sample.sampleRecord(said);
  const around = { ...sample.surroundingsOf(record), ...more };
  const element = await fixture<CorridorTimeline>(
    html`<corridor-timeline
      .record=${record}
      .around=${around}
      .lineOf=${lineOfAny}
      .form=${form}
    ></corridor-timeline>`,
  );
  await drawn(element);
  return element;
}

/** Its size is observed, and it is drawn then. */
async function drawn(element: CorridorTimeline): Promise<void> {
  await element.updateComplete;
  await painted();
}

const stageOf = (element: CorridorTimeline): CorridorTimelineStage => {
  const stage = element.shadowRoot?.querySelector('corridor-timeline-stage');
  if (!stage) throw new Error('no picture');
  return stage;
};
const inStage = <E extends HTMLElement = HTMLElement>(element: CorridorTimeline, selector: string): E => {
  const found = stageOf(element).shadowRoot?.querySelector<E>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
const text = (element: CorridorTimeline, selector: string): string =>
  (element.shadowRoot?.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
const focusedText = (element: CorridorTimeline): string =>
  (inStage(element, '#focused').textContent ?? '').replace(/\s+/g, ' ').trim();

async function press(element: CorridorTimeline, key: string): Promise<void> {
  inStage(element, '.marks').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await drawn(element);
}

describe('corridor-timeline', () => {
  const states: readonly (readonly [string, Said])[] = [
    ['complete', SAID],
    ['waiting', { ...SAID, ambulance: { ended: sample.waiting } }],
    ['failed', { ...SAID, ambulance: { ended: sample.didNotAnswer } }],
    ['withheld', { ...SAID, ambulance: { ended: sample.withheld } }],
    ['nothing recorded', { surgery: {} }],
  ];
  for (const [name, said] of states) {
    it(`is accessible: ${name}, as a picture and as a list`, async () => {
      await expect(await shown(said)).to.be.accessible();
      await expect(await shown(said, 'list')).to.be.accessible();
    });
  }

  it('is accessible with items opened, in Welsh, from right to left and where the page is narrow', async () => {
    const element = await shown(SAID, 'picture', { words: cy });
    element.dir = 'rtl';
    element.style.inlineSize = '320px';
    await press(element, 'Enter');
    await expect(element).to.be.accessible();
    assert.equal(text(element, 'h2'), 'Llinell amser');
    assert.isAtMost(element.scrollWidth, 320);
  });
});

describe('what the timeline says is missing', () => {
  it('names who has not answered and who did not, on the picture and in the lane', async () => {
    const element = await shown({
      ...SAID,
      ambulance: { ended: sample.didNotAnswer },
      hospital: { ended: sample.waiting },
    });
    assert.include(text(element, '.gaps'), 'Wolds Ambulance Service (did not answer)');
    assert.include(text(element, '.gaps'), 'Still waiting for Ousebridge Royal Infirmary');
    const lanes = [...(stageOf(element).shadowRoot?.querySelectorAll('.lane') ?? [])].map((lane) =>
      (lane.textContent ?? '').replace(/\s+/g, ' ').trim(),
    );
    assert.include(lanes, 'Hospital 1 still to answer');
    assert.include(lanes, 'Ambulance and urgent care 1 incomplete');
  });

  it('says nothing is recorded only when everybody has answered', async () => {
    const whole = await shown({ surgery: {} });
    assert.include(text(whole, '.none'), 'Nothing with a time is recorded');
    const waiting = await shown({ surgery: {}, hospital: { ended: sample.waiting } });
    assert.equal(text(waiting, '.none'), 'Nothing recorded by the one that answered so far.');
    const nobody = await shown({ surgery: { ended: sample.didNotAnswer } });
    assert.equal(text(nobody, '.none'), 'Not known: nobody has answered.');
  });

  it('says that items may be held back, and that some could not be read', async () => {
    const element = await shown({
      surgery: { resources: [visit('a', '2026-03-01'), { resourceType: 'Encounter', id: 'x', status: 'finished' }] },
      hospital: { ended: sample.withheld },
    });
    assert.include(text(element, '.gaps'), 'not shared');
    assert.include(text(element, '.gaps'), '1 item that came could not be read');
  });

  it('counts what has no date and what is dated after today beside the picture, and lists it on request', async () => {
    const element = await shown({
      surgery: {
        resources: [visit('a', '2026-03-01'), visit('u', undefined), visit('p', '2027-02-01', { status: 'planned' })],
      },
    });
    assert.match(text(element, '.beside'), /1 item dated after today.*1 item without a date/);
    const [ahead] = element.shadowRoot?.querySelectorAll<HTMLElement>('.beside .action') ?? [];
    ahead?.click();
    await drawn(element);
    assert.include(text(element, '.opened .lead'), '01-Feb-2027');
  });

  it('counts what lies outside the time shown, and shows all of it at one press', async () => {
    const element = await shown({ surgery: { resources: [visit('a', '2026-03-01'), visit('old', '2009-05-02')] } });
    assert.match(inStage(element, '.counts').textContent ?? '', /Showing 1 of 2 items: .* · 1 earlier/);
    const all = [...(stageOf(element).shadowRoot?.querySelectorAll<HTMLElement>('.set .action') ?? [])].find(
      (button) => button.textContent?.trim() === 'All',
    );
    all?.click();
    await drawn(element);
    assert.match(inStage(element, '.counts').textContent ?? '', /Showing 2 of 2 items/);
    assert.equal(all?.getAttribute('aria-pressed'), 'true');
  });
});

describe('the timeline in words', () => {
  it('has every item of the picture in its list, newest first, with its flag, its source and as much of its date as is known', async () => {
    const element = await shown(SAID);
    const lines = [...(element.shadowRoot?.querySelectorAll('.list li') ?? [])].map((line) =>
      (line.textContent ?? '').replace(/\s+/g, ' ').trim(),
    );
    assert.equal(lines.length, stageOf(element).timeline?.items.length);
    assert.include(
      lines,
      '21-Oct-2026 to 28-Oct-2026 · Stay in hospital · Emergency admission · Ousebridge Royal Infirmary',
    );
    assert.isTrue(
      lines.some((line) => /^22-Oct-2026 · Result · Haemoglobin .*104 g\/L.* · Low · Ousebridge/.test(line)),
    );
    assert.isTrue(lines.some((line) => line.startsWith('Aug-2026 · Contact · Visit b')));
  });

  it('is a list to look at when the reader says so, each item opening in place', async () => {
    const element = await shown(SAID);
    assert.isTrue(element.shadowRoot?.querySelector('.list')?.classList.contains('heard'));
    [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.top .action') ?? [])][1]?.click();
    await drawn(element);
    assert.isFalse(element.shadowRoot?.querySelector('.list')?.classList.contains('heard'));
    assert.isNull(element.shadowRoot?.querySelector('corridor-timeline-stage') ?? null);
    const button = element.shadowRoot?.querySelector<HTMLElement>('.list button');
    button?.click();
    await drawn(element);
    assert.exists(element.shadowRoot?.querySelector('.list corridor-fact, .list corridor-document'));
  });

  it('marks what disagrees', async () => {
    const element = await shown({
      surgery: { resources: [sample.medicine('m', '5')] },
      hospital: { resources: [sample.medicine('n', '10')] },
    });
    assert.include(text(element, '.list'), 'records disagree');
  });
});

describe('the timeline by hand', () => {
  it('walks from mark to mark with the arrow keys and says each in full', async () => {
    const element = await shown(SAID);
    inStage(element, '.marks').focus();
    await press(element, 'Home');
    assert.include(focusedText(element), 'Visit a');
    assert.equal(inStage(element, '#focused').getAttribute('aria-posinset'), '1');
    await press(element, 'ArrowRight');
    assert.match(focusedText(element), /28-Mar-2026 · Letter/);
    await press(element, 'End');
    const total = stageOf(element).timeline?.items.length;
    assert.equal(inStage(element, '#focused').getAttribute('aria-posinset'), String(total));
    assert.equal(inStage(element, '#focused').getAttribute('aria-setsize'), String(total));
  });

  it('goes up and down between lanes, and the other way round where words run from right to left', async () => {
    const element = await shown(SAID);
    await press(element, 'Home');
    await press(element, 'ArrowUp');
    assert.include(focusedText(element), 'Stay in hospital');
    await press(element, 'ArrowDown');
    assert.include(focusedText(element), 'Northcliffe Surgery');
    element.dir = 'rtl';
    await press(element, 'Home');
    await press(element, 'ArrowLeft');
    assert.equal(inStage(element, '#focused').getAttribute('aria-posinset'), '2');
  });

  it('opens the mark with Enter, leads to its line, and gives the focus back when it is closed', async () => {
    const element = await shown(SAID);
    await press(element, 'Home');
    await press(element, 'Enter');
    assert.equal(element.shadowRoot?.activeElement?.id, 'opened');
    const seek = element.shadowRoot?.querySelector<HTMLElement>('.opened .lead .action');
    const sought = oneEvent(element, 'corridor-record-seek');
    seek?.click();
    const event = (await sought) as unknown as RecordSeekEvent;
    assert.equal(event.section, 'encounters');
    assert.match(event.entry, /Encounter\/a/);
    element.shadowRoot?.querySelector<HTMLElement>('.opened header .action')?.click();
    await drawn(element);
    assert.equal(element.shadowRoot?.activeElement?.localName, 'corridor-timeline-stage');
  });

  it('zooms with plus and minus, and with the wheel only once it has the focus or Ctrl is held', async () => {
    const element = await shown(SAID);
    const counts = (): string => inStage(element, '.counts').textContent ?? '';
    const wheel = async (more: object): Promise<WheelEvent> => {
      const event = new WheelEvent('wheel', { deltaY: -300, bubbles: true, cancelable: true, ...more });
      inStage(element, '.stage').dispatchEvent(event);
      await drawn(element);
      return event;
    };
    const first = counts();
    assert.isFalse((await wheel({})).defaultPrevented, 'the page scrolls');
    assert.equal(counts(), first);
    assert.include(inStage(element, '.hint').textContent ?? '', 'Ctrl');
    assert.isTrue((await wheel({ ctrlKey: true })).defaultPrevented);
    const second = counts();
    assert.notEqual(second, first);
    await press(element, '+');
    assert.notEqual(counts(), second);
    await press(element, '0');
    assert.include(counts(), 'Showing 6 of 6');
  });

  it('zooms with two fingers about the place between them, opens nothing, and leaves one finger to move it', async () => {
    const element = await shown(SAID);
    const stage = inStage(element, '.stage');
    const { left, top, width } = stage.getBoundingClientRect();
    const finger = (type: string, pointerId: number, at: number): boolean =>
      stage.dispatchEvent(
        new PointerEvent(type, {
          ...{ bubbles: true, button: 0, pointerType: 'touch', pointerId },
          ...{ clientX: left + width * at, clientY: top + 60 },
        }),
      );
    const months = (): number => {
      const [, from = '', to = ''] =
        /: (\d{2}-\w{3}-\d{4}) to (\d{2}-\w{3}-\d{4})/.exec(inStage(element, '.counts').textContent ?? '') ?? [];
      return (Date.parse(to.replaceAll('-', ' ')) - Date.parse(from.replaceAll('-', ' '))) / (30.44 * 86_400_000);
    };
    const before = months();
    finger('pointerdown', 1, 0.4);
    finger('pointerdown', 2, 0.6);
    finger('pointermove', 1, 0.2);
    finger('pointermove', 2, 0.8);
    await drawn(element);
    const apart = months();
    expect(apart).to.be.closeTo(before / 3, before / 20);
    finger('pointermove', 1, 0.4);
    finger('pointermove', 2, 0.6);
    await drawn(element);
    expect(months()).to.be.closeTo(before, before / 20);
    finger('pointerup', 2, 0.6);
    finger('pointerup', 1, 0.4);
    await drawn(element);
    assert.isNull(element.shadowRoot?.querySelector('.opened'));
  });

  it('opens what is pressed with the pointer', async () => {
    const element = await shown({ surgery: { resources: [visit('a', '2026-10-01'), visit('old', '2009-05-02')] } });
    const stage = inStage(element, '.stage');
    const box = stage.getBoundingClientRect();
    const start = Date.UTC(2026, 9, 1, 12);
    const until = Date.UTC(2026, 10, 21);
    // Two years of width, in the lane of the practice.
    const x = box.left + box.width * (1 - (until - start) / (24 * 30.44 * 86_400_000));
    const lanes = [...(stageOf(element).shadowRoot?.querySelectorAll<HTMLElement>('.lane') ?? [])];
    const lane = lanes.find((one) => one.textContent?.includes('General practice'));
    const y = box.top + Number(lane?.dataset['top'] ?? 0) + 33;
    for (const type of ['pointerdown', 'pointerup'])
      stage.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, bubbles: true, pointerId: 1, button: 0 }));
    await drawn(element);
    assert.include(text(element, '.opened'), '01-Oct-2026');
  });

  it('keeps the time that the reader looks at when more arrives', async () => {
    const element = await shown(SAID);
    await press(element, 'Home');
    await press(element, '+');
    const before = /: (.*?) ·/.exec(inStage(element, '.counts').textContent ?? '')?.[1];
    const more = sample.sampleRecord({ ...SAID, ambulance: { resources: [visit('z', '2026-03-03')] } });
    element.record = more;
    element.around = sample.surroundingsOf(more);
    await drawn(element);
    const after = /: (.*?) ·/.exec(inStage(element, '.counts').textContent ?? '')?.[1];
    assert.equal(after, before);
  });
});
