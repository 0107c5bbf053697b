import { readPluginSettings } from '../../plugins/manifest.ts';
import type { EprPlugin, SourceSettings } from '../../plugins/plugin.ts';
import type { SectionId } from '../../src/record/section.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import { canonicalAddress } from './addresses.ts';
import type {
  Community,
  CommunitySource,
  HandoverAgreement,
  LaunchMember,
  LaunchSettings,
  Member,
  NoticeRoute,
  Pathway,
  PolicyFile,
  Release,
  Role,
  Team,
  TeamServiceReference,
} from './community.ts';
import { placeIssues, readPlacedText, type CommunityProblem } from './community-problems.ts';
import { applyRules, pluginSettings } from './community-rules.ts';
import { buildInbox } from './inbox-rules.ts';
import {
  communitySchema,
  type CommunityFile,
  type LaunchEntry,
  type OrganisationEntry,
  type SourceEntry,
  type TeamEntry,
} from './community-schema.ts';

export type ParsedCommunity =
  | { readonly ok: true; readonly community: Community }
  | { readonly ok: false; readonly problems: readonly CommunityProblem[] };

/** Reads the community file as a whole: all of it is right, or none of it is used and every problem is named. */
export function parseCommunity(text: string, plugins: readonly EprPlugin[]): ParsedCommunity {
  const placed = readPlacedText(text);
  if (placed.problems.length > 0) return { ok: false, problems: placed.problems };
  const shape = communitySchema.safeParse(placed.value);
  if (!shape.success) return { ok: false, problems: inOrder(placeIssues(shape.error.issues, placed)) };

  const problems: CommunityProblem[] = [];
  const byId = new Map(plugins.map((plugin) => [plugin.id, plugin]));
  const sectionIds = SECTIONS.map((section) => section.id);
  applyRules({
    file: shape.data,
    plugins: byId,
    sectionIds: new Set(sectionIds),
    report: (path, message, remedy) => problems.push(placed.place(path, message, remedy)),
  });
  if (problems.length > 0) return { ok: false, problems: inOrder(problems) };
  return { ok: true, community: buildCommunity(shape.data, byId, sectionIds) };
}

/** One line per problem, the way compilers write them, so that an editor can jump there. */
export function describeProblems(fileName: string, problems: readonly CommunityProblem[]): string {
  return problems
    .map(({ line, field, message, remedy }) => `${fileName}:${line}: ${field} ${message}; ${remedy}`)
    .join('\n');
}

function inOrder(problems: readonly CommunityProblem[]): readonly CommunityProblem[] {
  return [...problems].sort((a, b) => a.line - b.line);
}

function buildCommunity(
  file: CommunityFile,
  plugins: ReadonlyMap<string, EprPlugin>,
  sectionIds: readonly SectionId[],
): Community {
  const members = file.organisations.map((entry) => buildMember(entry, plugins));
  const sources = members.flatMap((member) => member.sources);
  const byOds = new Map(members.map((member) => [member.ods, member]));
  const bySource = new Map(sources.map((source) => [source.id, source]));
  const byIss = new Map(members.filter(canLaunch).map((member) => [canonicalAddress(member.launch.iss), member]));
  return deepFreeze({
    name: file.name,
    environment: file.environment,
    ...(file.trace && { trace: file.trace }),
    locator: file.locator,
    members,
    pathways: file.pathways.map((pathway) => buildPathway(pathway, file)),
    roles: file.roles.map(({ emergency, ...role }): Role => ({
      ...role,
      sections: role.sections === 'all' ? sectionIds : (role.sections as SectionId[]),
      ...(emergency !== undefined && { emergency }),
    })),
    ...(file.examples && { examples: file.examples }),
    ...(file.handovers && { handovers: file.handovers as HandoverAgreement }),
    ...(file.policies && { policies: file.policies.map(buildPolicyFile) }),
    sources,
    memberByIss: (iss: string) => byIss.get(iss),
    member: (ods: OdsCode) => byOds.get(ods),
    source: (id: SourceId) => bySource.get(id),
  });
}

