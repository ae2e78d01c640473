// The web application firewall. It protects CloudFront, so it must be in us-east-1.
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** AWS's rules that only count matches: the longest game makes a query of 7 KB, and this rule allows 2 KB. */
const TOO_STRICT = ['SizeRestrictions_QUERYSTRING'];

/** The server's own response to too many requests, which the page can show. */
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
        // Each move may cost a call to the model, and the function can't limit addresses: it sees only CloudFront's.
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

/** No request samples: they would contain whole games. */
function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
