import { readPluginSettings } from '../../plugins/manifest.ts';
import type { EprPlugin, SettingProblem, SourceSettings } from '../../plugins/plugin.ts';
import { canonicalAddress, checkAddress, checkOrigin, originOf } from './addresses.ts';
import type { FieldPath } from './community-problems.ts';
import { checkHandovers } from './handover-rules.ts';
import { checkInboxes } from './inbox-rules.ts';
import { checkServices } from './service-rules.ts';
import { checkClients, checkTeams } from './team-rules.ts';
import type { CommunityFile, LaunchEntry, OrganisationEntry, SourceEntry } from './community-schema.ts';

/** What the fields of a well-shaped community file must say together. Each rule is a small named check. */
export type RuleContext = {
  readonly file: CommunityFile;
  readonly plugins: ReadonlyMap<string, EprPlugin>;
  readonly sectionIds: ReadonlySet<string>;
  readonly report: (path: FieldPath, message: string, remedy: string) => void;
};

const RULES: readonly ((context: RuleContext) => void)[] = [
  checkUniqueNames,
  checkPathways,
  checkRoles,
  checkReleases,
  checkPolicyDays,
  checkLaunches,
  checkIssTwice,
  checkSources,
  checkPlugins,
  checkTrace,
  checkExamples,
  checkCommissioners,
  checkTeams,
  checkClients,
  checkInboxes,
  checkServices,
  checkHandovers,
];

export function applyRules(context: RuleContext): void {
  for (const rule of RULES) rule(context);
}

function checkUniqueNames({ file, report }: RuleContext): void {
  unique(
    file.organisations.map((item, i) => ({ value: item.ods, path: ['organisations', i, 'ods'] })),
    'an ODS code',
  );
  unique(
    file.pathways.map((item, i) => ({ value: item.id, path: ['pathways', i, 'id'] })),
    'a pathway id',
  );
  unique(
    file.roles.map((item, i) => ({ value: item.id, path: ['roles', i, 'id'] })),
    'a role id',
  );
  unique(
    eachSource(file).map(({ source, path }) => ({ value: source.id, path: [...path, 'id'] })),
    'a source id',
  );

  function unique(items: readonly { value: string; path: FieldPath }[], what: string): void {
    const seen = new Set<string>();
    for (const { value, path } of items) {
      if (seen.has(value)) report(path, `is used before as ${what}`, 'give each its own');
      seen.add(value);
    }
  }
}

function checkPathways({ file, report }: RuleContext): void {
  const members = new Map(file.organisations.map((item) => [item.ods, item]));
  file.pathways.forEach((pathway, i) => {
    for (const side of ['askers', 'givers'] as const) {
      const named = pathway[side];
      if (named === 'all') continue;
      named.forEach((ods, j) => {
        const path = ['pathways', i, side, j];
        if (!members.has(ods))
          report(path, 'names an organisation that is not a member', 'add the member or correct the ODS code');
        if (members.get(ods)?.kind === 'commissioner')
          report(path, 'names a commissioner', 'commissioners see and give no patient data: remove it');
      });
    }
    if (pathway.from !== undefined && pathway.to !== undefined && pathway.to < pathway.from)
      report(['pathways', i, 'to'], 'is before from', 'correct one of the two dates');
  });
}

function checkRoles({ file, sectionIds, report }: RuleContext): void {
  file.roles.forEach((role, i) => {
    if (role.sections === 'all') return;
    role.sections.forEach((section, j) => {
      if (!sectionIds.has(section))
        report(
          ['roles', i, 'sections', j],
          'is not a section of the record',
          `use one of: ${[...sectionIds].sort().join(', ')}`,
        );
    });
  });
}

function checkReleases({ file, sectionIds, report }: RuleContext): void {
  file.organisations.forEach(({ release }, i) => {
    release?.withhold.forEach(({ sections }, j) => {
      sections?.forEach((section, k) => {
        if (!sectionIds.has(section))
          report(
            ['organisations', i, 'release', 'withhold', j, 'sections', k],
            'is not a section of the record',
            `use one of: ${[...sectionIds].sort().join(', ')}`,
          );
      });
    });
  });
}

/** Which policy counts on a day must be plain from the file: each later one starts later, and only the first may have no day. */
function checkPolicyDays({ file, report }: RuleContext): void {
  file.policies?.forEach(({ from }, i) => {
    const earlier = file.policies?.[i - 1];
    if (i > 0 && (from === undefined || from <= (earlier?.from ?? '')))
      report(
        ['policies', i, 'from'],
        'does not come after the policy before it',
        'put them in the order of their days',
      );
  });
}

function checkLaunches(context: RuleContext): void {
  context.file.organisations.forEach((organisation, i) => {
    if (organisation.launch) checkLaunch(organisation.launch, ['organisations', i, 'launch'], context);
  });
}

