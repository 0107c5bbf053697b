import { assert, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorDocument, DocumentOpenEvent, DocumentTakeEvent } from '../../src/index.ts';
import type { Fact } from '../../src/record/fact.ts';
import { samplePdf } from '../support/browser/sample-pdf.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const record = sample.sampleRecord({ surgery: { resources: [sample.letter('d')] } });

type Given = {
  readonly fact?: Fact;
  readonly taken?: (event: DocumentTakeEvent) => void;
  readonly asked?: DocumentOpenEvent[];
  readonly siblings?: readonly Fact[];
};

async function begun(answer: () => Promise<Blob>, given: Given = {}): Promise<CorridorDocument> {
  const fact = given.fact ?? sample.viewOf(record, 'documents').facts[0];
  const element = await fixture<CorridorDocument>(
    html`<corridor-document
      .fact=${fact}
      .around=${{ ...sample.surroundingsOf(record), patient: record.patient }}
      .siblings=${given.siblings ?? []}
    ></corridor-document>`,
  );
  element.addEventListener('corridor-document-open', (event: DocumentOpenEvent) => {
    given.asked?.push(event);
    event.respond(answer());
  });
  element.addEventListener('corridor-document-take', (event: DocumentTakeEvent) => given.taken?.(event));
  inside(element, 'button.read')?.click();
  return element;
}

async function opened(type: string, content: BlobPart, given: Given = {}): Promise<CorridorDocument> {
  const element = await begun(() => Promise.resolve(new Blob([content], { type })), given);
  await until(() => inside(element, '.tools, .viewer [role=alert]'), 'never opened');
  await until(
    () =>
      inside(element, 'article, .viewer [role=alert], .picture img, .sheet canvas') ?? letterIn(element)?.firstChild,
    'nothing shown',
    { timeout: 8_000 },
  );
  await element.updateComplete;
  return element;
}

function inside(element: CorridorDocument, selector: string): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
}

function all(element: CorridorDocument, selector: string): readonly HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

function letterIn(element: CorridorDocument): HTMLElement | undefined {
  return (inside(element, 'iframe') as HTMLIFrameElement | null)?.contentDocument?.body;
}

async function search(element: CorridorDocument, words: string): Promise<string | undefined> {
  const field = inside(element, 'input[type=search]') as HTMLInputElement;
  const said = (): string | undefined => inside(element, '.tools .count[role=status]')?.textContent?.trim();
  const type = (typed: string): void => {
    field.value = typed;
    field.dispatchEvent(new Event('input'));
  };
  type('');
  await until(() => said() === '');
  type(words);
  await until(() => said() !== '', 'nothing said of the search');
  await element.updateComplete;
  return said();
}

const LETTER = `<!doctype html><html><body><h1>Clinic</h1><script>window.broken = 1</script>
<p style="color:red" onclick="window.broken = 1">BP 120/80 &lt; target, <b>apixaban</b></p>
<img src="https://tracker.example/x.png" alt="Logo" onerror="window.broken = 1"><ul><li>Review apixaban</li></ul>
<table><tr><th colspan="2">Na</th><td>140</td></tr></table><a href="https://elsewhere.example">See more</a>
<form><input type="checkbox" checked> Smoker</form><iframe src="https://elsewhere.example"></iframe></body></html>`;

const CDA = `<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Discharge summary</title>
<effectiveTime value="20260328101500+0000"/><recordTarget><patientRole><id root="2.16.840.1.113883.2.1.4.1" extension="9990000018"/>
<patient><name><given>Ann</given><family>Tester</family></name><birthTime value="19500102"/></patient></patientRole></recordTarget>
<component><structuredBody><component><section><title>Medicines</title><text><table><thead><tr><th>Name</th><th>Dose</th></tr></thead>
<tbody><tr><td><content styleCode="Bold">Apixaban</content></td><td>5 mg</td></tr></tbody></table>
<list listType="ordered"><item>Stop aspirin</item></list></text></section></component></structuredBody></component></ClinicalDocument>`;

const KINDS: readonly (readonly [string, string, BlobPart])[] = [
  ['a letter in HTML', 'text/html', LETTER],
  ['a letter in RTF', 'application/rtf', '{\\rtf1\\ansi {\\b Clinic}\\par Dear Dr\\par}'],
  ['plain text', 'text/plain', 'Dear Dr Ashdown'],
  ['a clinical document', 'text/plain', CDA],
  ['a PDF', 'application/pdf', samplePdf(['First page', 'Second page'])],
];

