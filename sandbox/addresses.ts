import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Where everything listens, from one number. EPRs are on `localhost` and the launcher on `127.0.0.1`: two sites to a
 * browser, so that the frame in the chart is truly cross-site without TLS.
 */
export type Addresses = {
  readonly launcherPort: number;
  readonly controlPort: number;
  readonly demographicsPort: number;
  eprPort(index: number): number;
};

export const DEFAULT_PORT = 8400;
const FIRST_EPR = 10;

export function addressesFrom(port: number): Addresses {
  return {
    launcherPort: port,
    controlPort: port + 1,
    demographicsPort: port + 2,
    eprPort: (index) => port + FIRST_EPR + index,
  };
}

/** The first port of a stretch in which everything is free; for tests that run beside each other. */
export async function findFreePorts(eprs: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 20_000 + randomInt(39_000);
    const wanted = [
      port,
      port + 1,
      port + 2,
      ...Array.from({ length: eprs }, (_unused, index) => port + FIRST_EPR + index),
    ];
    const free = await Promise.all(wanted.map(isFree));
    if (free.every(Boolean)) return port;
  }
  throw new Error('no stretch of free ports was found on this machine');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
