import { describe, expect, it } from 'vitest';
import { formatArn, isRoleArn, parseArn } from '../../src/core/arn.ts';

describe('an ARN', () => {
  it.each([
    'arn:aws:sqs:us-east-1:111122223333:jobs',
    'arn:aws:s3:::bucket/a:b',
    'arn:aws:lambda:us-east-1:111122223333:function:name:live',
    'arn:aws-cn:iam::111122223333:role/path/name',
    'arn:aws:apigateway:us-east-1::/restapis/*',
  ])('is the same after it was parsed and formatted: %s', (text) => {
    const arn = parseArn(text);
    expect(arn && formatArn(arn)).toBe(text);
  });

  it.each([undefined, '', 'jobs', 'arn:aws:sqs', 'urn:aws:sqs:us-east-1:111122223333:jobs'])(
    'is not %s',
    (text) => expect(parseArn(text)).toBeUndefined(),
  );

  it('keeps the colons of its resource', () => {
    expect(parseArn('arn:aws:logs:us-east-1:111122223333:log-group:/a:*')?.resource).toBe('log-group:/a:*');
  });

  it('is of a role only with an account and a name', () => {
    expect(isRoleArn('arn:aws:iam::111122223333:role/a')).toBe(true);
    expect(isRoleArn('arn:aws:iam::aws:policy/a')).toBe(false);
    expect(isRoleArn('arn:aws:iam::111122223333:role/')).toBe(false);
  });
});
