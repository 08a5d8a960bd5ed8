/**
 * The edge's cache: whole responses in memory, least recently used first out. One edge location and no tier
 * behind it; a restart empties it, as the loss of an edge location would.
 */

export interface CachedResponse {
  readonly distributionId: string;
  /** URI and the query strings of the cache key: what an invalidation path is held against. */
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
  /** The ETag as the origin gave it; compression weakens the one in `headers`. */
  readonly originETag?: string;
  /** ms since the epoch */
  readonly storedAt: number;
  readonly freshUntil: number;
  /** Age that the origin's answer already had, in seconds. */
  readonly initialAge: number;
}

export interface EdgeCache {
  get(key: string): CachedResponse | undefined;
  put(key: string, response: CachedResponse): void;
  delete(key: string): void;
  /** Drops what the predicate names and says how many. */
  drop(matches: (response: CachedResponse) => boolean): number;
}

/** Objects above this go through without being kept, so that one download does not flush the rest. */
export const largestCached = 32 * 1024 * 1024;

const overhead = 1024;

export function createCache(limit: number): EdgeCache {
  const entries = new Map<string, CachedResponse>();
  let size = 0;
  const weight = (response: CachedResponse) => response.body.length + overhead;
  const remove = (key: string) => {
    const entry = entries.get(key);
    if (!entry) return;
    size -= weight(entry);
    entries.delete(key);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      // A Map keeps insertion order: the first key is the one longest unused.
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    put(key, response) {
      remove(key);
      entries.set(key, response);
      size += weight(response);
      for (const oldest of entries.keys()) {
        if (size <= limit) break;
        remove(oldest);
      }
    },
    delete: remove,
    drop(matches) {
      let dropped = 0;
      for (const [key, response] of entries)
        if (matches(response)) {
          remove(key);
          dropped++;
        }
      return dropped;
    },
  };
}