describe('corridor-document', () => {
  for (const [name, type, content] of KINDS)
    it(`is accessible with ${name} open`, async () => {
      // The words over a drawn page are there to be found and heard; what is seen is the page under them.
      const ignoredRules = type === 'application/pdf' ? ['color-contrast'] : [];
      await expect(await opened(type, content)).to.be.accessible({ ignoredRules });
    });

  it('is accessible while it waits, and says who is asked', async () => {
    const element = await begun(() => new Promise(() => undefined));
    await until(() => inside(element, '.viewer [role=status]'));
    expect(inside(element, '.viewer')?.textContent).to.contain('Asking Northcliffe Surgery');
    await expect(element).to.be.accessible();
  });

  const FAILURES: readonly (readonly [string, RegExp])[] = [
    ['source.timeout', /did not answer in time.*ring the organisation/s],
    ['source.too_large', /larger than can be shown here.*own record/s],
    ['source.withheld', /does not share this document with you.*Contact it/s],
    ['access.refused', /sharing agreement.*governance lead/s],
    ['document.not_found', /does not hold the file/],
    ['source.wrong_patient', /somebody else, so nothing is shown/],
    ['a patient’s own words', /could not be fetched/],
  ];
  for (const [code, words] of FAILURES)
    it(`says what happened and what to do next: ${code}`, async () => {
      const element = await begun(() => Promise.reject(new Error(code)));
      await until(() => inside(element, '.viewer [role=alert]'));
      const said = inside(element, '[role=alert]')?.textContent ?? '';
      expect(said).to.match(words).and.to.contain('Ask again');
      expect(said).not.to.contain('own words');
      await expect(element).to.be.accessible();
    });

  it('asks again when told to, and shows what then comes', async () => {
    let tries = 0;
    const element = await begun(() =>
      (tries += 1) === 1 ? Promise.reject(new Error('source.timeout')) : Promise.resolve(new Blob(['Dear Dr Ashdown'])),
    );
    await until(() => inside(element, '.viewer [role=alert] button'));
    inside(element, '.viewer [role=alert] button')?.click();
    await until(() => inside(element, 'article'));
    expect(inside(element, 'article')?.textContent).to.contain('Dear Dr Ashdown');
  });
});

describe('a letter in HTML', () => {
  it('runs and loads nothing of a letter, and shows its words', async () => {
    const element = await opened('text/html', LETTER);
    const frame = inside(element, 'iframe') as HTMLIFrameElement;
    assert.equal(frame.getAttribute('sandbox'), 'allow-same-origin');
    const body = letterIn(element);
    assert.equal(body?.querySelector('script, iframe, form, input, [style], [onclick], [href], img'), null);
    expect(body?.textContent).to.contain('BP 120/80 < target').and.to.contain('[▨ Logo]').and.to.contain('☑ Smoker');
    assert.equal(body?.querySelector('th')?.colSpan, 2);
    assert.equal('broken' in window, false);
  });

  it('is as high as its words, so that there is one scroll bar', async () => {
    const element = await opened('text/html', `<html><body>${'<p>Line</p>'.repeat(100)}</body></html>`);
    const frame = inside(element, 'iframe') as HTMLIFrameElement;
    expect(frame.clientHeight).to.be.greaterThan(2_000);
  });

  it('is searched inside its frame, forwards and backwards by keyboard', async () => {
    const element = await opened('text/html', LETTER);
    assert.equal(await search(element, 'APIXABÁN'), '1 of 2');
    const field = inside(element, 'input[type=search]');
    const said = async (event: KeyboardEventInit): Promise<string | undefined> => {
      field?.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, composed: true, ...event }));
      await element.updateComplete;
      return inside(element, '.tools .count[role=status]')?.textContent?.trim();
    };
    assert.equal(await said({ key: 'Enter' }), '2 of 2');
    assert.equal(await said({ key: 'Enter', shiftKey: true }), '1 of 2');
    assert.equal(await said({ key: 'Escape' }), '');
  });
});

