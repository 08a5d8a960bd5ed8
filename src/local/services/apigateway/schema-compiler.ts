/** JSON schema draft 4, as API Gateway's models are written. */
import Ajv04Module from 'ajv-draft-04';
import { compileJavaPattern } from '../../../core/java-pattern.ts';

export type SchemaCompiler = InstanceType<typeof Ajv04Module>;

/** A CommonJS module: bundlers and Node disagree on what its default import is. */
const Ajv04 = (Ajv04Module as unknown as { default?: typeof Ajv04Module }).default ?? Ajv04Module;

/** Patterns are the user's, and so are the texts: they are matched in linear time or with a deadline. */
const regExp = Object.assign(
  (source: string) => {
    const pattern = compileJavaPattern(source);
    if (!pattern.ok) throw new Error(`the pattern ${source} ${pattern.reason}`);
    return { test: (text: string) => pattern.finds(text) === 'yes' };
  },
  // Only ajv's standalone code would need the source of this function.
  { code: 'new RegExp' },
);

export const schemaCompiler = (): SchemaCompiler =>
  new Ajv04({ strict: false, allErrors: true, verbose: true, logger: false, code: { regExp } });
