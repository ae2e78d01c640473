"""Prints all resources in the emulated account as JSON, by kind, without those of the CDK's bootstrap stack."""
import json
import os

import boto3

os.environ.setdefault("AWS_DEFAULT_REGION", os.environ["AWS_REGION"])


def every(service, operation, path, **arguments):
    """All items of a list operation, from all its pages."""
    client = boto3.client(service)
    pages = client.get_paginator(operation).paginate(**arguments) if client.can_paginate(operation) else [getattr(client, operation)(**arguments)]
    for page in pages:
        for key in path.split("."):
            page = page.get(key) or []
        yield from page


def named(items, *names):
    return [next(str(item[name]) for name in names if name in item) if isinstance(item, dict) else str(item) for item in items]


cloudfront = {
    "cache policies": ("list_cache_policies", "CachePolicyList.Items", {"Type": "custom"}),
    "headers policies": ("list_response_headers_policies", "ResponseHeadersPolicyList.Items", {"Type": "custom"}),
    "access controls": ("list_origin_access_controls", "OriginAccessControlList.Items", {}),
    "edge functions": ("list_functions", "FunctionList.Items", {}),
    "distributions": ("list_distributions", "DistributionList.Items", {}),
}
found = {what: [json.dumps(item, default=str, sort_keys=True) for item in every("cloudfront", operation, path, **arguments)]
         for what, (operation, path, arguments) in cloudfront.items()}
found |= {
    "stacks": named((s for s in every("cloudformation", "list_stacks", "StackSummaries") if s["StackStatus"] != "DELETE_COMPLETE"), "StackName"),
    "buckets": named(every("s3", "list_buckets", "Buckets"), "Name"),
    "functions": named(every("lambda", "list_functions", "Functions"), "FunctionName"),
    "layers": named(every("lambda", "list_layers", "Layers"), "LayerName"),
    "roles": named(every("iam", "list_roles", "Roles"), "RoleName"),
    "policies": named(every("iam", "list_policies", "Policies", Scope="Local"), "PolicyName"),
    "secrets": named(every("secretsmanager", "list_secrets", "SecretList", IncludePlannedDeletion=True), "Name"),
    "log groups": named(every("logs", "describe_log_groups", "logGroups"), "logGroupName"),
    "alarms": named(every("cloudwatch", "describe_alarms", "MetricAlarms"), "AlarmName"),
    "dashboards": named(every("cloudwatch", "list_dashboards", "DashboardEntries"), "DashboardName"),
    "topics": named(every("sns", "list_topics", "Topics"), "TopicArn"),
    "subscriptions": named(every("sns", "list_subscriptions", "Subscriptions"), "SubscriptionArn"),
    "firewalls": named(every("wafv2", "list_web_acls", "WebACLs", Scope="CLOUDFRONT"), "Name"),
    "parameters": named(every("ssm", "describe_parameters", "Parameters"), "Name"),
    "image repositories": named(every("ecr", "describe_repositories", "repositories"), "repositoryName"),
}
own_of_cdk = ("cdk-hnb659fds-", "CDKToolkit", "/cdk-bootstrap/")
print(json.dumps({what: [name for name in names if not name.startswith(own_of_cdk)] for what, names in found.items()}))
