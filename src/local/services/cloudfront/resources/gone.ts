/** Deleting what is already gone is done. */
export async function ignoreGone(code: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as Error).name !== code) throw error;
  }
}
