// cdk-nag and cfn-lint over every variant.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { VARIANTS, variant, type Variant } from './variants.js';

const ROOT = new URL('../..', import.meta.url).pathname;

for (const name of Object.keys(VARIANTS) as Variant[]) {
  test(`cdk-nag AwsSolutions: ${name}`, () => {
    assert.deepEqual(variant(name).findings, []);
  });
}

test('cfn-lint: all templates of all variants', async () => {
  const templates = (Object.keys(VARIANTS) as Variant[]).flatMap((name) => {
    const { folder, templates } = variant(name);
    // The CDK never deploys an empty stack; it removes it.
    const sent = Object.entries(templates).filter(
      ([, template]) => Object.keys(template.toJSON()['Resources'] ?? {}).length > 0,
    );
    return sent.map(([stack]) => join(folder, `${stack}.template.json`));
  });
  assert.ok(templates.length > Object.keys(VARIANTS).length);
  const tool = process.env['CFN_LINT'] ?? join(ROOT, 'tools/cfn-lint');
  const env = { ...process.env, PYTHONPATH: tool };
  // W3005: the CDK lists some dependencies twice.
  const options = ['--format', 'parseable', '--ignore-checks', 'W3005', '--'];
  const { stdout } = await promisify(execFile)('python3', [join(tool, 'bin/cfn-lint'), ...options, ...templates], {
    env,
  }).catch((error: { stdout?: string; stderr?: string }) => ({ stdout: `${error.stdout}${error.stderr}` }));
  assert.equal(stdout, '');
});
