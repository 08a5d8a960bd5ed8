/**
 * Token buckets on the clock: `rate` tokens a second, at most `burst` at once.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
import type { Clock } from '../../core/clock.ts';

export interface Throttle {
  /** @returns whether there was a token */
  take(key: string, rate: number, burst: number): boolean;
}

export function createThrottle(clock: Clock): Throttle {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key, rate, burst) {
      const now = clock.now();
      let bucket = buckets.get(key);
      if (!bucket) {
        bucket = { tokens: burst, at: now };
        buckets.set(key, bucket);
      }
      bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
      bucket.at = now;
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
