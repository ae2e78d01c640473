// The function, its key and its rights.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, game, one, resources, synthesise, template, VARIANTS, type Context } from './variants.js';

const proxy = (name: Parameters<typeof game>[0]) =>
  one(game(name), 'AWS::Lambda::Function', 'ProxyFunction').Properties;
const changed = (context: Context) => template(synthesise({ ...VARIANTS.plain, ...context }), 'TwentyQuestions');

test('the function is a small arm64 bootstrap, untraced, without reserved copies', () => {
  const { Runtime, Architectures, MemorySize, Timeout, TracingConfig, ReservedConcurrentExecutions, PackageType } =
    proxy('plain');
  assert.deepEqual([Runtime, Architectures, MemorySize, Timeout], ['provided.al2023', ['arm64'], 256, 25]);
  assert.deepEqual([TracingConfig, ReservedConcurrentExecutions, PackageType], [undefined, undefined, undefined]);
});

test('the image is an image, of the processor that was asked for', () => {
  const { Runtime, PackageType, Architectures, Code } = proxy('image');
  assert.deepEqual(
    [Runtime, PackageType, Architectures, Object.keys(Code)],
    [undefined, 'Image', ['x86_64'], ['ImageUri']],
  );
});

test('the settings reach it', () => {
  const { MemorySize, ReservedConcurrentExecutions, Environment } = proxy('everything');
  assert.deepEqual([MemorySize, ReservedConcurrentExecutions], [512, 20]);
  const { SECRET_ARN, ...variables } = Environment.Variables;
  assert.deepEqual(SECRET_ARN, {
    'Fn::GetAtt': [Object.keys(resources(game('everything'), 'AWS::SecretsManager::Secret'))[0], 'Id'],
  });
  assert.deepEqual(variables, {
    OPENAI_MODEL: 'gpt-5',
    OPENAI_PRICES: '1/2',
    OPENAI_ORGANIZATION: 'org-1',
    OPENAI_PROJECT: 'proj-1',
    OPENAI_DEADLINE: '20',
    REQUEST_TIMEOUT: '22',
    OPENINGS: '8',
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

test('by default the server chooses its models, whose prices it knows', () => {
  assert.equal(proxy('plain').Environment.Variables.OPENAI_MODEL, undefined);
  assert.equal(proxy('plain').Environment.Variables.SECRET_TTL, undefined);
});

test('no key is in the environment', () => {
  for (const name of Object.keys(proxy('everything').Environment.Variables))
    assert.doesNotMatch(name, /KEY|TOKEN|PASSWORD/);
});

test('the secret starts with a placeholder and a key of the seals, and its making never changes', () => {
  // Any other text here would make CloudFormation write a new value over the operator's key.
  assert.deepEqual(one(game('plain'), 'AWS::SecretsManager::Secret').Properties.GenerateSecretString, {
    ExcludePunctuation: true,
    GenerateStringKey: 'SEAL_KEY',
    PasswordLength: 64,
    SecretStringTemplate: '{"OPENAI_API_KEY":"placeholder"}',
  });
  assert.equal(one(game('plain'), 'AWS::SecretsManager::Secret').DeletionPolicy, 'Delete');
});

test('the function may read that secret and write to that log group, nothing else', () => {
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

test('the log is kept as long as was asked', () => {
  assert.equal(one(game('plain'), 'AWS::Logs::LogGroup', 'ProxyLog').Properties.RetentionInDays, 30);
  assert.equal(one(game('everything'), 'AWS::Logs::LogGroup', 'ProxyLog').Properties.RetentionInDays, 7);
  const [log] = Object.keys(resources(game('plain'), 'AWS::Logs::LogGroup')).filter((id) => id.startsWith('ProxyLog'));
  assert.deepEqual(proxy('plain').LoggingConfig, { LogGroup: { Ref: log } });
});

test('its address takes signed requests only, and only those of our distribution', () => {
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
    // Since October 2025 a function URL needs both.
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

test('only the emulator has an open address', () => {
  assert.equal(one(game('emulator'), 'AWS::Lambda::Url').Properties.AuthType, 'NONE');
});

test('warm copies are those of an alias, which then has the address and the permissions', () => {
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

test('without a package one sentence says so', () => {
  const broken = (context: Context) => () => app({ ...VARIANTS.plain, ...context });
  assert.throws(
    broken({ lambda: 'nowhere' }),
    /^Error: the function is missing: there is no bootstrap in nowhere\/bootstrap-arm64; build it with `make lambda`$/,
  );
  assert.throws(broken({ package: 'image', root: 'test' }), /^Error: there is no Dockerfile in test$/);
});