describe('a PDF', () => {
  it('is drawn a page at a time, each page a sheet with its words over it', async () => {
    const element = await opened(
      'application/pdf',
      samplePdf(Array.from({ length: 12 }, (_, n) => `Page ${n + 1} words`)),
    );
    await until(() => inside(element, '.textLayer span'));
    assert.equal(all(element, '.sheet').length, 12);
    expect(all(element, '.sheet canvas').length).to.be.lessThan(12);
    expect(inside(element, '.textLayer')?.textContent).to.contain('Page 1 words');
    expect(inside(element, '.what')?.textContent).to.contain('PDF, 12 pages');
  });

  it('is searched on every page, drawn or not, and the page of the match is shown', async () => {
    const element = await opened('application/pdf', samplePdf(['Alpha', 'Beta', 'Gamma', 'Delta creatinine']));
    assert.equal(await search(element, 'creatinine'), '1 of 1');
    await until(() => all(element, '.sheet')[3]?.querySelector('canvas'));
    expect(await search(element, 'nowhere')).to.contain('may be a scan');
  });

  it('goes to a page by its number and grows by a button', async () => {
    const element = await opened('application/pdf', samplePdf(['One', 'Two', 'Three']));
    await until(() => inside(element, 'input[type=number]'));
    const field = inside(element, 'input[type=number]') as HTMLInputElement;
    field.value = '3';
    field.dispatchEvent(new Event('change'));
    await until(() => all(element, '.sheet')[2]?.querySelector('canvas'));
    const before = inside(element, '.sheet')?.clientWidth ?? 0;
    inside(element, '[aria-label=Larger]')?.click();
    await element.updateComplete;
    expect(inside(element, '.sheet')?.clientWidth).to.be.greaterThan(before);
  });

  it('is read as its words alone where a page would be too small, and searched there', async () => {
    const element = await opened('application/pdf', samplePdf(['Alpha', 'Beta gamma']));
    await until(() => inside(element, '.tools [aria-pressed=false]'));
    inside(element, '.tools [aria-pressed=false]')?.click();
    await until(() => inside(element, 'article'));
    expect(inside(element, 'article')?.innerText).to.match(/Page 1\s+Alpha\s+Page 2\s+Beta gamma/);
    assert.equal(inside(element, '.pages')?.clientHeight, 0);
    assert.equal(await search(element, 'gamma'), '1 of 1');
    inside(element, '.tools [aria-pressed=true]')?.click();
    await until(() => inside(element, 'article') === null);
    expect(inside(element, '.pages')?.clientHeight).to.be.greaterThan(100);
  });

  it('that is damaged says so and leads to the original', async () => {
    const element = await opened('application/pdf', '%PDF-1.7 and then nothing');
    await until(() => inside(element, '.viewer [role=alert]'));
    expect(inside(element, '.viewer')?.textContent).to.contain('damaged').and.to.contain('Download original');
  });
});

describe('a document in words', () => {
  it('keeps the tables and lists of a clinical document, and says what its head says', async () => {
    const element = await opened('text/plain', CDA);
    const article = inside(element, 'article');
    assert.deepEqual(
      [...(article?.querySelectorAll('th, td') ?? [])].map((cell) => cell.textContent),
      ['Name', 'Dose', 'Apixaban', '5 mg'],
    );
    expect(article?.querySelector('h3')?.textContent).to.equal('Medicines');
    expect(article?.querySelector('ol li')?.textContent).to.equal('Stop aspirin');
    expect(article?.querySelector('dl')?.textContent).to.contain('28-Mar-2026 10:15');
  });

  it('warns when the head of a document names another person than the banner', async () => {
    const other = CDA.replace('9990000018', '9990000026');
    const element = await opened('text/plain', other);
    expect(inside(element, '.alerts')?.textContent).to.contain('999 000 0026').and.to.contain('Do not rely on it');
  });

  it('says which older character set its letters were read in', async () => {
    const element = await opened('text/plain; charset=windows-1252', new Uint8Array([0x4e, 0x61, 0xef, 0x76, 0x65]));
    expect(inside(element, 'article')?.textContent).to.contain('Naïve');
    expect(inside(element, '.alerts')?.textContent).to.contain('windows-1252');
  });

  it('does not show letters of a set that nobody named', async () => {
    const element = await opened('application/octet-stream', new Uint8Array([0x4e, 0x61, 0xef, 0x76, 0x65]));
    expect(inside(element, '.viewer [role=alert]')?.textContent).to.contain('character set nobody has named');
  });
});

describe('a picture', () => {
  it('is shown when the browser can', async () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 20;
    canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    const element = await opened('text/html', blob ?? '');
    expect((inside(element, '.picture img') as HTMLImageElement).alt).to.equal('Cardiology clinic letter');
  });

  it('in TIFF is said not to be, with the original one click away', async () => {
    const element = await opened('image/png', 'II*\0rest');
    expect(inside(element, '.viewer')?.textContent).to.contain('TIFF').and.to.contain('Download original');
  });
});

