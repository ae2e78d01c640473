// The web application firewall, for CloudFront and so for us-east-1.
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/**
 * Rules of AWS that only count: the longest game makes a query of 6 KB, and AWS's limit is 2 KB.
 */
const TOO_STRICT = ['SizeRestrictions_QUERYSTRING'];

/** What the server itself says to who asks too often, so that the page can show it. */
const TOO_MANY = JSON.stringify({
  type: '/problems/too-many-requests',
  status: 429,
  title: 'That was too fast. Wait a moment and try again.',
});

export class Firewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, rate: number) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      description: 'Twenty Questions',
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('TwentyQuestions'),
      customResponseBodies: { TooMany: { contentType: 'APPLICATION_JSON', content: TOO_MANY } },
      rules: [
        // Each move may cost a call to the model, and the function can't see who asks.
        {
          name: 'moves-of-one-address',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429, customResponseBodyKey: 'TooMany' } } },
          visibilityConfig: visibility('MovesOfOneAddress'),
          statement: {
            rateBasedStatement: {
              limit: rate,
              evaluationWindowSec: 300,
              aggregateKeyType: 'IP',
              scopeDownStatement: {
                byteMatchStatement: {
                  fieldToMatch: { uriPath: {} },
                  positionalConstraint: 'STARTS_WITH',
                  searchString: '/api/',
                  textTransformations: [{ priority: 0, type: 'URL_DECODE' }],
                },
              },
            },
          },
        },
        managed(1, 'AWSManagedRulesAmazonIpReputationList'),
        managed(2, 'AWSManagedRulesCommonRuleSet', TOO_STRICT),
      ],
    });
    this.arn = acl.attrArn;
  }
}

function managed(priority: number, name: string, counted: string[] = []): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    visibilityConfig: visibility(name),
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
  };
}

/** Samples would keep whole games with the firewall, so there are none. */
function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
