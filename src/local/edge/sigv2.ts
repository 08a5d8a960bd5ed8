/**
 * Signature Version 2 of S3, which some clients still use for presigned URLs and posted forms: boto3 does for
 * us-east-1 unless told otherwise.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** @param signature in base64 */
export function signatureV2Matches(signature: string, text: string, secret: string): boolean {
  const expected = createHmac('sha1', secret).update(text).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
