// The findings of cdk-nag that we accept, and why. test/checkers.test.ts runs cdk-nag over every variant.
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
    'The content is public, and only CloudFront reads it, so an access log would tell nothing.',
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
      "The CDK's upload function needs these rights on our bucket and on the CDK's own. The CDK grants the " +
        'invalidation for all distributions. The function runs only during a deployment.',
    );
  }
  accept(uploader, 'L1', 'The CDK chooses the runtime of its upload function.');
  accept(proxy.secret, 'SMG4', 'OpenAI has no API that rotates a key; the operator does it with `make key`.');
  accept(distribution, 'CFR1', 'The game is for everybody.');
  accept(distribution, 'CFR3', 'An access log would contain every game, because the query string holds the game.');
  if (domain === '') {
    accept(
      distribution,
      'CFR4',
      "With CloudFront's own certificate, the minimum TLS version can't be set; with a domain it is 1.2.",
    );
  }
  if (!firewall)
    accept(distribution, 'CFR2', 'The operator has turned the firewall off, to save eight dollars a month.');
  if (emulator) accept(site.bucket, 'S10', 'MiniStack only supports plain HTTP.');
}
