// The release server for a measurement. SERVER and SITE_DIR name another build than the one in this folder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Starts the server on a free port, hands its address to `measure`, and stops it when that has ended, even by an error. */
export async function serve(measure) {
  const { SERVER = join(root, 'target/release/server'), SITE_DIR = join(root, 'dist') } = process.env;
  const env = { ...process.env, LOG: 'warn', RATE_LIMIT: '0', SITE_DIR, ADDR: '127.0.0.1:0' };
  const server = spawn(SERVER, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () => server.kill();
  // Also after an error that nobody catches.
  process.once('exit', stop);
  try {
    const exit = once(server, 'exit').then(() => Promise.reject(new Error('the server did not start')));
    const [words] = await Promise.race([once(server.stdout, 'data'), exit]);
    return await measure(`${words}`.match(/http:\/\/[\d.:]+/)[0]);
  } finally {
    stop();
  }
}
