import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

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

/** Below what Linux hands out by itself to whoever asks for any port (32,768 and up); each stretch has a port that stands for it. */
const [FIRST_FREE, STRETCH, STRETCHES, STANDS_FOR] = [20_000, 64, 198, 19_800];

/**
 * The first port of a stretch in which everything is free; for tests that run beside each other. The stretch is this
 * process's until it ends: whoever listens at the port that stands for it has it, so that nobody takes a port between
 * the question whether it is free and the use of it.
 */
export async function findFreePorts(eprs: number): Promise<number> {
  const needed = Math.ceil((FIRST_EPR + eprs) / STRETCH);
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const first = randomInt(STRETCHES - needed + 1);
    const port = FIRST_FREE + first * STRETCH;
    const wanted = [
      port,
      port + 1,
      port + 2,
      ...Array.from({ length: eprs }, (_unused, index) => port + FIRST_EPR + index),
    ];
    const held = await Promise.all(
      Array.from({ length: needed }, (_unused, index) => hold(STANDS_FOR + first + index)),
    );
    if (held.every(Boolean) && (await Promise.all(wanted.map(isFree))).every(Boolean)) return port;
    for (const server of held) server?.close();
  }
  throw new Error('no stretch of free ports was found on this machine');
}

/** Takes a port for as long as this process lives, and keeps no process alive for it. */
function hold(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer().unref();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
