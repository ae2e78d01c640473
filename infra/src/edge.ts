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
import { headersPolicy } from './headers.js';
import { notFound } from './not-found.js';
import type { Proxy } from './proxy.js';
import { EDGE_TIMEOUT, type Settings } from './settings.js';
import type { Site } from './site.js';

/** The error statuses that CloudFront caches by default; these are also the ones whose caching can be set. */
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
        // With CloudFront's own certificate, the minimum can't be set.
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      defaultBehavior: {
        ...common,
        origin: S3BucketOrigin.withOriginAccessControl(site.bucket),
        cachePolicy: this.pages(),
        compress: true,
        functionAssociations: [
          { function: notFound(this, 'NotFound', site.unhashedPaths), eventType: FunctionEventType.VIEWER_REQUEST },
        ],
      },
      additionalBehaviors: {
        '/api/*': {
          ...common,
          origin: api(proxy, settings),
          cachePolicy: this.moves(),
          // A response has about 200 bytes, and CloudFront compresses nothing below 1,000.
          compress: false,
        },
      },
      // CloudFront would cache errors for ten seconds, so the page's "Try again" would get the same error again.
      errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    });
  }

  private pages(): CachePolicy {
    return new CachePolicy(this, 'Pages', {
      comment: 'Twenty Questions: files, by their path',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  /**
   * For settings and moves; the server's Cache-Control sets how long each is cached. A move depends on the game and
   * on `v`, a hash of the seal key, the models, the prompt and the checks, so no cache serves a seal of an old key.
   */
  private moves(): CachePolicy {
    return new CachePolicy(this, 'Moves', {
      comment: 'Twenty Questions: settings and moves, by game and v',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      queryStringBehavior: CacheQueryStringBehavior.allowList('game', 'v'),
      headerBehavior: CacheHeaderBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      // Either would add the browser's Accept-Encoding to the cache key.
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
  // MiniStack's CloudFront doesn't sign requests.
  return emulator ? new FunctionUrlOrigin(url, props) : FunctionUrlOrigin.withOriginAccessControl(url, props);
}
