// What is between a browser and the game: a network that can be cut, and a plain file server.
import { readFile } from 'node:fs/promises';
import { createServer as createHttp } from 'node:http';
import { connect, createServer, type AddressInfo, type Server as Listener, type Socket } from 'node:net';
import { extname, join } from 'node:path';
import { root } from './ports';

/** A network to a server. Once it is cut, connections can be made and stay open, but nothing comes through any more. */
export class Network {
  private isCut = false;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly listener: Listener) {}

  static async to(url: string): Promise<Network> {
    const { hostname, port } = new URL(url);
    const listener = createServer();
    const network = new Network(listener);
    listener.on('connection', (near) => {
      const far = connect(Number(port), hostname);
      for (const [from, into] of [[near, far], [far, near]] as const) {
        network.sockets.add(from);
        from.on('data', (data) => network.isCut || into.write(data));
        from.on('close', () => network.isCut || into.destroy());
        from.on('error', () => network.isCut || into.destroy());
      }
    });
    await listen(listener);
    return network;
  }

  get url(): string {
    return urlOf(this.listener);
  }

  cut(): void {
    this.isCut = true;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await close(this.listener);
  }
}

/** The types that any file server knows. */
const TYPES: Record<string, string> = {
  '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
};

/** The site on a plain file server, in a folder of it. Its own error page is HTML, as usual. */
export class Files {
  private constructor(private readonly listener: Listener, private readonly folder: string) {}

  static async serve(folder: string, site = join(root, 'dist')): Promise<Files> {
    const listener = createHttp(async (request, response) => {
      const path = decodeURIComponent(request.url!.split('?')[0]!);
      const name = path.startsWith(folder) ? path.slice(folder.length) || 'index.html' : 'none';
      try {
        const content = await readFile(join(site, name));
        response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(content);
      } catch {
        response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>');
      }
    });
    await listen(listener);
    return new Files(listener, folder);
  }

  get url(): string {
    return urlOf(this.listener) + this.folder;
  }

  async close(): Promise<void> {
    (this.listener as ReturnType<typeof createHttp>).closeAllConnections();
    await close(this.listener);
  }
}

const listen = (listener: Listener) => new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
const close = (listener: Listener) => new Promise<void>((resolve) => listener.close(() => resolve()));
const urlOf = (listener: Listener) => `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