function checkLaunch(launch: LaunchEntry, path: FieldPath, { file, plugins, report }: RuleContext): void {
  const address = (
    field: string,
    problem: ReturnType<typeof checkAddress>,
    at: readonly (string | number)[] = [],
  ): void => {
    if (problem) report([...path, field, ...at], problem.message, problem.remedy);
  };
  if (plugins.get(launch.plugin)?.launch === undefined)
    report([...path, 'plugin'], 'is not a plugin that can launch', `use one of: ${idsWith(plugins, 'launch')}`);
  if (launch.host !== undefined && plugins.get(launch.host)?.host === undefined)
    report([...path, 'host'], 'is not a plugin that speaks to a host', `use one of: ${idsWith(plugins, 'host')}`);
  checkLoudOptIn(launch.allowLoopbackHttp, [...path, 'allowLoopbackHttp'], file, report);
  address('iss', checkAddress(launch.iss, launch.allowLoopbackHttp));
  launch.issuers.forEach((item, i) => address('issuers', checkAddress(item, launch.allowLoopbackHttp), [i]));
  launch.allowedOrigins.forEach((item, i) =>
    address('allowedOrigins', checkOrigin(item, launch.allowLoopbackHttp), [i]),
  );
  launch.frameAncestors.forEach((item, i) =>
    address('frameAncestors', checkOrigin(item, launch.allowLoopbackHttp), [i]),
  );
  if (URL.canParse(launch.iss) && !launch.allowedOrigins.includes(originOf(launch.iss)))
    report([...path, 'allowedOrigins'], 'leaves out the origin of iss', `add ${originOf(launch.iss)}`);
  const roles = new Set(file.roles.map((role) => role.id));
  for (const [code, role] of Object.entries(launch.roles))
    if (!roles.has(role))
      report([...path, 'roles', code], 'maps to a role that is not in roles', 'add the role or correct its id');
}

/** A plugin's part of an organisation is judged by the plugin's own schema; where it lets others frame us, by ours too. */
function checkPlugins({ file, plugins, report }: RuleContext): void {
  file.organisations.forEach(({ plugins: named = {}, launch }, i) => {
    for (const [id, given] of Object.entries(named)) {
      const path = ['organisations', i, 'plugins', id];
      const manifest = plugins.get(id)?.manifest;
      if (!manifest) {
        report(path, 'is not a plugin', `use one of: ${[...plugins.keys()].join(', ')}`);
        continue;
      }
      const read = readPluginSettings(manifest, given);
      if ('problems' in read) {
        for (const { field, message } of read.problems)
          report([...path, ...field.split('.').filter(Boolean)], message, 'correct the value');
        continue;
      }
      for (const at of loudIn(given)) checkLoudOptIn(true, [...path, ...at], file, report);
      for (const origin of manifest.frameAncestors?.(read.settings) ?? []) {
        const problem = checkOrigin(origin, launch?.allowLoopbackHttp ?? file.environment === 'test');
        if (problem) report(path, `lets a page frame us whose origin ${problem.message}`, problem.remedy);
      }
    }
  });
}

/** Where a plugin's settings say `allow…: true`, at any depth. */
function loudIn(settings: object): readonly FieldPath[] {
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]): readonly FieldPath[] => {
    if (value === true && /^allow[A-Z]/.test(name)) return [[name]];
    return typeof value === 'object' && value !== null ? loudIn(value).map((rest) => [name, ...rest]) : [];
  });
}

/** One address, one member: with two, whose patient it is could not be told (smart.md §5 row 111). */
function checkIssTwice({ file, report }: RuleContext): void {
  const seen = new Set<string>();
  file.organisations.forEach(({ launch }, i) => {
    if (!launch || !URL.canParse(launch.iss)) return;
    const iss = canonicalAddress(launch.iss);
    if (seen.has(iss))
      report(['organisations', i, 'launch', 'iss'], 'is the iss of another member too', 'give each member its own iss');
    seen.add(iss);
  });
}

function checkSources(context: RuleContext): void {
  for (const { source, path } of eachSource(context.file)) {
    checkSource(source, path, context);
    checkOffers(source, path, context);
  }
}

/** A misspelt section would never be asked for, and nobody would be told that it is missing. */
function checkOffers({ offers = [] }: SourceEntry, path: FieldPath, { sectionIds, report }: RuleContext): void {
  offers.forEach((section, i) => {
    if (!sectionIds.has(section))
      report(
        [...path, 'offers', i],
        'is not a section of the record',
        `use one of: ${[...sectionIds].sort().join(', ')}`,
      );
  });
}

