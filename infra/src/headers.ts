// The security headers that CloudFront sends, from the file that the server reads too.
import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import {
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/** The headers of every response. */
export const HEADERS: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../server/headers.json', import.meta.url), 'utf8'),
);

/** The CloudFront policy with these headers. CloudFront accepts some of them only as separate fields. */
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
        throw new Error(`headers.json has ${header}, which the content security policy makes superfluous`);
      default:
        customHeaders.push({ header, value, override });
    }
  }
  return new ResponseHeadersPolicy(scope, id, {
    comment: 'Twenty Questions: server/headers.json',
    securityHeadersBehavior: security,
    customHeadersBehavior: { customHeaders },
  });
}

/** Parses a header that CloudFront splits into fields, or fails if CloudFront can't send this value. */
function exact(header: string, value: string, pattern: RegExp): RegExpExecArray {
  const match = pattern.exec(value);
  if (match === null) throw new Error(`headers.json has ${header}: ${value}, which CloudFront can't send`);
  return match;
}
