// The Lambda function that makes the AI's moves, with its secret, role, log and URL.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  DockerImageCode,
  DockerImageFunction,
  Function,
  FunctionUrlAuthType,
  Runtime,
  Tracing,
  type FunctionOptions,
  type FunctionUrl,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret, type CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { environment } from './environment.js';
import { SettingError, type Settings } from './settings.js';

export class Proxy extends Construct {
  readonly secret: Secret;
  /** From the attribute, because MiniStack's Ref isn't the ARN as on AWS. */
  readonly secretArn: string;
  readonly logGroup: LogGroup;
  readonly function: Function;
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.secret = new Secret(this, 'Key', {
      description: 'OPENAI_API_KEY and SEAL_KEY of Twenty Questions; set the first with `make key`',
      // Never change this: CloudFormation would generate a new value and overwrite the operator's key.
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ OPENAI_API_KEY: 'placeholder' }),
        generateStringKey: 'SEAL_KEY',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.secretArn = (this.secret.node.defaultChild as CfnSecret).attrId;
    this.logGroup = new LogGroup(this, 'Log', {
      retention: settings.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = make(this, settings, {
      architecture: settings.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      memorySize: settings.memory,
      timeout: Duration.seconds(settings.timeout),
      ...(settings.concurrency > 0 && { reservedConcurrentExecutions: settings.concurrency }),
      role: this.role(),
      logGroup: this.logGroup,
      // Traces would cost more than the function.
      tracing: Tracing.DISABLED,
      description: 'The next move of a game of Twenty Questions',
      environment: environment(settings, this.secretArn),
    });
    this.url = this.functionUrl(settings);
  }

  /** A role that may read the secret and write to the log group, and nothing else. */
  private role(): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const allow = (actions: string[], resource: string): void => {
      role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources: [resource] }));
    };
    allow(['secretsmanager:GetSecretValue'], this.secret.secretArn);
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn);
    return role;
  }

  /** The function URL. Provisioned concurrency needs a version, so with it the URL belongs to an alias. */
  private functionUrl({ provisioned, emulator }: Settings): FunctionUrl {
    const authType = emulator ? FunctionUrlAuthType.NONE : FunctionUrlAuthType.AWS_IAM;
    if (provisioned === 0) return this.function.addFunctionUrl({ authType });
    return this.function
      .addAlias('live', { provisionedConcurrentExecutions: provisioned })
      .addFunctionUrl({ authType });
  }
}

/** What the CDK must not copy for an image build; .dockerignore excludes more. */
const NOT_IN_IMAGE = [
  '.git',
  'target',
  'dist',
  'node_modules',
  'tools',
  'infra',
  'test-results',
  'playwright-report',
  '.env',
];

function make(scope: Construct, settings: Settings, options: FunctionOptions): Function {
  if (settings.package === 'image') {
    if (!existsSync(join(settings.root, 'Dockerfile')))
      throw new SettingError(`there is no Dockerfile in ${settings.root}`);
    const code = DockerImageCode.fromImageAsset(settings.root, {
      platform: settings.architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
      exclude: NOT_IN_IMAGE,
    });
    return new DockerImageFunction(scope, 'Function', { ...options, code });
  }
  const folder = join(settings.lambda, `bootstrap-${settings.architecture}`);
  if (!existsSync(join(folder, 'bootstrap'))) {
    throw new SettingError(`there is no bootstrap in ${folder}: build the function with \`make lambda\``);
  }
  return new Function(scope, 'Function', {
    ...options,
    runtime: Runtime.PROVIDED_AL2023,
    // The runtime starts /var/task/bootstrap and ignores the handler's name, but CloudFormation requires one.
    handler: 'bootstrap',
    code: Code.fromAsset(folder),
  });
}
