// The variants of the stacks that operators can choose, as templates.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validations, type App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { build } from '../src/app.js';

// Otherwise the templates would depend on who runs the tests.
delete process.env['CDK_DEFAULT_ACCOUNT'];
delete process.env['CDK_DEFAULT_REGION'];

export type Context = Record<string, string>;

/** Tiny folders instead of real builds: a template doesn't depend on the content of a package. */
export const STAND_IN: Context = { site: 'test/site', lambda: 'test/lambda', root: 'test/image' };

const DOMAIN = { domain: 'twenty.example.com', zone: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' };
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

export const VARIANTS = {
  plain: { region: 'us-east-1' },
  elsewhere: { region: 'eu-central-1', email: 'operator@example.com' },
  image: { region: 'us-east-1', package: 'image', architecture: 'x86_64' },
  domain: { region: 'us-east-1', ...DOMAIN },
  domainElsewhere: { region: 'eu-central-1', ...DOMAIN },
  certificate: { region: 'eu-central-1', domain: DOMAIN.domain, certificate: CERTIFICATE, firewall: 'false' },
  everything: {
    region: 'us-east-1',
    ...DOMAIN,
    email: 'operator@example.com',
    budget: '50',
    concurrency: '20',
    provisioned: '2',
    originShield: 'us-east-1',
    edgeMetrics: 'true',
    memory: '512',
    model: 'gpt-5',
    prices: '1/2',
    organization: 'org-1',
    project: 'proj-1',
    openings: '16',
    ponder: 'false',
    logDays: '7',
  },
  bare: { region: 'us-east-1', firewall: 'false' },
  emulator: { region: 'us-east-1', emulator: 'true', email: 'operator@example.com' },
} satisfies Record<string, Context>;
export type Variant = keyof typeof VARIANTS;

export interface Synthesised {
  readonly folder: string;
  /** By stack name; the game's own stack is TwentyQuestions. */
  readonly templates: Record<string, Template>;
  /** The findings of cdk-nag. */
  readonly findings: string[];
}

const folders: string[] = [];
process.once('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

export function app(context: Context): { app: App; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'twenty-cdk-'));
  folders.push(folder);
  return { app: build({ ...STAND_IN, ...context }, folder), folder };
}

const cache = new Map<string, Synthesised>();

export function synthesise(context: Context): Synthesised {
  const key = JSON.stringify(context);
  const cached = cache.get(key);
  if (cached) return cached;
  const { app: made, folder } = app(context);
  Validations.of(made).addPlugins(new AwsSolutionsChecks(made));
  try {
    made.synth();
  } catch (error) {
    // With findings, synth fails after writing the templates and the report.
    if (!(error as Error).message.startsWith('Validation failed')) throw error;
  }
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const stacks = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  const templates = stacks.map((file) => [
    file.replace('.template.json', ''),
    Template.fromJSON(read(file) as Record<string, unknown>),
  ]);
  const { pluginReports } = read('validation-report.json') as Report;
  const findings = pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    ),
  );
  const synthesised = { folder, templates: Object.fromEntries(templates), findings };
  cache.set(key, synthesised);
  return synthesised;
}

interface Report {
  readonly pluginReports: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[];
}

export function variant(name: Variant): Synthesised {
  return synthesise(VARIANTS[name]);
}

/** The template of the game's own stack in a variant. */
export function game(name: Variant): Template {
  return template(synthesise(VARIANTS[name]), 'TwentyQuestions');
}

export function template({ templates }: Synthesised, stack: string): Template {
  const found = templates[stack];
  if (found === undefined) throw new Error(`there is no stack ${stack}, only ${Object.keys(templates).join(', ')}`);
  return found;
}

export interface Resource {
  readonly Type: string;
  // CloudFormation has no fixed set of properties.
  readonly Properties: any;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
}

/** The resources of a type, by logical ID. */
export function resources(from: Template, type: string): Record<string, Resource> {
  return from.findResources(type) as Record<string, Resource>;
}

/** The only resource of a type, or the only one whose logical ID starts with the prefix. */
export function one(from: Template, type: string, prefix = ''): Resource {
  const found = Object.entries(resources(from, type)).filter(([id]) => id.startsWith(prefix));
  if (found.length !== 1) throw new Error(`expected one ${type} ${prefix}, found ${found.length}`);
  return found[0]![1];
}
