// Where things are: the project's folder, and free ports.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The folder of the project. */
export const root = join(__dirname, '..');

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
