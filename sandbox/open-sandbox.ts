import type { RequestHandler } from 'express';
import type { Resource } from '../src/record/resource.ts';
import { addressesFrom, DEFAULT_PORT, findFreePorts } from './addresses.ts';
import { writeCommunityFile } from './community-file.ts';
import type { Mode, Resident, SandboxCommunity } from './community.ts';
import { openDemographics, type Demographics } from './demographics/server.ts';
import type { AuditEvent } from './eprs/audit-log.ts';
import type { RegisteredClient } from './eprs/provider-settings.ts';
import { openEpr } from './eprs/epr.ts';
import { makeHappen, type Happening } from './eprs/notices/happen.ts';
import type { Epr } from './eprs/epr.ts';
import { Mistake } from './mistake.ts';
import { chartPages, chartPath } from './host-pages/chart-pages.ts';
import { openControlPage } from './host-pages/control-page.ts';

/** The launcher as the sandbox sees it: started with a community, stopped at the end. */
export type StartLauncher = (options: {
  readonly port: number;
  readonly communityText: string;
}) => Promise<{ readonly url: string; close(): Promise<void> }>;

export type SandboxOptions = {
  readonly community: SandboxCommunity;
  /** First port; everything else follows from it. `free` finds a stretch nobody uses. */
  readonly port?: number | 'free';
  readonly modes?: ReadonlyMap<string, Mode>;
  readonly slowMs?: number;
  /** Apps known to every EPR besides the launcher. */
  readonly otherClients?: readonly RegisteredClient[];
  /** Left out, only the EPRs run. */
  readonly startLauncher?: StartLauncher;
};

/** A running pretend community. */
export type Sandbox = {
  readonly launcherUrl: string;
  readonly controlUrl: string;
  readonly communityText: string;
  readonly community: SandboxCommunity;
  readonly eprs: readonly Epr[];
  epr(ods: string): Epr;
  resident(story: string): Resident;
  setMode(ods: string, mode: Mode, slowMs?: number): void;
  /** Files in an EPR what its staff would file of a resident, so that what follows can be watched. */
  happen(ods: string, story: string, what: Happening): Resource;
  /** The launch address a press of “Shared record” would open, with a token of its own. */
  mintLaunch(ods: string, story: string, userIndex?: number): string;
  /** The open chart of a resident, for a browser to start from. */
  chartUrl(ods: string, story: string, userIndex?: number): string;
  audit(ods: string): readonly AuditEvent[];
  /** Where people without an NHS number are looked for. */
  readonly demographics: Demographics;
  close(): Promise<void>;
};

export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { community } = options;
  const withEpr = community.organisations.filter((organisation) => organisation.epr !== 'none');
  const port = options.port === 'free' ? await findFreePorts(withEpr.length) : (options.port ?? DEFAULT_PORT);
  const addresses = addressesFrom(port);
  const launcherUrl = `http://127.0.0.1:${addresses.launcherPort}`;
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  };
  try {
    const eprs: Epr[] = [];
    for (const [index, organisation] of withEpr.entries()) {
      const epr = await openEpr({
        organisation,
        resources: community.resources.get(organisation.ods) ?? ([] as readonly Resource[]),
        port: addresses.eprPort(index),
        launcherUrl,
        pages: (own): RequestHandler => chartPages(own, launcherUrl),
        ...(options.otherClients ? { otherClients: options.otherClients } : {}),
        ...(options.slowMs === undefined ? {} : { slowMs: options.slowMs }),
      });
      opened.push(epr);
      eprs.push(epr);
    }
    const byOds = new Map(eprs.map((epr) => [epr.organisation.ods, epr]));
    const demographics = await openDemographics(community, addresses.demographicsPort, launcherUrl);
    opened.push(demographics);
    const communityText = writeCommunityFile(community, (ods) => byOds.get(ods), demographics);
    const sandbox = describe(options, {
      eprs,
      byOds,
      launcherUrl,
      controlUrl: `http://localhost:${addresses.controlPort}`,
      communityText,
      demographics,
      close,
    });
    for (const [ods, mode] of options.modes ?? []) sandbox.setMode(ods, mode);
    opened.push(await openControlPage(sandbox, addresses.controlPort));
    if (options.startLauncher)
      opened.push(await options.startLauncher({ port: addresses.launcherPort, communityText }));
    return sandbox;
  } catch (error) {
    await close();
    throw error;
  }
}

type Parts = Pick<Sandbox, 'eprs' | 'launcherUrl' | 'controlUrl' | 'communityText' | 'demographics' | 'close'> & {
  readonly byOds: ReadonlyMap<string, Epr>;
};

function describe({ community }: SandboxOptions, { byOds, ...parts }: Parts): Sandbox {
  const epr = (ods: string): Epr => byOds.get(ods) ?? fail(`no EPR with the code ${ods} is running`);
  const resident = (story: string): Resident =>
    community.residents.find((one) => one.story === story) ?? fail(`no resident has the story ${story}`);
  const patientId = (ods: string, story: string): string =>
    resident(story).patientIds[ods] ?? fail(`${ods} holds no record for the story ${story}`);
  return {
    ...parts,
    community,
    epr,
    resident,
    setMode: (ods, mode, slowMs) => epr(ods).modes.set(mode, slowMs),
    happen: (ods, story, what) => {
      const { store, organisation } = epr(ods);
      return makeHappen(what, { store, ods, name: organisation.name, patientId: patientId(ods, story) });
    },
    mintLaunch(ods, story, userIndex = 0) {
      const user = epr(ods).organisation.users[userIndex] ?? fail(`${ods} has no user ${userIndex}`);
      return epr(ods).launchUrl({ user, patientId: patientId(ods, story), needPatientBanner: true });
    },
    chartUrl: (ods, story, userIndex = 0) => `${epr(ods).origin}${chartPath(userIndex, patientId(ods, story))}`,
    audit: (ods) => epr(ods).audit.events(),
  };
}

function fail(message: string): never {
  throw new Mistake(message);
}
