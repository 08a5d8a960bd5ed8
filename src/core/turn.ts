/** Work that lets nobody else in until it is done is watched: whoever it keeps waiting should learn what it was. */

/** ms; from here on it is told. */
const longestTurn = 200;

export interface TurnWatch {
  /** A piece of work kept everything else waiting. */
  blocked(work: string, ms: number): void;
}

/** Does the work at once, and tells when it took long. */
export function inOneTurn<T>(work: string, watch: TurnWatch, turn: () => T): T {
  const began = performance.now();
  try {
    return turn();
  } finally {
    const took = performance.now() - began;
    if (took > longestTurn) watch.blocked(work, took);
  }
}
