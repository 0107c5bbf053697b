import type { Resource } from '../../../src/record/resource.ts';
import { at, inWords } from '../calendar.ts';
import type { Chart, Marks } from '../chart.ts';
import { memberOf } from '../organisations.ts';
import { fullName } from '../person.ts';
import { concept, type Concept, type Reference } from './codes.ts';
import { buildCda } from './cda.ts';
import { buildPdf, type PdfLine } from './pdf.ts';

export type Paragraph = {
  readonly heading?: string;
  readonly text: string | readonly string[];
  /** Rows under a first row of headings, where the format has tables. */
  readonly table?: readonly (readonly string[])[];
};

export type LetterSpec = {
  readonly title: string;
  /** Kind of document: `code|display` or words. */
  readonly kind: string;
  readonly day: string;
  readonly by?: string;
  readonly to?: string;
  readonly body: readonly Paragraph[];
  readonly format?: 'pdf' | 'html' | 'text' | 'rtf' | 'cda';
  readonly encounter?: Reference;
  readonly status?: 'current' | 'superseded';
  /** The letter this one takes the place of. */
  readonly replaces?: Reference;
  /** A second file that came with it: its name and its lines. */
  readonly enclosure?: { readonly title: string; readonly lines: readonly string[] };
  /** The same number at the hospital that wrote it and the practice that filed it. */
  readonly number?: string;
  readonly signed?: string;
  /** Whose letterhead it bears, when it came in the post from somebody else. */
  readonly from?: string;
} & Pick<Marks, 'security'>;

const TYPES = {
  pdf: 'application/pdf',
  html: 'text/html',
  text: 'text/plain',
  rtf: 'application/rtf',
  cda: 'text/xml',
} as const;

/** A letter: a DocumentReference and the Binary with its bytes, which are made the first time somebody reads them. */
export function letter(chart: Chart, spec: LetterSpec): Reference {
  const contentType = TYPES[spec.format ?? 'pdf'];
  const security = spec.security && { security: spec.security };
  const binary = chart.addBuilt('Binary', (id) => lazyBinary(chart, id, spec, contentType));
  const enclosed = spec.enclosure && enclosureOf(chart, spec, spec.enclosure);
  const type: Concept = concept(spec.kind);
  return chart.add(
    'DocumentReference',
    spec.day,
    {
      ...(spec.number && { identifier: [{ system: 'https://letters.ousebridge.example/number', value: spec.number }] }),
      status: spec.status ?? 'current',
      docStatus: 'final',
      type,
      category: [{ text: 'Clinical letter' }],
      subject: chart.patient,
      date: at(spec.day, '14:30'),
      ...author(chart, spec),
      custodian: chart.organisation,
      description: spec.title,
      content: [
        {
          attachment: {
            contentType,
            language: 'en-GB',
            url: binary.reference,
            title: spec.title,
            creation: at(spec.day, '14:30'),
          },
        },
        ...(enclosed ? [enclosed] : []),
      ],
      ...(spec.replaces && { relatesTo: [{ code: 'replaces', target: spec.replaces }] }),
      ...(spec.encounter && { context: { encounter: [spec.encounter] } }),
    },
    { profile: 'UKCore-DocumentReference', ...security },
  );
}

function enclosureOf(chart: Chart, spec: LetterSpec, { title, lines }: NonNullable<LetterSpec['enclosure']>): object {
  const binary = chart.addBuilt('Binary', (id) => ({
    resourceType: 'Binary',
    id,
    meta: chart.meta(spec.day, spec.security ? { security: spec.security } : {}),
    contentType: TYPES.text,
    securityContext: chart.patient,
    data: Buffer.from(lines.join('\n'), 'utf8').toString('base64'),
  }));
  return { attachment: { contentType: TYPES.text, url: binary.reference, title } };
}

function author(chart: Chart, spec: LetterSpec): object {
  if (spec.by) return { author: [chart.staff(spec.by)] };
  return spec.from && spec.signed ? { author: [{ display: `${spec.signed}, ${memberOf(spec.from).name}` }] } : {};
}

