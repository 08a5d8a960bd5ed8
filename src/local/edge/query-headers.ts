/**
 * Headers that a presigned URL of S3 carries in its query: what the signer wanted of the request (an ACL, metadata,
 * encryption) is signed with the URL, and whoever uses it need not repeat it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
const signing: ReadonlySet<string> = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
]);

/**
 * AWS does not look at checksums in a query: the SDK puts the one of an empty body there.
 * https://github.com/aws/aws-sdk/issues/480, https://github.com/aws/aws-sdk-go-v2/issues/2610
 */
const checksum = /^x-amz-(checksum-|sdk-checksum-)/;

/** What version 2 has there as well; its token is a header like any other. */
const ofV2: ReadonlySet<string> = new Set(['content-md5', 'content-type', 'x-amz-security-token']);

/** By lower-case name. */
export function queryHeaders(query: URLSearchParams): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const isV2 = query.has('AWSAccessKeyId');
  for (const [given, value] of query) {
    const name = given.toLowerCase();
    if ((name.startsWith('x-amz-') && !signing.has(name) && !checksum.test(name)) || (isV2 && ofV2.has(name)))
      found.set(name, value);
  }
  return found;
}
