// The bucket with the page.
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { groups, type Group } from './files.js';
import type { Settings } from './settings.js';

export class Site extends Construct {
  readonly bucket: Bucket;
  /** Who puts the files there. */
  readonly uploader: Role;
  private readonly groups: Group[];

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.groups = groups(settings.site);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // MiniStack speaks plain HTTP.
      enforceSSL: !settings.emulator,
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    this.uploader = new Role(this, 'Uploader', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    // Without the right to make a log group a late line can't bring one back after `make destroy`.
    this.uploader.addToPolicy(
      new PolicyStatement({ effect: Effect.DENY, actions: ['logs:CreateLogGroup'], resources: ['*'] }),
    );
  }

  /** The paths that keep their names when their content changes. */
  get named(): string[] {
    return this.groups.filter((group) => !group.hashed).flatMap((group) => group.paths);
  }

  /**
   * Puts the files there, the hashed ones first, so that no page asks for a file that isn't there yet.
   * Nothing is pruned: a page that is open while a new one is deployed goes on with its own files.
   */
  deploy(distribution: Distribution): void {
    const role = this.uploader;
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grant(role, 'logs:CreateLogStream', 'logs:PutLogEvents');
    const put = ({ name, folder, contentType, encoding, hashed }: Group): BucketDeployment =>
      new BucketDeployment(this, name, {
        sources: [Source.asset(folder)],
        destinationBucket: this.bucket,
        contentType,
        contentEncoding: encoding,
        cacheControl: hashed
          ? [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()]
          : [CacheControl.noCache()],
        prune: false,
        // The page's bucket is emptied as a whole when it goes.
        retainOnDelete: true,
        // The uploading CLI is slow with less.
        memoryLimit: 512,
        role,
        logGroup,
        ...(!hashed && {
          distribution,
          distributionPaths: this.named.flatMap((path) => (path === '/index.html' ? ['/', path] : [path])).sort(),
          // An invalidation can take ten minutes, and nothing here waits for it.
          waitForDistributionInvalidation: false,
        }),
      });
    const hashed = this.groups.filter((group) => group.hashed).map(put);
    for (const named of this.groups.filter((group) => !group.hashed)) put(named).node.addDependency(...hashed);
  }
}
