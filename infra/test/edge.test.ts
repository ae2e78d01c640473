// CloudFront, its firewall and its headers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';
import { HEADERS } from '../src/headers.js';
import { game, one, resources, template, variant } from './variants.js';

const config = (name: Parameters<typeof game>[0]) =>
  one(game(name), 'AWS::CloudFront::Distribution').Properties.DistributionConfig;
const policy = (prefix: string) =>
  one(game('plain'), 'AWS::CloudFront::CachePolicy', prefix).Properties.CachePolicyConfig;

test('the distribution supports HTTP/2, HTTP/3 and IPv6, and redirects to HTTPS', () => {
  for (const name of ['plain', 'domain', 'elsewhere'] as const) {
    const { HttpVersion, IPV6Enabled, Enabled, DefaultRootObject, DefaultCacheBehavior, CacheBehaviors } = config(name);
    assert.deepEqual([HttpVersion, IPV6Enabled, Enabled, DefaultRootObject], ['http2and3', true, true, 'index.html']);
    for (const { ViewerProtocolPolicy, AllowedMethods } of [DefaultCacheBehavior, ...CacheBehaviors]) {
      assert.deepEqual([ViewerProtocolPolicy, AllowedMethods], ['redirect-to-https', ['GET', 'HEAD']]);
    }
  }
});

test('/api/* goes to the function, everything else to the bucket, both with signed requests', () => {
  const { DefaultCacheBehavior, CacheBehaviors, Origins } = config('plain');
  assert.deepEqual(
    CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern),
    ['/api/*'],
  );
  const origin = (id: string) => Origins.find(({ Id }: { Id: string }) => Id === id);
  const [page, api] = [origin(DefaultCacheBehavior.TargetOriginId), origin(CacheBehaviors[0].TargetOriginId)];
  assert.match(JSON.stringify(page.DomainName), /SiteBucket.*RegionalDomainName/);
  assert.match(JSON.stringify(api.DomainName), /FunctionUrl/);
  assert.equal(api.CustomOriginConfig.OriginProtocolPolicy, 'https-only');
  const signed = (of: typeof page) =>
    resources(game('plain'), 'AWS::CloudFront::OriginAccessControl')[of.OriginAccessControlId['Fn::GetAtt'][0]];
  for (const [of, type] of [
    [page, 's3'],
    [api, 'lambda'],
  ] as const) {
    const { OriginAccessControlOriginType, SigningBehavior, SigningProtocol } =
      signed(of)!.Properties.OriginAccessControlConfig;
    assert.deepEqual([OriginAccessControlOriginType, SigningBehavior, SigningProtocol], [type, 'always', 'sigv4']);
  }
});

test('the cache key of settings and moves is game and v, and the server sets how long each is cached', () => {
  const { MinTTL, DefaultTTL, MaxTTL, ParametersInCacheKeyAndForwardedToOrigin: key } = policy('EdgeMoves');
  assert.deepEqual([MinTTL, DefaultTTL, MaxTTL], [0, 0, 31_536_000]);
  assert.deepEqual(key, {
    CookiesConfig: { CookieBehavior: 'none' },
    EnableAcceptEncodingBrotli: false,
    EnableAcceptEncodingGzip: false,
    HeadersConfig: { HeaderBehavior: 'none' },
    QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['game', 'v'] },
  });
  const [{ CachePolicyId, OriginRequestPolicyId }] = config('plain').CacheBehaviors;
  assert.match(CachePolicyId.Ref, /^EdgeMoves/);
  // A policy that forwards the viewer's Host header would break the signature.
  assert.equal(OriginRequestPolicyId, undefined);
});

test('the cache key of a page is its path, and CloudFront compresses pages', () => {
  const { MinTTL, MaxTTL, ParametersInCacheKeyAndForwardedToOrigin: key } = policy('EdgePages');
  assert.deepEqual([MinTTL, MaxTTL, key.QueryStringsConfig.QueryStringBehavior], [0, 31_536_000, 'none']);
  assert.deepEqual([key.EnableAcceptEncodingBrotli, key.EnableAcceptEncodingGzip], [true, true]);
  const { Compress, CachePolicyId } = config('plain').DefaultCacheBehavior;
  assert.equal(Compress, true);
  assert.match(CachePolicyId.Ref, /^EdgePages/);
});

test('errors are not cached and not replaced by error pages', () => {
  const errors = config('plain').CustomErrorResponses;
  assert.deepEqual(
    errors.map(({ ErrorCode }: { ErrorCode: number }) => ErrorCode),
    [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504],
  );
  for (const { ErrorCode, ...error } of errors) assert.deepEqual(error, { ErrorCachingMinTTL: 0 }, String(ErrorCode));
});

test('CloudFront sends exactly the security headers of the server', () => {
  const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = one(
    game('plain'),
    'AWS::CloudFront::ResponseHeadersPolicy',
  ).Properties.ResponseHeadersPolicyConfig;
  const { ContentSecurityPolicy, StrictTransportSecurity, ContentTypeOptions, ReferrerPolicy, ...others } = security;
  assert.deepEqual(others, {});
  const { AccessControlMaxAgeSec, IncludeSubdomains, Preload } = StrictTransportSecurity;
  const sent: Record<string, string> = {
    'content-security-policy': ContentSecurityPolicy.ContentSecurityPolicy,
    'strict-transport-security': `max-age=${AccessControlMaxAgeSec}${IncludeSubdomains ? '; includeSubDomains' : ''}${Preload ? '; preload' : ''}`,
    'referrer-policy': ReferrerPolicy.ReferrerPolicy,
    ...(ContentTypeOptions && { 'x-content-type-options': 'nosniff' }),
  };
  for (const { Header, Value } of custom.Items) sent[Header] = Value;
  assert.deepEqual(sent, JSON.parse(readFileSync('../server/headers.json', 'utf8')));
  for (const { Override } of [
    ContentSecurityPolicy,
    StrictTransportSecurity,
    ContentTypeOptions,
    ReferrerPolicy,
    ...custom.Items,
  ]) {
    assert.equal(Override, true);
  }
  const { DefaultCacheBehavior, CacheBehaviors } = config('plain');
  for (const { ResponseHeadersPolicyId } of [DefaultCacheBehavior, ...CacheBehaviors])
    assert.match(ResponseHeadersPolicyId.Ref, /^EdgeHeaders/);
});