describe('what leaves the view', () => {
  it('is not saved when the audit could not be told', async () => {
    const element = await opened('text/plain', 'Dear Dr', {
      taken: (event) => event.respond(Promise.reject(new Error('act.503'))),
    });
    all(element, '.take button').at(-1)?.click();
    await until(() => inside(element, '.alerts'));
    expect(inside(element, '.alerts')?.textContent).to.contain('nothing was saved');
  });

  it('is written down by its source and place first, and then saved under a name that says nothing of the patient', async () => {
    const saved: string[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function note(): void {
      saved.push(this.download);
    };
    try {
      const acts: string[] = [];
      const element = await opened('text/plain', 'Dear Dr', {
        taken: (event) => {
          acts.push(`${event.act} ${event.source} ${event.reference}`);
          event.respond(Promise.resolve());
        },
      });
      all(element, '.take button').at(-1)?.click();
      await until(() => saved.length > 0);
      assert.deepEqual(acts, ['exported surgery DocumentReference/d']);
      assert.deepEqual(saved, ['document.txt']);
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
  });

  it('carries patient, source and time on paper, and leaves the page as it was', async () => {
    const print = window.print;
    let paper = '';
    window.print = () => {
      paper = document.querySelector('.corridor-printed')?.shadowRoot?.textContent ?? '';
      window.dispatchEvent(new Event('afterprint'));
    };
    try {
      const element = await opened('text/plain', 'Dear Dr');
      all(element, '.take button')[0]?.click();
      await until(() => paper !== '');
      expect(paper)
        .to.contain('BEDFORD, Margaret Anne (Mrs)')
        .and.to.contain('999')
        .and.to.match(/From Northcliffe Surgery, recorded 28-Mar-2026/)
        .and.to.match(/Printed from the shared record on \d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d/)
        .and.to.contain('Dear Dr');
      await until(() => document.querySelector('.corridor-printed') === null);
    } finally {
      window.print = print;
    }
  });
});

describe('more than one of it', () => {
  it('opens each part by its number', async () => {
    const parts = { ...sample.letter('d') } as Record<string, unknown>;
    parts['content'] = [
      { attachment: { contentType: 'text/plain', url: 'Binary/1', title: 'Letter' } },
      { attachment: { contentType: 'application/pdf', url: 'Binary/2', title: 'Results sheet' } },
    ];
    const [fact] = sample.viewOf(sample.sampleRecord({ surgery: { resources: [parts] } }), 'documents').facts;
    const asked: DocumentOpenEvent[] = [];
    const element = await opened('text/plain', 'Dear Dr', { ...(fact && { fact }), asked });
    const [, second] = all(element, '[aria-label="Parts of this document"] button');
    expect(second?.textContent?.trim()).to.equal('Part 2: Results sheet');
    second?.click();
    await until(() => asked.length === 2);
    assert.deepEqual(
      asked.map(({ part }) => part),
      [0, 1],
    );
  });

  it('says who else holds the same letter, and opens their copy', async () => {
    const content = [{ attachment: { title: 'Letter', hash: `${'a'.repeat(27)}=` } }];
    const both = sample.sampleRecord({
      surgery: { resources: [{ ...sample.letter('d'), content }] },
      infirmary: { resources: [{ ...sample.letter('e'), content }] },
    });
    const [fact] = sample.viewOf(both, 'documents').facts;
    assert.equal(fact?.entries.length, 2);
    const asked: DocumentOpenEvent[] = [];
    const element = await opened('text/plain', 'Dear Dr', { ...(fact && { fact }), asked });
    expect(inside(element, '.about')?.textContent).to.contain('Held by 2 organisations');
    inside(element, '.about button')?.click();
    await until(() => asked.length === 2);
    assert.notEqual(asked[0]?.source, asked[1]?.source);
  });

  it('says of an older version that another takes its place, and of the newer which it replaces', async () => {
    const newer = {
      ...sample.letter('n'),
      relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/o' } }],
    };
    const { facts } = sample.viewOf(
      sample.sampleRecord({ surgery: { resources: [sample.letter('o'), newer] } }),
      'documents',
    );
    const of = (id: string): Fact | undefined =>
      facts.find(({ entries: [entry] }) => entry.origin.resource.endsWith(id));
    const words = async (fact: Fact | undefined): Promise<string> => {
      const element = await opened('text/plain', 'Dear Dr', { ...(fact && { fact }), siblings: facts });
      return inside(element, '.viewer')?.textContent ?? '';
    };
    expect(await words(of('/o')))
      .to.contain('of 28-Mar-2026, takes its place')
      .and.to.contain('Open the later version');
    expect(await words(of('/n')))
      .to.contain('It replaces an earlier version')
      .and.to.contain('Open the version of');
  });
});