function buildMember(entry: OrganisationEntry, plugins: ReadonlyMap<string, EprPlugin>): Member {
  const ods = entry.ods as OdsCode;
  return {
    ods,
    name: entry.name,
    kind: entry.kind,
    ...(entry.launch && { launch: buildLaunch(entry.launch) }),
    sources: entry.sources.map((source) => buildSource(source, ods, plugins)),
    ...(entry.plugins && buildPluginSettings(entry.plugins, plugins)),
    ...(entry.client && { client: { id: entry.client.id, jwksUri: entry.client.jwksUri } }),
    ...(entry.teams && { teams: entry.teams.map(buildTeam) }),
    ...(entry.release && { release: entry.release as Release }),
  };
}

function buildTeam({ takes, escalatesTo, inbox, service, ...team }: TeamEntry): Team {
  return {
    ...team,
    ...(takes !== undefined && { takes }),
    ...(escalatesTo !== undefined && { escalatesTo }),
    ...(inbox !== undefined && { inbox: inbox as SourceId }),
    ...(service && { service: service as TeamServiceReference }),
  };
}

function buildPluginSettings(
  named: NonNullable<OrganisationEntry['plugins']>,
  plugins: ReadonlyMap<string, EprPlugin>,
): Pick<Member, 'plugins' | 'pluginAncestors' | 'uncheckedAncestors'> {
  const read = Object.entries(named).flatMap(([id, given]) => {
    const manifest = plugins.get(id)?.manifest;
    const settings = manifest && readPluginSettings(manifest, given);
    return settings && 'settings' in settings ? [{ id, manifest, settings: settings.settings }] : [];
  });
  const ancestors = read.flatMap(({ manifest, settings }) => manifest.frameAncestors?.(settings) ?? []);
  const unchecked = read.filter(({ manifest, settings }) => manifest.uncheckedAncestors?.(settings) === true);
  return {
    plugins: Object.fromEntries(read.map(({ id, settings }) => [id, settings])),
    ...(ancestors.length > 0 && { pluginAncestors: [...new Set(ancestors)] }),
    ...(unchecked.length > 0 && { uncheckedAncestors: unchecked.map(({ id }) => id) }),
  };
}

function buildPolicyFile({ from, ...policy }: NonNullable<CommunityFile['policies']>[number]): PolicyFile {
  return { ...policy, ...(from !== undefined && { from }) };
}

function buildLaunch({ roles, tenant, host, withoutPatient, ...launch }: LaunchEntry): LaunchSettings {
  const optional = {
    ...(tenant !== undefined && { tenant }),
    ...(host !== undefined && { host }),
    ...(withoutPatient && { withoutPatient }),
  };
  return { ...launch, roleMap: roles, ...optional };
}

function buildSource(source: SourceEntry, ods: OdsCode, plugins: ReadonlyMap<string, EprPlugin>): CommunitySource {
  const { id, plugin, authorisation, deadlineMs, offers, keepsObjections, pointers, notices } = source;
  const settings = plugins.get(plugin)?.source?.readSettings(pluginSettings(source)) as SourceSettings;
  const inbox = buildInbox(source, plugins);
  return {
    id: id as SourceId,
    ods,
    plugin,
    settings,
    authorisation,
    deadlineMs,
    ...(offers && { offers: offers as SectionId[] }),
    ...(keepsObjections !== undefined && { keepsObjections }),
    ...(pointers && { pointers }),
    ...(inbox && { inbox }),
    ...(notices && { notices: notices as NoticeRoute }),
  };
}

/** `all` means every member that may see and give patient data, which a commissioner never may. */
function buildPathway(
  { askers, givers, from, to, ...pathway }: CommunityFile['pathways'][number],
  file: CommunityFile,
): Pathway {
  const all = file.organisations.filter((item) => item.kind !== 'commissioner').map((item) => item.ods as OdsCode);
  return {
    ...pathway,
    askers: askers === 'all' ? all : (askers as OdsCode[]),
    givers: givers === 'all' ? all : (givers as OdsCode[]),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

function canLaunch(member: Member): member is LaunchMember {
  return member.launch !== undefined;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