test('the not-found function passes the files of the site and answers other paths with its own page', () => {
  const { FunctionCode, FunctionConfig, AutoPublish } = one(game('plain'), 'AWS::CloudFront::Function').Properties;
  assert.deepEqual([FunctionConfig.Runtime, AutoPublish], ['cloudfront-js-2.0', true]);
  // CloudFront's limit for a function.
  assert.ok(FunctionCode.length < 10_240);
  const answer = (uri: string) =>
    vm.runInNewContext(`${FunctionCode}; handler(${JSON.stringify({ request: { uri } })})`);
  const files = ['/', '/index.html', '/icon.svg', '/manifest.webmanifest', '/worker.js', '/preview.png'];
  for (const uri of [...files, '/pkg/twenty.ffff.wasm']) assert.equal(answer(uri).uri, uri);
  for (const uri of ['/gmae', '/index.html/', '/pkg', '/.env', '/constructor', '']) {
    const { statusCode, headers, body } = answer(uri);
    assert.equal(statusCode, 404, uri);
    assert.match(body.data, /<a href="\/">/);
    for (const [header, value] of Object.entries(HEADERS)) assert.equal(headers[header].value, value);
    assert.equal(headers['cache-control'].value, 'no-store');
  }
  const associated = config('plain').DefaultCacheBehavior.FunctionAssociations;
  assert.deepEqual(
    associated.map(({ EventType }: { EventType: string }) => EventType),
    ['viewer-request'],
  );
  assert.equal(config('plain').CacheBehaviors[0].FunctionAssociations, undefined);
});

test('Origin Shield and the additional metrics are off by default', () => {
  const shields = (name: 'plain' | 'everything') =>
    config(name).Origins.map(({ OriginShield }: { OriginShield?: object }) => OriginShield);
  assert.deepEqual(shields('plain'), [undefined, undefined]);
  assert.deepEqual(shields('everything'), [undefined, { Enabled: true, OriginShieldRegion: 'us-east-1' }]);
  const monitored = (name: 'plain' | 'everything') =>
    Object.keys(resources(game(name), 'AWS::CloudFront::MonitoringSubscription')).length;
  assert.deepEqual([monitored('plain'), monitored('everything')], [0, 1]);
});

test('a domain gets a certificate, DNS records and TLS 1.2', () => {
  assert.deepEqual([config('plain').Aliases, config('plain').ViewerCertificate], [undefined, undefined]);
  const { Aliases, ViewerCertificate } = config('domain');
  assert.deepEqual(
    [Aliases, ViewerCertificate.MinimumProtocolVersion, ViewerCertificate.SslSupportMethod],
    [['twenty.example.com'], 'TLSv1.2_2021', 'sni-only'],
  );
  const certificate = one(game('domain'), 'AWS::CertificateManager::Certificate').Properties;
  assert.deepEqual([certificate.DomainName, certificate.ValidationMethod], ['twenty.example.com', 'DNS']);
  const records = Object.values(resources(game('domain'), 'AWS::Route53::RecordSet')).map(
    ({ Properties: { Name, Type } }) => [Name, Type],
  );
  assert.deepEqual(records.sort(), [
    ['twenty.example.com.', 'A'],
    ['twenty.example.com.', 'AAAA'],
  ]);
  assert.deepEqual(game('domain').findOutputs('Address')['Address']!['Value'], 'https://twenty.example.com');
});

test('a given certificate is used, and without a zone there are no DNS records', () => {
  assert.match(config('certificate').ViewerCertificate.AcmCertificateArn, /^arn:aws:acm:us-east-1:/);
  assert.deepEqual(resources(game('certificate'), 'AWS::Route53::RecordSet'), {});
});

test('for a game in another region, what CloudFront needs in us-east-1 is in stacks there', () => {
  const elsewhere = variant('domainElsewhere');
  assert.deepEqual(Object.keys(elsewhere.templates).sort(), [
    'TwentyQuestions',
    'TwentyQuestionsGate',
    'TwentyQuestionsWatch',
  ]);
  const gate = template(elsewhere, 'TwentyQuestionsGate');
  assert.equal(Object.keys(resources(gate, 'AWS::CertificateManager::Certificate')).length, 1);
  assert.equal(Object.keys(resources(gate, 'AWS::WAFv2::WebACL')).length, 1);
  const { WebACLId, ViewerCertificate } = config('domainElsewhere');
  for (const reference of [WebACLId, ViewerCertificate.AcmCertificateArn]) {
    const { StackName, Region, OutputName } = reference['Fn::GetStackOutput'];
    assert.deepEqual([StackName, Region], ['TwentyQuestionsGate', 'us-east-1']);
    assert.ok(gate.findOutputs(OutputName)[OutputName]);
  }
  assert.deepEqual(resources(game('domainElsewhere'), 'AWS::WAFv2::WebACL'), {});
  assert.deepEqual(Object.keys(variant('domain').templates), ['TwentyQuestions']);
});
