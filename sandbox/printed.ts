import type { Resident } from './community.ts';
import type { Sandbox } from './open-sandbox.ts';

/** Longer lists are for the charts themselves. */
const LISTED = 40;

/** What a person sees when everything listens: links to click, and the stories they show. */
export function printTable(sandbox: Sandbox): string {
  const { community, eprs } = sandbox;
  const without = community.organisations.filter((organisation) => organisation.epr === 'none');
  const charts = eprs.map((epr) => [
    epr.organisation.ods,
    epr.organisation.name,
    epr.organisation.kind,
    epr.door.id,
    `${epr.origin}/`,
    epr.modes.mode === 'normal' ? '' : epr.modes.mode,
  ]);
  const people = community.residents
    .slice(0, LISTED)
    .map((resident) => [
      short(resident.story, 30),
      short(resident.name, 40),
      `${Object.keys(resident.patientIds).length} org.`,
      firstChart(sandbox, resident) ?? '',
      short(resident.shows),
    ]);
  return [
    '',
    `${community.name}: ${eprs.length} EPRs, ${community.residents.length} residents. Nobody here is real.`,
    '',
    'Open a chart and click “Shared record”:',
    columns(people),
    ...(community.residents.length > LISTED
      ? [`  … and ${community.residents.length - LISTED} more in the charts’ own lists`]
      : []),
    '',
    'EPRs, and the plugin by which each opens the record (sign in as anyone):',
    columns(charts),
    ...(without.length > 0
      ? ['', `Members without an EPR: ${without.map((organisation) => organisation.name).join(', ')}`]
      : []),
    '',
    `Make EPRs slow, down or wrong, and see what they were asked:  ${sandbox.controlUrl}/`,
    `The community file, to read, check or copy:                  ${sandbox.controlUrl}/community.yaml`,
    `Launcher:  ${sandbox.launcherUrl}/      Stop with Ctrl-C.`,
    '',
  ].join('\n');
}

/** One line of JSON for scripts. */
export function readyLine(sandbox: Sandbox): string {
  const { community } = sandbox;
  const organisations = sandbox.eprs.map(({ organisation, origin, fhirBase, door }) => ({
    ods: organisation.ods,
    name: organisation.name,
    kind: organisation.kind,
    door: door.id,
    chart: `${origin}/`,
    fhir: fhirBase,
  }));
  const residents = community.residents.map((resident) => ({
    story: resident.story,
    nhsNumber: resident.nhsNumber ?? null,
    name: resident.name,
    chart: firstChart(sandbox, resident) ?? null,
    organisations: Object.keys(resident.patientIds),
  }));
  return `ready ${JSON.stringify({ launcher: sandbox.launcherUrl, control: sandbox.controlUrl, organisations, residents })}`;
}

/** Where a visitor would open this person's chart: at the practice if there is one, where somebody can sign in. */
function firstChart(sandbox: Sandbox, resident: Resident): string | undefined {
  const holders = sandbox.eprs.filter(
    (epr) => epr.organisation.ods in resident.patientIds && epr.organisation.users.length > 0,
  );
  const chosen = holders.find((epr) => epr.organisation.kind === 'gp') ?? holders[0];
  return chosen && sandbox.chartUrl(chosen.organisation.ods, resident.story);
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  return rows
    .map((row) =>
      `  ${row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  ')}`.trimEnd(),
    )
    .join('\n');
}

function short(text: string, most = 90): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
