// A mock model server that accepts and records every API key.
import { createServer, type Server } from 'node:http';
import { freePort } from '../../end2end/ports.js';

/** Different enough that the server rejects none as a repeat. */
const SUBJECTS = [
  'older than a hundred years',
  'heavier than a horse',
  'blue',
  'sold in shops',
  'found at sea',
  'used by doctors',
  'sharp',
  'made of glass',
  'loud',
  'eaten raw',
  'worn on the head',
  'powered by a battery',
  'dangerous for children',
  'kept in a garden',
  'round',
  'a kind of furniture',
];

export class Model {
  /** The bearer tokens of all requests, in order. */
  readonly keys: string[] = [];
  private replies = 0;

  private constructor(
    readonly url: string,
    readonly server: Server,
  ) {}

  static async start(): Promise<Model> {
    const port = await freePort();
    const server = createServer((request, response) => {
      model.keys.push((request.headers.authorization ?? '').replace('Bearer ', ''));
      const isChat = request.url?.endsWith('/chat/completions') ?? false;
      response.writeHead(isChat ? 200 : 404, { 'content-type': 'application/json' });
      request
        .resume()
        .on('end', () =>
          response.end(JSON.stringify(isChat ? model.reply() : { error: { message: 'no', code: 'not_found' } })),
        );
    });
    const model = new Model(`http://127.0.0.1:${port}/v1`, server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return model;
  }

  private reply(): unknown {
    const subject = SUBJECTS[this.replies % SUBJECTS.length];
    this.replies += 1;
    const content = JSON.stringify({ candidates: ['a dog', 'a chair'], kind: 'question', text: `Is it ${subject}?` });
    return {
      id: 'a',
      object: 'chat.completion',
      created: 1,
      model: 'gpt-6-luna',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 400, completion_tokens: 30, total_tokens: 430 },
    };
  }
}
