// The function, its secret and its permissions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, game, one, resources, synthesise, template, VARIANTS, type Context } from './variants.js';

const proxy = (name: Parameters<typeof game>[0]) =>
  one(game(name), 'AWS::Lambda::Function', 'ProxyFunction').Properties;
const changed = (context: Context) => template(synthesise({ ...VARIANTS.plain, ...context }), 'TwentyQuestions');

test('by default the function is an arm64 bootstrap with 256 MB, no tracing and no reserved concurrency', () => {
  const { Runtime, Architectures, MemorySize, Timeout, TracingConfig, ReservedConcurrentExecutions, PackageType } =
    proxy('plain');
  assert.deepEqual([Runtime, Architectures, MemorySize, Timeout], ['provided.al2023', ['arm64'], 256, 25]);
  assert.deepEqual([TracingConfig, ReservedConcurrentExecutions, PackageType], [undefined, undefined, undefined]);
});

test('package=image makes an image function for the given architecture', () => {
  const { Runtime, PackageType, Architectures, Code } = proxy('image');
  assert.deepEqual(
    [Runtime, PackageType, Architectures, Object.keys(Code)],
    [undefined, 'Image', ['x86_64'], ['ImageUri']],
  );
});

test('the settings reach the function', () => {
  const { MemorySize, ReservedConcurrentExecutions, Environment } = proxy('everything');
  assert.deepEqual([MemorySize, ReservedConcurrentExecutions], [512, 20]);
  const { SECRET_ARN, ...variables } = Environment.Variables;
  assert.deepEqual(SECRET_ARN, {
    'Fn::GetAtt': [Object.keys(resources(game('everything'), 'AWS::SecretsManager::Secret'))[0], 'Id'],
  });
  assert.deepEqual(variables, {
    OPENAI_MODEL: 'gpt-5',
    OPENAI_PRICES: '1/2',
    MODEL_BUDGET: '5',
    OPENAI_ORGANIZATION: 'org-1',
    OPENAI_PROJECT: 'proj-1',
    OPENAI_DEADLINE: '20',
    REQUEST_TIMEOUT: '22',
    OPENINGS: '16',
    PONDER: 'false',
    QUESTION_TTL: '86400',
    LOG: 'info',
  });
  assert.equal(
    one(changed({ timeout: '29', requestTimeout: '28', deadline: '27' }), 'AWS::Lambda::Function', 'ProxyFunction')
      .Properties.Timeout,
    29,
  );
});

test('by default the server chooses its models, because it knows their prices', () => {
  assert.equal(proxy('plain').Environment.Variables.OPENAI_MODEL, undefined);
  assert.equal(proxy('plain').Environment.Variables.SECRET_TTL, undefined);
});

test('the environment contains no key', () => {
  for (const name of Object.keys(proxy('everything').Environment.Variables))
    assert.doesNotMatch(name, /KEY|TOKEN|PASSWORD/);
});

test('the secret starts with a placeholder and a seal key, and its generation never changes', () => {
  // Any change would make CloudFormation generate a new value and overwrite the operator's key.
  assert.deepEqual(one(game('plain'), 'AWS::SecretsManager::Secret').Properties.GenerateSecretString, {
    ExcludePunctuation: true,
    GenerateStringKey: 'SEAL_KEY',
    PasswordLength: 64,
    SecretStringTemplate: '{"OPENAI_API_KEY":"placeholder"}',
  });
  assert.equal(one(game('plain'), 'AWS::SecretsManager::Secret').DeletionPolicy, 'Delete');
});

test('the function may only read the secret and write to its log group', () => {
  const { Statement } = one(game('plain'), 'AWS::IAM::Policy', 'ProxyRole').Properties.PolicyDocument;
  const [secret] = Object.keys(resources(game('plain'), 'AWS::SecretsManager::Secret'));
  const [log] = Object.keys(resources(game('plain'), 'AWS::Logs::LogGroup')).filter((id) => id.startsWith('ProxyLog'));
  assert.deepEqual(Statement, [
    { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: { Ref: secret } },
    {
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [log, 'Arn'] },
    },
  ]);
  const role = one(game('plain'), 'AWS::IAM::Role', 'ProxyRole').Properties;
  assert.deepEqual([role.ManagedPolicyArns, role.Policies], [undefined, undefined]);
  assert.deepEqual(role.AssumeRolePolicyDocument.Statement[0].Principal, { Service: 'lambda.amazonaws.com' });
});

test('logDays sets the retention of the log', () => {
  assert.equal(one(game('plain'), 'AWS::Logs::LogGroup', 'ProxyLog').Properties.RetentionInDays, 30);
  assert.equal(one(game('everything'), 'AWS::Logs::LogGroup', 'ProxyLog').Properties.RetentionInDays, 7);
  const [log] = Object.keys(resources(game('plain'), 'AWS::Logs::LogGroup')).filter((id) => id.startsWith('ProxyLog'));
  assert.deepEqual(proxy('plain').LoggingConfig, { LogGroup: { Ref: log } });
});

test('the function URL accepts only signed requests of our distribution', () => {
  for (const name of ['plain', 'image', 'everything', 'elsewhere'] as const) {
    assert.equal(one(game(name), 'AWS::Lambda::Url').Properties.AuthType, 'AWS_IAM', name);
    const permissions = Object.values(resources(game(name), 'AWS::Lambda::Permission')).map(
      ({ Properties }) => Properties,
    );
    const granted = permissions.map(({ Action, Principal, InvokedViaFunctionUrl }) => [
      Action,
      Principal,
      InvokedViaFunctionUrl,
    ]);
    // Since October 2025 a function URL needs both permissions.
    assert.deepEqual(
      granted.sort(),
      [
        ['lambda:InvokeFunction', 'cloudfront.amazonaws.com', true],
        ['lambda:InvokeFunctionUrl', 'cloudfront.amazonaws.com', undefined],
      ],
      name,
    );
    for (const { SourceArn } of permissions)
      assert.match(JSON.stringify(SourceArn), /":distribution\/",\{"Ref":"EdgeDistribution/);
  }
});

test('the function URL is public for the emulator only', () => {
  assert.equal(one(game('emulator'), 'AWS::Lambda::Url').Properties.AuthType, 'NONE');
});

test('provisioned concurrency belongs to an alias, which then has the function URL and the permissions', () => {
  const alias = one(game('everything'), 'AWS::Lambda::Alias');
  assert.deepEqual(
    [alias.Properties.Name, alias.Properties.ProvisionedConcurrencyConfig],
    ['live', { ProvisionedConcurrentExecutions: 2 }],
  );
  assert.equal(one(game('everything'), 'AWS::Lambda::Url').Properties.Qualifier, 'live');
  for (const { Properties } of Object.values(resources(game('everything'), 'AWS::Lambda::Permission'))) {
    assert.match(JSON.stringify(Properties.FunctionName), /FunctionUrl|Alias/);
  }
  assert.deepEqual(resources(game('plain'), 'AWS::Lambda::Alias'), {});
});

test('a missing package is rejected', () => {
  const broken = (context: Context) => () => app({ ...VARIANTS.plain, ...context });
  assert.throws(
    broken({ lambda: 'nowhere' }),
    /^Error: there is no bootstrap in nowhere\/bootstrap-arm64: build the function with `make lambda`$/,
  );
  assert.throws(broken({ package: 'image', root: 'test' }), /^Error: there is no Dockerfile in test$/);
});
