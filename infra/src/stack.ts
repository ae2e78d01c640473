// The stack in the game's own region: everything but what CloudFront needs in us-east-1.
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { ARecord, AaaaRecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.js';
import { budget } from './budget.js';
import { dashboard } from './dashboard.js';
import { Edge } from './edge.js';
import { acknowledge } from './findings.js';
import { Gate } from './gate.js';
import { preventLeftovers } from './leftovers.js';
import { mail } from './mail.js';
import { Proxy } from './proxy.js';
import { EDGE_REGION, type Settings } from './settings.js';
import { Site } from './site.js';

export interface GameProps extends StackProps {
  readonly settings: Settings;
  /** Set if the game is in another region than us-east-1, where it can't have a gate of its own. */
  readonly gate?: Gate;
}

export class Game extends Stack {
  readonly edge: Edge;

  constructor(scope: Construct, id: string, { settings, gate, ...props }: GameProps) {
    super(scope, id, { description: 'Twenty Questions: the page, and the function that asks the model', ...props });
    const site = new Site(this, 'Site', settings);
    const proxy = new Proxy(this, 'Proxy', settings);
    const { webAclArn, certificate } = gate ?? new Gate(this, 'Gate', settings);
    this.edge = new Edge(this, 'Edge', { settings, site, proxy, webAclArn, certificate });
    const { distribution } = this.edge;
    site.deploy(distribution);
    this.addRecords(settings);

    const alarms = new Alarms(this, 'Alarms', mail(this, settings.email));
    alarms.watch(proxy.function, settings);
    if (this.region === EDGE_REGION) alarms.watchEdge(distribution.distributionId);
    dashboard(this, 'Board', {
      name: id,
      proxy: proxy.function,
      distribution,
      alarms: alarms.all,
      edgeMetrics: settings.edgeMetrics,
    });
    if (settings.budget > 0) budget(this, settings.budget, settings.email);
    preventLeftovers(this);
    acknowledge(this, site, proxy, this.edge, settings);

    const outputs = {
      Address: `https://${settings.domain || distribution.distributionDomainName}`,
      DistributionId: distribution.distributionId,
      FunctionName: proxy.function.functionName,
      SecretArn: proxy.secretArn,
      LogGroup: proxy.logGroup.logGroupName,
      Bucket: site.bucket.bucketName,
      DashboardAddress: `https://${this.region}.console.aws.amazon.com/cloudwatch/home?region=${this.region}#dashboards/dashboard/${id}`,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  /** Adds the DNS records of the domain, if its zone is given. */
  private addRecords({ domain, zone, zoneName }: Settings): void {
    if (zone === '') return;
    const hosted = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: zone, zoneName });
    const record = {
      zone: hosted,
      recordName: `${domain}.`,
      target: RecordTarget.fromAlias(new CloudFrontTarget(this.edge.distribution)),
    };
    new ARecord(this, 'Address4', record);
    new AaaaRecord(this, 'Address6', record);
  }
}
