// The firewall and the certificate, which CloudFront only accepts from us-east-1.
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { Firewall } from './firewall.js';
import type { Settings } from './settings.js';

export class Gate extends Construct {
  readonly webAclArn?: string;
  readonly certificate?: ICertificate;

  constructor(scope: Construct, id: string, { firewall, rate, domain, zone, zoneName, certificate }: Settings) {
    super(scope, id);
    if (firewall) this.webAclArn = new Firewall(this, 'Firewall', rate).arn;
    if (certificate !== '') this.certificate = Certificate.fromCertificateArn(this, 'Certificate', certificate);
    else if (domain !== '') {
      const hosted = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: zone, zoneName });
      this.certificate = new Certificate(this, 'Certificate', {
        domainName: domain,
        validation: CertificateValidation.fromDns(hosted),
      });
    }
  }

  /** Whether these settings need a firewall or a new certificate. */
  static isNeeded({ firewall, domain, certificate }: Settings): boolean {
    return firewall || (domain !== '' && certificate === '');
  }
}
