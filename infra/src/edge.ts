// CloudFront: one address for the page and the API.
import { Duration } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  FunctionEventType,
  HttpVersion,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type IOrigin,
} from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { doorman } from './doorman.js';
import { headersPolicy } from './headers.js';
import type { Proxy } from './proxy.js';
import { EDGE_TIMEOUT, type Settings } from './settings.js';
import type { Site } from './site.js';

/** The statuses of errors whose caching CloudFront lets us set: all that it keeps without being asked to. */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export interface EdgeProps {
  readonly settings: Settings;
  readonly site: Site;
  readonly proxy: Proxy;
  readonly webAclArn?: string;
  readonly certificate?: ICertificate;
}

export class Edge extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { settings, site, proxy, webAclArn, certificate }: EdgeProps) {
    super(scope, id);
    const headers = headersPolicy(this, 'Headers');
    const common = {
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      responseHeadersPolicy: headers,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Twenty Questions',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      webAclId: webAclArn,
      publishAdditionalMetrics: settings.edgeMetrics,
      ...(certificate && {
        certificate,
        domainNames: [settings.domain],
        // With CloudFront's own certificate this can't be chosen.
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      defaultBehavior: {
        ...common,
        origin: S3BucketOrigin.withOriginAccessControl(site.bucket),
        cachePolicy: this.pages(),
        compress: true,
        functionAssociations: [
          { function: doorman(this, 'Doorman', site.named), eventType: FunctionEventType.VIEWER_REQUEST },
        ],
      },
      additionalBehaviors: {
        '/api/*': {
          ...common,
          origin: api(proxy, settings),
          cachePolicy: this.moves(),
          // A reply has some 200 bytes, and CloudFront compresses nothing below 1,000.
          compress: false,
        },
      },
      // Else an error would be kept for ten seconds, and "Try again" would get it back; no status gets another page.
      errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    });
  }

  private pages(): CachePolicy {
    return new CachePolicy(this, 'Pages', {
      comment: 'The files of Twenty Questions, by their path alone',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  /** A move depends on the game alone; how long it may be kept, the server says. */
  private moves(): CachePolicy {
    return new CachePolicy(this, 'Moves', {
      comment: 'The moves of Twenty Questions, by the game alone',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      queryStringBehavior: CacheQueryStringBehavior.allowList('game'),
      headerBehavior: CacheHeaderBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      // Each would put the browser's Accept-Encoding into the key too.
      enableAcceptEncodingBrotli: false,
      enableAcceptEncodingGzip: false,
    });
  }
}

function api({ url }: Proxy, { emulator, originShield }: Settings): IOrigin {
  const props = {
    readTimeout: Duration.seconds(EDGE_TIMEOUT),
    ...(originShield !== '' && { originShieldRegion: originShield }),
  };
  // MiniStack doesn't sign for CloudFront.
  return emulator ? new FunctionUrlOrigin(url, props) : FunctionUrlOrigin.withOriginAccessControl(url, props);
}
