/** Trailing headers of a body in the encoding aws-chunked: checksums that a header announced, and nothing else. */
import { AwsError } from '../service.ts';
import { type HttpHead, headerOf } from '../wire/rest.ts';

/**
 * @throws MalformedTrailerError when a trailer was not announced in x-amz-trailer, or an announced one is not there
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function readTrailers(
  head: HttpHead,
  trailers: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const announced = (headerOf(head, 'x-amz-trailer') ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const fits =
    announced.every((name) => name.startsWith('x-amz-checksum-') && trailers.has(name)) &&
    [...trailers.keys()].every((name) => announced.includes(name));
  if (fits) return trailers;
  throw new AwsError(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    400,
  );
}
