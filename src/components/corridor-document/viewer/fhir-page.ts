import { asObject, asObjects, asString, type Json } from '../../../record/resource.ts';
import { proseOfMarkup } from './markup-prose.ts';
import { element, type Page, type PageFact, type Prose } from './prose.ts';
import { readXml } from './xml-tree.ts';

const MAX_DEPTH = 8;

/** A FHIR document (a Composition, or a Bundle that begins with one): the narrative of its sections, as signed. */
export function readFhirDocument(value: unknown, emptySection: string): Page | undefined {
  const resource = asObject(value);
  const first = asObject(asObjects(resource?.['entry'])[0]?.['resource']);
  const composition = resource?.['resourceType'] === 'Bundle' ? first : resource;
  if (composition?.['resourceType'] !== 'Composition') return undefined;
  const facts: readonly (readonly [PageFact['what'], string | undefined])[] = [
    ['title', asString(composition['title'])],
    ['written', asString(composition['date'])?.slice(0, 16).replace('T', ' ')],
    ['author', namesIn(composition['author'])],
    ['custodian', asString(asObject(composition['custodian'])?.['display'])],
  ];
  const narrative = narrativeOf(composition, '');
  const prose = asObjects(composition['section']).flatMap((section) => sectionProse(section, 0, emptySection));
  return {
    facts: facts.flatMap(([what, text]) => (text ? [{ what, value: text }] : [])),
    prose: prose.length > 0 ? prose : narrative,
  };
}

function sectionProse(section: Json, depth: number, empty: string): readonly Prose[] {
  const title = asString(section['title']) ?? asString(asObject(section['code'])?.['text']) ?? '';
  const within =
    depth > MAX_DEPTH ? [] : asObjects(section['section']).flatMap((one) => sectionProse(one, depth + 1, empty));
  const said = narrativeOf(section, within.length > 0 ? '' : empty);
  return [...(title === '' ? [] : [element(depth === 0 ? 'heading' : 'subheading', [title])]), ...said, ...within];
}

/** XHTML that is not well formed is shown as the text it is: words are not lost to a missing tag. */
function narrativeOf(holder: Json, empty: string): readonly Prose[] {
  const div = asString(asObject(holder['text'])?.['div']);
  const said = div === undefined ? [] : narrative(div);
  return said.length > 0 || empty === '' ? said : [element('note', [empty])];
}

function narrative(div: string): readonly Prose[] {
  const tree = readXml(div);
  return tree ? proseOfMarkup({ name: 'div', attributes: {}, children: [tree] }) : [element('preformatted', [div])];
}

function namesIn(value: unknown): string {
  return asObjects(value)
    .flatMap((one) => asString(one['display']) ?? [])
    .join(', ');
}
