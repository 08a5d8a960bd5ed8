/** JSON schema draft 4, as API Gateway's models are written. */
import Ajv04Module from 'ajv-draft-04';

export type SchemaCompiler = InstanceType<typeof Ajv04Module>;

/** A CommonJS module: bundlers and Node disagree on what its default import is. */
const Ajv04 = (Ajv04Module as unknown as { default?: typeof Ajv04Module }).default ?? Ajv04Module;

export const schemaCompiler = (): SchemaCompiler =>
  new Ajv04({ strict: false, allErrors: true, verbose: true, logger: false });
