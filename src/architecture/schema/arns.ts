/** What AWS's schema says of the names of every type, as scripts/resource-specs.mjs wrote it. */
import arns from './arns.gen.json' with { type: 'json' };

const table: Readonly<Record<string, { readonly arn?: string; readonly lists?: readonly string[] }>> = arns;

/** After `arn:<partition>:`, with `R` region, `A` account, `N` name. */
export const arnFormOf = (type: string): string | undefined => table[type]?.arn;

/** Attributes whose value is a list of texts. */
export const isListAttribute = (type: string, attribute: string): boolean =>
  table[type]?.lists?.includes(attribute) === true;
