/** Places in a stream, as texts that clients keep. */
import { AwsError } from '../../service.ts';
import { invalid } from './context.ts';

/** How long an iterator is good for, in ms. */
const iteratorLife = 15 * 60_000;

interface Iterator {
  readonly stream: string;
  /** Changes after this number come next. */
  readonly after: number;
  /** ms since the epoch */
  readonly made: number;
}

export const iteratorText = (iterator: Iterator): string =>
  `${iterator.stream}|1|${Buffer.from(JSON.stringify(iterator)).toString('base64url')}`;

export function readIterator(text: string, now: number): Iterator {
  let iterator: Iterator;
  try {
    iterator = JSON.parse(
      Buffer.from(text.slice(text.lastIndexOf('|') + 1), 'base64url').toString(),
    ) as Iterator;
  } catch {
    throw invalid('Invalid ShardIterator');
  }
  // The stream in front is the one that the caller was allowed.
  if (!text.startsWith(`${iterator.stream}|`) || !Number.isSafeInteger(iterator.after))
    throw invalid('Invalid ShardIterator');
  if (now - iterator.made > iteratorLife)
    throw new AwsError(
      'ExpiredIteratorException',
      'The shard iterator has expired and can no longer be used.',
    );
  return iterator;
}
