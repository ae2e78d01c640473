// Sets the key for the model. It is read from a prompt or from standard input, never from an argument,
// which a shell would keep in its history and every process could see.
import { createInterface } from 'node:readline';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { account, command, Missing, output, region } from './place.js';

/** Reads a line without showing it. */
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
          reject(new Missing('nothing was changed'));
          return;
        }
        typed = char === '\u007f' || char === '\b' ? typed.slice(0, -1) : typed + char;
      }
    });
  });
}

await command(async () => {
  if (process.argv.slice(2).some((arg) => arg.startsWith('sk-'))) {
    throw new Missing(
      'the key was given as an argument, so your shell has kept it: revoke it, and type the new one at the prompt',
    );
  }
  await account();
  const SecretId = await output('SecretArn');
  const key = (await ask('The OpenAI API key (it is not shown; empty: the house plays): ')).trim();
  if (!/^[!-~]*$/.test(key) || (key !== '' && key.length < 20)) {
    throw new Missing('that is no key: it takes one word of at least 20 characters; nothing was changed');
  }
  const client = new SecretsManagerClient({ region: await region() });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  const secret = JSON.parse(SecretString ?? '{}') as Record<string, string>;
  if (!secret['SEAL_KEY'])
    throw new Missing('the secret has no SEAL_KEY, so it is not the one that the stack made; nothing was changed');
  // The key of the seals stays, so that games that are on can be gone on with.
  secret['OPENAI_API_KEY'] = key === '' ? 'placeholder' : key;
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(secret) }));
  const done = key === '' ? 'The key is removed; the house plays' : `The key ending in ${key.slice(-4)} is set`;
  console.log(`${done}. The function takes it within five minutes, without a new deployment.`);
});
