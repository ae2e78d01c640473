// What cdk-nag finds and why it stays as it is; test/checkers.test.ts runs it over every variant.
import { Validations, type CfnElement, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Edge } from './edge.js';
import type { Proxy } from './proxy.js';
import type { Settings } from './settings.js';
import type { Site } from './site.js';

export function acknowledge(
  stack: Stack,
  site: Site,
  proxy: Proxy,
  edge: Edge,
  { firewall, domain, emulator }: Settings,
): void {
  const accept = (construct: IConstruct | undefined, rule: string, reason: string): void => {
    if (construct) Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
  };
  const uploader = stack.node.children.find((child) => child.node.id.startsWith('Custom::CDKBucketDeployment'));
  const { distribution } = edge;
  accept(
    site.bucket,
    'S1',
    'Everything in it is public through CloudFront, and only CloudFront reads it, so a log of reads would say nothing.',
  );
  for (const wildcard of [
    ...['Abort', 'DeleteObject', 'GetBucket', 'GetObject', 'List'].map((action) => `Action::s3:${action}*`),
    `Resource::<${stack.getLogicalId(site.bucket.node.defaultChild as CfnElement)}.Arn>/*`,
    `Resource::arn:aws:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-${stack.region}/*`,
    'Resource::*',
  ]) {
    accept(
      site.uploader,
      `IAM5[${wildcard}]`,
      "The CDK's upload function may do this to our bucket, read from the CDK's own, and invalidate, " +
        'for which the CDK names no distribution; it runs only during a deployment.',
    );
  }
  accept(uploader, 'L1', 'The CDK chooses the runtime of its upload function, and tests it with that one.');
  accept(proxy.secret, 'SMG4', 'OpenAI has no way to rotate a key by program; `make key` does it by hand.');
  accept(distribution, 'CFR1', 'The game is for everybody.');
  accept(distribution, 'CFR3', 'An access log would hold every game, since a game is in the query of its requests.');
  if (domain === '') {
    accept(
      distribution,
      'CFR4',
      "With CloudFront's own certificate the oldest TLS version can't be chosen; with a domain it is 1.2.",
    );
  }
  if (!firewall)
    accept(distribution, 'CFR2', 'The operator has switched the firewall off to save its eight dollars a month.');
  if (emulator) accept(site.bucket, 'S10', 'MiniStack speaks plain HTTP.');
}
