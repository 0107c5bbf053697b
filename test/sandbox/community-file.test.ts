import { expect, it } from 'vitest';
import { parseCommunity } from '../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../plugins/index.ts';
import { writeCommunityFile } from '../../sandbox/community-file.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import { about, community } from '../support/sandbox/people.ts';
import { readResources } from '../../src/record/read-resources.ts';
import type { SourceId } from '../../src/record/source.ts';

const text = writeCommunityFile(community, (ods) => {
  const index = community.organisations.findIndex((organisation) => organisation.ods === ods);
  if (community.organisations[index]?.epr === 'none') return undefined;
  const origin = `http://localhost:${String(8410 + index)}`;
  return { origin, fhirBase: `${origin}/fhir`, issuer: `${origin}/auth` };
});

it('says of the practice with letters only which sections it offers, and of every other nothing', () => {
  const parsed = parseCommunity(text, PLUGINS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const limited = parsed.community.sources.filter(({ offers }) => offers !== undefined);
  expect(limited.map(({ ods }) => ods)).toEqual(['XB003']);
  expect(limited[0]?.offers).not.toContain('medications');
});

it('leaves out none of the sections in which that practice has something', () => {
  const parsed = parseCommunity(text, PLUGINS);
  const offers = parsed.ok ? parsed.community.sources.find(({ ods }) => ods === 'XB003')?.offers : undefined;
  const holding = community.residents.flatMap((resident) => about(resident, 'XB003'));
  const { entries } = readResources(holding, 'XB003' as SourceId);
  const sections = SECTIONS.map(({ id }) => id).filter((id) => entries.some(({ section }) => section === id));
  expect(sections).toContain('documents');
  for (const section of sections) expect(offers).toContain(section);
});