/** A Binary whose `data` is computed on first reading and kept: hundreds of letters cost nothing at start. */
function lazyBinary(chart: Chart, id: string, spec: LetterSpec, contentType: string): Resource {
  let data: string | undefined;
  const resource = {
    resourceType: 'Binary',
    id,
    meta: chart.meta(spec.day, spec.security ? { security: spec.security } : {}),
    contentType,
    securityContext: chart.patient,
  };
  Object.defineProperty(resource, 'data', {
    enumerable: true,
    get: () => (data ??= letterBytes(chart, spec).toString('base64')),
  });
  return resource;
}

function letterBytes(chart: Chart, spec: LetterSpec): Buffer {
  switch (spec.format ?? 'pdf') {
    case 'pdf':
      return buildPdf(spec.title, linesOf(chart, spec));
    case 'html':
      return Buffer.from(html(chart, spec), 'utf8');
    case 'text':
      return Buffer.from(
        linesOf(chart, spec)
          .map((line) => (line.style === 'heading' ? `\n${line.text}` : line.text))
          .join('\n'),
        'utf8',
      );
    case 'rtf':
      return Buffer.from(rtf(chart, spec), 'latin1');
    case 'cda':
      return Buffer.from(buildCda(chart, { ...spec, signed: spec.signed ?? signature(chart, spec) }), 'utf8');
  }
}

function head(chart: Chart, spec: LetterSpec): readonly string[] {
  const member = memberOf(spec.from ?? chart.ods);
  const { person } = chart;
  return [
    `${member.name}, ${member.address.line}, ${member.address.city} ${member.address.postcode}. Telephone ${member.phone}`,
    `Date: ${inWords(spec.day)}${spec.to ? `     To: ${spec.to}` : ''}`,
    `Re: ${fullName(person)}, born ${inWords(person.birthDate)}${person.nhsNumber ? `, NHS number ${grouped(person.nhsNumber)}` : ''}`,
    ...(chart.hidesAddress ? [] : [[...person.address.lines, person.address.city, person.address.postcode].join(', ')]),
  ];
}

function linesOf(chart: Chart, spec: LetterSpec): readonly PdfLine[] {
  return [
    { text: spec.title, style: 'title' },
    ...head(chart, spec).map((text, index) => ({ text, style: index === 0 ? ('small' as const) : ('body' as const) })),
    ...spec.body.flatMap((paragraph) => [
      ...(paragraph.heading
        ? [{ text: paragraph.heading, style: 'heading' as const }]
        : [{ text: '', style: 'small' as const }]),
      ...textsOf(paragraph).map((text) => ({ text, style: 'body' as const })),
    ]),
    { text: '', style: 'body' },
    { text: spec.signed ?? signature(chart, spec), style: 'body' },
  ];
}

function textsOf(paragraph: Paragraph): readonly string[] {
  return typeof paragraph.text === 'string' ? [paragraph.text] : paragraph.text.map((item) => `-  ${item}`);
}

function signature(chart: Chart, spec: LetterSpec): string {
  return spec.by ? (chart.staff(spec.by).display ?? '') : memberOf(chart.ods).name;
}

/** Plain HTML without script, style sheet or picture, as older systems write it. */
function html(chart: Chart, spec: LetterSpec): string {
  const parts = spec.body.map((paragraph) => {
    const heading = paragraph.heading ? `<h2>${entities(paragraph.heading)}</h2>` : '';
    const text =
      typeof paragraph.text === 'string'
        ? `<p>${entities(paragraph.text)}</p>`
        : `<ul>${paragraph.text.map((item) => `<li>${entities(item)}</li>`).join('')}</ul>`;
    return heading + text;
  });
  return `<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>${entities(spec.title)}</title></head><body><h1>${entities(spec.title)}</h1>${head(
    chart,
    spec,
  )
    .map((line) => `<p>${entities(line)}</p>`)
    .join('')}${parts.join('')}<p>${entities(spec.signed ?? signature(chart, spec))}</p></body></html>\n`;
}

function rtf(chart: Chart, spec: LetterSpec): string {
  const lines = linesOf(chart, spec).map((line) => {
    const text = line.text
      .replace(/[\\{}]/g, (mark) => `\\${mark}`)
      .replace(/[^\u0020-\u007e]/g, (letter) => `\\u${String(letter.charCodeAt(0))}?`);
    return line.style === 'title' || line.style === 'heading' ? `{\\b ${text}}\\par` : `${text}\\par`;
  });
  return `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\fs22\n${lines.join('\n')}\n}`;
}

function entities(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark);
}

function grouped(number: string): string {
  return `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;
}
