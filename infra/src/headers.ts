// The security headers at the edge, from the same file that the server reads.
import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import {
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/** What every answer carries, of the server or of the edge. */
export const HEADERS: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../server/headers.json', import.meta.url), 'utf8'),
);

/** The policy that says the same. CloudFront takes some headers only as fields of their own, so those are read here. */
export function headersPolicy(scope: Construct, id: string): ResponseHeadersPolicy {
  const override = true;
  const security: { -readonly [K in keyof ResponseSecurityHeadersBehavior]: ResponseSecurityHeadersBehavior[K] } = {};
  const customHeaders = [];
  for (const [header, value] of Object.entries(HEADERS)) {
    switch (header) {
      case 'content-security-policy':
        security.contentSecurityPolicy = { contentSecurityPolicy: value, override };
        break;
      case 'strict-transport-security': {
        const [, seconds, subdomains, preload] = exact(
          header,
          value,
          /^max-age=(\d+)(; includeSubDomains)?(; preload)?$/,
        );
        security.strictTransportSecurity = {
          accessControlMaxAge: Duration.seconds(Number(seconds)),
          includeSubdomains: subdomains !== undefined,
          preload: preload !== undefined,
          override,
        };
        break;
      }
      case 'x-content-type-options':
        exact(header, value, /^nosniff$/);
        security.contentTypeOptions = { override };
        break;
      case 'referrer-policy':
        exact(header, value, new RegExp(`^(${Object.values(HeadersReferrerPolicy).join('|')})$`));
        security.referrerPolicy = { referrerPolicy: value as HeadersReferrerPolicy, override };
        break;
      case 'x-frame-options':
      case 'x-xss-protection':
        throw new Error(`headers.json has ${header}, which the content security policy has made superfluous`);
      default:
        customHeaders.push({ header, value, override });
    }
  }
  return new ResponseHeadersPolicy(scope, id, {
    comment: 'server/headers.json of Twenty Questions',
    securityHeadersBehavior: security,
    customHeadersBehavior: { customHeaders },
  });
}

function exact(header: string, value: string, pattern: RegExp): RegExpExecArray {
  const match = pattern.exec(value);
  if (match === null) throw new Error(`headers.json has ${header}: ${value}, which CloudFront can't say`);
  return match;
}
