// The bucket with the page's files.
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { groups, type Group } from './files.js';
import type { Settings } from './settings.js';

const WORKER = '/worker.js';

export class Site extends Construct {
  readonly bucket: Bucket;
  /** The role of the CDK's upload function. */
  readonly uploader: Role;
  private readonly groups: Group[];

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.groups = groups(settings.site);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // MiniStack only supports plain HTTP.
      enforceSSL: !settings.emulator,
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    this.uploader = new Role(this, 'Uploader', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    // Otherwise a late log line could create a log group again after `make destroy`.
    this.uploader.addToPolicy(
      new PolicyStatement({ effect: Effect.DENY, actions: ['logs:CreateLogGroup'], resources: ['*'] }),
    );
  }

  /** The paths that stay the same when the content changes. */
  get unhashedPaths(): string[] {
    return this.groups.filter((group) => !group.hashed).flatMap((group) => group.paths);
  }

  /**
   * Uploads the files, the hashed ones first, so that no page requests a file that isn't there yet, and the worker last.
   * It deletes no old files, because pages that were opened before the deployment still need them.
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
        // Removing the bucket empties it as a whole.
        retainOnDelete: true,
        // The AWS CLI in the upload function is slow with less.
        memoryLimit: 512,
        role,
        logGroup,
        ...(!hashed && {
          distribution,
          distributionPaths: this.unhashedPaths
            .flatMap((path) => (path === '/index.html' ? ['/', path] : [path]))
            .sort(),
          // An invalidation can take ten minutes, and nothing depends on it.
          waitForDistributionInvalidation: false,
        }),
      });
    // The worker lists the hashes of all files, and browsers store nothing if one of them is still an old one.
    const turn = ({ hashed, paths }: Group): number => (hashed ? 0 : paths.includes(WORKER) ? 2 : 1);
    const turns = [0, 1, 2].map((now) => this.groups.filter((group) => turn(group) === now).map(put));
    for (const [now, deployments] of turns.entries())
      for (const deployment of deployments) deployment.node.addDependency(...turns.slice(0, now).flat());
  }
}
