// The bucket and its files.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { groups } from '../src/files.js';
import { app, game, one, resources, STAND_IN } from './variants.js';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const PICTURES = [
  '/apple-touch-icon.png',
  '/icon-192.png',
  '/icon-512.png',
  '/icon-maskable-512.png',
  '/icon.svg',
  '/preview.png',
];
const deployments = Object.entries(resources(game('plain'), 'Custom::CDKBucketDeployment'));

test('the bucket is private, encrypted, TLS only, and removed with the stack', () => {
  const { Properties, DeletionPolicy } = one(game('plain'), 'AWS::S3::Bucket');
  assert.deepEqual(Properties.PublicAccessBlockConfiguration, {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
  assert.equal(
    Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm,
    'AES256',
  );
  assert.deepEqual(Properties.OwnershipControls, { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
  assert.equal(Properties.WebsiteConfiguration, undefined);
  assert.equal(DeletionPolicy, 'Delete');
  assert.equal(Object.keys(resources(game('plain'), 'Custom::S3AutoDeleteObjects')).length, 1);
});

test('only our distribution may read the bucket', () => {
  const { Statement } = one(game('plain'), 'AWS::S3::BucketPolicy').Properties.PolicyDocument;
  const secure = Statement.find(({ Effect }: { Effect: string }) => Effect === 'Deny');
  assert.deepEqual(
    [secure.Action, secure.Principal, secure.Condition],
    ['s3:*', { AWS: '*' }, { Bool: { 'aws:SecureTransport': 'false' } }],
  );
  const allowed = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
  const [edge, ...others] = allowed.filter(
    ({ Principal }: { Principal: { Service?: string } }) => Principal.Service !== undefined,
  );
  assert.deepEqual(
    [edge.Action, edge.Principal, others],
    ['s3:GetObject', { Service: 'cloudfront.amazonaws.com' }, []],
  );
  assert.match(JSON.stringify(edge.Condition), /"AWS:SourceArn":.*":distribution\/",\{"Ref":"EdgeDistribution/);
  // The other statement is for the function that empties the bucket.
  assert.equal(allowed.length, 2);
  assert.match(JSON.stringify(allowed), /CustomS3AutoDeleteObjects/);
});

test('requests without TLS are allowed for the emulator only', () => {
  assert.ok(JSON.stringify(one(game('plain'), 'AWS::S3::BucketPolicy')).includes('aws:SecureTransport'));
  assert.ok(!JSON.stringify(one(game('emulator'), 'AWS::S3::BucketPolicy')).includes('aws:SecureTransport'));
});

test('each kind of file has its content type, encoding and caching', () => {
  const sent = deployments.map(([, { Properties }]) => {
    const {
      'content-type': type,
      'content-encoding': encoding,
      'cache-control': caching,
      ...others
    } = Properties.SystemMetadata;
    assert.deepEqual(others, {});
    return [type, encoding, caching];
  });
  assert.deepEqual(sent.sort(), [
    ['application/manifest+json', undefined, 'no-cache'],
    ['application/octet-stream', 'br', IMMUTABLE],
    ['application/wasm', 'br', IMMUTABLE],
    ['image/png', undefined, 'no-cache'],
    ['image/svg+xml', undefined, 'no-cache'],
    ['text/css; charset=utf-8', 'br', IMMUTABLE],
    ['text/html; charset=utf-8', undefined, 'no-cache'],
    ['text/javascript; charset=utf-8', undefined, 'no-cache'],
    ['text/javascript; charset=utf-8', 'br', IMMUTABLE],
  ]);
});

test('no old file is deleted, and only unhashed files are invalidated', () => {
  for (const [id, { Properties }] of deployments) {
    assert.equal(Properties.Prune, false, id);
    const isHashed = Properties.SystemMetadata['cache-control'] === IMMUTABLE;
    assert.deepEqual(
      Properties.DistributionPaths,
      isHashed ? undefined : ['/', '/index.html', '/manifest.webmanifest', '/worker.js', ...PICTURES].sort(),
      id,
    );
    // An invalidation can take ten minutes.
    assert.equal(Properties.WaitForDistributionInvalidation, isHashed, id);
  }
});

test('the page is uploaded after the files that it needs', () => {
  const hashed = deployments.filter(([id]) => id.startsWith('SiteHashed')).map(([id]) => id);
  assert.equal(hashed.length, 4);
  for (const [id, { DependsOn = [] }] of deployments.filter(([id]) => id.startsWith('SiteNamed'))) {
    assert.deepEqual(
      hashed.filter((other) => !DependsOn.includes(other)),
      [],
      id,
    );
  }
});

test('the worker, which lists all files with their hashes, is uploaded last', () => {
  const others = deployments.map(([id]) => id).filter((id) => !id.startsWith('SiteNamedjs'));
  const [, worker] = deployments.find(([id]) => id.startsWith('SiteNamedjs'))!;
  assert.deepEqual(
    others.filter((other) => !(worker.DependsOn ?? []).includes(other)),
    [],
  );
});

test('hashed files are stored compressed, under their plain names', () => {
  const all = groups('test/site');
  assert.deepEqual(
    all.flatMap(({ paths }) => paths).filter((path) => /\.(br|gz)$/.test(path)),
    [],
  );
  const wasm = all.find(({ name }) => name === 'Hashed-wasm-br');
  assert.deepEqual([wasm?.paths, wasm?.encoding], [['/pkg/twenty.0123456789abcdef.wasm'], 'br']);
  const icon = all.find(({ name }) => name === 'Named-svg');
  assert.deepEqual([icon?.paths, icon?.encoding], [['/icon.svg'], undefined]);
});

test('the service worker and the pictures keep their names, so browsers revalidate them', () => {
  // A worker that caches keep would hold players on an old page.
  const named = groups('test/site').filter(({ hashed }) => !hashed);
  const sent = (extension: string) => {
    const { paths, contentType, encoding } = named.find(({ name }) => name === `Named-${extension}`)!;
    return [paths, contentType, encoding];
  };
  assert.deepEqual(sent('js'), [['/worker.js'], 'text/javascript; charset=utf-8', undefined]);
  assert.deepEqual(sent('png'), [PICTURES.filter((path) => path.endsWith('.png')), 'image/png', undefined]);
  for (const name of ['js', 'png']) {
    const [, { Properties }] = deployments.find(([id]) => id.startsWith(`SiteNamed${name}`))!;
    assert.equal(Properties.SystemMetadata['cache-control'], 'no-cache', name);
  }
});

test('a missing site and a file of an unknown type are rejected', () => {
  assert.throws(
    () => app({ region: 'us-east-1', site: 'nowhere' }),
    /^Error: there is no index.html in nowhere: build the site with `make site`$/,
  );
  const folder = mkdtempSync(join(tmpdir(), 'twenty-site-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'film.mp4'), '');
  assert.throws(
    () => app({ ...STAND_IN, region: 'us-east-1', site: folder }),
    /the content type of film.mp4 .* is unknown/,
  );
});