function checkSource(source: SourceEntry, path: FieldPath, { file, plugins, report }: RuleContext): void {
  const { authorisation } = source;
  checkLoudOptIn(authorisation.allowLoopbackHttp, [...path, 'authorisation', 'allowLoopbackHttp'], file, report);
  if (authorisation.profile === 'gpconnect')
    checkLoudOptIn(authorisation.allowUnsignedJwt, [...path, 'authorisation', 'allowUnsignedJwt'], file, report);
  if (authorisation.profile === 'none' && file.environment === 'live')
    report([...path, 'authorisation', 'profile'], 'is none in a live community', 'use smart-b2b');
  if ('tokenEndpoint' in authorisation) {
    const problem = checkAddress(authorisation.tokenEndpoint, authorisation.allowLoopbackHttp);
    if (problem) report([...path, 'authorisation', 'tokenEndpoint'], problem.message, problem.remedy);
  }
  const keys = source.pointers && checkAddress(source.pointers.jwksUri, authorisation.allowLoopbackHttp);
  if (keys) report([...path, 'pointers', 'jwksUri'], keys.message, keys.remedy);
  const face = plugins.get(source.plugin)?.source;
  if (!face) {
    report([...path, 'plugin'], 'is not a plugin that can read', `use one of: ${idsWith(plugins, 'source')}`);
    return;
  }
  const settings = face.readSettings(pluginSettings(source));
  const refused = problemsIn(settings);
  if (refused) {
    for (const { field, message } of refused) report([...path, ...field.split('.')], message, 'correct the value');
    return;
  }
  const problem = checkAddress((settings as SourceSettings).base, authorisation.allowLoopbackHttp);
  if (problem) report([...path, 'base'], problem.message, problem.remedy.replace(' here', ' under authorisation'));
}

/** Names and birth dates go there: over https, and never without a proof of who asks in a live community. */
function checkTrace({ file, report }: RuleContext): void {
  if (!file.trace) return;
  const { authorisation, base } = file.trace;
  const path = ['trace', 'authorisation'];
  checkLoudOptIn(authorisation.allowLoopbackHttp, [...path, 'allowLoopbackHttp'], file, report);
  if (authorisation.profile === 'none' && file.environment === 'live')
    report([...path, 'profile'], 'is none in a live community', 'use nhsd-headers');
  const addresses = [
    { at: ['trace', 'base'], address: base },
    ...('tokenEndpoint' in authorisation
      ? [{ at: [...path, 'tokenEndpoint'], address: authorisation.tokenEndpoint }]
      : []),
  ];
  for (const { at, address } of addresses) {
    const problem = checkAddress(address, authorisation.allowLoopbackHttp);
    if (problem) report(at, problem.message, problem.remedy);
  }
}

/** Commissioners see no patient data and hold none (product.md). */
function checkCommissioners({ file, report }: RuleContext): void {
  file.organisations.forEach((organisation, i) => {
    if (organisation.kind === 'commissioner' && organisation.sources.length > 0)
      report(
        ['organisations', i, 'sources'],
        'stands under a commissioner',
        'a commissioner holds no patient data: remove the sources or correct kind',
      );
  });
}

/** Whoever reads a live file must never wonder whether one of them is somebody (safety H38). */
function checkExamples({ file, report }: RuleContext): void {
  if (file.examples && file.environment === 'live')
    report(['examples'], 'are in a live community', 'leave them out; the simulator has residents of its own');
}

function checkLoudOptIn(allowed: boolean, path: FieldPath, file: CommunityFile, report: RuleContext['report']): void {
  if (allowed && file.environment === 'live')
    report(path, 'is not allowed in a live community', 'remove it and use https, or set environment: test');
}

/** The source's own part of the file: what is not the launcher's. */
export function pluginSettings(source: SourceEntry): { readonly [name: string]: unknown } {
  const {
    id: _id,
    plugin: _plugin,
    authorisation: _authorisation,
    deadlineMs: _deadlineMs,
    offers: _offers,
    keepsObjections: _keeps,
    pointers: _pointers,
    inbox: _inbox,
    notices: _notices,
    ...settings
  } = source;
  return settings;
}

function problemsIn(
  settings: SourceSettings | { readonly problems: readonly SettingProblem[] },
): readonly SettingProblem[] | undefined {
  return 'problems' in settings && Array.isArray(settings.problems)
    ? (settings.problems as readonly SettingProblem[])
    : undefined;
}

function eachSource(file: CommunityFile): { source: SourceEntry; path: FieldPath; organisation: OrganisationEntry }[] {
  return file.organisations.flatMap((organisation, i) =>
    organisation.sources.map((source, j) => ({ source, organisation, path: ['organisations', i, 'sources', j] })),
  );
}

function idsWith(plugins: ReadonlyMap<string, EprPlugin>, face: 'launch' | 'source' | 'host'): string {
  return (
    [...plugins.values()]
      .filter((plugin) => plugin[face])
      .map((plugin) => plugin.id)
      .join(', ') || '(none is installed)'
  );
}
