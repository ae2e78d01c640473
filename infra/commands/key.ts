// Sets the API key for the model. It reads the key from a prompt or from standard input, never from an argument,
// because arguments are kept in the shell's history and visible to every process.
import { createInterface } from 'node:readline';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { account, command, OperatorError, output, region } from './aws.js';

/** Reads a line without echoing it. */
async function ask(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) {
    stderr.write(prompt);
    stdin.setRawMode(true);
  }
  try {
    return await line();
  } finally {
    if (stdin.isTTY) {
      stdin.setRawMode(false);
      stderr.write('\n');
    }
  }
}

function line(): Promise<string> {
  const { stdin } = process;
  if (!stdin.isTTY) {
    return new Promise((resolve) => {
      let first = '';
      const lines = createInterface({ input: stdin });
      lines.once('line', (text) => {
        first = text;
        lines.close();
      });
      lines.once('close', () => resolve(first));
    });
  }
  return new Promise((resolve, reject) => {
    let typed = '';
    stdin.setEncoding('utf8').on('data', (text: string) => {
      for (const char of text) {
        if (char === '\r' || char === '\n') {
          stdin.pause();
          resolve(typed);
          return;
        }
        if (char === '\u0003' || char === '\u0004') {
          stdin.pause();
          reject(new OperatorError('nothing was changed'));
          return;
        }
        typed = char === '\u007f' || char === '\b' ? typed.slice(0, -1) : typed + char;
      }
    });
  });
}

await command(async () => {
  if (process.argv.slice(2).some((arg) => arg.startsWith('sk-'))) {
    throw new OperatorError(
      'the key was given as an argument, so it is in your shell history: revoke it, and enter a new one at the prompt',
    );
  }
  await account();
  const SecretId = await output('SecretArn');
  const key = (await ask('OpenAI API key (hidden; empty removes the key, and the built-in guesser plays): ')).trim();
  if (!/^[!-~]*$/.test(key) || (key !== '' && key.length < 20)) {
    throw new OperatorError(
      'this is not an API key: it must be one word of at least 20 characters; nothing was changed',
    );
  }
  const client = new SecretsManagerClient({ region: await region() });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  const secret = JSON.parse(SecretString ?? '{}') as Record<string, string>;
  if (!secret['SEAL_KEY'])
    throw new OperatorError('the secret has no SEAL_KEY, so the stack did not create it; nothing was changed');
  // SEAL_KEY stays the same, so that running games can continue.
  secret['OPENAI_API_KEY'] = key === '' ? 'placeholder' : key;
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(secret) }));
  const done =
    key === '' ? 'The key is removed, and the built-in guesser plays' : `The key ending in ${key.slice(-4)} is set`;
  console.log(`${done}. The function reads it within five minutes, without a new deployment.`);
});
