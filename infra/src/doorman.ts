// The function at the edge that turns away whoever asks for a page that doesn't exist.
import { Function, FunctionCode, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { HEADERS } from './headers.js';

/** The page for a mistyped address; it needs nothing, so that it shows whatever is wrong. */
const NOT_FOUND =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  '<title>Not here - Twenty Questions</title><h1>There is nothing here</h1><p><a href="/">Play Twenty Questions</a></p></html>';

/**
 * CloudFront's own error pages hold for the whole distribution and would replace the problem documents
 * of the API too; this one knows the files of the site and leaves the API alone.
 */
export function doorman(scope: Construct, id: string, named: string[]): Function {
  const headers = Object.fromEntries(
    Object.entries({ ...HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).map(
      ([name, value]) => [name, { value }],
    ),
  );
  const code = `var FILES = ${JSON.stringify(['/', ...named])};
var HEADERS = ${JSON.stringify(headers)};
var PAGE = ${JSON.stringify(NOT_FOUND)};
function handler(event) {
  var request = event.request;
  if (FILES.indexOf(request.uri) >= 0 || request.uri.indexOf('/pkg/') === 0) return request;
  return { statusCode: 404, statusDescription: 'Not Found', headers: HEADERS, body: { encoding: 'text', data: PAGE } };
}
`;
  return new Function(scope, id, {
    code: FunctionCode.fromInline(code),
    runtime: FunctionRuntime.JS_2_0,
    comment: 'The page for addresses that do not exist',
  });
}
