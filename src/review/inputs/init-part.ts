/** What `slipway review --init` writes of one part of the review file. Types, and the indentation of entries. */

/** One entry of a map that grows with the template: a resource, an arrival, a question. */
export interface Entry {
  /** A key with any of these names means that the entry is there already. */
  readonly names: readonly string[];
  readonly lines: readonly string[];
}

export interface ReviewFilePart {
  /** The key at the top of the file. */
  readonly key: string;
  /** The whole part, for a file that does not have it. */
  readonly text: string;
  /** Maps to which entries are added in a file that has the part. */
  readonly growing: readonly { readonly path: readonly string[]; readonly entries: readonly Entry[] }[];
}

export const entriesOf = (entries: readonly Entry[], indentation: number): string =>
  entries
    .flatMap(({ lines }) => lines)
    .map((line) => (line === '' ? '\n' : `${' '.repeat(indentation)}${line}\n`))
    .join('');
