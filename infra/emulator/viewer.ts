// A proxy that replaces DNS and TLS: it forwards requests for localhost to the emulated CloudFront.
import { createServer, request, type Server } from 'node:http';
import { freePort } from '../../end2end/ports.js';

export interface Viewer {
  readonly url: string;
  readonly server: Server;
}

export async function viewer(ministackPort: number, domain: string): Promise<Viewer> {
  const port = await freePort();
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const options = {
      host: '127.0.0.1',
      port: ministackPort,
      method,
      path,
      headers: { ...headers, host: domain, 'x-forwarded-proto': 'https' },
    };
    const forwarded = request(options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}`, server };
}
