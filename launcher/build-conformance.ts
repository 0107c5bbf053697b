import { generateKeyPairSync, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { EprPlugin, SourceConnection } from '../plugins/plugin.ts';
import { parseNhsNumber } from '../src/record/nhs-number.ts';
import type { OdsCode } from '../src/record/source.ts';
import { checkCommunity } from './admin/check-community.ts';
import { unknownArgument } from './argument-error.ts';
import { realLaunchQuestions } from './build-launch.ts';
import { createRehearsal } from './build-rehearsal.ts';
import { ArgumentError } from './argument-error.ts';
import { type Config } from './config.ts';
import { launchQuestions } from './conformance/launch-questions.ts';
import { negativeLaunches } from './conformance/negative-launches.ts';
import { type CheckReport, type Score } from './conformance/report.ts';
import { must, NotSo, type Progress, type Question, runChecks, Unasked } from './conformance/run-checks.ts';
import type { SignAssertion } from './conformance/token-questions.ts';
import { readSource, scoreAnswer, type SourceAnswer } from './conformance/score-source.ts';
import { openWayOut } from './federation/open-source.ts';
import { createSourceAgents } from './federation/source-fetch.ts';
import { callbackAddress } from './smart/deps.ts';
import type { LaunchContext } from './smart/launch-context.ts';
import { createSourceTokens } from './trust/backend-services.ts';
import type { Community, CommunitySource, Member } from './trust/community.ts';
import type { LauncherKeys } from './trust/keys.ts';
import { createSourceHeaders } from './trust/source-headers.ts';
import { createTokenRequest } from './trust/token-request.ts';

export type EprCheck = {
  readonly community: Community;
  readonly ods: string;
  readonly keys: LauncherKeys;
  readonly config: Config;
  readonly plugins: readonly EprPlugin[];
  /** Address of the launcher, which signs under it. */
  readonly issuer: string;
  /** A person of the organisation's test data. Left out: nobody is asked about, and nothing is scored beyond the connection. */
  readonly nhsNumber?: string;
  /** A launch address that the EPR has just made for somebody of its test data. Left out: none is gone through. */
  readonly launch?: string;
  /** Within which half of its answers must begin. */
  readonly halfMs?: number;
  readonly progress?: Progress;
  readonly now: () => number;
};

const HALF_MS = 2_000;

/** One organisation against the contract: its endpoints, what it refuses, and what it really answers about one person. */
export async function checkEpr(check: EprCheck): Promise<CheckReport> {
  const { community, ods, config, progress, now } = check;
  const member = community.member(ods as OdsCode);
  if (!member)
    throw unknownArgument('argument.unknown_organisation', {
      option: '--organisation',
      given: ods,
      choices: community.members.map((one) => one.ods),
    });
  const agents = createSourceAgents({ connections: 4, connectMs: config.source.headerMs });
  const scored: { score?: Score } = {};
  const given =
    check.launch !== undefined && member.launch
      ? realLaunchQuestions(check.launch, { ...member, launch: member.launch }, check)
      : undefined;
  try {
    const questions = [
      ...endpointQuestions(member),
      ...launchQuestionsOf(member, check),
      ...(given?.questions ?? []),
      ...member.sources.flatMap((source) => sourceQuestions(source, check, agents, scored)),
    ];
    const limitMs = Math.max(...member.sources.map(({ deadlineMs }) => deadlineMs), config.source.totalMs);
    const checks = await runChecks(questions, { limitMs, now, ...(progress && { progress }) });
    const held = (part: string): boolean => checks.some(({ id, outcome }) => id.endsWith(part) && outcome === 'held');
    const connection = held('.authorises') ? 'authorises' : held('.endpoint') ? 'reachable' : 'not reached';
    const score = scored.score ?? { connection, sections: [], maturity: 0 };
    return { subject: `${member.name} (${member.ods})`, at: new Date(now()).toISOString(), checks, score };
  } finally {
    await Promise.all([agents.close(), given?.close()]);
  }
}

/** Both halves of a launch: what its own sign-in must refuse, and what we must refuse with the settings of its entry. */
function launchQuestionsOf(member: Member, check: EprCheck): readonly Question[] {
  const { launch } = member;
  if (!launch) return [];
  const rehearse = createRehearsal({ ...member, launch }, check);
  const asked = { launch, callback: callbackAddress(check.issuer, member.ods), sign: assertionsBy(check.keys) };
  return [...launchQuestions(asked), ...negativeLaunches(launch, rehearse)];
}

/** With our own keys, or with one that was made just now. */
function assertionsBy(keys: LauncherKeys): SignAssertion {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return (claims, by) =>
    by === 'our key'
      ? keys.signJwt(claims, { typ: 'JWT', algorithms: ['ES384', 'RS384'] })
      : jsonwebtoken.sign(claims, privateKey, { algorithm: 'ES384' });
}

/** Each endpoint, as `corridor check` asks it. */
function endpointQuestions(member: Member): readonly Question[] {
  const alone = { members: [member] } as unknown as Community;
  return [
    {
      id: `${member.ods}.endpoint`,
      title: 'Its endpoints say what they are',
      ask: async () => {
        const findings = await checkCommunity(alone, { deadlineMs: 5_000, maxBytes: 8_388_608, atOnce: 4 });
        const bad = findings.filter(({ ok }) => !ok);
        must(bad.length === 0, bad.map(({ endpoint, words }) => `${endpoint} ${words}`).join('; '));
        return `${String(findings.length)} endpoints`;
      },
    },
  ];
}

function sourceQuestions(
  source: CommunitySource,
  check: EprCheck,
  agents: ReturnType<typeof createSourceAgents>,
  scored: { score?: Score },
): readonly Question[] {
  const { nhsNumber, halfMs = HALF_MS } = check;
  const tookMs: number[] = [];
  const found: { connection?: SourceConnection; patientId?: string; answer?: SourceAnswer } = {};
  const ask = (id: string, title: string, run: Question['ask']): Question => ({
    id: `${source.id}.${id}`,
    title: `${source.id}: ${title}`,
    ask: run,
  });
  /** Why nobody's record can be read, while it can't. */
  const unread = (): Unasked | undefined => {
    if (nhsNumber === undefined) return Unasked.couldNot('no person was named to ask about (--nhs-number)');
    return found.connection ? undefined : Unasked.couldNot('it did not open');
  };
  const withAnswer =
    (judge: (answer: SourceAnswer) => string): Question['ask'] =>
    () =>
      found.answer ? judge(found.answer) : (unread() ?? Unasked.couldNot('the record was not read'));
  return [
    ask('authorises', 'gives our user a token, and opens with it', async (signal) => {
      found.connection = await openFor(source, check, agents, tookMs, signal);
      if (nhsNumber === undefined) return 'no person was named to ask about';
      const people = await found.connection.findPatients(nhsNumber, signal);
      const [first, ...others] = people;
      if (typeof first?.id === 'string' && others.length === 0) found.patientId = first.id;
      return `${String(people.length)} found`;
    }),
    ask('finds', 'knows one person of this number', () => {
      const why = unread();
      if (why) return why;
      must(found.patientId !== undefined, 'not exactly one');
      return 'one';
    }),
    ask('reads', 'answers every type it offers', async (signal) => {
      const { connection, patientId } = found;
      if (!connection || patientId === undefined) return unread() ?? Unasked.couldNot('the person was not found');
      const answer = await readSource(connection, source.id, patientId, signal);
      found.answer = answer;
      scored.score = scoreAnswer(answer);
      const failed = [...answer.ends].filter(([, { state }]) => state === 'failed').map(([type]) => type);
      must(failed.length === 0, `could not be read: ${failed.join(', ')}`);
      return `${String(answer.entries.length)} statements, ${String(answer.unread)} not understood`;
    }),
    ask(
      'totals',
      'sends as much as it says it holds',
      withAnswer(({ ends }) => {
        const short = [...ends].filter(
          ([, end]) => 'total' in end && end.total !== undefined && end.received < end.total,
        );
        must(short.length === 0, `fewer than the total: ${short.map(([type]) => type).join(', ')}`);
        return `${String([...ends.values()].filter((end) => 'total' in end && end.total !== undefined).length)} types say a total`;
      }),
    ),
    ask(
      'paging',
      'leads through its pages to the end',
      withAnswer(({ ends }) => {
        const cut = [...ends].filter(([, { state }]) => state === 'truncated').map(([type]) => type);
        must(cut.length === 0, `ended early: ${cut.join(', ')}`);
        return `${String(ends.size)} types`;
      }),
    ),
    ask(
      'strangers',
      'sends nothing of anybody else',
      withAnswer(({ strangers }) => {
        must(strangers === 0, `${String(strangers)} of another person`);
        return 'nothing';
      }),
    ),
    ask(
      'speed',
      `answers half of what it is asked within ${String(halfMs)} ms`,
      withAnswer(() => {
        const sorted = [...tookMs].sort((a, b) => a - b);
        const half = sorted[Math.floor(sorted.length / 2)] ?? 0;
        must(half <= halfMs, `${String(half)} ms`);
        return `${String(half)} ms; the slowest ${String(sorted.at(-1) ?? 0)} ms`;
      }),
    ),
  ];
}

/** The plugin's connection for a user who is this check, through the same guarded way out as every view. */
async function openFor(
  source: CommunitySource,
  { community, keys, config, plugins, issuer, nhsNumber, now }: EprCheck,
  agents: ReturnType<typeof createSourceAgents>,
  tookMs: number[],
  signal: AbortSignal,
): Promise<SourceConnection> {
  const face = plugins.find(({ id }) => id === source.plugin)?.source;
  if (!face) throw new NotSo(`no plugin ${source.plugin}`);
  const tokens = createSourceTokens({
    community,
    keys,
    issuer,
    send: createTokenRequest(agents, config.source.tokenBytes),
    limits: config.source,
    now,
  });
  const headers = createSourceHeaders({ community, keys, issuer, now });
  const context = actingFor(source, community, nhsNumber);
  await tokens.token(source, context, 'direct-care', signal);
  const { fetch } = openWayOut(
    source,
    { context, purpose: 'direct-care' },
    { token: (...asked) => tokens.token(...asked), headers, agents, limits: config.source },
  );
  const timed: typeof fetch = async (...asked) => {
    const started = now();
    try {
      return await fetch(...asked);
    } finally {
      tookMs.push(now() - started);
    }
  };
  return face.open(source.settings, { fetch: timed, limits: config.source });
}

/** Named for what it is, so that the organisation's own log says who asked. */
function actingFor(source: CommunitySource, community: Community, nhsNumber = '9990000018'): LaunchContext {
  const number = parseNhsNumber(nhsNumber);
  if (!number) throw new ArgumentError('argument.not_an_nhs_number', '--nhs-number: is not an NHS number');
  const [role] = community.roles;
  return {
    launchId: randomUUID(),
    home: { ods: source.ods, iss: source.settings.base },
    user: { key: 'corridor|conformance-check', name: 'Conformance check' },
    role: role?.id ?? '',
    patient: { nhsNumber: number, family: '', given: '', birthDate: '' },
    homePatientId: '',
    needPatientBanner: true,
  } as unknown as LaunchContext;
}
