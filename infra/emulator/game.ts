// The game over HTTP, as the page plays it.

export interface Move {
  question?: string;
  guess?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly by?: string;
  readonly move?: Move;
  readonly outcome?: { winner: string; moves: number };
  readonly type?: string;
}

/** What the page asks for first. */
export interface Settings {
  readonly openings: number;
  readonly timeout: number;
  readonly ponder: boolean;
  readonly model: boolean;
  readonly v: string;
}

export async function settings(url: string): Promise<Settings> {
  return (await (await fetch(`${url}/api/settings`)).json()) as Settings;
}

/** A game without moves, as the page sends it. */
export function start(opening: number): string {
  return encode({ opening, moves: [] });
}

function encode(game: object): string {
  return Buffer.from(JSON.stringify(game)).toString('base64url');
}

export class Game {
  readonly moves: (Move & { answer: string })[] = [];
  private seal?: string;
  private v?: string;

  constructor(
    private readonly url: string,
    private readonly opening: number,
  ) {}

  /** Answers the last move, if there is one, and requests the next. */
  async next(last?: { move: Move; answer: string }): Promise<Reply> {
    if (last) this.moves.push({ ...last.move, answer: last.answer });
    const game = { opening: this.opening, moves: this.moves, ...(this.seal !== undefined && { seal: this.seal }) };
    this.v ??= (await settings(this.url)).v;
    const response = await fetch(`${this.url}/api/next?v=${this.v}&game=${encode(game)}`);
    const body = (await response.json()) as Record<string, unknown>;
    if (typeof body['seal'] === 'string') this.seal = body['seal'];
    return { ...body, status: response.status, headers: response.headers };
  }

  /** Answers every move with "no"; returns the last reply and who made the moves. */
  async toTheEnd(): Promise<{ end: Reply; by: Set<string> }> {
    const by = new Set<string>();
    let reply = await this.next();
    while (reply.move !== undefined) {
      by.add(reply.by ?? '');
      reply = await this.next({ move: reply.move, answer: 'no' });
    }
    return { end: reply, by };
  }
}
