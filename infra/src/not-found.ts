// The function at the edge that answers requests for pages that don't exist.
import { Function, FunctionCode, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { HEADERS } from './headers.js';

/** The page for a mistyped address. It needs no other file, so it always works. */
const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  '<title>Page not found - Twenty Questions</title><h1>This page does not exist</h1><p><a href="/">Play Twenty Questions</a></p></html>';

/**
 * CloudFront's own error pages apply to the whole distribution, so they would also replace the API's problem
 * documents. This function runs for the site's files only and knows their names.
 */
export function notFound(scope: Construct, id: string, paths: string[]): Function {
  const headers = Object.fromEntries(
    Object.entries({ ...HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).map(
      ([name, value]) => [name, { value }],
    ),
  );
  const code = `var FILES = ${JSON.stringify(['/', ...paths])};
var HEADERS = ${JSON.stringify(headers)};
var PAGE = ${JSON.stringify(PAGE)};
function handler(event) {
  var request = event.request;
  if (FILES.indexOf(request.uri) >= 0 || request.uri.indexOf('/pkg/') === 0) return request;
  return { statusCode: 404, statusDescription: 'Not Found', headers: HEADERS, body: { encoding: 'text', data: PAGE } };
}
`;
  return new Function(scope, id, {
    code: FunctionCode.fromInline(code),
    runtime: FunctionRuntime.JS_2_0,
    comment: 'Answers requests for pages that do not exist',
  });
}
