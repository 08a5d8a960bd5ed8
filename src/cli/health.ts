/** Which Slipway listens at an address, if one does. */

/** @returns its process; undefined when nothing answers in time, or something else does */
export function slipwayAt(endpoint: string, ms: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    // Node's fetch may never settle where the other side closes at once, and its own timeout keeps no process alive.
    const late = setTimeout(() => resolve(undefined), ms);
    fetch(`${endpoint}/_slipway/health`, { signal: AbortSignal.timeout(ms) })
      .then((answer) => answer.json())
      .then(
        (value) => {
          const { slipway, pid } = value as { readonly slipway?: boolean; readonly pid?: number };
          resolve(slipway === true ? pid : undefined);
        },
        () => resolve(undefined),
      )
      .finally(() => clearTimeout(late));
  });
}
