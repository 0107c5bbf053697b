import { readFileSync } from 'node:fs';
import { PLUGINS } from '../plugins/index.ts';
import type { PluginManifest } from '../plugins/manifest.ts';
import { doorOf, type DoorId } from '../sandbox/eprs/doors/door.ts';
import { MEMBERS } from '../sandbox/people/organisations.ts';

/** A way into one make of EPR: the plugin, and which of its kinds. */
type Way = readonly [plugin: DoorId, kind?: string];

/** Makes of EPR and how each takes a third party in, as far as is public (or known of its kind); by setting. */
export const EPRS: readonly (readonly [epr: string, ways: readonly Way[]])[] = [
  ['EMIS-X', [['smart-launch', 'emis-x']]],
  [
    'EMIS Web',
    [
      ['smart-launch', 'emis-web'],
      ['url-launch', 'emis-portal'],
    ],
  ],
  ['TPP SystmOne', [['url-launch', 'systmone']]],
  ['conneQt Toolbar', [['url-launch', 'jwt-pair']]],
  ['Epic', [['smart-launch', 'epic'], ['fhircast'], ['cds-hooks']]],
  ['Oracle Health Millennium', [['smart-launch', 'oracle'], ['oracle-mpage'], ['cds-hooks']]],
  ['MEDITECH Expanse', [['smart-launch', 'meditech'], ['cds-hooks']]],
  ['Altera Sunrise', [['smart-launch', 'altera'], ['native-webview'], ['cds-hooks']]],
  ['CareFlow', [['url-launch']]],
  ['Nervecentre', [['url-launch'], ['native-webview']]],
  ['Dedalus Lorenzo', [['url-launch']]],
  ['Dedalus ORBIS', [['smart-launch']]],
  ['Access Rio', [['url-launch']]],
  ['Cambio COSMIC', [['smart-launch']]],
  ['Better', [['smart-launch']]],
  ['Liquidlogic', [['url-launch']]],
  ['Mosaic', [['url-launch']]],
  ['Cleric', [['url-launch']]],
  ['Adastra', [['url-launch']]],
  ['ambulance ePCR', [['native-webview']]],
  ['OpenMRS O3', [['openmrs-o3']]],
  ['Bahmni', [['url-launch']]],
  ['OpenEMR', [['smart-launch', 'openemr'], ['openemr'], ['cds-hooks']]],
  ['Medplum', [['smart-launch', 'medplum'], ['fhircast'], ['cds-hooks']]],
  ['GNU Health', [['url-launch']]],
  ['OSCAR', [['url-launch']]],
  ['any web-based EPR', [['embed-sdk']]],
];

/** Products that a plugin names otherwise than the table does. */
const OTHER_NAMES: { readonly [epr: string]: readonly string[] } = {
  'Oracle Health Millennium': ['Oracle Health Millennium PowerChart', 'PowerChart'],
  'OpenMRS O3': ['an OpenMRS server'],
  OpenEMR: ['OpenEMR 7', 'OpenEMR 8'],
  Medplum: ['Medplum’s own hub'],
  'any web-based EPR': ['the product of any vendor'],
};

/** Doors whose counterpart is a part of the product itself, and not only a package that speaks its interface. */
const OWN_PARTS: ReadonlySet<string> = new Set(['openmrs-o3']);

export function namesOf(epr: string): readonly string[] {
  return [epr, ...(OTHER_NAMES[epr] ?? [])];
}

export function manifestOf(id: string): PluginManifest {
  const manifest = PLUGINS.find((plugin) => plugin.id === id)?.manifest;
  if (!manifest) throw new Error(`no plugin ${id}`);
  return manifest;
}

const BEGIN = '<!-- EPRs and doors, made by `npm run docs`; change docs/epr-table.ts and the plugins’ manifests. -->';
const END = '<!-- End of EPRs and doors. -->';

/** The README with its two tables as the plugins' manifests have them. */
export function readmeWithEprs(): string {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [before = ''] = text.split(BEGIN);
  const after = text.split(END)[1] ?? '';
  const eprs = table(
    ['EPR', 'Door', 'State of proof'],
    EPRS.map(([epr, ways]) => [epr, ways.map(wayWords).join(', '), proofOf(epr, ways)]),
  );
  const ids = [...new Set(EPRS.flatMap(([, ways]) => ways.map(([id]) => id)))];
  const doors = table(
    ['Door', 'Tested with', 'In the sandbox'],
    ids.map((id) => [`[\`${id}\`](plugins/${id}/README.md): ${manifestOf(id).name}`, testedWith(id), sandboxOf(id)]),
  );
  return `${before}${BEGIN}\n\n${eprs}\n\n${doors}\n\n${END}${after}`;
}

function wayWords([id, kind]: Way): string {
  return kind === undefined ? `\`${id}\`` : `\`${id}\` (${kind})`;
}

/** Nothing is claimed that a manifest does not say: which doors were never run against the product, by its name. */
function proofOf(epr: string, ways: readonly Way[]): string {
  const own = ways.filter(([id]) => OWN_PARTS.has(id)).map(([id]) => `Tested with ${testedWith(id)}. `);
  const untested = new Set(
    ways.flatMap(([id]) => namesOf(epr).filter((name) => manifestOf(id).notTestedWith.includes(name))),
  );
  return `${own.join('')}Built to the published interface, not tested with ${[...untested].join(', ')}`;
}

function testedWith(id: string): string {
  return manifestOf(id)
    .testedWith.map(({ what, version }) => (/\d/.test(version) ? `${what} (${version})` : what))
    .join('; ');
}

function sandboxOf(id: DoorId): string {
  const kinds = new Set(
    MEMBERS.filter((member) => member.epr === 'full' && doorOf(member) === id).map(({ kind }) => kind),
  );
  return [...kinds].map((kind) => kind.replaceAll('-', ' ')).join(', ');
}

/** As prettier would set it. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [heads, ...rows].map((row) => row.map((cell) => cell.replace(/[<>]/g, '\\$&').replaceAll('|', '\\|')));
  const widths = heads.map((_head, index) => Math.max(3, ...cells.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(cells[0] ?? []), rule, ...cells.slice(1).map(line)].join('\n');
}
