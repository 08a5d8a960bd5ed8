/** Times and money as people say them. */

/** `40 s`, `5 min`, `1 h 20 min`, `2 d 15 h`. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const rounded = Math.round(minutes / 60);
  return rounded % 24 === 0 ? `${rounded / 24} d` : `${Math.floor(rounded / 24)} d ${rounded % 24} h`;
}

export const span = (min: number, max: number): string =>
  max === 0 ? 'no interruption' : min === max ? duration(max) : `${duration(min)}–${duration(max)}`;

export const lossText = (seconds: number | null | 'all-data'): string =>
  seconds === null ? 'nothing' : seconds === 'all-data' ? 'all data' : duration(seconds);

/** `a day`, `3 days`: of a property that holds days. */
export const daysText = (value: unknown): string => (value === 1 ? 'a day' : `${String(value)} days`);
